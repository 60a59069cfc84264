#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk.h"
#include "fake_views.h"
#include "ui/columns.h"

TestSuite(looks);

/* ---- times ---- */

Test(looks, times_turn_everywhere_and_stay_turned)
{
        struct desk d;
        desk_open(&d, 160, 48);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        clock_advance(14 * 60000);
        ui_changed(d.ui, TOPIC_ALL);
        AUTO_FREE char *age = desk_row(&d, "Alpha");
        cr_expect_not_null(strstr(age, "14 min"), "%s", age);
        desk_keys(&d, "^T");
        AUTO_FREE char *instant = desk_row(&d, "Alpha");
        cr_expect_not_null(strstr(instant, "13:04Z"), "%s", instant);
        desk_keys(&d, "8 ^T");
        AUTO_FREE char *log = desk_row(&d, "Alpha");
        cr_expect_not_null(strstr(log, "14 min"), "%s", log);
        desk_keys(&d, "2");
        AUTO_FREE char *again = desk_row(&d, "Alpha");
        cr_expect_not_null(strstr(again, "14 min"), "%s", again);
        desk_close(&d);
}

Test(looks, what_lies_ahead_has_no_age)
{
        const struct field *f = field_find(&kind_incident, "occurred");
        struct row row = {.ref = "INC-0001"};
        struct row_style style = {.ages = true};
        struct arena a;
        arena_init(&a);
        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:27Z", &style.now_ms, NULL), RC_OK);
        thing_init(&row.thing, &kind_incident, "incident--1");
        thing_set(&row.thing, "occurred", "2026-11-26T08:00:00.000Z");
        cr_expect_str_eq(field_text(f, &row, &style, &a), "Thu 08:00Z");
        thing_set(&row.thing, "occurred", "2026-11-24T12:50:27.000Z");
        cr_expect_str_eq(field_text(f, &row, &style, &a), "14 min");
        arena_finish(&a);
}

/* ---- keys ---- */

Test(looks, help_shows_function_keys_beside_their_letters)
{
        struct desk d;
        desk_open(&d, 130, 60);
        desk_keys(&d, "F1");
        desk_says(&d, "/ F3 F4 Filter the list as you type");
        desk_says(&d, "O F6    Choose sort order and columns");
        desk_says(&d, "? F1    The keys that work here");
        desk_keys(&d, "F10 Esc F10");
        cr_expect(ui_wants_quit(d.ui));
        desk_close(&d);
}

static struct ui *with_footer(struct fake *f, enum footer_keys footer)
{
        struct ui_options o = {.cols = 100, .rows = 24, .footer = footer};
        fake_init(f);
        return fake_ui_with(f, &o);
}

Test(looks, footer_names_letters_function_keys_or_nothing)
{
        struct fake f;
        char row[2048];
        struct ui *ui = with_footer(&f, FOOTER_LETTERS);
        cr_expect_not_null(strstr(fake_row(ui, 23, row), "a ack"), "%s", row);
        cr_expect_null(strstr(row, "F1"), "%s", row);
        ui_destroy(ui);
        ui = with_footer(&f, FOOTER_F_KEYS);
        cr_expect_not_null(strstr(fake_row(ui, 23, row), "F1 keys  F10 quit  a ack"), "%s", row);
        ui_destroy(ui);
        ui = with_footer(&f, FOOTER_NONE);
        cr_expect_null(strstr(fake_row(ui, 23, row), "a ack"), "%s", row);
        cr_expect_not_null(strstr(row, ": command ? keys"), "%s", row);
        ui_destroy(ui);
}

/* ---- signs ---- */

Test(looks, a_terminal_that_draws_wide_gets_ascii_as_a_whole)
{
        struct desk d;
        desk_open(&d, 130, 40);
        free(desk_new(&d, "Alpha", "severity", "critical", NULL));
        desk_says(&d, "◆ CRITICAL");
        ui_set_ascii(d.ui, true);
        desk_says(&d, "# CRITICAL");
        for (const char *s = desk_screen(&d); *s; s++)
                cr_assert((unsigned char)*s < 0x80, "%s", s);
        ui_set_ascii(d.ui, false);
        desk_says(&d, "◆ CRITICAL");
        desk_close(&d);
}

/* ---- linear ---- */

static void open_linear(struct desk *d, int cols, int rows)
{
        struct err err = {0};
        desk_open(d, cols, rows);
        clock_advance(-60000);
        free(desk_new(d, "Alpha", "severity", "critical", "tlp", "red", NULL));
        clock_advance(60000);
        free(desk_arrive(d, 1, "Bravo", 50));
        cr_assert_eq(ui_command(d->ui, "app.linear", &err), RC_OK, "%s", err.text);
}

Test(looks, linear_says_in_words_what_signs_say)
{
        struct desk d;
        open_linear(&d, 100, 24);
        desk_says(&d, "2 of 2, 1 unacknowledged");
        AUTO_FREE char *alpha = desk_row(&d, "Alpha"), *bravo = desk_row(&d, "Bravo");
        cr_expect_not_null(strstr(alpha, "INC-0001, TLP:RED, critical, new, Alpha"), "%s", alpha);
        cr_expect_not_null(strstr(bravo, ", unacknowledged, (TLP:AMBER), medium, new, Bravo"), "%s",
                           bravo);
        for (const char *s = desk_screen(&d); *s; s++)
                cr_assert((unsigned char)*s < 0x80 && *s != '|', "%s", s);
        desk_lacks(&d, "---");
        desk_close(&d);
}

Test(looks, linear_cursor_stands_where_one_is)
{
        struct desk d;
        open_linear(&d, 80, 24);
        const struct canvas *c = ui_paint(d.ui);
        int first = c->cursor_y;
        cr_expect(c->cursor_shown);
        cr_expect_eq(c->cursor_x, 0);
        desk_keys(&d, "j");
        cr_expect_eq(ui_paint(d.ui)->cursor_y, first + 1);
        desk_keys(&d, "s");
        desk_says(&d, "c: CRITICAL");
        int row = desk_row_number(&d, "as it is now");
        cr_expect_eq(ui_paint(d.ui)->cursor_y, row);
        cr_expect_eq(ui_paint(d.ui)->cursor_x, 0);
        desk_keys(&d, "Esc ? Down Down Down");
        row = desk_row_number(&d, "S: Say how far");
        cr_expect_eq(ui_paint(d.ui)->cursor_y, row);
        desk_keys(&d, "Esc n");
        desk_type(&d, "abc");
        cr_expect_eq(ui_paint(d.ui)->cursor_y, desk_row_number(&d, "abc"));
        desk_close(&d);
}

Test(looks, linear_keeps_what_was_said_above_the_keys)
{
        struct desk d;
        open_linear(&d, 80, 24);
        desk_keys(&d, "A");
        cr_expect_eq(desk_row_number(&d, "acknowledged: Bravo"), 22);
        clock_advance(60000);
        ui_tick(d.ui);
        cr_expect_eq(desk_row_number(&d, "acknowledged: Bravo"), 22);
        desk_keys(&d, "A");
        cr_expect_eq(desk_row_number(&d, "failed: no incident is unacknowledged"), 22);
        desk_close(&d);
}

Test(looks, linear_detail_is_label_and_value)
{
        struct desk d;
        open_linear(&d, 80, 24);
        desk_keys(&d, "g Enter");
        desk_says(&d, "INC-0001, critical, TLP:RED, Alpha");
        desk_says(&d, "Summary, tab 1 of 3");
        cr_expect_eq(desk_row_number(&d, "severity: critical, since 13:03Z") >= 0, true);
        desk_keys(&d, "Right");
        desk_says(&d, "13:03Z duarte: opened by duarte: Alpha");
        desk_keys(&d, "Esc");
        struct err err = {0};
        cr_assert_eq(ui_command(d.ui, "app.linear", &err), RC_OK, "%s", err.text);
        desk_says(&d, "◆ CRIT");
        desk_close(&d);
}

Test(looks, linear_at_the_smallest_size_cuts_no_marking)
{
        struct desk d;
        open_linear(&d, 40, 12);
        desk_says(&d, "TLP:RED, 13:04Z, 2 to send");
        desk_keys(&d, "g Enter");
        desk_says(&d, "TLP:RED, Alpha");
        desk_close(&d);
}

/* ---- what others send ---- */

static bool rings(struct desk *d)
{
        desk_screen(d);
        return ui_wants_bell(d->ui);
}

Test(looks, a_new_incident_is_said_once_and_rings_once)
{
        struct desk d;
        desk_open(&d, 130, 40);
        cr_expect_not(rings(&d));
        free(desk_arrive(&d, 1, "Outage", 50));
        desk_says(&d, "! new: ");
        desk_says(&d, "MEDIUM Outage; A acknowledges the newest");
        cr_expect(rings(&d));
        cr_expect_not(rings(&d));
        ui_changed(d.ui, TOPIC_ALL);
        cr_expect_not(rings(&d), "nothing new came");
        desk_keys(&d, "A");
        ui_changed(d.ui, TOPIC_ALL);
        cr_expect_not(rings(&d), "one's own act is no news");
        free(desk_arrive(&d, 2, "Second", 50));
        free(desk_arrive(&d, 3, "Third", 50));
        cr_expect(rings(&d));
        desk_close(&d);
}

Test(looks, one_that_becomes_critical_is_said_though_it_is_acknowledged)
{
        struct desk d;
        desk_open(&d, 130, 40);
        AUTO_FREE char *id = desk_new(&d, "Outage", "severity", "low", NULL);
        cr_expect_not(rings(&d));
        clock_advance(60000);
        desk_do(&d, id, "severity", "severity", "high", NULL);
        cr_expect_not(rings(&d));
        clock_advance(60000);
        desk_do(&d, id, "severity", "severity", "critical", NULL);
        desk_says(&d, "! worse: INC-0001 CRITICAL Outage");
        cr_expect(rings(&d));
        desk_keys(&d, "s l s c");
        cr_expect_not(rings(&d), "one's own hand rings no bell");
        desk_close(&d);
}
