/*
 * Variables of a playbook (CACAO 2.0, section 10.18): what they take, and their values put into
 * text.
 */
#ifndef MUSTER_MODEL_VARIABLE_H
#define MUSTER_MODEL_VARIABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

#define VARIABLE_SUFFIX    ":value"    /* behind a name in a text */
#define VARIABLE_NAME_MAX  204         /* bytes, with the underscores around it */
#define VARIABLE_VALUE_MAX (64 * 1024) /* bytes */

enum variable_type {
        VARIABLE_STRING,
        VARIABLE_BOOL,
        VARIABLE_INTEGER,
        VARIABLE_LONG,
        VARIABLE_FLOAT,
        VARIABLE_DICTIONARY, /* the text of a JSON object */
        VARIABLE_HEXSTRING,
        VARIABLE_IPV4,
        VARIABLE_IPV6,
        VARIABLE_MAC,
        VARIABLE_HASH,
        VARIABLE_MD5,
        VARIABLE_SHA256,
        VARIABLE_URI,
        VARIABLE_UUID,
        VARIABLE_OTHER, /* a type that we do not know: takes any text */
};

struct variable {
        const char *name; /* "__victim__", with the underscores */
        enum variable_type type;
        const char *type_name;   /* as the document has it, "ipv4-addr" */
        const char *value;       /* NULL: not set; "": known to be empty */
        const char *description; /* or NULL */
        bool constant;           /* no step may give it another value */
        bool external;           /* who starts the run gives it its value */
};

const char *variable_type_name(enum variable_type type); /* NULL for VARIABLE_OTHER */
/* What people are to say: "yes or no", "a text", "a whole number". */
const char *variable_wants(const struct variable *v);
enum variable_type variable_type_of(const char *name);

/* __name__: letters, digits, "_" and "-". */
bool variable_is_name(const char *s, size_t len);

/* Of a list sorted by name; -1 where there is none. */
int variable_find(const struct variable *list, size_t count, const char *name);

/* False where one of them is no number; *ret is < 0, 0, > 0. */
bool variable_compare_numbers(const char *a, const char *b, int *ret);

/* RC_INVALID says what the type takes: "__ip__ takes an IPv4 address; not \"x\"". "" is taken by
 * every type. */
enum rc variable_check(const struct variable *v, const char *value, struct err *err);

/* The next "__name__:value" in a text: where it begins, and the bytes of the name; NULL: there is
 * none. */
const char *variable_next(const char *text, size_t *ret_len);

/*
 * The text with the values of its variables: "__ip__:value" becomes what `value` answers for
 * "__ip__", and stays where that is NULL. Values are not looked at again. What is longer than `max`
 * bytes is cut at a character and ends with "…". malloc'ed.
 */
char *variable_fill(const char *text, const char *(*value)(void *ctx, const char *name), void *ctx,
                    size_t max);

/* "__foreign__:value" as people read it: "foreign". In the arena. */
const char *variable_plain(const char *text, struct arena *a);

#endif
