/*
 * Equipment of which there are several under one reference: how many of them are taken in a time,
 * and by what. A person, a team and a single piece are one, and a booking takes all of it. Pure.
 */
#ifndef MUSTER_MODEL_ROSTER_COUNT_H
#define MUSTER_MODEL_ROSTER_COUNT_H

#include "model/roster.h"

#define ROSTER_QUANTITY_MAX 1000000

#define HOLD_BIT(hold) (1u << (hold))
#define HOLDS_ALL      (HOLD_BIT(HOLD_SOFT) | HOLD_BIT(HOLD_HARD) | HOLD_BIT(HOLD_REST))

int roster_quantity(const struct roster_facts *f); /* at least 1 */
int roster_quantity_of(const struct thing *t);     /* the same of a thing of any kind */
/* What a booking takes of it: what it says, at most what there is; all where it says nothing. */
int roster_takes(const struct roster_facts *f, const struct booking *b);
/* The most that such holds take at any instant of the span; more than there is where they are
 * booked twice. An empty span has no instant. */
int roster_taken(const struct roster_facts *f, const struct span *span, unsigned holds);
/* What nothing takes in all of the span. */
int roster_left(const struct roster_facts *f, const struct span *span);
/* The part of the span, from its first instant to its last, at which more is taken than there is.
 * False: at none. */
bool roster_is_over(const struct roster_facts *f, const struct span *span, unsigned holds,
                    struct span *ret);

/* "none of 10 left: DEP-0001 6, DEP-0002 4", of those that meet the span. In the arena. */
const char *roster_left_text(const struct roster_facts *f, const struct span *span,
                             struct arena *a);

#endif
