#include "doings.h"

static const char *random_way(const struct doer *d, const struct run_step *s)
{
        switch (s->step->type) {
        case STEP_IF: return random_below(d->random, 2) ? "true" : "false";
        case STEP_WHILE: return random_below(d->random, 3) ? "leave" : "again";
        case STEP_PLAYBOOK: return d->others[random_below(d->random, 2)];
        case STEP_SWITCH:
                return s->step->branch_count
                               ? s->step->branches[random_below(d->random,
                                                                (uint32_t)s->step->branch_count)]
                                         .label
                               : "none";
        default: return "none";
        }
}

static bool is_question(const struct run_step *s)
{
        return s->step->type == STEP_IF || s->step->type == STEP_WHILE ||
               s->step->type == STEP_SWITCH;
}

/* What brings the step on. */
static void answer(const struct doer *d, struct play_event *e, const struct run_step *s)
{
        e->place = arena_strdup(d->arena, s->place);
        e->round = s->rounds;
        e->reason = "nothing else to do";
        if (run_step_to_sign(s)) {
                e->verb = PLAY_SIGN;
                e->value = s->leaves ? play_verb_row(s->leave->verb)->name : NULL;
        } else if (s->missing || s->state == STEP_IS_UNDER_WAY) {
                e->verb = PLAY_SKIP;
        } else if (is_question(s) ||
                   (s->step->type == STEP_PLAYBOOK && s->depth < 3 && random_below(d->random, 2))) {
                e->verb = s->step->branch_count || s->step->type != STEP_SWITCH ? PLAY_ANSWER
                                                                                : PLAY_SKIP;
                e->value = random_way(d, s);
        } else {
                e->verb = random_below(d->random, 6) ? PLAY_COMPLETE : PLAY_FAIL;
        }
}

static const struct run_step *random_open(const struct doer *d, const struct run *run)
{
        const struct run_step *open = NULL;
        uint32_t n = 0;

        for (size_t i = 0; i < run->live_count; i++)
                if (run_step_is_open(run->live[i]) && random_below(d->random, ++n) == 0)
                        open = run->live[i];
        return open;
}

static void leave_out(const struct doer *d, struct play_event *e, const struct run *seen)
{
        static const enum play_verb verbs[] = {PLAY_SKIP, PLAY_NOT_APPLICABLE, PLAY_FAIL};
        const struct run_step *s = seen->live[random_below(d->random, (uint32_t)seen->live_count)];

        e->verb = verbs[random_below(d->random, ARRAY_LEN(verbs))];
        e->place = arena_strdup(d->arena, s->place);
        e->reason = "not here";
}

static void give_value(const struct doer *d, struct play_event *e)
{
        bool yes = random_below(d->random, 2);

        e->verb = PLAY_SET;
        e->variable = yes ? "__yes__" : "__kind__";
        e->value = yes ? (random_below(d->random, 2) ? "true" : "false") : "b";
}

bool doing_random(const struct doer *d, const struct run *seen, struct play_event *e)
{
        const struct run_step *open = random_open(d, seen);
        uint32_t what = random_below(d->random, 12);

        if (what == 0)
                give_value(d, e);
        else if (what == 1 && seen->live_count)
                leave_out(d, e, seen);
        else if (open)
                answer(d, e, open);
        else
                return false;
        return true;
}

/* A while that goes round by itself goes on until somebody has enough of it. */
static const struct run_step *endless(const struct run_step *s)
{
        while (s && !(s->by_itself && s->rounds > 3))
                s = s->around;
        return s;
}

bool doing_onward(const struct doer *d, const struct run *seen, struct play_event *e)
{
        const struct run_step *open = random_open(d, seen);

        if (!open)
                return false;
        answer(d, e, endless(open) ? endless(open) : open);
        return true;
}
