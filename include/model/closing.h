/*
 * What is still open about a thing that is to be closed. A new condition is a row in
 * src/model/closing.c.
 */
#ifndef MUSTER_MODEL_CLOSING_H
#define MUSTER_MODEL_CLOSING_H

#include <stddef.h>
#include <stdint.h>

#include "model/thing.h"

#define CLOSING_MAX 16

/* Sentences, borrowed: "nobody has acknowledged it". At most CLOSING_MAX. */
size_t closing_open(const struct thing *now, int64_t now_ms, const char *ret[CLOSING_MAX]);

#endif
