/*
 * The operators of this database: who may sign in here. Local: never exchanged, in no export; a
 * backup has them.
 */
#ifndef MUSTER_STORE_OPERATORS_H
#define MUSTER_STORE_OPERATORS_H

#include "store/store.h"

struct arena;

struct operator_entry {
        const char *name; /* compared without regard to ASCII case */
        int role;         /* enum operator_role */
        const char *pin;  /* as crypt_pin_hash() made it */
        int64_t added_ms, pin_set_ms;
        int64_t seen_ms;   /* signed in last; CLOCK_NONE */
        int64_t failures;  /* tries since, of which none has succeeded */
        int64_t failed_ms; /* the last of them; CLOCK_NONE */
};

/* Each is one statement, in the caller's transaction where there is one. Strings are in the arena.
 */
enum rc operator_add(struct store *s, const struct operator_entry *o, struct err *err);
enum rc operator_save(struct store *s, const struct operator_entry *o, struct err *err);
enum rc operator_drop(struct store *s, const char *name, struct err *err);
/* RC_NOTFOUND, without a sentence. */
enum rc operator_get(struct store *s, const char *name, struct arena *a, struct operator_entry *ret,
                     struct err *err);
/* By name, at most OPERATORS_MAX. */
#define OPERATORS_MAX 1000
enum rc operator_list(struct store *s, struct arena *a, struct operator_entry **ret,
                      size_t *ret_count, struct err *err);
/* How many have this role; -1: any. */
enum rc operator_count(struct store *s, int role, int64_t *ret, struct err *err);

#endif
