/*
 * A run: a playbook that people carry out, as what its events add up to. (run, event) -> (run',
 * what is to be done). Pure: no clock, no database; the result depends on the *set* of events, the
 * playbook and the playbooks that are found by hash.
 *
 * 1. Events are taken in their total order (hlc, console, id), each id once (of several contents
 *    the greatest). One that comes late is put in its place and all after it are taken again.
 * 2. Nothing is dropped. An event that does not fit where it stands is kept in the log as *not
 *    applied*, with a sentence. Its note counts all the same.
 * 3. A step that is reached is a *step of the run*, with a place (play/place.h). Of two answers to
 *    one the first in order holds. Where the second says otherwise it contradicts: that is counted
 *    until somebody has settled it; to have it the other way, the first is undone.
 * 4. done, skipped, not applicable -> on_success, else on_completion. Failed -> on_failure, else
 *    on_completion where no other is given, else the step around it fails likewise, once its other
 *    branches have ended; on the main line workflow_exception, once; else the playbook has failed:
 *    the run, or the playbook-action that took it in. A branch ends at an end step, or where the
 *    playbook names nothing.
 *    A two-person step is done, skipped or not applicable when another person has signed that; so
 *    is left out what such a step stands in. Until then what is to be left out can still be done.
 * 5. parallel opens all branches and joins them. if, while, switch go by what is known; where that
 *    does not answer, a person is asked: "true" "false"; "again" "leave"; the label of a case. So
 *    is who comes round a while in which nobody did anything.
 * 6. playbook-action is done by hand, or answered with the hash of a playbook, whose steps follow
 *    inside it. Where that is not here yet, what was done inside is kept until it is.
 * 7. Delay and timeout are times to be shown. They never fail a step; a pause moves them.
 * 8. An undone event is as if it never was, and the last PLAY_MOVE says which version of the
 *    playbook all events are taken by. A version has the playbook's id. An answer to a step that
 *    such a version comes to later is kept until then: what stands before it is new.
 * 9. What goes round in circles without anybody's doing, or beyond RUN_DEPTH_MAX, fails the run:
 *    wire/cacao.h says of such a playbook that it can't be run.
 */
#ifndef MUSTER_PLAY_RUN_H
#define MUSTER_PLAY_RUN_H

#include "play/run_step.h"

#define RUN_DEPTH_MAX 64
#define RUN_STEPS_MAX 500000

enum run_state { RUN_IS_ON, RUN_IS_DONE, RUN_IS_FAILED, RUN_IS_CANCELLED };

struct run_entry {
        const struct play_event *event;
        bool applied;
        bool waits;          /* not applied until its step is reached: rule 8 */
        bool counted;        /* by the version that the run was moved from; the machine's own */
        const char *why_not; /* sentence where not applied */
        const struct play_event *against; /* the answer that it contradicts, or NULL */
};

/* What a run starts from. Borrowed for as long as the run is. */
struct run_start {
        const struct playbook *playbook;
        const char *hash; /* of its content */
        const char *who;
        int64_t at_ms;
        /* A playbook by the hash of its content, or NULL; may be NULL. Borrowed like the rest. */
        const struct playbook *(*find)(void *ctx, const char *hash);
        void *ctx;
};

struct run_machine;
struct run {
        const struct run_start *start;
        const struct playbook *playbook; /* the version that it is taken by */
        const char *hash;
        const char *missing; /* hash of the version that it moved to, where that is not here */
        enum run_state state;
        bool paused;
        int64_t paused_ms; /* since when */
        const char *why;   /* failed or cancelled: a sentence */
        const char *owner; /* who leads it */
        int64_t ended_ms;  /* CLOCK_NONE */
        const struct run_said *said;
        struct run_step **steps; /* all that were reached, in that order */
        size_t step_count;
        struct run_step **live; /* those that are not settled: what is to be done, in that order */
        size_t live_count;
        struct run_step **changed; /* opened or settled by the newest event */
        size_t changed_count;
        struct run_entry *log; /* in total order */
        size_t log_count;
        size_t not_applied;
        size_t conflicts; /* contradictions and values that nobody has settled */
        struct run_machine *machine;
};

/* RC_INVALID says why it can't be run by this engine. */
enum rc run_check(const struct playbook *p, struct err *err);

struct run *run_create(const struct run_start *start);
void run_destroy(struct run *run);

/* Events are borrowed for as long as the run is; whatever the run shows holds until the next.
 * False: it is known already. Many at once cost one turn. */
bool run_apply(struct run *run, const struct play_event *event);
void run_apply_all(struct run *run, const struct play_event *const *events, size_t count);
void run_again(struct run *run); /* once more, where a playbook has come that was missing */

/* Why this event, were it the next, would not be applied; NULL where it would. Valid until the run
 * changes. */
const char *run_why_not(struct run *run, const struct play_event *event);

const struct run_step *run_step_at(const struct run *run,
                                   const char *place); /* NULL: not reached */
/* The newest visit of a place that names no visit. */
const struct run_step *run_step_newest(const struct run *run, const char *place);
const struct run_said *run_said_at(const struct run *run, const char *place); /* NULL: nothing */
/* The first answer that is kept until this place is reached (rule 8); NULL: none. */
const struct play_event *run_kept_at(const struct run *run, const char *place);
const struct run_entry *run_entry_of(const struct run *run, const char *id);

/* As the step sees it: its own, those around it, the playbook's; `step` NULL: the run's playbook.
 * NULL: not known. */
const char *run_value(const struct run *run, const struct run_step *step, const char *name);
/* With who gave it, for PLAY_SET's `was`; false: there is no such variable. */
bool run_value_read(const struct run *run, const struct run_step *step, const char *name,
                    struct run_value *ret);
/* step_title() of a step that was reached, with the values that it sees. In the arena, or the
 * step's. */
#define RUN_TITLE_MAX 1000 /* bytes */
const char *run_title(const struct run *run, const struct run_step *step, struct arena *a);

/* Canonical text of the whole; equal runs give equal bytes. */
struct str;
void run_print(const struct run *run, struct str *out);

#endif
