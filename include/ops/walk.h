/*
 * All rows that a filter finds, one after the other in its order, however many. For work that needs
 * each of them; lists that people look at have a query of their own.
 */
#ifndef MUSTER_OPS_WALK_H
#define MUSTER_OPS_WALK_H

#include "ops/ops.h"

/* `take` is called for each row until it gives back something else than RC_OK, which then comes
 * back. The rows, and what it makes in the arena it gets, are in `keep`; where that is NULL they
 * last until it gives back. Keys that wait don't end it. */
enum rc ops_walk(struct ops *ops, const struct filter *filter, struct arena *keep,
                 enum rc (*take)(void *ctx, const struct row *row, struct arena *a,
                                 struct err *err),
                 void *ctx, struct err *err);

#endif
