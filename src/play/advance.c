/*
 * The way through a playbook: what is settled leads on, until somebody must do something.
 *
 * A step that is settled names the next, which is put on the list of arrivals; a branch that ends
 * settles the step around it. Arrivals are taken in their order (open.c), so that nothing nests
 * deeper than the playbook does.
 */
#include <string.h>

#include "base/clock.h"

#include "play_private.h"

static void end_lane(struct run_machine *m, struct lane lane, const struct run_step *failed);

static void arrive(struct run_machine *m, struct lane lane, int step)
{
        m->arrivals = arena_grow(&m->arena, m->arrivals, m->arrival_count, &m->arrival_room,
                                 sizeof(*m->arrivals));
        m->arrivals[m->arrival_count++] = (struct arrival){lane, step};
}

void play_begin(struct run_machine *m)
{
        m->event = NULL;
        m->at_ms = m->run.start->at_ms;
        m->frame = play_frame(m, m->run.playbook, NULL, NULL);
        arrive(m, (struct lane){.frame = m->frame}, m->run.playbook->start);
        play_advance(m);
}

void play_advance(struct run_machine *m)
{
        for (size_t i = 0; i < m->arrival_count && m->run.state == RUN_IS_ON; i++) {
                struct arrival next = m->arrivals[i];

                if (!play_open(m, next.lane, next.step))
                        end_lane(m, next.lane, NULL);
        }
        m->arrival_count = 0;
}

/* ---- one step ------------------------------------------------------------------------------ */

void play_changed(struct run_machine *m, struct run_step *s)
{
        struct run *run = &m->run;

        if (run->changed_count && run->changed[run->changed_count - 1] == s)
                return;
        run->changed = arena_grow(&m->arena, run->changed, run->changed_count, &m->changed_room,
                                  sizeof(*run->changed));
        run->changed[run->changed_count++] = s;
}

static void stop(struct run_machine *m, struct run_step *s, enum step_state state)
{
        s->state = state;
        s->leaves = false;
        s->ended = m->event;
        s->ended_ms = m->at_ms > s->opened_ms ? m->at_ms : s->opened_ms;
        if (m->run.paused) {
                int64_t from = m->run.paused_ms > s->opened_ms ? m->run.paused_ms : s->opened_ms;

                s->paused_ms += s->ended_ms > from ? s->ended_ms - from : 0;
        }
        play_changed(m, s);
}

/* Steps become live in the order of their serial. */
static size_t live_index(const struct run *run, const struct run_step *s)
{
        size_t lo = 0, hi = run->live_count;

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;

                if (run->live[mid]->serial < s->serial)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

static int next_of(const struct step *step, enum step_state state)
{
        if (state == STEP_IS_FAILED)
                return step->on_failure >= 0 ? step->on_failure : step->on_completion;
        return step->on_success >= 0 ? step->on_success : step->on_completion;
}

void play_settle(struct run_machine *m, struct run_step *s, enum step_state state)
{
        struct run *run = &m->run;
        struct lane lane = {s->frame, s->around, s->branch};
        size_t at = live_index(run, s);
        int next = next_of(s->step, state);

        stop(m, s, state);
        memmove(&run->live[at], &run->live[at + 1],
                (run->live_count - at - 1) * sizeof(*run->live));
        run->live_count--;
        if (next >= 0)
                arrive(m, lane, next);
        else
                end_lane(m, lane, state == STEP_IS_FAILED ? s : NULL);
}

bool play_is_inside(const struct run_step *s, const struct run_step *around)
{
        while (s && s->depth > around->depth)
                s = s->around;
        return s == around;
}

void play_settle_inside(struct run_machine *m, const struct run_step *around, enum step_state state)
{
        struct run *run = &m->run;
        size_t kept = 0;

        for (size_t i = 0; i < run->live_count; i++) {
                struct run_step *s = run->live[i];

                if (s != around && play_is_inside(s, around))
                        stop(m, s, state);
                else
                        run->live[kept++] = s;
        }
        run->live_count = kept;
}

/* ---- ends ---------------------------------------------------------------------------------- */

void play_end(struct run_machine *m, enum run_state state, const char *why)
{
        struct run *run = &m->run;

        for (size_t i = 0; i < run->live_count; i++)
                stop(m, run->live[i], STEP_IS_LEFT);
        run->live_count = 0;
        run->state = state;
        run->why = why;
        run->ended_ms = m->at_ms;
}

static void end_playbook(struct run_machine *m, struct run_frame *frame,
                         const struct run_step *failed)
{
        int exception = frame->playbook->exception;

        if (failed && exception >= 0 && !frame->exception_taken) {
                frame->exception_taken = true;
                arrive(m, (struct lane){.frame = frame, .around = frame->around}, exception);
        } else if (frame->outer) {
                if (!failed)
                        play_give_back(m, frame);
                frame->around->branches_open = 0;
                frame->around->failed_inside = failed != NULL;
                play_settle(m, frame->around, failed ? STEP_IS_FAILED : STEP_IS_DONE);
        } else if (failed) {
                play_end(m, RUN_IS_FAILED,
                         arena_printf(&m->arena,
                                      "\"%s\" failed, and the playbook does not say what then",
                                      run_title(&m->run, failed, &m->arena)));
        } else {
                play_end(m, RUN_IS_DONE, NULL);
        }
}

/* failed: the step that did, NULL where it came to its end. */
static void end_lane(struct run_machine *m, struct lane lane, const struct run_step *failed)
{
        struct run_step *around = lane.around;

        if (around == lane.frame->around) {
                end_playbook(m, lane.frame, failed);
                return;
        }
        around->failed_inside |= failed != NULL;
        if (--around->branches_open > 0)
                return;
        if (around->step->type == STEP_WHILE && !around->failed_inside)
                play_ask(m, around);
        else
                play_settle(m, around, around->failed_inside ? STEP_IS_FAILED : STEP_IS_DONE);
}

/* ---- ways ---------------------------------------------------------------------------------- */

void play_enter(struct run_machine *m, struct run_step *s, struct run_frame *frame, int branch,
                int step)
{
        s->state = STEP_IS_UNDER_WAY;
        s->branches_open++;
        play_changed(m, s);
        arrive(m, (struct lane){frame, s, branch}, step);
}
