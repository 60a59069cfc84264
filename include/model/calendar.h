/*
 * Calendars: local days and working days of a State, as the law counts them. Pure: no zone of the
 * machine, no clock.
 *
 * Zone: a whole number of minutes east of UTC in winter, and one rule for summer time in all of the
 * Union: one hour more from the last Sunday of March, 01:00 UTC, to the last Sunday of October,
 * 01:00 UTC (Directive 2000/84/EC, Articles 2 and 3).
 *
 * Public holidays are those of the State, or of the institution, where the action is to be taken
 * (Regulation (EEC, Euratom) 1182/71, Article 2(1)). They are data (data/holidays): days that
 * return each year, days counted from Easter, and single dates, for the years that the file names.
 * What a year outside of them has is not guessed: only Saturdays and Sundays are known then.
 *
 * A day is the number of days since 1970-01-01, as the calendar on the wall of the State has it.
 */
#ifndef MUSTER_MODEL_CALENDAR_H
#define MUSTER_MODEL_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calendar {
        const char *state;         /* ISO code, "EU" for the institutions */
        const char *zone;          /* as people call it: "CET"            */
        const char *note;          /* or NULL */
        int offset_minutes;        /* in winter, east of UTC              */
        bool summer_time;          /* one hour more in summer             */
        bool eastern;              /* Easter as the Orthodox churches have it */
        int first_year, last_year; /* whose holidays are known; 0 = none */
        const int64_t *dates;      /* single days */
        size_t date_count;
        const int *fixed; /* month * 100 + day */
        size_t fixed_count;
        const int *easter; /* days after Easter Sunday, negative before */
        size_t easter_count;
};

/* UTC, no holidays known: where no calendar is loaded. */
extern const struct calendar calendar_utc;

int64_t calendar_offset_ms(const struct calendar *c, int64_t ms);
int64_t calendar_day(const struct calendar *c, int64_t ms);    /* the local day of an instant */
int64_t calendar_start(const struct calendar *c, int64_t day); /* its local midnight, as instant */

/* What the clock on the wall says, as if it were UTC, and back. An hour that is there twice is the
 * first one; a time that the clocks leave out is an hour later on the wall. */
int64_t calendar_wall(const struct calendar *c, int64_t ms);
int64_t calendar_instant(const struct calendar *c, int64_t wall_ms);

int64_t calendar_easter(int year, bool eastern); /* the day of Easter Sunday, 1900 to 2099 */
bool calendar_is_weekend(int64_t day);
/* False also where the holidays of the day's year are not known: see calendar_knows. */
bool calendar_is_holiday(const struct calendar *c, int64_t day);
bool calendar_knows(const struct calendar *c, int64_t day);

#endif
