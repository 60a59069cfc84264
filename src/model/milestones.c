#include "model/milestones.h"

#include "base/clock.h"

static bool has(const struct thing *now, const char *field)
{
        const char *text = thing_text(now, field);

        return text && *text;
}

static void look(struct milestones *m, const struct thing *now, int64_t at_ms)
{
        int status = thing_rank(now, "status");
        bool closed = status == STATUS_CLOSED;

        if (!m->was_triaged && has(now, "severity") && has(now, "class") && has(now, "owner")) {
                m->was_triaged = true;
                m->triaged_ms = at_ms;
        }
        if (!m->was_contained && status >= STATUS_CONTAINED) {
                m->was_contained = true;
                m->contained_ms = at_ms;
        }
        if (closed != m->was_closed)
                m->closed_ms = closed ? at_ms : CLOCK_NONE;
        m->was_closed = closed;
}

void milestones_start(struct milestones *m, const struct thing *now)
{
        *m = (struct milestones){
                .triaged_ms = CLOCK_NONE, .contained_ms = CLOCK_NONE, .closed_ms = CLOCK_NONE};
        look(m, now, CLOCK_NONE);
}

void milestones_pass(struct milestones *m, const struct thing *now, int64_t at_ms)
{
        look(m, now, at_ms);
}
