/*
 * What is different in another version of a playbook, and what a run would lose by moving to it
 * (PLAY_MOVE). A newer version is offered, never forced.
 */
#ifndef MUSTER_PLAY_DIFF_H
#define MUSTER_PLAY_DIFF_H

#include "play/run.h"

enum playbook_change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

/* One step or variable. */
struct playbook_change {
        enum playbook_change_kind kind;
        const char *id;               /* of a step; the name of a variable */
        const char *title;            /* of a step as step_title() has it; of a variable its name */
        const char *before;           /* its title in the old one; NULL: the same, or none */
        const char *number;           /* in the plan, of what is gone in the old one; NULL: none */
        const struct step *was, *now; /* NULL: there is none, or a variable */
        bool variable;
        const char *what; /* changed: "name, what to do, times"; else NULL */
};

struct playbook_diff {
        const char *head; /* what is different besides, "name, description"; NULL: nothing */
        struct playbook_change *changes; /* variables by name, then steps as they are carried out */
        size_t count;
        size_t added, removed, changed; /* of steps */
};

void playbook_diff(const struct playbook *was, const struct playbook *now, struct arena *a,
                   struct playbook_diff *ret);

/* What was applied and would not be any more, or not yet. */
struct run_loss {
        const struct play_event *event;
        const char *why; /* sentence */
};

struct run_move {
        struct run_loss *losses;
        size_t count;             /* 0: it can move without losing anything */
        struct run_loss *waiting; /* kept until their steps are reached */
        size_t waiting_count;
        enum run_state state;      /* of the run then */
        const char *const *places; /* what is to be done then */
        size_t place_count;
};

/* The run with all its events, taken by this playbook instead. */
void run_try_move(const struct run *run, const struct playbook *to, struct arena *a,
                  struct run_move *ret);

#endif
