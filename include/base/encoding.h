/*
 * Which characters the bytes of a text stand for: UTF-8, UTF-16, and whatever has one byte a
 * character and is known to the C library.
 */
#ifndef MUSTER_BASE_ENCODING_H
#define MUSTER_BASE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define ENCODING_NAME_MAX 32 /* bytes, with its NUL */
#define ENCODING_GUESS    "Windows-1252"

enum encoding_form { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_BYTES };

/* All zeros: UTF-8 without its name. */
struct encoding {
        char name[ENCODING_NAME_MAX]; /* "Windows-1250" */
        enum encoding_form form;
        bool is_not_ascii;   /* a byte below 128 may be another character than in ASCII */
        uint16_t chars[256]; /* of ENCODING_BYTES; 0 = nothing                          */
};

/* Those that people may be offered: what they are called and who writes them. */
struct encoding_known {
        const char *name, *whose;
        enum encoding_form form;
};
const struct encoding_known *encoding_known(size_t i); /* NULL behind the last */

/* By its name; of a known one case, - and _ don't count. RC_INVALID: there is none, or its
 * characters have several bytes. */
enum rc encoding_find(const char *name, struct encoding *ret, struct err *err);
/* By the byte order mark in front, of *ret_mark bytes; UTF-8 where there is none. */
void encoding_of_mark(const char *bytes, size_t len, struct encoding *ret, size_t *ret_mark);

#endif
