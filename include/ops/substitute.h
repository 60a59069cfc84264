/*
 * Who comes in for somebody else. For the files of the verbs.
 */
#ifndef MUSTER_OPS_SUBSTITUTE_H
#define MUSTER_OPS_SUBSTITUTE_H

#include "ops/ops.h"

/* What was looked at of who goes out and has to be looked at anew of who comes in, as a person
 * would take it back: "-interests -rest". `resources`: as typed. NULL: nothing, as nobody is
 * confirmed yet, or only equipment comes in. In the arena. */
const char *substitute_not_looked_at(struct ops *ops, const struct thing *deployment,
                                     const char *resources, struct arena *a);

#endif
