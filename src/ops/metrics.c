#include "ops/metrics.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/clocks.h"
#include "ops/walk.h"

#include "ops_private.h"

struct measuring {
        struct metrics *m;
        struct id_set timed, closed; /* incidents with clocks; those of them that are closed */
        int64_t now_ms;
};

static enum rc add(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct measuring *on = ctx;
        const struct thing *t = &row->thing;

        (void)a, (void)err;
        metrics_add(on->m, t, row->ref);
        if (!thing_has(t, CLOCK_FIELD_STARTED) && !thing_has(t, CLOCK_FIELD_FILED))
                return RC_OK;
        id_set_add(&on->timed, t->id);
        if (thing_rank(t, "status") == STATUS_CLOSED)
                id_set_add(&on->closed, t->id);
        return RC_OK;
}

static enum rc add_clock(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct measuring *on = ctx;
        const struct thing *t = &row->thing;
        const char *incident = thing_text(t, "incident"), *in_time = thing_text(t, "in_time");
        int64_t due_ms = thing_ms(t, "due");

        (void)a, (void)err;
        if (!incident || !id_set_has(&on->timed, incident))
                return RC_OK;
        if (in_time)
                metrics_add_filing(on->m, strcmp(in_time, "yes") == 0);
        else if (thing_rank(t, "state") == CLOCK_RUNNING && due_ms != CLOCK_NONE &&
                 due_ms < on->now_ms && !id_set_has(&on->closed, incident))
                metrics_add_overdue(on->m);
        return RC_OK;
}

enum rc ops_metrics(struct ops *ops, const struct filter *filter, struct metrics *m,
                    struct err *err)
{
        const struct filter clocks = {.kind = &kind_clock, .sort_field = -1};
        struct measuring on = {.m = m, .now_ms = clock_now_ms()};
        enum rc rc = ops_walk(ops, filter, NULL, add, &on, err);

        if (rc == RC_OK && on.timed.count)
                rc = ops_walk(ops, &clocks, NULL, add_clock, &on, err);
        id_set_finish(&on.timed);
        id_set_finish(&on.closed);
        return rc;
}
