/*
 * What somebody did in a run of a playbook: an event. Each is told by one act (model/act.h), and
 * like acts they are a set: order, repetition and route of arrival do not matter (play/run.h).
 */
#ifndef MUSTER_PLAY_EVENT_H
#define MUSTER_PLAY_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum play_verb {
        PLAY_COMPLETE,       /* the step is done; a two-person step waits for PLAY_SIGN then */
        PLAY_FAIL,           /* it was tried and did not work */
        PLAY_SKIP,           /* it is left out; so is all that is open inside it */
        PLAY_NOT_APPLICABLE, /* there is nothing to do here */
        PLAY_SIGN,           /* by a second person, of what was completed or answered; with the name
                                of PLAY_SKIP or PLAY_NOT_APPLICABLE as .value, that it is left out */
        PLAY_ANSWER,         /* .value: which way on, see play/run.h */
        PLAY_SET,            /* .variable gets .value */
        PLAY_OWNER,          /* .value is to do it; "": nobody */
        PLAY_DUE,            /* .value: a stamp; "": as the playbook has it */
        PLAY_NOTE,           /* .note */
        PLAY_EVIDENCE,       /* .value: a reference, or a file's name and hash; .note */
        PLAY_HAND_OVER,      /* the run, and what its giver had open, to .value; or one step */
        PLAY_PAUSE,          /* over a shift: due times wait; a console takes no answers then, but
                                what others had answered counts */
        PLAY_RESUME,
        PLAY_CANCEL, /* ends the run */
        PLAY_SETTLE, /* the contradictions at this place were looked at; what holds, holds */
        PLAY_UNDO,   /* the event .value counts no more */
        PLAY_MOVE,   /* on to another version of the playbook: .value, the hash of its content */
        PLAY_UNKNOWN
};

struct play_event {
        const char *id;      /* of the act */
        const char *console; /* 16 hex digits */
        int64_t hlc;
        const char *who;
        int64_t at_ms; /* when it happened */
        enum play_verb verb;
        const char *place;    /* the step, see play/place.h; NULL: the run as a whole */
        const char *variable; /* "__v__" */
        const char *value;
        const char *reason;
        const char *note; /* kept with the place, also where the event is not applied */
        const char *was;  /* PLAY_SET: id of the event whose value its author saw, or NULL */
        int round; /* of a while: how many had begun when it was asked; who answers or signs, does
                      it for that question */
};

/* What a verb needs besides who and when. */
struct play_verb_row {
        const char *name; /* "not-applicable" */
        bool step, run;   /* is of a step, of the run; both: of either */
        bool reason;      /* says why */
        bool value;       /* has a value, though it may be empty */
        bool outcome;     /* settles a step: two that differ contradict each other */
        bool after_end;   /* also when the run has ended */
};

const struct play_verb_row *play_verb_row(enum play_verb verb); /* NULL for PLAY_UNKNOWN */
enum play_verb play_verb_of(const char *name);

/* Total order: (hlc, console, id). */
int play_event_compare(const struct play_event *a, const struct play_event *b);
/* The total order, then every other member. */
int play_event_compare_all(const struct play_event *a, const struct play_event *b);

#endif
