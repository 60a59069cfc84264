/*
 * The one thread of the console: it owns an SQLite connection, a struct http and an exchange per
 * remote. It speaks to the loop by messages that hold ids and numbers, never pointers into its
 * state, and by an eventfd that poll() watches.
 */
#ifndef MUSTER_SYNC_WORKER_H
#define MUSTER_SYNC_WORKER_H

#include "sync/exchange.h"

struct worker;

/* How it stands with a remote now. The newest one counts; some may be left out. */
struct worker_news {
        int64_t remote; /* 0: of the thread itself: then `error` says why it has ended */
        char name[64];
        enum exchange_state state;
        int64_t sent, received, merged, refused; /* since the thread began */
        int64_t held, pending, coming;           /* now */
        int64_t next_ms, synced_ms;              /* CLOCK_NONE */
        bool wrote;                              /* the database has something new */
        char error[256];                         /* "" while all is well */
};

struct worker_options {
        const struct ops_options *ops; /* how the thread opens its own connection; copied, what it
                                          points to is borrowed until worker_stop() */
};
enum rc worker_start(const struct worker_options *o, struct worker **ret, struct err *err);
void worker_stop(struct worker *w); /* waits for the transaction that runs, not for the network */
int worker_fd(const struct worker *w);                       /* readable: there is news */
bool worker_take(struct worker *w, struct worker_news *ret); /* false: no more; never blocks */
void worker_nudge(struct worker *w); /* ours has something to send, or remotes were changed */

/* A person asks: what is new is got now, one that refused us is tried anew with the secret as its
 * file has it now. */
void worker_ask(struct worker *w);

#endif
