/*
 * Instants as columns, and what stands above them. Days and hours are those of the local zone: on
 * the night when clocks change a day has 23 or 25 hours, and so many columns.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ui/chart.h"

#define HOUR_MS    3600000ll
#define DAY_MS     (24 * HOUR_MS)
#define HOURS_MOST (4 * DAY_MS)   /* of a scale of hours */
#define NEXT_DAY   (26 * HOUR_MS) /* from a midnight into the day behind it, long or short */

#define DAY_COLUMNS  7  /* of "Tue 24" and what keeps it apart */
#define DATE_COLUMNS 12 /* of "Tue 24 Nov" */
#define HOUR_COLUMNS 4  /* of "14"         */
#define TIME_COLUMNS 7  /* of "14:00"      */

static const char *const day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* ---- columns ---------------------------------------------------------------------------------
 */

static int64_t floor_div(int64_t a, int64_t b)
{
        return a / b - (a % b < 0);
}

int64_t chart_ms_at(const struct chart_scale *s, int x)
{
        return s->from_ms + s->span_ms * x / s->w;
}

static int64_t column(const struct chart_scale *s, int64_t ms)
{
        return floor_div((ms - s->from_ms) * s->w, s->span_ms);
}

bool chart_columns_of(const struct chart_scale *s, int64_t from_ms, int64_t until_ms, int *ret_x,
                      int *ret_end)
{
        int64_t end_ms = s->from_ms + s->span_ms, x, end;

        if (until_ms <= s->from_ms || from_ms >= end_ms || until_ms <= from_ms)
                return false;
        from_ms = from_ms < s->from_ms ? s->from_ms : from_ms;
        until_ms = until_ms > end_ms ? end_ms : until_ms;
        x = column(s, from_ms);
        end = -floor_div(-(until_ms - s->from_ms) * s->w, s->span_ms);
        *ret_x = (int)(x < s->w ? x : s->w - 1);
        *ret_end = (int)(end > *ret_x ? end : *ret_x + 1);
        return true;
}

/* ---- local days ------------------------------------------------------------------------------
 */

static int64_t offset_at(int64_t ms)
{
        struct stamp_parts p;
        char zone[8];

        clock_local(ms, &p, zone);
        return stamp_join(&p) - ms;
}

/* The instant of a local wall time; where clocks change twice is one of the two. */
static int64_t instant_of(int64_t wall_ms, int64_t near_ms)
{
        int64_t ms = wall_ms - offset_at(near_ms);

        return wall_ms - offset_at(ms);
}

static int64_t midnight_before(int64_t ms)
{
        int64_t wall = ms + offset_at(ms);

        return instant_of(floor_div(wall, DAY_MS) * DAY_MS, ms);
}

static int64_t day_of(int64_t ms)
{
        return floor_div(ms + offset_at(ms), DAY_MS);
}

void chart_day_text(int64_t ms, char out[24])
{
        struct stamp_parts p;
        char zone[8];

        clock_local(ms, &p, zone);
        snprintf(out, 24, "%s %d %s %02d:%02d", day_names[p.wday % 7], p.day,
                 month_names[(p.month - 1) % 12], p.hour, p.minute);
}

/* ---- ticks -----------------------------------------------------------------------------------
 */

struct ticking {
        const struct chart_scale *s;
        int64_t now_ms;
        struct chart_ticks *t;
};

static void add_tick(struct chart_tick *list, size_t *count, int64_t x, int w, const char *text,
                     bool today)
{
        struct chart_tick *tick = &list[*count];

        if (*count == CHART_TICKS_MAX || x < 0 || x >= w)
                return;
        tick->x = (int)x;
        tick->today = today;
        snprintf(tick->text, sizeof(tick->text), "%s", text);
        (*count)++;
}

static void add_upper(struct ticking *k, int64_t x, int64_t ms, bool date)
{
        struct stamp_parts p;
        char zone[8], text[24];

        clock_local(ms, &p, zone);
        snprintf(text, sizeof(text), date ? "%s %d %s" : "%s %d", day_names[p.wday % 7], p.day,
                 month_names[(p.month - 1) % 12]);
        add_tick(k->t->upper, &k->t->upper_count, x, k->s->w, text,
                 day_of(ms) == day_of(k->now_ms));
}

static void add_month(struct ticking *k, int64_t x, int64_t ms)
{
        struct stamp_parts p;
        char zone[8];

        clock_local(ms, &p, zone);
        add_tick(k->t->lower, &k->t->lower_count, x, k->s->w, month_names[(p.month - 1) % 12],
                 false);
}

/* ---- a scale of days -------------------------------------------------------------------------
 */

/* Every day, every other, or the Mondays of every week, every other, every fourth. */
static int64_t days_apart(const struct chart_scale *s)
{
        static const int64_t steps[] = {1, 2, 7, 14, 28};
        size_t i = 0;

        while (i + 1 < ARRAY_LEN(steps) && steps[i] * DAY_MS * s->w < DAY_COLUMNS * s->span_ms)
                i++;
        return steps[i];
}

static bool has_tick(int64_t day, int64_t apart)
{
        return (apart % 7 ? day : day + 3) % apart == 0; /* 1970 began on a Thursday */
}

static void tick_days(struct ticking *k)
{
        int64_t apart = days_apart(k->s), end = k->s->from_ms + k->s->span_ms;
        int month = 0;

        for (int64_t ms = midnight_before(k->s->from_ms); ms < end;
             ms = midnight_before(ms + NEXT_DAY)) {
                struct stamp_parts p;
                char zone[8];

                if (ms < k->s->from_ms || !has_tick(day_of(ms), apart))
                        continue;
                add_upper(k, column(k->s, ms), ms, false);
                clock_local(ms, &p, zone);
                if (p.month != month)
                        add_month(k, column(k->s, ms), ms);
                month = p.month;
        }
}

/* ---- a scale of hours ------------------------------------------------------------------------
 */

static int hours_apart(const struct chart_scale *s)
{
        static const int steps[] = {1, 2, 3, 6, 12, 24};
        size_t i = 0;

        while (i + 1 < ARRAY_LEN(steps) && steps[i] * HOUR_MS * s->w < HOUR_COLUMNS * s->span_ms)
                i++;
        return steps[i];
}

/* Hours that exist twice come twice, the second with the name of its zone. */
static void tick_hours(struct ticking *k)
{
        int apart = hours_apart(k->s);
        bool whole = apart * HOUR_MS * k->s->w >= TIME_COLUMNS * k->s->span_ms;
        int64_t end = k->s->from_ms + k->s->span_ms, offset = offset_at(k->s->from_ms);
        int64_t ms =
                instant_of(floor_div(k->s->from_ms + offset, HOUR_MS) * HOUR_MS, k->s->from_ms);

        for (; ms < end; ms += HOUR_MS) {
                struct stamp_parts p;
                char zone[8], text[24];
                bool changed = offset_at(ms) != offset;

                clock_local(ms, &p, zone);
                offset = offset_at(ms);
                if (p.hour % apart && !changed)
                        continue;
                snprintf(text, sizeof(text), whole ? "%02d:%02d" : "%02d", p.hour, p.minute);
                if (changed)
                        snprintf(text + strlen(text), sizeof(text) - strlen(text), " %s", zone);
                add_tick(k->t->lower, &k->t->lower_count, column(k->s, ms), k->s->w, text, false);
        }
}

/* The day that is under way at the left edge is named where there is room before the next. */
static void tick_dates(struct ticking *k)
{
        int64_t end = k->s->from_ms + k->s->span_ms, first = midnight_before(k->s->from_ms);
        int64_t next = midnight_before(first + NEXT_DAY);

        if (first < k->s->from_ms && column(k->s, next) >= DATE_COLUMNS)
                add_upper(k, 0, k->s->from_ms, true);
        if (first >= k->s->from_ms)
                next = first;
        for (; next < end; next = midnight_before(next + NEXT_DAY))
                add_upper(k, column(k->s, next), next, true);
}

/* ---- the whole -------------------------------------------------------------------------------
 */

static void name_zone(const struct chart_scale *s, char out[20])
{
        struct stamp_parts p;
        char first[8], last[8];

        clock_local(s->from_ms, &p, first);
        clock_local(s->from_ms + s->span_ms - 1, &p, last);
        snprintf(out, 20, strcmp(first, last) == 0 ? "%s" : "%s, %s", first, last);
}

void chart_ticks_make(const struct chart_scale *s, int64_t now_ms, struct chart_ticks *ret)
{
        struct ticking k = {s, now_ms, ret};

        ret->upper_count = ret->lower_count = 0;
        name_zone(s, ret->zone);
        if (s->span_ms > HOURS_MOST) {
                tick_days(&k);
                return;
        }
        tick_hours(&k);
        tick_dates(&k);
}
