#include "ops/closing.h"

#include "base/clock.h"

#include "ops_private.h"

void closing_list_make(struct ops *ops, const struct folded *f, struct arena *a,
                       struct closing_list *ret)
{
        const char *running = clocks_running(ops, f, a);

        ret->count = closing_open(&f->thing, clock_now_ms(), ret->sentences);
        if (running)
                ret->sentences[ret->count++] = arena_printf(a, "not filed yet: %s", running);
}

enum rc ops_still_open(struct ops *ops, const char *id, struct arena *a, struct closing_list *ret,
                       struct err *err)
{
        struct state st;
        enum rc rc = state_load(ops, id, CLOCK_NONE, a, &st, err);

        if (rc == RC_OK)
                closing_list_make(ops, &st.folded, a, ret);
        return rc;
}
