/*
 * A checklist -> a playbook: its parts one after the other, then all in the order of their ids.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/playbook_list_reading.h"

struct place_of {
        const char *id;
        int was;
};

static int compare_places(const void *pa, const void *pb)
{
        const struct place_of *a = pa, *b = pb;

        return strcmp(a->id, b->id);
}

static void sort_agents(struct list_building *b)
{
        size_t n = b->p->agent_count;
        struct place_of *places = arena_array(b->a, n + 1, sizeof(*places));
        struct actor *sorted = arena_array(b->a, n + 1, sizeof(*sorted));
        int *now = arena_array(b->a, n + 1, sizeof(*now));

        for (size_t i = 0; i < n; i++)
                places[i] = (struct place_of){b->agents[i].id, (int)i};
        qsort(places, n, sizeof(*places), compare_places);
        for (size_t i = 0; i < n; i++) {
                sorted[i] = b->agents[places[i].was];
                now[places[i].was] = (int)i;
        }
        for (size_t i = 0; i < b->step_count; i++)
                if (b->steps[i].agent >= 0)
                        b->steps[i].agent = now[b->steps[i].agent];
        b->p->agents = sorted;
}

static int compare_cases(const void *pa, const void *pb)
{
        const struct step_branch *a = pa, *b = pb;
        bool last_a = strcmp(a->label, "default") == 0, last_b = strcmp(b->label, "default") == 0;

        return last_a != last_b ? last_a - last_b : strcmp(a->label, b->label);
}

static void sort_branches(struct arena *a, const int *now, struct step *s)
{
        struct step_branch *list = arena_array(a, s->branch_count + 1, sizeof(*list));

        for (size_t i = 0; i < s->branch_count; i++) {
                list[i] = s->branches[i];
                list[i].step = list[i].step < 0 ? -1 : now[list[i].step];
        }
        if (s->type == STEP_SWITCH)
                qsort(list, s->branch_count, sizeof(*list), compare_cases);
        s->branches = list;
}

static void sort_steps(struct list_building *b)
{
        size_t n = b->step_count;
        struct place_of *places = arena_array(b->a, n, sizeof(*places));
        struct step *sorted = arena_array(b->a, n, sizeof(*sorted));
        int *now = arena_array(b->a, n, sizeof(*now));

        for (size_t i = 0; i < n; i++)
                places[i] = (struct place_of){b->steps[i].id, (int)i};
        qsort(places, n, sizeof(*places), compare_places);
        for (size_t i = 0; i < n; i++) {
                sorted[i] = b->steps[places[i].was];
                now[places[i].was] = (int)i;
        }
        for (size_t i = 0; i < n; i++) {
                struct step *s = &sorted[i];

                s->on_completion = s->on_completion < 0 ? -1 : now[s->on_completion];
                sort_branches(b->a, now, s);
        }
        b->p->start = now[b->p->start];
        b->p->steps = sorted;
        b->p->step_count = n;
}

enum rc playbook_list_read(const char *text, size_t len, const struct playbook_list_head *head,
                           struct arena *a, const struct playbook **ret, struct err *err)
{
        struct list_tree tree = {0};
        struct playbook *p = arena_alloc(a, sizeof(*p));
        struct list_building b = {.a = a, .p = p, .err = err};
        int start = -1, first = -1;
        enum rc rc = list_tree_read(text, len, a, &tree, err);

        if (rc == RC_OK)
                rc = list_head_read(&b, &tree, head);
        if (rc == RC_OK)
                rc = list_variables_read(&b, &tree);
        if (rc == RC_OK)
                rc = list_step_add(&b, &tree.steps, STEP_START, &start);
        if (rc == RC_OK)
                rc = list_build_chain(&b, &tree.steps, NULL, &first);
        if (rc != RC_OK)
                return rc;
        b.steps[start].on_completion = first;
        p->start = start;
        list_ids_give(&b, start, head->was);
        if (p->agent_count)
                sort_agents(&b);
        sort_steps(&b);
        *ret = p;
        return RC_OK;
}
