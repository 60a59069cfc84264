/*
 * Times as people type them, and times as people read them.
 */
#ifndef MUSTER_MODEL_WHEN_H
#define MUSTER_MODEL_WHEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define WHEN_BYTES 48

/* "+4h", "-2d", "now", "14:00" (today), "today 14:00", "tomorrow 08:00", "yesterday 8:00", "mon
 * 09:00" (the next to come), "24 Nov 13:04" (this year), "24 Nov 2025", "2026-11-24", "2026-11-24
 * 13:04", RFC 3339. A day without a time is its 00:00; without a zone it is UTC. RC_INVALID says
 * what would be understood. */
enum rc when_read(const char *typed, int64_t now_ms, int64_t *ret_ms, struct err *err);
/* The same of a time that is to come: there "60d" is +60d. */
enum rc when_read_ahead(const char *typed, int64_t now_ms, int64_t *ret_ms, struct err *err);
/* The same of a time as of which something was known: RC_INVALID, too, where it is ahead. */
enum rc when_read_known(const char *typed, int64_t now_ms, int64_t *ret_ms, struct err *err);

/* "4h", "3d", "90m", "2w", "1d12h", "45s": milliseconds, at most 100 years. */
enum rc duration_read(const char *typed, int64_t *ret_ms, struct err *err);

/* The same back from minutes: "4h", "90m" is "1h30m", "2d". */
void minutes_show(int64_t minutes, char out[WHEN_BYTES]);

/* For lists: "13:03Z" today, "Wed 07:00Z" up to 3 days before or after, "24 Nov 19:00Z" else,
 * with the year when it differs. */
void when_show(int64_t ms, int64_t now_ms, char out[WHEN_BYTES]);

/* Age: "2 s", "14 min", "26:55" up to 48 h, then "13d 09h". */
void when_age(int64_t span_ms, char out[WHEN_BYTES]);

/* How long ago, in a few columns: "14m ago", "26h ago", "13d ago"; "now" within a minute. It can't
 * be taken for what is left of a clock. */
void when_ago(int64_t span_ms, char out[WHEN_BYTES]);

/* How far one clock is from another: "+00:03:10 ahead", "-00:00:40 behind"; from a day on
 * "+2d 03:00:00 ahead". */
void when_skew(int64_t ahead_ms, char out[WHEN_BYTES]);

#endif
