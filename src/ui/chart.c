#include "ui/chart.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define HOUR_MS    3600000ll
#define DAY_MS     (24 * HOUR_MS)
#define ZOOM_FIRST 6 /* two weeks */

int64_t chart_span_ms(int zoom)
{
        static const int64_t spans[CHART_ZOOMS] = {6 * HOUR_MS, 12 * HOUR_MS, DAY_MS,
                                                   2 * DAY_MS,  4 * DAY_MS,   7 * DAY_MS,
                                                   14 * DAY_MS, 28 * DAY_MS,  84 * DAY_MS};

        return spans[zoom < 0 ? 0 : zoom >= CHART_ZOOMS ? CHART_ZOOMS - 1 : zoom];
}

void chart_init(struct chart *ch, int64_t now_ms)
{
        *ch = (struct chart){.zoom = ZOOM_FIRST, .bar = -1};
        chart_look_at(ch, now_ms);
}

void chart_look_at(struct chart *ch, int64_t ms)
{
        ch->from_ms = ms - chart_span_ms(ch->zoom) / 4;
}

void chart_zoom(struct chart *ch, int by)
{
        int64_t middle = ch->from_ms + chart_span_ms(ch->zoom) / 2;
        int zoom = ch->zoom + by;

        ch->zoom = zoom < 0 ? 0 : zoom >= CHART_ZOOMS ? CHART_ZOOMS - 1 : zoom;
        ch->from_ms = middle - chart_span_ms(ch->zoom) / 2;
}

void chart_scroll(struct chart *ch, int by)
{
        ch->from_ms += by * (chart_span_ms(ch->zoom) / 4);
}

/* ---- rows ------------------------------------------------------------------------------------
 */

static bool is_heading(const struct chart_rows *rows, size_t i)
{
        struct chart_row row = {0};

        rows->row(rows->ctx, i, &row);
        return row.heading;
}

/* The row at i, or the next one that is no heading in this direction, else in the other. */
static size_t land(const struct chart_rows *rows, size_t i, bool down)
{
        size_t at = i;

        while (is_heading(rows, at)) {
                if (down ? at + 1 == rows->count : at == 0)
                        break;
                at += down ? 1 : (size_t)-1;
        }
        if (!is_heading(rows, at))
                return at;
        for (at = i; is_heading(rows, at); at += down ? (size_t)-1 : 1)
                if (down ? at == 0 : at + 1 == rows->count)
                        return i;
        return at;
}

void chart_move(struct chart *ch, const struct chart_rows *rows, long by)
{
        size_t at = ch->at, left = (size_t)(by < 0 ? -by : by);

        if (!rows->count)
                return;
        at = at < rows->count ? at : rows->count - 1;
        if (by < 0)
                at -= left < at ? left : at;
        else
                at += left < rows->count - 1 - at ? left : rows->count - 1 - at;
        at = land(rows, at, by > 0);
        if (at != ch->at)
                ch->bar = -1;
        ch->at = at;
}

void chart_settle(struct chart *ch, const struct chart_rows *rows, struct rect r)
{
        size_t h = (size_t)chart_shape_of(r).time.h, most;
        size_t at = ch->at;

        if (!rows->count) {
                ch->at = ch->top = 0;
                ch->bar = -1;
                return;
        }
        at = land(rows, at < rows->count ? at : rows->count - 1, true);
        if (at != ch->at)
                ch->bar = -1;
        ch->at = at;
        if (at < ch->top)
                ch->top = at > 0 && is_heading(rows, at - 1) ? at - 1 : at;
        if (h && at >= ch->top + h)
                ch->top = at - h + 1;
        most = rows->count > h ? rows->count - h : 0;
        ch->top = ch->top < most ? ch->top : most;
}

/* ---- bars ------------------------------------------------------------------------------------
 */

/* Of a row without a cursor on a bar: the first that ends, or the last that begins, in sight. */
static long first_bar(const struct chart *ch, const struct chart_row *row, int by)
{
        int64_t end = ch->from_ms + chart_span_ms(ch->zoom);
        long last = -1;

        for (size_t i = 0; i < row->bar_count; i++) {
                if (by > 0 && row->bars[i].until_ms > ch->from_ms)
                        return (long)i;
                if (row->bars[i].from_ms < end)
                        last = (long)i;
        }
        return by > 0 ? (long)row->bar_count : last;
}

static void bring_into_sight(struct chart *ch, const struct chart_bar *bar)
{
        int64_t end = ch->from_ms + chart_span_ms(ch->zoom);

        if (bar->until_ms <= ch->from_ms || bar->from_ms >= end)
                chart_look_at(ch, bar->from_ms);
}

bool chart_step(struct chart *ch, const struct chart_rows *rows, int by)
{
        struct chart_row row = {0};
        long bar;

        if (ch->at >= rows->count)
                return false;
        rows->row(rows->ctx, ch->at, &row);
        bar = ch->bar < 0 ? first_bar(ch, &row, by) : ch->bar + by;
        if (bar < 0 || bar >= (long)row.bar_count)
                return false;
        ch->bar = bar;
        bring_into_sight(ch, &row.bars[bar]);
        return true;
}

static const char *what_name(enum chart_what what)
{
        static const char *const names[CHART_WHATS] = {
                [CHART_ON_CALL] = "on call",   [CHART_LEAVE] = "leave or repair",
                [CHART_REST] = "rest",         [CHART_SOFT] = "soft hold",
                [CHART_HARD] = "hard hold",    [CHART_OUT] = "out",
                [CHART_TWICE] = "booked twice"};

        return names[what];
}

void chart_bar_says(const struct chart_bar *bar, char out[CHART_SAYS])
{
        char from[24], until[24], zone[8];
        struct stamp_parts parts;

        chart_day_text(bar->from_ms, from);
        chart_day_text(bar->until_ms, until);
        clock_local(bar->until_ms, &parts, zone);
        snprintf(out, CHART_SAYS, "%s, %s to %s %s%s%s", what_name(bar->what), from, until, zone,
                 bar->label[0] ? ": " : "", bar->label);
}
