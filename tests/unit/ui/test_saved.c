#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/mem.h"
#include "desk.h"

static struct desk d;

static void open_desk(void)
{
        desk_open(&d, 160, 36);
        ui_saved_filter(d.ui, "open", "status:open");
        ui_saved_filter(d.ui, "scans", "scan");
        ui_saved_filter(d.ui, "notes", "verb:note");
        free(desk_arrive(&d, 1, "Portal down", 95));
        free(desk_arrive(&d, 2, "Port scan", 20));
}

static void close_desk(void)
{
        desk_close(&d);
}

TestSuite(saved, .init = open_desk, .fini = close_desk);

Test(saved, tabs_count_what_the_flags_tell_and_no_more)
{
        ui_saved_filter(d.ui, "worst", "severity:critical sort:-updated");
        desk_says(&d, "1 open 2   2 scans   3 worst 1");
        desk_lacks(&d, "notes");
        free(desk_arrive(&d, 3, "Relay open", 95));
        desk_says(&d, "1 open 3   2 scans   3 worst 2");
}

Test(saved, alt_and_a_digit_goes_to_the_nth_of_this_view)
{
        desk_keys(&d, "Alt-2");
        desk_says(&d, "1 of 2");
        cr_assert_eq(desk_look(&d, "scans").ink, ROLE_STRONG, "the one in force");
        desk_keys(&d, "Alt-1");
        desk_says(&d, "2 of 2");
        desk_keys(&d, "8 Alt-2");
        desk_says(&d, "verb:note");
        desk_keys(&d, "Alt-3");
        desk_says(&d, "verb:note");
}

Test(saved, a_click_on_a_tab_goes_there)
{
        AUTO_FREE char *row = desk_row(&d, "2 scans");
        ui_mouse(d.ui, (int)(strstr(row, "scans") - row), desk_row_number(&d, "2 scans"), 1, false);
        desk_says(&d, "1 of 2");
}

Test(saved, what_does_not_fit_leaves_a_sign)
{
        for (int i = 0; i < 30; i++) {
                AUTO_FREE char *name = xasprintf("f%d", i);
                ui_saved_filter(d.ui, name, "status:closed");
        }
        AUTO_FREE char *row = desk_row(&d, "1 open");
        cr_assert(strstr(row, "…"), "%s", row);
        ui_resize(d.ui, 320, 36);
        desk_says(&d, "9 f6 0   f7 0   f8 0");
}

Test(saved, one_that_is_saved_is_a_tab_at_once_and_dropped_none)
{
        struct err err = {0};
        desk_keys(&d, "/");
        desk_type(&d, " severity:low");
        desk_keys(&d, "Enter");
        cr_assert_eq(ui_command(d.ui, "filter.save low", &err), RC_OK, "%s", err.text);
        desk_says(&d, "3 low 1");
        cr_assert_eq(ui_command(d.ui, "filter.drop low", &err), RC_OK, "%s", err.text);
        desk_lacks(&d, "3 low");
}
