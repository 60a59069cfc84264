/* Each rule of model/fold.h in a small history written by hand. */
#include "model/fold.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "drafts.h"

#define THEIR_UNIT "identity--00000000-0000-4000-8000-00000000000f"

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

TestSuite(fold, .init = setup, .fini = teardown);

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

static struct thing their_incident(void)
{
        struct thing t;

        thing_init(&t, &kind_incident, "incident--00000000-0000-4000-8000-000000000001");
        t.created_by = THEIR_UNIT;
        t.created_ms = DRAFT_START - 1000;
        t.modified_ns = (DRAFT_START + 5000) * INT64_C(1000000) + 999999;
        thing_set(&t, "title", "Theirs");
        thing_set(&t, "severity", "low");
        thing_set(&t, "status", "active");
        thing_set_items(&t, "states", (const char *const[]){"BE", "FR"}, 2, &a);
        return t;
}

Test(fold, opening_gives_reference_creator_and_times)
{
        struct draft *open = opening(), *note = draft(&a, "a", 60, "note");

        fold_drafts(NULL, DRAFTS(note, open), &a, &f);
        cr_assert_str_eq(f.ref, "INC-0007");
        cr_assert_str_eq(shown("ref"), "INC-0007");
        cr_assert_str_eq(f.thing.created_by, open->act.unit);
        cr_assert_eq(f.thing.created_ms, DRAFT_START);
        cr_assert_eq(f.thing.modified_ns, (DRAFT_START + 60000) * INT64_C(1000000));
        cr_assert_str_eq(shown("created"), "2026-11-24T13:00:00.000Z");
        cr_assert_str_eq(shown("modified"), "2026-11-24T13:01:00.000Z");
        cr_assert_str_eq(f.log[0].act->id, open->act.id);
        cr_assert_eq(f.conflicts, 0);
}

Test(fold, second_opening_is_refused)
{
        struct draft *again = draft_set(draft(&a, "b", 1, "open"), "ref", "INC-0001");

        fold_drafts(NULL, DRAFTS(again, opening()), &a, &f);
        expect_refused(again, "it was opened already");
        cr_assert_str_eq(f.ref, "INC-0007");
}

Test(fold, act_that_saw_another_replaces_it)
{
        struct draft *open = opening(), *high = draft(&a, "b", 1, "severity");

        draft_saw(draft_set(high, "severity", "high"), "severity", open);
        fold_drafts(NULL, DRAFTS(open, high), &a, &f);
        cr_assert_str_eq(shown("severity"), "high");
        cr_assert_eq(f.conflicts, 0);
        cr_assert(f.field_is_ours[field_index(&kind_incident, "severity")]);
}

Test(fold, acts_that_did_not_see_each_other_are_a_conflict)
{
        struct draft *open = opening(), *high = draft(&a, "b", 1, "severity");
        struct draft *low = draft(&a, "c", 2, "severity"), *end = draft(&a, "b", 3, "settle");
        int severity = field_index(&kind_incident, "severity");

        draft_saw(draft_set(high, "severity", "high"), "severity", open);
        draft_saw(draft_set(low, "severity", "low"), "severity", open);
        fold_drafts(NULL, DRAFTS(open, high, low), &a, &f);
        cr_assert_eq(f.conflicts, 1);
        cr_assert(f.field_conflict[severity]);
        cr_assert_str_eq(shown("severity"), "low", "the newer one is shown");

        draft_saw(draft_saw(draft_set(end, "severity", "high"), "severity", low), "severity", high);
        fold_drafts(NULL, DRAFTS(open, high, low, end), &a, &f);
        cr_assert_eq(f.conflicts, 0);
        cr_assert(!f.field_conflict[severity]);
        cr_assert_str_eq(shown("severity"), "high");
}

Test(fold, same_value_twice_is_no_conflict)
{
        struct draft *open = opening(), *b = draft(&a, "b", 1, "severity");
        struct draft *c = draft(&a, "c", 2, "severity");

        draft_saw(draft_set(b, "severity", "high"), "severity", open);
        draft_saw(draft_set(c, "severity", "high"), "severity", open);
        fold_drafts(NULL, DRAFTS(open, b, c), &a, &f);
        cr_assert_eq(f.conflicts, 0);
        cr_assert_str_eq(shown("severity"), "high");
}

Test(fold, marking_in_conflict_shows_the_most_restrictive)
{
        struct draft *open = opening(), *red = draft(&a, "b", 1, "set");
        struct draft *green = draft(&a, "c", 2, "set");

        fold_drafts(NULL,
                    DRAFTS(open, draft_set(red, "tlp", "red"), draft_set(green, "tlp", "green")),
                    &a, &f);
        cr_assert_eq(f.conflicts, 0, "the second lowers what stands: not applied without a reason");
        expect_refused(green, "a lower marking needs a reason");
        green->act.reason = "cleared by the owner";
        fold_drafts(NULL, DRAFTS(open, red, green), &a, &f);
        cr_assert_eq(f.conflicts, 1);
        cr_assert_str_eq(shown("tlp"), "red");
}

Test(fold, marking_in_conflict_does_not_go_by_time)
{
        static const char *const order[][2] = {{"amber", "red"}, {"red", "amber"}};

        for (size_t i = 0; i < ARRAY_LEN(order); i++) {
                struct draft *one = draft_set(draft(&a, "b", 1, "set"), "tlp", order[i][0]);
                struct draft *two = draft_set(draft(&a, "c", 2, "set"), "tlp", order[i][1]);

                two->act.reason = "asked";
                fold_drafts(NULL, DRAFTS(opening(), one, two), &a, &f);
                cr_assert_eq(f.conflicts, 1);
                cr_assert_str_eq(shown("tlp"), "red");
        }
}

Test(fold, withdrawn_marking_counts_as_the_base_in_a_conflict)
{
        struct thing base = their_incident();
        struct draft *none = draft_set(draft(&a, "b", 7, "set"), "tlp", NULL);
        struct draft *green = draft_set(draft(&a, "c", 8, "set"), "tlp", "green");

        thing_set(&base, "tlp", "amber");
        none->act.reason = green->act.reason = "asked";
        fold_drafts(&base, DRAFTS(none, green), &a, &f);
        cr_assert_eq(f.conflicts, 1);
        cr_assert_str_eq(shown("tlp"), "amber");
}

Test(fold, elements_of_a_set_are_apart)
{
        struct draft *open = opening(), *fr = draft(&a, "b", 1, "set"),
                     *be = draft(&a, "c", 2, "set");

        fold_drafts(NULL,
                    DRAFTS(open, draft_add(fr, "states", "FR"), draft_add(be, "states", "BE")), &a,
                    &f);
        cr_assert_eq(f.conflicts, 0);
        cr_assert_str_eq(set_shown("states"), "BE FR");
}

Test(fold, adding_and_removing_one_element_at_once_is_a_conflict)
{
        struct thing base = their_incident();
        struct draft *out = draft_remove(draft(&a, "b", 7, "set"), "states", "FR");
        struct draft *in = draft_add(draft(&a, "c", 8, "set"), "states", "FR");
        struct draft *end = draft(&a, "b", 9, "settle");

        fold_drafts(&base, DRAFTS(out, in), &a, &f);
        cr_assert_eq(f.conflicts, 1);
        cr_assert(f.field_conflict[field_index(&kind_incident, "states")]);
        cr_assert_str_eq(set_shown("states"), "BE FR");

        draft_saw(draft_saw(draft_remove(end, "states", "FR"), "states", in), "states", out);
        fold_drafts(&base, DRAFTS(end, out, in), &a, &f);
        cr_assert_eq(f.conflicts, 0);
        cr_assert_str_eq(set_shown("states"), "BE");
}

Test(fold, act_that_adds_and_removes_an_element_adds_it)
{
        struct draft *both = draft(&a, "b", 1, "set");

        draft_add(draft_remove(both, "states", "FR"), "states", "FR");
        fold_drafts(NULL, DRAFTS(opening(), both), &a, &f);
        cr_assert_str_eq(set_shown("states"), "FR");
        cr_assert_eq(f.conflicts, 0);
}

Test(fold, set_is_ours_where_it_differs_from_the_base)
{
        struct thing base = their_incident();
        struct draft *same = draft_add(draft(&a, "b", 7, "set"), "states", "FR");
        int field = field_index(&kind_incident, "states");

        fold_drafts(&base, DRAFTS(same), &a, &f);
        cr_assert(!f.field_is_ours[field]);
        fold_drafts(&base, DRAFTS(same, draft_remove(draft(&a, "c", 8, "set"), "states", "BE")), &a,
                    &f);
        cr_assert(f.field_is_ours[field]);
        cr_assert_str_eq(set_shown("states"), "FR");
        cr_assert_eq(base.values[field].count, 2, "the base stays as it is");
}

Test(fold, was_of_a_set_is_that_of_its_elements)
{
        struct draft *both = draft_add(draft(&a, "b", 1, "set"), "states", "BE");
        struct draft *one = draft_add(draft(&a, "c", 2, "set"), "states", "GR");
        int field = field_index(&kind_incident, "states");
        const char *const *ids;

        fold_drafts(NULL, DRAFTS(opening(), one, draft_add(both, "states", "FR")), &a, &f);
        cr_assert_eq(fold_was(&f, field, NULL, 0, &a, &ids), 2, "an act is named once");
        cr_assert_str_eq(ids[0], both->act.id);
        cr_assert_str_eq(ids[1], one->act.id);
        cr_assert_eq(fold_was(&f, field, (const char *const[]){"GR"}, 1, &a, &ids), 1);
        cr_assert_str_eq(ids[0], one->act.id);
        cr_assert_eq(fold_was(&f, field, (const char *const[]){"PT"}, 1, &a, &ids), 0);
}

Test(fold, guard_that_does_not_hold_keeps_the_act_in_the_log_only)
{
        struct draft *open = opening(), *one = draft(&a, "b", 1, "ack"),
                     *two = draft(&a, "c", 2, "ack");

        draft_set(draft_set(one, "acked", "2026-11-24T13:00:01.000Z"), "acked_by", "berg");
        draft_set(draft_set(two, "acked", "2026-11-24T13:00:02.000Z"), "acked_by", "costa");
        fold_drafts(NULL, DRAFTS(open, two, one), &a, &f);
        cr_assert(!*draft_refused(one, &f));
        expect_refused(two, "already acknowledged");
        cr_assert_str_eq(shown("acked_by"), "berg");
        cr_assert_eq(f.conflicts, 0);
        cr_assert_eq(f.log_count, 3);
        cr_assert_str_eq(shown("modified"), "2026-11-24T13:00:01.000Z", "it changed nothing");
}

Test(fold, act_behind_a_close_is_judged_by_the_closed_state)
{
        struct draft *open = opening(), *close = draft(&a, "b", 1, "status");
        struct draft *move = draft(&a, "c", 2, "status"), *reopen = draft(&a, "c", 3, "status");

        draft_saw(draft_set(close, "status", "closed"), "status", open)->act.reason = "false alarm";
        draft_saw(draft_set(move, "status", "contained"), "status", open);
        draft_saw(draft_set(reopen, "status", "active"), "status", close)->act.reason = "again";
        fold_drafts(NULL, DRAFTS(open, close, move), &a, &f);
        expect_refused(move, "it is closed; reopening makes it active first");
        cr_assert_str_eq(shown("status"), "closed");
        fold_drafts(NULL, DRAFTS(open, close, move, reopen), &a, &f);
        cr_assert_str_eq(shown("status"), "active");
        cr_assert_eq(f.conflicts, 0);
}

Test(fold, undo_of_an_acknowledgement_makes_it_unacknowledged)
{
        struct draft *open = opening(), *ack = draft(&a, "b", 1, "ack"),
                     *undo = draft(&a, "b", 2, "undo");
        struct draft *again = draft(&a, "c", 3, "ack"), *twice = draft(&a, "c", 4, "undo");

        draft_set(draft_set(ack, "acked", "2026-11-24T13:00:01.000Z"), "acked_by", "berg");
        draft_saw(draft_saw(undo, "acked", ack), "acked_by", ack)->act.undoes = ack->act.id;
        draft_set(draft_set(undo, "acked", NULL), "acked_by", NULL);
        twice->act.undoes = ack->act.id;
        fold_drafts(NULL, DRAFTS(open, ack, undo, twice), &a, &f);
        cr_assert_str_eq(shown("acked"), "");
        cr_assert_str_eq(shown("acked_by"), "");
        cr_assert(!f.field_is_ours[field_index(&kind_incident, "acked")]);
        expect_refused(twice, "that was undone already");

        draft_saw(draft_set(again, "acked", "2026-11-24T13:00:03.000Z"), "acked", undo);
        fold_drafts(NULL, DRAFTS(open, ack, undo, again), &a, &f);
        cr_assert(!*draft_refused(again, &f));
}

Test(fold, undo_of_what_was_not_applied_is_refused)
{
        struct draft *open = opening(), *same = draft(&a, "b", 1, "status");
        struct draft *undo = draft(&a, "b", 2, "undo");

        draft_set(same, "status", "new");
        draft_set(undo, "status", "active")->act.undoes = same->act.id;
        fold_drafts(NULL, DRAFTS(open, same, undo), &a, &f);
        expect_refused(same, "it has that status already");
        expect_refused(undo, "what it undoes was not applied");
        cr_assert_str_eq(shown("status"), "new");
}

Test(fold, undo_touches_only_what_the_undone_act_touched)
{
        struct draft *open = opening(), *owner = draft(&a, "b", 1, "owner");
        struct draft *undo = draft(&a, "b", 2, "undo");

        draft_set(owner, "owner", "berg");
        draft_set(draft_set(undo, "owner", NULL), "status", "closed")->act.undoes = owner->act.id;
        draft_saw(undo, "owner", owner);
        fold_drafts(NULL, DRAFTS(open, owner, undo), &a, &f);
        cr_assert_str_eq(shown("owner"), "");
        cr_assert_str_eq(shown("status"), "new");
}

Test(fold, undo_of_what_cannot_be_undone_is_refused)
{
        static const char *const reasons[] = {"what it undoes is not known here",
                                              "an opening can't be undone",
                                              "what it undoes changed nothing"};
        struct draft *open = opening(), *note = draft(&a, "a", 1, "note");
        const char *const targets[] = {"note--nowhere", open->act.id, note->act.id};

        for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
                struct draft *undo = draft_set(draft(&a, "b", 2, "undo"), "title", "x");

                undo->act.undoes = targets[i];
                fold_drafts(NULL, DRAFTS(open, note, undo), &a, &f);
                expect_refused(undo, reasons[i]);
                cr_assert_str_eq(shown("title"), "Ransomware");
        }
}

Test(fold, withdrawn_word_lets_the_base_show_and_an_empty_one_hides_it)
{
        struct thing base = their_incident();
        struct draft *high = draft_set(draft(&a, "b", 7, "severity"), "severity", "high");
        struct draft *back = draft_set(draft(&a, "b", 8, "severity"), "severity", NULL);
        struct draft *none = draft_set(draft(&a, "b", 8, "severity"), "severity", "");
        int severity = field_index(&kind_incident, "severity");

        fold_drafts(&base, DRAFTS(high), &a, &f);
        cr_assert_str_eq(shown("severity"), "high");
        cr_assert_str_eq(fold_word(&f, severity), "high");
        fold_drafts(&base, DRAFTS(high, draft_saw(back, "severity", high)), &a, &f);
        cr_assert_str_eq(shown("severity"), "low");
        cr_assert(!f.field_is_ours[severity]);
        cr_assert_null(fold_word(&f, severity));
        fold_drafts(&base, DRAFTS(high, draft_saw(none, "severity", high)), &a, &f);
        cr_assert_str_eq(shown("severity"), "");
        cr_assert(f.field_is_ours[severity]);
        cr_assert_str_eq(fold_word(&f, severity), "");
}

Test(fold, what_the_base_contains_counts_for_the_log_only)
{
        struct thing base = their_incident();
        struct draft *before = draft_set(draft(&a, "b", 5, "severity"), "severity", "critical");
        struct draft *after = draft_set(draft(&a, "b", 6, "severity"), "severity", "high");

        before->act.unit = after->act.unit = THEIR_UNIT;
        fold_drafts(&base, DRAFTS(before), &a, &f);
        cr_assert_str_eq(shown("severity"), "low");
        cr_assert(!*draft_refused(before, &f));
        cr_assert_eq(f.head_count, 0);
        fold_drafts(&base, DRAFTS(before, after), &a, &f);
        cr_assert_str_eq(shown("severity"), "high");
}

Test(fold, nothing_at_all)
{
        struct thing base = their_incident();
        struct draft *none[] = {NULL};

        fold_drafts(NULL, none, &a, &f);
        cr_assert_null(f.thing.id);
        cr_assert_null(f.ref);
        cr_assert_eq(f.thing.created_ms, CLOCK_NONE);
        fold_drafts(&base, none, &a, &f);
        cr_assert_str_eq(shown("title"), "Theirs");
        cr_assert_str_eq(set_shown("states"), "BE FR");
        cr_assert_eq(f.thing.modified_ns, base.modified_ns);
}
