/*
 * The figures of model/metrics.h over the incidents of a filter: one walk, a page at a time, and
 * one over the clocks of those that have any.
 */
#ifndef MUSTER_OPS_METRICS_H
#define MUSTER_OPS_METRICS_H

#include "model/metrics.h"
#include "ops/ops.h"

/* Adds every thing of the filter. */
enum rc ops_metrics(struct ops *ops, const struct filter *filter, struct metrics *m,
                    struct err *err);

/* The same a little at a time, for a console: what changes meanwhile counts as it is when its page
 * is read. The filter and m are borrowed. */
struct metering;
enum rc metering_begin(struct ops *ops, const struct filter *filter, struct metrics *m,
                       struct metering **ret, struct err *err);
/* A page, or a scan up to where a key waits (store_set_interrupt). RC_BUSY: call again. */
enum rc metering_step(struct metering *w, struct err *err);
void metering_end(struct metering *w); /* NULL is fine */

#endif
