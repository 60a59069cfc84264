/*
 * Ids of the steps of a checklist: made of what a step stands in and what it says, not of how many
 * stand before it.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/playbook_list_reading.h"

/* ---- what a step is known by ----------------------------------------------------------------- */

static const char *said(const char *text)
{
        return text ? text : "";
}

const char *list_key(const struct step *s, struct arena *a)
{
        const char *text = "";

        switch (s->type) {
        case STEP_IF:
        case STEP_WHILE: text = said(s->condition_text); break;
        case STEP_SWITCH: text = said(s->switch_text); break;
        case STEP_PLAYBOOK: text = said(s->playbook_id); break;
        case STEP_START:
        case STEP_END: break;
        default: text = said(s->name);
        }
        return arena_printf(a, "%s\n%s", said(s->type_name), text);
}

size_t list_chain(const struct step *steps, size_t count, int at, int stop, struct arena *a,
                  const int **ret)
{
        int *list = NULL;
        size_t n = 0, room = 0;

        while (at >= 0 && at != stop && n < count) {
                list = arena_grow(a, list, n, &room, sizeof(*list));
                list[n++] = at;
                at = steps[at].on_completion >= 0 ? steps[at].on_completion : steps[at].on_success;
        }
        *ret = list;
        return n;
}

/* The name of a branch is that of the end it leads to. */
static const char *end_name(const struct step *steps, size_t count, int at)
{
        for (size_t n = 0; at >= 0 && n < count; n++) {
                const struct step *s = &steps[at];

                if (s->type == STEP_END)
                        return said(s->name);
                at = s->on_completion >= 0 ? s->on_completion : s->on_success;
        }
        return "";
}

const char *list_branch_key(const struct step *steps, size_t count, const struct step *s,
                            size_t branch)
{
        const struct step_branch *b = &s->branches[branch];

        return s->type == STEP_PARALLEL ? end_name(steps, count, b->step) : said(b->label);
}

struct keyed {
        const char *key;
        size_t at;
};

static int compare_keyed(const void *pa, const void *pb)
{
        const struct keyed *a = pa, *b = pb;
        int order = strcmp(a->key, b->key);

        return order ? order : (a->at > b->at) - (a->at < b->at);
}

const size_t *list_count_before(const char *const *keys, size_t count, struct arena *a)
{
        struct keyed *sorted = arena_array(a, count + 1, sizeof(*sorted));
        size_t *before = arena_array(a, count + 1, sizeof(*before));

        for (size_t i = 0; i < count; i++)
                sorted[i] = (struct keyed){keys[i], i};
        qsort(sorted, count, sizeof(*sorted), compare_keyed);
        for (size_t i = 1; i < count; i++)
                if (strcmp(sorted[i].key, sorted[i - 1].key) == 0)
                        before[sorted[i].at] = before[sorted[i - 1].at] + 1;
        return before;
}

/* ---- ids ------------------------------------------------------------------------------------- */

struct naming {
        struct list_building *b;
        const struct playbook *was;
        const int *same; /* by step, which of `was`; NULL: there is none */
};

static void name_step(struct naming *n, int at, const char *seed)
{
        struct list_building *b = n->b;
        struct step *s = &b->steps[at];

        if (n->same && n->same[at] >= 0) {
                s->id = n->was->steps[n->same[at]].id;
                return;
        }
        s->id = list_make_id(b, s->type_name, seed);
        for (size_t i = 1; n->was && playbook_step(n->was, s->id) >= 0; i++)
                s->id = list_make_id(b, s->type_name, arena_printf(b->a, "%s\n%zu", seed, i));
}

static void name_chain(struct naming *n, int first, const char *around);

static void name_branches(struct naming *n, const struct step *s)
{
        struct list_building *b = n->b;
        const char **keys = arena_array(b->a, s->branch_count + 1, sizeof(*keys));
        const size_t *before;

        for (size_t i = 0; i < s->branch_count; i++)
                keys[i] = list_branch_key(b->steps, b->step_count, s, i);
        before = list_count_before(keys, s->branch_count, b->a);
        for (size_t i = 0; i < s->branch_count; i++)
                name_chain(
                        n, s->branches[i].step,
                        list_make_id(b, "branch",
                                     arena_printf(b->a, "%s\n%s\n%zu", s->id, keys[i], before[i])));
}

static void name_chain(struct naming *n, int first, const char *around)
{
        struct list_building *b = n->b;
        const int *chain;
        size_t count = list_chain(b->steps, b->step_count, first, -1, b->a, &chain);
        const char **keys = arena_array(b->a, count + 1, sizeof(*keys));
        const size_t *before;

        for (size_t i = 0; i < count; i++)
                keys[i] = list_key(&b->steps[chain[i]], b->a);
        before = list_count_before(keys, count, b->a);
        for (size_t i = 0; i < count; i++) {
                name_step(n, chain[i],
                          arena_printf(b->a, "%s\n%s\n%zu", around, keys[i], before[i]));
                name_branches(n, &b->steps[chain[i]]);
        }
}

void list_ids_give(struct list_building *b, int start, const struct playbook *was)
{
        struct naming n = {.b = b, .was = was};

        n.same = was ? list_match(b, start, was) : NULL;
        name_chain(&n, start, "steps");
}
