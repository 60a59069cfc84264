/*
 * When a thing first was so far: for the figures of model/metrics.h. Taken while acts are folded,
 * in their order, by the time that each says it happened.
 */
#ifndef MUSTER_MODEL_MILESTONES_H
#define MUSTER_MODEL_MILESTONES_H

#include <stddef.h>
#include <stdint.h>

#include "model/thing.h"

struct milestones {
        /* CLOCK_NONE: not yet, or already so in the base, whose time is not known. */
        int64_t triaged_ms;   /* severity, class and owner are all set          */
        int64_t contained_ms; /* first contained, recovering or closed          */
        int64_t closed_ms;    /* closed, and not reopened since                 */
        bool was_triaged, was_contained, was_closed;
        size_t triaged_by, contained_by; /* the places of the acts that led there */
};

/* As the base has it, or nothing. */
void milestones_start(struct milestones *m, const struct thing *now);
/* After an act, by its place in the order, was applied that happened at this time. */
void milestones_pass(struct milestones *m, const struct thing *now, size_t act, int64_t at_ms);
/* After an act was taken back: what it had led to, and is no more, was not reached. */
void milestones_take_back(struct milestones *m, const struct thing *now, size_t act);

#endif
