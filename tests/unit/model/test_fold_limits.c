/* What the fold makes of acts that nobody honest makes, and of very many. */
#include "model/fold.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "drafts.h"

static struct arena a;
static struct folded f;

static void setup(void)
{
        arena_init(&a);
}

static void teardown(void)
{
        arena_finish(&a);
}

TestSuite(fold_limits, .init = setup, .fini = teardown);

static const char *shown(const char *field)
{
        return folded_text(&f, field);
}

static const char *set_shown(const char *field)
{
        return value_join(thing_value(&f.thing, field), " ", &a);
}

static void expect_refused(const struct draft *d, const char *why)
{
        cr_assert_str_eq(draft_refused(d, &f), why);
}

static struct draft *opening(void)
{
        return draft_opening(&a);
}

Test(fold_limits, fields_that_the_verb_may_not_set_are_passed_over)
{
        struct draft *open = opening(), *set = draft(&a, "b", 1, "set"),
                     *note = draft(&a, "b", 2, "note");
        struct draft *end = draft(&a, "b", 3, "settle");

        draft_set(draft_set(draft_set(set, "status", "closed"), "modified", "x"), "title", "New");
        draft_saw(draft_set(set, "no such field", "x"), "title", open);
        draft_set(note, "severity", "critical");
        draft_saw(draft_set(end, "status", "closed"), "status", open);
        fold_drafts(NULL, DRAFTS(open, set, note, end), &a, &f);
        cr_assert_str_eq(shown("status"), "new");
        cr_assert_str_eq(shown("title"), "New");
        cr_assert_str_eq(shown("severity"), "medium");
        cr_assert(!*draft_refused(set, &f) && !*draft_refused(note, &f) &&
                  !*draft_refused(end, &f));
}

Test(fold_limits, values_that_are_none_are_passed_over)
{
        struct draft *open = opening(), *bad = draft(&a, "b", 1, "set"),
                     *item = draft(&a, "b", 2, "set");

        draft_set(draft_set(draft_set(bad, "severity", "purple"), "occurred", "soon"), "owner",
                  "berg");
        draft_set(draft_add(bad, "title", "x"), "states", "FR");
        fold_drafts(NULL, DRAFTS(open, bad, draft_add(item, "states", "")), &a, &f);
        cr_assert_str_eq(shown("severity"), "medium");
        cr_assert_str_eq(shown("occurred"), "");
        cr_assert_str_eq(shown("owner"), "berg");
        cr_assert_str_eq(set_shown("states"), "");
}

Test(fold_limits, values_are_made_canonical)
{
        struct draft *open = opening(), *set = draft(&a, "b", 1, "set");

        draft_set(draft_set(set, "severity", "CRITICAL"), "occurred", "2026-11-24T14:04:27+01:00");
        fold_drafts(NULL, DRAFTS(open, draft_saw(set, "severity", open)), &a, &f);
        cr_assert_str_eq(shown("severity"), "critical");
        cr_assert_str_eq(shown("occurred"), "2026-11-24T13:04:27.000Z");
}

Test(fold_limits, unknown_verb_and_too_large_act_are_not_applied)
{
        struct draft *open = opening(), *strange = draft(&a, "b", 1, "teleport");
        struct draft *large = draft(&a, "b", 2, "set");

        draft_set(strange, "title", "x");
        large->was[0] = (struct act_was){.field = "title", .count = ACT_WAS_MAX + 1};
        large->act.was_count = 1;
        fold_drafts(NULL, DRAFTS(open, strange, draft_set(large, "title", "y")), &a, &f);
        expect_refused(strange, "what it does is not known here");
        expect_refused(large, "it is too large");
        cr_assert_str_eq(shown("title"), "Ransomware");
}

Test(fold_limits, circles_and_names_of_later_acts_are_harmless)
{
        struct draft *one = draft_set(draft(&a, "b", 1, "severity"), "severity", "low");
        struct draft *two = draft_set(draft(&a, "c", 2, "severity"), "severity", "high");
        struct draft *end = draft_set(draft(&a, "d", 3, "settle"), "severity", "none");

        draft_saw(draft_saw(one, "severity", two), "severity", one);
        fold_drafts(NULL, DRAFTS(one, two), &a, &f);
        cr_assert_str_eq(shown("severity"), "low", "the later one is named by the earlier one");
        cr_assert_eq(f.conflicts, 0);

        draft_saw(two, "severity", one);
        fold_drafts(NULL, DRAFTS(one, two), &a, &f);
        cr_assert_eq(f.conflicts, 1, "in a circle all are on top");
        cr_assert_str_eq(shown("severity"), "high");

        draft_saw(draft_saw(end, "severity", one), "severity", two);
        fold_drafts(NULL, DRAFTS(one, two, end), &a, &f);
        cr_assert_eq(f.conflicts, 0);
        cr_assert_str_eq(shown("severity"), "none");
}

Test(fold_limits, impossible_clock_does_not_win_for_ever)
{
        struct draft *open = opening(), *hostile = draft(&a, "b", 1, "severity");
        struct draft *ours = draft(&a, "c", 2, "severity");

        hostile->act.hlc = INT64_MAX;
        hostile->act.created_ms = INT64_MAX;
        draft_saw(draft_set(hostile, "severity", "none"), "severity", open);
        draft_saw(draft_set(ours, "severity", "high"), "severity", hostile);
        fold_drafts(NULL, DRAFTS(open, ours, hostile), &a, &f);
        cr_assert_eq(f.conflicts, 0);
        cr_assert_str_eq(shown("severity"), "high", "whoever saw it and named it replaces it");
        hostile->act.hlc = INT64_MIN;
        hostile->act.created_ms = INT64_MIN + 1;
        fold_drafts(NULL, DRAFTS(open, ours, hostile), &a, &f);
        cr_assert_eq(f.log[0].act, &hostile->act);
        cr_assert_str_eq(shown("severity"), "high");
}

Test(fold_limits, doubles_by_id_count_once)
{
        struct draft *open = opening(), *first = draft(&a, "b", 1, "severity");
        struct draft *other = draft(&a, "b", 1, "severity");
        AUTO_FREE char *one = NULL, *two = NULL;

        draft_saw(draft_set(first, "severity", "low"), "severity", open);
        draft_saw(draft_set(other, "severity", "high"), "severity", open);
        fold_drafts(NULL, DRAFTS(open, first, other, open, first), &a, &f);
        one = fold_text(&f);
        cr_assert_eq(f.log_count, 2);
        cr_assert_eq(f.conflicts, 0);
        fold_drafts(NULL, DRAFTS(other, first, open), &a, &f);
        two = fold_text(&f);
        cr_assert_str_eq(one, two);
}

Test(fold_limits, set_shows_at_most_its_maximum)
{
        enum { ACTS = 300 };
        const struct act *acts[ACTS];

        for (int i = 0; i < ACTS; i++) {
                struct draft *d = draft(&a, "b", i, "set");

                acts[i] = &draft_add(d, "states", arena_printf(&a, "X%03d", ACTS - i))->act;
        }
        fold(&kind_incident, NULL, acts, ACTS, &a, &f);
        cr_assert_eq(thing_value(&f.thing, "states")->count, VALUE_ITEMS_MAX);
        cr_assert_str_eq(thing_value(&f.thing, "states")->items[0], "X001");
        cr_assert_eq(f.head_count, ACTS);
}

Test(fold_limits, ten_thousand_acts_do_not_take_long)
{
        enum { ACTS = 10000 };
        const struct act **acts = arena_array(&a, ACTS, sizeof(*acts));
        struct draft *last = NULL;
        int64_t start;

        for (int i = 0; i < ACTS; i++) {
                struct draft *d = draft(&a, i % 2 ? "b" : "c", i, i % 4 ? "severity" : "set");

                if (i % 4)
                        draft_set(d, "severity", i % 3 ? "low" : "high");
                else
                        draft_add(d, "states", arena_printf(&a, "S%d", i));
                if (last && i % 8)
                        draft_saw(d, "severity", last);
                acts[i] = &d->act;
                last = i % 4 ? d : last;
        }
        start = clock_mono_ns();
        fold(&kind_incident, NULL, acts, ACTS, &a, &f);
        cr_assert_lt(clock_mono_ns() - start, INT64_C(2000000000));
        cr_assert_eq(f.log_count, ACTS);
}
