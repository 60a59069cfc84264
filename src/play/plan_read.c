/*
 * What a plan says as a whole.
 */
#include <string.h>

#include "base/clock.h"
#include "play/plan.h"

/* What branches stands for what is in it. */
static bool counts(const struct plan_row *row)
{
        if (row->kind != PLAN_STEP || row->not_taken)
                return false;
        switch (row->step->type) {
        case STEP_PARALLEL:
        case STEP_IF:
        case STEP_WHILE:
        case STEP_SWITCH: return false;
        case STEP_PLAYBOOK: return !(row->run_step && row->run_step->inside);
        default: return true;
        }
}

static void count_state(struct plan_progress *p, enum step_state state)
{
        switch (state) {
        case STEP_IS_DONE: p->done++; break;
        case STEP_IS_FAILED: p->failed++; break;
        case STEP_IS_SKIPPED: p->skipped++; break;
        case STEP_IS_NOT_APPLICABLE: p->not_applicable++; break;
        case STEP_IS_NOW:
        case STEP_IS_TO_SIGN:
        case STEP_IS_UNDER_WAY: p->open++; break;
        case STEP_IS_NOT_REACHED:
        case STEP_IS_LEFT: p->left++; break;
        }
}

/* Rows of a failure's way that nobody took are no part of what is to be done. */
static bool is_optional(const struct plan *plan, size_t i, int *inside)
{
        const struct plan_row *row = &plan->rows[i];

        if (*inside >= 0 && row->depth <= *inside)
                *inside = -1;
        if (*inside < 0 && row->kind == PLAN_FAILURE)
                *inside = row->depth;
        return *inside >= 0 && !row->run_step;
}

void plan_progress(const struct plan *plan, int64_t now_ms, struct plan_progress *ret)
{
        int inside = -1;

        *ret = (struct plan_progress){0};
        for (size_t i = 0; i < plan->count; i++) {
                const struct plan_row *row = &plan->rows[i];
                bool open = row->run_step && run_step_is_open(row->run_step);

                if (is_optional(plan, i, &inside))
                        continue;
                ret->late += open && row->due_ms != CLOCK_NONE && row->due_ms < now_ms;
                if (row->kind == PLAN_STEP && row->step->mandatory && !row->not_taken)
                        ret->mandatory +=
                                row->state != STEP_IS_DONE && row->state != STEP_IS_NOT_APPLICABLE;
                if (!counts(row))
                        continue;
                ret->steps++;
                count_state(ret, row->state);
        }
}

size_t plan_find(const struct plan *plan, const char *place)
{
        for (size_t i = 0; i < plan->count; i++)
                if (plan->rows[i].place && strcmp(plan->rows[i].place, place) == 0)
                        return i;
        return SIZE_MAX;
}

size_t plan_now(const struct plan *plan)
{
        for (size_t i = 0; i < plan->count; i++)
                if (plan->rows[i].run_step && run_step_is_open(plan->rows[i].run_step))
                        return i;
        return SIZE_MAX;
}
