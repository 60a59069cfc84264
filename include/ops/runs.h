/*
 * Runs: playbooks that people carry out (play/run.h), as things of kind `run`. Everything that is
 * done in a run is one act in one transaction, on disk before anybody sees it. What the row of a
 * run says (state, steps, next due) follows from its acts and is the same on every console.
 *
 * An open run keeps all of it in memory, so that an act costs the same after 100,000 others. It is
 * used by one thread, borrows the ops that it was opened with, and shows what was known at the last
 * ops_run_do() or ops_run_refresh(). A dry run is the same with nothing written anywhere.
 */
#ifndef MUSTER_OPS_RUNS_H
#define MUSTER_OPS_RUNS_H

#include "ops/playbooks.h"
#include "play/diff.h"
#include "play/plan.h"
#include "play/run.h"
#include "play/times.h"

struct ops_run;

/* The verb of an act on a run (model/rules.h): "complete"; "remark" is PLAY_NOTE, "value" PLAY_SET,
 * "reconcile" PLAY_SETTLE, "take-back" PLAY_UNDO, since every thing has verbs of those names. */
const char *run_act_verb(enum play_verb verb);

/* ---- starting and opening ----------------------------------------------------------------------
 */

struct run_starting {
        const char *playbook; /* id of the thing: its newest content; or NULL */
        const char *hash;     /* a content; or NULL */
        const char *incident; /* id; NULL: of none */
        const char *title;    /* NULL: the playbook's name */
        const char *despite;  /* why, though it was revoked, is not valid or has a bad signature; or
                                 NULL */
};
/* RC_INVALID: it can't be run, and why; RC_CONFLICT: it was revoked, is not yet or no more valid or
 * has a bad signature, and nobody said why it is started all the same; RC_NOTFOUND: it is not held.
 */
enum rc ops_run_start(struct ops *ops, const struct run_starting *s, char ret_id[STIX_ID_MAX],
                      struct err *err);

/* RC_NOTFOUND: no such run. A run whose playbook is not held here yet opens, too:
 * ops_run_missing().
 */
enum rc ops_run_open(struct ops *ops, const char *id, struct ops_run **ret, struct err *err);
/* Begins with nobody, ends with close: nothing of it is written. */
enum rc ops_run_try(struct ops *ops, const struct run_starting *s, struct ops_run **ret,
                    struct err *err);
void ops_run_close(struct ops_run *r); /* NULL is fine */
void ops_run_cleanup(struct ops_run **pr);

/* ---- what it shows: until the next do, undo or refresh -----------------------------------------
 */

const struct run *ops_run_state(const struct ops_run *r); /* NULL: it can't be run here */
const char *ops_run_why_missing(const struct ops_run *r); /* then: why, a sentence; else NULL */
const char *ops_run_missing(const struct ops_run *r);   /* hash of a content that is needed and not
                                                           held; NULL: none */
const struct row *ops_run_row(const struct ops_run *r); /* of a dry run without reference */
bool ops_run_is_dry(const struct ops_run *r);
/* The playbook that it is taken by now, with verdict and bytes. NULL: missing. */
const struct held_playbook *ops_run_playbook(const struct ops_run *r);
/* Hash of a newer content of its playbook that can be run; NULL: there is none. */
const char *ops_run_newer(const struct ops_run *r);

/* Takes in what others did meanwhile; *ret_changed (may be NULL) where there was something. Cheap
 * where there was nothing. */
enum rc ops_run_refresh(struct ops_run *r, bool *ret_changed, struct err *err);

/* ---- doing -------------------------------------------------------------------------------------
 */

/* What somebody does. `round` and `was` follow from what the run shows, so that two who had not
 * seen each other contradict each other instead of one overwriting the other. */
struct run_doing {
        enum play_verb verb;
        const char *place; /* NULL: the run as a whole */
        const char *variable, *value;
        const char *reason, *note; /* as typed; or NULL */
        /* evidence: a file, of which name and SHA-256 are kept; in the place of .value */
        const char *file;
        int64_t occurred_ms; /* CLOCK_NONE: now */
};
/* Whether evidence that is said so is a file: /FILE, ./FILE or ../FILE. */
bool ops_run_is_file(const char *said);
/* What is kept of a file: its name and SHA-256. In the arena. */
enum rc ops_run_evidence(const char *path, struct arena *a, const char **ret, struct err *err);
/* One act. `as`: who does it where that is another than who opened it (ops_as, a second person);
 * NULL else. RC_CONFLICT: the run does not allow it, and why; RC_INVALID: what was said. */
enum rc ops_run_do(struct ops_run *r, const struct ops *as, const struct run_doing *d,
                   struct err *err);
/* The same, several in one transaction: all or none. */
enum rc ops_run_do_all(struct ops_run *r, const struct ops *as, const struct run_doing *list,
                       size_t count, struct err *err);
/* Why ops_run_do would refuse it; NULL: it would not. Borrowed until the run changes. */
const char *ops_run_why_not(struct ops_run *r, const struct ops *as, const struct run_doing *d);
/* A sentence to be shown before it is done: the PAP of the incident forbids what touches the
 * adversary. Then a reason is needed. NULL: nothing to say. Borrowed until the run changes. */
const char *ops_run_warning(struct ops_run *r, const struct run_doing *d);

/* Takes back the newest event of this console that counts; *ret_sentence (malloc'ed, may be NULL)
 * says what. RC_NOTFOUND: there is none. */
enum rc ops_run_undo(struct ops_run *r, char **ret_sentence, struct err *err);

/* What moving to that content would do (play/diff.h). PLAY_MOVE with .value does it. In the arena.
 */
enum rc ops_run_compare(struct ops_run *r, const char *hash, struct arena *a,
                        struct playbook_diff *ret_diff, struct run_move *ret_move, struct err *err);

/* ---- of several runs ---------------------------------------------------------------------------
 */

/* The runs of an incident, newest first. In the arena. */
enum rc ops_runs_of(struct ops *ops, const char *incident, struct arena *a, struct row **ret,
                    size_t *ret_count, struct err *err);
/* How long the steps of a playbook took over all its runs that are held (play/times.h). In the
 * arena. */
enum rc ops_playbook_times(struct ops *ops, const char *playbook, struct arena *a,
                           struct times_of_book *ret, struct err *err);
/* What stands in the way of closing the incident: "RUN-0003: 2 mandatory steps are open"; NULL:
 * nothing. In the arena. */
enum rc ops_runs_open(struct ops *ops, const char *incident, struct arena *a, const char **ret,
                      struct err *err);

#endif
