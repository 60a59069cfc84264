/*
 * Which acts are on top: per scalar field, and per element of a set-valued field, the applied acts
 * that no other applied act names in its `was`. The machine inside model/fold.h, kept up to date
 * act by act, in time that grows with what the acts hold and not with its square.
 */
#ifndef MUSTER_MODEL_HEADS_H
#define MUSTER_MODEL_HEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/act.h"
#include "model/fold.h"

struct heads; /* lives in the arena */

/* `acts` as from act_order. *now starts as the base's values (or none) and is kept up to date by
 * heads_apply. */
struct heads *heads_create(const struct thing *base, const struct act **acts, size_t count,
                           struct thing *now, struct arena *a);

/* Position of the act with this id; SIZE_MAX = not among them. */
size_t heads_find_act(const struct heads *h, const char *id);

/* Fields (bit i = field i) for which act i has a value that the kind table accepts. */
uint64_t heads_touched(const struct heads *h, size_t i);

/* Whether an act on top of a scale says the value of that rank; -1 = withdrawn. */
bool heads_have_rank(const struct heads *h, int field, int rank);

/* Whether anything on top of a scalar is not named in the `was` of an act. */
bool heads_has_unseen(const struct heads *h, int field, const struct act *act);

/* Act i counts from now on, for the fields in `may`. Each act once, in order. */
void heads_apply(struct heads *h, size_t i, uint64_t may);

/* Fills in heads, conflicts and whose word each field is. */
void heads_report(const struct heads *h, struct folded *ret);

#endif
