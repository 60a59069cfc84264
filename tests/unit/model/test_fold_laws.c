/* The laws of folding over thousands of generated histories: model/fold.h. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "drafts.h"
#include "histories.h"
#include "model/accept.h"
#include "model/rules.h"
#include "unit/laws.h"

#define SEEDS laws_seeds(1000)

/* Runs a law over every history, one in two with hostile acts. */
static void for_all(uint64_t seeds, void (*law)(struct history *, const struct folded *, void *),
                    void *ctx)
{
        for (uint64_t seed = 1; seed <= seeds; seed++) {
                struct history h;
                struct folded all;

                history_make(&h, seed, seed % 2);
                history_fold_all(&h, &all);
                law(&h, &all, ctx);
                history_finish(&h);
        }
}

static void shuffle(struct random *r, const struct act **acts, size_t count)
{
        for (size_t i = count; i > 1; i--) {
                size_t k = random_below(r, (uint32_t)i);
                const struct act *swap = acts[i - 1];

                acts[i - 1] = acts[k];
                acts[k] = swap;
        }
}

/* The same id with other details: not the same act (nobody honest makes such). */
static const struct act *twin_of(struct history *h, const struct act *act, const char *grade)
{
        struct act *twin = arena_alloc(&h->arena, sizeof(*twin));
        struct act_detail *one = arena_alloc(&h->arena, sizeof(*one));

        *one = (struct act_detail){"grade", grade};
        *twin = *act;
        twin->details = one;
        twin->detail_count = 1;
        return twin;
}

static char *text_of(struct history *h, const struct act *const *acts, size_t count)
{
        struct folded f;

        fold(&kind_incident, h->base, acts, count, &h->arena, &f);
        return fold_text(&f);
}

/* ---- order, repetition, route -------------------------------------------------------------- */

struct counts {
        size_t histories, acts, conflicts, not_applied, elements;
};

static void count(const struct folded *all, struct counts *c)
{
        bool element = false, refused = false;

        for (size_t i = 0; i < all->head_count; i++)
                element |= all->heads[i].item && all->heads[i].conflict;
        for (size_t i = 0; i < all->log_count; i++)
                refused |= !all->log[i].applied;
        c->histories++;
        c->acts += all->log_count;
        c->conflicts += all->conflicts > 0;
        c->not_applied += refused;
        c->elements += element;
}

static void law_order_and_repetition(struct history *h, const struct folded *all, void *ctx)
{
        const struct act *acts[2 * HISTORY_ACTS];
        AUTO_FREE char *expected = fold_text(all);

        count(all, ctx);
        for (int round = 0; round < 4; round++) {
                size_t n = h->count;
                AUTO_FREE char *got = NULL;

                memcpy(acts, h->acts, n * sizeof(*acts));
                for (size_t i = 0; i < h->count; i++)
                        if (random_below(&h->random, 3) == 0)
                                acts[n++] = h->acts[i];
                shuffle(&h->random, acts, n);
                got = text_of(h, acts, n);
                cr_assert_str_eq(got, expected);
        }
}

Test(fold_laws, order_and_repetition_do_not_matter)
{
        struct counts c = {0};

        for_all(SEEDS, law_order_and_repetition, &c);
        fprintf(stderr,
                "fold laws: %zu histories, %zu acts; with a conflict %zu, with a conflict on an "
                "element %zu, with an act not applied %zu\n",
                c.histories, c.acts, c.conflicts, c.elements, c.not_applied);
        cr_assert_gt(c.conflicts, c.histories / 4);
        cr_assert_gt(c.elements, c.histories / 10);
        cr_assert_gt(c.not_applied, c.histories / 4);
}

static void law_details(struct history *h, const struct folded *all, void *ctx)
{
        const struct act *acts[HISTORY_ACTS + 2];
        const struct act *some = h->acts[random_below(&h->random, (uint32_t)h->count)];
        size_t n = h->count;

        (void)all;
        (void)ctx;
        memcpy(acts, h->acts, n * sizeof(*acts));
        acts[n++] = twin_of(h, some, "a1");
        acts[n++] = twin_of(h, some, "e5");
        AUTO_FREE char *expected = text_of(h, acts, n);
        shuffle(&h->random, acts, n);
        AUTO_FREE char *got = text_of(h, acts, n);
        cr_assert_str_eq(got, expected);
        acts[0] = twin_of(h, acts[0], "d4");
        AUTO_FREE char *other = text_of(h, acts, 1);
        acts[0] = twin_of(h, acts[0], "d5");
        AUTO_FREE char *another = text_of(h, acts, 1);
        cr_assert_str_neq(other, another, "what is printed tells details");
}

Test(fold_laws, details_are_part_of_an_act)
{
        for_all(SEEDS / 3, law_details, NULL);
}

/* Consoles pass on what they know, in parts and in any order, until all know all. */
static void law_routes(struct history *h, const struct folded *all, void *ctx)
{
        const struct act *held[HISTORY_CONSOLES][HISTORY_ACTS];
        size_t counts[HISTORY_CONSOLES] = {0};
        AUTO_FREE char *expected = fold_text(all);
        bool complete = false;

        (void)ctx;
        for (int c = 0; c < h->consoles; c++)
                for (size_t i = 0; i < h->count; i++)
                        if (h->knows[c][i])
                                held[c][counts[c]++] = h->acts[i];
        while (!complete) {
                uint32_t to = random_below(&h->random, (uint32_t)h->consoles);
                size_t i = random_below(&h->random, (uint32_t)h->count);
                uint32_t from = random_below(&h->random, (uint32_t)h->consoles);

                if (h->knows[from][i] && !h->knows[to][i]) {
                        h->knows[to][i] = true;
                        held[to][counts[to]++] = h->acts[i];
                }
                complete = true;
                for (int c = 0; c < h->consoles; c++)
                        complete = complete && counts[c] == h->count;
        }
        for (int c = 0; c < h->consoles; c++) {
                AUTO_FREE char *got = text_of(h, held[c], counts[c]);

                cr_assert_str_eq(got, expected);
        }
}

Test(fold_laws, routes_do_not_matter)
{
        for_all(SEEDS / 3, law_routes, NULL);
}

/* ---- the machine against the rules read literally ------------------------------------------- */

/* What an applied act says about a slot, straight from rule 6; false = nothing. */
static bool says(struct history *h, const struct folded *all, size_t i, int field, const char *item)
{
        const struct act *act = all->log[i].act;
        const struct verb *verb = verb_find(&kind_incident, act->verb);
        const struct field *fld = &kind_incident.fields[field];
        const char *value;

        if (!verb || !(verb_may_set(verb, &kind_incident, act) >> field & 1))
                return false;
        if (verb->sets == SETS_UNDO) {
                bool touched = false;

                for (size_t k = 0; k < all->log_count; k++) {
                        const struct act *undone = all->log[k].act;

                        if (strcmp(undone->id, act->undoes) != 0)
                                continue;
                        for (size_t e = 0; e < undone->element_count; e++)
                                touched |= field_is_set(fld) &&
                                           strcmp(undone->elements[e].field, fld->name) == 0 &&
                                           says(h, all, k, field, undone->elements[e].item);
                        touched |= !field_is_set(fld) && says(h, all, k, field, NULL);
                }
                if (!touched)
                        return false;
        }
        for (size_t e = 0; item && e < act->element_count; e++)
                if (strcmp(act->elements[e].field, fld->name) == 0 &&
                    strcmp(act->elements[e].item, item) == 0)
                        return accept_item(fld, item);
        for (size_t s = 0; !item && s < act->set_count; s++)
                if (strcmp(act->sets[s].field, fld->name) == 0 &&
                    accept_value(fld, act->sets[s].value, &h->arena, &value))
                        return true;
        return false;
}

static bool counts_for(struct history *h, const struct folded *all, size_t i, int field,
                       const char *item)
{
        const struct act *act = all->log[i].act;
        bool contained = h->base && strcmp(act->unit, h->base->created_by) == 0 &&
                         act->created_ms * 1000000 <= h->base->modified_ns;

        return all->log[i].applied && !contained && says(h, all, i, field, item);
}

static bool is_named(struct history *h, const struct folded *all, size_t i, int field,
                     const char *item)
{
        for (size_t k = 0; k < all->log_count; k++)
                if (k != i && counts_for(h, all, k, field, item) &&
                    act_was_names(all->log[k].act, kind_incident.fields[field].name,
                                  all->log[i].act->id))
                        return true;
        return false;
}

static void expect_heads(struct history *h, const struct folded *all, int field, const char *item)
{
        const struct fold_heads *got = NULL;
        size_t expected[HISTORY_ACTS], n = 0, touching = 0;

        for (size_t i = 0; i < all->head_count; i++)
                if (all->heads[i].field == field &&
                    (!item || strcmp(all->heads[i].item, item) == 0))
                        got = &all->heads[i];
        for (size_t i = 0; i < all->log_count; i++) {
                if (!counts_for(h, all, i, field, item))
                        continue;
                touching++;
                if (!is_named(h, all, i, field, item))
                        expected[n++] = i;
        }
        cr_assert_eq(touching > 0, got != NULL);
        if (!got)
                return;
        cr_assert_eq(got->count, n ? n : touching, "in a circle all are on top");
        for (size_t i = 0; i < n; i++)
                cr_assert_eq(got->heads[i].act, all->log[expected[i]].act);
}

static void law_heads(struct history *h, const struct folded *all, void *ctx)
{
        static const char *const items[] = {"BE", "FR", "GR", "PT"};

        (void)ctx;
        for (size_t f = 0; f < kind_incident.field_count; f++) {
                if (!field_is_set(&kind_incident.fields[f]))
                        expect_heads(h, all, (int)f, NULL);
                else if (strcmp(kind_incident.fields[f].name, "states") == 0)
                        for (size_t i = 0; i < ARRAY_LEN(items); i++)
                                expect_heads(h, all, (int)f, items[i]);
        }
}

Test(fold_laws, heads_are_what_the_rules_say)
{
        for_all(SEEDS / 3, law_heads, NULL);
}

static void law_marking(struct history *h, const struct folded *all, void *ctx)
{
        int shown = thing_rank(&all->thing, "tlp"), greatest = -1;
        size_t *seen = ctx;

        for (size_t i = 0; i < all->head_count; i++) {
                const struct fold_heads *heads = &all->heads[i];

                if (kind_incident.fields[heads->field].list != &enum_tlp || !heads->conflict)
                        continue;
                for (size_t k = 0; k < heads->count; k++) {
                        const char *value = heads->heads[k].value;
                        int rank = value     ? enum_rank(&enum_tlp, value)
                                   : h->base ? thing_rank(h->base, "tlp")
                                             : -1;

                        greatest = rank > greatest ? rank : greatest;
                }
                cr_assert_eq(shown, greatest);
                (*seen)++;
        }
}

Test(fold_laws, marking_in_conflict_is_the_most_restrictive)
{
        size_t seen = 0;

        for_all(SEEDS, law_marking, &seen);
        cr_assert_gt(seen, SEEDS / 50);
}

/* Whether an act applies depends on those before it only, and its verb is asked with their state.
 */
static void law_guards(struct history *h, const struct folded *all, void *ctx)
{
        size_t *refused = ctx;

        for (size_t i = 0; i < all->log_count; i++) {
                const struct act *before[HISTORY_ACTS], *act = all->log[i].act;
                const struct verb *verb = verb_find(&kind_incident, act->verb);
                struct folded f, with;
                const char *why;

                for (size_t k = 0; k <= i; k++)
                        before[k] = all->log[k].act;
                fold(&kind_incident, h->base, before, i, &h->arena, &f);
                fold(&kind_incident, h->base, before, i + 1, &h->arena, &with);
                cr_assert_eq(with.log[i].applied, all->log[i].applied);
                why = verb ? verb_why_not(verb, &f.thing, act) : NULL;
                if (!why || strcmp(act->unit, "identity--00000000-0000-4000-8000-00000000000a"))
                        continue;
                cr_assert(!all->log[i].applied);
                (*refused)++;
        }
}

Test(fold_laws, guards_see_the_state_before)
{
        size_t refused = 0;

        for_all(SEEDS / 10, law_guards, &refused);
        cr_assert_gt(refused, SEEDS / 20);
}

/* ---- one more act -------------------------------------------------------------------------- */

static void fold_with(struct history *h, const struct act *act, struct folded *ret)
{
        const struct act *acts[HISTORY_ACTS + 1];

        memcpy(acts, h->acts, h->count * sizeof(*acts));
        acts[h->count] = act;
        fold(&kind_incident, h->base, acts, h->count + 1, &h->arena, ret);
}

static void law_last_word(struct history *h, const struct folded *all, void *ctx)
{
        struct act *act = history_act(h, "severity");
        int severity = field_index(&kind_incident, "severity");
        struct folded f;

        (void)ctx;
        act_give(h, act, all, "severity", "critical");
        fold_with(h, act, &f);
        cr_assert_str_eq(thing_text(&f.thing, "severity"), "critical");
        cr_assert(!f.field_conflict[severity]);
        cr_assert_eq(f.conflicts, all->conflicts - all->field_conflict[severity]);
}

Test(fold_laws, who_has_seen_all_has_the_last_word)
{
        for_all(SEEDS, law_last_word, NULL);
}

static void law_settle(struct history *h, const struct folded *all, void *ctx)
{
        struct act *act = history_act(h, "settle");
        size_t *settled = ctx;
        struct folded f;

        for (size_t i = 0; i < all->head_count; i++) {
                const struct fold_heads *heads = &all->heads[i];
                const char *field = kind_incident.fields[heads->field].name;

                if (heads->conflict && heads->item)
                        act_give_element(h, act, all, field, heads->item, true);
                else if (heads->conflict)
                        act_give(h, act, all, field, heads->heads[0].value);
        }
        fold_with(h, act, &f);
        cr_assert_eq(f.conflicts, 0);
        for (size_t i = 0; i < f.head_count; i++)
                cr_assert(!f.heads[i].conflict);
        *settled += all->conflicts;
}

Test(fold_laws, settling_all_heads_ends_every_conflict)
{
        size_t settled = 0;

        for_all(SEEDS, law_settle, &settled);
        cr_assert_gt(settled, SEEDS / 2);
}

static void law_log(struct history *h, const struct folded *all, void *ctx)
{
        const struct act *some[HISTORY_ACTS];
        struct folded f;
        size_t n = 0, at = 0;

        (void)ctx;
        for (size_t i = 0; i < h->count; i++)
                if (random_below(&h->random, 2))
                        some[n++] = h->acts[i];
        fold(&kind_incident, h->base, some, n, &h->arena, &f);
        for (size_t i = 0; i < f.log_count; i++, at++) {
                while (at < all->log_count && strcmp(all->log[at].act->id, f.log[i].act->id) != 0)
                        at++;
                cr_assert_lt(at, all->log_count, "the log of a part is a part of the log");
        }
}

Test(fold_laws, more_acts_never_reorder_the_log)
{
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                struct history h;
                struct folded all;

                history_make(&h, seed, false);
                history_fold_all(&h, &all);
                law_log(&h, &all, NULL);
                history_finish(&h);
        }
}

static void law_undo(struct history *h, const struct folded *all, void *ctx)
{
        struct act *act = history_act(h, "set"), *undo;
        struct folded changed, restored;
        const struct act *acts[HISTORY_ACTS + 2];

        (void)ctx;
        act_give(h, act, all, "owner", "somebody else");
        act_give(h, act, all, "tlp", "red");
        act_give_element(h, act, all, "states", "BE",
                         value_has(thing_value(&all->thing, "states"), "BE"));
        fold_with(h, act, &changed);
        undo = history_act(h, "undo");
        undo->id = "note--ffffffff-0000-4000-8000-000000000000";
        undo->hlc += INT64_C(1) << 24;
        act_make_undo(h, undo, &changed, all, act);
        memcpy(acts, h->acts, h->count * sizeof(*acts));
        acts[h->count] = act;
        acts[h->count + 1] = undo;
        fold(&kind_incident, h->base, acts, h->count + 2, &h->arena, &restored);
        cr_assert(restored.log[restored.log_count - 1].applied);
        for (size_t i = 0; i < kind_incident.field_count; i++) {
                if (strcmp(kind_incident.fields[i].name, "modified") == 0)
                        continue;
                cr_assert(value_equal(&restored.thing.values[i], &all->thing.values[i]), "%s",
                          kind_incident.fields[i].name);
        }
}

Test(fold_laws, undo_restores_what_was)
{
        for_all(SEEDS, law_undo, NULL);
}
