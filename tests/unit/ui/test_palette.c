#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk.h"

Test(palette, finds_an_action_by_letters_and_shows_its_key)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, ":");
        desk_type(&d, "incsev");
        AUTO_FREE char *row = desk_row(&d, "Say how severe it is");
        cr_assert(strstr(row, "▌") && strstr(row, "incident.severity"), "%s", row);
        desk_keys(&d, "Enter");
        desk_says(&d, "Severity of INC-0001");
        desk_close(&d);
}

Test(palette, offers_what_can_be_done_now_only)
{
        struct desk d;
        desk_open(&d, 120, 36);
        desk_keys(&d, ":");
        desk_says(&d, "Open a new incident");
        desk_lacks(&d, "Acknowledge: we have");
        desk_close(&d);
}

Test(palette, what_nothing_matches_is_said_with_the_nearest)
{
        struct desk d;
        desk_open(&d, 120, 36);
        desk_keys(&d, ":");
        desk_type(&d, "xyzzy");
        desk_says(&d, "Nothing matches");
        desk_keys(&d, "Enter");
        desk_says(&d, "no command xyzzy; nearest:");
        desk_close(&d);
}

Test(palette, help_searches_keys_and_runs_the_line)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "?");
        desk_says(&d, "Keys that work here");
        desk_type(&d, "new incident");
        desk_keys(&d, "Enter");
        desk_says(&d, "what has happened, in one line");
        desk_close(&d);
}

Test(palette, the_chosen_line_stays_on_the_screen_to_the_last)
{
        struct desk d;
        desk_open(&d, 80, 24);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "?");
        desk_screen(&d);
        for (int i = 0; i < 60; i++) {
                desk_keys(&d, "Down");
                desk_says(&d, "▌");
        }
        desk_says(&d, "app.quit");
        for (int i = 0; i < 60; i++)
                desk_keys(&d, "Up");
        desk_says(&d, "▌ a ");
        desk_close(&d);
}

Test(palette, messages_keep_what_was_said)
{
        struct desk d;
        struct err err = {0};
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "a j j");
        cr_assert_eq(ui_command(d.ui, "app.messages", &err), RC_OK);
        desk_says(&d, "INC-0001: already acknowledged");
        desk_keys(&d, "Enter");
        desk_says(&d, "Messages of this session");
        desk_keys(&d, "Esc");
        desk_lacks(&d, "Messages of this session");
        desk_close(&d);
}
