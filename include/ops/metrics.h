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

#endif
