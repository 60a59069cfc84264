#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/thing.h"
#include "model/words.h"
#include "word_files.h"

#define HEAD "{\"name\":\"n\",\"title\":\"t\",\"version\":\"1\",\"source\":\"s\",\"words\":"

static enum rc add(struct words *w, const char *text, struct err *err)
{
        return words_add(w, text, strlen(text), err);
}

Test(words, lists_that_ship_have_as_many_words_as_their_sources)
{
        static const struct {
                const char *name;
                size_t count;
        } rows[] = {{"rsit-class", 11},   {"rsit-type", 39},
                    {"cg-root-cause", 5}, {"cg-impact", 4},
                    {"cg-outlook", 3},    {"nis2-sector", 18},
                    {"state", 34},        {"community", 5},
                    {"pap", 4},           {"likelihood", 7},
                    {"confidence", 3},    {"admiralty-reliability", 6},
                    {"admiralty", 36},    {"admiralty-credibility", 6}};
        struct words *w = word_files_load();

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const struct word_list *list = words_list(w, rows[i].name);

                cr_assert(list, "%s", rows[i].name);
                cr_expect_eq(list->count, rows[i].count, "%s", rows[i].name);
        }
        words_destroy(w);
}

Test(words, every_type_belongs_to_a_class)
{
        struct words *w = word_files_load();
        const struct word_list *types = words_list(w, "rsit-type");
        const struct word_list *classes = words_list(w, "rsit-class");

        for (size_t i = 0; i < types->count; i++) {
                const struct word *class = word_find(classes, types->words[i].group);

                cr_assert(class, "%s", types->words[i].id);
                cr_expect_str_eq(class->id, types->words[i].group);
        }
        words_destroy(w);
}

/* The EU writes EL, ISO and the wire GR. */
Test(words, greece_is_stored_as_gr_whatever_was_typed)
{
        static const char *const typed[] = {"GR", "el", "EL", "greece", "Greece"};
        struct words *w = word_files_load();
        const struct word_list *states = words_list(w, "state");

        for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
                const struct word *word = word_find(states, typed[i]);

                cr_assert(word, "%s", typed[i]);
                cr_expect_str_eq(word->id, "GR");
        }
        cr_expect_str_eq(word_label(w, "state", "GR"), "EL");
        cr_expect_str_eq(word_label(w, "state", "XX"), "XX");
        cr_expect_str_eq(word_label(w, "no-such-list", "GR"), "GR");
        cr_expect_null(word_find(states, ""));
        cr_expect_null(word_find(states, "gree"));
        words_destroy(w);
}

/* "Large-scale incident Notification" would read as one. */
Test(words, labels_with_blanks_stand_apart)
{
        static const char *const states[] = {"GR", "RO"}, *const held[] = {"large-scale",
                                                                           "notification"};
        const struct value short_ones = {.items = states, .count = 2},
                           long_ones = {.items = held, .count = 2};
        CLEANUP(arena_finish) struct arena a = {0};
        struct words *w = word_files_load();

        cr_expect_str_eq(words_labels(w, "state", &short_ones, NULL, &a), "EL RO");
        cr_expect_str_eq(words_labels(w, "held", &long_ones, NULL, &a),
                         "Large-scale incident, Notification");
        cr_expect_str_eq(words_labels(w, NULL, &long_ones, NULL, &a), "large-scale notification");
        cr_expect_str_eq(words_labels(w, "state", &short_ones, "; ", &a), "EL; RO");
        words_destroy(w);
}

Test(words, nearest_looks_at_ids_labels_and_notes)
{
        struct words *w = word_files_load();

        cr_expect_str_eq(word_nearest(words_list(w, "state"), "Grece")->id, "GR");
        cr_expect_str_eq(word_nearest(words_list(w, "state"), "germ")->id, "DE");
        cr_expect_str_eq(word_nearest(words_list(w, "rsit-type"), "phising")->id, "phishing");
        cr_expect_null(word_nearest(NULL, "x"));
        words_destroy(w);
}

Test(words, an_id_is_found_before_another_words_label)
{
        struct words *w = words_create();

        cr_assert_eq(add(w, HEAD "[{\"id\":\"a\",\"label\":\"b\"},{\"id\":\"b\",\"label\":\"c\"}]}",
                         NULL),
                     RC_OK);
        cr_expect_str_eq(word_find(words_list(w, "n"), "b")->id, "b");
        cr_expect_str_eq(word_find(words_list(w, "n"), "c")->id, "b");
        words_destroy(w);
}

Test(words, a_list_of_the_same_name_is_replaced)
{
        struct words *w = words_create();

        cr_assert_eq(add(w, HEAD "[{\"id\":\"a\",\"label\":\"A\"}]}", NULL), RC_OK);
        cr_assert_eq(add(w, HEAD "[{\"id\":\"b\",\"label\":\"B\",\"note\":\"z\"}]}", NULL), RC_OK);
        cr_expect_eq(words_count(w), 1u);
        cr_expect_null(word_find(words_at(w, 0), "a"));
        cr_expect_str_eq(word_find(words_at(w, 0), "z")->id, "b");
        words_destroy(w);
}

/* ---- one word of each of several lists ---- */

#define LIST(name, words)                                                                          \
        "{\"name\":\"" name "\",\"title\":\"t\",\"version\":\"1\",\"source\":\"s\"," words "}"
#define GRADE LIST("grade", "\"of\":[\"source\",\"truth\"]")

Test(words, a_grade_is_a_word_of_each_of_two_lists)
{
        struct words *w = word_files_load();
        const struct word_list *grades = words_list(w, "admiralty");

        cr_assert_str_eq(grades->words[0].id, "a1");
        cr_assert_str_eq(grades->words[35].id, "f6");
        cr_assert_str_eq(word_find(grades, "B2")->id, "b2", "as documents of before have it");
        cr_assert_str_eq(word_find(grades, "b2")->label, "B2");
        cr_assert_str_eq(word_find(grades, "b2")->note, "usually reliable, probably true");
        cr_assert_str_eq(word_find(grades, "b2")->group, "usually reliable");
        words_destroy(w);
}

Test(words, a_list_of_lists_follows_those_that_are_replaced)
{
        struct words *w = words_create();

        cr_assert_eq(add(w, GRADE, NULL), RC_OK);
        cr_assert_eq(words_list(w, "grade")->count, 0u, "neither is there yet");
        cr_assert_null(word_find(words_list(w, "grade"), "a1"));
        cr_assert_eq(add(w, LIST("source", "\"words\":[{\"id\":\"a\",\"label\":\"A\"}]"), NULL),
                     RC_OK);
        cr_assert_eq(words_list(w, "grade")->count, 0u, "one of the two is not");
        cr_assert_eq(add(w, LIST("truth", "\"words\":[{\"id\":\"1\",\"label\":\"1\"}]"), NULL),
                     RC_OK);
        cr_assert_eq(words_list(w, "grade")->count, 1u);
        cr_assert_str_eq(words_list(w, "grade")->words[0].note, "A, 1");
        cr_assert_eq(add(w,
                         LIST("source", "\"words\":[{\"id\":\"a\",\"label\":\"A\"},"
                                        "{\"id\":\"g\",\"label\":\"G\"}]"),
                         NULL),
                     RC_OK);
        cr_assert_eq(words_list(w, "grade")->count, 2u);
        cr_assert_str_eq(word_find(words_list(w, "grade"), "g1")->label, "G1");
        /* by hand again */
        cr_assert_eq(add(w, LIST("grade", "\"words\":[{\"id\":\"x\",\"label\":\"X\"}]"), NULL),
                     RC_OK);
        cr_assert_eq(words_list(w, "grade")->count, 1u);
        words_destroy(w);
}

Test(words, a_list_of_lists_has_no_more_words_than_another)
{
        struct words *w = words_create();
        struct err err = {.text = ""};
        CLEANUP(str_finish) struct str many = {0};

        str_init(&many, 1 << 20);
        str_add(&many, "{\"name\":\"source\",\"title\":\"t\",\"version\":\"1\","
                       "\"source\":\"s\",\"words\":[");
        for (int i = 0; i < 100; i++)
                str_addf(&many, "%s{\"id\":\"w%d\",\"label\":\"W%d\"}", i ? "," : "", i, i);
        str_add(&many, "]}");
        cr_assert_eq(add(w, str_text(&many), NULL), RC_OK);
        cr_assert_eq(add(w, LIST("grade", "\"of\":[\"source\",\"source\"]"), &err), RC_INVALID);
        cr_assert(strstr(err.text, "more than 2048"), "%s", err.text);
        cr_assert_null(words_list(w, "grade"));
        cr_assert_eq(add(w, LIST("grade", "\"of\":[\"source\"]"), &err), RC_INVALID);
        cr_assert_eq(add(w, LIST("grade", "\"of\":[\"source\",7]"), &err), RC_INVALID);
        cr_assert_eq(add(w, LIST("grade", "\"of\":[\"source\",\"grade\"]"), &err), RC_INVALID);
        words_destroy(w);
}

Test(words, a_bad_list_is_refused_by_name_of_what_is_wrong_and_changes_nothing)
{
        static const struct {
                const char *text, *says;
        } rows[] = {
                {"[]", "object"},
                {"{\"name\":\"n\"}", "title is missing"},
                {HEAD "{}}", "words is not a list"},
                {HEAD "[]}", "words must have"},
                {HEAD "[{\"id\":\"a\",\"label\":\"A\"},{\"label\":\"B\"}]}",
                 "words.1.id is missing"},
                {HEAD "[{\"id\":\"b\",\"label\":7}]}", "words.0.label is not a string"},
                {HEAD "[{\"id\":\"b\",\"label\":\"\"}]}", "words.0.label must have"},
                {HEAD "[{\"id\":\"b\",\"label\":\"B\\u001b[2J\"}]}", "words.0.label has control"},
                {HEAD "[{\"id\":\"b\\u0000c\",\"label\":\"B\"}]}", "words.0.id has control"},
                {HEAD "[7]}", "words.0.id is missing"},
                {HEAD "[{\"id\":\"b\",\"label\":\"B\"},{\"id\":\"B\",\"label\":\"C\"}]}", "twice"},
                {HEAD "[", ""},
        };
        struct words *w = words_create();

        cr_assert_eq(add(w, HEAD "[{\"id\":\"a\",\"label\":\"A\"}]}", NULL), RC_OK);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct err err = {.text = ""};

                cr_expect_eq(add(w, rows[i].text, &err), RC_INVALID, "%s", rows[i].text);
                cr_expect(err.text[0] && strstr(err.text, rows[i].says), "%s: %s", rows[i].text,
                          err.text);
                cr_expect(word_find(words_at(w, 0), "a"));
        }
        words_destroy(w);
}

Test(words, more_lists_than_fit_are_refused)
{
        struct words *w = words_create();
        enum rc rc = RC_OK;

        for (int i = 0; i <= WORDS_LISTS_MAX; i++) {
                AUTO_FREE char *text =
                        xasprintf("{\"name\":\"n%d\",\"title\":\"t\",\"version\":\"1\","
                                  "\"source\":\"s\",\"words\":[{\"id\":\"a\","
                                  "\"label\":\"A\"}]}",
                                  i);

                cr_assert_eq(rc, RC_OK);
                rc = add(w, text, NULL);
        }
        cr_expect_eq(rc, RC_INVALID);
        cr_expect_eq(words_count(w), (size_t)WORDS_LISTS_MAX);
        words_destroy(w);
}
