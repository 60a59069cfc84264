/*
 * What came from a remote and is not on the server any more. Absence is no deletion: nothing
 * happens to it here, a person may look.
 */
#ifndef MUSTER_STORE_GONE_H
#define MUSTER_STORE_GONE_H

#include "store/remotes.h"

struct gone {
        const char *id;
        int64_t since_ms; /* when it was missed first */
};

/* Goes through all that came from there since it was added and keeps what `is_there` does not know;
 * what is there again is taken off the list. It is looked for while others write; what was found is
 * kept in transactions of its own, short ones. */
enum rc gone_find(struct store *s, const struct remote *r,
                  bool (*is_there)(void *ctx, const char *id), void *ctx, int64_t now_ms,
                  struct err *err);
/* By id, at most `max`. */
enum rc gone_list(struct store *s, int64_t remote, size_t max, struct arena *a, struct gone **ret,
                  size_t *ret_count, struct err *err);
int64_t gone_count(struct store *s, int64_t remote);

#endif
