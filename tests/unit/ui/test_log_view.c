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

Test(log_view, an_entry_about_a_participant_goes_there)
{
        struct desk d;
        desk_open(&d, 80, 24);
        desk_says(&d, "No incidents yet");
        desk_keys(&d, "8");
        desk_says(&d, "No entries yet");
        desk_keys(&d, "n");
        desk_type(&d, "shift begins");
        desk_keys(&d, "Enter Enter");
        desk_says(&d, "9 Exch Org");
        AUTO_FREE char *row = desk_row(&d, "Test Unit");
        cr_expect(row && strstr(row, "▌"), "%s", d.screen);
        desk_close(&d);
}

/* ---- which log, corrections, reviews ---- */

static void note(struct desk *d, const char *key, const char *text)
{
        clock_advance(60000);
        desk_keys(d, key);
        desk_type(d, text);
        desk_keys(d, "Enter");
}

Test(log_view, notes_say_which_log_they_are_in)
{
        struct desk d;
        desk_open(&d, 120, 36);
        desk_keys(&d, "8");
        note(&d, "n", "shift begins");
        note(&d, "N", "power cut");
        AUTO_FREE char *duty = desk_row(&d, "shift begins"), *general = desk_row(&d, "power cut");
        cr_assert(strstr(duty, "Duty log"), "%s", duty);
        cr_assert(strstr(general, "General log"), "%s", general);
        desk_keys(&d, "/");
        desk_type(&d, "scope:general");
        desk_keys(&d, "Enter");
        desk_lacks(&d, "shift begins");
        desk_close(&d);
}

Test(log_view, a_correction_strikes_the_old_text_and_both_name_each_other)
{
        struct desk d;
        desk_open(&d, 120, 36);
        desk_keys(&d, "8");
        note(&d, "N", "call at nine");
        desk_keys(&d, "e ^U");
        desk_type(&d, "call at ten");
        desk_keys(&d, "^S");
        desk_says(&d, "reason is needed");
        desk_type(&d, "misheard");
        clock_advance(60000);
        desk_keys(&d, "^S");
        desk_says(&d, "~ call at nine");
        desk_keys(&d, "g");
        desk_says(&d, "corrects duarte 13:05Z: ~ call at nine");
        desk_says(&d, "reason: misheard");
        desk_keys(&d, "j");
        desk_says(&d, "corrected by duarte 13:06Z: call at ten");
        desk_keys(&d, "k");
        cr_assert_eq(desk_look(&d, "call at nine").ink, ROLE_FAINT);
        desk_keys(&d, "j e");
        desk_says(&d, "it is corrected already");
        desk_close(&d);
}

Test(log_view, what_was_done_is_not_corrected)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "8 e");
        desk_says(&d, "that entry says what was done; undo it");
        desk_keys(&d, "R");
        desk_says(&d, "not possible here now");
        desk_close(&d);
}

Test(log_view, a_significant_entry_waits_for_another_person)
{
        struct desk d;
        desk_open(&d, 120, 36);
        d.ops.review_significant = true;
        desk_keys(&d, "8 +");
        desk_type(&d, "the second site is down");
        desk_keys(&d, "Tab Tab Tab Tab");
        desk_type(&d, "yes");
        desk_keys(&d, "^S");
        desk_says(&d, "! the second site is down");
        desk_says(&d, "! awaits review by another person  ★ significant");
        desk_keys(&d, "R");
        desk_says(&d, "another person than its author reviews it");
        d.ops.operator= "novak";
        desk_keys(&d, "R Enter");
        desk_says(&d, "★ the second site is down");
        desk_says(&d, "reviewed by novak");
        desk_lacks(&d, "awaits review");
        desk_close(&d);
}

Test(log_view, an_entry_of_an_incident_is_written_from_the_log)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        clock_advance(60000);
        desk_keys(&d, "8 +");
        desk_type(&d, "they called");
        desk_keys(&d, "Tab");
        desk_type(&d, "INC-7");
        desk_keys(&d, "Tab");
        desk_type(&d, "-20min");
        desk_keys(&d, "^S");
        desk_says(&d, "INC-7");
        desk_keys(&d, "BackTab BackTab BackTab BackTab BackTab BackTab");
        desk_keys(&d, "Esc");
        desk_keys(&d, "+ Tab ^U");
        desk_type(&d, "INC-1");
        desk_keys(&d, "^S");
        desk_says(&d, "say why it is written down only now");
        desk_keys(&d, "Tab Tab Tab Tab");
        desk_type(&d, "on the telephone");
        desk_keys(&d, "^S g");
        desk_says(&d, "written into the log");
        AUTO_FREE char *row = desk_row(&d, "12:45Z");
        cr_assert(strstr(row, "INC-0001") && strstr(row, "they called"), "%s", row);
        desk_keys(&d, "j");
        desk_says(&d, "late because: on the telephone");
        desk_close(&d);
}

Test(log_view, acts_of_the_system_are_hidden_and_shown_by_a_term_of_the_filter)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "8");
        note(&d, "N", "power cut");
        desk_keys(&d, "H");
        desk_says(&d, "-is:system  notes and decisions only");
        desk_says(&d, "power cut");
        desk_lacks(&d, "opened by");
        desk_keys(&d, "2 8");
        desk_lacks(&d, "opened by");
        desk_keys(&d, "H");
        desk_says(&d, "opened by");
        desk_close(&d);
}

Test(log_view, an_incident_leads_to_its_entries)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_arrive(&d, 7, "Theirs", 50));
        free(desk_new(&d, "Alpha", "severity", "low", NULL));
        AUTO_FREE char *id = desk_new(&d, "Bravo", "severity", "high", NULL);
        desk_do(&d, id, "note", NULL, "seen", NULL);
        desk_keys(&d, "2 g L");
        desk_says(&d, "about:INC-0002");
        desk_says(&d, "seen");
        desk_lacks(&d, "Alpha");
        desk_keys(&d, "2 j L");
        desk_says(&d, "about:X-0002");
        desk_lacks(&d, "seen");
        desk_close(&d);
}
