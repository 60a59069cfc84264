/*
 * Finding in the view Exchange: its lines are of many kinds, so words are looked for in what a line
 * says, not fields.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "ui/exchange_view.h"
#include "ui/prompt.h"
#include "ui_private.h"

#define SAID_BYTES 8192

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

/* All that its line and the line below it say. */
static char *said_by(const struct exchange *x, const struct exchange_item *item)
{
        CLEANUP(str_finish) struct str said = {0};
        bool of_remote = item->section != SECTION_CONFLICTS && item->section != SECTION_BOOKED &&
                         item->section != SECTION_CLOCKS && item->remote < x->remote_count;
        const char *const words[] = {
                item->ref,
                item->text,
                item->unit,
                item->id,
                of_remote ? x->remotes[item->remote].r.name : NULL,
                item->section == SECTION_REMOTES ? x->remotes[item->remote].r.url : NULL,
                item->d ? item->d->why : NULL};
        str_init(&said, SAID_BYTES);
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
                if (words[i])
                        str_add_sep(&said, " ", words[i]);
        return text_fold(str_text(&said));
}

static bool says_all(const char *said, const char *folded)
{
        AUTO_FREE char *words = xstrdup(folded);
        char *rest = NULL;
        for (char *w = strtok_r(words, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
                if (!strstr(said, w))
                        return false;
        return true;
}

static bool matches(const struct exchange *x, size_t item, const char *folded)
{
        AUTO_FREE char *said = said_by(x, &x->items[item]);
        return says_all(said, folded);
}

static size_t count_matches(const struct exchange *x, const char *folded)
{
        size_t n = 0;
        for (size_t i = 0; i < x->item_count; i++)
                n += matches(x, i, folded);
        return n;
}

/* From the one `from` lines on, around the end; false: none matches. */
static bool go_to_match(struct exchange *x, const char *folded, long from, int by)
{
        long count = (long)x->item_count;
        for (long i = 0; i < count; i++) {
                long at = (((long)x->at + from + i * by) % count + count) % count;
                if (!matches(x, (size_t)at, folded))
                        continue;
                exchange_move(x, at - (long)x->at);
                return true;
        }
        return false;
}

static void find_changed(struct ui *ui, void *ctx, const char *text, char *right, size_t size,
                         struct err *error)
{
        struct view *v = ctx;
        struct exchange *x = state_of(v);
        AUTO_FREE char *folded = text_fold(text);
        (void)error;
        if (!text[0])
                return;
        size_t count = count_matches(x, folded);
        go_to_match(x, folded, 0, 1);
        snprintf(right, size, "%zu match%s", count, count == 1 ? "" : "es");
        ui_dirty(ui);
}

static enum rc find_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct view *v = ctx;
        struct exchange *x = state_of(v);
        AUTO_FREE char *folded = text_fold(text);
        if (text[0] && !go_to_match(x, folded, 0, 1))
                return err_set(err, RC_NOTFOUND, "nothing here says that");
        text_cut(folded, sizeof(x->find) / 4 - 1, "", x->find, sizeof(x->find));
        ui_dirty(ui);
        return RC_OK;
}

enum rc exchange_cmd_find(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        (void)err;
        x->in_detail = false;
        prompt_open(ui,
                    &(struct prompt){.sign = "/",
                                     .hint = "words of a line; ] and [ go on from match to match",
                                     .history = "exchange",
                                     .changed = find_changed,
                                     .accept = find_given,
                                     .ctx = v});
        return RC_OK;
}

static enum rc find_on(struct ui *ui, struct view *v, int by, struct err *err)
{
        struct exchange *x = state_of(v);
        if (!go_to_match(x, x->find, by, by))
                return err_set(err, RC_NOTFOUND, "nothing here says that any more");
        ui_dirty(ui);
        return RC_OK;
}

bool exchange_has_find(const struct ui *ui, const struct view *v)
{
        const struct exchange *x = state_of(v);
        (void)ui;
        return x && x->find[0] && !x->in_detail;
}

enum rc exchange_cmd_find_next(struct ui *ui, struct view *v, struct err *err)
{
        return find_on(ui, v, 1, err);
}

enum rc exchange_cmd_find_before(struct ui *ui, struct view *v, struct err *err)
{
        return find_on(ui, v, -1, err);
}
