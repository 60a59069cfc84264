/* What holds of machines whatever people do, in whatever order it arrives: model/machine.h. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "drafts.h"
#include "unit/laws.h"
#include "walks.h"

#define SEEDS laws_seeds(100)

static const struct machine *const machines[] = {&machine_request, &machine_deployment};

static bool is_arrow(const struct machine *m, const char *verb, int from, int to)
{
        for (size_t i = 0; i < m->arrow_count; i++)
                if (strcmp(m->arrows[i].verb, verb) == 0 && (m->arrows[i].from >> from & 1) &&
                    m->arrows[i].to == to)
                        return true;
        return false;
}

static const struct act *find(const struct folded *f, const char *id)
{
        for (size_t i = 0; i < f->log_count; i++)
                if (strcmp(f->log[i].act->id, id) == 0)
                        return f->log[i].act;
        return NULL;
}

static bool is_head(const struct machine *m, const struct folded *f, int state)
{
        for (size_t i = 0; i < f->head_count; i++) {
                const struct fold_heads *h = &f->heads[i];

                if (strcmp(m->kind->fields[h->field].name, MACHINE_FIELD) != 0)
                        continue;
                for (size_t k = 0; k < h->count; k++)
                        if (machine_rank(m, h->heads[k].value) == state)
                                return true;
        }
        return false;
}

struct seen {
        uint32_t states;
        size_t moves, refused, undone, settled;
        bool arrows[64];
};

static void check_step(const struct walk *w, const struct folded *before,
                       const struct folded *after, struct seen *seen)
{
        const struct fold_entry *e = &after->log[after->log_count - 1];
        int from = machine_state(w->m, &before->thing), to = machine_state(w->m, &after->thing);
        const char *verb = e->act->verb;

        seen->states |= UINT32_C(1) << to;
        if (!e->applied) {
                cr_assert(e->why_not && *e->why_not);
                seen->refused++;
        }
        if (from == to)
                return;
        cr_assert(e->applied);
        seen->moves++;
        if (strcmp(verb, "undo") == 0) {
                const struct act *undone = find(before, e->act->undoes);

                cr_assert(is_arrow(w->m, undone->verb, to, from), "undo of %s: %d to %d",
                          undone->verb, from, to);
                seen->undone++;
        } else if (strcmp(verb, "settle") == 0) {
                cr_assert(is_head(w->m, before, to), "settled in %d", to);
                seen->settled++;
        } else {
                cr_assert(is_arrow(w->m, verb, from, to), "%s: %d to %d", verb, from, to);
        }
        for (size_t i = 0; i < w->m->arrow_count; i++)
                if (strcmp(w->m->arrows[i].verb, verb) == 0 && w->m->arrows[i].to == to)
                        seen->arrows[i] = true;
}

static void check_walk(struct walk *w, struct seen *seen)
{
        struct folded all, before, after;
        const struct act *acts[WALK_ACTS];

        walk_all(w, &all);
        fold(w->m->kind, NULL, NULL, 0, &w->arena, &before);
        for (size_t i = 0; i < all.log_count; i++) {
                acts[i] = all.log[i].act;
                fold(w->m->kind, NULL, acts, i + 1, &w->arena, &after);
                cr_assert_eq(after.log[i].applied, all.log[i].applied);
                check_step(w, &before, &after, seen);
                before = after;
        }
}

Test(machine_laws, no_state_is_reached_but_by_an_arrow)
{
        for (size_t k = 0; k < ARRAY_LEN(machines); k++) {
                const struct machine *m = machines[k];
                struct seen seen = {0};

                for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                        struct walk w;

                        walk_make(&w, m, seed);
                        check_walk(&w, &seen);
                        walk_finish(&w);
                }
                fprintf(stderr, "machine of %s: %zu moves, %zu undone, %zu settled, %zu refused\n",
                        m->kind->plural, seen.moves, seen.undone, seen.settled, seen.refused);
                for (size_t i = 0; i < m->arrow_count; i++)
                        cr_expect(m->arrows[i].to == MACHINE_STAYS || seen.arrows[i],
                                  "%s of a %s was never done", m->arrows[i].verb, m->kind->name);
                cr_expect_eq(seen.states, (UINT32_C(1) << m->states->count) - 1,
                             "a state was never reached");
                cr_expect_gt(seen.refused, SEEDS);
                cr_expect_gt(seen.undone, SEEDS / 20);
                cr_expect_gt(seen.settled, SEEDS / 50);
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

Test(machine_laws, order_and_repetition_do_not_matter)
{
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                const struct act *acts[2 * WALK_ACTS];
                AUTO_FREE char *expected = NULL, *got = NULL;
                struct folded all, f;
                struct walk w;

                walk_make(&w, machines[seed % 2], seed);
                walk_all(&w, &all);
                expected = fold_text(&all);
                memcpy(acts, w.acts, w.count * sizeof(*acts));
                memcpy(acts + w.count, w.acts, w.count * sizeof(*acts));
                shuffle(&w.random, acts, 2 * w.count);
                fold(w.m->kind, NULL, acts, 2 * w.count, &w.arena, &f);
                got = fold_text(&f);
                cr_assert_str_eq(got, expected);
                walk_finish(&w);
        }
}

/* Whoever has seen all may take back the last step, and everything is as it was. */
Test(machine_laws, undo_of_a_verb_restores_all_that_it_set)
{
        size_t undone = 0;

        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                struct folded before, with, after;
                struct act *act, *undo;
                struct walk w;

                walk_make(&w, machines[seed % 2], seed);
                w.count = 1 + random_below(&w.random, (uint32_t)w.count - 2);
                memset(w.knows[0], true, sizeof(w.knows[0]));
                walk_all(&w, &before);
                for (size_t i = 0; i < verb_count(); i++) {
                        const struct verb *verb = verb_at(i);
                        size_t count = w.count;

                        if (!verb->kind || verb_find(w.m->kind, verb->name) != verb ||
                            before.conflicts)
                                continue;
                        act = walk_act(&w, 0, verb->name);
                        walk_fill(&w, act, &before);
                        if (verb_why_not(verb, &before.thing, act))
                                continue;
                        walk_add(&w, 0, act);
                        walk_all(&w, &with);
                        undo = walk_act(&w, 0, "undo");
                        walk_undo(&w, undo, &with, act);
                        walk_add(&w, 0, undo);
                        walk_all(&w, &after);
                        cr_assert(after.log[after.log_count - 1].applied, "undo of %s: %s",
                                  verb->name, after.log[after.log_count - 1].why_not);
                        for (size_t f = 0; f < w.m->kind->field_count; f++)
                                cr_assert(strcmp(w.m->kind->fields[f].name, "modified") == 0 ||
                                                  value_equal(&before.thing.values[f],
                                                              &after.thing.values[f]),
                                          "%s: %s", verb->name, w.m->kind->fields[f].name);
                        undone++;
                        w.count = count;
                }
                walk_finish(&w);
        }
        cr_assert_gt(undone, SEEDS);
}
