#include "model/rules.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "drafts.h"

static struct arena a;
static struct thing now;

static void setup(void)
{
        arena_init(&a);
        thing_init(&now, &kind_incident, "incident--00000000-0000-4000-8000-000000000001");
}

static void teardown(void)
{
        arena_finish(&a);
}

TestSuite(rules, .init = setup, .fini = teardown);

static const char *asked(const struct draft *d)
{
        const struct verb *verb = verb_find(&kind_incident, d->act.verb);
        const char *why;

        cr_assert_not_null(verb);
        why = verb_why_not(verb, &now, &d->act);
        return why ? why : "may";
}

static bool may_set(const struct draft *d, const char *field)
{
        const struct verb *verb = verb_find(&kind_incident, d->act.verb);

        return verb_may_set(verb, &kind_incident, &d->act) >> field_index(&kind_incident, field) &
               1;
}

Test(rules, table_is_sane)
{
        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *verb = verb_at(i);
                const struct kind *kind = verb->kind ? kind_find(verb->kind) : &kind_incident;

                cr_assert_not_null(kind);
                cr_assert(verb->name && verb->did && verb->help, "row %zu", i);
                cr_assert_eq(verb_find(kind, verb->name), verb, "%s is there twice", verb->name);
                cr_assert_eq(verb->field != NULL, verb->sets == SETS_FIELD, "%s", verb->name);
                cr_assert(!verb->field || field_find(kind, verb->field), "%s", verb->name);
        }
        cr_assert_null(verb_at(verb_count()));
}

Test(rules, letters_of_a_menu_are_each_one_verb)
{
        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *verb = verb_at(i);

                cr_assert_not_null(verb->label, "%s", verb->name);
                cr_assert_eq(verb->group != NULL, verb->letter != '\0', "%s", verb->name);
                for (size_t k = 0; verb->letter && k < i; k++) {
                        bool apart = verb->kind && verb_at(k)->kind &&
                                     strcmp(verb->kind, verb_at(k)->kind) != 0;

                        cr_assert(apart || verb->letter != verb_at(k)->letter, "%s and %s",
                                  verb->name, verb_at(k)->name);
                }
        }
}

/* A menu asks before anything is said. */
Test(rules, the_state_alone_says_what_may_be_done)
{
        static const struct {
                const char *verb, *fresh, *closed;
        } rows[] = {
                {"ack", NULL, "it is closed"},
                {"severity", NULL, NULL},
                {"park", NULL, "it is closed"},
                {"unpark", "it is not parked", "it is not parked"},
                {"close", NULL, "it is closed"},
                {"reopen", "it is not closed", NULL},
                {"escalate", NULL, NULL},
                {"unhold", "nothing is held", "nothing is held"},
                {"merge", NULL, "it is closed; nothing is merged into what is closed"},
        };

        for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
                const char *expected = i % 2 ? rows[i / 2].closed : rows[i / 2].fresh;
                const char *why;

                thing_set(&now, "status", i % 2 ? "closed" : "new");
                why = verb_may_not(verb_find(&kind_incident, rows[i / 2].verb), &now);
                cr_assert(expected ? why && strcmp(why, expected) == 0 : !why, "%s: %s",
                          rows[i / 2].verb, why ? why : "may");
        }
}

Test(rules, details_of_a_verb_are_sane)
{
        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *verb = verb_at(i);
                size_t count = 0;

                for (const struct detail_row *row = verb->details; row && row->name; row++) {
                        cr_assert(row->label && row->help, "%s %s", verb->name, row->name);
                        cr_assert_eq(verb_detail(verb, row->name), row, "%s twice", row->name);
                        cr_assert(!verb->kind || !field_find(kind_find(verb->kind), row->name) ||
                                          verb->sets == SETS_NONE,
                                  "%s of %s is a field too", row->name, verb->name);
                        count++;
                }
                cr_assert_leq(count, ACT_DETAILS_MAX);
        }
        cr_assert_null(verb_detail(verb_find(&kind_incident, "decide"), "colour"));
        cr_assert_null(verb_detail(verb_find(&kind_incident, "ack"), "grade"));
}

Test(rules, a_decision_needs_what_was_decided_and_why)
{
        struct draft *d = draft(&a, "a", 1, "decide");

        draft_say(draft_say(d, "decision", "Cut the link"), "decider", "duarte");
        cr_assert_str_eq(verb_lacks(verb_find(&kind_incident, "decide"), &d->act)->name,
                         "rationale");
        cr_assert_str_eq(asked(d), "it lacks a detail that it needs");
        draft_say(d, "rationale", " ");
        cr_assert_str_eq(asked(d), "it lacks a detail that it needs");
        d->details[2].value = "it spreads";
        cr_assert_str_eq(asked(d), "may");
        draft_say(d, "review", "2026-11-24T13:00:01.000Z");
        cr_assert_str_eq(asked(d), "its review time is over already");
        d->details[3].value = "2026-11-24T13:00:02.000Z";
        cr_assert_str_eq(asked(d), "may");
        d->details[3].value = "soon";
        cr_assert_str_eq(asked(d), "its review time is no time");
}

Test(rules, verbs_belong_to_their_kind)
{
        cr_assert_not_null(verb_find(&kind_incident, "ack"));
        cr_assert_null(verb_find(&kind_participant, "ack"));
        cr_assert_not_null(verb_find(&kind_participant, "note"));
        cr_assert_null(verb_find(&kind_incident, "nothing"));
        cr_assert_null(verb_find(&kind_incident, NULL));
        cr_assert_str_eq(verb_nearest(&kind_incident, "severty"), "severity");
        cr_assert_str_neq(verb_nearest(&kind_participant, "ack"), "ack");
}

Test(rules, acknowledging_once_and_while_open)
{
        struct draft *ack = draft(&a, "a", 1, "ack");

        cr_assert_str_eq(asked(ack), "it does not say when it was acknowledged");
        draft_set(ack, "acked", "2026-11-24T13:00:01.000Z");
        cr_assert_str_eq(asked(ack), "may");
        thing_set(&now, "status", "closed");
        cr_assert_str_eq(asked(ack), "it is closed");
        thing_set(&now, "acked", "2026-11-24T13:00:00.000Z");
        cr_assert_str_eq(asked(ack), "already acknowledged");
}

Test(rules, moves_of_the_status)
{
        static const struct {
                const char *from, *to, *reason, *answer;
        } rows[] = {
                {NULL, "active", NULL, "may"},
                {"new", "active", NULL, "may"},
                {"recovering", "contained", NULL, "may"},
                {"active", "active", "again", "it has that status already"},
                {"active", "closed", NULL, "closing needs a reason"},
                {"active", "closed", " \t\n", "closing needs a reason"},
                {"active", "closed", "solved", "may"},
                {"closed", "closed", "again", "it has that status already"},
                {"closed", "new", "again", "it is closed; reopening makes it active first"},
                {"closed", "active", NULL, "reopening needs a reason"},
                {"closed", "active", "it is back", "may"},
                {"active", "asleep", "tired", "it does not say which status"},
                {"active", NULL, "none", "it does not say which status"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct draft *d = draft_set(draft(&a, "a", 1, "status"), "status", rows[i].to);

                thing_set(&now, "status", rows[i].from);
                d->act.reason = rows[i].reason;
                cr_assert_str_eq(asked(d), rows[i].answer, "row %zu", i);
        }
        cr_assert_str_eq(asked(draft(&a, "a", 1, "status")), "it does not say which status");
}

Test(rules, lower_marking_needs_a_reason)
{
        static const char *const verbs[] = {"set", "settle"};
        static const struct {
                const char *from, *to;
                bool down;
        } rows[] = {
                {NULL, "clear", false},          {"amber", "red", false},
                {"amber", "amber", false},       {"amber", "AMBER+STRICT", false},
                {"amber+strict", "amber", true}, {"red", NULL, true},
                {"clear", NULL, true},           {"green", "no such", true},
        };

        for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
                struct draft *d = draft(&a, "a", 1, verbs[i % 2]);
                bool down = rows[i / 2].down;

                draft_set(d, "tlp", rows[i / 2].to);
                thing_set(&now, "tlp", rows[i / 2].from);
                cr_assert_eq(rule_is_downgrade(&now, &d->act), down, "row %zu", i / 2);
                cr_assert_str_eq(asked(d), down ? "a lower marking needs a reason" : "may");
                d->act.reason = "agreed with the source";
                cr_assert_str_eq(asked(d), "may");
        }
}

Test(rules, note_needs_a_text)
{
        struct draft *note = draft(&a, "a", 1, "note");

        cr_assert_str_eq(asked(note), "may");
        note->act.text = " \n";
        cr_assert_str_eq(asked(note), "it needs a text");
        note->act.text = NULL;
        cr_assert_str_eq(asked(note), "it needs a text");
}

Test(rules, what_verbs_may_set)
{
        struct draft *ack = draft(&a, "a", 1, "ack"), *open = draft(&a, "a", 1, "open");
        struct draft *set = draft(&a, "a", 1, "set"), *settle = draft(&a, "a", 1, "settle");
        struct draft *undo = draft(&a, "a", 1, "undo");

        cr_assert(may_set(ack, "acked") && may_set(ack, "acked_by") && !may_set(ack, "status"));
        cr_assert(may_set(open, "ref") && may_set(open, "status") && may_set(open, "states"));
        cr_assert(!may_set(open, "created"));
        cr_assert(may_set(set, "title") && may_set(set, "severity") && may_set(set, "states"));
        cr_assert(!may_set(set, "status") && !may_set(set, "acked") && !may_set(set, "ref"));
        cr_assert(may_set(undo, "status") && !may_set(undo, "modified"));

        draft_saw(settle, "status", ack);
        cr_assert(!may_set(settle, "status"), "one head is no conflict");
        draft_saw(settle, "status", open);
        cr_assert(may_set(settle, "status") && !may_set(settle, "title"));
        cr_assert_eq(verb_may_set(verb_find(&kind_incident, "note"), &kind_incident, &set->act),
                     UINT64_C(1) << field_index(&kind_incident, "update_due"));
        cr_assert(may_set(set, "outlook") && may_set(set, "outlook_at"));
        cr_assert(!may_set(set, "level") && !may_set(set, "parked_until"));
}
