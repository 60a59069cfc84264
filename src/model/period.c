#include "model/period.h"

#include "base/clock.h"

#define HOUR_MS      3600000ll
#define DAY_MS       (24 * HOUR_MS)
#define LOOK_AHEAD   60 /* days: more holidays in a row than any calendar has */
#define WORKING_DAYS 2  /* Article 3(5) */

static int64_t floor_to(int64_t ms, int64_t unit)
{
        int64_t rest = ms % unit;

        return ms - rest - (rest < 0 ? unit : 0);
}

static int days_in(int year, int month)
{
        static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

        return days[month - 1] + (month == 2 && leap);
}

/* Article 3(2)(c) */
static int64_t add_months(int64_t day, int months)
{
        struct stamp_parts p;
        int last;

        stamp_split(day * DAY_MS, &p);
        p.year += (p.month - 1 + months) / 12;
        p.month = (p.month - 1 + months) % 12 + 1;
        last = days_in(p.year, p.month);
        if (p.day > last)
                p.day = last;
        return floor_to(stamp_join(&p), DAY_MS) / DAY_MS;
}

static bool is_working(const struct calendar *c, int64_t day, struct period_end *ret)
{
        if (calendar_is_weekend(day))
                return false;
        if (!calendar_knows(c, day))
                ret->unknown = true;
        return !calendar_is_holiday(c, day);
}

static int64_t next_working(const struct calendar *c, int64_t day, struct period_end *ret)
{
        for (int i = 0; i < LOOK_AHEAD && !is_working(c, day, ret); i++)
                day++;
        return day;
}

/* Article 3(4), then 3(5). A month has two working days in any calendar. */
static int64_t move_on(const struct period *p, const struct calendar *c, int64_t event_day,
                       int64_t day, struct period_end *ret)
{
        int working = 0;

        day = next_working(c, day, ret);
        if (p->months || p->days < 2)
                return day;
        for (int64_t d = event_day + 1; d <= day && working < WORKING_DAYS; d++)
                working += is_working(c, d, ret);
        for (; working < WORKING_DAYS; working++)
                day = next_working(c, day + 1, ret);
        return day;
}

void period_end(const struct period *p, const struct calendar *c, int64_t from_ms,
                struct period_end *ret)
{
        int64_t offset = calendar_offset_ms(c, from_ms), event_day = calendar_day(c, from_ms);

        *ret = (struct period_end){0};
        if (p->hours) {
                ret->due_ms =
                        floor_to(from_ms + offset, HOUR_MS) - offset + HOUR_MS + p->hours * HOUR_MS;
                return;
        }
        ret->counted_day = p->months ? add_months(event_day, p->months) : event_day + p->days;
        ret->last_day =
                p->moves ? move_on(p, c, event_day, ret->counted_day, ret) : ret->counted_day;
        ret->due_ms = calendar_start(c, ret->last_day + 1);
}
