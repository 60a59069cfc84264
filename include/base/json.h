/*
 * JSON values: the door to jansson. Getters are typed and name the path in the error.
 *
 * struct json_t is jansson's own; nobody else includes jansson.h. Values returned by getters are
 * borrowed from their parent. What json_parse returns is owned by the caller: json_free().
 * jansson's known limits (2.14): ints over int64, 1e400, lone surrogates and depth over 2048 are
 * refused; so raw bytes are the truth and this reads a copy. Parsing retries with integers as reals
 * on "too big integer" only.
 */
#ifndef MUSTER_BASE_JSON_H
#define MUSTER_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct json_t;
struct str;

/* Before a second thread parses: draws the seed of jansson's hashes. Cheap to repeat. */
void json_start(void);

enum rc json_parse(const char *bytes, size_t len, struct json_t **ret, struct err *err);
/* As json_parse(), and says whether a key stands twice in an object (the last one counts): another
 * reader may have taken the first one. */
enum rc json_parse_strictly(const char *bytes, size_t len, struct json_t **ret, bool *ret_twice,
                            struct err *err);
void json_free(struct json_t *j);      /* drops one reference; NULL is fine */
void json_cleanup(struct json_t **pj); /* for CLEANUP(json_cleanup) */

enum json_kind {
        JSON_NONE,
        JSON_NUL,
        JSON_BOOL,
        JSON_INT,
        JSON_NUMBER,
        JSON_TEXT,
        JSON_LIST,
        JSON_OBJ
};
enum json_kind json_kind(const struct json_t *j); /* NULL is JSON_NONE */
/* As a sentence says that it was wanted: "a string", "a list". */
const char *json_kind_name(enum json_kind kind);

struct json_t *json_get(const struct json_t *obj,
                        const char *key); /* NULL: absent or not an object */
struct json_t *json_path(const struct json_t *obj,
                         const char *path); /* "a.b.0.c"; keys with dots not supported */
size_t json_len(const struct json_t *j);    /* list or object; else 0 */
struct json_t *json_at(const struct json_t *list, size_t i);

/* Calls fn for each member until it returns false. */
void json_each(const struct json_t *obj, bool (*fn)(void *ctx, const char *key, struct json_t *v),
               void *ctx);

/* Value of a scalar, or the fallback when absent or of another type. Text may hold NULs: *_len
 * gives bytes. */
const char *json_text(const struct json_t *j, const char *fallback);
size_t json_text_len(const struct json_t *j);
int64_t json_int(const struct json_t *j, int64_t fallback); /* reals are truncated when they fit */
bool json_bool(const struct json_t *j, bool fallback);

/* Required members: RC_INVALID "PATH is missing" / "PATH is not a string" where path = where.key.
 */
enum rc json_need_text(const struct json_t *obj, const char *where, const char *key,
                       const char **ret, struct err *err);
enum rc json_want_text(const struct json_t *obj, const char *where, const char *key,
                       const char **ret, struct err *err); /* absent = NULL, wrong type = error */

/* Building. Text that is not UTF-8 is made so by text_clean(). The _new values are handed over to
 * the parent by the setters. NULL leaves the member out. */
struct json_t *json_new_obj(void);
struct json_t *json_new_list(void);
struct json_t *json_new_text(const char *s);
struct json_t *json_new_int(int64_t v);
struct json_t *json_new_bool(bool v);
struct json_t *json_new_null(void);
struct json_t *json_share(struct json_t *j); /* one more reference */
void json_set(struct json_t *obj, const char *key, struct json_t *value);
void json_set_text(struct json_t *obj, const char *key, const char *s);
void json_drop(struct json_t *obj, const char *key); /* absent: nothing to do */
void json_set_int(struct json_t *obj, const char *key, int64_t v);
void json_set_bool(struct json_t *obj, const char *key, bool v);
void json_push(struct json_t *list, struct json_t *value);
void json_push_text(struct json_t *list, const char *s);

/* Canonical text: keys sorted by bytes, no blanks. `indent` > 0 gives readable text instead. */
void json_print(const struct json_t *j, int indent, struct str *out);

/* RFC 8785 (JCS), for signatures over JSON; what is parsed can't nest deeper than it goes. */
void json_print_jcs(const struct json_t *j, struct str *out);

/* Appends s as a JSON string with quotes; used where a document is streamed. */
void json_quote(const char *s, struct str *out);

#endif
