/*
 * Contents of a playbook of which several have one time. Within ops.
 */
#ifndef MUSTER_OPS_PLAYBOOK_TWINS_H
#define MUSTER_OPS_PLAYBOOK_TWINS_H

#include "ops/ops.h"
#include "store/contents.h"
#include "store/versions.h"

/* The contents of a thing received until then (CLOCK_NONE: now), the one that is shown first, then
 * newest first. In the arena. */
enum rc playbook_contents(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                          struct content **ret, size_t *ret_count, struct err *err);
/* Of an object that carries one: the version that is shown for the newest. */
enum rc playbook_shown(struct ops *ops, const struct version *newest, int64_t at_ms,
                       struct arena *a, struct version *ret, struct err *err);

#endif
