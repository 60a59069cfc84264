/*
 * A second person where the config asks for no sign-in: a name that nobody proves. With one:
 * test_operators.c.
 */
#include <criterion/criterion.h>

#include "ops/operators.h"
#include "unit/desk.h"

TestSuite(second);

Test(second, is_unproven_and_somebody_else_where_all_are_unproven)
{
        struct ops_person p = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(ops_second(&d.ops, NULL, "DUARTE", "", &p, NULL), RC_DENIED);
        cr_assert_eq(ops_second(&d.ops, NULL, " Duarte ", "", &p, NULL), RC_DENIED);
        cr_assert_eq(ops_second(&d.ops, NULL, " ", "", &p, NULL), RC_INVALID);
        cr_assert_eq(ops_second(&d.ops, NULL, " novak ", "", &p, NULL), RC_OK);
        cr_assert_str_eq(p.name, "novak");
        cr_assert_not(p.is_proven);
        desk_stop(&d);
}
