#include "ui/list_cmds.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/prompt.h"

static struct list_view *list_view(const struct view *v)
{
        return v->state;
}

static enum rc move_by(struct view *v, long by)
{
        struct list_view *lv = list_view(v);
        if (lv->scroll && lv->scroll(v, by)) {
                ui_dirty(v->ui);
                return RC_OK;
        }
        list_move(lv->list, by);
        ui_dirty(v->ui);
        return RC_OK;
}

enum rc list_cmd_down(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_by(v, 1);
}

enum rc list_cmd_up(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_by(v, -1);
}

enum rc list_cmd_page_down(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_by(v, list_rows(list_view(v)->list));
}

enum rc list_cmd_page_up(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_by(v, -list_rows(list_view(v)->list));
}

enum rc list_cmd_half_down(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_by(v, (list_rows(list_view(v)->list) + 1) / 2);
}

enum rc list_cmd_half_up(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_by(v, -((list_rows(list_view(v)->list) + 1) / 2));
}

static enum rc move_to(struct view *v, long position)
{
        struct list_view *lv = list_view(v);
        long by = position ? LONG_MAX / 2 : -(LONG_MAX / 2);
        if (lv->scroll && lv->scroll(v, by)) {
                ui_dirty(v->ui);
                return RC_OK;
        }
        list_move_to(lv->list, position);
        ui_dirty(v->ui);
        return RC_OK;
}

enum rc list_cmd_first(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_to(v, 0);
}

enum rc list_cmd_last(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return move_to(v, LONG_MAX);
}

enum rc list_cmd_next(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        list_move(list_view(v)->list, 1);
        ui_dirty(v->ui);
        return RC_OK;
}

enum rc list_cmd_previous(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        list_move(list_view(v)->list, -1);
        ui_dirty(v->ui);
        return RC_OK;
}

enum rc list_cmd_mark(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        list_mark(list_view(v)->list);
        ui_dirty(v->ui);
        return RC_OK;
}

enum rc list_cmd_mark_all(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        list_mark_all(list_view(v)->list);
        return RC_OK;
}

enum rc list_cmd_unmark(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        list_unmark(list_view(v)->list);
        return RC_OK;
}

enum rc list_cmd_sort(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        list_pick_columns(list_view(v)->list);
        return RC_OK;
}

enum rc list_cmd_refresh(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        enum rc rc = list_refresh(list_view(v)->list, err);
        ui_dirty(v->ui);
        return rc;
}

bool list_has_rows(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return list_current(list_view(v)->list) != NULL;
}

bool list_has_marks(const struct ui *ui, const struct view *v)
{
        size_t hidden;
        (void)ui;
        return list_marked(list_view(v)->list, &hidden) > 0;
}

/* ---- the filter prompt ---- */

struct filter_prompt {
        struct view *view;
        char *before;
        char id[STIX_ID_MAX]; /* under the cursor when it began; "" = none */
};

/* A line that only got blanks at its end is no other filter. */
static bool same_line(const char *a, const char *b)
{
        size_t len_a = strlen(a), len_b = strlen(b);
        while (len_a && a[len_a - 1] == ' ')
                len_a--;
        while (len_b && b[len_b - 1] == ' ')
                len_b--;
        return len_a == len_b && memcmp(a, b, len_a) == 0;
}

static void filter_changed(struct ui *ui, void *ctx, const char *text, char *right, size_t size,
                           struct err *error)
{
        struct filter_prompt *fp = ctx;
        struct list *list = list_view(fp->view)->list;
        bool exact;
        (void)ui;
        if (!same_line(text, list_filter(list)) && list_set_filter(list, text, error) != RC_OK) {
                const char *line = list_filter(list);
                int room = ui_view_rect(fp->view->ui).w / 3; /* the line is to be seen, too */
                snprintf(right, size, "shown for: %.*s", room, line[0] ? line : "no filter");
                return;
        }
        ui_dirty(fp->view->ui);
        long count = list_count(list, &exact);
        snprintf(right, size, "%ld%s match%s", count, exact ? "" : "+", count == 1 ? "" : "es");
}

static size_t filter_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                           const char **ret, size_t max)
{
        struct filter_prompt *fp = ctx;
        const struct ops *ops = ui_ops(ui);
        struct filter_context fc = {.kind = list_kind(list_view(fp->view)->list),
                                    .values =
                                            {
                                                    .words = ops->words,
                                                    .now_ms = ui_now_ms(ui),
                                                    .me = ops->operator},
                                    };
        return filter_complete(text, at, &fc, a, ret, max);
}

static enum rc filter_accept(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct filter_prompt *fp = ctx;
        struct list *list = list_view(fp->view)->list;
        (void)ui;
        if (same_line(text, list_filter(list)))
                return RC_OK;
        enum rc rc = list_set_filter(list, text, err);
        ui_dirty(fp->view->ui);
        return rc;
}

static void filter_cancel(struct ui *ui, void *ctx)
{
        struct filter_prompt *fp = ctx;
        (void)ui;
        struct list *list = list_view(fp->view)->list;
        if (same_line(fp->before, list_filter(list)))
                return;
        list_set_filter(list, fp->before, NULL);
        if (fp->id[0])
                list_go_to_id(list, fp->id);
        ui_dirty(fp->view->ui);
}

static void filter_free(void *ctx)
{
        struct filter_prompt *fp = ctx;
        free(fp->before);
        free(fp);
}

enum rc list_cmd_filter(struct ui *ui, struct view *v, struct err *err)
{
        struct filter_prompt *fp = xcalloc(1, sizeof(*fp));
        const char *line = list_filter(list_view(v)->list);
        (void)err;
        fp->view = v;
        fp->before = xstrdup(line);
        const struct row *row = list_current(list_view(v)->list);
        snprintf(fp->id, sizeof(fp->id), "%s", row ? row->thing.id : "");
        AUTO_FREE char *initial = line[0] ? xasprintf("%s ", line) : xstrdup("");
        prompt_open(ui,
                    &(struct prompt){
                            .sign = "/",
                            .hint = "words, field:value, -field:value, is:unacked, sort:-updated",
                            .initial = initial,
                            .history = "filter",
                            .changed = filter_changed,
                            .word = filter_word_start,
                            .complete = filter_words,
                            .accept = filter_accept,
                            .cancel = filter_cancel,
                            .ctx = fp,
                            .free_ctx = filter_free,
                    });
        return RC_OK;
}

bool list_filter_back(struct view *v, const char *line)
{
        struct list *list = list_view(v)->list;
        size_t hidden;
        if (list_marked(list, &hidden)) {
                list_unmark(list);
                return true;
        }
        if (strcmp(list_filter(list), line) == 0)
                return false;
        list_set_filter(list, line, NULL);
        ui_dirty(v->ui);
        return true;
}
