#include "model/missed.h"

#include <stdlib.h>
#include <string.h>

#include "model/machine.h"

#define MISSED_MAX 32

/* What it would make of the state; NULL: it moves none. */
static const char *leads_to(const struct act *act)
{
        const struct act_set *set = act_sets_field(act, MACHINE_FIELD);

        return set ? set->value : NULL;
}

bool missed_move(const struct heads *h, const struct kind *kind, const struct act *act)
{
        const struct machine *m = machine_of(kind);
        const char *to = m && !act_is_too_large(act) ? leads_to(act) : NULL;

        return to && !act->undoes && enum_rank(m->states, to) >= 0 &&
               heads_has_unseen(h, field_index(kind, MACHINE_FIELD), act);
}

/* Somebody else did the same, or knew of it; or what was missed as well went on from it. */
static bool is_made_good(const struct folded *f, const bool *missed, const struct act *act)
{
        for (size_t i = 0; i < f->log_count; i++) {
                const struct act *other = f->log[i].act;
                const char *to = leads_to(other);

                if ((f->log[i].applied && to && strcmp(to, leads_to(act)) == 0) ||
                    ((f->log[i].applied || missed[i]) &&
                     act_was_names(other, MACHINE_FIELD, act->id)))
                        return true;
        }
        return false;
}

static struct fold_heads *heads_of_state(const struct folded *f, int field)
{
        for (size_t i = 0; i < f->head_count; i++)
                if (f->heads[i].field == field)
                        return &f->heads[i];
        return NULL;
}

static int compare_heads(const void *a, const void *b)
{
        const struct fold_head *x = a, *y = b;

        return act_compare(&x->act, &y->act);
}

/* The newest of them, so that a log full of them costs no more. */
static size_t collect(const struct folded *f, const bool *missed, struct fold_head late[MISSED_MAX])
{
        size_t count = 0, looked = 0;

        for (size_t i = f->log_count; i-- > 0 && looked < MISSED_MAX;) {
                const struct act *act = f->log[i].act;

                looked += missed[i];
                if (missed[i] && !is_made_good(f, missed, act))
                        late[count++] = (struct fold_head){
                                .act = act, .value = leads_to(act), .late = true};
        }
        return count;
}

void missed_report(const struct kind *kind, const bool *missed, struct arena *a, struct folded *ret)
{
        int field = field_index(kind, MACHINE_FIELD);
        struct fold_heads *heads = machine_of(kind) ? heads_of_state(ret, field) : NULL;
        struct fold_head late[MISSED_MAX], *list;
        size_t count = heads ? collect(ret, missed, late) : 0;

        if (!count)
                return;
        list = arena_array(a, heads->count + count, sizeof(*list));
        memcpy(list, heads->heads, heads->count * sizeof(*list));
        memcpy(list + heads->count, late, count * sizeof(*list));
        ret->conflicts += !heads->conflict;
        ret->field_conflict[field] = true;
        heads->heads = list;
        heads->count += count;
        heads->conflict = true;
        qsort(list, heads->count, sizeof(*list), compare_heads);
}
