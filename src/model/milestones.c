#include "model/milestones.h"

#include "base/clock.h"

static bool has(const struct thing *now, const char *field)
{
        const char *text = thing_text(now, field);

        return text && *text;
}

static bool is_triaged(const struct thing *now)
{
        return has(now, "severity") && has(now, "class") && has(now, "owner");
}

static bool is_contained(const struct thing *now)
{
        return thing_rank(now, "status") >= STATUS_CONTAINED;
}

static void look(struct milestones *m, const struct thing *now, size_t act, int64_t at_ms)
{
        bool closed = thing_rank(now, "status") == STATUS_CLOSED;

        if (!m->was_triaged && is_triaged(now)) {
                m->was_triaged = true;
                m->triaged_ms = at_ms;
                m->triaged_by = act;
        }
        if (!m->was_contained && is_contained(now)) {
                m->was_contained = true;
                m->contained_ms = at_ms;
                m->contained_by = act;
        }
        if (closed != m->was_closed)
                m->closed_ms = closed ? at_ms : CLOCK_NONE;
        m->was_closed = closed;
}

void milestones_start(struct milestones *m, const struct thing *now)
{
        *m = (struct milestones){
                .triaged_ms = CLOCK_NONE, .contained_ms = CLOCK_NONE, .closed_ms = CLOCK_NONE};
        look(m, now, SIZE_MAX, CLOCK_NONE);
}

void milestones_pass(struct milestones *m, const struct thing *now, size_t act, int64_t at_ms)
{
        look(m, now, act, at_ms);
}

void milestones_take_back(struct milestones *m, const struct thing *now, size_t act)
{
        if (m->was_triaged && m->triaged_by == act && !is_triaged(now)) {
                m->was_triaged = false;
                m->triaged_ms = CLOCK_NONE;
        }
        if (m->was_contained && m->contained_by == act && !is_contained(now)) {
                m->was_contained = false;
                m->contained_ms = CLOCK_NONE;
        }
}
