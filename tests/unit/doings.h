/* What somebody who sees a run might do next, at random: as people would, not what makes no sense.
 */
#ifndef MUSTER_TESTS_UNIT_DOINGS_H
#define MUSTER_TESTS_UNIT_DOINGS_H

#include "unit/books_random.h"

struct doer {
        struct random *random;
        struct arena *arena;
        const char *others[2]; /* contents that the step of a sub-playbook may be answered with */
};

/* Sets what is done of an event: verb, place, round, variable, value, reason. False: there is
 * nothing to do. A PLAY_SIGN is refused to who did the step. */
bool doing_random(const struct doer *d, const struct run *seen, struct play_event *e);
/* Only what brings the run on, so that it ends some time; a while that goes round by itself is left
 * after some rounds. */
bool doing_onward(const struct doer *d, const struct run *seen, struct play_event *e);

#endif
