/*
 * Who is it that asks: a token, or a client certificate that carries the name of one.
 *
 * A token is LABEL.SECRET in hexadecimal digits. Kept are its label, by which it is found, and the
 * SHA-256 of all of it; so whoever reads the database can't ask as somebody else. 192 random bits
 * need no slow hash.
 */
#ifndef MUSTER_HUB_TOKENS_H
#define MUSTER_HUB_TOKENS_H

#include "hub/backend.h"

#define TOKEN_LABEL_BYTES  8
#define TOKEN_SECRET_BYTES 24
#define TOKEN_TEXT         (2 * TOKEN_LABEL_BYTES + 1 + 2 * TOKEN_SECRET_BYTES + 1)
#define TOKEN_NAME_MAX     64

/* Letters, digits and . _ - @: what fits into a header, a log line and a certificate. */
bool token_is_name(const char *name);

/* A new one: sets label and hash of t, and its text in out[], which is kept nowhere. */
void token_make(struct hub_token *t, char out[TOKEN_TEXT], struct arena *a);

/* `authorization`: "Bearer TOKEN" or "Basic" with NAME:TOKEN; `certificate`: the common name of a
 * certificate that was verified. Either may be NULL. RC_DENIED: nobody that is known. */
enum rc token_recognise(struct backend *b, const char *authorization, const char *certificate,
                        struct arena *a, struct hub_token *ret, struct err *err);

/* NULL: none. */
const struct hub_right *token_right(const struct hub_token *t, int64_t collection);

#endif
