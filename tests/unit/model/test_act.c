#include "model/act.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "drafts.h"
#include "model/words.h"

static struct arena a;
static struct thing before;

static void setup(void)
{
        arena_init(&a);
        thing_init(&before, &kind_incident, "incident--00000000-0000-4000-8000-000000000001");
        thing_set(&before, "title", "Ransomware");
        thing_set(&before, "severity", "medium");
        thing_set(&before, "status", "active");
        thing_set(&before, "owner", "berg");
}

static void teardown(void)
{
        arena_finish(&a);
}

TestSuite(act, .init = setup, .fini = teardown);

static void expect(const struct draft *d, const char *sentence)
{
        AUTO_FREE char *got = act_sentence(&d->act, &before, NULL);

        cr_assert_str_eq(got, sentence);
}

Test(act, order_is_by_clock_then_console_then_id)
{
        struct draft *one = draft(&a, "b", 1, "set"), *two = draft(&a, "a", 2, "set");
        struct draft *three = draft(&a, "b", 2, "set"), *four = draft(&a, "b", 2, "set");
        const struct act *acts[] = {&four->act, &three->act, &two->act, &one->act};
        const struct act **sorted;
        size_t count;

        four->act.id = "note--zzz";
        sorted = act_order(acts, 4, &a, &count);
        cr_assert_eq(count, 4);
        cr_assert(sorted[0] == &one->act && sorted[1] == &two->act);
        cr_assert(sorted[2] == &three->act && sorted[3] == &four->act);
}

/* Whatever differs, the same content of two under one id stays, whichever came first. */
Test(act, doubles_by_id_are_decided_by_content)
{
        for (int member = 0; member < 10; member++) {
                struct draft *x = draft(&a, "b", 1, "set"), *y = draft(&a, "b", 1, "set");
                const struct act *one[] = {&x->act, &y->act}, *two[] = {&y->act, &x->act};
                size_t n, m;

                draft_say(draft_say(x, "grade", "b2"), "review", "soon");
                draft_say(draft_say(y, "grade", "b2"), "review", "soon");
                draft_saw_id(draft_add(draft_set(x, "title", "A"), "states", "FR"), "title", "n");
                draft_saw_id(draft_add(draft_set(y, "title", "A"), "states", "FR"), "title", "n");
                cr_assert_eq(act_compare_all(&x->act, &y->act), 0);
                switch (member) {
                case 0: y->act.hlc--; break;
                case 1: y->act.text = "other"; break;
                case 2: y->act.created_ms++; break;
                case 3: y->sets[0].value = NULL; break;
                case 4: y->elements[0].remove = true; break;
                case 5: y->names[0][0] = "o"; break;
                case 6: y->details[1].value = "late"; break;
                case 7: y->details[0].name = "gravel"; break;
                case 8: y->act.detail_count--; break;
                default: y->act.role = "watch"; break;
                }
                cr_assert_neq(act_compare_all(&x->act, &y->act), 0, "member %d", member);
                cr_assert_eq(act_order(one, 2, &a, &n)[0], act_order(two, 2, &a, &m)[0]);
                cr_assert(n == 1 && m == 1);
        }
}

Test(act, names_and_sets_are_found_by_field)
{
        struct draft *d = draft_set(draft(&a, "a", 1, "set"), "title", NULL);

        draft_saw_id(d, "title", "note--1");
        draft_saw_id(d, "states", "note--2");
        cr_assert(act_was_names(&d->act, "title", "note--1"));
        cr_assert(!act_was_names(&d->act, "title", "note--2"));
        cr_assert_not_null(act_sets_field(&d->act, "title"));
        cr_assert_null(act_sets_field(&d->act, "states"));
}

static const char *long_text(size_t len)
{
        char *text = arena_alloc(&a, len + 1);

        memset(text, 'x', len);
        text[len] = '\0';
        return text;
}

Test(act, details_are_found_by_name)
{
        struct draft *d = draft_say(draft(&a, "a", 1, "decide"), "grade", "b2");

        cr_assert_str_eq(act_detail(&d->act, "grade"), "b2");
        cr_assert_null(act_detail(&d->act, "options"));
}

Test(act, sentence_of_a_decision_tells_what_and_why)
{
        struct draft *d = draft(&a, "a", 1, "decide");

        draft_say(draft_say(d, "decision", "Cut the\nlink"), "rationale", "it spreads");
        draft_say(draft_say(d, "decider", "duarte"), "options", "wait");
        draft_say(d, "review", "2026-11-24T18:00:00.000Z");
        expect(d, "decided by duarte: Cut the link; because it spreads; review "
                  "2026-11-24T18:00:00Z");
        d->details[2].value = "the director";
        d->act.detail_count--;
        expect(d, "decided by the director (entered by duarte): Cut the link; because it spreads");
}

Test(act, size_has_a_limit)
{
        struct draft *d = draft(&a, "a", 1, "set");

        d->act.set_count = ACT_FIELDS_MAX;
        d->act.element_count = ACT_ELEMENTS_MAX;
        cr_assert(!act_is_too_large(&d->act));
        d->act.element_count++;
        cr_assert(act_is_too_large(&d->act));
        d->act.element_count--;
        draft_say(d, "options", long_text(VALUE_TEXT_MAX));
        cr_assert(!act_is_too_large(&d->act));
        d->details[0].value = long_text(VALUE_TEXT_MAX + 1);
        cr_assert(act_is_too_large(&d->act));
}

Test(act, sentence_of_an_acknowledgement)
{
        struct draft *d = draft(&a, "a", 1, "ack");

        draft_set(draft_set(d, "acked", "2026-11-24T13:00:01.000Z"), "acked_by", "duarte");
        expect(d, "acknowledged by duarte");
}

Test(act, sentence_of_an_opening)
{
        expect(draft_set(draft(&a, "a", 1, "open"), "title", "Two hospitals\ndown"),
               "opened by duarte: Two hospitals down");
        expect(draft(&a, "a", 1, "open"), "opened by duarte");
}

Test(act, sentence_of_a_change_says_from_and_to_and_why)
{
        const char *label = field_find(&kind_incident, "severity")->label;
        struct draft *d = draft_set(draft(&a, "a", 1, "severity"), "severity", "critical");
        const char *from = enum_at(&enum_severity, SEV_MEDIUM)->label;
        const char *to = enum_at(&enum_severity, SEV_CRITICAL)->label;

        d->act.reason = "two hospitals down";
        expect(d, arena_printf(&a, "%s %s -> %s: two hospitals down", label, from, to));
        d->act.reason = " ";
        d->sets[0].value = "medium";
        expect(d, arena_printf(&a, "%s stays %s", label, from));
        d->sets[0].value = NULL;
        expect(d, arena_printf(&a, "%s %s withdrawn", label, from));
        thing_set(&before, "severity", NULL);
        d->sets[0].value = "critical";
        expect(d, arena_printf(&a, "%s set to %s", label, to));
}

Test(act, sentence_of_several_changes)
{
        struct draft *d = draft_set(draft(&a, "a", 1, "set"), "owner", "costa");
        const char *owner = field_find(&kind_incident, "owner")->label;
        const char *description = field_find(&kind_incident, "description")->label;
        const char *in_states = field_find(&kind_incident, "states")->label;

        draft_set(d, "description", "line one\nline two");
        draft_remove(draft_add(draft_add(d, "states", "FR"), "states", "BE"), "states", "GR");
        expect(d, arena_printf(&a, "%s berg -> costa, %s changed, %s +FR +BE -GR", owner,
                               description, in_states));
}

Test(act, sentences_of_undo_settle_and_note)
{
        const char *owner = field_find(&kind_incident, "owner")->label;
        struct draft *note = draft(&a, "a", 1, "note");

        expect(draft_set(draft(&a, "a", 1, "undo"), "owner", NULL),
               arena_printf(&a, "undone: %s berg withdrawn", owner));
        expect(draft_set(draft(&a, "a", 1, "settle"), "owner", "berg"),
               arena_printf(&a, "settled: %s stays berg", owner));
        note->act.text = "called the hospital\nno answer";
        expect(note, "called the hospital\nno answer");
}

Test(act, sentence_without_the_thing_still_tells)
{
        struct draft *d = draft_set(draft(&a, "a", 1, "severity"), "severity", "high");
        AUTO_FREE char *got = act_sentence(&d->act, NULL, NULL);

        cr_assert_str_eq(got, "severity set to high");
}

Test(act, sentence_shows_word_labels)
{
        static const char document[] =
                "{\"name\":\"state\",\"title\":\"t\",\"version\":\"1\",\"source\":\"s\","
                "\"words\":[{\"id\":\"GR\",\"label\":\"EL\"}]}";
        struct draft *d = draft_add(draft(&a, "a", 1, "set"), "states", "GR");
        CLEANUP(words_cleanup) struct words *words = words_create();
        AUTO_FREE char *got = NULL;

        cr_assert_eq(words_add(words, document, sizeof(document) - 1, NULL), RC_OK);
        got = act_sentence(&d->act, &before, words);
        cr_assert(strstr(got, "+EL"), "%s", got);
}

Test(act, sentence_is_bounded_and_clean)
{
        struct draft *d = draft(&a, "a", 1, "set");
        char *word = arena_alloc(&a, 100001);
        AUTO_FREE char *got = NULL;

        memset(word, 'x', 100000);
        d->act.reason = word;
        for (int i = 0; i < DRAFT_MAX; i++)
                draft_set(d, "title", i ? word : "a\x1b[31m");
        got = act_sentence(&d->act, &before, NULL);
        cr_assert_leq(strlen(got), 8192);
        cr_assert_null(strchr(got, '\x1b'));
}
