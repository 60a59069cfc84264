#include "model/when.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

#define SECOND_MS   1000ll
#define MINUTE_MS   (60 * SECOND_MS)
#define HOUR_MS     (60 * MINUTE_MS)
#define DAY_MS      (24 * HOUR_MS)
#define WEEK_MS     (7 * DAY_MS)
#define DURATION_MS (36500 * DAY_MS) /* the longest understood: a typing error begins before it */
#define TYPED_MAX   64
#define YEAR_MIN    1678 /* what a stamp can hold, see base/clock.h */
#define YEAR_MAX    2261

static const char *const weekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                       "thursday", "friday", "saturday"};
static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

/* ---- reading ------------------------------------------------------------------------------- */

/* Readers take what they know off the front of *s and leave *s alone where they know nothing. */

static void skip_blanks(const char **s)
{
        while (**s == ' ' || **s == '\t')
                (*s)++;
}

static bool take_number(const char **s, size_t least, size_t most, int *ret)
{
        size_t digits = strspn(*s, "0123456789");
        int n = 0;

        if (digits < least || digits > most)
                return false;
        for (size_t i = 0; i < digits; i++)
                n = n * 10 + ((*s)[i] - '0');
        *s += digits;
        *ret = n;
        return true;
}

static bool take_char(const char **s, char c)
{
        if (tolower((unsigned char)**s) != c)
                return false;
        (*s)++;
        return true;
}

/* A whole word, or its first three letters; its place in the list, or -1. */
static int take_name(const char **s, const char *const *names, int count)
{
        size_t len = 0;

        while (isalpha((unsigned char)(*s)[len]))
                len++;
        for (int i = 0; len > 0 && i < count; i++) {
                if ((len != 3 && len != strlen(names[i])) || strncasecmp(*s, names[i], len) != 0)
                        continue;
                *s += len;
                return i;
        }
        return -1;
}

static bool unit_ms(const char **s, int64_t *ret)
{
        static const struct {
                const char *name;
                int64_t ms;
        } units[] = {{"min", MINUTE_MS}, {"s", SECOND_MS}, {"m", MINUTE_MS},
                     {"h", HOUR_MS},     {"d", DAY_MS},    {"w", WEEK_MS}};

        for (size_t i = 0; i < ARRAY_LEN(units); i++) {
                size_t len = strlen(units[i].name);

                if (strncasecmp(*s, units[i].name, len) != 0 || isalpha((unsigned char)(*s)[len]))
                        continue;
                *s += len;
                *ret = units[i].ms;
                return true;
        }
        return false;
}

/* The whole of s. */
static bool parse_duration(const char *s, int64_t *ret)
{
        int64_t sum = 0;

        skip_blanks(&s);
        do {
                int64_t unit;
                int n;

                if (!take_number(&s, 1, 9, &n))
                        return false;
                skip_blanks(&s);
                if (!unit_ms(&s, &unit) || n > DURATION_MS / unit)
                        return false;
                sum += n * unit;
                skip_blanks(&s);
        } while (*s);
        if (sum > DURATION_MS)
                return false;
        *ret = sum;
        return true;
}

enum rc duration_read(const char *typed, int64_t *ret_ms, struct err *err)
{
        char shown[4 * TYPED_MAX + 8];

        if (parse_duration(typed, ret_ms))
                return RC_OK;
        text_cut(typed, TYPED_MAX / 2, "..", shown, sizeof(shown));
        return err_set(err, RC_INVALID,
                       "\"%s\" is not a span of time up to 100 years; try 45s, 90m, 4h, 1d12h, 2w",
                       shown);
}

/* 14:00, 8:00, 14:00:27, 14:00:27.125 */
static bool take_time(const char **s, struct stamp_parts *p)
{
        const char *at = *s;
        int hour, minute, second = 0, ms = 0;

        if (!take_number(&at, 1, 2, &hour) || !take_char(&at, ':') ||
            !take_number(&at, 2, 2, &minute) || hour > 23 || minute > 59)
                return false;
        if (*at == ':' && (at++, !take_number(&at, 2, 2, &second) || second > 59))
                return false;
        if (*at == '.' && (at++, !take_number(&at, 3, 3, &ms)))
                return false;
        p->hour = hour;
        p->minute = minute;
        p->second = second;
        p->ms = ms;
        *s = at;
        return true;
}

/* Nothing, Z, +01:00 or -0500; the rest of s must be blank. */
static bool parse_zone(const char *s, int64_t *ret_offset_ms)
{
        int hours = 0, minutes = 0, sign = 0;

        if (!take_char(&s, 'z') && (*s == '+' || *s == '-')) {
                sign = *s++ == '-' ? -1 : 1;
                if (!take_number(&s, 2, 2, &hours) && !take_number(&s, 4, 4, &hours))
                        return false;
                if (hours > 99) {
                        minutes = hours % 100;
                        hours /= 100;
                } else if (take_char(&s, ':') && !take_number(&s, 2, 2, &minutes)) {
                        return false;
                }
        }
        skip_blanks(&s);
        if (*s || hours > 23 || minutes > 59)
                return false;
        *ret_offset_ms = sign * (hours * HOUR_MS + minutes * MINUTE_MS);
        return true;
}

static bool is_date(const struct stamp_parts *p)
{
        static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool leap = (p->year % 4 == 0 && p->year % 100 != 0) || p->year % 400 == 0;

        if (p->month < 1 || p->month > 12 || p->day < 1)
                return false;
        return p->day <= days[p->month - 1] + (p->month == 2 && leap);
}

static bool year_is_held(int year)
{
        return year >= YEAR_MIN && year <= YEAR_MAX;
}

/* 2026-11-24, or 24 Nov with or without a year */
static bool take_date(const char **s, struct stamp_parts *p)
{
        struct stamp_parts d = *p;
        const char *at = *s;

        if (take_number(&at, 4, 4, &d.year)) {
                if (!take_char(&at, '-') || !take_number(&at, 2, 2, &d.month) ||
                    !take_char(&at, '-') || !take_number(&at, 2, 2, &d.day))
                        return false;
        } else {
                if (!take_number(&at, 1, 2, &d.day))
                        return false;
                skip_blanks(&at);
                d.month = 1 + take_name(&at, months, (int)ARRAY_LEN(months));
                skip_blanks(&at);
                take_number(&at, 4, 4, &d.year);
        }
        if (!is_date(&d))
                return false;
        *p = d;
        *s = at;
        return true;
}

/* today, tomorrow, yesterday or a weekday: how many days from today, a weekday being 1 to 7. */
static bool take_day(const char **s, int today, int *ret_days, bool *ret_weekday)
{
        static const struct {
                const char *name;
                int days;
        } words[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
        size_t len = 0;

        while (isalpha((unsigned char)(*s)[len]))
                len++;
        for (size_t i = 0; i < ARRAY_LEN(words); i++) {
                if (len != strlen(words[i].name) || strncasecmp(*s, words[i].name, len) != 0)
                        continue;
                *s += len;
                *ret_days = words[i].days;
                *ret_weekday = false;
                return true;
        }
        int day = take_name(s, weekdays, (int)ARRAY_LEN(weekdays));
        if (day < 0)
                return false;
        *ret_days = (day - today + 6) % 7 + 1;
        *ret_weekday = true;
        return true;
}

/* A day, a time, or both; without a day it is today, without a time 00:00. */
static bool parse_calendar(const char *s, int64_t now_ms, int64_t *ret)
{
        struct stamp_parts p;
        int64_t offset = 0;
        int days = 0;
        bool weekday = false;

        stamp_split(now_ms, &p);
        p.hour = p.minute = p.second = p.ms = 0;
        bool dated = take_day(&s, p.wday, &days, &weekday) || take_date(&s, &p);
        if (!year_is_held(p.year))
                return false;
        bool joined = dated && take_char(&s, 't');
        if (dated && !joined)
                skip_blanks(&s);
        bool timed = take_time(&s, &p);
        if (!timed && (!dated || joined))
                return false;
        skip_blanks(&s);
        if (timed ? !parse_zone(s, &offset) : *s != '\0')
                return false;
        int64_t ms = stamp_join(&p) + days * DAY_MS - offset;
        if (weekday && days == 7 && ms - WEEK_MS > now_ms)
                ms -= WEEK_MS; /* later today */
        *ret = ms;
        return true;
}

static bool is_out_of_range(const char *s)
{
        struct stamp_parts p = {.year = YEAR_MIN};

        return take_date(&s, &p) && !year_is_held(p.year);
}

static bool parse_when(const char *s, int64_t now_ms, int64_t *ret)
{
        int64_t span;

        if (strcasecmp(s, "now") == 0) {
                *ret = now_ms;
                return true;
        }
        if ((*s == '+' || *s == '-') && parse_duration(s + 1, &span)) {
                *ret = *s == '-' ? now_ms - span : now_ms + span;
                return true;
        }
        return parse_calendar(s, now_ms, ret) || stamp_parse_ms(s, ret, NULL) == RC_OK;
}

enum rc when_read(const char *typed, int64_t now_ms, int64_t *ret_ms, struct err *err)
{
        char shown[4 * TYPED_MAX + 8], line[TYPED_MAX + 1];
        const char *s = typed;
        bool out_of_range = false;

        skip_blanks(&s);
        size_t len = strlen(s);
        while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
                len--;
        if (len > 0 && len <= TYPED_MAX) {
                memcpy(line, s, len);
                line[len] = '\0';
                if (parse_when(line, now_ms, ret_ms))
                        return RC_OK;
                out_of_range = is_out_of_range(line);
        }
        text_cut(typed, TYPED_MAX / 2, "..", shown, sizeof(shown));
        if (out_of_range)
                return err_set(err, RC_INVALID,
                               "\"%s\" is out of range: the years %d to %d are taken", shown,
                               YEAR_MIN, YEAR_MAX);
        return err_set(
                err, RC_INVALID,
                "\"%s\" is not a time; try +4h, today 14:00, tomorrow 08:00, mon 09:00, "
                "24 Nov 13:04, 2026-11-24 13:04, all UTC unless an offset follows: 14:04+01:00",
                shown);
}

enum rc when_read_ahead(const char *typed, int64_t now_ms, int64_t *ret_ms, struct err *err)
{
        int64_t span;

        if (!parse_duration(typed, &span))
                return when_read(typed, now_ms, ret_ms, err);
        *ret_ms = now_ms + span;
        return RC_OK;
}

enum rc when_read_known(const char *typed, int64_t now_ms, int64_t *ret_ms, struct err *err)
{
        enum rc rc = when_read(typed, now_ms, ret_ms, err);

        if (rc == RC_OK && *ret_ms > now_ms)
                return err_set(err, RC_INVALID, "what will be known then nobody knows");
        return rc;
}

void minutes_show(int64_t minutes, char out[WHEN_BYTES])
{
        static const struct {
                char unit;
                int64_t minutes;
        } units[] = {{'d', 1440}, {'h', 60}, {'m', 1}};
        size_t n = 0;

        for (size_t i = 0; i < ARRAY_LEN(units); i++) {
                int64_t count = minutes / units[i].minutes;

                if (count)
                        n += (size_t)snprintf(out + n, WHEN_BYTES - n, "%lld%c", (long long)count,
                                              units[i].unit);
                minutes %= units[i].minutes;
        }
        if (!n)
                snprintf(out, WHEN_BYTES, "0");
}

/* ---- showing ------------------------------------------------------------------------------- */

static int64_t day_of(const struct stamp_parts *p)
{
        struct stamp_parts day = {.year = p->year, .month = p->month, .day = p->day};

        return stamp_join(&day) / DAY_MS;
}

/* The names above begin small: they are for reading. */
static void short_name(const char *name, char out[4])
{
        snprintf(out, 4, "%.3s", name);
        out[0] = (char)toupper((unsigned char)out[0]);
}

void when_show(int64_t ms, int64_t now_ms, char out[WHEN_BYTES])
{
        struct stamp_parts p, now;
        char name[4];

        if (ms == CLOCK_NONE) {
                snprintf(out, WHEN_BYTES, "-");
                return;
        }
        stamp_split(ms, &p);
        stamp_split(now_ms, &now);
        int64_t days = day_of(&p) - day_of(&now);
        if (days == 0) {
                snprintf(out, WHEN_BYTES, "%02d:%02dZ", p.hour, p.minute);
        } else if (days >= -3 && days <= 3) { /* no weekday stands for two days */
                short_name(weekdays[p.wday], name);
                snprintf(out, WHEN_BYTES, "%s %02d:%02dZ", name, p.hour, p.minute);
        } else {
                short_name(months[p.month - 1], name);
                int n = snprintf(out, WHEN_BYTES, "%d %s", p.day, name);
                if (p.year != now.year)
                        n += snprintf(out + n, WHEN_BYTES - (size_t)n, " %d", p.year);
                snprintf(out + n, WHEN_BYTES - (size_t)n, " %02d:%02dZ", p.hour, p.minute);
        }
}

void when_age(int64_t span_ms, char out[WHEN_BYTES])
{
        const char *sign = span_ms < 0 ? "-" : "";

        if (span_ms == CLOCK_NONE) {
                snprintf(out, WHEN_BYTES, "-");
                return;
        }
        long long ms = span_ms < 0 ? -span_ms : span_ms;
        if (ms < MINUTE_MS)
                snprintf(out, WHEN_BYTES, "%s%lld s", ms < SECOND_MS ? "" : sign, ms / SECOND_MS);
        else if (ms < HOUR_MS)
                snprintf(out, WHEN_BYTES, "%s%lld min", sign, ms / MINUTE_MS);
        else if (ms < 48 * HOUR_MS)
                snprintf(out, WHEN_BYTES, "%s%02lld:%02lld", sign, ms / HOUR_MS,
                         ms / MINUTE_MS % 60);
        else
                snprintf(out, WHEN_BYTES, "%s%lldd %02lldh", sign, ms / DAY_MS, ms / HOUR_MS % 24);
}

void when_ago(int64_t span_ms, char out[WHEN_BYTES])
{
        long long ms = span_ms;

        if (ms < MINUTE_MS)
                snprintf(out, WHEN_BYTES, "now");
        else if (ms < HOUR_MS)
                snprintf(out, WHEN_BYTES, "%lldm ago", ms / MINUTE_MS);
        else if (ms < 48 * HOUR_MS)
                snprintf(out, WHEN_BYTES, "%lldh ago", ms / HOUR_MS);
        else
                snprintf(out, WHEN_BYTES, "%lldd ago", ms / DAY_MS);
}

void when_skew(int64_t ahead_ms, char out[WHEN_BYTES])
{
        bool behind = ahead_ms < 0;
        int64_t ms = behind ? -ahead_ms : ahead_ms, rest = ms % DAY_MS;
        char days[24] = "";

        if (ms >= DAY_MS)
                snprintf(days, sizeof(days), "%lldd ", (long long)(ms / DAY_MS));
        snprintf(out, WHEN_BYTES, "%c%s%02d:%02d:%02d %s", behind ? '-' : '+', days,
                 (int)(rest / HOUR_MS), (int)(rest % HOUR_MS / MINUTE_MS),
                 (int)(rest % MINUTE_MS / SECOND_MS), behind ? "behind" : "ahead");
}
