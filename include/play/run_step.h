/*
 * A step of a run: a step of the playbook that somebody has reached, at its place (play/place.h).
 * Reached again, or in another round or branch, it is another one. Owned by the run (play/run.h).
 */
#ifndef MUSTER_PLAY_RUN_STEP_H
#define MUSTER_PLAY_RUN_STEP_H

#include "model/playbook.h"
#include "play/event.h"

enum step_state {
        STEP_IS_NOT_REACHED,
        STEP_IS_NOW,       /* a person is to do or to answer it; perhaps not before a time */
        STEP_IS_TO_SIGN,   /* completed or answered; waits for the second person */
        STEP_IS_UNDER_WAY, /* its branches are */
        STEP_IS_DONE,
        STEP_IS_FAILED,
        STEP_IS_SKIPPED,
        STEP_IS_NOT_APPLICABLE,
        STEP_IS_LEFT, /* open when the run ended */
};

/* What was said of a place, reached or not. */
struct run_said {
        const char *owner; /* NULL: nobody */
        int64_t due_ms;    /* CLOCK_NONE: as the playbook has it */
        int notes, evidence;
};

/* The value of a variable; NULL: not known. */
struct run_value {
        const char *value;
        const struct play_event *by; /* NULL: the playbook's own */
        bool conflict;               /* set by two who had not seen each other */
};

struct run_frame;
struct run_step {
        const char *place;
        const struct playbook *playbook; /* whose step it is */
        const struct step *step;
        struct run_step *around; /* in whose branch it is; NULL on the run's main line */
        int branch;              /* of that, from 0; of a while the round, from 1 */
        int depth, visit;        /* from 0; from 1 */
        size_t serial;           /* in run.steps */
        enum step_state state;
        const char *answer;             /* the way taken */
        bool by_itself;                 /* by what was known; nobody was asked */
        bool failed_inside;             /* a branch has failed */
        int branches_open;              /* of a while 1 while a round is under way */
        int rounds;                     /* of a while, begun */
        const struct playbook *inside;  /* the playbook that was taken in */
        const char *missing;            /* its hash, where it is not here */
        int64_t opened_ms;              /* reached */
        int64_t ended_ms;               /* CLOCK_NONE */
        int64_t paused_ms;              /* of the time between */
        int64_t not_before_ms;          /* of a delay; CLOCK_NONE */
        int64_t due_ms;                 /* of a timeout; CLOCK_NONE. run_step_due() */
        const struct play_event *first; /* who completed or answered it */
        const struct play_event *leave; /* who last wanted it left out, where that takes two */
        bool leaves;                    /* that waits for the second person */
        const struct play_event *ended; /* who settled it: of two persons the second */
        const struct run_said *said;    /* NULL: nothing */
        int conflicts;                  /* contradictions that nobody has looked at */
        struct run_value *values;       /* of step.variables; NULL: as the playbook has them */
        struct run_frame *frame;        /* the machine's own */
        struct run_frame *inner;        /* likewise: of the playbook that was taken in */
        size_t turn; /* likewise: the event that opened it, or its newest round */
};

/* A person is to do something: where a playbook is missing, to bring it, or to skip the step. */
bool run_step_is_open(const struct run_step *s);
/* What waits for a second person: that it was completed or answered, or is to be left out; NULL:
 * nothing does. */
const struct play_event *run_step_to_sign(const struct run_step *s);
/* Of a step that two persons settled, or one has so far, the first of them; NULL: nobody. */
const struct play_event *run_step_first(const struct run_step *s);
/* The second one's signature of this very step, not of one that ended with it; NULL: none. */
const struct play_event *run_step_second(const struct run_step *s);
bool run_step_is_settled(const struct run_step *s);
bool run_step_waits(const struct run_step *s, int64_t now_ms); /* not before a later time */
int64_t run_step_due(const struct run_step *s); /* what was said, else of the playbook */

#endif
