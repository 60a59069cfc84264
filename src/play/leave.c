/*
 * Leaving a step out, or saying that there is nothing to do in it: of one for two persons that
 * waits for the second. So does a step around such ones, reached or not, since they are left out
 * with it.
 */
#include <stdlib.h>

#include "play_private.h"

struct looking {
        const struct playbook *playbook;
        bool *seen;
        int *next;
        size_t count;
};

static void add(void *ctx, int step)
{
        struct looking *l = ctx;

        if (l->seen[step])
                return;
        l->seen[step] = true;
        l->next[l->count++] = step;
}

/* Down its branches, not beyond it. */
static bool branches_take_two(const struct playbook *p, const struct step *around)
{
        struct looking l = {.playbook = p};
        bool found = false;

        if (!around->branch_count)
                return false;
        l.seen = xcalloc(p->step_count, sizeof(*l.seen));
        l.next = xcalloc(p->step_count, sizeof(*l.next));
        l.seen[around - p->steps] = true;
        for (size_t i = 0; i < around->branch_count; i++)
                if (around->branches[i].step >= 0)
                        add(&l, around->branches[i].step);
        while (l.count && !found) {
                const struct step *s = &p->steps[l.next[--l.count]];

                found = s->two_person;
                step_each_next(s, add, &l);
        }
        free(l.seen);
        free(l.next);
        return found;
}

static bool any_takes_two(const struct playbook *p)
{
        for (size_t i = 0; i < p->step_count; i++)
                if (p->steps[i].two_person)
                        return true;
        return false;
}

static bool takes_two(const struct run_machine *m, const struct run_step *s)
{
        for (size_t i = 0; i < m->run.live_count; i++) {
                const struct run_step *inner = m->run.live[i];

                if (play_is_inside(inner, s) &&
                    (inner->step->two_person || (inner->inside && any_takes_two(inner->inside))))
                        return true;
        }
        return branches_take_two(s->playbook, s->step);
}

static void leave_out(struct run_machine *m, struct run_step *s, enum play_verb verb)
{
        enum step_state state = verb == PLAY_SKIP ? STEP_IS_SKIPPED : STEP_IS_NOT_APPLICABLE;

        play_settle_inside(m, s, state);
        play_settle(m, s, state);
}

void play_leave(struct run_machine *m, struct run_step *s, const struct play_event *e)
{
        if (!takes_two(m, s)) {
                leave_out(m, s, e->verb);
                return;
        }
        s->leave = e;
        s->leaves = true;
        play_changed(m, s);
}

void play_sign_leave(struct run_machine *m, struct run_step *s)
{
        leave_out(m, s, s->leave->verb);
}

bool play_signs_leave(const struct play_event *e)
{
        return e->value && *e->value;
}
