#include "model/heads.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/accept.h"
#include "model/slot.h"

/* What one act says about one slot. */
struct touch {
        const char *item, *value; /* as in struct fold_head */
        size_t slot;
        int field;
        int rank; /* of the value, on a scale */
};

/* An act named by one that comes before it: nobody honest can do that, but it must not matter. */
struct forward {
        size_t from, next;
        int field;
};

struct node {
        const struct act *act;
        size_t touch, touch_count;
        size_t forward;
};

struct sorted_id {
        const char *id;
        size_t act;
};

struct heads {
        const struct kind *kind;
        const struct thing *base; /* or NULL */
        struct thing *now;
        struct arena *arena;
        struct node *nodes;
        struct sorted_id *ids;
        size_t count;
        struct touch *touches;
        size_t touch_count;
        struct slot *slots; /* by field, then item */
        size_t slot_count;
        struct forward *forwards;
        size_t forward_count, forward_cap;
        const char **items[KIND_FIELDS_MAX]; /* all members of a set touched by acts, sorted */
        size_t item_count[KIND_FIELDS_MAX];
};

/* ---- what the acts touch ------------------------------------------------------------------- */

static void touch_scalar(struct heads *h, struct node *node, const struct act_set *set)
{
        int at = field_index(h->kind, set->field);
        const struct field *field = at < 0 ? NULL : &h->kind->fields[at];
        struct touch t = {.field = at, .rank = -1};

        if (!field || !accept_value(field, set->value, h->arena, &t.value))
                return;
        if (field->type == FIELD_ENUM && t.value)
                t.rank = enum_rank(field->list, t.value);
        h->touches[h->touch_count++] = t;
        node->touch_count++;
}

static void touch_element(struct heads *h, struct node *node, const struct act_element *element)
{
        int at = field_index(h->kind, element->field);
        struct touch t = {.field = at, .item = element->item, .rank = -1};

        if (at < 0 || !accept_item(&h->kind->fields[at], element->item))
                return;
        t.value = element->remove ? NULL : element->item;
        h->touches[h->touch_count++] = t;
        node->touch_count++;
}

/* Of several touches of one slot by one act the first counts: so what it adds goes first. */
static void touch_all(struct heads *h, struct node *node)
{
        const struct act *act = node->act;

        node->touch = h->touch_count;
        node->forward = SLOT_NONE;
        if (act_is_too_large(act))
                return;
        for (size_t i = 0; i < act->set_count; i++)
                touch_scalar(h, node, &act->sets[i]);
        for (int remove = 0; remove < 2; remove++)
                for (size_t i = 0; i < act->element_count; i++)
                        if (act->elements[i].remove == (bool)remove)
                                touch_element(h, node, &act->elements[i]);
}

static int compare_touches(const void *pa, const void *pb)
{
        const struct touch *a = *(struct touch *const *)pa, *b = *(struct touch *const *)pb;

        if (a->field != b->field || !a->item || !b->item)
                return a->field - b->field;
        return strcmp(a->item, b->item);
}

static void make_slots(struct heads *h)
{
        struct touch **sorted = arena_array(h->arena, h->touch_count + 1, sizeof(*sorted));
        struct slot_entry *entries = arena_array(h->arena, h->touch_count + 1, sizeof(*entries));

        h->slots = arena_array(h->arena, h->touch_count + 1, sizeof(*h->slots));
        for (size_t i = 0; i < h->touch_count; i++)
                sorted[i] = &h->touches[i];
        qsort(sorted, h->touch_count, sizeof(*sorted), compare_touches);
        for (size_t i = 0; i < h->touch_count; i++) {
                struct touch *t = sorted[i];

                if (i == 0 || compare_touches(&sorted[i - 1], &sorted[i]) != 0)
                        slot_init(&h->slots[h->slot_count++], t->field, t->item, entries + i);
                t->slot = h->slot_count - 1;
        }
}

/* Room for every member that a set may come to have, so that each change is one memmove. */
static void make_sets(struct heads *h)
{
        size_t room[KIND_FIELDS_MAX] = {0};

        for (size_t i = 0; i < h->slot_count; i++)
                if (h->slots[i].item)
                        room[h->slots[i].field]++;
        for (size_t f = 0; f < h->kind->field_count; f++) {
                const struct value *v = &h->now->values[f];

                if (!room[f])
                        continue;
                h->items[f] = arena_array(h->arena, v->count + room[f], sizeof(char *));
                for (size_t i = 0; i < v->count; i++)
                        h->items[f][i] = v->items[i];
                h->item_count[f] = v->count;
        }
}

static int compare_ids(const void *a, const void *b)
{
        return strcmp(((const struct sorted_id *)a)->id, ((const struct sorted_id *)b)->id);
}

struct heads *heads_create(const struct thing *base, const struct act **acts, size_t count,
                           struct thing *now, struct arena *a)
{
        struct heads *h = arena_alloc(a, sizeof(*h));
        size_t touches = 0;

        *h = (struct heads){
                .kind = now->kind, .base = base, .now = now, .arena = a, .count = count};
        h->nodes = arena_array(a, count + 1, sizeof(*h->nodes));
        h->ids = arena_array(a, count + 1, sizeof(*h->ids));
        for (size_t i = 0; i < count; i++)
                if (!act_is_too_large(acts[i]))
                        touches += acts[i]->set_count + acts[i]->element_count;
        h->touches = arena_array(a, touches + 1, sizeof(*h->touches));
        for (size_t i = 0; i < count; i++) {
                h->nodes[i].act = acts[i];
                h->ids[i] = (struct sorted_id){.id = acts[i]->id, .act = i};
                touch_all(h, &h->nodes[i]);
        }
        qsort(h->ids, count, sizeof(*h->ids), compare_ids);
        make_slots(h);
        make_sets(h);
        return h;
}

size_t heads_find_act(const struct heads *h, const char *id)
{
        const struct sorted_id key = {.id = id};
        const struct sorted_id *found =
                bsearch(&key, h->ids, h->count, sizeof(*h->ids), compare_ids);

        return found ? found->act : SLOT_NONE;
}

uint64_t heads_touched(const struct heads *h, size_t i)
{
        const struct node *node = &h->nodes[i];
        uint64_t touched = 0;

        for (size_t t = 0; t < node->touch_count; t++)
                touched |= UINT64_C(1) << h->touches[node->touch + t].field;
        return touched;
}

/* ---- what counts, act by act --------------------------------------------------------------- */

static bool is_named_before(const struct heads *h, const struct slot *s, size_t act)
{
        for (size_t f = h->nodes[act].forward; f != SLOT_NONE; f = h->forwards[f].next)
                if (h->forwards[f].field == s->field &&
                    slot_find(s, h->forwards[f].from) != SLOT_NONE)
                        return true;
        return false;
}

static void add_entry(struct heads *h, const struct touch *t, size_t act)
{
        struct slot *s = &h->slots[t->slot];
        const struct slot_entry entry = {.act = act, .value = t->value, .rank = t->rank};

        if (s->used && s->entries[s->used - 1].act == act)
                return;
        slot_add(s, &entry, !is_named_before(h, s, act));
}

static void add_forward(struct heads *h, size_t from, size_t to, int field)
{
        if (h->forward_count == h->forward_cap) {
                size_t cap = h->forward_cap ? h->forward_cap * 2 : 16;
                struct forward *grown = arena_array(h->arena, cap, sizeof(*grown));

                if (h->forward_count)
                        memcpy(grown, h->forwards, h->forward_count * sizeof(*grown));
                h->forwards = grown;
                h->forward_cap = cap;
        }
        h->forwards[h->forward_count] =
                (struct forward){.from = from, .field = field, .next = h->nodes[to].forward};
        h->nodes[to].forward = h->forward_count++;
}

static void supersede(struct heads *h, size_t act, size_t named, int field)
{
        const struct node *node = &h->nodes[act];

        if (named == SLOT_NONE || named == act)
                return;
        if (named > act) {
                add_forward(h, act, named, field);
                return;
        }
        for (size_t t = 0; t < node->touch_count; t++) {
                const struct touch *touch = &h->touches[node->touch + t];
                struct slot *s = &h->slots[touch->slot];
                size_t e = touch->field == field ? slot_find(s, named) : SLOT_NONE;

                if (e != SLOT_NONE)
                        slot_drop(s, e);
        }
}

static void supersede_all(struct heads *h, size_t act, uint64_t may)
{
        const struct act *a = h->nodes[act].act;

        for (size_t i = 0; i < a->was_count; i++) {
                int field = field_index(h->kind, a->was[i].field);

                if (field < 0 || !(may >> field & 1))
                        continue;
                for (size_t k = 0; k < a->was[i].count; k++)
                        supersede(h, act, heads_find_act(h, a->was[i].ids[k]), field);
        }
}

/* ---- what is shown ------------------------------------------------------------------------- */

static bool same_value(const char *a, const char *b)
{
        return a == b || (a && b && strcmp(a, b) == 0);
}

static const struct value *base_value(const struct heads *h, int field)
{
        static const struct value nothing;

        return h->base ? &h->base->values[field] : &nothing;
}

static size_t strictest(const struct heads *h, const struct slot *s)
{
        const char *base = base_value(h, s->field)->text;
        int base_rank = base ? enum_rank(&enum_tlp, base) : -1;
        size_t top = SLOT_NONE;
        int top_rank = -1;

        for (size_t e = slot_first(s); e != SLOT_NONE; e = slot_next(s, e)) {
                int rank = s->entries[e].value ? s->entries[e].rank : base_rank;

                if (top == SLOT_NONE || rank >= top_rank) {
                        top = e;
                        top_rank = rank;
                }
        }
        return top;
}

static const char *shown(const struct heads *h, const struct slot *s)
{
        size_t top = slot_last(s);

        if (h->kind->fields[s->field].list == &enum_tlp)
                top = strictest(h, s);
        return s->entries[top].value;
}

static size_t find_item(const struct heads *h, int field, const char *item)
{
        size_t low = 0, high = h->item_count[field];

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (strcmp(h->items[field][middle], item) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static void show_element(struct heads *h, const struct slot *s)
{
        const char **items = h->items[s->field];
        size_t *count = &h->item_count[s->field];
        size_t at = find_item(h, s->field, s->item);
        bool there = at < *count && strcmp(items[at], s->item) == 0;
        bool wanted = shown(h, s) != NULL;

        if (wanted && !there) {
                memmove(items + at + 1, items + at, (*count - at) * sizeof(*items));
                items[at] = s->item;
                (*count)++;
        } else if (there && !wanted) {
                memmove(items + at, items + at + 1, (*count - at - 1) * sizeof(*items));
                (*count)--;
        }
        h->now->values[s->field].items = items;
        h->now->values[s->field].count = *count < VALUE_ITEMS_MAX ? *count : VALUE_ITEMS_MAX;
}

static void show_scalar(struct heads *h, const struct slot *s)
{
        const char *value = shown(h, s);

        if (!value)
                value = base_value(h, s->field)->text;
        h->now->values[s->field].text = value && *value ? value : NULL;
}

void heads_apply(struct heads *h, size_t i, uint64_t may)
{
        const struct node *node = &h->nodes[i];

        for (size_t t = 0; t < node->touch_count; t++) {
                const struct touch *touch = &h->touches[node->touch + t];

                if (may >> touch->field & 1)
                        add_entry(h, touch, i);
        }
        supersede_all(h, i, may);
        for (size_t t = 0; t < node->touch_count; t++) {
                const struct slot *s = &h->slots[h->touches[node->touch + t].slot];

                if (!(may >> s->field & 1))
                        continue;
                if (s->item)
                        show_element(h, s);
                else
                        show_scalar(h, s);
        }
}

bool heads_have_rank(const struct heads *h, int field, int rank)
{
        for (size_t i = 0; i < h->slot_count; i++) {
                const struct slot *s = &h->slots[i];

                if (s->field != field || s->item)
                        continue;
                for (size_t e = slot_first(s); e != SLOT_NONE; e = slot_next(s, e))
                        if (s->entries[e].rank == rank)
                                return true;
        }
        return false;
}

bool heads_has_unseen(const struct heads *h, int field, const struct act *act)
{
        for (size_t i = 0; i < h->slot_count; i++) {
                const struct slot *s = &h->slots[i];

                if (s->field != field || s->item)
                        continue;
                for (size_t e = slot_first(s); e != SLOT_NONE; e = slot_next(s, e))
                        if (!act_was_names(act, h->kind->fields[field].name,
                                           h->nodes[s->entries[e].act].act->id))
                                return true;
        }
        return false;
}

/* ---- the report ---------------------------------------------------------------------------- */

static void report_slot(const struct heads *h, const struct slot *s, struct fold_heads *ret)
{
        size_t first = slot_first(s), count = 0;

        for (size_t e = first; e != SLOT_NONE; e = slot_next(s, e))
                count++;
        *ret = (struct fold_heads){.field = s->field, .item = s->item};
        ret->heads = arena_array(h->arena, count, sizeof(*ret->heads));
        for (size_t e = first; e != SLOT_NONE; e = slot_next(s, e)) {
                const struct slot_entry *entry = &s->entries[e];

                ret->heads[ret->count++] =
                        (struct fold_head){.act = h->nodes[entry->act].act, .value = entry->value};
                if (!same_value(entry->value, s->entries[first].value))
                        ret->conflict = true;
        }
}

static bool is_ours(const struct heads *h, const struct slot *s)
{
        const struct value *base = base_value(h, s->field);

        if (!s->item)
                return shown(h, s) != NULL;
        return value_has(base, s->item) != (shown(h, s) != NULL);
}

void heads_report(const struct heads *h, struct folded *ret)
{
        ret->heads = arena_array(h->arena, h->slot_count + 1, sizeof(*ret->heads));
        for (size_t i = 0; i < h->slot_count; i++) {
                const struct slot *s = &h->slots[i];
                struct fold_heads *heads = &ret->heads[ret->head_count];

                if (!s->used)
                        continue;
                report_slot(h, s, heads);
                ret->head_count++;
                ret->conflicts += heads->conflict;
                if (heads->conflict)
                        ret->field_conflict[s->field] = true;
                if (is_ours(h, s))
                        ret->field_is_ours[s->field] = true;
        }
}
