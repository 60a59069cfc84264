/*
 * What a remote sends comes in by the one door, some pages at a time. Idempotent: what is held
 * changes nothing. No operator is needed, since nobody here says anything.
 */
#ifndef MUSTER_OPS_RECEIVE_H
#define MUSTER_OPS_RECEIVE_H

#include "ops/ops.h"
#include "wire/taxii.h"

struct receive_options {
        const char *from;    /* name of the remote, for the journal */
        int default_marking; /* enum tlp: what comes first from there, without a marking, counts as
                                this for good; -1: as ours */
        void (*refusal)(void *ctx, const char *sentence); /* for each object refused; or NULL */
        void *ctx;
};
struct received { /* the first four add up to the spans, unless it failed */
        int64_t created, updated, unchanged, refused;
        int64_t published; /* besides: ours, told of anew since what came changes what they are */
};

/* Many pages will follow: a bulk load, unless a console has the database open. */
enum rc ops_receive_begin(struct ops *ops, struct err *err);
/* A bad object is refused alone. One transaction, or several of 10 ms while a console has the
 * database open. RC_FAIL, RC_BUSY: what was committed stays, and *ret counts that; do it again. */
enum rc ops_receive(struct ops *ops, const struct taxii_span *spans, size_t count,
                    const struct receive_options *o, struct received *ret, struct err *err);
/* Behind the last page: looks again at what waited for a marking. */
enum rc ops_receive_end(struct ops *ops, struct err *err);
void ops_receive_stop(struct ops *ops); /* before it: nothing follows for now */

/* Whether a version of that id and time is held, whatever its content. */
bool ops_holds(struct ops *ops, const char *id, int64_t modified_ns);

#endif
