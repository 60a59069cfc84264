/*
 * The exchange with one remote: a state machine that walks what is there, admits it by the one
 * door, and sends what waits. It runs on a struct http and never blocks; whoever owns it turns it
 * (exchange_turn) whenever http_run() came back.
 *
 * Its invariants are numbered on top of sync/worker.c.
 */
#ifndef MUSTER_SYNC_EXCHANGE_H
#define MUSTER_SYNC_EXCHANGE_H

#include "ops/ops.h"
#include "store/remotes.h"
#include "sync/http.h"

enum exchange_state {
        EXCHANGE_RESTING, /* until next_ms */
        EXCHANGE_FINDING, /* discovery, API root, collection */
        EXCHANGE_PULLING, /* pages */
        EXCHANGE_PUSHING, /* batches, status, reading back */
        EXCHANGE_WAITING, /* a long poll is in flight */
        EXCHANGE_OFFLINE, /* the last try failed; tries again at next_ms */
        EXCHANGE_REFUSED, /* 401, 403, 404, no trust: a person must look; tries again, but seldom */
};
const char *exchange_state_name(enum exchange_state s); /* "pulling" */

struct exchange_report { /* since exchange_open; what is held and pending: now */
        enum exchange_state state;
        int64_t sent;      /* versions that the remote has taken */
        int64_t received;  /* versions that are new here */
        int64_t merged;    /* of those: newer versions of what was held */
        int64_t refused;   /* objects of theirs that we, versions of ours that they do not take */
        int64_t held;      /* above the ceiling */
        int64_t pending;   /* that wait to be sent */
        int64_t coming;    /* new here, of a walk that goes on; 0: none does */
        int64_t next_ms;   /* when something is due; CLOCK_NONE: never again */
        int64_t synced_ms; /* the last walk that was complete; CLOCK_NONE */
        const char *error; /* NULL, or one clean sentence; borrowed until the next turn */
        bool wrote;        /* the database has something new since the last look */
};

struct exchange;
struct exchange_options {
        struct ops *ops;             /* of the thread that turns it */
        struct http *http;           /* the same */
        const struct remote *remote; /* copied */
        bool once;                   /* one complete round, then it is over; else it goes on */
        bool finds_only;             /* with `once`: over as soon as it is found what we may there;
                                        a person asks, so that it waits for nothing */
};
/* RC_DENIED: the URL must not be asked, or the file of the secret is no secret; RC_NOTFOUND: there
 * is none. */
enum rc exchange_open(const struct exchange_options *o, struct exchange **ret, struct err *err);
void exchange_close(struct exchange *x);
/* Whether the remote is set up as it was when this was opened. */
bool exchange_is_with(const struct exchange *x, const struct remote *r);
/* Starts what can be started. True while something is in flight or due now. */
bool exchange_turn(struct exchange *x);
int64_t exchange_next_ms(const struct exchange *x); /* when it must be turned again; wall time */
void exchange_look(struct exchange *x, struct exchange_report *ret);
void exchange_send_now(struct exchange *x); /* something new waits in the outbox */
/* A person asks for what is new there; what failed waits for its time all the same. */
void exchange_ask_now(struct exchange *x);
bool exchange_is_over(
        const struct exchange *x); /* `once` is done, well or not; or it was removed */

#endif
