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

/* What is typed, and the first line that answers it. */
static void expect_first(struct desk *d, const char *typed, const char *shown)
{
        desk_keys(d, ":");
        desk_type(d, typed);
        AUTO_FREE char *row = desk_row(d, shown);
        cr_expect(row && strstr(row, "▌"), "%s: %s", typed, row ? row : "not there");
        desk_keys(d, "Esc");
}

Test(palette, words_that_people_type_find_what_is_called_otherwise_here)
{
        static const struct {
                const char *typed, *shown;
        } rows[] = {{"exit", "app.quit"},         {"quit", "app.quit"},
                    {"q", "app.leave"},           {"help", "app.help"},
                    {"find", "list.filter"},      {"search", "list.filter"},
                    {"assign", "incident.owner"}, {"close", "Close: "},
                    {"comment", "incident.note"}, {"snooze", "Park until: "},
                    {"merge", "Merge into: "},    {"create", "incident.new"},
                    {"print", "incident.report"}, {"dark", "theme.night"},
                    {"park", "Park until: "},     {"order", "list.sort"}};
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_says(&d, "INC-0001");
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                expect_first(&d, rows[i].typed, rows[i].shown);
        desk_close(&d);
}

Test(palette, a_verb_that_only_the_menu_has_is_run_by_name_too)
{
        struct desk d;
        struct err err = {0};
        desk_open(&d, 120, 36);
        cr_assert_eq(ui_command(d.ui, "incident.park", &err), RC_NOTFOUND);
        err_clear(&err);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_says(&d, "INC-0001");
        desk_keys(&d, ":");
        desk_type(&d, "incident.park");
        desk_says(&d, "m p");
        desk_keys(&d, "Enter");
        desk_says(&d, "parked until");
        desk_keys(&d, "Esc");
        cr_assert_eq(ui_command(d.ui, "incident.merge", &err), RC_OK, "%s", err.text);
        desk_close(&d);
}
