#include "model/contact.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "drafts.h"
#include "model/rules.h"
#include "model/words.h"
#include "word_files.h"

static struct arena a;
static struct words *words;
static struct thing before;

static void setup(void)
{
        arena_init(&a);
        words = word_files_load();
        thing_init(&before, &kind_expert, "identity--00000000-0000-4000-8000-000000000001");
        thing_set(&before, "name", "Anna Popescu");
}

static void teardown(void)
{
        words_destroy(words);
        arena_finish(&a);
}

TestSuite(contact, .init = setup, .fini = teardown);

static struct draft *contact(const char *outcome, const char *way)
{
        struct draft *d = draft(&a, "a", 1, CONTACT_VERB);

        if (outcome)
                draft_say(d, "outcome", outcome);
        return way ? draft_say(d, "way", way) : d;
}

static void expect(const struct draft *d, const char *sentence)
{
        AUTO_FREE char *got = act_sentence(&d->act, &before, words);

        cr_assert_str_eq(got, sentence);
}

Test(contact, is_told_as_people_say_it)
{
        expect(contact("tried", "phone"), "contacted by duarte: phone, no answer");
        expect(contact("reached", NULL), "contacted by duarte: reached");
        expect(draft_say(contact("reached", "out-of-band"), "text", "can come on Friday"),
               "contacted by duarte: out of band, reached: can come on Friday");
        expect(draft_say(contact("tried", "mail"), "for",
                         "incident--00000000-0000-4000-8000-000000000002"),
               "contacted by duarte: mail, no answer; for "
               "incident--00000000-0000-4000-8000-000000000002");
}

Test(contact, is_told_without_the_answer_where_that_is_nobodys_business)
{
        struct draft *d = draft_say(contact("reached", "in-person"), "text", "is on sick leave");

        cr_assert_str_eq(contact_told(&d->act, words, &a), "in person, reached");
        cr_assert_str_eq(contact_told(&contact("tried", NULL)->act, words, &a), "no answer");
        cr_assert_str_eq(contact_told(&contact("tried", "phone")->act, NULL, &a), "phone, tried");
        cr_assert_null(contact_told(&contact(NULL, "phone")->act, words, &a));
        cr_assert_null(contact_told(&draft(&a, "a", 1, "note")->act, words, &a));
}

Test(contact, is_of_who_can_be_asked_and_says_whether_they_answered)
{
        static const struct kind *const asked[] = {&kind_expert, &kind_participant, &kind_team,
                                                   &kind_equipment};

        for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
                const struct verb *verb = verb_find(asked[i], CONTACT_VERB);

                cr_assert(verb, "%s", asked[i]->name);
                cr_expect_str_eq(verb_lacks(verb, &contact(NULL, "phone")->act)->name, "outcome");
                cr_expect_null(verb_why_not(verb, &before, &contact("tried", NULL)->act));
                cr_expect_eq(verb_may_set(verb, asked[i], &contact("tried", NULL)->act), 0);
        }
        cr_assert_null(verb_find(&kind_incident, CONTACT_VERB));
        cr_assert_null(verb_find(&kind_request, CONTACT_VERB));
        cr_assert(verb_is_said(CONTACT_VERB));
}
