#include "model/calendar.h"

#include "base/clock.h"

#define MINUTE_MS 60000ll
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
#define MARCH     3
#define OCTOBER   10

const struct calendar calendar_utc = {.state = "", .zone = "UTC"};

static int64_t floor_div(int64_t a, int64_t b)
{
        return a / b - (a % b < 0);
}

static int64_t day_number(int year, int month, int day)
{
        const struct stamp_parts p = {.year = year, .month = month, .day = day};

        return floor_div(stamp_join(&p), DAY_MS);
}

/* 1970-01-01 was a Thursday; 0 = Sunday. */
static int weekday(int64_t day)
{
        return (int)((day % 7 + 7 + 4) % 7);
}

/* ---- zone ---------------------------------------------------------------------------------- */

static int64_t last_sunday_ms(int year, int month)
{
        int64_t last = day_number(year, month, 31);

        return (last - weekday(last)) * DAY_MS;
}

static bool is_summer(int64_t ms)
{
        struct stamp_parts p;

        stamp_split(ms, &p);
        return ms >= last_sunday_ms(p.year, MARCH) + HOUR_MS &&
               ms < last_sunday_ms(p.year, OCTOBER) + HOUR_MS;
}

int64_t calendar_offset_ms(const struct calendar *c, int64_t ms)
{
        return c->offset_minutes * MINUTE_MS + (c->summer_time && is_summer(ms) ? HOUR_MS : 0);
}

int64_t calendar_day(const struct calendar *c, int64_t ms)
{
        return floor_div(ms + calendar_offset_ms(c, ms), DAY_MS);
}

int64_t calendar_wall(const struct calendar *c, int64_t ms)
{
        return ms + calendar_offset_ms(c, ms);
}

int64_t calendar_instant(const struct calendar *c, int64_t wall_ms)
{
        int64_t winter = wall_ms - c->offset_minutes * MINUTE_MS;
        int64_t summer = winter - HOUR_MS;

        return c->summer_time && is_summer(summer) ? summer : winter;
}

int64_t calendar_start(const struct calendar *c, int64_t day)
{
        return calendar_instant(c, day * DAY_MS);
}

/* ---- holidays ------------------------------------------------------------------------------ */

/* Meeus, Astronomical Algorithms, chapter 8. The Julian date is 13 days behind until 2099. */
static int64_t easter_east(int year)
{
        int d = (19 * (year % 19) + 15) % 30;
        int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
        int month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;

        return day_number(year, month, day) + 13;
}

static int64_t easter_west(int year)
{
        int a = year % 19, b = year / 100, c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;

        return day_number(year, month, day);
}

int64_t calendar_easter(int year, bool eastern)
{
        return eastern ? easter_east(year) : easter_west(year);
}

bool calendar_is_weekend(int64_t day)
{
        return weekday(day) == 0 || weekday(day) == 6;
}

bool calendar_knows(const struct calendar *c, int64_t day)
{
        struct stamp_parts p;

        stamp_split(day * DAY_MS, &p);
        return c->first_year && p.year >= c->first_year && p.year <= c->last_year;
}

bool calendar_is_holiday(const struct calendar *c, int64_t day)
{
        struct stamp_parts p;

        if (!calendar_knows(c, day))
                return false;
        stamp_split(day * DAY_MS, &p);
        for (size_t i = 0; i < c->fixed_count; i++)
                if (c->fixed[i] == p.month * 100 + p.day)
                        return true;
        for (size_t i = 0; i < c->easter_count; i++)
                if (calendar_easter(p.year, c->eastern) + c->easter[i] == day)
                        return true;
        for (size_t i = 0; i < c->date_count; i++)
                if (c->dates[i] == day)
                        return true;
        return false;
}
