/*
 * When a thing first was so far: for the figures of model/metrics.h. Taken while acts are folded,
 * in their order, by the time that each says it happened.
 */
#ifndef MUSTER_MODEL_MILESTONES_H
#define MUSTER_MODEL_MILESTONES_H

#include <stdint.h>

#include "model/thing.h"

struct milestones {
        /* CLOCK_NONE: not yet, or already so in the base, whose time is not known. */
        int64_t triaged_ms;   /* severity, class and owner are all set          */
        int64_t contained_ms; /* first contained, recovering or closed          */
        int64_t closed_ms;    /* closed, and not reopened since                 */
        bool was_triaged, was_contained, was_closed;
};

/* As the base has it, or nothing. */
void milestones_start(struct milestones *m, const struct thing *now);
/* After an act was applied that happened at this time. */
void milestones_pass(struct milestones *m, const struct thing *now, int64_t at_ms);

#endif
