#include "ops/metrics.h"

#include "ops/walk.h"

static enum rc add(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        (void)a, (void)err;
        metrics_add(ctx, &row->thing, row->ref);
        return RC_OK;
}

enum rc ops_metrics(struct ops *ops, const struct filter *filter, struct metrics *m,
                    struct err *err)
{
        return ops_walk(ops, filter, NULL, add, m, err);
}
