/*
 * The desk: the one thread that writes, and the bell for those who wait.
 *
 * Jobs are put by the threads that have the connections; the desk belongs to the thread that calls
 * desk_run(). What is ready together is written in one transaction, one fsync for all. A job that
 * waits is given back when its collection has grown, when its time is over, or when the desk stops.
 * Other programs may write into the same database: so the desk asks for that while somebody waits.
 *
 * A job and its call belong to the desk from desk_put() until it calls done(), which it does as the
 * last thing.
 */
#ifndef MUSTER_HUB_DESK_H
#define MUSTER_HUB_DESK_H

#include "hub/api.h"

struct desk_job {
        struct api_call *call;
        enum api_step step; /* API_WRITE or API_WAIT */
        int64_t until_ns;   /* API_WAIT: on clock_mono_ns() */
        void (*done)(struct desk_job *job);
        struct desk_job *next; /* the desk's own */
};

struct desk;

/* `room`: as many jobs as there can be at once. Blocks SIGTERM and SIGINT, which end desk_run(): so
 * before other threads are made. */
enum rc desk_open(struct backend *b, size_t room, struct desk **ret, struct err *err);
void desk_close(struct desk *d); /* NULL is fine */

void desk_put(struct desk *d, struct desk_job *job); /* any thread */
void desk_ring(struct desk *d);                      /* any thread: look whether it is idle */

/* Works until a signal says stop; then calls stop(), gives back who waits, and works on until
 * is_idle(), at most `grace_ms`. */
struct desk_end {
        void (*stop)(void *ctx);
        bool (*is_idle)(void *ctx);
        void *ctx;
        int grace_ms;
};
enum rc desk_run(struct desk *d, const struct desk_end *end, struct err *err);
/* Gives back what is still there, as failed: nothing was written. For the thread that ran it. */
void desk_refuse(struct desk *d);

#endif
