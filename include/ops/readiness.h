/*
 * Readiness of the experts that are held here: model/readiness.h says what that is.
 */
#ifndef MUSTER_OPS_READINESS_H
#define MUSTER_OPS_READINESS_H

#include "model/readiness.h"
#include "ops/ops.h"

/* Without those things, by id: experts, teams with their members, deployments with all whom they
 * take. In the arena. */
enum rc ops_readiness(struct ops *ops, const char *const *without, size_t count, struct arena *a,
                      struct readiness_sum *ret, struct err *err);

#endif
