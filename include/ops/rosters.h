/*
 * What is known of people, teams and equipment at a time: their bookings, their status, and which
 * deployments take the same one at the same time.
 */
#ifndef MUSTER_OPS_ROSTERS_H
#define MUSTER_OPS_ROSTERS_H

#include "model/roster.h"
#include "ops/ops.h"

/* What deployments take of a resource, by itself or as a member of a team, a part of a kit; not
 * what was over at since_ms. `except`: a deployment to leave out, or NULL. In the arena. */
enum rc ops_bookings(struct ops *ops, const char *id, int64_t since_ms, const char *except,
                     struct arena *a, struct booking **ret, size_t *ret_count, struct err *err);
/* The facts of one resource with its bookings from now on; of many at once: ops/pool.h. */
enum rc ops_roster_facts(struct ops *ops, const struct row *row, struct arena *a,
                         struct roster_facts *ret, struct err *err);

#define ROSTERS_AT_ONCE 100 /* rows of each kind, so that nobody waits for all of them */

/* Writes again what has become another by itself, at most `max` of each kind, in transactions of
 * their own. Says how many; a database that is only read stays as it is. */
enum rc ops_rosters_refresh(struct ops *ops, size_t max, size_t *ret_count, struct err *err);
/* Something has become another by itself and is not written yet. */
bool ops_rosters_are_late(struct ops *ops);

#endif
