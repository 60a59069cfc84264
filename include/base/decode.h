/*
 * Text as programs on desktops write it, made UTF-8 piece by piece.
 */
#ifndef MUSTER_BASE_DECODE_H
#define MUSTER_BASE_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/encoding.h"

#define DECODE_HELD   4 /* bytes of a character that came in two pieces       */
#define DECODE_GROWTH 3 /* bytes of UTF-8 that one byte may become, at most   */

struct decoder {
        const struct encoding *encoding;
        unsigned char held[DECODE_HELD];
        size_t held_count;
        bool bad; /* what comes next is not of this encoding */
};

/* The next bytes as UTF-8 into `out`, which has room for DECODE_GROWTH * (len + DECODE_HELD); gives
 * back how many. Stops in front of what is not of the encoding: then `bad`. `last`: none follow. */
size_t decoder_run(struct decoder *d, const char *bytes, size_t len, bool last, char *out);

#endif
