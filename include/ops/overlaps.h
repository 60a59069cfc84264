/*
 * Who is booked twice: what two consoles confirmed for the same time without knowing of each other.
 * Both are kept; people settle it by standing one of the deployments down.
 */
#ifndef MUSTER_OPS_OVERLAPS_H
#define MUSTER_OPS_OVERLAPS_H

#include "ops/ops.h"

struct overlap {
        struct row resource, other; /* other: the deployment that takes it, too */
        int64_t from_ms, until_ms;  /* the time for which both do              */
};

struct overlaps {
        struct row deployment;
        struct overlap *list;
        size_t count;
};

/* Of a deployment; none of a thing of another kind. In the arena. */
enum rc ops_overlaps(struct ops *ops, const char *id, struct arena *a, struct overlaps *ret,
                     struct err *err);
/* "EXP-0003 Ana is booked for DEP-0001 and for DEP-0002 Second team". In the arena. */
const char *overlap_sentence(const struct overlaps *of, const struct overlap *o, struct arena *a);

#endif
