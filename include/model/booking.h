/*
 * Bookings: what a deployment takes of the time of people, teams and equipment. Pure.
 *
 * From the alert on it holds its resources softly, from the confirmation on hard; then they rest.
 * A hard hold is the only one that nothing else may overlap.
 */
#ifndef MUSTER_MODEL_BOOKING_H
#define MUSTER_MODEL_BOOKING_H

#include "model/span.h"

enum hold { HOLD_SOFT, HOLD_HARD, HOLD_REST };

/* One row of the calendar of one resource. */
struct booking {
        struct span span;
        enum hold hold;
        const char *deployment; /* its STIX id                       */
        const char *name;       /* how people call it: DEP-0003      */
};

#endif
