#include "ops/conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "ops_private.h"

struct looking {
        struct ops *ops;
        const struct state *st;
        struct unit_names names;
        struct place *places; /* of the acts in the log, by id */
        struct arena *a;
};

struct place {
        const char *id;
        size_t at;
};

static int compare_places(const void *a, const void *b)
{
        return strcmp(((const struct place *)a)->id, ((const struct place *)b)->id);
}

static void sort_places(struct looking *l)
{
        const struct folded *f = &l->st->folded;

        l->places = arena_array(l->a, f->log_count + 1, sizeof(*l->places));
        for (size_t i = 0; i < f->log_count; i++)
                l->places[i] = (struct place){f->log[i].act->id, i};
        qsort(l->places, f->log_count, sizeof(*l->places), compare_places);
}

/* ---- whose word it is --------------------------------------------------------------------------
 */

static bool is_of_our_unit(const struct looking *l, const struct act *act)
{
        return act->unit && strcmp(act->unit, l->ops->unit) == 0;
}

static void tell_ours(const struct looking *l, struct conflict *c)
{
        struct conflict_word *of_unit = NULL;
        size_t unit_count = 0;

        for (size_t i = 0; i < c->count; i++) {
                struct conflict_word *w = &c->words[i];

                w->ours = strcmp(w->act->console, l->ops->console) == 0;
                if (w->ours)
                        return;
                if (!is_of_our_unit(l, w->act))
                        continue;
                of_unit = w;
                unit_count++;
        }
        if (unit_count == 1)
                of_unit->ours = true;
}

static bool is_shown(const struct looking *l, const struct conflict *c, const char *value)
{
        const struct value *shown = &l->st->folded.thing.values[c->heads->field];

        if (c->heads->item)
                return (value != NULL) == value_has(shown, c->heads->item);
        return strcmp(value ? value : "", shown->text ? shown->text : "") == 0;
}

static void read_words(struct looking *l, struct conflict *c)
{
        c->count = c->heads->count;
        c->words = arena_array(l->a, c->count + 1, sizeof(*c->words));
        for (size_t i = 0; i < c->count; i++) {
                const struct fold_head *h = &c->heads->heads[i];

                c->words[i] = (struct conflict_word){
                        .value = h->value,
                        .act = h->act,
                        .unit = unit_name(l->ops, &l->names, h->act->unit, l->a),
                        .in_force = is_shown(l, c, h->value),
                        .late = h->late};
        }
        tell_ours(l, c);
}

/* ---- what stood there before -------------------------------------------------------------------
 */

/* What an act said of it; false: nothing. */
static bool says(const struct conflict *c, const struct act *act, const char **ret)
{
        const struct act_set *set = act_sets_field(act, c->field->name);

        if (!c->heads->item) {
                *ret = set ? set->value : NULL;
                return set != NULL;
        }
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];

                if (strcmp(e->field, c->field->name) != 0 || strcmp(e->item, c->heads->item) != 0)
                        continue;
                *ret = e->remove ? NULL : e->item;
                return true;
        }
        return false;
}

static void see(const struct looking *l, const struct act_was *was, size_t before, bool *seen)
{
        for (size_t i = 0; i < was->count; i++) {
                const struct place key = {.id = was->ids[i]};
                const struct place *p = bsearch(&key, l->places, l->st->folded.log_count,
                                                sizeof(*l->places), compare_places);

                if (p && p->at < before)
                        seen[p->at] = true;
        }
}

/* Marks what one of them has seen, directly or by what it saw: earlier in the order. */
static void mark_seen(const struct looking *l, const struct conflict *c, const struct act *from,
                      bool *seen)
{
        const struct fold_entry *log = l->st->folded.log;
        const char *value;

        for (size_t i = l->st->folded.log_count; i-- > 0;) {
                const struct act *act = log[i].act;

                if (act != from && !(seen[i] && says(c, act, &value)))
                        continue;
                for (size_t k = 0; k < act->was_count; k++)
                        if (strcmp(act->was[k].field, c->field->name) == 0)
                                see(l, &act->was[k], i, seen);
        }
}

/* The last that all of them had seen; none: what the unit says whose thing it is. */
static void read_before(const struct looking *l, struct conflict *c)
{
        size_t count = l->st->folded.log_count;
        bool *all = arena_array(l->a, count + 1, sizeof(*all));
        bool *seen = arena_array(l->a, count + 1, sizeof(*seen));
        const struct value *base = &l->st->base_thing.values[c->heads->field];

        for (size_t i = 0; i < c->count; i++) {
                memset(seen, 0, count * sizeof(*seen));
                mark_seen(l, c, c->words[i].act, seen);
                for (size_t k = 0; k < count; k++)
                        all[k] = seen[k] && (i == 0 || all[k]);
        }
        for (size_t k = count; k-- > 0;) {
                const struct act *act = l->st->folded.log[k].act;

                if (!all[k] || !l->st->folded.log[k].applied || !says(c, act, &c->before))
                        continue;
                c->before_act = act;
                return;
        }
        if (!l->st->has_base)
                return;
        if (c->heads->item)
                c->before = value_has(base, c->heads->item) ? c->heads->item : NULL;
        else
                c->before = base->text;
}

/* ---- all of a thing ----------------------------------------------------------------------------
 */

static void read_all(struct looking *l, struct conflicts *ret)
{
        const struct folded *f = &l->st->folded;

        sort_places(l);
        ret->items = arena_array(l->a, f->conflicts + f->head_count + 1, sizeof(*ret->items));
        for (size_t i = 0; i < f->head_count; i++) {
                struct conflict *c = &ret->items[ret->count];

                if (!f->heads[i].conflict)
                        continue;
                *c = (struct conflict){.field = &l->st->kind->fields[f->heads[i].field],
                                       .heads = &f->heads[i]};
                read_words(l, c);
                read_before(l, c);
                ret->count++;
        }
        unit_names_forget(&l->names);
}

enum rc ops_conflicts(struct ops *ops, const char *id, struct arena *a, struct conflicts *ret,
                      struct err *err)
{
        struct state *st = arena_alloc(a, sizeof(*st));
        struct looking l = {.ops = ops, .st = st, .a = a};
        struct conflicts found = {0};
        enum rc rc = thing_by_id(ops->store, id, a, &found.row, err);

        if (rc == RC_OK)
                rc = state_load(ops, id, CLOCK_NONE, a, st, err);
        if (rc != RC_OK)
                return rc;
        found.folded = st->folded;
        read_all(&l, &found);
        *ret = found;
        return RC_OK;
}

struct ops_field conflict_take(const struct conflict *c, const char *value, struct arena *a)
{
        if (c->heads->item)
                value = arena_printf(a, "%c%s", value ? '+' : '-', c->heads->item);
        return (struct ops_field){c->field->name, value ? value : ""};
}
