#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <criterion/criterion.h>

#include "base/mem.h"

static int64_t ms_of(const char *stamp)
{
        int64_t ms = -1;
        struct err err = {0};
        cr_assert_eq(stamp_parse_ms(stamp, &ms, &err), RC_OK, "%s: %s", stamp, err.text);
        return ms;
}

static int64_t ns_of(const char *stamp)
{
        int64_t ns = -1;
        struct err err = {0};
        cr_assert_eq(stamp_parse_ns(stamp, strlen(stamp), &ns, &err), RC_OK, "%s: %s", stamp,
                     err.text);
        return ns;
}

Test(clock, stands_still_and_moves_on_request)
{
        clock_advance(5); /* does nothing while time runs */
        cr_assert_not(clock_is_fixed());
        clock_fix(1000);
        clock_advance(500);
        cr_assert_eq(clock_now_ms(), 1500);
        cr_assert_eq(clock_now_ms(), 1500);
        cr_assert(clock_is_fixed());
}

Test(clock, measuring_time_runs_while_wall_time_is_fixed)
{
        clock_fix(1000);
        int64_t before = clock_mono_ns();
        while (clock_mono_ns() == before)
                ;
        cr_assert_gt(clock_mono_ns(), before);
}

Test(clock, agrees_with_the_c_library_on_every_day)
{
        for (int64_t day = -106000; day < 106000; day++) { /* 1679 to 2260 */
                time_t t = (time_t)(day * 86400 + 86399);
                struct tm tm;
                gmtime_r(&t, &tm);
                struct stamp_parts p;
                stamp_split((int64_t)t * 1000 + 999, &p);
                cr_assert(p.year == tm.tm_year + 1900 && p.month == tm.tm_mon + 1 &&
                                  p.day == tm.tm_mday && p.wday == tm.tm_wday && p.hour == 23 &&
                                  p.second == 59 && p.ms == 999,
                          "day %ld", (long)day);
                cr_assert_eq(stamp_join(&p), (int64_t)t * 1000 + 999);
        }
}

Test(clock, prints_what_it_reads)
{
        char out[STAMP_BYTES];
        stamp_format(ms_of("2026-11-24T13:04:27.5Z"), out);
        cr_assert_str_eq(out, "2026-11-24T13:04:27.500Z");
        stamp_format_s(ms_of("2026-11-24T13:04:27.999Z"), out);
        cr_assert_str_eq(out, "2026-11-24T13:04:27Z");
        stamp_format(ms_of("1969-12-31T23:59:59.999Z"), out);
        cr_assert_str_eq(out, "1969-12-31T23:59:59.999Z");
        stamp_format_ns(ns_of("2026-11-24T13:04:27.5Z"), out);
        cr_assert_str_eq(out, "2026-11-24T13:04:27.500Z");
        stamp_format_ns(ns_of("2026-11-24T13:04:27.000000012Z"), out);
        cr_assert_str_eq(out, "2026-11-24T13:04:27.000000012Z");
        stamp_format_ns(ns_of("1969-12-31T23:59:59.999999Z"), out);
        cr_assert_str_eq(out, "1969-12-31T23:59:59.999999000Z");
        stamp_format(CLOCK_NONE, out);
        cr_assert_lt(strlen(out), STAMP_BYTES);
}

Test(clock, compares_as_time_whatever_the_zone_and_precision)
{
        int64_t t = ns_of("2026-11-24T13:04:27Z");
        cr_assert_eq(ns_of("2026-11-24T15:04:27+02:00"), t);
        cr_assert_eq(ns_of("2026-11-24T09:34:27.000000000-03:30"), t);
        cr_assert_eq(ns_of("2026-11-24t13:04:27z"), t);
        cr_assert_eq(ns_of("2026-11-24T13:04:27.000001Z"), t + 1000);
        cr_assert_eq(ns_of("2026-11-24T13:04:27.1234567899999Z"), t + 123456789);
        cr_assert_eq(ns_of("2027-01-01T00:30:00+01:00"), ns_of("2026-12-31T23:30:00Z"));
}

Test(clock, milliseconds_are_rounded_down_before_1970_too)
{
        cr_assert_eq(ms_of("1969-12-31T23:59:59.9999Z"), -1);
        cr_assert_eq(ms_of("1970-01-01T00:00:00.0019Z"), 1);
}

Test(clock, a_leap_second_is_the_last_instant_before_it)
{
        cr_assert_eq(ms_of("2016-12-31T23:59:60Z"), ms_of("2016-12-31T23:59:59.999Z"));
        cr_assert_eq(ms_of("2016-12-31T23:59:60.5Z"), ms_of("2016-12-31T23:59:59.999Z"));
}

Test(clock, covers_the_range_that_nanoseconds_have)
{
        cr_assert_lt(ns_of("1678-01-01T00:00:00Z"), 0);
        cr_assert_gt(ns_of("2261-12-31T23:59:59.999999999Z"), 0);
}

Test(clock, refuses_what_is_no_stamp)
{
        static const char *const bad[] = {
                "",
                "2026-11-24",
                "2026-11-24T13:04Z",
                "2026-11-24 13:04:27Z",
                "2026-11-24T13:04:27",
                "2026-11-24T13:04:27.Z",
                "2026-11-24T13:04:27Z ",
                " 2026-11-24T13:04:27Z",
                "2026-11-24T13:04:27+0200",
                "2026-11-24T13:04:27+24:00",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-11-24T24:00:00Z",
                "2026-11-24T23:60:00Z",
                "2026-11-24T23:59:61Z",
                "1677-12-31T23:59:59Z",
                "2262-01-01T00:00:00Z",
                "+2026-11-24T13:04:27Z",
        };
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                int64_t ms = 77;
                struct err err = {0};
                cr_assert_eq(stamp_parse_ms(bad[i], &ms, &err), RC_INVALID, "\"%s\"", bad[i]);
                cr_assert_eq(ms, 77);
                cr_assert_neq(err.text[0], '\0');
        }
        int64_t ns;
        cr_assert_eq(stamp_parse_ns("2026-11-24T13:04:27Z\0", 21, &ns, NULL), RC_INVALID);
}

Test(clock, quotes_what_it_refuses_without_its_control_bytes)
{
        int64_t ms;
        struct err err = {0};
        cr_assert_eq(stamp_parse_ms("\x1b[2J", &ms, &err), RC_INVALID);
        cr_assert_str_eq(err.text, "\"\\x1b[2J\" is not a timestamp such as 2026-11-24T13:04:27Z");
}

Test(clock, local_time_follows_TZ_with_summer_time)
{
        struct stamp_parts p;
        char zone[8];
        setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
        tzset();
        clock_local(ms_of("2026-07-01T22:30:00.250Z"), &p, zone);
        cr_assert(p.month == 7 && p.day == 2 && p.hour == 0 && p.minute == 30 && p.ms == 250);
        cr_assert_str_eq(zone, "CEST");
        clock_local(ms_of("2026-12-01T22:30:00Z"), &p, zone);
        cr_assert_eq(p.hour, 23);
        cr_assert_str_eq(zone, "CET");
}
