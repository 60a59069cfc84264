/*
 * Where a hub keeps what it holds: collections, tokens, objects, statuses. A table of functions, so
 * that one machine has SQLite and a nation a database of its own (struct backend_ops).
 *
 * Order. `added` of an object, microseconds since 1970, strictly grows within its collection in the
 * order in which objects can be seen: no ties, and nothing ever comes in behind what a reader has
 * seen. So `added` is the key of every walk. Several programs may use one database at once: this
 * holds over all of them.
 *
 * Threads. What only reads (find, list, walk, status_get, knows) may be called by any thread at any
 * time. What writes, and seqs, belongs to one thread, which is the same all the time.
 *
 * RC_BUSY from any of them: not now, asking again may help.
 *
 * Texts that are given back are borrowed from the arena that was passed.
 */
#ifndef MUSTER_HUB_BACKEND_H
#define MUSTER_HUB_BACKEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypt.h"
#include "base/err.h"

struct arena;

struct hub_collection {
        const char *id, *alias, *title, *description; /* alias, description: may be NULL */
        int64_t key;                                  /* how the backend names it */
        int64_t seq; /* grows with whatever is added: who saw this one has seen all so far */
};

struct hub_right {
        int64_t collection; /* key */
        const char *id;     /* of the collection */
        bool may_write;     /* whoever has a right may read */
};

struct hub_token {
        const char *name;
        const char *label;        /* the part of the token that may be seen; unique */
        uint8_t hash[HASH_BYTES]; /* of the whole token */
        int64_t created_us;
        const struct hub_right *rights;
        size_t right_count;
};

#define HUB_VERSION_NONE INT64_MIN /* neither modified nor created is said */

#define HUB_NO_TIME INT64_MIN

struct hub_object {
        const char *id, *type, *spec;
        const char *version; /* as written; NULL: none is said, `added` stands for it */
        int64_t version_ns;  /* the same as a time */
        int64_t added_us;    /* set by the backend */
        const char *bytes;   /* exactly as sent; NULL where they were not asked for */
        size_t len;
};

enum hub_versions { HUB_FIRST = 1, HUB_LAST = 2, HUB_ALL = 4 };

/* Lists that are empty ask for nothing. */
struct hub_query {
        int64_t collection;
        int64_t after_us; /* strictly; INT64_MIN = from the beginning */
        const char *const *ids, *const *types, *const *specs;
        size_t id_count, type_count, spec_count;
        unsigned versions;       /* of enum hub_versions; the newest and oldest that are held */
        const int64_t *times_us; /* versions too; cut to microseconds */
        size_t time_count;
        bool without_bytes;
        size_t limit; /* more will not be taken; 0: not said */
};

enum hub_added { HUB_NEW, HUB_HELD, HUB_HELD_OTHERWISE }; /* another content, which stays */

struct hub_status {
        const char *id, *owner; /* name of the token that may read it */
        const char *document;   /* JSON */
        int64_t at_us;
};

struct hub_seq {
        int64_t collection; /* key */
        int64_t seq;
};

struct backend {
        const struct backend_ops *ops;
};

struct backend_ops {
        void (*close)(struct backend *b);

        /* RC_CONFLICT: id or alias is taken. Sets the key. */
        enum rc (*collection_add)(struct backend *b, struct hub_collection *c, struct err *err);
        enum rc (*collection_list)(struct backend *b, struct arena *a, struct hub_collection **ret,
                                   size_t *ret_count, struct err *err);
        /* By id or alias. */
        enum rc (*collection_find)(struct backend *b, const char *name, struct arena *a,
                                   struct hub_collection *ret, struct err *err);

        /* RC_CONFLICT: the name is taken. */
        enum rc (*token_add)(struct backend *b, const struct hub_token *t, struct err *err);
        enum rc (*token_list)(struct backend *b, struct arena *a, struct hub_token **ret,
                              size_t *ret_count, struct err *err);
        enum rc (*token_by_label)(struct backend *b, const char *label, struct arena *a,
                                  struct hub_token *ret, struct err *err);
        enum rc (*token_by_name)(struct backend *b, const char *name, struct arena *a,
                                 struct hub_token *ret, struct err *err);
        enum rc (*token_revoke)(struct backend *b, const char *name, struct err *err);

        /* Gives objects in the order of `added` until take() says that it wants no more: that one
         * was not taken, and *ret_more is true. Borrowed for the call. */
        enum rc (*walk)(struct backend *b, const struct hub_query *q,
                        bool (*take)(void *ctx, const struct hub_object *o), void *ctx,
                        bool *ret_more, struct err *err);
        enum rc (*status_get)(struct backend *b, const char *id, const char *owner, struct arena *a,
                              const char **ret, struct err *err);

        /* One transaction around all that writes objects: begin, any of the three, commit or
         * rollback. What was committed is on disk. */
        enum rc (*begin)(struct backend *b, struct err *err);
        enum rc (*commit)(struct backend *b, struct err *err);
        void (*rollback)(struct backend *b);
        enum rc (*add)(struct backend *b, int64_t collection, struct hub_object *objects,
                       size_t count, enum hub_added *ret_added, struct err *err);
        enum rc (*remove)(struct backend *b, const struct hub_query *q, const char *by,
                          size_t *ret_count, struct err *err);
        enum rc (*status_put)(struct backend *b, const struct hub_status *s, struct err *err);
        /* What `seq` of these is now, whoever has raised it: another program may have. */
        enum rc (*seqs)(struct backend *b, struct hub_seq *list, size_t count, struct err *err);
        /* Whether an object, held or removed, was ever added at that time (HUB_NO_TIME: it does not
         * matter), and one of that id (NULL: the same). */
        enum rc (*knows)(struct backend *b, int64_t collection, int64_t added_us, const char *id,
                         bool *ret, struct err *err);
};

/* `where`: the address of a database of PostgreSQL, postgresql://..., else a file of SQLite, made
 * where there is none. `readers`: how many threads read at once. */
enum rc backend_open(const char *where, size_t readers, struct backend **ret, struct err *err);
enum rc sqlite_open(const char *path, size_t readers, struct backend **ret, struct err *err);
enum rc pg_open(const char *url, size_t readers, struct backend **ret, struct err *err);
void backend_cleanup(struct backend **pb); /* closes it; for CLEANUP() */

#endif
