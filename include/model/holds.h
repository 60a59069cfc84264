/*
 * What a deployment holds of its resources, by its state and its times (model/booking.h). Pure.
 *
 *   alerted                              softly, from its beginning until its end
 *   confirmed until it demobilises       hard, the same span; so is what is suspended or recalled
 *   returned                             hard, until it returned, which may be sooner or later
 *   resting                              that, and then rest
 *   closed                               what it held hard stays on record
 *   planned, declined, stood down        nothing
 *
 * Who left sooner than planned is held from the departure on. Without a beginning or an end nothing
 * is held; guards see to it that both are there (alert).
 */
#ifndef MUSTER_MODEL_HOLDS_H
#define MUSTER_MODEL_HOLDS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/booking.h"
#include "model/thing.h"

#define HOLDS_MAX 2 /* of one deployment */

/* In the order of time. Id and reference are borrowed from the thing. */
size_t holds_of(const struct thing *deployment, struct booking ret[HOLDS_MAX]);

/* May not be taken: while somebody is held hard or rests, for another deployment. What is held
 * softly may be. */
bool booking_bars(const struct booking *held, const struct booking *wanted);
/* Both were taken all the same, on consoles that did not know of each other: one is hard, the other
 * hard or rest. */
bool bookings_clash(const struct booking *a, const struct booking *b);

/* Pairs of two lists for which `meets` is true, in the order of the lists; at most `max`, and how
 * many there are. */
struct booking_pair {
        const struct booking *a, *b;
        struct span span; /* that both have */
};
size_t bookings_meet(const struct booking *a, size_t a_count, const struct booking *b,
                     size_t b_count, bool (*meets)(const struct booking *, const struct booking *),
                     struct booking_pair *ret, size_t max);

#endif
