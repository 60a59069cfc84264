#include "ops/closing.h"

#include "base/clock.h"
#include "ops/runs.h"

#include "ops_private.h"

enum rc closing_list_make(struct ops *ops, const struct folded *f, struct arena *a,
                          struct closing_list *ret, struct err *err)
{
        const char *running = clocks_running(ops, f, a), *runs = NULL;
        enum rc rc = ops_runs_open(ops, f->thing.id, a, &runs, err);

        ret->count = closing_open(&f->thing, clock_now_ms(), ret->sentences);
        if (running)
                ret->sentences[ret->count++] = arena_printf(a, "not filed yet: %s", running);
        if (rc == RC_OK && runs)
                ret->sentences[ret->count++] = runs;
        return rc;
}

enum rc ops_still_open(struct ops *ops, const char *id, struct arena *a, struct closing_list *ret,
                       struct err *err)
{
        struct state st;
        enum rc rc = state_load(ops, id, CLOCK_NONE, a, &st, err);

        return rc == RC_OK ? closing_list_make(ops, &st.folded, a, ret, err) : rc;
}
