/*
 * Replies in fewer bytes.
 */
#ifndef MUSTER_HUB_GZIP_H
#define MUSTER_HUB_GZIP_H

#include <stdbool.h>

#include "base/str.h"

#define GZIP_LEAST 1024 /* bytes of a reply that is worth it */

/* What Accept-Encoding says; NULL is no. */
bool gzip_is_wanted(const char *accept_encoding);

/* False, and out is empty: it would not become shorter. out is initialised here. */
bool gzip_pack(const struct str *in, struct str *out);

#endif
