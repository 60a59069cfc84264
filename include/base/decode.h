/*
 * Text as programs on desktops write it, made UTF-8 piece by piece: UTF-8, UTF-16 with its byte
 * order mark, Windows-1252.
 */
#ifndef MUSTER_BASE_DECODE_H
#define MUSTER_BASE_DECODE_H

#include <stdbool.h>
#include <stddef.h>

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_WINDOWS_1252 };

#define DECODE_HELD   4 /* bytes of a character that came in two pieces       */
#define DECODE_GROWTH 3 /* bytes of UTF-8 that one byte may become, at most   */

struct decoder {
        enum encoding encoding;
        unsigned char held[DECODE_HELD];
        size_t held_count;
        bool bad; /* what comes next is not of this encoding */
};

const char *encoding_name(enum encoding e); /* "UTF-16LE" */
/* By the byte order mark in front, of *ret_mark bytes; UTF-8 where there is none. */
enum encoding encoding_of_mark(const char *bytes, size_t len, size_t *ret_mark);

/* The next bytes as UTF-8 into `out`, which has room for DECODE_GROWTH * (len + DECODE_HELD); gives
 * back how many. Stops in front of what is not of the encoding: then `bad`. `last`: none follow. */
size_t decoder_run(struct decoder *d, const char *bytes, size_t len, bool last, char *out);

#endif
