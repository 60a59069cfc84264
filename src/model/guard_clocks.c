/*
 * Guards of start, stop and file. What needs the law is asked where the act is made (ops).
 */
#include "model/after.h"
#include "model/clocks.h"
#include "model/guards.h"

const char *guard_start(const struct thing *now, const struct act *act)
{
        (void)now;
        return act_moves(act, CLOCK_FIELD_STARTED, false) ? NULL : "it does not say which clock";
}

const char *guard_stop(const struct thing *now, const struct act *act)
{
        (void)now;
        return act_moves(act, CLOCK_FIELD_STARTED, true) ? NULL : "it does not say which clock";
}

/* A filing that is still to come is none. Before it is recorded an act has no time of it. */
const char *guard_file(const struct thing *now, const struct act *act)
{
        (void)now;
        if (!act_moves(act, CLOCK_FIELD_FILED, false))
                return "it does not say what was filed";
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *element = &act->elements[i];
                struct clock_element e;

                if (element->remove || !clock_element_read(element->item, &e))
                        continue;
                if (act->created_ms > 0 && e.filed_ms > act->created_ms)
                        return "it was not filed yet when this was written";
        }
        return NULL;
}
