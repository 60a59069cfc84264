#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/ident.h"
#include "unit/desk.h"

TestSuite(unit);

Test(unit, a_second_desk_is_of_the_same_unit_on_a_console_of_its_own)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d, e;
        struct row row;

        desk_start(&d);
        desk_join(&e, &d, "bruno");
        cr_assert_str_eq(d.ops.unit, e.ops.unit);
        cr_assert_str_eq(e.ops.unit_name, "Test CSIRT");
        cr_assert_str_eq(e.ops.desk, "night");
        cr_assert_str_neq(d.ops.console, e.ops.console);
        cr_assert_eq(strlen(e.ops.console), 16);
        desk_row(&e, e.ops.unit, &a, &row);
        cr_assert_str_eq(thing_text(&row.thing, "name"), "Test CSIRT");
        cr_assert_eq(row.flags & MARK_FOREIGN, 0);
        cr_assert_eq(desk_stats(&e).outbox, 0, "the first desk publishes the unit");
        desk_stop(&d);
        desk_stop(&e);
}

Test(unit, what_init_is_told_is_kept)
{
        struct desk d;

        desk_found(&d, &(struct ops_unit){.name = "Ministry\x1b[31m",
                                          .unit_id = FOREIGN_UNIT,
                                          .ceiling = TLP_GREEN,
                                          .exercise = true});
        cr_assert_str_eq(d.ops.unit, FOREIGN_UNIT);
        cr_assert_null(strchr(d.ops.unit_name, '\x1b'));
        cr_assert_eq(d.ops.ceiling, TLP_GREEN);
        cr_assert_eq(d.ops.default_marking, TLP_AMBER);
        cr_assert(d.ops.exercise);
        desk_stop(&d);
}

static void not_made(const char *path, const struct ops_unit *u, const char *sentence)
{
        struct err err = {0};

        cr_assert_eq(ops_init(path, u, &err), RC_INVALID);
        cr_assert(strstr(err.text, sentence), "%s", err.text);
        cr_assert_not(file_exists(path));
}

Test(unit, a_refused_init_makes_no_file)
{
        static const char nothing[] = "[]", broken[] = "[{";
        struct desk d;

        desk_start(&d);
        AUTO_FREE char *path = xasprintf("%s/other.db", d.dir);
        not_made(path, &(struct ops_unit){.name = "X", .unit_id = "identity--1", .ceiling = -1},
                 "identity--1 is not of the form");
        not_made(path, &(struct ops_unit){.join_bytes = nothing, .join_len = 2, .ceiling = -1},
                 "the file to join with: it names no unit");
        not_made(path, &(struct ops_unit){.join_bytes = broken, .join_len = 2, .ceiling = -1},
                 "the file to join with");
        desk_stop(&d);
}

Test(unit, a_database_has_one_unit)
{
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(ops_init(d.path, &(struct ops_unit){.name = "Y", .ceiling = -1}, &err),
                     RC_CONFLICT);
        cr_assert(strstr(err.text, "belongs to Test CSIRT already"), "%s", err.text);
        desk_reopen(&d, STORE_WRITE);
        cr_assert_str_eq(d.ops.unit_name, "Test CSIRT");
        desk_stop(&d);
}

Test(unit, opening_makes_an_unnamed_one_only_where_it_may)
{
        struct err err = {0};
        struct desk d;
        struct ops ops;

        desk_start(&d);
        AUTO_FREE char *path = xasprintf("%s/desk.db-x", d.dir);
        cr_assert_eq(ops_open(&(struct ops_options){.path = path, .mode = STORE_WRITE}, &ops, &err),
                     RC_NOTFOUND);
        cr_assert_eq(
                ops_open(&(struct ops_options){.path = path, .mode = STORE_WRITE | STORE_CREATE},
                         &ops, &err),
                RC_OK, "%s", err.text);
        cr_assert_str_eq(ops.unit_name, "unnamed unit");
        ops_close(&ops);
        unlink(path);
        AUTO_FREE char *key = xasprintf("%s.key", path);
        unlink(key);
        desk_stop(&d);
}

Test(unit, opening_takes_what_the_configuration_says)
{
        static const int red = TLP_RED, unsaid = -1;
        const int *const said[] = {NULL, &unsaid, &red};
        const enum tlp expected[] = {TLP_AMBER, TLP_AMBER, TLP_RED};
        struct err err = {0};
        struct desk d;
        struct ops ops;

        desk_start(&d);
        for (size_t i = 0; i < ARRAY_LEN(said); i++) {
                cr_assert_eq(ops_open(&(struct ops_options){.path = d.path,
                                                            .mode = STORE_WRITE,
                                                            .default_marking = said[i],
                                                            .review_significant = i > 0},
                                      &ops, &err),
                             RC_OK, "%s", err.text);
                cr_expect_eq(ops.default_marking, expected[i]);
                cr_expect_eq(ops.review_significant, i > 0);
                ops_close(&ops);
        }
        desk_stop(&d);
}
