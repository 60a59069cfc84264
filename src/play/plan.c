/*
 * The rows of a plan, laid out by walking the playbook: down a chain of steps to its end, and into
 * the branches of each. A *lane* is a chain with the ways that failures take from it: within one a
 * step has one row, however many ways lead to it, and what leads there again is a goto. A lane that
 * nobody has reached does not repeat what stands elsewhere.
 */
#include "play/plan.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#include "play_private.h"

#define NAMED_BRANCHES_MAX 64

static void lay_chain(struct walk *w, struct strip *strip, int step, struct under under);
static void lay_inside(struct walk *w, const struct strip *strip, const struct plan_row *row);

/* ---- marks --------------------------------------------------------------------------------- */

static bool is_marked(const struct strip *strip, int step)
{
        return strip->ground->marks[step].chain >= strip->first_chain;
}

static void mark(struct walk *w, struct strip *strip, int step, unsigned chain)
{
        struct ground *g = strip->ground;

        g->undo = arena_grow(w->a, g->undo, g->undo_count, &g->undo_room, sizeof(*g->undo));
        g->undo[g->undo_count++] = (struct undo){step, g->marks[step]};
        g->marks[step] = (struct mark){.chain = chain};
}

static int next_of(const struct step *s)
{
        return s->on_success >= 0 && s->type != STEP_START ? s->on_success : s->on_completion;
}

/* The whole chain at once, so that a way that comes back to it is known for one. */
static unsigned mark_chain(struct walk *w, struct strip *strip, int step)
{
        const struct playbook *p = strip->ground->playbook;
        unsigned chain = ++w->chains;

        while (step >= 0 && p->steps[step].type != STEP_END && !is_marked(strip, step)) {
                mark(w, strip, step, chain);
                step = next_of(&p->steps[step]);
        }
        return chain;
}

static void add_goto(struct walk *w, int depth, int step, bool not_taken)
{
        struct plan_row *row = plan_add_row(w, PLAN_GOTO, depth);

        if (!row)
                return;
        row->not_taken = not_taken;
        w->ways = arena_grow(w->a, w->ways, w->way_count, &w->way_room, sizeof(*w->ways));
        w->ways[w->way_count++] = (struct way_to){w->plan->count - 1, step};
}

static void find_ways(struct walk *w, const struct strip *strip, size_t first)
{
        const struct ground *g = strip->ground;

        for (size_t i = first; i < w->way_count; i++) {
                struct plan_row *row = &w->plan->rows[w->ways[i].row];
                int step = w->ways[i].step;
                size_t to = is_marked(strip, step) ? g->marks[step].row : 0;

                to = to ? to : g->laid[step];
                if (to) {
                        row->to = to - 1;
                        row->title = w->plan->rows[row->to].title;
                        memcpy(row->number, w->plan->rows[row->to].number, sizeof(row->number));
                } else {
                        row->kind = PLAN_MORE;
                }
        }
        w->way_count = first;
}

/* ---- chains -------------------------------------------------------------------------------- */

static bool is_open(const struct plan_row *row)
{
        return row->run_step && run_step_is_open(row->run_step);
}

static void lay_failure(struct walk *w, struct strip *strip, const struct plan_row *row)
{
        const struct step *step = row->step;
        int way = step->on_failure >= 0 ? step->on_failure : step->on_completion;
        struct under under = {.depth = row->depth + 2,
                              .not_taken = row->not_taken ||
                                           (row->run_step && run_step_is_settled(row->run_step) &&
                                            row->state != STEP_IS_FAILED)};

        if (way < 0 || way == next_of(step))
                return;
        snprintf(under.prefix, sizeof(under.prefix), "%.48s-", row->number);
        plan_add_head(w, PLAN_FAILURE, PLAN_ON_FAILURE, row->depth + 1, NULL, under.not_taken);
        lay_chain(w, strip, way, under);
}

/* A step, and all that hangs on it. False: no more rows. */
static bool lay_step(struct walk *w, struct strip *strip, int step, const struct under *under,
                     int n, bool *ret_open)
{
        const struct plan_row *added = plan_add_step(w, strip, step, under, n);
        struct plan_row row;

        if (!added)
                return false;
        row = *added;
        strip->ground->laid[step] = w->plan->count;
        lay_inside(w, strip, &row);
        lay_failure(w, strip, &row);
        *ret_open = is_open(&row);
        return true;
}

/* Whether it has its row elsewhere. */
static bool is_elsewhere(const struct strip *strip, int step, unsigned chain)
{
        const struct ground *g = strip->ground;

        return g->marks[step].chain != chain || g->marks[step].row ||
               (!strip->reached && g->laid[step]);
}

static void lay_chain(struct walk *w, struct strip *strip, int step, struct under under)
{
        struct ground *g = strip->ground;
        unsigned chain = mark_chain(w, strip, step);
        int n = 1;

        if (under.depth > PLAN_DEPTH_MAX) {
                plan_add_row(w, PLAN_MORE, under.depth);
                return;
        }
        while (step >= 0 && g->playbook->steps[step].type != STEP_END) {
                const struct step *s = &g->playbook->steps[step];

                if (is_elsewhere(strip, step, chain)) {
                        add_goto(w, under.depth, step, under.not_taken);
                        return;
                }
                g->marks[step].row = w->plan->count + 1;
                if (s->type != STEP_START && !lay_step(w, strip, step, &under, n++, &under.next))
                        return;
                step = next_of(s);
        }
}

/* ---- lanes --------------------------------------------------------------------------------- */

static void lay_exception(struct walk *w, struct strip *strip, const struct under *under)
{
        int exception = strip->ground->playbook->exception;
        struct under inner = {.depth = under->depth + 1, .not_taken = under->not_taken};

        if (exception < 0 || is_marked(strip, exception))
                return;
        snprintf(inner.prefix, sizeof(inner.prefix), "%.48sE", under->prefix);
        plan_add_head(w, PLAN_FAILURE, PLAN_ON_FAILURE, under->depth, NULL, under->not_taken);
        lay_chain(w, strip, exception, inner);
}

static void lay_lane(struct walk *w, struct strip *strip, int step, const struct under *under)
{
        struct ground *g = strip->ground;
        size_t undo = g->undo_count, ways = w->way_count;

        strip->first_chain = w->chains + 1;
        lay_chain(w, strip, step, *under);
        if (!strip->around_place || strip->around_type == STEP_PLAYBOOK)
                lay_exception(w, strip, under);
        find_ways(w, strip, ways);
        while (g->undo_count > undo) {
                g->undo_count--;
                g->marks[g->undo[g->undo_count].step] = g->undo[g->undo_count].mark;
        }
}

static struct ground *new_ground(struct walk *w, const struct playbook *p)
{
        struct ground *g = arena_alloc(w->a, sizeof(*g));

        g->playbook = p;
        g->marks = arena_array(w->a, p->step_count + 1, sizeof(*g->marks));
        g->laid = arena_array(w->a, p->step_count + 1, sizeof(*g->laid));
        return g;
}

/* ---- branches ------------------------------------------------------------------------------ */

static bool is_taken(const struct run_step *s, const struct step_branch *branch)
{
        if (!s || s->step->type == STEP_PARALLEL)
                return s != NULL;
        return s->answer && branch->label && s->state != STEP_IS_TO_SIGN &&
               strcmp(s->answer, branch->label) == 0;
}

/* That way is not gone any more. */
static bool is_passed(const struct run_step *s, bool taken)
{
        return s && !taken && !run_step_is_open(s);
}

static void add_letters(char *out, size_t size, const char *number, size_t branch)
{
        if (branch < 26)
                snprintf(out, size, "%.48s%c.", number, (char)('a' + branch));
        else
                snprintf(out, size, "%.46s%c%c.", number, (char)('a' + branch / 26 % 26),
                         (char)('a' + branch % 26));
}

/* The end that a branch leads to, as long as nothing branches; -1: none. */
static int end_of(const struct playbook *p, int at)
{
        for (size_t n = 0; at >= 0 && n <= p->step_count; n++) {
                if (p->steps[at].type == STEP_END)
                        return at;
                at = next_of(&p->steps[at]);
        }
        return -1;
}

/* Branches of a parallel step have no labels: where each leads to an end of its own, its name. */
static const char *label_of(const struct walk *w, const struct strip *strip, const struct step *s,
                            size_t i)
{
        const struct playbook *p = strip->ground->playbook;
        int end = end_of(p, s->branches[i].step);

        if (s->branches[i].label || s->branch_count > NAMED_BRANCHES_MAX || end < 0)
                return s->branches[i].label;
        for (size_t n = 0; n < s->branch_count; n++)
                if (n != i && end_of(p, s->branches[n].step) == end)
                        return NULL;
        return plan_text(w, strip, &p->steps[end], NULL, p->steps[end].name);
}

static void lay_branch(struct walk *w, const struct strip *strip, const struct plan_row *row,
                       size_t i)
{
        const struct step_branch *branch = &row->step->branches[i];
        bool taken = is_taken(row->run_step, branch);
        struct strip inner = {.ground = strip->ground,
                              .around_place = row->place,
                              .around_type = row->step->type,
                              .branch = (int)i,
                              .reached = taken};
        struct under under = {.depth = row->depth + 2,
                              .next = is_open(row),
                              .not_taken = row->not_taken || is_passed(row->run_step, taken)};

        if (branch->step < 0)
                return;
        add_letters(under.prefix, sizeof(under.prefix), row->number, i);
        plan_add_head(w, PLAN_BRANCH, row->glyph, row->depth + 1, label_of(w, &inner, row->step, i),
                      under.not_taken);
        lay_lane(w, &inner, branch->step, &under);
}

static void lay_round(struct walk *w, const struct strip *strip, const struct plan_row *row)
{
        int rounds = row->run_step ? row->run_step->rounds : 0;
        struct strip inner = {.ground = strip->ground,
                              .around_place = row->place,
                              .around_type = STEP_WHILE,
                              .branch = rounds ? rounds : 1,
                              .reached = rounds > 0};
        struct under under = {.depth = row->depth + 1,
                              .next = is_open(row),
                              .not_taken = row->not_taken || is_passed(row->run_step, rounds > 0)};

        if (!row->step->branch_count)
                return;
        snprintf(under.prefix, sizeof(under.prefix), "%.48s.", row->number);
        lay_lane(w, &inner, row->step->branches[0].step, &under);
}

static void lay_taken_in(struct walk *w, const struct plan_row *row)
{
        const struct playbook *p = row->run_step ? row->run_step->inside : NULL;
        struct strip inner = {
                .around_place = row->place, .around_type = STEP_PLAYBOOK, .reached = true};
        struct under under = {.depth = row->depth + 1};

        if (!p)
                return;
        inner.ground = new_ground(w, p);
        snprintf(under.prefix, sizeof(under.prefix), "%.48s.", row->number);
        lay_lane(w, &inner, p->start, &under);
}

static void lay_inside(struct walk *w, const struct strip *strip, const struct plan_row *row)
{
        switch (row->step->type) {
        case STEP_PARALLEL:
        case STEP_IF:
        case STEP_SWITCH:
                for (size_t i = 0; i < row->step->branch_count; i++)
                        lay_branch(w, strip, row, i);
                break;
        case STEP_WHILE: lay_round(w, strip, row); break;
        case STEP_PLAYBOOK: lay_taken_in(w, row); break;
        default: break;
        }
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* Seen from below: the first of a depth is the last, until a row that lies less deep. */
static void find_last(struct plan *plan)
{
        bool seen[PLAN_DEPTH_MAX + 4] = {false};
        int deepest = 0;

        for (size_t i = plan->count; i-- > 0;) {
                struct plan_row *row = &plan->rows[i];

                while (deepest > row->depth)
                        seen[deepest--] = false;
                deepest = row->depth;
                row->last = !seen[deepest];
                seen[deepest] = true;
        }
}

static void make_plan(const struct run *run, const struct playbook *p, struct arena *a,
                      struct plan *ret)
{
        struct walk w = {.run = run, .a = a, .plan = ret};
        struct strip strip = {.ground = new_ground(&w, p), .reached = run != NULL};
        struct under under = {.depth = 0};

        *ret = (struct plan){0};
        str_init(&w.place, PLACE_MAX + 1);
        lay_lane(&w, &strip, p->start, &under);
        find_last(ret);
        str_finish(&w.place);
}

void plan_make(const struct run *run, struct arena *a, struct plan *ret)
{
        make_plan(run, run->playbook, a, ret);
}

void plan_make_dry(const struct playbook *p, struct arena *a, struct plan *ret)
{
        make_plan(NULL, p, a, ret);
}
