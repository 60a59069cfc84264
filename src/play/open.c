/*
 * A step is reached.
 */
#include "base/clock.h"

#include "play_private.h"

/* Follows start steps, of which a playbook could have a circle. -1: the lane ends. */
static int first_to_do(const struct playbook *p, int step)
{
        for (size_t i = 0; i <= p->step_count && step >= 0; i++) {
                const struct step *s = &p->steps[step];

                if (s->type == STEP_END)
                        return -1;
                if (s->type != STEP_START)
                        return step;
                step = s->on_completion >= 0 ? s->on_completion : s->on_success;
        }
        return -1;
}

static const char *write_place(struct run_machine *m, const struct lane *lane, const char *id,
                               int visit)
{
        const struct run_step *around = lane->around;

        str_clear(&m->place);
        place_add(&m->place, around ? around->place : NULL,
                  around ? around->step->type : STEP_UNKNOWN, lane->branch, id, visit);
        return str_text(&m->place);
}

static const char *too_much(const struct run_machine *m, const struct lane *lane)
{
        if (lane->around && lane->around->depth >= RUN_DEPTH_MAX)
                return "its steps lie too deep in one another";
        if (m->run.step_count >= RUN_STEPS_MAX)
                return "it has too many steps";
        return m->place.over ? "the ids of its steps are too long" : NULL;
}

static void set_times(struct run_step *s)
{
        const struct step *step = s->step;

        s->ended_ms = s->not_before_ms = s->due_ms = CLOCK_NONE;
        if (step->delay_ms > 0)
                s->not_before_ms = s->opened_ms + step->delay_ms;
        if (step->timeout_ms > 0)
                s->due_ms = s->opened_ms + step->delay_ms + step->timeout_ms;
}

static void list(struct run_machine *m, struct run_step *s)
{
        struct run *run = &m->run;

        run->steps = arena_grow(&m->arena, run->steps, run->step_count, &m->step_room,
                                sizeof(*run->steps));
        run->live = arena_grow(&m->arena, run->live, run->live_count, &m->live_room,
                               sizeof(*run->live));
        s->serial = run->step_count;
        run->steps[run->step_count++] = s;
        run->live[run->live_count++] = s;
        play_changed(m, s);
}

static struct run_step *make(struct run_machine *m, const struct lane *lane, int index,
                             struct spot *first, int visit)
{
        struct run_step *s = arena_alloc(&m->arena, sizeof(*s));
        const struct playbook *p = lane->frame->playbook;
        struct spot *spot = first;

        if (visit > 1)
                spot = play_spot(m, write_place(m, lane, p->steps[index].id, visit));
        *s = (struct run_step){.place = spot->place,
                               .playbook = p,
                               .step = &p->steps[index],
                               .around = lane->around,
                               .branch = lane->branch,
                               .depth = lane->around ? lane->around->depth + 1 : 0,
                               .visit = visit,
                               .state = STEP_IS_NOW,
                               .opened_ms = m->at_ms,
                               .said = spot->is_said ? &spot->said : NULL,
                               .frame = lane->frame,
                               .turn = m->turn};
        spot->step = s;
        first->newest = s;
        set_times(s);
        list(m, s);
        return s;
}

static void start(struct run_machine *m, struct run_step *s)
{
        switch (s->step->type) {
        case STEP_PARALLEL:
                for (size_t i = 0; i < s->step->branch_count; i++)
                        play_enter(m, s, s->frame, (int)i, s->step->branches[i].step);
                if (!s->step->branch_count)
                        play_settle(m, s, STEP_IS_DONE);
                break;
        case STEP_IF:
        case STEP_WHILE:
        case STEP_SWITCH: play_ask(m, s); break;
        default: break;
        }
}

/* Whether it was there before in this turn: beside itself or around itself. */
static bool is_circle(const struct run_machine *m, const struct lane *lane, const struct step *step,
                      const struct spot *spot)
{
        const struct run_step *s = lane->around;

        if (spot->newest && spot->newest->turn == m->turn)
                return true;
        while (s && s->step != step)
                s = s->around;
        return s && s->turn == m->turn;
}

bool play_open(struct run_machine *m, struct lane lane, int step)
{
        int index = first_to_do(lane.frame->playbook, step);
        const char *why, *place;
        struct spot *spot;

        if (index < 0)
                return false;
        place = write_place(m, &lane, lane.frame->playbook->steps[index].id, 1);
        why = too_much(m, &lane);
        if (why) {
                play_end(m, RUN_IS_FAILED, why);
                return true;
        }
        spot = play_spot(m, place);
        if (is_circle(m, &lane, &lane.frame->playbook->steps[index], spot))
                play_end(m, RUN_IS_FAILED, "its steps go round in circles without anybody's doing");
        else
                start(m, make(m, &lane, index, spot, spot->newest ? spot->newest->visit + 1 : 1));
        return true;
}
