/*
 * How a due time follows, in words.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/clocks.h"

#define WHY_BYTES 2000
#define DAY_BYTES 40
#define DAY_MS    (24ll * 3600 * 1000)
#define HOUR_MS   3600000ll

static void show_day(int64_t day, char out[DAY_BYTES])
{
        static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        struct stamp_parts p;

        stamp_split(day * DAY_MS, &p);
        snprintf(out, DAY_BYTES, "%s %d %s %d", weekdays[p.wday], p.day, months[p.month - 1],
                 p.year);
}

static void add_span(struct str *out, const struct period *p)
{
        int n = p->hours + p->days + p->months;

        str_addf(out, "%d %s%s", n,
                 p->hours  ? "hour"
                 : p->days ? "day"
                           : "month",
                 n == 1 ? "" : "s");
}

static void add_instant(struct str *out, int64_t ms)
{
        char stamp[STAMP_BYTES];

        stamp_format(ms, stamp);
        str_addf(out, "%.10s %.5sZ", stamp, stamp + 11);
}

static void add_hours(struct str *out, const struct clock *c)
{
        str_add(out, ". The hour of the event is not counted, so they run from ");
        add_instant(out, c->due_ms - c->rule->period.hours * HOUR_MS);
        str_add(out, " and end ");
        add_instant(out, c->due_ms);
        str_add(out,
                "; weekends and holidays count (Regulation 1182/71, Article 3(1), (2)(a), (3))");
}

static void add_moved(struct str *out, const struct clock *c)
{
        const struct period_end *end = &c->end;
        char day[DAY_BYTES];

        if (end->last_day == end->counted_day)
                return;
        show_day(end->last_day, day);
        if (calendar_is_weekend(end->counted_day) ||
            calendar_is_holiday(c->calendar, end->counted_day))
                str_addf(out,
                         ". That is no working day in %s, so the end moves to %s (Article 3(4))",
                         c->calendar->state, day);
        else
                str_addf(out,
                         ". Two working days belong to it, so the end moves to %s (Article 3(5))",
                         day);
}

static void add_days(struct str *out, const struct clock *c)
{
        char from[DAY_BYTES], to[DAY_BYTES];

        show_day(calendar_day(c->calendar, c->anchor_ms), from);
        show_day(c->end.counted_day, to);
        str_addf(out,
                 ", %s in %s (%s). The end is the last hour of %s (Regulation 1182/71, Article %s)",
                 from, c->calendar->state, c->calendar->zone, to,
                 c->rule->period.months ? "3(2)(c)" : "3(1), (2)(b)");
        add_moved(out, c);
        str_add(out, ", that is ");
        add_instant(out, c->due_ms);
        if (c->end.unknown)
                str_addf(out,
                         ". Public holidays of %s are not known for that year: only weekends were "
                         "looked at",
                         c->calendar->state);
}

const char *clock_why(const struct clock *c, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};

        if (!c->rule)
                return "the law files here do not have this rule, so there is no due time";
        if (c->state == CLOCK_WAITS)
                return arena_printf(a, "starts when %s is filed", c->rule->after);
        if (!c->rule->dated)
                return "the law gives no period in hours, days or months";
        str_init(&out, WHY_BYTES);
        add_span(&out, &c->rule->period);
        str_addf(&out, " from %s, ", clock_anchor_label(c->rule->anchor));
        add_instant(&out, c->anchor_ms);
        if (c->rule->period.hours)
                add_hours(&out, c);
        else
                add_days(&out, c);
        return arena_strdup(a, str_text(&out));
}
