/*
 * What is still open about a thing that somebody wants to close: what its own fields tell
 * (model/closing.h), the clocks of law that run, and mandatory steps of its playbooks.
 */
#ifndef MUSTER_OPS_CLOSING_H
#define MUSTER_OPS_CLOSING_H

#include "model/closing.h"
#include "ops/ops.h"

#define CLOSING_OPEN_MAX (CLOSING_MAX + 2)

struct closing_list {
        const char *sentences[CLOSING_OPEN_MAX]; /* "nobody has acknowledged it"; in the arena */
        size_t count;
};

enum rc ops_still_open(struct ops *ops, const char *id, struct arena *a, struct closing_list *ret,
                       struct err *err);

#endif
