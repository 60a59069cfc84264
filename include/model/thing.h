/*
 * A thing: one incident, participant or log entry, as values by field. Values are canonical text,
 * so that folding, comparing, storing and sending need no types: enum and word ids, instants as RFC
 * 3339 UTC with milliseconds, STIX ids, decimal numbers. A set is a sorted list without doubles.
 */
#ifndef MUSTER_MODEL_THING_H
#define MUSTER_MODEL_THING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/kind.h"

struct words;

#define VALUE_LINE_MAX  1000        /* bytes of a FIELD_LINE  */
#define VALUE_TEXT_MAX  (64 * 1024) /* bytes of a FIELD_TEXT  */
#define VALUE_ITEMS_MAX 256         /* members of a set       */

struct value {
        const char *text;         /* scalar; NULL = not set */
        const char *const *items; /* set: sorted by bytes   */
        size_t count;
};

/* Everything it points to belongs to one arena, named by who filled it in. */
struct thing {
        const struct kind *kind;
        const char *id;         /* STIX id                                         */
        const char *created_by; /* identity of the unit whose thing it is, or NULL */
        int64_t created_ms;     /* CLOCK_NONE = not said                           */
        int64_t modified_ns;    /* of the version read; CLOCK_NONE = not said      */
        bool revoked;
        struct value values[KIND_FIELDS_MAX];
};

/* A field that the kind does not have reads as not set, and setting it does nothing. */
void thing_init(struct thing *t, const struct kind *kind, const char *id);
const char *thing_text(const struct thing *t, const char *field); /* scalar or NULL */
const struct value *thing_value(const struct thing *t, const char *field);
int thing_rank(const struct thing *t, const char *field);   /* FIELD_ENUM: rank, -1 unset */
int64_t thing_ms(const struct thing *t, const char *field); /* FIELD_TIME, CLOCK_NONE unset */
/* A value that holds for some hours after it was said (struct field.holds_h), and they are over. */
bool thing_is_stale(const struct thing *t, const struct field *field, int64_t now_ms);
void thing_set(struct thing *t, const char *field, const char *text); /* borrows text */
void thing_set_items(struct thing *t, const char *field, const char *const *items, size_t count,
                     struct arena *a); /* sorts, drops doubles */

bool value_is_empty(const struct value *v);
bool value_equal(const struct value *a, const struct value *b);
const char *value_join(const struct value *v, const char *sep, struct arena *a); /* "" when empty */
bool value_has(const struct value *v, const char *item);

/*
 * Makes what a person or script typed canonical: ids or labels of lists, "me", times such as +4h or
 * "tomorrow 08:00", sets with commas or blanks. RC_INVALID names the field, the value and the
 * nearest that exists. Text is cleaned, and refused where it is too long; nothing but blanks is a
 * value that is not set. `now_ms` and `me` say what relative words mean.
 */
struct value_context {
        const struct words *words;
        int64_t now_ms;
        const char *me; /* operator, or NULL */
        /* The id of what a person calls a thing, in the arena; NULL = nothing, or more than one.
         * NULL: only ids are understood. */
        const char *(*resolve)(void *ctx, const char *ref, struct arena *a);
        void *resolve_ctx;
        /* What that is, and what people call it; NULL = nothing that is held. NULL: whatever it is
         * will do. */
        const struct kind *(*kind_of)(void *ctx, const char *id, struct arena *a,
                                      const char **ret_ref);
};
enum rc value_read(const struct field *field, const char *typed, const struct value_context *ctx,
                   struct arena *a, struct value *ret, struct err *err);

#endif
