/*
 * Saved filters as tabs beside the filter line: those that fit the list, with the digit that Alt
 * takes, and how many they find where that is known without a scan.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/filter.h"
#include "ui/glyph.h"
#include "ui/list_cmds.h"
#include "ui_private.h"

#define DIGITS 9

/* Those that can be read for this kind; their lines are borrowed until the saved ones change. */
static size_t read_lines(struct list *l, struct arena *a, struct filter *filters)
{
        const struct ui *ui = l->ui;
        size_t n = 0;
        for (size_t i = 0; i < ui->saved_count; i++) {
                struct filter_context ctx = list_filter_context(l);
                if (filter_read(ui->saved[i].line, &ctx, a, &filters[n], NULL, NULL) == RC_OK)
                        l->tabs[n++] = (struct saved_tab){.saved = i, .count = -1};
        }
        return n;
}

void saved_tabs_read(struct list *l)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct store *store = ui_ops(l->ui)->store;
        struct filter *filters = arena_array(&a, l->ui->saved_count + 1, sizeof(*filters));
        int64_t counts[SAVED_MAX];
        l->tab_count = read_lines(l, &a, filters);
        if (!l->tab_count ||
            query_count_flags(store, l->kind, filters, l->tab_count, counts, NULL) != RC_OK)
                return;
        for (size_t i = 0; i < l->tab_count; i++)
                l->tabs[i].count = counts[i];
}

void saved_tabs_changed(struct ui *ui)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                struct list *l = ui->panes[i].opened ? view_list(&ui->panes[i].view) : NULL;
                if (l)
                        saved_tabs_read(l);
        }
        ui_dirty(ui);
}

/* ---- painting ---- */

struct tab_words {
        char digit[4], count[32];
        const char *name;
        int width;
};

static struct tab_words words_of(const struct list *l, size_t i)
{
        struct tab_words t = {.name = l->ui->saved[l->tabs[i].saved].name};
        if (i < DIGITS)
                snprintf(t.digit, sizeof(t.digit), "%zu ", i + 1);
        if (l->tabs[i].count >= 0)
                snprintf(t.count, sizeof(t.count), " %lld", (long long)l->tabs[i].count);
        t.width = (int)(strlen(t.digit) + text_width(t.name) + strlen(t.count));
        return t;
}

static void draw_tab(const struct list *l, size_t i, const struct tab_words *t, struct canvas *c,
                     int x, int y)
{
        bool active = strcmp(l->ui->saved[l->tabs[i].saved].line, l->line) == 0;
        struct look faint = LOOK(.ink = ROLE_FAINT);
        struct look name =
                active ? LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD) : LOOK(.ink = ROLE_MUTED);
        if (i < DIGITS)
                frame_zone(l->ui, x, y, t->width, CHORD_ALT((int32_t)i + 1));
        x += canvas_text(c, x, y, t->width, faint, t->digit);
        x += canvas_text(c, x, y, t->width, name, t->name);
        canvas_text(c, x, y, t->width, faint, t->count);
}

void saved_tabs_draw(const struct list *l, struct canvas *c, struct rect r)
{
        int x = r.x, end = r.x + r.w - 2;
        for (size_t i = 0; i < l->tab_count; i++) {
                struct tab_words t = words_of(l, i);
                int sign = i + 1 < l->tab_count ? 3 : 0; /* that there are more */
                if (x + t.width + sign > end) {
                        if (x < end)
                                canvas_glyph(c, x, r.y, LOOK(.ink = ROLE_FAINT), GLYPH_ELLIPSIS);
                        return;
                }
                draw_tab(l, i, &t, c, x, r.y);
                x += t.width + 3;
        }
}

/* ---- going to one ---- */

static bool has_nth(const struct view *v, size_t n)
{
        const struct list *l = view_list(v);
        return l && n <= l->tab_count;
}

static enum rc go_to_nth(struct view *v, size_t n, struct err *err)
{
        struct list *l = view_list(v);
        if (!has_nth(v, n))
                return err_set(err, RC_NOTFOUND, "there are not as many saved filters here");
        enum rc rc = list_set_filter(l, l->ui->saved[l->tabs[n - 1].saved].line, err);
        view_list_changed(v);
        return rc;
}

#define NTH(n)                                                                                     \
        bool list_has_saved_##n(const struct ui *ui, const struct view *v)                         \
        {                                                                                          \
                (void)ui;                                                                          \
                return has_nth(v, n);                                                              \
        }                                                                                          \
        enum rc list_cmd_saved_##n(struct ui *ui, struct view *v, struct err *err)                 \
        {                                                                                          \
                (void)ui;                                                                          \
                return go_to_nth(v, n, err);                                                       \
        }

NTH(1)
NTH(2)
NTH(3)
NTH(4)
NTH(5)
NTH(6)
NTH(7)
NTH(8)
NTH(9)
