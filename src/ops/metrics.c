#include "ops/metrics.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/clocks.h"

#include "ops_private.h"

#define PAGE 200

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

/* ---- the walk: incidents, then clocks where there are any ---------------------------------- */

struct metering {
        struct measuring on;
        struct ops *ops;
        struct filter clocks;
        struct query *q;
        size_t next;
        bool at_clocks;
};

enum rc metering_begin(struct ops *ops, const struct filter *filter, struct metrics *m,
                       struct metering **ret, struct err *err)
{
        struct metering *w = xcalloc(1, sizeof(*w));
        enum rc rc;

        *w = (struct metering){.on = {.m = m, .now_ms = clock_now_ms()},
                               .ops = ops,
                               .clocks = {.kind = &kind_clock, .sort_field = -1}};
        rc = query_open(ops->store, filter, NULL, 0, &w->q, err);
        if (rc == RC_OK)
                *ret = w;
        else
                metering_end(w);
        return rc;
}

void metering_end(struct metering *w)
{
        if (!w)
                return;
        query_close(w->q);
        id_set_finish(&w->on.timed);
        id_set_finish(&w->on.closed);
        free(w);
}

/* What is gone since it was found does not count. */
static enum rc take(struct metering *w, size_t position, struct arena *a, struct err *err)
{
        struct row row;
        enum rc rc = query_row(w->q, position, a, &row, err);

        if (rc == RC_NOTFOUND)
                err_clear(err);
        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        return (w->at_clocks ? add_clock : add)(&w->on, &row, a, err);
}

static enum rc take_page(struct metering *w, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        size_t end = w->next + PAGE, known = query_known(w->q);
        bool one = store_read_begin(w->ops->store);
        enum rc rc = RC_OK;

        for (; rc == RC_OK && w->next < end && w->next < known; w->next++)
                rc = take(w, w->next, &a, err);
        if (one)
                store_read_end(w->ops->store);
        return rc;
}

static enum rc go_to_clocks(struct metering *w, struct err *err)
{
        query_close(TAKE(w->q));
        w->at_clocks = true;
        w->next = 0;
        return query_open(w->ops->store, &w->clocks, NULL, 0, &w->q, err);
}

enum rc metering_step(struct metering *w, struct err *err)
{
        enum rc rc;

        if (!query_is_done(w->q)) {
                rc = query_run(w->q, SIZE_MAX, err);
                return rc == RC_OK ? RC_BUSY : rc;
        }
        if (w->next < query_known(w->q))
                rc = take_page(w, err);
        else if (w->at_clocks || !w->on.timed.count)
                return RC_OK;
        else
                rc = go_to_clocks(w, err);
        return rc == RC_OK ? RC_BUSY : rc;
}

enum rc ops_metrics(struct ops *ops, const struct filter *filter, struct metrics *m,
                    struct err *err)
{
        struct metering *w = NULL;
        bool one = store_read_begin(ops->store);
        enum rc rc = metering_begin(ops, filter, m, &w, err);

        if (rc == RC_OK)
                do {
                        rc = metering_step(w, err);
                } while (rc == RC_BUSY);
        metering_end(w);
        if (one)
                store_read_end(ops->store);
        return rc;
}
