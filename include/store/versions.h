/*
 * Versions: every STIX object version we hold, as the exact bytes received or written. A version is
 * (id, modified, SHA-256 of the bytes). Newest: greatest modified (none sorts first), then greatest
 * hash.
 */
#ifndef MUSTER_STORE_VERSIONS_H
#define MUSTER_STORE_VERSIONS_H

#include "base/crypt.h"
#include "store/store.h"

struct version {
        int64_t vid; /* row; grows with arrival */
        const char *id, *type;
        int64_t modified_ns;
        uint8_t sha[HASH_BYTES];
        const char *bytes;
        size_t len;
        const uint8_t *known_sha; /* in: the hash, where the caller has it already; or NULL */
        bool is_state;            /* carries our state extension */
        bool is_own;              /* created by this database's own unit */
        int64_t received_ms;
        int64_t seq; /* journal entry that admitted it */
};

enum version_result {
        VERSION_NEW,
        VERSION_UPDATE,
        VERSION_KNOWN
}; /* id unseen, id seen, exactly this one held */

/* Inserts unless held. In a transaction; `seq` is journal_next_seq(). *ret_current: it is the
 * newest of its id. */
struct version_put {
        enum version_result result;
        bool is_current;
        bool is_twin; /* same id and modified, other bytes */
        int64_t vid;
        uint8_t sha[HASH_BYTES];
};
enum rc version_put(struct store *s, const struct version *v, struct version_put *ret,
                    struct err *err);

/* What version_put() would come to, for a dry run; id, modified_ns, bytes and len are looked at. */
enum rc version_look(struct store *s, const struct version *v, enum version_result *ret,
                     struct err *err);

/* Bytes live in the arena. RC_NOTFOUND. `skip_own_state`: the base of a fold never is our own
 * snapshot. */
enum rc version_newest(struct store *s, const char *id, bool skip_own_state, struct arena *a,
                       struct version *ret, struct err *err);
enum rc version_by_vid(struct store *s, int64_t vid, struct arena *a, struct version *ret,
                       struct err *err);
/* The row of the one that came in last; 0: none. */
enum rc version_last(struct store *s, int64_t *ret_vid, struct err *err);
/* Ids of the versions that came in behind `vid`, in that order, at most max; *ret_vid is that of
 * the last. */
enum rc version_ids_after(struct store *s, int64_t vid, size_t max, struct arena *a,
                          const char ***ret, size_t *ret_count, int64_t *ret_vid, struct err *err);
/* All versions of one id, oldest first. */
enum rc version_list(struct store *s, const char *id, struct arena *a, struct version **ret,
                     size_t *ret_count, struct err *err);
/* The same without their bytes (NULL; len says how many): one sender may send many large ones. */
enum rc version_list_bare(struct store *s, const char *id, struct arena *a, struct version **ret,
                          size_t *ret_count, struct err *err);

/* Every version held, ordered by (type rank for references first, id, modified, hash); fn stops it
 * with an rc other than RC_OK. Borrowed during the call. With `newest_only` one per id. */
enum rc version_each(struct store *s, bool newest_only,
                     enum rc (*fn)(void *ctx, const struct version *v, struct err *err), void *ctx,
                     struct err *err);

/* Ids beginning with a prefix, at most max (for REF arguments). */
enum rc version_ids(struct store *s, const char *prefix, size_t max, struct arena *a,
                    const char ***ret, size_t *ret_count, struct err *err);

/* What marking-definition objects of others say, and which things name a marking that nobody
 * defined yet. */
/* ... and what objects that came without a marking count as, by their own id. */
int marking_lookup(struct store *s, const char *id); /* TLP rank, -1 = unknown */
enum rc marking_put(struct store *s, const char *id, int tlp, struct err *err);

/* Relationships, for Summary and Raw. */
struct relation {
        const char *id, *type, *source, *target;
};
enum rc relation_put(struct store *s, const struct relation *r, struct err *err);
enum rc relation_list(struct store *s, const char *id, size_t max, struct arena *a,
                      struct relation **ret, size_t *ret_count, struct err *err);

#endif
