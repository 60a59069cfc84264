/* Which texts decide a way on. */
#include <criterion/criterion.h>
#include <string.h>

#include "unit/books.h"

TestSuite(playbook_words);

Test(playbook_words, are_the_cases_of_a_switch_and_what_conditions_compare_with)
{
        static const char lines[] = "s start >w\nw switch =kind /state=a /volume=b /default=c >e\n"
                                    "a action >e\nb action >e\nc action >e\ne end\n"
                                    "var kind string\nvar other string\n";
        const char *const *words;
        struct arena a = {0};
        const struct playbook *p = book_read(&a, lines);

        cr_assert_eq(playbook_words(p, "__kind__", &a, &words), 2);
        cr_assert_str_eq(words[0], "state");
        cr_assert_str_eq(words[1], "volume");
        cr_assert_eq(playbook_words(p, "__other__", &a, &words), 0);
        arena_finish(&a);
}

Test(playbook_words, of_conditions_are_those_that_a_value_can_be)
{
        struct arena a = {0};
        const struct condition *one = condition_parse(
                "__k__:value IN ('a', 'b') OR NOT __k__:value = 'c' OR __k__:value = 'a'", &a);
        const struct condition *two = condition_parse("__k__:value >= 7", &a);
        const struct step steps[] = {{.id = "1", .type = STEP_IF, .condition = one},
                                     {.id = "2", .type = STEP_WHILE, .condition = two}};
        const struct playbook p = {.steps = steps, .step_count = ARRAY_LEN(steps)};
        const char *const *words;

        cr_assert_eq(playbook_words(&p, "__k__", &a, &words), 3);
        cr_assert_str_eq(words[0], "a");
        cr_assert_str_eq(words[1], "b");
        cr_assert_str_eq(words[2], "c");
        arena_finish(&a);
}

Test(playbook_words, values_are_read_as_people_write_them)
{
        static const char lines[] = "s start >w\nw switch =kind /state=a /A=b /a=c >e\n"
                                    "a action >e\nb action >e\nc action >e\ne end\n"
                                    "var kind string\nvar leak bool\n";
        static const struct {
                const char *variable, *text, *value;
        } rows[] = {
                {"__kind__", "State", "state"}, {"__kind__", "A", "A"},
                {"__kind__", "a", "a"},         {"__kind__", "yes", "yes"},
                {"__leak__", "Yes", "true"},    {"__leak__", "n", "false"},
                {"__leak__", "true", "true"},   {"__leak__", "perhaps", "perhaps"},
        };
        struct arena a = {0};
        const struct playbook *p = book_read(&a, lines);

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const struct variable *v = &p->variables[variable_find(
                        p->variables, p->variable_count, rows[i].variable)];

                cr_expect_str_eq(playbook_value_read(p, v, rows[i].text, &a), rows[i].value);
        }
        cr_expect_str_eq(playbook_value_read(p, NULL, "Yes", &a), "Yes");
        arena_finish(&a);
}

Test(playbook_words, answers_are_read_as_people_write_them)
{
        static const struct step_branch cases[] = {{"state", 1}, {"b", 2}, {"default", 3}};
        static const struct step asked[] = {
                {.type = STEP_IF},
                {.type = STEP_WHILE},
                {.type = STEP_SWITCH, .branches = cases, .branch_count = ARRAY_LEN(cases)},
        };
        static const struct {
                size_t step;
                const char *text, *answer;
        } rows[] = {
                {0, "yes", "true"},  {0, "N", "false"},     {0, "b", "false"},
                {0, "true", "true"}, {0, "c", "c"},         {1, "a", "again"},
                {1, "no", "leave"},  {1, "Leave", "leave"}, {2, "State", "state"},
                {2, "a", "state"},   {2, "b", "b"},         {2, "otherwise", "default"},
                {2, "none", "none"}, {2, "c", "default"},   {2, "", ""},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                cr_expect_str_eq(step_answer_read(&asked[rows[i].step], rows[i].text),
                                 rows[i].answer);
}
