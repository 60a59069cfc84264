#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "desk.h"

TestSuite(cmd_global);

Test(cmd_global, newest_unacknowledged_is_acknowledged_from_anywhere)
{
        struct desk d;
        desk_open(&d, 130, 40);
        free(desk_arrive(&d, 1, "Older outage", 50));
        clock_advance(60000);
        free(desk_arrive(&d, 2, "Newer outage", 50));
        desk_keys(&d, "8 A");
        desk_says(&d, "acknowledged: Newer outage");
        desk_says(&d, "2 Incidents 2 !1");
        desk_keys(&d, "A");
        desk_says(&d, "acknowledged: Older outage");
        desk_keys(&d, "A");
        desk_says(&d, "× no incident is unacknowledged");
        desk_close(&d);
}

Test(cmd_global, undo_says_what_it_undid)
{
        struct desk d;
        desk_open(&d, 130, 40);
        free(desk_arrive(&d, 1, "Outage", 50));
        desk_keys(&d, "A");
        desk_says(&d, "2 Incidents 1   3 Requests");
        desk_keys(&d, "u");
        desk_says(&d, "undone: ");
        desk_says(&d, "2 Incidents 1 !1");
        desk_keys(&d, "u");
        desk_says(&d, "×");
        desk_close(&d);
}

Test(cmd_global, repeat_does_the_last_act_on_the_current_thing)
{
        struct desk d;
        desk_open(&d, 130, 40);
        free(desk_new(&d, "First", "severity", "low", NULL));
        clock_advance(60000);
        free(desk_new(&d, "Second", "severity", "low", NULL));
        desk_keys(&d, ".");
        desk_says(&d, "repeat: not possible here now");
        desk_keys(&d, "g s h");
        AUTO_FREE char *before = desk_row(&d, "First");
        cr_expect_not_null(strstr(before, "LOW"), "%s", before);
        desk_keys(&d, "j .");
        AUTO_FREE char *after = desk_row(&d, "First");
        cr_expect_not_null(strstr(after, "HIGH"), "%s", after);
        desk_close(&d);
}

Test(cmd_global, repeat_on_several_asks_first)
{
        struct desk d;
        desk_open(&d, 130, 40);
        free(desk_new(&d, "First", "severity", "low", NULL));
        clock_advance(60000);
        free(desk_new(&d, "Second", "severity", "low", NULL));
        clock_advance(60000);
        free(desk_new(&d, "Third", "severity", "low", NULL));
        desk_keys(&d, "g s h j Space Space .");
        desk_says(&d, "Repeat severity on 2 marked?");
        desk_keys(&d, "Enter");
        AUTO_FREE char *kept = desk_row(&d, "First");
        cr_expect_not_null(strstr(kept, "LOW"), "%s", kept);
        desk_keys(&d, ". y");
        AUTO_FREE char *first = desk_row(&d, "First"), *second = desk_row(&d, "Second");
        cr_expect_not_null(strstr(first, "HIGH"), "%s", first);
        cr_expect_not_null(strstr(second, "HIGH"), "%s", second);
        desk_close(&d);
}

Test(cmd_global, sort_and_filter_can_be_typed)
{
        struct desk d;
        struct err err = {0};
        desk_open(&d, 130, 40);
        free(desk_new(&d, "Alpha", "severity", "low", NULL));
        free(desk_new(&d, "Beta", "severity", "critical", NULL));
        cr_expect_eq(ui_command(d.ui, "sort:severity", &err), RC_OK, "%s", err.text);
        cr_expect_lt(desk_row_number(&d, "Alpha"), desk_row_number(&d, "Beta"));
        cr_expect_eq(ui_command(d.ui, "sort:-severity", &err), RC_OK, "%s", err.text);
        cr_expect_gt(desk_row_number(&d, "Alpha"), desk_row_number(&d, "Beta"));
        cr_expect_eq(ui_command(d.ui, "/severity:low", &err), RC_OK, "%s", err.text);
        desk_lacks(&d, "Beta");
        cr_expect_eq(ui_command(d.ui, "sort:colour", &err), RC_INVALID);
        desk_close(&d);
}

Test(cmd_global, readiness_is_asked_for_from_every_view)
{
        struct desk d;
        desk_open(&d, 130, 40);
        desk_keys(&d, "8 :");
        desk_type(&d, "readiness");
        desk_keys(&d, "Enter");
        desk_says(&d, "Free in the next 24 hours");
        desk_keys(&d, "Esc 4 :");
        desk_type(&d, "readiness");
        desk_keys(&d, "Enter");
        desk_says(&d, "Free in the next 24 hours");
        desk_close(&d);
}

Test(cmd_global, a_word_of_another_view_is_told_with_the_way_there)
{
        struct err err = {0};
        struct desk d;
        desk_open(&d, 130, 40);
        desk_keys(&d, "8");
        cr_assert_neq(ui_command(d.ui, "readiness-without", &err), RC_OK);
        cr_assert_str_eq(err.text, "experts.readiness-without works in Experts; 4 goes there");
        err_clear(&err);
        cr_assert_neq(ui_command(d.ui, "experts.readiness", &err), RC_OK);
        cr_assert_str_eq(err.text, "no command experts.readiness; nearest: app.readiness");
        desk_close(&d);
}
