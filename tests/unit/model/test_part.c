#include "model/part.h"

#include <criterion/criterion.h>
#include <string.h>

#include "model/words.h"
#include "word_files.h"

TestSuite(part);

#define EACH_FIELD(k, f)                                                                           \
        for (size_t i_ = 0; i_ < part_kind_count(); i_++)                                          \
                for (const struct kind *k = part_kind_at(i_); k; k = NULL)                         \
                        for (const struct field *f = k->fields; f < k->fields + k->field_count; f++)

Test(part, names_of_kinds_lead_to_fields_of_the_right_type)
{
        EACH_FIELD(k, f)
        {
                cr_expect_eq(field_find(k, f->name), f, "%s.%s is there twice", k->name, f->name);
                cr_expect_eq(f->type == FIELD_ENUM, f->list != NULL, "%s.%s", k->name, f->name);
                cr_expect(field_find(k, k->title));
                cr_expect_eq(field_find(k, k->newest)->type, FIELD_TIME);
                cr_expect(field_find(k, "source") && field_find(k, "tlp"));
        }
        cr_expect_null(part_kind_at(part_kind_count()));
}

Test(part, every_word_list_that_a_field_names_ships_with_the_program)
{
        CLEANUP(words_cleanup) struct words *w = word_files_load();

        EACH_FIELD(k, f)
        {
                if (f->words)
                        cr_expect(words_list(w, f->words), "%s.%s: %s", k->name, f->name, f->words);
        }
}

Test(part, kinds_are_found_by_either_type)
{
        cr_expect_eq(part_kind_of_type("report", 6), &part_report);
        cr_expect_eq(part_kind_of_type("grouping--1", 8), &part_report);
        cr_expect_null(part_kind_of_type("incident", 8), "it is a thing");
        cr_expect_null(part_kind_of_type("even", 4));
}

Test(part, one_without_a_name_is_called_by_what_describes_it)
{
        struct arena a = {0};
        struct thing t;

        thing_init(&t, &part_task, "task--1");
        cr_expect_str_eq(part_title(&t, &a), "(no name)");
        thing_set(&t, "description", "Talk to the user\nand write it down");
        cr_expect_str_eq(part_title(&t, &a), "Talk to the user");
        thing_set(&t, "name", "Interview");
        cr_expect_str_eq(part_title(&t, &a), "Interview");
        arena_finish(&a);
}
