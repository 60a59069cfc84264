/*
 * Base64 (RFC 4648), both alphabets, with its padding or without.
 */
#ifndef MUSTER_BASE_BASE64_H
#define MUSTER_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Blanks and line ends between the digits are passed over. False: it is no base64, or more than
 * `max` bytes. *ret is malloc'ed, with a NUL behind its *ret_len bytes. */
bool base64_decode(const char *s, size_t len, size_t max, char **ret, size_t *ret_len);

/* With padding; the second alphabet ("-" and "_") and none where `url`. malloc'ed */
char *base64_encode(const void *data, size_t len, bool url);

#endif
