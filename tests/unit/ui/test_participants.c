#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "desk.h"

TestSuite(participants);

static void add(struct desk *d, const char *name)
{
        desk_keys(d, "+");
        desk_says(d, "New participant");
        desk_type(d, name);
        desk_keys(d, "^S");
        clock_advance(60000);
}

/* The newest, Charlie, is at the top. */
static void three(struct desk *d, int cols, int rows)
{
        struct err err = {0};
        desk_open(d, cols, rows);
        cr_assert_eq(ui_command(d->ui, "participants", &err), RC_OK, "%s", err.text);
        add(d, "Alpha");
        add(d, "Bravo");
        add(d, "Charlie");
}

Test(participants, the_palette_goes_there_by_name_and_help_says_what_works)
{
        struct desk d;
        desk_open(&d, 120, 36);
        desk_keys(&d, ":");
        desk_type(&d, "participants");
        desk_keys(&d, "Enter");
        desk_says(&d, "Participants");
        desk_keys(&d, "?");
        desk_says(&d, "On the participant");
        desk_says(&d, "participant.note");
        desk_close(&d);
}

Test(participants, a_new_one_has_a_reference_and_is_under_the_cursor)
{
        struct desk d;
        three(&d, 120, 36);
        desk_says(&d, "ORG-0003 is added; u can't undo that");
        AUTO_FREE char *row = desk_row(&d, "Charlie");
        cr_expect(strstr(row, "▌") && strstr(row, "ORG-0003"), "%s", row);
        desk_close(&d);
}

Test(participants, what_lacks_a_name_is_refused_and_kept_as_a_draft)
{
        struct desk d;
        three(&d, 120, 36);
        desk_keys(&d, "+ Down");
        desk_type(&d, "on duty at night");
        desk_keys(&d, "^S");
        desk_says(&d, "New participant");
        desk_keys(&d, "Esc");
        desk_says(&d, "what you typed is kept as a draft");
        desk_keys(&d, "+");
        desk_says(&d, "on duty at night");
        desk_close(&d);
}

Test(participants, fields_are_edited_and_undone)
{
        struct desk d;
        three(&d, 160, 40);
        desk_keys(&d, "e");
        desk_says(&d, "Edit ORG-0003");
        desk_type(&d, " Cyber");
        desk_keys(&d, "^S");
        desk_says(&d, "ORG-0003: changed; u undoes it");
        desk_says(&d, "ORG-0003    Charlie Cyber");
        desk_keys(&d, "u");
        desk_lacks(&d, "ORG-0003    Charlie Cyber");
        desk_says(&d, "undone: ORG-0003");
        desk_close(&d);
}

Test(participants, the_menu_has_the_verbs_of_the_kind_and_no_others)
{
        struct desk d;
        three(&d, 120, 36);
        desk_keys(&d, "m");
        desk_says(&d, "What can be done to ORG-0003");
        desk_says(&d, "D   decision");
        desk_says(&d, "n   note");
        desk_says(&d, "m   marking");
        desk_says(&d, "e   edit");
        desk_lacks(&d, "escalate");
        desk_lacks(&d, "acknowledge");
        desk_keys(&d, "m r");
        desk_says(&d, "ORG-0003: changed; u undoes it");
        desk_says(&d, "TLP:RED");
        desk_close(&d);
}

Test(participants, a_lower_marking_asks_why)
{
        struct desk d;
        struct err err = {0};
        three(&d, 120, 36);
        cr_assert_eq(ui_command(d.ui, "participant.marking", &err), RC_OK, "%s", err.text);
        desk_keys(&d, "r");
        cr_assert_eq(ui_command(d.ui, "participant.marking", &err), RC_OK, "%s", err.text);
        desk_says(&d, "lower: needs a reason");
        desk_keys(&d, "g");
        desk_says(&d, "reason for ORG-0003");
        desk_close(&d);
}

Test(participants, notes_go_to_several_after_asking_for_them_by_name)
{
        struct desk d;
        three(&d, 160, 40);
        desk_keys(&d, "Space Space n");
        desk_says(&d, "note on 2 participants");
        desk_type(&d, "called at nine");
        desk_keys(&d, "Enter");
        desk_says(&d, "2 participants: noted");
        desk_keys(&d, "g Tab Right");
        desk_says(&d, "called at nine");
        desk_close(&d);
}

Test(participants, a_draft_of_a_note_on_several_is_of_their_kind)
{
        struct desk d;
        three(&d, 120, 36);
        desk_keys(&d, "* n");
        desk_type(&d, "half a sentence");
        desk_keys(&d, "Esc 2");
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        free(desk_new(&d, "Another", "severity", "low", NULL));
        desk_says(&d, "Another");
        desk_keys(&d, "* n");
        desk_says(&d, "note on 2 incidents");
        desk_lacks(&d, "half a sentence");
        desk_close(&d);
}

Test(participants, a_decision_is_repeated_nowhere_and_other_acts_only_on_their_kind)
{
        struct desk d;
        struct err err = {0};
        three(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "n");
        desk_type(&d, "called");
        desk_keys(&d, "Enter 2 .");
        desk_says(&d, "repeat: not possible here now");
        cr_assert_eq(ui_command(d.ui, "participants", &err), RC_OK, "%s", err.text);
        desk_keys(&d, "G .");
        desk_says(&d, ": noted");
        desk_close(&d);
}

Test(participants, the_filter_takes_their_fields_and_back_takes_it_off)
{
        struct desk d;
        three(&d, 120, 36);
        desk_keys(&d, "/");
        desk_type(&d, "name:Bravo");
        desk_keys(&d, "Enter");
        desk_lacks(&d, "Charlie");
        desk_keys(&d, "y");
        desk_says(&d, "ORG-0002 copied");
        desk_keys(&d, "Esc");
        desk_says(&d, "Charlie");
        desk_close(&d);
}

Test(participants, their_commands_say_where_they_work)
{
        struct desk d;
        struct err err = {0};
        desk_open(&d, 120, 36);
        cr_expect_eq(ui_command(d.ui, "participant.note", &err), RC_CONFLICT);
        cr_expect_str_eq(err.text,
                         "participant.note works in Participants; :participants goes there");
        desk_close(&d);
}

/* It changes nothing, so "u" would take back what was done before it. */
Test(participants, a_contact_is_written_down_and_not_offered_for_undoing)
{
        struct desk d;
        three(&d, 120, 36);
        desk_keys(&d, "c");
        desk_says(&d, "ORG-0003: contact");
        desk_keys(&d, "^S");
        desk_says(&d, "outcome is needed");
        desk_type(&d, "reached");
        desk_keys(&d, "^S");
        desk_says(&d, "ORG-0003: contacted");
        desk_lacks(&d, "contacted; u undoes it");
        desk_keys(&d, "Tab");
        desk_says(&d, "last contact");
        desk_close(&d);
}
