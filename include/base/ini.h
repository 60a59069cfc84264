/*
 * INI text: the door to inih. Calls back once per name; errors name the line.
 */
#ifndef MUSTER_BASE_INI_H
#define MUSTER_BASE_INI_H

#include <stddef.h>

#include "base/err.h"

#define INI_BYTES_MAX (256u * 1024)

/* fn returns RC_OK, or fails with a sentence; the first failure ends the parse as "line N:
 * sentence". */
enum rc ini_read(const char *text, size_t len,
                 enum rc (*fn)(void *ctx, const char *section, const char *name, const char *value,
                               struct err *err),
                 void *ctx, struct err *err);

#endif
