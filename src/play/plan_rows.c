/*
 * One row of a plan: what the playbook says of it, and what the run fills in.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#include "play_private.h"

struct plan_row *plan_add_row(struct walk *w, enum plan_kind kind, int depth)
{
        struct plan *plan = w->plan;
        bool full = plan->count + 1 >= PLAN_ROWS_MAX;

        if (plan->cut && full)
                return NULL;
        plan->rows = arena_grow(w->a, plan->rows, plan->count, &w->room, sizeof(*plan->rows));
        plan->rows[plan->count] = (struct plan_row){
                .kind = full ? PLAN_MORE : kind, .depth = depth, .due_ms = CLOCK_NONE};
        plan->cut |= full || kind == PLAN_MORE;
        plan->count++;
        return full ? NULL : &plan->rows[plan->count - 1];
}

void plan_add_head(struct walk *w, enum plan_kind kind, enum plan_glyph glyph, int depth,
                   const char *label, bool not_taken)
{
        struct plan_row *row = plan_add_row(w, kind, depth);

        if (!row)
                return;
        row->glyph = glyph;
        row->title = label;
        row->not_taken = not_taken;
}

static enum plan_glyph glyph_of(enum step_type type)
{
        switch (type) {
        case STEP_PARALLEL: return PLAN_PARALLEL;
        case STEP_IF:
        case STEP_SWITCH: return PLAN_CHOICE;
        case STEP_WHILE: return PLAN_ROUND;
        case STEP_PLAYBOOK: return PLAN_INSIDE;
        default: return PLAN_NO_GLYPH;
        }
}

static const char *place_of(struct walk *w, const struct strip *strip, const char *id, int visit)
{
        str_clear(&w->place);
        place_add(&w->place, strip->around_place, strip->around_type, strip->branch, id, visit);
        return str_text(&w->place);
}

static const struct run_step *step_around(const struct walk *w, const struct strip *strip)
{
        return w->run && strip->around_place ? run_step_newest(w->run, strip->around_place) : NULL;
}

const char *plan_text(const struct walk *w, const struct strip *strip, const struct step *step,
                      const struct run_step *reached, const char *text)
{
        const struct outlook o = {.run = w->run,
                                  .around = step_around(w, strip),
                                  .reached = reached,
                                  .playbook = strip->ground->playbook,
                                  .step = step};

        return text ? play_fill(&o, text, RUN_TITLE_MAX, w->a) : NULL;
}

static void fill_from_run(struct walk *w, struct plan_row *row)
{
        const struct run_step *s = w->run ? run_step_newest(w->run, row->place) : NULL;
        const struct run_said *said = s ? s->said : NULL;

        if (!s && w->run)
                said = run_said_at(w->run, row->place);
        row->owner = said ? said->owner : NULL;
        row->due_ms = said ? said->due_ms : CLOCK_NONE;
        row->kept = w->run ? run_kept_at(w->run, row->place) : NULL;
        if (!s)
                return;
        row->place = s->place;
        row->run_step = s;
        row->state = s->leaves ? STEP_IS_TO_SIGN : s->state;
        row->due_ms = run_step_due(s);
        row->times = s->rounds ? s->rounds : s->visit;
}

struct plan_row *plan_add_step(struct walk *w, const struct strip *strip, int index,
                               const struct under *under, int n)
{
        const struct step *step = &strip->ground->playbook->steps[index];
        struct plan_row *row = plan_add_row(w, PLAN_STEP, under->depth);

        if (!row)
                return NULL;
        row->glyph = glyph_of(step->type);
        row->playbook = strip->ground->playbook;
        row->step = step;
        row->place = arena_strdup(w->a, place_of(w, strip, step->id, 1));
        snprintf(row->number, sizeof(row->number), "%.48s%d", under->prefix, n);
        fill_from_run(w, row);
        row->around = step_around(w, strip);
        row->title = plan_text(w, strip, step, row->run_step, step_title(step, w->a));
        row->not_taken = under->not_taken && !row->run_step;
        row->next = under->next && !row->run_step && !row->not_taken;
        return row;
}
