/*
 * Closed enumerations: the few scales that rules and colours depend on, so they are code.
 * Everything else that is a list of words is data (model/words.h). The position in a list is its
 * rank: higher is worse, later or stricter.
 */
#ifndef MUSTER_MODEL_ENUMS_H
#define MUSTER_MODEL_ENUMS_H

#include <stddef.h>

/* wire: criticality 0, 1-39, 40-69, 70-89, 90-100 (incident core ef765651, Appendix B bands) */
enum severity { SEV_NONE, SEV_LOW, SEV_MEDIUM, SEV_HIGH, SEV_CRITICAL };
/* wire: investigation_status new, open, open, open, closed */
enum status { STATUS_NEW, STATUS_ACTIVE, STATUS_CONTAINED, STATUS_RECOVERING, STATUS_CLOSED };
/* FIRST TLP 2.0, August 2022; rank = restriction */
/* of a clock of law (model/clocks.h) */
enum clock_state { CLOCK_RUNNING, CLOCK_FILED, CLOCK_STOPPED, CLOCK_WAITS };
enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED };
/* What an operator may do: a lead sees to operators, keys, remotes and the unit, too. */
enum operator_role { OPERATOR_VIEWER, OPERATOR_OFFICER, OPERATOR_LEAD };

/* of what is on a roster; the order in which the facts are asked is that of model/roster.h */
enum roster_status {
        ROSTER_READY,
        ROSTER_ON_CALL,
        ROSTER_HELD,
        ROSTER_DEPLOYED,
        ROSTER_RESTING,
        ROSTER_LEAVE,
        ROSTER_MAINTENANCE,
        ROSTER_EXPIRED,
        ROSTER_UNVERIFIED
};
/* how soon somebody or something can leave, in hours: 0 at once (2 h, remote), 12, 24, 72 */
enum readiness { READY_R0, READY_R12, READY_R24, READY_R72 };
/* of a playbook: what can be done with it (wire/cacao.h); of its signature, the worst of several */
enum playbook_verdict { VERDICT_OK, VERDICT_WARN, VERDICT_VIEW_ONLY, VERDICT_REFUSED };
enum playbook_signed { SIGNED_NO, SIGNED_BY_OWN_KEY, SIGNED_UNCHECKED, SIGNED_BAD };
/* of a run, as lists show it (play/run.h) */
enum run_standing {
        RUN_RUNNING,
        RUN_PAUSED,
        RUN_WAITS, /* its playbook is not held here */
        RUN_DONE,
        RUN_FAILED,
        RUN_CANCELLED
};
/* EU classified information, Council Decision 2013/488/EU; rank = up to what it goes */
enum clearance { CLEARANCE_NONE, CLEARANCE_R_UE, CLEARANCE_C_UE, CLEARANCE_S_UE, CLEARANCE_TS_UE };

struct enum_item {
        const char *id;    /* as stored, filtered and sent: "amber+strict"  */
        const char *label; /* as shown where there is room: "AMBER+STRICT"  */
        const char *brief; /* as shown where there is none: "CRIT"          */
};

struct enum_list {
        const char *name;
        const struct enum_item *items;
        size_t count;
};

extern const struct enum_list enum_severity, enum_status, enum_tlp, enum_clock, enum_operator;
extern const struct enum_list enum_roster, enum_readiness, enum_clearance, enum_proficiency;
extern const struct enum_list enum_verdict, enum_signed, enum_run_state;
extern const struct enum_list enum_cefr; /* Common European Framework of Reference: a1 to native */

int enum_rank(const struct enum_list *list,
              const char *id); /* id or label, any case; -1 = unknown */
const char *enum_id(const struct enum_list *list, int rank); /* NULL outside the list */
const struct enum_item *enum_at(const struct enum_list *list, int rank);

#endif
