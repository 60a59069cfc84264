/*
 * What a person decides about objects that were held back or refused on their way to a remote.
 */
#ifndef MUSTER_OPS_OUTBOX_H
#define MUSTER_OPS_OUTBOX_H

#include "ops/ops.h"

#define REMOTES_ALL 0 /* no remote has that id */

/* All versions of the object wait again; *ret_count: how many, over all remotes. RC_NOTFOUND: none
 * was held back, refused or dropped. */
enum rc ops_outbox_retry(struct ops *ops, const char *id, int64_t remote, int64_t *ret_count,
                         struct err *err);
/* The same with all that the remote refused. */
enum rc ops_outbox_retry_all(struct ops *ops, int64_t remote, int64_t *ret_count, struct err *err);
/* They never go there; what stays of it says who decided so, and why (NULL: not said). RC_NOTFOUND:
 * none waits, or was held back or refused. */
enum rc ops_outbox_drop(struct ops *ops, const char *id, int64_t remote, const char *reason,
                        int64_t *ret_count, struct err *err);

#endif
