/*
 * A pool: the facts of all experts, equipment and teams that are held, and what deployments take of
 * their time, small and at hand, so that each of thousands can be looked at between two keys. Pure.
 *
 * Facts are as model/roster.h reads them; of teams with what their members can do. Bookings are
 * what a deployment takes of whom it names, of the members of its teams and of the parts of its
 * kits: by begin, each deployment once, not what is over. Who fills a pool says which rows there
 * are; a row may be given again when it has changed.
 */
#ifndef MUSTER_MODEL_POOL_H
#define MUSTER_MODEL_POOL_H

#include "model/roster.h"

struct pool;

/* Shared: freed with the last release. One thread. */
struct pool *pool_create(void);
struct pool *pool_share(struct pool *p);
void pool_release(void *p);
size_t pool_bytes(const struct pool *p); /* that its facts take, those of former rows too */

/* ---- filling ---- */

/* In this order; what comes first has the first places. */
#define POOL_KINDS 3
const struct kind *pool_kind(size_t i);

/* A row of one of these kinds, with the roster_fields. `ref`: as shown. False: it is not among
 * those that were given before the first pool_settle(), or shows another reference: then a new pool
 * must be made. */
bool pool_put(struct pool *p, const struct thing *t, int64_t rid, const char *ref);
/* A deployment, with the booking_fields, in the place of what it took before. */
void pool_put_deployment(struct pool *p, const struct thing *t, int64_t rid, const char *ref);
/* Turns of rotas: times on call besides those of its own record, in the place of all given before
 * pool_clear_turns(). */
void pool_clear_turns(struct pool *p);
void pool_add_turn(struct pool *p, const char *expert, const struct span *turn);
/* Afterwards, and whenever time has gone on: bookings as of now_ms. */
void pool_settle(struct pool *p, int64_t now_ms);

/* ---- asking: borrowed from the pool, and filled again where they stand ---- */

/* All of a kind; of NULL experts and equipment. */
const struct roster_facts *pool_facts(const struct pool *p, const struct kind *kind,
                                      size_t *ret_count);
const struct roster_facts *pool_find(const struct pool *p, const char *id); /* NULL: not held */
const struct roster_facts *pool_find_rid(const struct pool *p, const struct kind *kind,
                                         int64_t rid);
size_t pool_size(const struct pool *p);
/* Of one that is in the pool, less than its size. */
size_t pool_place(const struct pool *p, const struct roster_facts *f);
bool pool_is_revoked(const struct pool *p, const struct roster_facts *f);

/* A deployment that takes anything, over or not; NULL: none of this row id does. */
struct pool_deployment {
        int64_t rid;
        const char *id, *name;
        int64_t from_ms, over_ms; /* its begin as planned; from when on it counts as over */
        struct booking booking;
        const struct value *resources, *quantities;
};
const struct pool_deployment *pool_deployment(const struct pool *p, int64_t rid);

#endif
