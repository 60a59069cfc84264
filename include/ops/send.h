/*
 * What of ours goes to a remote: which things must be told of beside their acts, in which order,
 * and what must stay.
 */
#ifndef MUSTER_OPS_SEND_H
#define MUSTER_OPS_SEND_H

#include "ops/ops.h"
#include "store/versions.h"

/* Our own things that these acts are about, as ordinary STIX for others: their newest snapshots,
 * made where what they say has changed, and put into the outbox. In the arena. */
enum rc ops_publish(struct ops *ops, const struct version *acts, size_t count, struct arena *a,
                    struct version **ret, size_t *ret_count, struct err *err);

/* What the others name and no outbox holds: our identity, and of the definitions that are built in
 * those in use. Their vid is 0. In the arena. */
enum rc ops_companions(struct ops *ops, const struct version *list, size_t count, struct arena *a,
                       struct version **ret, size_t *ret_count, struct err *err);

/* RC_DENIED: it is above the ceiling; RC_INVALID: nobody could read it. The sentence says why. */
enum rc ops_may_send(struct ops *ops, const struct version *v, int ceiling, struct err *err);

/* For qsort: what is referred to before what refers, then by id and time. */
int ops_send_order(const struct version *a, const struct version *b);

#endif
