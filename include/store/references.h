/*
 * References: which objects the newest version of an incident or a part names, and by which member.
 * A projection like the tables of the kinds: made again from the versions with them. They stand
 * whether or not what they name is held, so the order of arrival does not matter. Notes and
 * relationships have indexes of their own (store/things.h, store/versions.h).
 */
#ifndef MUSTER_STORE_REFERENCES_H
#define MUSTER_STORE_REFERENCES_H

#include "store/store.h"

struct reference {
        const char *from, *member, *to; /* ids; "events", "object_refs" */
};

/* In the place of all that `from` named before; in a transaction. `was_there`: it may have named
 * some. What is named twice by one member is kept once. */
enum rc reference_put(struct store *s, const char *from, const struct reference *list, size_t count,
                      bool was_there, struct err *err);

/* Ids of those that name it, each once, in order; at most max. */
enum rc reference_to(struct store *s, const char *id, size_t max, struct arena *a,
                     const char ***ret, size_t *ret_count, struct err *err);

/* How many it names itself. */
enum rc reference_count_from(struct store *s, const char *id, int64_t *ret, struct err *err);

#endif
