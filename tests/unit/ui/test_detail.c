/* The tabs of a detail: those with something in them, and what they say. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "desk.h"
#include "ui/detail_parts.h"

TestSuite(detail);

static void with_parts(struct desk *d, int cols, int rows)
{
        AUTO_FREE char *bytes = NULL;
        size_t len = 0;
        struct err err = {0};
        cr_assert_eq(file_read("tests/fixtures/screens/parts.json", 1 << 20, &bytes, &len, &err),
                     RC_OK, "%s", err.text);
        desk_open(d, cols, rows);
        desk_import(d, bytes);
}

static void say_again(struct desk *d, int minute, bool revoked, const char *word)
{
        AUTO_FREE char *text =
                xasprintf("{\"type\":\"opinion\",\"spec_version\":\"2.1\","
                          "\"id\":\"opinion--0e000000-0000-4000-8000-000000000001\","
                          "\"created\":\"2026-11-24T10:00:00.000Z\",\"modified\":\"2026-11-24T11:%"
                          "02d:00.000Z\","
                          "\"opinion\":\"%s\",\"revoked\":%s,"
                          "\"object_refs\":[\"incident--0e000000-0000-4000-8000-000000000001\"]}",
                          minute, word, revoked ? "true" : "false");
        desk_import(d, text);
}

Test(detail, only_tabs_with_something_in_them_are_shown)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_says(&d, "Timeline 1");
        desk_lacks(&d, "Events");
        desk_lacks(&d, "Opinions");
        desk_keys(&d, "Right Right");
        desk_says(&d, "has not been published");
        desk_keys(&d, "Right");
        desk_says(&d, "status");
        desk_close(&d);
}

Test(detail, turning_goes_through_all_and_back_to_the_first)
{
        struct desk d;
        with_parts(&d, 120, 36);
        desk_says(&d, "Summary    Timeline 3    Events 4    Impacts 3    Tasks 4    Opinions 2");
        desk_keys(&d, "Right Right");
        desk_says(&d, "Four mails, one opened.");
        desk_keys(&d, "Right Right Right Right Right Right");
        desk_says(&d, "Admission by hand.");
        desk_keys(&d, "Left");
        desk_says(&d, "sha256");
        desk_keys(&d, "Left");
        desk_says(&d, "What the night shift collected");
        desk_close(&d);
}

Test(detail, a_tab_that_the_next_incident_lacks_gives_way_to_the_first)
{
        struct desk d;
        with_parts(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "g Right Right");
        desk_says(&d, "Four mails, one opened.");
        desk_keys(&d, "j");
        desk_lacks(&d, "Events");
        desk_says(&d, "since 13:04Z");
        desk_keys(&d, "k");
        desk_says(&d, "Four mails, one opened.");
        desk_close(&d);
}

Test(detail, what_comes_in_later_is_shown_and_what_is_withdrawn_is_gone)
{
        struct desk d;
        with_parts(&d, 120, 36);
        desk_keys(&d, "Right Right Right Right Right");
        desk_says(&d, "strongly disagrees");
        say_again(&d, 10, false, "agree");
        desk_lacks(&d, "strongly disagrees");
        desk_says(&d, "Opinions 2");
        say_again(&d, 20, true, "agree");
        desk_says(&d, "Opinions 1");
        desk_close(&d);
}

Test(detail, a_click_opens_a_tab)
{
        struct desk d;
        with_parts(&d, 120, 36);
        AUTO_FREE char *row = desk_row(&d, "Timeline 3");
        int y = desk_row_number(&d, "Timeline 3");
        char *at = strstr(row, "Tasks");
        *at = '\0';
        ui_mouse(d.ui, (int)text_width(row) + 1, y, MOUSE_LEFT, false);
        desk_says(&d, "Rebuild the domain controllers");
        desk_close(&d);
}

Test(detail, tasks_stand_under_how_far_they_are)
{
        struct desk d;
        with_parts(&d, 120, 60);
        desk_keys(&d, "Enter Right Right Right Right");
        int underway = desk_row_number(&d, "Under way "), todo = desk_row_number(&d, "To do "),
            done = desk_row_number(&d, "Done ");
        cr_assert(underway >= 0 && underway < todo && todo < done);
        cr_assert_gt(desk_row_number(&d, "Restore from the offline copy"), done);
        cr_assert_eq(desk_look(&d, "× failed").ink, ROLE_WARN);
        cr_assert_eq(desk_look(&d, "▸ under way").ink, ROLE_ACCENT);
        cr_assert_eq(desk_look(&d, "due Wed 08:00Z").ink, ROLE_MUTED);
        desk_close(&d);
}

Test(detail, a_task_that_is_late_says_so)
{
        struct desk d;
        with_parts(&d, 120, 60);
        desk_import(&d, "{\"type\":\"task\",\"spec_version\":\"2.1\",\"name\":\"Overdue\","
                        "\"id\":\"task--0e000000-0000-4000-8000-000000000003\","
                        "\"created\":\"2026-11-24T08:00:00.000Z\","
                        "\"modified\":\"2026-11-24T09:00:00.000Z\",\"outcome\":\"pending\","
                        "\"due_date\":\"2026-11-24T12:00:00.000Z\"}");
        desk_keys(&d, "Enter Right Right Right Right");
        desk_says(&d, "late 12:00Z");
        cr_assert_eq(desk_look(&d, "late 12:00Z").ink, ROLE_ALARM);
        desk_close(&d);
}

Test(detail, a_day_is_shown_as_exactly_as_it_is_known)
{
        struct desk d;
        struct arena a = {0};
        int64_t ms = INT64_C(1795478400000); /* 2026-11-24T00:00:00Z */
        desk_open(&d, 80, 24);
        struct detail_draw draw = {.ui = d.ui};
        cr_expect_str_eq(detail_when(&draw, ms, "day", &a), "24 Nov 2026");
        cr_expect_str_eq(detail_when(&draw, ms, "month", &a), "Nov 2026");
        cr_expect_str_eq(detail_when(&draw, ms, "year", &a), "2026");
        cr_expect_str_eq(detail_when(&draw, ms, "second", &a), "00:00Z");
        cr_expect_str_eq(detail_when(&draw, ms, NULL, &a), "00:00Z");
        cr_expect_str_eq(detail_when(&draw, CLOCK_NONE, NULL, &a), "");
        arena_finish(&a);
        desk_close(&d);
}

Test(detail, events_stand_in_the_timeline_among_what_was_done)
{
        struct desk d;
        with_parts(&d, 120, 60);
        desk_do(&d, "incident--0e000000-0000-4000-8000-000000000001", "note", NULL, "Called them",
                NULL);
        desk_keys(&d, "Enter Right");
        int note = desk_row_number(&d, "Called them");
        int event = desk_row_number(&d, "event: File servers encrypted");
        int first = desk_row_number(&d, "event: Mail with a loader");
        cr_assert(note >= 0 && note < event && event < first, "newest first");
        desk_says(&d, "Timeline 4");
        desk_lacks(&d, "Data published");
        AUTO_FREE char *day = desk_row(&d, "event: Backups deleted");
        cr_assert_not(strstr(day, "00:00Z"), "known by its day: %s", day);
        desk_keys(&d, "t");
        desk_says(&d, "by when it was entered");
        desk_says(&d, "event: Mail with a loader opened in accounting  happened Mon 15:10Z");
        desk_keys(&d, "t");
        desk_lacks(&d, "by when it was entered");
        desk_close(&d);
}

Test(detail, at_any_width_the_tab_looked_at_is_named)
{
        static const int widths[] = {40, 48, 60, 72, 80, 100, 160, 200};
        static const char *const names[] = {"Summary", "Timeline 3", "Events 4",  "Impacts 3",
                                            "Tasks 4", "Opinions 2", "Reports 2", "Raw"};
        for (size_t w = 0; w < ARRAY_LEN(widths); w++) {
                struct desk d;
                with_parts(&d, widths[w], 24);
                desk_keys(&d, "Enter");
                for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                        cr_expect(strstr(desk_screen(&d), names[i]), "%d columns: %s\n%s",
                                  widths[w], names[i], d.screen);
                        desk_keys(&d, "Right");
                }
                desk_close(&d);
        }
}

/* ---- what the timeline leaves out, and what was known then ---- */

static void decide(struct desk *d, const char *id, const char *what)
{
        const struct ops_field details[] = {{"decision", what}, {"rationale", "it spreads"}};
        const struct ops_request r = {.verb = "decide",
                                      .details = details,
                                      .detail_count = ARRAY_LEN(details),
                                      .occurred_ms = CLOCK_NONE};
        struct err err = {0};
        cr_assert_eq(ops_do(&d->ops, id, &r, &err), RC_OK, "%s", err.text);
        ui_changed(d->ui, TOPIC_ALL);
}

Test(detail, the_timeline_hides_what_the_system_wrote_however_much_it_is)
{
        struct desk d;
        desk_open(&d, 120, 50);
        AUTO_FREE char *id = desk_new(&d, "Outage", "severity", "low", NULL);
        clock_advance(60000);
        desk_do(&d, id, "note", NULL, "the very first call", NULL);
        for (int i = 0; i < 230; i++) {
                clock_advance(1000);
                desk_do(&d, id, "severity", "severity", i % 2 ? "low" : "high", NULL);
        }
        desk_keys(&d, "Right");
        desk_lacks(&d, "the very first call");
        desk_keys(&d, "H");
        desk_says(&d, "notes, decisions and events only");
        desk_says(&d, "the very first call");
        desk_lacks(&d, "severity LOW -> HIGH");
        desk_keys(&d, "H");
        desk_says(&d, "severity LOW -> HIGH");
        desk_close(&d);
}

Test(detail, as_known_then_has_what_was_decided_before_and_not_what_came_later)
{
        struct desk d;
        desk_open(&d, 120, 50);
        AUTO_FREE char *id = desk_new(&d, "Outage", "severity", "low", NULL);
        clock_advance(60000);
        decide(&d, id, "Cut the link");
        clock_advance(600000);
        decide(&d, id, "Open it again");
        desk_do(&d, id, "severity", "severity", "high", NULL);
        desk_keys(&d, "Right");
        desk_says(&d, "Open it again");
        desk_keys(&d, "@");
        desk_type(&d, "13:06");
        desk_keys(&d, "Enter");
        desk_says(&d, "as it was known 13:06Z");
        desk_says(&d, "Cut the link");
        desk_lacks(&d, "Open it again");
        desk_says(&d, "○ LOW   Outage");
        desk_keys(&d, "@");
        desk_says(&d, "Open it again");
        desk_says(&d, "◈ HIGH   Outage");
        desk_keys(&d, "@");
        desk_type(&d, "12:00");
        desk_keys(&d, "Enter");
        desk_says(&d, "was not known at");
        desk_close(&d);
}

Test(detail, what_its_fields_name_is_said_by_reference_and_title)
{
        struct desk d;
        desk_open(&d, 120, 60);
        free(desk_new(&d, "Outage", "severity", "high", NULL));
        AUTO_FREE char *other = desk_new(&d, "Cut cable", "severity", "low", NULL);
        desk_do(&d, other, "link", "links", "+INC-0001", NULL);
        cr_assert_eq(ui_command(d.ui, "/Cut", NULL), RC_OK);
        AUTO_FREE char *linked = desk_row(&d, "linked to");
        cr_expect(linked && strstr(linked, "INC-0001"), "%s", d.screen);
        desk_do(&d, other, "duplicate", "duplicate_of", "INC-0001", "one cable");
        desk_says(&d, "duplicate of INC-0001 Outage ");
        desk_says(&d, "linked to    INC-0001 Outage ");
        desk_lacks(&d, "incident--");
        desk_close(&d);
}
