#include "ops/walk.h"

#include "base/mem.h"

#define PAGE 200

struct walking {
        struct query *q;
        struct arena *keep;
        enum rc (*take)(void *ctx, const struct row *row, struct arena *a, struct err *err);
        void *ctx;
};

static enum rc take_page(const struct walking *w, size_t first, struct err *err)
{
        CLEANUP(arena_finish) struct arena own = {0};
        struct arena *a = w->keep ? w->keep : &own;
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = query_page(w->q, first, PAGE, a, &rows, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = w->take(w->ctx, &rows[i], a, err);
        return rc;
}

enum rc ops_walk(struct ops *ops, const struct filter *filter, struct arena *keep,
                 enum rc (*take)(void *ctx, const struct row *row, struct arena *a,
                                 struct err *err),
                 void *ctx, struct err *err)
{
        struct walking w = {.keep = keep, .take = take, .ctx = ctx};
        enum rc rc = query_open(ops->store, filter, NULL, 0, &w.q, err);

        if (rc != RC_OK)
                return rc;
        do {
                rc = query_run(w.q, SIZE_MAX, err);
        } while (rc == RC_BUSY);
        for (size_t first = 0; rc == RC_OK && first < query_known(w.q); first += PAGE)
                rc = take_page(&w, first, err);
        query_close(w.q);
        return rc;
}
