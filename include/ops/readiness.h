/*
 * Readiness of the experts and the equipment that are held here: model/readiness.h says what that
 * is.
 */
#ifndef MUSTER_OPS_READINESS_H
#define MUSTER_OPS_READINESS_H

#include "model/readiness.h"
#include "ops/ops.h"
#include "store/things.h"

/* Borrowed from the arena. */
struct readiness_sum {
        int64_t now_ms;
        struct readiness_answer
                is;       /* lines of the next 24 hours, gaps of READINESS_DAYS days, UTC */
        enum tlp marking; /* the strictest of those who are counted */
};

/* Of experts and equipment, without those things, by id: experts, equipment, teams with their
 * members, deployments with all whom they take. */
enum rc ops_readiness(struct ops *ops, const char *const *without, size_t count, struct arena *a,
                      struct readiness_sum *ret, struct err *err);

/* Borrowed from the arena. */
struct second_sum {
        int64_t now_ms;
        const struct row *about; /* the incident, the request, the deployment */
        struct rank_needs needs;
        struct readiness_second second;
        enum tlp marking; /* the strictest of those who are counted, and of what it is about */
};

/* Whether another one like it could be met, once those are away who go to it and those without
 * whom it is asked. RC_INVALID: nobody is sent to a thing of this kind. */
enum rc ops_readiness_second(struct ops *ops, const char *id, const char *const *without,
                             size_t count, struct arena *a, struct second_sum *ret,
                             struct err *err);

#endif
