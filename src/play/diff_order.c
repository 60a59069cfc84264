/*
 * What is different, in the order in which people read a playbook: that of its plan.
 */
#include <stdint.h>
#include <stdlib.h>

#include "play/diff.h"
#include "play/plan.h"
#include "play_private.h"

/* The plan of a version nobody has started, and where in it each of its steps comes first. */
struct read_plan {
        const struct playbook *p;
        struct plan plan;
        size_t *rows; /* by step; the count of rows: it is in no row */
};

static void read_plan(const struct playbook *p, struct arena *a, struct read_plan *ret)
{
        *ret = (struct read_plan){.p = p};
        ret->rows = arena_array(a, p->step_count + 1, sizeof(*ret->rows));
        plan_make_dry(p, a, &ret->plan);
        for (size_t i = 0; i < p->step_count; i++)
                ret->rows[i] = ret->plan.count;
        for (size_t i = ret->plan.count; i-- > 0;) {
                const struct plan_row *row = &ret->plan.rows[i];

                if (row->kind == PLAN_STEP && row->playbook == p)
                        ret->rows[row->step - p->steps] = i;
        }
}

struct ordered {
        struct playbook_change change;
        size_t row, at; /* in its plan; in the list */
};

static int compare_ordered(const void *pa, const void *pb)
{
        const struct ordered *a = pa, *b = pb;

        if (a->row != b->row)
                return a->row < b->row ? -1 : 1;
        return a->at < b->at ? -1 : a->at > b->at;
}

static void place(struct ordered *o, const struct read_plan *was, const struct read_plan *now)
{
        struct playbook_change *c = &o->change;
        const struct read_plan *in = c->now ? now : was;
        size_t row;

        if (c->variable)
                return;
        row = in->rows[(c->now ? c->now : c->was) - in->p->steps];
        c->number = row < in->plan.count ? in->plan.rows[row].number : NULL;
        o->row = row < in->plan.count ? row + 1 : SIZE_MAX;
}

void diff_put_in_order(const struct playbook *was, const struct playbook *now, struct arena *a,
                       struct playbook_diff *diff)
{
        struct ordered *list = arena_array(a, diff->count + 1, sizeof(*list));
        struct read_plan plans[2];

        read_plan(was, a, &plans[0]);
        read_plan(now, a, &plans[1]);
        for (size_t i = 0; i < diff->count; i++) {
                list[i] = (struct ordered){.change = diff->changes[i], .at = i};
                place(&list[i], &plans[0], &plans[1]);
        }
        qsort(list, diff->count, sizeof(*list), compare_ordered);
        for (size_t i = 0; i < diff->count; i++)
                diff->changes[i] = list[i].change;
}
