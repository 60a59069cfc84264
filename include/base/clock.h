/*
 * The only source of time, and time as text.
 *
 * Wall time is int64 milliseconds since 1970-01-01T00:00:00Z. `clock_fix` (from --now and tests)
 * makes wall time stand still at an instant; clock_advance moves a fixed clock. Stamps are RFC
 * 3339.
 */
#ifndef MUSTER_BASE_CLOCK_H
#define MUSTER_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define CLOCK_NONE  INT64_MIN /* no time given; sorts before every dated one */
#define STAMP_BYTES 32        /* enough for any stamp text with its NUL       */

int64_t clock_now_ms(void);
void clock_fix(int64_t ms);
bool clock_is_fixed(void);
void clock_advance(int64_t ms); /* fixed clock only */
void clock_creep(int64_t ms);   /* a fixed clock goes on by this whenever it is read; 0: stands */
int64_t clock_mono_ns(void);    /* for measuring; never fixed */

/* Parses RFC 3339 with any fraction and any zone. The whole of s[0..len) must be a stamp.
 * Nanoseconds, so that versions compare as time values (STIX 2.1 section 3.6.2 allows any
 * precision). Year 1678 to 2261. */
enum rc stamp_parse_ns(const char *s, size_t len, int64_t *ret_ns, struct err *err);
enum rc stamp_parse_ms(const char *s, int64_t *ret_ms, struct err *err);
void stamp_format(int64_t ms, char out[STAMP_BYTES]);   /* 2026-11-24T13:04:27.000Z */
void stamp_format_s(int64_t ms, char out[STAMP_BYTES]); /* 2026-11-24T13:04:27Z     */
/* As stamp_format; with nine digits where there is something below a millisecond. */
void stamp_format_ns(int64_t ns, char out[STAMP_BYTES]);

/* Broken-down UTC, proleptic Gregorian, without time zone state. wday 0 = Sunday. */
struct stamp_parts {
        int year, month, day, hour, minute, second, ms, wday;
};
void stamp_split(int64_t ms, struct stamp_parts *ret);
int64_t stamp_join(const struct stamp_parts *parts);

/* Offset of the one local zone shown beside UTC (from TZ or the config), and its abbreviation. */
void clock_local(int64_t ms, struct stamp_parts *ret, char zone[8]);

#endif
