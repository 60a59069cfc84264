/*
 * Slices, so that who writes at a console does not wait for the whole of what comes in.
 */
#include <time.h>

#include "base/process.h"

#include "ops_private.h"

static void breathe(void *ctx)
{
        process_breathe(ctx);
}

bool ops_breathe(struct ops *ops)
{
        bool console = store_console_present(ops->store);

        store_while_working(ops->store, console ? breathe : NULL, &ops->rested_ns);
        return console;
}

void ops_breathe_no_more(struct ops *ops)
{
        store_while_working(ops->store, NULL, NULL);
}

void pace_begin(struct pace *p, struct ops *ops)
{
        p->begun_ns = clock_mono_ns();
        p->console = ops_breathe(ops);
}

bool pace_slice_is_over(const struct pace *p)
{
        return p->console && clock_mono_ns() - p->begun_ns >= SLICE_NS;
}

/* Without it the next transaction would have the lock before others look again. */
void pace_rest(int64_t ns)
{
        nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
}
