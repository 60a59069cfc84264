#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/when.h"

#define MINUTE 60000ll
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* Tuesday */
static int64_t now(void)
{
        int64_t ms = 0;

        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:27.000Z", &ms, NULL), RC_OK);
        return ms;
}

struct row {
        const char *typed, *stamp;
};

static void expect_rows(const struct row *rows, size_t count, int64_t at)
{
        for (size_t i = 0; i < count; i++) {
                struct err err = {.text = ""};
                char stamp[STAMP_BYTES];
                int64_t ms;

                cr_expect_eq(when_read(rows[i].typed, at, &ms, &err), RC_OK, "%s", err.text);
                if (err.text[0])
                        continue;
                stamp_format_s(ms, stamp);
                cr_expect_str_eq(stamp, rows[i].stamp, "%s: %s, not %s", rows[i].typed, stamp,
                                 rows[i].stamp);
        }
}

Test(when, reads_times_as_people_type_them)
{
        static const struct row rows[] = {
                {"now", "2026-11-24T13:04:27Z"},
                {"+4h", "2026-11-24T17:04:27Z"},
                {"-2d", "2026-11-22T13:04:27Z"},
                {"+1d12h", "2026-11-26T01:04:27Z"},
                {"14:00", "2026-11-24T14:00:00Z"},
                {"8:05", "2026-11-24T08:05:00Z"},
                {"14:00Z", "2026-11-24T14:00:00Z"},
                {"14:00:30", "2026-11-24T14:00:30Z"},
                {"14:00+01:00", "2026-11-24T13:00:00Z"},
                {"today", "2026-11-24T00:00:00Z"},
                {"today 14:00", "2026-11-24T14:00:00Z"},
                {"Tomorrow 08:00", "2026-11-25T08:00:00Z"},
                {"  yesterday   8:00 ", "2026-11-23T08:00:00Z"},
                {"wed 09:00", "2026-11-25T09:00:00Z"},
                {"monday", "2026-11-30T00:00:00Z"},
                {"tue 13:30", "2026-11-24T13:30:00Z"},
                {"tue 13:00", "2026-12-01T13:00:00Z"},
                {"24 Nov 19:00Z", "2026-11-24T19:00:00Z"},
                {"2 feb", "2026-02-02T00:00:00Z"},
                {"24 November 2025 19:00", "2025-11-24T19:00:00Z"},
                {"2026-11-24", "2026-11-24T00:00:00Z"},
                {"2026-11-24 13:04", "2026-11-24T13:04:00Z"},
                {"2026-11-24T13:04Z", "2026-11-24T13:04:00Z"},
                {"2026-11-24 13:04 +0230", "2026-11-24T10:34:00Z"},
                {"2026-11-24T13:04:05.678901Z", "2026-11-24T13:04:05Z"},
                {"2026-11-24T13:04:05-05:00", "2026-11-24T18:04:05Z"},
        };

        expect_rows(rows, ARRAY_LEN(rows), now());
}

Test(when, knows_the_calendar)
{
        static const struct row rows[] = {
                {"2024-02-29", "2024-02-29T00:00:00Z"},
                {"2000-02-29", "2000-02-29T00:00:00Z"},
                {"29 feb 2028", "2028-02-29T00:00:00Z"},
                {"2026-12-31 23:59", "2026-12-31T23:59:00Z"},
        };
        static const char *const wrong[] = {"2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01",
                                            "2026-00-10", "2026-11-00", "29 feb",     "31 june"};
        static const struct row leap[] = {{"tomorrow", "2024-02-29T00:00:00Z"},
                                          {"+48h", "2024-03-01T12:00:00Z"}};
        int64_t ms, eve;

        expect_rows(rows, ARRAY_LEN(rows), now());
        for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
                cr_expect_eq(when_read(wrong[i], now(), &ms, NULL), RC_INVALID, "%s", wrong[i]);
        cr_assert_eq(stamp_parse_ms("2024-02-28T12:00:00Z", &eve, NULL), RC_OK);
        expect_rows(leap, ARRAY_LEN(leap), eve);
}

/* Clocks go back in Berlin on 25 October 2026 and forward in March: UTC days have 24 hours. */
Test(when, summer_time_does_not_matter)
{
        static const struct row rows[] = {{"tomorrow 08:00", "2026-10-26T08:00:00Z"},
                                          {"+1d", "2026-10-26T00:30:00Z"}};
        int64_t ms;

        cr_assert_eq(stamp_parse_ms("2026-10-25T00:30:00Z", &ms, NULL), RC_OK);
        expect_rows(rows, ARRAY_LEN(rows), ms);
}

Test(when, refuses_the_rest_and_says_what_would_do)
{
        static const char *const wrong[] = {"",
                                            " ",
                                            "4h",
                                            "+",
                                            "+4",
                                            "+4x",
                                            "++4h",
                                            "24:00",
                                            "14:60",
                                            "14",
                                            "14:0",
                                            "14:00 x",
                                            "today 25:00",
                                            "todays",
                                            "20261124",
                                            "24 no",
                                            "yesterday tomorrow",
                                            "2026-11-24 13:04 CET",
                                            "+99999999d",
                                            "-36501d",
                                            "2026-11-24T",
                                            "wedding",
                                            "\xff",
                                            "2999-13-01"};

        for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
                struct err err = {.text = ""};
                int64_t ms = 42;

                cr_expect_eq(when_read(wrong[i], now(), &ms, &err), RC_INVALID, "%s", wrong[i]);
                cr_expect_eq(ms, 42);
                cr_expect(strstr(err.text, "try +4h"), "%s", err.text);
                cr_expect(strstr(err.text, "unless an offset follows: 14:04+01:00"), "%s",
                          err.text);
        }
}

Test(when, says_which_years_it_takes)
{
        static const char *const others[] = {"2999-01-01",           "2262-01-01 08:00",
                                             "1677-12-31",           "24 Nov 2999",
                                             "2999-01-01T00:00:00Z", "2999-01-01T00:00:00.123456Z"};
        int64_t ms = 0;

        for (size_t i = 0; i < ARRAY_LEN(others); i++) {
                struct err err = {.text = ""};

                cr_expect_eq(when_read(others[i], now(), &ms, &err), RC_INVALID);
                cr_expect(strstr(err.text, others[i]), "%s", err.text);
                cr_expect(strstr(err.text, "out of range: the years 1678 to 2261"), "%s", err.text);
        }
        cr_expect_eq(when_read("2261-12-31", now(), &ms, NULL), RC_OK);
        cr_expect_eq(when_read("1678-01-01", now(), &ms, NULL), RC_OK);
}

Test(when, reads_durations)
{
        static const struct {
                const char *typed;
                int64_t ms;
        } rows[] = {{"4h", 4 * HOUR},
                    {"3d", 3 * DAY},
                    {"90m", 90 * MINUTE},
                    {"2w", 14 * DAY},
                    {"1d12h", 36 * HOUR},
                    {"45s", 45000},
                    {"14 min", 14 * MINUTE},
                    {"13d 09h", 13 * DAY + 9 * HOUR},
                    {"0s", 0}};
        static const char *const wrong[] = {"",     "4",  "h",          "4h3",      "-4h",
                                            "4.5h", "4y", "999999999w", "36500d1s", "4hours"};

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                int64_t ms = -1;

                cr_expect_eq(duration_read(rows[i].typed, &ms, NULL), RC_OK, "%s", rows[i].typed);
                cr_expect_eq(ms, rows[i].ms, "%s", rows[i].typed);
        }
        for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
                int64_t ms = 42;

                cr_expect_eq(duration_read(wrong[i], &ms, NULL), RC_INVALID, "%s", wrong[i]);
                cr_expect_eq(ms, 42);
        }
}

static void expect_shown(const char *stamp, const char *shown)
{
        char out[WHEN_BYTES];
        int64_t ms;

        cr_assert_eq(stamp_parse_ms(stamp, &ms, NULL), RC_OK);
        when_show(ms, now(), out);
        cr_expect_str_eq(out, shown, "%s: \"%s\", not \"%s\"", stamp, out, shown);
}

Test(when, shows_no_more_of_a_time_than_it_takes)
{
        char out[WHEN_BYTES];

        expect_shown("2026-11-24T00:00:00Z", "00:00Z");
        expect_shown("2026-11-24T23:59:59Z", "23:59Z");
        expect_shown("2026-11-23T23:59:59Z", "Mon 23:59Z");
        expect_shown("2026-11-25T07:00:00Z", "Wed 07:00Z");
        expect_shown("2026-11-21T07:00:00Z", "Sat 07:00Z");
        expect_shown("2026-11-20T07:00:00Z", "20 Nov 07:00Z");
        expect_shown("2026-11-27T23:59:00Z", "Fri 23:59Z");
        expect_shown("2026-11-28T00:00:00Z", "28 Nov 00:00Z");
        expect_shown("2026-11-17T19:00:00Z", "17 Nov 19:00Z");
        expect_shown("2025-11-24T19:00:00Z", "24 Nov 2025 19:00Z");
        expect_shown("1969-12-31T19:00:00Z", "31 Dec 1969 19:00Z");
        when_show(CLOCK_NONE, now(), out);
        cr_expect_str_eq(out, "-");
}

/* What is shown for a time to come can be typed. */
Test(when, reads_what_it_shows)
{
        for (int64_t span = 0; span < 500 * DAY; span += 17 * HOUR + 13 * MINUTE) {
                int64_t want = (now() + span) / MINUTE * MINUTE, got = 0;
                char out[WHEN_BYTES];

                when_show(want, now(), out);
                cr_assert_eq(when_read(out, now(), &got, NULL), RC_OK, "%s", out);
                cr_assert_eq(got, want, "%s", out);
        }
}

Test(when, shows_ages)
{
        static const struct {
                int64_t ms;
                const char *shown;
        } rows[] = {{0, "0 s"},
                    {2999, "2 s"},
                    {-500, "0 s"},
                    {14 * MINUTE, "14 min"},
                    {HOUR, "01:00"},
                    {26 * HOUR + 55 * MINUTE, "26:55"},
                    {48 * HOUR - 1, "47:59"},
                    {48 * HOUR, "2d 00h"},
                    {13 * DAY + 9 * HOUR, "13d 09h"},
                    {-55 * MINUTE, "-55 min"},
                    {INT64_MAX, "106751991167d 07h"},
                    {CLOCK_NONE, "-"}};

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                char out[WHEN_BYTES];

                when_age(rows[i].ms, out);
                cr_expect_str_eq(out, rows[i].shown, "%s, not %s", out, rows[i].shown);
        }
}

Test(when, shows_how_long_ago_in_a_form_that_no_clock_has)
{
        static const struct {
                int64_t ms;
                const char *shown;
        } rows[] = {
                {-1, "now"},
                {59999, "now"},
                {60000, "1m ago"},
                {3599999, "59m ago"},
                {12 * INT64_C(3600000), "12h ago"},
                {48 * INT64_C(3600000) - 1, "47h ago"},
                {48 * INT64_C(3600000), "2d ago"},
                {400 * INT64_C(86400000), "400d ago"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                char out[WHEN_BYTES];

                when_ago(rows[i].ms, out);
                cr_expect_str_eq(out, rows[i].shown, "%s, not %s", out, rows[i].shown);
        }
}

Test(when, shows_how_far_a_clock_is_off)
{
        static const struct {
                int64_t ms;
                const char *shown;
        } rows[] = {
                {190000, "+00:03:10 ahead"},
                {190999, "+00:03:10 ahead"},
                {-99500, "-00:01:39 behind"},
                {0, "+00:00:00 ahead"},
                {2 * 86400000ll + 3 * 3600000ll, "+2d 03:00:00 ahead"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                char out[WHEN_BYTES];

                when_skew(rows[i].ms, out);
                cr_assert_str_eq(out, rows[i].shown);
        }
}
