/*
 * For the laws of runs: random playbooks, and consoles that each know only a part of what was done,
 * act on what they know, and now and then pass some of it on.
 */
#ifndef MUSTER_TESTS_PLAY_GATHERINGS_H
#define MUSTER_TESTS_PLAY_GATHERINGS_H

#include "unit/doings.h"

#define CONSOLES   4
#define EVENTS_MAX 1000

struct gathering {
        uint64_t seed;
        struct arena arena;
        struct random random;
        struct doer doer;
        struct run_start start;
        const struct playbook *others[2]; /* "other-0", "other-1" */
        struct run *runs[CONSOLES];       /* of what each knows */
        const struct play_event *events[EVENTS_MAX];
        bool knows[CONSOLES][EVENTS_MAX];
        size_t count;
};

/* The same seed gives the same. All knows all in the end. `silly`: now and then somebody does what
 * makes no sense. */
void gathering_hold(struct gathering *g, uint64_t seed, enum book_kind kind, bool silly);
void gathering_finish(struct gathering *g);
void gathering_tell_all(struct gathering *g);
/* One person who knows all brings it on by one event; false: nothing is to be done. */
bool gathering_go_on(struct gathering *g, struct run *run);

#endif
