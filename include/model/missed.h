/*
 * Moves of a machine (model/machine.h) that came too late without their author knowing it: a
 * decline on one console, a confirmation on another. The one that is later in the total order is
 * not applied, but somebody believes that it is; so it stands beside the heads of the state, as a
 * conflict, until an act names it. Part of model/fold.h.
 */
#ifndef MUSTER_MODEL_MISSED_H
#define MUSTER_MODEL_MISSED_H

#include "model/fold.h"
#include "model/heads.h"

/* Of an act that is not applied: whether it would have moved the state, and what is on top of the
 * state now was not seen by it. */
bool missed_move(const struct heads *h, const struct kind *kind, const struct act *act);
/* Adds to the heads of the state, which were reported, what was missed by those of the log; but not
 * where another led to the same state, nor what an applied act names. */
void missed_report(const struct kind *kind, const bool *missed, struct arena *a,
                   struct folded *ret);

#endif
