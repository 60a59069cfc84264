#include "ui/marks.h"

#include <criterion/criterion.h>

Test(marks, settling_sorts_and_drops_doubles)
{
        struct marks m = {0};
        static const int64_t rids[] = {9, 2, 9, 5, 2, 1};
        for (size_t i = 0; i < sizeof(rids) / sizeof(rids[0]); i++)
                marks_push(&m, rids[i]);
        marks_settle(&m);
        cr_assert_eq(m.count, 4);
        for (size_t i = 1; i < m.count; i++)
                cr_assert_lt(m.rids[i - 1], m.rids[i]);
        cr_assert(marks_has(&m, 5));
        cr_assert_not(marks_has(&m, 3));
        marks_finish(&m);
}

Test(marks, adding_and_removing_keep_the_order)
{
        struct marks m = {0};
        for (int64_t i = 0; i < 100; i++)
                marks_add(&m, (i * 37) % 100);
        marks_add(&m, 37);
        cr_assert_eq(m.count, 100);
        marks_remove(&m, 50);
        marks_remove(&m, 50);
        cr_assert_eq(m.count, 99);
        cr_assert_not(marks_has(&m, 50));
        cr_assert(marks_has(&m, 49));
        cr_assert(marks_has(&m, 51));
        marks_finish(&m);
        cr_assert_not(marks_has(&m, 49), "finished, it is an empty set");
}
