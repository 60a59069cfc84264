/*
 * The pool of all resources that are held (model/pool.h), read once and kept: from then on only
 * what versions that came in behind it say is read again. Outside a transaction.
 */
#ifndef MUSTER_OPS_POOL_H
#define MUSTER_OPS_POOL_H

#include "model/pool.h"
#include "ops/ops.h"

/* As of now. It stays as long as `keep` does, and what is asked of it meanwhile is told where it
 * stands. */
enum rc ops_pool(struct ops *ops, struct arena *keep, const struct pool **ret, struct err *err);
/* Reads it ahead where that was not done yet. RC_BUSY: interrupted, to be begun anew. */
enum rc ops_pool_prepare(struct ops *ops, struct err *err);

#endif
