/*
 * Due times worked out by hand. Belgium (BE) has CET: UTC + 1, in summer UTC + 2, so that a day
 * ends at 23:00Z, in summer at 22:00Z.
 */
#include "model/period.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "law_files.h"

#define HOURS(n)              .period = {.hours = n}
#define DAYS(n)               .period = {.days = n, .moves = true}
#define MONTHS(n)             .period = {.months = n, .moves = true}
#define MONTH_BY_NATIONAL_LAW .period = {.months = 1}

static const struct {
        const char *why, *state, *from, *due;
        struct period period;
        bool unknown; /* the holidays of a year are not in the file */
} rows[] = {
        /* hour 01 does not count: 02:00 + 24 h */
        {"24 h", "BE", "2026-11-24T01:04:00Z", "2026-11-25T02:00:00Z", HOURS(24)},
        /* hour 18 does not count: 19:00 on the 21st + 3 days */
        {"72 h", "BE", "2026-11-21T18:52:00Z", "2026-11-24T19:00:00Z", HOURS(72)},
        /* 13:00:00.000 is in the hour that begins then: 14:00 + 24 h */
        {"on the hour", "BE", "2026-11-24T13:00:00Z", "2026-11-25T14:00:00Z", HOURS(24)},
        /* the last millisecond of the same hour: the same */
        {"end of hour", "BE", "2026-11-24T13:59:59.999Z", "2026-11-25T14:00:00Z", HOURS(24)},
        {"4 h, seconds", "BE", "2026-11-24T09:30:17Z", "2026-11-24T14:00:00Z", HOURS(4)},
        /* 23:59: hour 23 does not count: 00:00 on 1 January + 24 h, a holiday that counts */
        {"24 h, year end", "BE", "2026-12-31T23:59:00Z", "2027-01-02T00:00:00Z", HOURS(24)},
        /* Friday 18:00 + 72 h: Saturday and Sunday count */
        {"72 h, weekend", "BE", "2026-11-27T17:10:00Z", "2026-11-30T18:00:00Z", HOURS(72)},
        /* Christmas counts, and an end on a Sunday does not move */
        {"72 h, Christmas", "BE", "2026-12-24T10:00:01Z", "2026-12-27T11:00:00Z", HOURS(72)},
        /* 00:30 CEST on 25 October, a day of 25 hours: 23:00Z + 24 real hours; on the wall 00:00 */
        {"24 h, clocks back", "BE", "2026-10-24T22:30:00Z", "2026-10-25T23:00:00Z", HOURS(24)},
        /* 23:30 CET before a day of 23 hours: 23:00Z + 24 real hours; on the wall 01:00 */
        {"24 h, clocks on", "BE", "2026-03-28T22:30:00Z", "2026-03-29T23:00:00Z", HOURS(24)},
        /* hours are the same whatever the State, also before 1970: 00:00 + 24 h */
        {"24 h, Finland", "FI", "1969-12-31T23:30:00Z", "1970-01-02T00:00:00Z", HOURS(24)},

        /* 24 December is a Thursday and a working day in Belgium: its end */
        {"month", "BE", "2026-11-24T13:04:00Z", "2026-12-24T23:00:00Z", MONTHS(1)},
        /* no 31 February: the 28th, a Saturday; Monday 2 March */
        {"31 January", "BE", "2026-01-31T10:00:00Z", "2026-03-02T23:00:00Z", MONTHS(1)},
        /* no 30 February: 28 February 2027 is a Sunday; Monday 1 March */
        {"to a Sunday", "BE", "2027-01-30T10:00:00Z", "2027-03-01T23:00:00Z", MONTHS(1)},
        /* leap year: Tuesday 29 February 2028; holidays of 2028 are in no file */
        {"leap, from 31st", "BE", "2028-01-31T10:00:00Z", "2028-02-29T23:00:00Z", MONTHS(1), true},
        /* Wednesday 29 March 2028; summer time since the 26th */
        {"leap, from 29th", "BE", "2028-02-29T10:00:00Z", "2028-03-29T22:00:00Z", MONTHS(1), true},
        /* Wednesday 30 December, a working day in Belgium */
        {"month, year end", "BE", "2026-11-30T10:00:00Z", "2026-12-30T23:00:00Z", MONTHS(1)},
        /* 31 January 2027 is a Sunday; Monday 1 February */
        {"over the year", "BE", "2026-12-31T10:00:00Z", "2027-02-01T23:00:00Z", MONTHS(1)},
        /* 12 months: the same date of the next year, Wednesday 24 November 2027 */
        {"twelve months", "BE", "2026-11-24T13:04:00Z", "2027-11-24T23:00:00Z", MONTHS(12)},

        /* 24 December is a holiday in Hungary, so are the 25th and 26th, the 27th is a Sunday */
        {"24 December", "HU", "2026-11-24T13:04:00Z", "2026-12-28T23:00:00Z", MONTHS(1)},
        /* institutions: 24 to 31 December, 1 and 2 January, Sunday the 3rd; Monday 4 January */
        {"end of year, EU", "EU", "2026-11-24T13:04:00Z", "2027-01-04T23:00:00Z", MONTHS(1)},
        /* Tuesday 14 July 2026 is a holiday in France; the 15th, summer time */
        {"14 July", "FR", "2026-06-14T09:00:00Z", "2026-07-15T22:00:00Z", MONTHS(1)},
        /* Easter Sunday 5 April 2026; Monday the 6th is a holiday; the 7th, summer time */
        {"Easter Monday", "BE", "2026-03-06T09:00:00Z", "2026-04-07T22:00:00Z", MONTHS(1)},
        /* Orthodox Easter 12 April 2026; Monday the 13th; the 14th ends at 24:00 EEST, UTC + 3 */
        {"Greece", "GR", "2026-03-13T09:00:00Z", "2026-04-14T21:00:00Z", MONTHS(1)},

        /* Sunday 25 October; Monday the 26th ends at 24:00 CET */
        {"month, clocks back", "BE", "2026-09-25T08:00:00Z", "2026-10-26T23:00:00Z", MONTHS(1)},
        /* where nothing moves: Sunday 25 October began in CEST and ends in CET */
        {"no move, back", "BE", "2026-09-25T08:00:00Z", "2026-10-25T23:00:00Z",
         MONTH_BY_NATIONAL_LAW},
        /* Saturday 28 March ends at 24:00 CET, two hours before clocks go on */
        {"no move, on", "BE", "2026-02-28T12:00:00Z", "2026-03-28T23:00:00Z",
         MONTH_BY_NATIONAL_LAW},
        /* the same moved: Monday 30 March ends at 24:00 CEST */
        {"month, clocks on", "BE", "2026-02-28T12:00:00Z", "2026-03-30T22:00:00Z", MONTHS(1)},

        /* 23:59:59.999 local on 5 January; Thursday 5 February */
        {"end of local day", "BE", "2026-01-05T22:59:59.999Z", "2026-02-05T23:00:00Z", MONTHS(1)},
        /* a millisecond later it is 6 January; Friday 6 February */
        {"next local day", "BE", "2026-01-05T23:00:00Z", "2026-02-06T23:00:00Z", MONTHS(1)},
        /* 23:59Z is 25 November in Belgium: 25 December, holiday, 26th and 27th weekend; the 28th
         */
        {"23:59, Belgium", "BE", "2026-11-24T23:59:00Z", "2026-12-28T23:00:00Z", MONTHS(1)},
        /* in Portugal, WET, it is still the 24th: 24 December, its end is 00:00Z */
        {"23:59, Portugal", "PT", "2026-11-24T23:59:00Z", "2026-12-25T00:00:00Z", MONTHS(1)},
        /* in Finland, EET, 01:59 on the 25th: the 28th, which ends at 22:00Z */
        {"23:59, Finland", "FI", "2026-11-24T23:59:00Z", "2026-12-28T22:00:00Z", MONTHS(1)},

        /* Friday 11 December does not count; the 14th day is the 25th, a holiday; Monday the 28th
         */
        {"14 days", "BE", "2026-12-11T16:00:00Z", "2026-12-28T23:00:00Z", DAYS(14)},
        /* Thursday the 24th + 2 = Saturday; Monday the 28th is its only working day; the 29th */
        {"two working days", "BE", "2026-12-24T10:00:00Z", "2026-12-29T23:00:00Z", DAYS(2)},
        /* one day needs no two working days: Saturday 28 November; Monday the 30th */
        {"one day", "BE", "2026-11-27T10:00:00Z", "2026-11-30T23:00:00Z", DAYS(1)},
        /* Liechtenstein's holidays are not listed: Thursday 24 December, CET, and it is said */
        {"not listed", "LI", "2026-11-24T13:04:00Z", "2026-12-24T23:00:00Z", MONTHS(1), true},
        /* in Slovakia 24 to 26 December are holidays, the 27th is a Sunday: Monday 28 December */
        {"Slovakia", "SK", "2026-11-24T13:04:00Z", "2026-12-28T23:00:00Z", MONTHS(1)},
        /* 17 November is kept but worked on */
        {"Slovak Tuesday", "SK", "2026-10-17T10:00:00Z", "2026-11-17T23:00:00Z", MONTHS(1)},
        /* 15 September is worked on in 2026, in 2027 it is a holiday again: Thursday the 16th */
        {"Slovak autumn", "SK", "2026-08-15T10:00:00Z", "2026-09-15T22:00:00Z", MONTHS(1)},
        {"and the next", "SK", "2027-08-15T10:00:00Z", "2027-09-16T22:00:00Z", MONTHS(1)},
        /* Bulgaria, EET: 24 to 26 December, Sunday, Monday the 28th free for Saturday; the 29th */
        {"a free Monday", "BG", "2026-11-24T13:04:00Z", "2026-12-29T22:00:00Z", MONTHS(1)},
        /* Orthodox Easter on 2 May 2027; Monday the 3rd; Tuesday the 4th free for 1 May, a
         * Saturday; Wednesday the 5th, EEST */
        {"Easter on 1 May", "BG", "2027-03-30T10:00:00Z", "2027-05-05T21:00:00Z", MONTHS(1)},
        /* Cyprus: Green Monday is 48 days before that, 15 March; the 16th, EET */
        {"Green Monday", "CY", "2027-02-15T10:00:00Z", "2027-03-16T22:00:00Z", MONTHS(1)},
        /* nothing known of a State: as in Belgium */
        {"no such State", "QQ", "2026-11-24T13:04:00Z", "2026-12-24T23:00:00Z", MONTHS(1)},
};

Test(period, ends_as_worked_out_by_hand)
{
        CLEANUP(clock_law_cleanup) struct clock_law *law = law_files_load();

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                int64_t from, due;
                char got[STAMP_BYTES];
                struct period_end end;

                cr_assert_eq(stamp_parse_ms(rows[i].from, &from, NULL), RC_OK);
                cr_assert_eq(stamp_parse_ms(rows[i].due, &due, NULL), RC_OK);
                period_end(&rows[i].period, clock_calendar(law, rows[i].state), from, &end);
                stamp_format_s(end.due_ms, got);
                cr_expect_eq(end.due_ms, due, "%s: %s, not %s", rows[i].why, got, rows[i].due);
                cr_expect_eq(end.unknown, rows[i].unknown, "%s", rows[i].why);
        }
}

Test(period, is_counted_in_utc_where_no_calendar_is_loaded)
{
        struct period_end end;
        int64_t from;

        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:00Z", &from, NULL), RC_OK);
        period_end(&(struct period){.months = 1, .moves = true}, clock_calendar(NULL, "FR"), from,
                   &end);
        cr_expect_eq(end.due_ms, INT64_C(1798156800000)); /* 2026-12-25T00:00Z */
        cr_expect(end.unknown);
}

/* Published tables of Easter Sundays. */
Test(period, easter_is_where_the_tables_have_it)
{
        static const struct {
                int year;
                const char *west, *east;
        } easters[] = {{1961, "1961-04-02", "1961-04-09"}, {2000, "2000-04-23", "2000-04-30"},
                       {2024, "2024-03-31", "2024-05-05"}, {2025, "2025-04-20", "2025-04-20"},
                       {2026, "2026-04-05", "2026-04-12"}, {2027, "2027-03-28", "2027-05-02"},
                       {2038, "2038-04-25", "2038-04-25"}};

        for (size_t i = 0; i < ARRAY_LEN(easters); i++) {
                char west[STAMP_BYTES], east[STAMP_BYTES];

                stamp_format(calendar_easter(easters[i].year, false) * 86400000, west);
                stamp_format(calendar_easter(easters[i].year, true) * 86400000, east);
                cr_expect(strncmp(west, easters[i].west, 10) == 0, "%s", west);
                cr_expect(strncmp(east, easters[i].east, 10) == 0, "%s", east);
        }
}

Test(period, every_local_day_begins_where_the_one_before_ends)
{
        CLEANUP(clock_law_cleanup) struct clock_law *law = law_files_load();
        static const char *const states[] = {"PT", "BE", "FI", "IS"};

        for (size_t i = 0; i < ARRAY_LEN(states); i++) {
                const struct calendar *c = clock_calendar(law, states[i]);

                for (int64_t day = 20454; day < 20454 + 800; day++) { /* from 2026-01-01 */
                        int64_t start = calendar_start(c, day);

                        cr_assert_eq(calendar_day(c, start), day, "%s %d", states[i], (int)day);
                        cr_assert_eq(calendar_day(c, start - 1), day - 1, "%s %d", states[i],
                                     (int)day);
                }
        }
}
