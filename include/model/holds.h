/*
 * What was decided against and still stands: members of an incident's set `held`. Who decided and
 * why is in the act that put a member there; here it becomes the incident's `held_by` and
 * `held_why`, so that it is listed, shown and reported like any field.
 */
#ifndef MUSTER_MODEL_HOLDS_H
#define MUSTER_MODEL_HOLDS_H

#include "model/fold.h"

#define HOLD_FIELD   "held"
#define HOLD_WHO     "held_by"
#define HOLD_WHY     "held_why"
#define HOLD_DECIDER "decider" /* detail of the act */

/* The act puts a member into the set; NULL where it does not. Borrowed. */
const char *hold_of(const struct act *act);
struct word_list;
/* What a claim of this level lifts, as it is typed: "-significant"; NULL: nothing. In the arena. */
const char *holds_lifted(const struct thing *now, const struct word_list *levels, const char *level,
                         struct arena *a);
/* Sets both fields of the folded thing; `undone[i]`: entry i of its log was undone. */
void holds_show(struct folded *f, const bool *undone, struct arena *a);

#endif
