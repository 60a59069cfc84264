/*
 * What help an incident gets: what is asked for, and who and what goes there.
 */
#ifndef MUSTER_OPS_HELP_OF_H
#define MUSTER_OPS_HELP_OF_H

#include "ops/ops.h"

struct help {
        struct row *requests, *deployments; /* of each those that go on first, then the newest */
        size_t request_count, deployment_count;
};

/* The requests for the incident, and the deployments for it or for one of those. In the arena. */
enum rc ops_help_of(struct ops *ops, const char *incident, struct arena *a, struct help *ret,
                    struct err *err);

#endif
