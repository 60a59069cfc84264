/*
 * The time chart as lines of words.
 */
#include "base/mem.h"
#include "base/str.h"
#include "ui/chart.h"

#include "ui_private.h"

#define LINE_MAX 600

static void draw_row(const struct chart_words *w, size_t i, struct canvas *c, struct rect r)
{
        CLEANUP(str_finish) struct str line = {0};
        struct chart_row row = {0};
        char says[CHART_SAYS];
        int x, end;

        str_init(&line, LINE_MAX);
        w->rows->row(w->rows->ctx, i, &row);
        str_add(&line, row.label);
        if (row.sub[0])
                str_addf(&line, ", %s", row.sub);
        for (size_t b = 0; b < row.bar_count; b++) {
                if (!chart_columns_of(&w->scale, row.bars[b].from_ms, row.bars[b].until_ms, &x,
                                      &end))
                        continue;
                chart_bar_says(&row.bars[b], says);
                str_addf(&line, "; %s", says);
        }
        canvas_text(c, r.x, r.y, r.w, LOOK(.ink = ROLE_TEXT), str_text(&line));
        if (i != w->ch->at)
                return;
        c->cursor_x = r.x;
        c->cursor_y = r.y;
        c->cursor_shown = true;
}

void chart_draw_linear(const struct chart_words *w, struct canvas *c, struct rect r)
{
        char from[24], until[24];
        int y = w->shape.labels.y;

        chart_day_text(w->scale.from_ms, from);
        chart_day_text(w->scale.from_ms + w->scale.span_ms, until);
        if (w->shape.heads.h)
                canvas_printf(c, r.x, r.y, r.w, LOOK(.ink = ROLE_TEXT), "%s to %s", from, until);
        for (int i = 0; i < w->shape.time.h && w->ch->top + (size_t)i < w->rows->count; i++)
                draw_row(w, w->ch->top + (size_t)i, c, (struct rect){r.x, y + i, r.w, 1});
}
