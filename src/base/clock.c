#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"

#define DAY_MS 86400000ll

/* Where --now or a test stopped wall time; CLOCK_NONE while it runs. */
static _Atomic int64_t fixed_ms = CLOCK_NONE, creep_ms;

int64_t clock_now_ms(void)
{
        int64_t fixed = fixed_ms;
        if (fixed != CLOCK_NONE) {
                fixed_ms += creep_ms;
                return fixed;
        }
        struct timespec t;
        clock_gettime(CLOCK_REALTIME, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void clock_fix(int64_t ms)
{
        fixed_ms = ms;
}

bool clock_is_fixed(void)
{
        return fixed_ms != CLOCK_NONE;
}

void clock_advance(int64_t ms)
{
        if (fixed_ms != CLOCK_NONE)
                fixed_ms += ms;
}

void clock_creep(int64_t ms)
{
        creep_ms = ms;
}

int64_t clock_mono_ns(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Days from 1970-01-01 of a proleptic Gregorian date; eras of 400 years begin on 1 March. */
static int64_t days_of(int64_t year, int month, int day)
{
        year -= month <= 2;
        int64_t era = (year >= 0 ? year : year - 399) / 400;
        int64_t in_era = year - era * 400;
        int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static void date_of(int64_t days, struct stamp_parts *ret)
{
        days += 719468;
        int64_t era = (days >= 0 ? days : days - 146096) / 146097;
        int64_t in_era = days - era * 146097;
        int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
        int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
        int64_t shifted = (5 * in_year + 2) / 153;
        ret->day = (int)(in_year - (153 * shifted + 2) / 5 + 1);
        ret->month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        ret->year = (int)(year + era * 400 + (ret->month <= 2));
}

void stamp_split(int64_t ms, struct stamp_parts *ret)
{
        int64_t days = ms / DAY_MS, rest = ms % DAY_MS;
        if (rest < 0) {
                rest += DAY_MS;
                days--;
        }
        date_of(days, ret);
        ret->hour = (int)(rest / 3600000);
        ret->minute = (int)(rest / 60000 % 60);
        ret->second = (int)(rest / 1000 % 60);
        ret->ms = (int)(rest % 1000);
        ret->wday = (int)(((days + 4) % 7 + 7) % 7);
}

int64_t stamp_join(const struct stamp_parts *p)
{
        return days_of(p->year, p->month, p->day) * DAY_MS + p->hour * 3600000ll +
               p->minute * 60000ll + p->second * 1000ll + p->ms;
}

/* The last `width` digits, and the sign behind them. */
static char *put_digits(char *at, int number, int width, char behind)
{
        for (int i = width; i-- > 0; number /= 10)
                at[i] = (char)('0' + number % 10);
        at[width] = behind;
        return at + width + 1;
}

/* By hand: lists format thousands of them. */
void stamp_format(int64_t ms, char out[STAMP_BYTES])
{
        struct stamp_parts p;
        stamp_split(ms, &p);
        if (p.year >= 0 && p.year <= 9999) {
                char *at = put_digits(out, p.year, 4, '-');
                at = put_digits(at, p.month, 2, '-');
                at = put_digits(at, p.day, 2, 'T');
                at = put_digits(at, p.hour, 2, ':');
                at = put_digits(at, p.minute, 2, ':');
                at = put_digits(at, p.second, 2, '.');
                *put_digits(at, p.ms, 3, 'Z') = '\0';
                return;
        }
        snprintf(out, STAMP_BYTES, "%04d-%02u-%02uT%02u:%02u:%02u.%03uZ", p.year,
                 (unsigned)p.month % 100, (unsigned)p.day % 100, (unsigned)p.hour % 100,
                 (unsigned)p.minute % 100, (unsigned)p.second % 100, (unsigned)p.ms % 1000);
}

void stamp_format_s(int64_t ms, char out[STAMP_BYTES])
{
        stamp_format(ms, out);
        char *dot = strchr(out, '.');
        if (dot)
                memcpy(dot, "Z", 2);
}

void stamp_format_ns(int64_t ns, char out[STAMP_BYTES])
{
        const int64_t per_ms = 1000000, per_s = 1000 * per_ms;
        int64_t below = ns == CLOCK_NONE ? 0 : (ns % per_s + per_s) % per_s;

        if (below % per_ms == 0) {
                stamp_format(ns == CLOCK_NONE ? ns : ns / per_ms, out);
                return;
        }
        stamp_format_s((ns - below) / per_ms, out);
        snprintf(out + strcspn(out, "Z"), STAMP_BYTES - strcspn(out, "Z"), ".%09dZ", (int)below);
}

struct scan {
        const char *s, *end;
};

static bool digits(struct scan *sc, int count, int *ret)
{
        int v = 0;
        for (int i = 0; i < count; i++) {
                if (sc->s == sc->end || *sc->s < '0' || *sc->s > '9')
                        return false;
                v = v * 10 + (*sc->s++ - '0');
        }
        *ret = v;
        return true;
}

static bool one_of(struct scan *sc, const char *set)
{
        if (sc->s == sc->end || !*sc->s || !strchr(set, *sc->s))
                return false;
        sc->s++;
        return true;
}

static bool scan_date_time(struct scan *sc, struct stamp_parts *p)
{
        return digits(sc, 4, &p->year) && one_of(sc, "-") && digits(sc, 2, &p->month) &&
               one_of(sc, "-") && digits(sc, 2, &p->day) && one_of(sc, "Tt") &&
               digits(sc, 2, &p->hour) && one_of(sc, ":") && digits(sc, 2, &p->minute) &&
               one_of(sc, ":") && digits(sc, 2, &p->second);
}

static bool scan_fraction(struct scan *sc, int64_t *ret_ns)
{
        int64_t unit = 100000000;
        *ret_ns = 0;
        if (!one_of(sc, "."))
                return true;
        const char *first = sc->s;
        while (sc->s < sc->end && *sc->s >= '0' && *sc->s <= '9') {
                *ret_ns += (*sc->s++ - '0') * unit;
                unit /= 10;
        }
        return sc->s > first;
}

static bool scan_zone(struct scan *sc, int *ret_minutes)
{
        int hours, minutes;
        *ret_minutes = 0;
        if (one_of(sc, "Zz"))
                return sc->s == sc->end;
        bool west = sc->s < sc->end && *sc->s == '-';
        if (!one_of(sc, "+-") || !digits(sc, 2, &hours) || !one_of(sc, ":") ||
            !digits(sc, 2, &minutes) || hours > 23 || minutes > 59)
                return false;
        *ret_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
        return sc->s == sc->end;
}

static int days_in_month(int year, int month)
{
        static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool is_possible(const struct stamp_parts *p)
{
        return p->month >= 1 && p->month <= 12 && p->day >= 1 &&
               p->day <= days_in_month(p->year, p->month) && p->hour <= 23 && p->minute <= 59 &&
               p->second <= 60;
}

static enum rc not_a_stamp(const char *s, size_t len, struct err *err)
{
        AUTO_FREE char *shown = text_clean(s, len > 40 ? 40 : len, false);
        return err_set(err, RC_INVALID, "\"%s\" is not a timestamp such as 2026-11-24T13:04:27Z",
                       shown);
}

enum rc stamp_parse_ns(const char *s, size_t len, int64_t *ret_ns, struct err *err)
{
        struct scan sc = {s, s + len};
        struct stamp_parts p = {0};
        int64_t fraction;
        int zone;
        if (len > 64 || !scan_date_time(&sc, &p) || !scan_fraction(&sc, &fraction) ||
            !scan_zone(&sc, &zone) || !is_possible(&p))
                return not_a_stamp(s, len, err);
        if (p.second == 60) { /* a leap second: the last one before it */
                p.second = 59;
                fraction = 999000000;
        }
        if (p.year < 1678 || p.year > 2261)
                return err_set(err, RC_INVALID, "the year %d is out of range (1678 to 2261)",
                               p.year);
        *ret_ns = (stamp_join(&p) - zone * 60000ll) * 1000000 + fraction;
        return RC_OK;
}

enum rc stamp_parse_ms(const char *s, int64_t *ret_ms, struct err *err)
{
        int64_t ns;
        enum rc rc = stamp_parse_ns(s, strlen(s), &ns, err);
        if (rc == RC_OK)
                *ret_ms = ns >= 0 ? ns / 1000000 : -((-ns + 999999) / 1000000);
        return rc;
}

void clock_local(int64_t ms, struct stamp_parts *ret, char zone[8])
{
        time_t t = (time_t)(ms >= 0 ? ms / 1000 : (ms - 999) / 1000);
        struct tm tm;
        localtime_r(&t, &tm);
        stamp_split(ms + tm.tm_gmtoff * 1000ll, ret);
        snprintf(zone, 8, "%s", tm.tm_zone ? tm.tm_zone : "");
}
