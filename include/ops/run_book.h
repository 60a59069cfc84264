/*
 * What the files about runs share: a run as its acts add up, with the playbooks that it needs; what
 * an act on one must say; and a run that is open (ops/runs.h).
 */
#ifndef MUSTER_OPS_RUN_BOOK_H
#define MUSTER_OPS_RUN_BOOK_H

#include "ops/runs.h"

struct admission;
struct run_book;
struct state;
struct stix_snapshot;
enum play_verb run_verb_of_act(const char *verb); /* PLAY_UNKNOWN: it is no event of a run */
/* What an act says as an event, in the arena; NULL: it is none. */
const struct play_event *run_event_of(const struct act *act, struct arena *a);

/* A run as its acts add up, with the playbooks that it needs. */
enum rc run_book_open(struct ops *ops, const struct state *st, struct run_book **ret,
                      struct err *err);
/* Of a content, begun now by the operator; nothing is written. */
enum rc run_book_try(struct ops *ops, const struct held_playbook *p, struct run_book **ret,
                     struct err *err);
void run_book_close(struct run_book *book); /* NULL is fine */
void run_book_cleanup(struct run_book **pbook);
struct run *run_book_run(const struct run_book *book); /* NULL: it can't be run here */
/* Why it can't: its playbook is not here yet, or is none that may be run; NULL: it can. */
const char *run_book_why(const struct run_book *book);
/* The one that it is taken by; NULL: missing. */
const struct held_playbook *run_book_playbook(struct run_book *book);
bool run_book_add(struct run_book *book, const struct act *act); /* false: known, or no event */
bool run_book_again(struct run_book *book); /* true: a playbook that was missing has come */
/* Contents that it waits for. In the arena. */
size_t run_book_missing(const struct run_book *book, struct arena *a, const char *const **ret);

/* run_row.c: what a run's acts add up to, into its row; nothing for other kinds. */
enum rc run_tell(struct ops *ops, const struct state *st, struct arena *a, struct row *row,
                 struct err *err);
/* Says in the fold's log which entries the run did not apply; nothing for other kinds. */
enum rc run_mark_log(struct ops *ops, struct state *st, struct arena *a, struct err *err);
/* run_steps.c: the steps of a run that were carried out, as tasks for others. Into its snapshot
 * their ids and the playbook that it is taken by; and those whose newest version says something
 * else through the door, and into the outbox where asked for. */
enum rc run_refer(struct ops *ops, const struct state *st, struct arena *a, struct stix_snapshot *s,
                  struct err *err);
enum rc run_publish_steps(struct admission *ad, const char *run, bool outbox, struct err *err);
void run_show(struct run_book *book, struct arena *a, struct row *row); /* into its row */

/* What an act of a run says besides what was asked for. */
struct run_change {
        const char *text;                 /* NULL: the act is not about a run */
        const struct act_detail *details; /* all of them, by name */
        size_t detail_count;
};
/* RC_CONFLICT: the run does not allow it. */
enum rc run_change_make(struct ops *ops, const struct state *st, const struct act *act,
                        struct arena *a, struct run_change *ret, struct err *err);

/* run_sentence.c: what the log says of an entry. */
struct run_telling {
        const struct run *run;
        const struct plan *plan;
        const struct plan_row *row;  /* NULL: none */
        const struct run_step *step; /* NULL: not reached, or none */
        enum play_verb verb;
        const char *value, *variable, *who, *note, *reason; /* each may be NULL */
};
const char *run_sentence(const struct run_telling *t, struct arena *a); /* in the arena */

/* ops_run_warning(). In the arena. */
const char *run_warning(struct ops *ops, const struct state *st, enum play_verb verb,
                        const char *place, struct arena *a);

/* What the opening of a run says besides: all as typed, NULL where nothing was. */
struct run_asked {
        const char *playbook, *content, *incident, *despite;
};
struct run_opening {
        const char *playbook, *content, *title, *tlp; /* tlp: NULL, none */
};
/* RC_INVALID: it can't be run; RC_CONFLICT: only with a reason. */
enum rc run_opening_make(struct ops *ops, const struct run_asked *r, struct arena *a,
                         struct run_opening *ret, struct err *err);

#endif
