/*
 * Bookings: what a deployment takes of the time of people, teams and equipment. Pure.
 *
 * From the alert on it holds its resources softly, from the confirmation on hard; from the return
 * on they rest, as long as it says (rest_hours, else 11; equipment does not), whether or not `rest`
 * was written down. A hard hold is the only one that nothing else may overlap.
 */
#ifndef MUSTER_MODEL_BOOKING_H
#define MUSTER_MODEL_BOOKING_H

#include <stdbool.h>
#include <stddef.h>

#include "model/span.h"
#include "model/thing.h"

#define REST_HOURS 11 /* in 24: Directive 2003/88/EC, Article 3 */

enum hold { HOLD_SOFT, HOLD_HARD, HOLD_REST };

/* One row of the calendar of one resource. */
struct booking {
        struct span span;
        enum hold hold;
        const char *deployment; /* its STIX id                       */
        const char *name;       /* how people call it: DEP-0003      */
        int takes;              /* of equipment how many; 0 = all    */
        bool under_way;         /* mobilised, not only confirmed     */
};

#define BOOKINGS_OF_ONE 1

/* What a deployment takes of each of its resources now that its state is what it is.
 * Names are borrowed. Returns how many. */
size_t booking_of(const struct thing *deployment, const char *name,
                  struct booking ret[BOOKINGS_OF_ONE]);

/* Rest is of people: things can go again at once. A deployment that names nobody yet is of people.
 */
bool booking_binds(const struct booking *b, const char *resource);
bool booking_is_of_people(const struct value *resources);

/* How many it takes of a resource by its quantities, the greatest number of several; 0 = all. */
int booking_takes(const struct value *quantities, const char *resource);

/* From when on it counts as over; INT64_MAX: not yet. One without an end goes on, and so does one
 * whose people are not back. Who is back late rests later than was planned. */
int64_t booking_over(const struct thing *deployment);

/* A bit for each state in which it takes anything, and the fields that say what. */
uint64_t booking_states(void);
#define BOOKING_FIELDS 8
extern const char *const booking_fields[BOOKING_FIELDS];

#endif
