/*
 * Clocks: what was filed, what runs and how far it is, what waits; with `why` the text of each
 * rule, where it is from, and how its due time follows.
 */
#include "ui/detail_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/countdown.h"

#define BAR_MAX   36
#define HOUR_MS   3600000ll
#define WIDTH_MAX 90 /* a line that can be read */
#define INDENT    2
#define RIGHT_MAX (2 * WHEN_BYTES + 16)

struct pen {
        struct canvas *c;
        struct rect r;
        int row, scroll;
        const struct detail_draw *d;
};

/* Without a canvas rows are only counted. */
static bool next_row(struct pen *p, int *ret_y)
{
        int shown = p->row++ - p->scroll;

        *ret_y = p->r.y + shown;
        return p->c && shown >= 0 && shown < p->r.h;
}

static int64_t now_of(const struct pen *p)
{
        return ui_now_ms(p->d->ui);
}

/* ---- a clock's line ------------------------------------------------------------------------ */

static void sign_of(const struct pen *p, const struct clock *clock, enum glyph *glyph,
                    struct look *look)
{
        bool late = clock_is_late(clock, now_of(p));

        switch (clock->state) {
        case CLOCK_FILED:
                *glyph = GLYPH_DONE;
                *look = (struct look){.ink = late ? ROLE_ALARM : ROLE_OK};
                return;
        case CLOCK_RUNNING:
                *glyph = GLYPH_UNDERWAY;
                *look = (struct look){.ink = late ? ROLE_ALARM : ROLE_ACCENT, .attr = ATTR_BOLD};
                return;
        case CLOCK_WAITS:
                *glyph = GLYPH_TODO;
                *look = (struct look){.ink = ROLE_MUTED};
                return;
        default: *glyph = GLYPH_FAILS; *look = (struct look){.ink = ROLE_FAINT};
        }
}

/* "late" stands beside the figure: the alarm is a word too. */
static void write_right(const struct pen *p, const struct clock *clock, char out[RIGHT_MAX],
                        struct look *look)
{
        char when[WHEN_BYTES];
        struct countdown left;

        *look = (struct look){.ink = ROLE_MUTED};
        out[0] = '\0';
        if (clock->state == CLOCK_WAITS) {
                snprintf(out, RIGHT_MAX, "starts on filing");
        } else if (clock->state == CLOCK_STOPPED) {
                snprintf(out, RIGHT_MAX, "stopped");
        } else if (clock->state == CLOCK_FILED) {
                when_show(clock->filed_ms, now_of(p), when);
                countdown_read(clock->due_ms, clock->filed_ms, &left);
                if (clock->in_time)
                        snprintf(out, RIGHT_MAX, "%s", when);
                else
                        snprintf(out, RIGHT_MAX, "%s  %s late", when, left.text);
                look->ink = clock->in_time ? ROLE_MUTED : ROLE_ALARM;
        } else if (clock->due_ms == CLOCK_NONE) {
                snprintf(out, RIGHT_MAX, "no fixed time");
        } else {
                countdown_read(clock->due_ms, now_of(p), &left);
                snprintf(out, RIGHT_MAX, "%s%s", left.text, left.is_late ? " late" : "");
                *look = left.look;
        }
}

static void draw_head(struct pen *p, const struct clock *clock, bool current)
{
        enum glyph glyph;
        struct look sign, right;
        char text[RIGHT_MAX];
        int y, x = p->r.x + INDENT, end = p->r.x + p->r.w;

        if (!next_row(p, &y))
                return;
        sign_of(p, clock, &glyph, &sign);
        write_right(p, clock, text, &right);
        bool runs = clock->state == CLOCK_RUNNING;
        canvas_glyph(p->c, p->r.x, y, sign, glyph);
        int room = end - (int)text_width(text) - 1;
        x += canvas_text(
                p->c, x, y, room - x,
                (struct look){.ink = runs ? ROLE_STRONG : ROLE_TEXT, .attr = runs ? ATTR_BOLD : 0},
                clock->label);
        if (clock->rule)
                canvas_text(p->c, x + 2, y, room - x - 2, (struct look){.ink = ROLE_MUTED},
                            clock->rule->what);
        canvas_right(p->c, end, y, RIGHT_MAX, right, text);
        if (!current)
                return;
        canvas_select(p->c, (struct rect){p->r.x - 1, y, p->r.w + 1, 1});
        canvas_glyph(p->c, p->r.x - 1, y,
                     (struct look){.ink = ROLE_ACCENT, .ground = ROLE_SELECTION}, GLYPH_CURSOR);
}

/* ---- how far it is ------------------------------------------------------------------------- */

static void draw_bar(struct pen *p, const struct clock *clock)
{
        int y, w = p->r.w - INDENT < BAR_MAX ? p->r.w - INDENT : BAR_MAX;
        int64_t all = clock->due_ms - clock->anchor_ms, gone = now_of(p) - clock->anchor_ms;
        struct look done = {.ink = clock_is_late(clock, now_of(p)) ? ROLE_ALARM : ROLE_ACCENT};

        if (w <= 0 || !next_row(p, &y))
                return;
        int full = gone <= 0 ? 0 : gone >= all ? w : (int)(gone * w / all);
        canvas_hline(p->c, p->r.x + INDENT, y, full, done, GLYPH_HEAVY);
        canvas_hline(p->c, p->r.x + INDENT + full, y, w - full, (struct look){.ink = ROLE_FAINT},
                     GLYPH_DASH);
}

static void draw_due(struct pen *p, const struct clock *clock)
{
        int y, w = p->r.w - INDENT < BAR_MAX ? p->r.w - INDENT : BAR_MAX;
        char when[WHEN_BYTES], text[80];
        int64_t gone = now_of(p) - clock->anchor_ms;

        if (!next_row(p, &y))
                return;
        when_show(clock->due_ms, now_of(p), when);
        snprintf(text, sizeof(text), "due %s", when);
        canvas_text(p->c, p->r.x + INDENT, y, p->r.w - INDENT, (struct look){.ink = ROLE_TEXT},
                    text);
        if (!clock->rule->period.hours)
                return;
        snprintf(text, sizeof(text), "%lld of %d h", (long long)(gone < 0 ? 0 : gone / HOUR_MS),
                 clock->rule->period.hours);
        if (!clock_is_late(clock, now_of(p)))
                canvas_right(p->c, p->r.x + INDENT + w, y, 20, (struct look){.ink = ROLE_MUTED},
                             text);
}

/* ---- why ----------------------------------------------------------------------------------- */

struct wrapping {
        struct pen *pen;
        enum role ink;
};

static void wrap_row(void *ctx, const char *line, size_t len)
{
        const struct wrapping *w = ctx;
        int y;

        if (!next_row(w->pen, &y))
                return;
        AUTO_FREE char *s = xstrndup(line, len);
        canvas_text(w->pen->c, w->pen->r.x + INDENT, y, w->pen->r.w - INDENT,
                    (struct look){.ink = w->ink}, s);
}

static void draw_words(struct pen *p, enum role ink, const char *text)
{
        struct wrapping w = {p, ink};

        text_wrap(text, (size_t)(p->r.w > INDENT + 10 ? p->r.w - INDENT : 10), wrap_row, &w);
}

static void draw_said(struct pen *p, enum role ink, const char *text)
{
        if (text)
                draw_words(p, ink, text);
}

static void draw_why(struct pen *p, const struct clock *clock)
{
        struct arena a = {0};
        int y;

        arena_init(&a);
        draw_said(p, ROLE_TEXT, clock_content_told(clock, &a));
        if (clock->rule) {
                draw_words(p, ROLE_TEXT, clock->rule->text);
                draw_words(p, ROLE_MUTED, clock->rule->regime->source);
        }
        draw_words(p, ROLE_TEXT, clock_why(clock, &a));
        if (clock->rule && clock->rule->note)
                draw_words(p, ROLE_WARN, clock->rule->note);
        if (clock->stopped && clock->stopped->reason)
                draw_words(p, ROLE_TEXT, clock->stopped->reason);
        next_row(p, &y);
        arena_finish(&a);
}

/* ---- all of them --------------------------------------------------------------------------- */

static void draw_clock(struct pen *p, const struct clock *clock, bool current)
{
        CLEANUP(arena_finish) struct arena a = {0};
        int y;

        draw_head(p, clock, current);
        if (clock->state == CLOCK_FILED)
                draw_said(p, ROLE_MUTED, clock_filing_told(clock, &a));
        if (clock->state == CLOCK_RUNNING && clock->due_ms != CLOCK_NONE) {
                draw_bar(p, clock);
                draw_due(p, clock);
                next_row(p, &y);
        }
        if (clock_cursor_opens(p->d->clocks, clock))
                draw_why(p, clock);
}

static int width_of(int w)
{
        return w < WIDTH_MAX ? w : WIDTH_MAX;
}

int detail_clock_row(const struct detail_draw *d, int w, size_t i)
{
        const struct clock_list *list = &d->data->clocks;
        struct pen p = {.r = {.w = width_of(w)}, .d = d};

        for (size_t k = 0; k < i && k < list->count; k++)
                draw_clock(&p, &list->clocks[k], false);
        return p.row;
}

size_t detail_clock_from(const struct detail_draw *d, int w, long row)
{
        const struct clock_list *list = &d->data->clocks;
        struct pen p = {.r = {.w = width_of(w)}, .d = d};
        size_t i = 0;

        for (; i < list->count && p.row < row; i++)
                draw_clock(&p, &list->clocks[i], false);
        return i;
}

struct detail_extent detail_draw_clocks(const struct detail_draw *d, struct canvas *c,
                                        struct rect r)
{
        const struct clock_list *list = &d->data->clocks;
        struct rect column = {r.x, r.y, width_of(r.w), r.h};
        struct pen p = {.c = c, .r = column, .scroll = d->scroll, .d = d};
        size_t at = clock_cursor_at(d->clocks, list);

        for (size_t i = 0; i < list->count; i++)
                draw_clock(&p, &list->clocks[i], d->focus && i == at);
        int left = p.row - p.scroll - r.h;
        if (left > 0 && r.h > 1)
                detail_draw_more(c, column.x + column.w, r.y + r.h - 1, left);
        return (struct detail_extent){.rows = p.row, .window = r.h, .width = r.w};
}

int64_t detail_count_clocks(const struct detail_data *data)
{
        return (int64_t)data->clocks.count;
}
