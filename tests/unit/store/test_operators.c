#include "store/operators.h"

#include <criterion/criterion.h>

#include "base/clock.h"
#include "model/enums.h"
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

TestSuite(operators, .init = setup, .fini = teardown);

static void add(const char *name, enum operator_role role)
{
        const struct operator_entry o = {
                .name = name, .role = (int)role, .pin = "$x", .added_ms = 5, .pin_set_ms = 6};

        MUST(operator_add(f.s, &o, err));
}

Test(operators, what_was_saved_is_there_again)
{
        struct operator_entry o;

        add("duarte", OPERATOR_LEAD);
        file_reopen(&f, STORE_WRITE);
        MUST(operator_get(f.s, "duarte", &f.a, &o, err));
        cr_assert_str_eq(o.name, "duarte");
        cr_assert_str_eq(o.pin, "$x");
        cr_assert_eq(o.role, OPERATOR_LEAD);
        cr_assert_eq(o.added_ms, 5);
        cr_assert_eq(o.pin_set_ms, 6);
        cr_assert_eq(o.seen_ms, CLOCK_NONE);
        cr_assert_eq(o.failed_ms, CLOCK_NONE);
        cr_assert_eq(o.failures, 0);
        o.failures = 4;
        o.failed_ms = 9;
        o.seen_ms = 8;
        o.pin = "$y";
        MUST(operator_save(f.s, &o, err));
        file_reopen(&f, STORE_WRITE);
        MUST(operator_get(f.s, "duarte", &f.a, &o, err));
        cr_assert_eq(o.failures, 4);
        cr_assert_eq(o.failed_ms, 9);
        cr_assert_eq(o.seen_ms, 8);
        cr_assert_str_eq(o.pin, "$y");
}

Test(operators, a_name_is_one_in_any_case)
{
        const struct operator_entry again = {.name = "DUARTE", .pin = "$z"};
        struct operator_entry o;
        struct err why = {0};

        add("duarte", OPERATOR_LEAD);
        MUST(operator_get(f.s, "Duarte", &f.a, &o, err));
        cr_assert_str_eq(o.name, "duarte");
        cr_assert_neq(operator_add(f.s, &again, &why), RC_OK);
        cr_assert_eq(operator_get(f.s, "duart", &f.a, &o, &why), RC_NOTFOUND);
}

Test(operators, are_listed_by_name_and_counted_by_role)
{
        struct operator_entry *list = NULL;
        size_t count = 0;
        int64_t n = 0;

        add("novak", OPERATOR_OFFICER);
        add("duarte", OPERATOR_LEAD);
        add("petrov", OPERATOR_OFFICER);
        MUST(operator_list(f.s, &f.a, &list, &count, err));
        cr_assert_eq(count, 3);
        cr_assert_str_eq(list[0].name, "duarte");
        cr_assert_str_eq(list[2].name, "petrov");
        MUST(operator_count(f.s, OPERATOR_OFFICER, &n, err));
        cr_assert_eq(n, 2);
        MUST(operator_count(f.s, -1, &n, err));
        cr_assert_eq(n, 3);
        MUST(operator_drop(f.s, "novak", err));
        MUST(operator_count(f.s, OPERATOR_OFFICER, &n, err));
        cr_assert_eq(n, 1);
}

Test(operators, a_database_that_is_read_only_keeps_its_operators)
{
        const struct operator_entry o = {.name = "novak", .pin = "$x"};
        struct err why = {0};
        int64_t n = 0;

        add("duarte", OPERATOR_LEAD);
        file_reopen(&f, STORE_READ);
        cr_assert_eq(operator_add(f.s, &o, &why), RC_DENIED);
        cr_assert_eq(operator_drop(f.s, "duarte", NULL), RC_DENIED);
        cr_assert_eq(operator_save(f.s, &o, NULL), RC_DENIED);
        MUST(operator_count(f.s, -1, &n, err));
        cr_assert_eq(n, 1);
}
