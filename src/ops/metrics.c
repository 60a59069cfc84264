#include "ops/metrics.h"

#include "base/mem.h"
#include "store/query.h"

#define PAGE 500

static enum rc add_pages(struct query *q, struct metrics *m, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        size_t done = 0, count = 1;
        enum rc rc = RC_OK;

        arena_init(&a);
        while (rc == RC_OK && count) {
                struct row *rows = NULL;

                do {
                        rc = query_run(q, done + PAGE, err);
                } while (rc == RC_BUSY);
                if (rc == RC_OK)
                        rc = query_page(q, done, PAGE, &a, &rows, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++)
                        metrics_add(m, &rows[i].thing, rows[i].ref);
                done += count;
                arena_reset(&a);
        }
        return rc;
}

enum rc ops_metrics(struct ops *ops, const struct filter *filter, struct metrics *m,
                    struct err *err)
{
        struct query *q = NULL;
        enum rc rc = query_open(ops->store, filter, NULL, 0, &q, err);

        if (rc == RC_OK)
                rc = add_pages(q, m, err);
        query_close(q);
        return rc;
}
