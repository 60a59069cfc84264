#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk.h"

Test(log_view, shows_who_did_what_to_which_newest_first)
{
        struct desk d;
        desk_open(&d, 120, 36);
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", NULL);
        clock_advance(60000);
        desk_do(&d, id, "severity", "severity", "low", NULL);
        desk_keys(&d, "8");
        AUTO_FREE char *newest = desk_row(&d, "13:05Z");
        cr_assert(strstr(newest, "duarte") && strstr(newest, "INC-0001") &&
                          strstr(newest, "severity HIGH -> LOW"),
                  "%s", newest);
        cr_assert_lt(desk_row_number(&d, "13:05Z"), desk_row_number(&d, "opened by"));
        desk_close(&d);
}

Test(log_view, a_duty_note_is_written_and_stands_out)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        clock_advance(60000);
        desk_keys(&d, "8 n");
        desk_type(&d, "shift begins");
        desk_keys(&d, "Enter");
        desk_says(&d, "noted in the duty log");
        cr_assert_eq(desk_look(&d, "shift begins").ink, ROLE_TEXT);
        desk_close(&d);
}

Test(log_view, enter_goes_to_the_incident_even_where_the_filter_hides_it)
{
        struct desk d;
        desk_open(&d, 120, 36);
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", "class", "other", NULL);
        free(desk_new(&d, "Bravo", "severity", "high", NULL));
        clock_advance(60000);
        desk_do(&d, id, "status", "status", "closed", "done");
        desk_keys(&d, "2");
        desk_lacks(&d, "Alpha");
        desk_keys(&d, "8 Enter");
        AUTO_FREE char *row = desk_row(&d, "▌");
        cr_assert(strstr(row, "Alpha"), "%s", row);
        desk_says(&d, "the filter hid it");
        desk_close(&d);
}

Test(log_view, the_whole_text_stands_below_and_a_long_one_says_what_is_left)
{
        struct desk d;
        char text[2000];
        desk_open(&d, 80, 24);
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", NULL);
        for (size_t i = 0; i + 8 < sizeof(text); i += 8)
                memcpy(text + i, "abcdefg ", 9);
        clock_advance(60000);
        desk_do(&d, id, "note", NULL, text, NULL);
        desk_keys(&d, "8");
        desk_says(&d, "more lines");
        desk_close(&d);
}

Test(log_view, an_entry_without_an_incident_says_so)
{
        struct desk d;
        desk_open(&d, 80, 24);
        desk_says(&d, "No incidents yet");
        desk_keys(&d, "8");
        desk_says(&d, "No entries yet");
        desk_keys(&d, "n");
        desk_type(&d, "shift begins");
        desk_keys(&d, "Enter Enter");
        desk_says(&d, "does not have it");
        desk_close(&d);
}
