#include "ui/rows_found.h"

#include "base/clock.h"
#include "store/query.h"

static enum rc run(const struct ui *ui, const struct kind *kind, const char *line, size_t max,
                   struct arena *a, struct query **ret, struct err *err)
{
        const struct ops *ops = ui_ops(ui);
        const struct filter_context ctx = {
                .kind = kind, .values = {.words = ops->words, .now_ms = clock_now_ms()}};
        struct filter f;
        enum rc rc = filter_read(line, &ctx, a, &f, NULL, err);
        if (rc == RC_OK)
                rc = query_open(ops->store, &f, NULL, 0, ret, err);
        return rc == RC_OK ? query_run(*ret, max, err) : rc;
}

enum rc rows_found(const struct ui *ui, const struct kind *kind, const char *line, size_t max,
                   struct arena *a, struct row **ret, size_t *ret_count, struct err *err)
{
        struct query *q = NULL;
        *ret_count = 0;
        enum rc rc = run(ui, kind, line, max, a, &q, err);
        if (rc == RC_OK)
                rc = query_page(q, 0, max, a, ret, ret_count, err);
        query_close(q);
        return rc;
}

enum rc rows_counted(const struct ui *ui, const struct kind *kind, const char *line, size_t *ret,
                     struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct query *q = NULL;
        enum rc rc = run(ui, kind, line, SIZE_MAX, &a, &q, err);
        if (rc == RC_OK)
                *ret = query_known(q);
        query_close(q);
        return rc;
}
