#include <stdio.h>

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk.h"

static struct desk d;

static void open_desk(void)
{
        desk_open(&d, 160, 48);
}

static void close_desk(void)
{
        desk_close(&d);
}

TestSuite(board, .init = open_desk, .fini = close_desk);

static const char *status(const char *id)
{
        static char text[40];
        struct arena a;
        struct row row;
        arena_init(&a);
        cr_assert_eq(thing_by_id(d.ops.store, id, &a, &row, NULL), RC_OK);
        snprintf(text, sizeof(text), "%s", thing_text(&row.thing, "status"));
        arena_finish(&a);
        return text;
}

Test(board, a_card_moves_and_the_cursor_goes_with_it)
{
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", NULL);
        free(desk_new(&d, "Bravo", "severity", "low", NULL));
        desk_keys(&d, "v");
        desk_says(&d, "New 2");
        while (!desk_look(&d, "Alpha").attr)
                desk_keys(&d, "j");
        desk_keys(&d, "L");
        cr_assert_str_eq(status(id), "active");
        desk_says(&d, "New 1");
        desk_says(&d, "Active 1");
        desk_keys(&d, "L");
        cr_assert_str_eq(status(id), "contained", "the same card again");
        desk_keys(&d, "H");
        cr_assert_str_eq(status(id), "active");
}

Test(board, closing_asks_why_and_reopening_too)
{
        AUTO_FREE char *id =
                desk_new(&d, "Alpha", "severity", "high", "class", "availability", NULL);
        desk_do(&d, id, "status", "status", "recovering", NULL);
        desk_keys(&d, "v L");
        desk_says(&d, "why it is closed");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(status(id), "recovering", "no reason, no change");
        desk_type(&d, "all is well");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(status(id), "closed");
        desk_says(&d, "Closed 1");
        desk_keys(&d, "L");
        desk_says(&d, "there is no column beyond");
        desk_keys(&d, "H");
        desk_type(&d, "not at all");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(status(id), "active");
}

Test(board, closed_ones_are_shown_for_a_day)
{
        AUTO_FREE char *id =
                desk_new(&d, "Alpha", "severity", "high", "class", "availability", NULL);
        desk_do(&d, id, "status", "status", "closed", "over");
        desk_keys(&d, "v");
        desk_says(&d, "Closed 1");
        clock_fix(clock_now_ms() + 25ll * 3600 * 1000);
        ui_changed(d.ui, TOPIC_ALL);
        desk_says(&d, "Closed 0");
        desk_keys(&d, "/");
        desk_keys(&d, "^U");
        desk_type(&d, "status:closed");
        desk_keys(&d, "Enter");
        desk_says(&d, "Closed 1");
        desk_says(&d, "not in the filter");
}

Test(board, keys_of_incidents_are_about_the_card)
{
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        AUTO_FREE char *id = desk_new(&d, "Bravo", "severity", "low", NULL);
        desk_do(&d, id, "status", "status", "contained", NULL);
        desk_keys(&d, "v h h h h l l s c");
        struct arena a;
        struct row row;
        arena_init(&a);
        cr_assert_eq(thing_by_id(d.ops.store, id, &a, &row, NULL), RC_OK);
        cr_assert_eq(thing_rank(&row.thing, "severity"), SEV_CRITICAL);
        arena_finish(&a);
        desk_keys(&d, "v");
        cr_assert(desk_look(&d, "Bravo").attr & ATTR_BOLD, "the list's cursor followed");
}

Test(board, marks_and_filter_are_those_of_the_list)
{
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        free(desk_new(&d, "Bravo", "severity", "low", NULL));
        desk_keys(&d, "Space v");
        desk_says(&d, "1 marked");
        desk_keys(&d, "/");
        desk_type(&d, " bravo");
        desk_keys(&d, "Enter");
        desk_says(&d, "New 1");
        desk_keys(&d, "v");
        desk_lacks(&d, "Alpha");
}

Test(board, what_others_do_is_shown)
{
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", NULL);
        desk_keys(&d, "v");
        desk_says(&d, "New 1");
        desk_do(&d, id, "status", "status", "active", NULL);
        desk_says(&d, "New 0");
        desk_says(&d, "Active 1");
}

Test(board, columns_without_room_are_named)
{
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        ui_resize(d.ui, 60, 20);
        desk_keys(&d, "v");
        desk_says(&d, "New 1");
        desk_lacks(&d, "Recovering 0\n");
        desk_keys(&d, "h h h h l l l l");
        desk_says(&d, "Closed 0");
        desk_says(&d, "New 1, Active 0, Contained 0");
}
