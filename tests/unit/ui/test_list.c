#include "ui/list.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk.h"

/* Five of ours: Alpha critical, Bravo and Charlie high, Delta medium, Echo low. */
static char *ids[5];

static void five(struct desk *d, int cols, int rows)
{
        static const char *const names[] = {"Alpha", "Bravo", "Charlie", "Delta", "Echo"};
        static const char *const severities[] = {"critical", "high", "high", "medium", "low"};
        desk_open(d, cols, rows);
        for (int i = 4; i >= 0; i--)
                ids[i] = desk_new(d, names[i], "severity", severities[i], "class", "other", NULL);
        desk_screen(d);
}

static void end(struct desk *d)
{
        for (int i = 0; i < 5; i++)
                free(ids[i]);
        desk_close(d);
}

static bool cursor_on(struct desk *d, const char *title)
{
        AUTO_FREE char *row = desk_row(d, "▌");
        return row && strstr(row, title);
}

Test(list, the_cursor_follows_the_thing_when_others_arrive)
{
        struct desk d;
        five(&d, 160, 48);
        desk_keys(&d, "j j j");
        cr_assert(cursor_on(&d, "Delta"));
        free(desk_arrive(&d, 1, "Foxtrot", 95));
        cr_assert(cursor_on(&d, "Delta"), "%s", d.screen);
        desk_says(&d, "Foxtrot");
        end(&d);
}

Test(list, what_comes_in_above_leaves_the_row_on_its_line)
{
        struct desk d;
        desk_open(&d, 80, 24);
        for (int i = 0; i < 40; i++)
                free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_screen(&d);
        desk_keys(&d, "G k k k");
        int before = desk_row_number(&d, "▌");
        AUTO_FREE char *row = desk_row(&d, "▌");
        free(desk_arrive(&d, 1, "Foxtrot", 95));
        cr_assert_eq(desk_row_number(&d, "▌"), before);
        AUTO_FREE char *now = desk_row(&d, "▌");
        cr_assert_str_eq(row, now);
        desk_close(&d);
}

Test(list, rows_above_and_below_the_window_are_told_by_signs)
{
        struct desk d;
        desk_open(&d, 80, 24);
        for (int i = 0; i < 40; i++)
                free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_says(&d, "▾\n");
        desk_lacks(&d, "▴\n");
        desk_keys(&d, "PgDn PgDn");
        desk_says(&d, "▾\n");
        desk_says(&d, "▴\n");
        desk_keys(&d, "End");
        desk_lacks(&d, "▾\n");
        desk_says(&d, "40 of 40");
        desk_close(&d);
}

Test(list, a_row_under_the_hands_stays_faint_until_the_list_is_refreshed)
{
        struct desk d;
        five(&d, 160, 48);
        desk_keys(&d, "j S x");
        desk_type(&d, "false alarm");
        desk_keys(&d, "Enter");
        cr_assert(cursor_on(&d, "Bravo"), "%s", d.screen);
        cr_assert_eq(desk_look(&d, "closed").ink, ROLE_MUTED,
                     "faint, one step up on the selection");
        desk_keys(&d, "j");
        cr_assert_eq(desk_look(&d, "Bravo").ink, ROLE_FAINT);
        desk_keys(&d, "r");
        desk_lacks(&d, "Bravo ");
        cr_assert(cursor_on(&d, "Charlie"));
        desk_says(&d, "4 of 5");
        end(&d);
}

Test(list, marks_survive_filter_and_order_and_hidden_ones_are_counted)
{
        struct desk d;
        five(&d, 160, 48);
        desk_keys(&d, "Space Space");
        desk_says(&d, "● 2 marked");
        desk_keys(&d, "/");
        desk_type(&d, "severity:medium,critical");
        desk_keys(&d, "Enter");
        desk_says(&d, "2 marked, 1 hidden");
        desk_keys(&d, "*");
        desk_says(&d, "3 marked, 1 hidden");
        desk_keys(&d, "*");
        desk_lacks(&d, "marked");
        end(&d);
}

Test(list, a_filter_counts_as_it_is_typed_and_escape_puts_all_back)
{
        struct desk d;
        five(&d, 160, 48);
        desk_keys(&d, "j j /");
        desk_type(&d, "severity:high");
        desk_says(&d, "2 matches");
        desk_lacks(&d, "Alpha ");
        desk_type(&d, " brav");
        desk_says(&d, "1 match");
        desk_lacks(&d, "1 matches");
        desk_keys(&d, "Esc");
        desk_says(&d, "5 of 5");
        cr_assert(cursor_on(&d, "Charlie"), "%s", d.screen);
        desk_says(&d, "status:open sort:-severity  ");
        end(&d);
}

Test(list, a_filter_that_is_not_one_says_so_with_the_nearest_and_leaves_the_list)
{
        struct desk d;
        five(&d, 160, 48);
        desk_keys(&d, "/");
        desk_type(&d, "severty:high");
        desk_says(&d, "no field severty; nearest: severity");
        desk_keys(&d, "Enter");
        desk_says(&d, "no field severty");
        desk_keys(&d, "Esc");
        desk_says(&d, "5 of 5");
        end(&d);
}

Test(list, a_click_on_a_head_sorts_and_again_turns_it_round)
{
        struct desk d;
        five(&d, 160, 48);
        int y = desk_row_number(&d, "SEVERITY");
        AUTO_FREE char *heads = desk_row(&d, "SEVERITY");
        int x = (int)(strstr(heads, "TITLE") - heads) - 2; /* the sign is three bytes, one column */
        ui_mouse(d.ui, x, y, MOUSE_LEFT, false);
        desk_says(&d, "sort:-title");
        cr_assert(cursor_on(&d, "Echo"), "%s", d.screen);
        ui_mouse(d.ui, x, y, MOUSE_LEFT, false);
        desk_says(&d, "sort:title");
        cr_assert(cursor_on(&d, "Alpha"), "%s", d.screen);
        end(&d);
}

Test(list, escape_takes_marks_then_the_filter_then_nothing)
{
        struct desk d;
        five(&d, 160, 48);
        desk_keys(&d, "/");
        desk_type(&d, "severity:high");
        desk_keys(&d, "Enter Space Enter Esc");
        desk_says(&d, "● 1 marked");
        desk_keys(&d, "Esc");
        desk_lacks(&d, "marked");
        desk_says(&d, "severity:high");
        desk_keys(&d, "Esc");
        desk_says(&d, "5 of 5");
        desk_keys(&d, "Esc");
        desk_says(&d, "5 of 5");
        cr_assert_not(ui_wants_quit(d.ui));
        end(&d);
}

Test(list, wide_and_combining_titles_leave_the_columns_aligned)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Plain", "severity", "low", "states", "FR", NULL));
        free(desk_new(&d, "医院システムの障害と医院システムの障害", "severity", "low", "states",
                      "FR", NULL));
        free(desk_new(&d, "e\xcc\x81te\xcc\x81", "severity", "low", "states", "FR", NULL));
        static const char *const refs[] = {"INC-0001", "INC-0002", "INC-0003"};
        size_t columns = 0;
        for (size_t i = 0; i < ARRAY_LEN(refs); i++) {
                AUTO_FREE char *row = desk_row(&d, refs[i]);
                char *at = strstr(row, "FR");
                cr_assert(at, "%s", row);
                *at = '\0';
                if (columns)
                        cr_assert_eq(text_width(row), columns, "%s", d.screen);
                columns = text_width(row);
        }
        desk_close(&d);
}

Test(list, a_changed_row_is_strong_for_a_minute_and_a_filter_changes_nothing)
{
        struct desk d;
        five(&d, 160, 48);
        desk_do(&d, ids[3], "severity", "severity", "low", NULL);
        cr_assert_eq(desk_look(&d, "INC-0002").ink, ROLE_STRONG);
        cr_assert_eq(desk_look(&d, "INC-0003").ink, ROLE_TEXT);
        clock_advance(61000);
        ui_tick(d.ui);
        cr_assert_eq(desk_look(&d, "INC-0002").ink, ROLE_TEXT);
        desk_keys(&d, "/");
        desk_type(&d, "severity:high");
        desk_keys(&d, "Enter Esc");
        cr_assert_eq(desk_look(&d, "INC-0002").ink, ROLE_TEXT);
        end(&d);
}

Test(list, an_empty_list_says_what_to_do)
{
        struct desk d;
        desk_open(&d, 80, 24);
        desk_says(&d, "No incidents yet");
        free(desk_new(&d, "Alpha", "severity", "low", NULL));
        desk_keys(&d, "/");
        desk_type(&d, "severity:high");
        desk_keys(&d, "Enter");
        desk_says(&d, "No incident matches status:open sort:-severity severity:high");
        desk_close(&d);
}

Test(list, columns_can_be_hidden_and_moved_and_sorted_by)
{
        struct desk d;
        five(&d, 160, 48);
        desk_keys(&d, "O Down");
        AUTO_FREE char *status = desk_row(&d, "▌ ✓ status");
        cr_assert(status);
        desk_keys(&d, "Space Esc");
        AUTO_FREE char *heads = desk_row(&d, "SEVERITY");
        cr_assert_not(strstr(heads, "STATUS"), "%s", heads);
        desk_keys(&d, "O Down Down + Esc");
        AUTO_FREE char *moved = desk_row(&d, "SEVERITY");
        cr_assert_lt(strstr(moved, "STATES"), strstr(moved, "TITLE"), "%s", moved);
        desk_keys(&d, "O Down Enter Esc");
        end(&d);
}
