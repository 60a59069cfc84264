/*
 * Lists of a detail whose entries are two lines each: a sign, what it is, until when; and below it
 * how far it is.
 */
#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/columns.h"
#include "ui/countdown.h"
#include "ui/detail_parts.h"

#define TIME_COLUMNS 14

struct pen {
        struct canvas *c;
        struct rect r;
        int row, scroll;
};

static bool next_row(struct pen *p, int *ret_y)
{
        int shown = p->row++ - p->scroll;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

/* Until when, or when it ended, at the right end; columns that it takes. */
static int draw_time(const struct detail_draw *d, const struct detail_pair *pair, struct canvas *c,
                     struct rect r)
{
        int64_t now = ui_now_ms(d->ui);
        char when[WHEN_BYTES];
        if (pair->ended_ms == CLOCK_NONE && pair->due_ms == CLOCK_NONE)
                return 0;
        if (pair->ended_ms == CLOCK_NONE) {
                struct rect at = {r.x + r.w - TIME_COLUMNS, r.y, TIME_COLUMNS, 1};
                countdown_draw(pair->due_ms, now, false, c, at);
        } else {
                when_show(pair->ended_ms, now, when);
                canvas_right(c, r.x + r.w, r.y, TIME_COLUMNS, (struct look){.ink = ROLE_FAINT},
                             when);
        }
        return TIME_COLUMNS + 2;
}

static void draw_pair(const struct detail_draw *d, const struct detail_pair *pair, struct pen *p)
{
        struct look sign = {.ink = (uint8_t)pair->ink}, strong = {.ink = ROLE_STRONG};
        int y;
        if (next_row(p, &y)) {
                int room = p->r.w - draw_time(d, pair, p->c, (struct rect){p->r.x, y, p->r.w, 1});
                int x = p->r.x, end = p->r.x + room;
                if (!p->c->linear)
                        x += canvas_glyph(p->c, x, y, sign, pair->sign) + 1;
                x += canvas_text(p->c, x, y, end - x, strong, pair->ref) + 2;
                canvas_text(p->c, x, y, end - x, (struct look){.ink = ROLE_TEXT}, pair->title);
        }
        if (next_row(p, &y))
                canvas_text(p->c, p->r.x + 2, y, p->r.w - 2, (struct look){.ink = ROLE_MUTED},
                            pair->line);
}

struct detail_extent detail_draw_pairs(const struct detail_draw *d, const struct detail_pair *pairs,
                                       size_t count, const char *hint, struct canvas *c,
                                       struct rect r)
{
        struct pen p = {c, r, 0, d->scroll};
        int y;
        for (size_t i = 0; i < count; i++)
                draw_pair(d, &pairs[i], &p);
        p.row += p.c->linear ? 0 : 1;
        if (count && next_row(&p, &y))
                canvas_text(c, r.x, y, r.w, (struct look){.ink = ROLE_FAINT}, hint);
        return (struct detail_extent){.rows = p.row, .window = r.h, .width = r.w};
}
