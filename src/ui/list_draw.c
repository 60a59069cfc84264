/*
 * Painting a list: heads, rows, the line with the counts; and what a click hits.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui_private.h"

#define FLASH_MS  600
#define STRONG_MS 60000

static int left_margin(bool narrow)
{
        return narrow ? 3 : 4;
}

static size_t place(const struct list *l, struct rect r, struct column_place *places)
{
        bool narrow = ui_is_narrow(l->ui);
        int width = r.w - left_margin(narrow) - (narrow ? 1 : 3);
        return columns_place(&l->columns, width, l->ref_width, narrow, places);
}

struct row_style list_style(const struct list *l)
{
        const struct ops *ops = ui_ops(l->ui);
        return (struct row_style){.words = ops->words,
                                  .names = l->names,
                                  .name_count = l->name_count,
                                  .usual_tlp = (int)ops->default_marking,
                                  .me = ops->operator,
                                  .now_ms = ui_now_ms(l->ui),
                                  .ages = l->columns.ages};
}

static void draw_row(const struct list *l, size_t position, struct canvas *c, struct rect r,
                     bool focus)
{
        const struct row *row = list_row_at(l, position);
        struct column_place places[COLUMNS_MAX];
        bool narrow = ui_is_narrow(l->ui);
        if (!row)
                return;
        int64_t flash = list_flashed_at(l, row->rid), now = ui_now_ms(l->ui);
        struct row_style style = list_style(l);
        style.narrow = narrow;
        style.current = position == l->at;
        style.marked = marks_has(&l->marked, row->rid);
        style.strong = flash != CLOCK_NONE && now - flash < STRONG_MS;
        style.faint = !row->matches || row->thing.revoked;
        style.changed = list_changed_now(l, row->rid);
        struct row_key key = {.rid = row->rid,
                              .minute = now / 60000,
                              .generation = l->generation,
                              .w = r.w,
                              .marked = style.marked,
                              .strong = style.strong,
                              .faint = style.faint,
                              .changed = style.changed};
        if (style.current || !row_cache_get(l->painted, position, &key, c, r)) {
                size_t n = place(l, r, places);
                struct rect cells = {r.x + left_margin(narrow), r.y, r.w - left_margin(narrow), 1};
                columns_draw_row(&l->columns, row, places, n, &style, c, cells);
                if (style.marked)
                        canvas_glyph(c, r.x + (narrow ? 1 : 2), r.y,
                                     (struct look){.ink = ROLE_ACCENT}, GLYPH_MARKED);
                if (!style.current)
                        row_cache_keep(l->painted, position, &key, c, r);
        }
        if (style.current) {
                canvas_select(c, r);
                canvas_glyph(c, r.x, r.y,
                             (struct look){.ink = focus ? ROLE_ACCENT : ROLE_MUTED,
                                           .ground = ROLE_SELECTION},
                             GLYPH_CURSOR);
        } else if (flash != CLOCK_NONE && ui_has_motion(l->ui) && now - flash < FLASH_MS) {
                canvas_select(c, r);
        }
        if (style.current && focus) {
                c->cursor_x = r.x;
                c->cursor_y = r.y;
                c->cursor_shown = true;
        }
}

static void draw_empty(const struct list *l, struct canvas *c, struct rect r)
{
        int x = r.x + left_margin(ui_is_narrow(l->ui));
        struct look quiet = {.ink = ROLE_MUTED};
        if (!l->query)
                return;
        if (l->line[0] && l->total) {
                canvas_printf(c, x, r.y, r.w - 4, (struct look){0}, "No %s matches %s", l->noun,
                              l->line);
                canvas_printf(c, x, r.y + 1, r.w - 4, quiet,
                              "/ changes the filter; there are %lld in all", (long long)l->total);
        } else {
                canvas_printf(c, x, r.y, r.w - 4, (struct look){0}, "No %s yet", l->plural);
                canvas_text(c, x, r.y + 1, r.w - 4, quiet, l->hint);
        }
}

/* Signs at the right end: there are rows above, below. */
static void draw_more(const struct list *l, size_t known, struct canvas *c, struct rect r)
{
        struct look quiet = {.ink = ROLE_MUTED};
        size_t end = l->top + (size_t)l->rows;
        if (l->top > 0)
                canvas_glyph(c, r.x + r.w - 1, r.y + 1, quiet, GLYPH_MORE_UP);
        if (end < known || (known && !query_is_done(l->query)))
                canvas_glyph(c, r.x + r.w - 1, r.y + l->rows, quiet, GLYPH_MORE_DOWN);
}

void list_draw(const struct list *l, struct canvas *c, struct rect r, bool focus)
{
        struct column_place places[COLUMNS_MAX];
        bool narrow = ui_is_narrow(l->ui);
        if (c->linear) {
                list_draw_linear(l, c, r, focus);
                if (l->query && !query_known(l->query))
                        draw_empty(l, c, (struct rect){r.x, r.y + 1, r.w, r.h - 1});
                return;
        }
        size_t n = place(l, r, places);
        struct rect heads = {r.x + left_margin(narrow), r.y, r.w - left_margin(narrow), 1};
        columns_draw_heads(&l->columns, places, n, c, heads, l->filter.sort_field,
                           l->filter.sort_down);
        size_t known = l->query ? query_known(l->query) : 0;
        if (!known)
                draw_empty(l, c, (struct rect){r.x, r.y + 1, r.w, r.h - 1});
        for (int i = 0; i < l->rows && i < r.h - 1 && l->top + (size_t)i < known; i++)
                draw_row(l, l->top + (size_t)i, c, (struct rect){r.x, r.y + 1 + i, r.w, 1}, focus);
        draw_more(l, known, c, r);
}

static int put_count(struct canvas *c, int right, int y, enum glyph g, enum role sign,
                     const char *words)
{
        int w = (int)text_width(words);
        canvas_right(c, right, y, w, (struct look){.ink = ROLE_MUTED}, words);
        if (g == GLYPH_COUNT)
                return right - w - 3;
        canvas_glyph(c, right - w - 2, y, (struct look){.ink = sign, .attr = ATTR_BOLD}, g);
        return right - w - 5;
}

static int draw_counts(const struct list *l, struct canvas *c, struct rect r)
{
        char text[80];
        bool exact, narrow = ui_is_narrow(l->ui);
        long count = list_count(l, &exact);
        size_t hidden, marked = list_marked(l, &hidden);
        int right = r.x + r.w - (narrow ? 1 : 3);
        snprintf(text, sizeof(text), "%ld%s of %lld", count, exact ? "" : "+", (long long)l->total);
        right = put_count(c, right, r.y, GLYPH_COUNT, ROLE_TEXT, text);
        if (marked) {
                if (hidden)
                        snprintf(text, sizeof(text), "%zu marked, %zu hidden", marked, hidden);
                else
                        snprintf(text, sizeof(text), "%zu marked", marked);
                right = put_count(c, right, r.y, GLYPH_MARKED, ROLE_ACCENT, text);
        }
        if (l->unacked) {
                snprintf(text, sizeof(text), "%lld %s", (long long)l->unacked,
                         narrow ? "unack" : "unacknowledged");
                right = put_count(c, right, r.y, GLYPH_UNACKED, ROLE_WARN, text);
        }
        if (l->conflicts && right > r.x + r.w / 3) {
                snprintf(text, sizeof(text), "%lld conflict%s", (long long)l->conflicts,
                         l->conflicts == 1 ? "" : "s");
                right = put_count(c, right, r.y, GLYPH_CONFLICT, ROLE_WARN, text);
        }
        return right;
}

const char *list_filter_said(const struct list *l)
{
        return l->term && filter_has_term(l->line, l->term) ? l->said : NULL;
}

void list_draw_summary(const struct list *l, struct canvas *c, struct rect r)
{
        if (c->linear) {
                list_draw_summary_linear(l, c, r);
                return;
        }
        int right = draw_counts(l, c, r);
        int x = r.x + (ui_is_narrow(l->ui) ? 1 : 3);
        struct look look = {.ink = l->line[0] ? ROLE_ACCENT : ROLE_FAINT};
        AUTO_FREE char *all = xasprintf("all %s", l->plural);
        x += canvas_text(c, x, r.y, right - x, look, l->line[0] ? l->line : all) + 2;
        const char *said = list_filter_said(l);
        if (said)
                x += canvas_text(c, x, r.y, right - x, (struct look){.ink = ROLE_MUTED}, said) + 2;
        saved_tabs_draw(l, c, (struct rect){x, r.y, right - x, 1});
}

bool list_click(struct list *l, int x, int y, struct rect r)
{
        struct column_place places[COLUMNS_MAX];
        int left = r.x + left_margin(ui_is_narrow(l->ui));
        if (y > r.y) {
                if ((size_t)(y - r.y - 1) + l->top >= (l->query ? query_known(l->query) : 0))
                        return false;
                list_go(l, l->top + (size_t)(y - r.y - 1));
                return true;
        }
        size_t n = place(l, r, places);
        for (size_t i = 0; i < n; i++) {
                const struct field *f = &l->kind->fields[places[i].column->field];
                if (x < left + places[i].x || x >= left + places[i].x + places[i].w ||
                    !(f->flags & FIELD_SORT))
                        continue;
                bool same = l->filter.sort_field == places[i].column->field;
                list_set_sort(l, f->name, same ? !l->filter.sort_down : true, NULL);
                return true;
        }
        return false;
}
