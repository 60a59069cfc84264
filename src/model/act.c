#include "model/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "base/mem.h"

static int compare_text(const char *a, const char *b)
{
        if (!a || !b)
                return (a != NULL) - (b != NULL);
        return strcmp(a, b);
}

static int compare_int(int64_t a, int64_t b)
{
        return (a > b) - (a < b);
}

static int compare_order(const struct act *a, const struct act *b)
{
        int order = compare_int(a->hlc, b->hlc);

        if (!order)
                order = compare_text(a->console, b->console);
        return order ? order : compare_text(a->id, b->id);
}

int act_compare(const void *a, const void *b)
{
        return compare_order(*(const struct act *const *)a, *(const struct act *const *)b);
}

static int compare_sets(const struct act *a, const struct act *b)
{
        int order = compare_int((int64_t)a->set_count, (int64_t)b->set_count);

        for (size_t i = 0; !order && i < a->set_count; i++) {
                order = compare_text(a->sets[i].field, b->sets[i].field);
                if (!order)
                        order = compare_text(a->sets[i].value, b->sets[i].value);
        }
        return order;
}

static int compare_elements(const struct act *a, const struct act *b)
{
        int order = compare_int((int64_t)a->element_count, (int64_t)b->element_count);

        for (size_t i = 0; !order && i < a->element_count; i++) {
                order = compare_text(a->elements[i].field, b->elements[i].field);
                if (!order)
                        order = compare_text(a->elements[i].item, b->elements[i].item);
                if (!order)
                        order = compare_int(a->elements[i].remove, b->elements[i].remove);
        }
        return order;
}

static int compare_was(const struct act_was *a, const struct act_was *b)
{
        int order = compare_text(a->field, b->field);

        if (!order)
                order = compare_int((int64_t)a->count, (int64_t)b->count);
        for (size_t i = 0; !order && i < a->count; i++)
                order = compare_text(a->ids[i], b->ids[i]);
        return order;
}

static int compare_all_was(const struct act *a, const struct act *b)
{
        int order = compare_int((int64_t)a->was_count, (int64_t)b->was_count);

        for (size_t i = 0; !order && i < a->was_count; i++)
                order = compare_was(&a->was[i], &b->was[i]);
        return order;
}

static int compare_details(const struct act *a, const struct act *b)
{
        int order = compare_int((int64_t)a->detail_count, (int64_t)b->detail_count);

        for (size_t i = 0; !order && i < a->detail_count; i++) {
                order = compare_text(a->details[i].name, b->details[i].name);
                if (!order)
                        order = compare_text(a->details[i].value, b->details[i].value);
        }
        return order;
}

static int compare_words(const struct act *a, const struct act *b)
{
        const char *const left[] = {a->text, a->reason, a->verb, a->undoes, a->operator, a->role,
                                    a->unit, a->target, a->ref,  a->kind};
        const char *const right[] = {b->text, b->reason, b->verb, b->undoes, b->operator, b->role,
                                     b->unit, b->target, b->ref,  b->kind};
        int order = 0;

        for (size_t i = 0; !order && i < ARRAY_LEN(left); i++)
                order = compare_text(left[i], right[i]);
        return order;
}

int act_compare_all(const struct act *a, const struct act *b)
{
        int order = compare_order(a, b);

        if (!order)
                order = compare_words(a, b);
        if (!order)
                order = compare_int(a->occurred_ms, b->occurred_ms);
        if (!order)
                order = compare_int(a->created_ms, b->created_ms);
        if (!order)
                order = compare_sets(a, b);
        if (!order)
                order = compare_elements(a, b);
        if (!order)
                order = compare_details(a, b);
        return order ? order : compare_all_was(a, b);
}

static int compare_id_first(const void *pa, const void *pb)
{
        const struct act *a = *(const struct act *const *)pa;
        const struct act *b = *(const struct act *const *)pb;
        int order = compare_text(a->id, b->id);

        if (order || a == b)
                return order;
        return act_compare_all(a, b);
}

const struct act **act_order(const struct act *const *acts, size_t count, struct arena *a,
                             size_t *ret_count)
{
        const struct act **out = arena_array(a, count + 1, sizeof(struct act *));
        size_t kept = 0;

        for (size_t i = 0; i < count; i++)
                out[i] = acts[i];
        qsort(out, count, sizeof(struct act *), compare_id_first);
        for (size_t i = 0; i < count; i++) {
                if (i + 1 < count && compare_text(out[i]->id, out[i + 1]->id) == 0)
                        continue;
                out[kept++] = out[i];
        }
        qsort(out, kept, sizeof(struct act *), act_compare);
        *ret_count = kept;
        return out;
}

bool act_was_names(const struct act *act, const char *field, const char *id)
{
        for (size_t i = 0; i < act->was_count; i++) {
                if (strcmp(act->was[i].field, field) != 0)
                        continue;
                for (size_t k = 0; k < act->was[i].count; k++)
                        if (strcmp(act->was[i].ids[k], id) == 0)
                                return true;
        }
        return false;
}

const struct kind *act_kind(const struct act *act)
{
        size_t len = ident_type_len(act->target);
        const struct kind *kind = kind_of_type(act->target, len);

        while (act->kind && kind && strcmp(kind->name, act->kind) != 0)
                kind = kind_of_type_after(kind, act->target, len);
        return kind;
}

const struct act_set *act_sets_field(const struct act *act, const char *field)
{
        for (size_t i = 0; i < act->set_count; i++)
                if (strcmp(act->sets[i].field, field) == 0)
                        return &act->sets[i];
        return NULL;
}

const char *act_detail(const struct act *act, const char *name)
{
        for (size_t i = 0; i < act->detail_count; i++)
                if (strcmp(act->details[i].name, name) == 0)
                        return act->details[i].value;
        return NULL;
}

bool act_is_too_large(const struct act *act)
{
        if (act->set_count > ACT_FIELDS_MAX || act->was_count > ACT_FIELDS_MAX ||
            act->element_count > ACT_ELEMENTS_MAX || act->detail_count > ACT_DETAILS_MAX)
                return true;
        for (size_t i = 0; i < act->was_count; i++)
                if (act->was[i].count > ACT_WAS_MAX)
                        return true;
        for (size_t i = 0; i < act->detail_count; i++)
                if (strlen(act->details[i].value) > VALUE_TEXT_MAX)
                        return true;
        return false;
}

bool act_has_reason(const struct act *act)
{
        return act->reason && act->reason[strspn(act->reason, " \t\r\n")] != '\0';
}
