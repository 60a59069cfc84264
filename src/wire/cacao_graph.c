/*
 * Whether a workflow can be walked: every step is reached, every way leads to an end, and back only
 * through a while. What stands behind an end is never followed; what a branching step does not say
 * is that nothing follows its branches.
 */
#include <string.h>

#include "wire/cacao_reading.h"

#define WAYS 3 /* on_completion, on_success, on_failure: behind the branches */

enum colour { WHITE, GREY, BLACK };

struct walk {
        struct cacao_reading *r;
        const struct playbook *p;
        unsigned char *colours;
        unsigned char *ends; /* 1: an end is reached from here */
        struct {
                int step;
                size_t way;
        } * stack;
        bool into_while; /* follow the body of a while, too */
        bool quiet;      /* cycles were told of already */
        bool cycles;
};

/* ---- the ways on ----------------------------------------------------------------------------- */

static size_t way_count(const struct step *s)
{
        return s->type == STEP_END ? 0 : s->branch_count + WAYS;
}

static int way(const struct step *s, size_t i)
{
        if (i < s->branch_count)
                return s->branches[i].step;
        switch (i - s->branch_count) {
        case 0: return s->on_completion;
        case 1: return s->on_success;
        default: return s->on_failure;
        }
}

static const char *way_name(const struct step *s, size_t i)
{
        static const char *const names[WAYS] = {"on_completion", "on_success", "on_failure"};

        if (i >= s->branch_count)
                return names[i - s->branch_count];
        if (s->type == STEP_PARALLEL)
                return "next_steps";
        if (s->type == STEP_SWITCH)
                return "cases";
        return i ? "on_false" : "on_true";
}

static bool is_branching(const struct step *s)
{
        return s->type == STEP_IF || s->type == STEP_WHILE || s->type == STEP_SWITCH ||
               s->type == STEP_PARALLEL;
}

static void find_at(struct walk *w, int step, enum cacao_verdict verdict, const char *key,
                    const char *sentence, const char *id)
{
        cacao_enter(w->r, w->p->steps[step].id, 0);
        cacao_find(w->r, verdict, key, "%s%s", sentence, id);
        cacao_leave(w->r);
}

/* ---- cycles, and what is reached ------------------------------------------------------------- */

static void meet(struct walk *w, int from, size_t way_index, int to)
{
        const struct step *s = &w->p->steps[from];

        if (w->colours[to] != GREY || w->quiet)
                return;
        w->cycles = true;
        if (w->into_while)
                find_at(w, from, CACAO_WARN, way_name(s, way_index),
                        "leads back into a while-condition instead of to an end: ",
                        w->p->steps[to].id);
        else
                find_at(w, from, CACAO_VIEW_ONLY, way_name(s, way_index),
                        "leads back, and not through a while-condition: ", w->p->steps[to].id);
}

/* Everything that is reached from here is BLACK afterwards. */
static void walk_from(struct walk *w, int root)
{
        size_t depth = 0;

        if (root < 0 || w->colours[root] != WHITE)
                return;
        w->stack[depth].step = root;
        w->stack[depth++].way = 0;
        w->colours[root] = GREY;
        while (depth) {
                int at = w->stack[depth - 1].step;
                const struct step *s = &w->p->steps[at];
                size_t i = w->stack[depth - 1].way++;
                int next;

                if (i >= way_count(s)) {
                        w->colours[at] = BLACK;
                        depth--;
                        continue;
                }
                next = way(s, i);
                if (next < 0 || (s->type == STEP_WHILE && i == 0 && !w->into_while))
                        continue;
                meet(w, at, i, next);
                if (w->colours[next] != WHITE)
                        continue;
                w->colours[next] = GREY;
                w->stack[depth].step = next;
                w->stack[depth++].way = 0;
        }
}

static void walk_all(struct walk *w)
{
        memset(w->colours, WHITE, w->p->step_count);
        walk_from(w, w->p->start);
        walk_from(w, w->p->exception);
        /* each body of a while is walked for itself */
        for (size_t i = 0; !w->into_while && i < w->p->step_count; i++)
                if (w->p->steps[i].type == STEP_WHILE && w->p->steps[i].branch_count)
                        walk_from(w, w->p->steps[i].branches[0].step);
}

/* ---- the end --------------------------------------------------------------------------------- */

static bool has_way(const struct cacao_reading *r, int i, const char *key)
{
        return json_get(r->step_json[i], key) != NULL;
}

/* A way that leads to no step was complained of already. */
static void check_follows(struct walk *w, int i)
{
        const struct step *s = &w->p->steps[i];

        if (s->type == STEP_END || s->on_completion >= 0 || s->on_success >= 0 ||
            has_way(w->r, i, "on_completion") || has_way(w->r, i, "on_success"))
                return;
        if (is_branching(s))
                find_at(w, i, CACAO_WARN, NULL,
                        "says nothing of what follows its branches: it ends with them", "");
        else if (s->on_failure >= 0)
                find_at(w, i, CACAO_VIEW_ONLY, NULL, "says only what follows a failure", "");
        else
                find_at(w, i, CACAO_VIEW_ONLY, NULL, "is no end, and nothing follows it", "");
}

static bool is_end(const struct step *s)
{
        return s->type == STEP_END ||
               (is_branching(s) && s->on_completion < 0 && s->on_success < 0);
}

/* What follows, backwards and without the branches, which have ends of their own: of step i those
 * in from[begin[i]] to from[begin[i + 1]]. */
struct backwards {
        size_t *begin;
        int *from;
};

static void turn_round(struct walk *w, struct backwards *ret)
{
        size_t n = w->p->step_count;
        size_t *next = arena_array(w->r->a, n + 1, sizeof(*next));

        ret->begin = arena_array(w->r->a, n + 2, sizeof(*ret->begin));
        ret->from = arena_array(w->r->a, n * WAYS + 1, sizeof(*ret->from));
        for (size_t i = 0; i < n; i++)
                for (size_t k = w->p->steps[i].branch_count; k < way_count(&w->p->steps[i]); k++)
                        if (way(&w->p->steps[i], k) >= 0)
                                ret->begin[way(&w->p->steps[i], k) + 1]++;
        for (size_t i = 0; i < n; i++) {
                ret->begin[i + 1] += ret->begin[i];
                next[i] = ret->begin[i];
        }
        for (size_t i = 0; i < n; i++)
                for (size_t k = w->p->steps[i].branch_count; k < way_count(&w->p->steps[i]); k++)
                        if (way(&w->p->steps[i], k) >= 0)
                                ret->from[next[way(&w->p->steps[i], k)]++] = (int)i;
}

static void mark_ends(struct walk *w)
{
        struct backwards back;
        size_t depth = 0;

        turn_round(w, &back);
        for (size_t i = 0; i < w->p->step_count; i++)
                if (is_end(&w->p->steps[i])) {
                        w->ends[i] = 1;
                        w->stack[depth++].step = (int)i;
                }
        while (depth) {
                int at = w->stack[--depth].step;

                for (size_t k = back.begin[at]; k < back.begin[at + 1]; k++) {
                        if (w->ends[back.from[k]])
                                continue;
                        w->ends[back.from[k]] = 1;
                        w->stack[depth++].step = back.from[k];
                }
        }
}

static void check_end(struct walk *w, int root)
{
        if (root < 0 || w->ends[root])
                return;
        w->ends[root] = 1; /* said once */
        find_at(w, root, CACAO_VIEW_ONLY, NULL, "reaches no end", "");
}

/* ---- all of it ------------------------------------------------------------------------------- */

void cacao_check_graph(struct cacao_reading *r)
{
        size_t n = r->p->step_count;
        struct walk w = {.r = r, .p = r->p};

        w.colours = arena_alloc(r->a, n + 1);
        w.ends = arena_alloc(r->a, n + 1);
        w.stack = arena_array(r->a, n + 1, sizeof(*w.stack));
        cacao_enter(r, "workflow", 0);
        walk_all(&w);
        w.into_while = true;
        w.quiet = w.cycles;
        walk_all(&w);
        mark_ends(&w);
        check_end(&w, r->p->start);
        check_end(&w, r->p->exception);
        for (size_t i = 0; i < n; i++) {
                const struct step *s = &r->p->steps[i];

                if (w.colours[i] == WHITE) {
                        find_at(&w, (int)i, CACAO_WARN, NULL, "is never reached", "");
                        continue;
                }
                check_follows(&w, (int)i);
                for (size_t k = 0; k < s->branch_count; k++)
                        check_end(&w, s->branches[k].step);
        }
        cacao_leave(r);
}
