/*
 * Machines: kinds whose state moves along arrows and no other way. The arrows are data; the guards
 * of model/rules.h ask them, so that nothing but an arrow, an undo and the settling of a conflict
 * changes a state. Requests for support follow Regulation (EU) 2025/38 (Cyber Solidarity Act),
 * Chapter III; deployments the practice of PESCO CRRT and the Union Civil Protection Mechanism.
 * Pure.
 */
#ifndef MUSTER_MODEL_MACHINE_H
#define MUSTER_MODEL_MACHINE_H

#include <stdint.h>

#include "model/act.h"
#include "model/rules.h"

#define MACHINE_FIELD "state"

enum request_state {
        REQUEST_DRAFT,
        REQUEST_SUBMITTED,
        REQUEST_RETURNED,
        REQUEST_ASSESSING,
        REQUEST_APPROVED,
        REQUEST_PARTIAL,
        REQUEST_REFUSED,
        REQUEST_OFFERED,
        REQUEST_ACCEPTED,
        REQUEST_AGREED,
        REQUEST_ACTIVE,
        REQUEST_ENDED,
        REQUEST_REPORTED,
        REQUEST_CLOSED,
        REQUEST_WITHDRAWN,
        REQUEST_EXPIRED
};

enum deployment_state {
        DEPLOYMENT_PLANNED,
        DEPLOYMENT_ALERTED,
        DEPLOYMENT_CONFIRMED,
        DEPLOYMENT_MOBILISING,
        DEPLOYMENT_IN_TRANSIT,
        DEPLOYMENT_ON_SITE,
        DEPLOYMENT_REMOTE_READY,
        DEPLOYMENT_OPERATIONAL,
        DEPLOYMENT_HANDING_OVER,
        DEPLOYMENT_DEMOBILISING,
        DEPLOYMENT_RETURNED,
        DEPLOYMENT_RESTING,
        DEPLOYMENT_CLOSED,
        DEPLOYMENT_DECLINED,
        DEPLOYMENT_STOOD_DOWN,
        DEPLOYMENT_RECALLED,
        DEPLOYMENT_SUSPENDED
};

extern const struct enum_list enum_request_state, enum_deployment_state;

#define MACHINE_STAYS (-1) /* the verb may be done there and leaves the state as it is */

/* A verb may have several: what one state lets it do differs from what another does. */
struct arrow {
        const char *verb;
        uint32_t from;       /* bit i: the state of rank i */
        int to;              /* rank, or MACHINE_STAYS     */
        const char *why_not; /* elsewhere: "it is not submitted"; the first of a verb counts */
};

/* What an act of a verb says besides what was asked for, and is not applied without. One of value,
 * as, or a time: the act's, or that of the field `since`, and so long after it; another time may be
 * said in its place. */
struct machine_says {
        const char *verb;
        int to; /* only where it leads there; MACHINE_STAYS: always */
        const char *field;
        const char *value; /* "" takes it away               */
        const char *as;    /* what this field says now       */
        const char *since; /* NULL = the time of the act     */
        int hours;         /* after it                       */
        bool of_people;    /* nothing after it where only equipment goes */
        const char *span;  /* a FIELD_COUNT that says how long, in place of hours; where neither
                              says anything nothing is said */
};

/* A time that is owed while it is in one of these states. */
struct machine_due {
        const char *field;
        uint32_t states;
};

struct machine {
        const struct kind *kind;
        const struct enum_list *states;
        int first; /* where it begins; so is what has no state */
        const struct arrow *arrows;
        size_t arrow_count;
        const struct machine_says *says;
        size_t says_count;
        const struct machine_due *dues;
        size_t due_count;
        uint32_t over; /* bit i: in the state of rank i nobody has to do anything more */
        /* What forms may change in the state that it is in, and what a new one may begin with:
         * NULL, or why not. Borrowed. */
        const char *(*may_change)(const struct thing *now, const struct act *act);
};

extern const struct machine machine_request, machine_deployment;

const struct machine *machine_of(const struct kind *kind); /* NULL: the kind has none */
int machine_state(const struct machine *m, const struct thing *now);
int machine_rank(const struct machine *m, const char *text); /* NULL and "": the first; -1 = none */

/* The one state that the verb leads to from here; MACHINE_STAYS where it moves nothing, may not be
 * done, or leads to several. */
int machine_to(const struct machine *m, const char *verb, const struct thing *now);

/* For model/rules.h: NULL, or why not. Borrowed. */
const char *machine_may_not(const struct verb *verb, const struct thing *now);
const char *machine_why_not(const struct verb *verb, const struct thing *now,
                            const struct act *act);

/* Whether undoing an act may change the state from what it is now to `back`: along an arrow of its
 * verb, and while nothing else has moved it. NULL, or why not. Borrowed. */
const char *machine_undo_why_not(const struct machine *m, const struct act *undone, int now,
                                 int back);

/* What is due first, and the field that says so; CLOCK_NONE, NULL = nothing, or the kind has no
 * machine. Borrowed. */
int64_t machine_due_ms(const struct thing *now, const struct field **ret);

/* What a row says for an act at this time, "" to take away; NULL = nothing. Borrowed or in the
 * arena. */
const char *machine_say(const struct machine_says *row, const struct thing *now, int64_t act_ms,
                        struct arena *a);

/* The time that an act of the verb would say for the field if nobody said another; CLOCK_NONE =
 * none. */
int64_t machine_says_ms(const struct machine *m, const char *verb, const char *field,
                        const struct thing *now, int64_t act_ms);

/* Whether a field of a request is part of what is submitted, and confirmed by a second person. */
bool request_is_sent(const char *field);

#endif
