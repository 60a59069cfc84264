#include "store/references.h"

#include <criterion/criterion.h>
#include <string.h>

#include "store_files.h"

static struct file f;

static void setup(void)
{
        file_setup(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(references, .init = setup, .fini = teardown);

static void put(const char *from, const char *to, bool was_there)
{
        const struct reference r = {from, "events", to};

        work_begin(&f);
        MUST(reference_put(f.s, from, &r, to ? 1 : 0, was_there, err));
        work_end(&f);
}

/* Who names it, joined by blanks. */
static const char *namers(const char *id, size_t max)
{
        const char **list = NULL, *all = "";
        size_t count = 0;

        MUST(reference_to(f.s, id, max, &f.a, &list, &count, err));
        for (size_t i = 0; i < count; i++)
                all = arena_printf(&f.a, "%s%s%s", all, i ? " " : "", list[i]);
        return all;
}

Test(references, stand_whether_or_not_the_other_is_held)
{
        put("report--2", "incident--1", false);
        put("report--1", "incident--1", false);
        cr_assert_str_eq(namers("incident--1", 9), "report--1 report--2");
        cr_assert_str_eq(namers("incident--1", 1), "report--1");
        cr_assert_str_eq(namers("incident--2", 9), "");
}

Test(references, a_newer_version_takes_the_place)
{
        put("report--1", "incident--1", false);
        put("report--1", "incident--2", true);
        cr_assert_str_eq(namers("incident--1", 9), "");
        cr_assert_str_eq(namers("incident--2", 9), "report--1");
        put("report--1", NULL, true);
        cr_assert_str_eq(namers("incident--2", 9), "");
}

Test(references, one_that_names_it_twice_is_given_once)
{
        const struct reference twice[] = {{"task--1", "subtasks", "task--2"},
                                          {"task--1", "next_steps", "task--2"},
                                          {"task--1", "next_steps", "task--2"}};

        work_begin(&f);
        MUST(reference_put(f.s, "task--1", twice, 3, false, err));
        work_end(&f);
        cr_assert_str_eq(namers("task--2", 9), "task--1");
        cr_assert_eq(file_number(&f, "SELECT count(*) FROM thing_reference"), 2);
}

Test(references, go_with_their_transaction)
{
        const struct reference r = {"report--1", "object_refs", "incident--1"};

        work_begin(&f);
        MUST(reference_put(f.s, "report--1", &r, 1, false, err));
        store_rollback(f.s);
        cr_assert_str_eq(namers("incident--1", 9), "");
}

/* A file of a program that had none is read again. */
Test(references, are_part_of_the_format)
{
        cr_assert_not(things_are_stale(f.s));
        file_tamper(&f, "UPDATE meta SET value = 'older' WHERE key = 'things_format'");
        cr_assert(things_are_stale(f.s));
}
