/*
 * The things that name another in one of their fields: the runs on an incident, the deployments for
 * a request.
 */
#ifndef MUSTER_OPS_NAMING_H
#define MUSTER_OPS_NAMING_H

#include "ops/ops.h"

#define NAMING_MAX 2000 /* of more the newest are given */

/* Those of the kind whose reference field is `id`, the newest first; in the arena. */
enum rc ops_naming(struct ops *ops, const struct kind *kind, const char *field, const char *id,
                   struct arena *a, struct row **ret, size_t *ret_count, struct err *err);

#endif
