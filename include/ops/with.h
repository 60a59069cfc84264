/*
 * The acts that go with another: what follows for other things, written before it in its
 * transaction, and undone together with it. For the files of the verbs.
 */
#ifndef MUSTER_OPS_WITH_H
#define MUSTER_OPS_WITH_H

#include "ops/ops.h"

struct act;
struct admission;
struct state;
struct verb;

struct with {
        struct admission *ad;
        const struct state *st; /* what the act is on */
        const struct verb *verb;
        int64_t occurred_ms;
        struct act *act; /* not yet written; it names what went with it */
        struct arena *a;
};
enum rc with_do(const struct with *w, struct err *err);

/* An act as it was asked for and judged, not yet written: src/ops/do.c */
enum rc do_make(const struct admission *ad, const struct verb *verb, const struct ops_request *r,
                const struct state *st, struct arena *a, struct act *ret, struct err *err);

#endif
