/*
 * A span of time: from an instant until another, which is not in it any more. Pure.
 *
 * As text FROM/UNTIL: 2026-11-24T08:00:00.000Z/2026-11-26T08:00:00.000Z.
 */
#ifndef MUSTER_MODEL_SPAN_H
#define MUSTER_MODEL_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPAN_BYTES 64 /* its text with the NUL */

struct span {
        int64_t from_ms, until_ms;
};

bool span_has(const struct span *s, int64_t ms);
struct span span_both(const struct span *a, const struct span *b); /* perhaps empty */
bool spans_meet(const struct span *a, const struct span *b);       /* an empty one meets nothing */

/* Exactly as span_write makes it, and not empty; anything else is false. */
bool span_read(const char *text, size_t len, struct span *ret);
void span_write(const struct span *s, char out[SPAN_BYTES]);

#endif
