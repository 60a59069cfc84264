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
