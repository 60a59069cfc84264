#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../../../src/ui/ui_private.h"
#include "base/clock.h"
#include "fake_views.h"
#include "ui/chord.h"

TestSuite(frame);

static void expect_row(struct ui *ui, int y, const char *text)
{
        char row[2048];
        cr_expect_str_eq(fake_row(ui, y, row), text);
}

static int column_of(struct ui *ui, int y, const char *text)
{
        char row[2048];
        const char *at = strstr(fake_row(ui, y, row), text);
        cr_assert_not_null(at, "%s in: %s", text, row);
        return (int)(at - row);
}

Test(frame, wide)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 130, 30);
        ui_work(ui, NULL, NULL);
        expect_row(ui, 0,
                   "  muster  JCU duty desk      no remote     ceiling  TLP:AMBER+STRICT           "
                   "     "
                   "                       Tue 24 Nov  13:04:27Z");
        expect_row(ui, 1,
                   "  2 Incidents 14 !3    8 Log                                              "
                   "                                     duarte (unproven)");
        expect_row(ui, 3, "incidents from 3 to 28");
        expect_row(ui, 28, "last row");
        char row[2048];
        fake_row(ui, 29, row);
        cr_expect_eq(strncmp(row, "  a ack  C close  R refuse     ", 30), 0, "%s", row);
        cr_expect_eq(column_of(ui, 29, ": command   ? keys"), 130 - 3 - 18);
        const struct canvas *c = ui_paint(ui);
        cr_expect_eq(canvas_at(c, 0, 0)->look.ground, ROLE_HEADER);
        cr_expect_eq(canvas_at(c, column_of(ui, 0, "TLP"), 0)->look.ground, ROLE_BLACK);
        cr_expect_eq(canvas_at(c, 2, 2)->look.ink, ROLE_ACCENT);
        cr_expect_eq(canvas_at(c, 18, 2)->look.ink, ROLE_ACCENT);
        cr_expect_eq(canvas_at(c, 19, 2)->look.ink, ROLE_BORDER);
        cr_expect_eq(canvas_at(c, 4, 1)->look.ink, ROLE_STRONG);
        cr_expect_eq(canvas_at(c, 25, 1)->look.ink, ROLE_MUTED);
        ui_destroy(ui);
}

Test(frame, narrow_has_short_names_and_no_seconds_and_no_unit)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        expect_row(ui, 0,
                   " muster  no remote   TLP:AMBER+STRICT                             24 Nov "
                   "13:04Z");
        expect_row(ui, 1,
                   " 2 Inc !3 8 Log                                               duarte "
                   "(unproven)");
        expect_row(ui, 23,
                   " a ack  C close  R refuse                                      : "
                   "command ? keys");
        ui_destroy(ui);
}

Test(frame, link_is_never_live_without_a_remote)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 160, 40);
        fake_refuse(ui, "LIVE");
        fake_expect(ui, "no remote");
        ui_destroy(ui);
}

Test(frame, smallest_keeps_marking_and_time)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 40, 10);
        fake_expect(ui, "TLP:AMBER+STRICT");
        fake_expect(ui, "13:04Z");
        fake_expect(ui, ": command ? keys");
        ui_resize(ui, 39, 10);
        fake_expect(ui, "muster needs 40x10; this is 39x10");
        fake_refuse(ui, "incidents from");
        ui_resize(ui, 80, 24);
        fake_expect(ui, "incidents from 3 to 22");
        ui_destroy(ui);
}

static void check_exercise(int cols, int rows)
{
        struct fake f;
        fake_init(&f);
        struct ui_options o = {.cols = cols, .rows = rows, .exercise = "Blue Door"};
        struct ui *ui = fake_ui_with(&f, &o);
        char first[2048], last[2048];
        fake_row(ui, 0, first);
        fake_row(ui, rows - 1, last);
        const char *word = cols < 60 ? "EXERCISE" : "EXERCISE EXERCISE EXERCISE";
        cr_expect_not_null(strstr(first, word), "%s", first);
        cr_expect_not_null(strstr(last, word), "%s", last);
        cr_expect_not_null(strstr(first, "TLP:AMBER+STRICT "), "%s", first);
        cr_expect_not_null(strstr(first, "13:04"), "%s", first);
        cr_expect_not_null(strstr(last, "? keys"), "%s", last);
        const struct canvas *c = ui_paint(ui);
        int ys[] = {0, 1, rows - 1};
        for (size_t i = 0; i < 3; i++)
                for (int x = 0; x < cols; x++) {
                        int ground = canvas_at(c, x, ys[i])->look.ground;
                        cr_assert(ground == ROLE_EXERCISE || ground == ROLE_BLACK);
                }
        cr_expect_eq(canvas_at(c, 0, 2)->look.ground, ROLE_BG);
        ui_destroy(ui);
}

Test(frame, exercise_says_so_in_first_and_last_row)
{
        static const int cols[] = {40, 50, 60, 80, 100, 119, 120, 160, 200, 320};
        for (size_t i = 0; i < sizeof(cols) / sizeof(cols[0]); i++)
                check_exercise(cols[i], 12);
}

Test(frame, an_exercise_database_without_a_name_says_so_too)
{
        struct fake f;
        fake_init(&f);
        f.ops.exercise = true;
        struct ui *ui = fake_ui(&f, 100, 20);
        fake_expect(ui, "EXERCISE EXERCISE EXERCISE");
        ui_resize(ui, 30, 8);
        fake_expect(ui, "EXERCISE");
        ui_destroy(ui);
}

/* What may never fall away, however narrow: whether it is an exercise, how the link is, what waits,
 * and the ceiling. */
static void check_never_lost(int cols, bool linear, enum link_state state, const char *word)
{
        struct fake f;
        fake_init(&f);
        struct ui_options o = {.cols = cols, .rows = 12, .exercise = "Blue Door", .linear = linear};
        struct ui *ui = fake_ui_with(&f, &o);
        ui->links = (struct links){.count = 1, .all = 1, .pending = 112};
        ui->links.items[0] =
                (struct link){.told = true, .state = state, .synced_ms = FAKE_NOW_MS - 7200000};
        ui->clocks_overdue = 3;
        ui_dirty(ui);
        char row[2048];
        fake_row(ui, 0, row);
        const char *const all[] = {"EXERCISE", word, linear ? " 112 " : "↑112",
                                   linear ? "AMBER+STRICT" : "TLP:AMBER+STRICT"};
        for (size_t i = 0; i < ARRAY_LEN(all); i++)
                cr_expect_not_null(strstr(row, all[i]), "%d: %s in: %s", cols, all[i], row);
        ui_destroy(ui);
}

Test(frame, what_waits_and_the_link_and_the_exercise_are_never_lost)
{
        static const int cols[] = {40, 44, 52, 59, 60, 70, 80, 100, 119, 120, 160, 200, 320};
        for (size_t i = 0; i < ARRAY_LEN(cols); i++) {
                check_never_lost(cols[i], false, LINK_OFFLINE, "OFFLINE");
                check_never_lost(cols[i], false, LINK_UP, "STALE");
                check_never_lost(cols[i], true, LINK_UP, "STALE");
                check_never_lost(cols[i], true, LINK_OFFLINE, "OFFLINE");
        }
}

Test(frame, what_waits_is_told_without_a_remote_too)
{
        struct fake f;
        fake_init(&f);
        struct ui_options o = {.cols = 40, .rows = 12, .exercise = "Blue Door", .linear = true};
        struct ui *ui = fake_ui_with(&f, &o);
        ui->outbox = 12;
        ui_dirty(ui);
        expect_row(ui, 0, "EXERCISE, AMBER+STRICT, 12 to send");
        ui_destroy(ui);
}

Test(frame, the_mark_leaves_the_middle_before_anything_is_lost)
{
        struct fake f;
        fake_init(&f);
        struct ui_options o = {.cols = 120, .rows = 24, .exercise = "Blue Door"};
        struct ui *ui = fake_ui_with(&f, &o);
        expect_row(ui, 0,
                   "  muster      no remote     ceiling  TLP:AMBER+STRICT   EXERCISE EXERCISE "
                   "EXERCISE "
                   "Blue Door     Tue 24 Nov  13:04:27Z");
        ui_destroy(ui);
}

Test(frame, keys_leave_from_the_right_but_two_always_stay)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 44, 12);
        expect_row(ui, 11, " a ack  C close  R refuse  : command ? keys");
        ui_resize(ui, 43, 12);
        expect_row(ui, 11, " a ack  C close           : command ? keys");
        ui_destroy(ui);
}

Test(frame, footer_names_only_what_can_be_done)
{
        struct fake f;
        fake_init(&f);
        f.can_close = false;
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_refuse(ui, "C close");
        f.can_close = f.ops.readonly = true;
        ui_dirty(ui);
        fake_refuse(ui, "C close");
        fake_refuse(ui, "a ack");
        fake_expect(ui, "R refuse");
        fake_expect(ui, "read-only");
        ui_destroy(ui);
}

Test(frame, long_names_from_the_database_do_not_push_marking_or_time_out)
{
        struct fake f;
        static char unit[] =
                "\x1b[31mMinistry of a very long name that somebody gave without thinking 東京東京";
        fake_init(&f);
        f.ops.unit_name = unit;
        struct ui *ui = fake_ui(&f, 120, 24);
        fake_expect(ui, "TLP:AMBER+STRICT");
        fake_expect(ui, "13:04:27Z");
        ui_destroy(ui);
}

Test(frame, notice_stands_above_the_keys_and_goes)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        ui_notice(ui, NOTICE_WARN, "INC-0231 \x1b[2J came in");
        expect_row(ui, 22, " ! INC-0231 \\x1b[2J came in");
        clock_advance(7999);
        ui_tick(ui);
        fake_expect(ui, "came in");
        cr_expect_eq(ui_next_change_ms(ui), FAKE_NOW_MS + 8000);
        clock_advance(1);
        ui_tick(ui);
        cr_expect(ui_is_dirty(ui));
        fake_refuse(ui, "came in");
        expect_row(ui, 22, "last row");
        ui_destroy(ui);
}

Test(frame, long_failure_takes_more_rows_instead_of_being_cut)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 60, 20);
        ui_notice(ui, NOTICE_FAIL, "%s",
                  "saving INC-0224: the disk is full; nothing was changed; free some room, then "
                  "press the key again");
        fake_expect(ui, "the disk is full");
        fake_expect(ui, "press the key again");
        ui_destroy(ui);
}

Test(frame, failure_goes_with_the_next_key)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_keys(ui, "R");
        fake_expect(ui, "× it is closed since 13:00Z");
        clock_advance(3600000);
        ui_tick(ui);
        fake_expect(ui, "× it is closed since 13:00Z");
        fake_keys(ui, "j");
        fake_refuse(ui, "it is closed");
        int64_t at_ms;
        cr_assert_eq(ui_message_count(ui), 1);
        cr_expect_str_eq(ui_message_at(ui, 0, &at_ms), "it is closed since 13:00Z");
        cr_expect_eq(at_ms, FAKE_NOW_MS);
        ui_destroy(ui);
}

Test(frame, ticks_only_when_what_is_shown_changes)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        ui_paint(ui);
        cr_expect_eq(ui_next_change_ms(ui), FAKE_NOW_MS + 33000);
        clock_advance(32999);
        ui_tick(ui);
        cr_expect_not(ui_is_dirty(ui));
        clock_advance(1);
        ui_tick(ui);
        cr_expect(ui_is_dirty(ui));
        fake_expect(ui, "13:05Z");
        ui_resize(ui, 130, 24);
        ui_paint(ui);
        cr_expect_eq(ui_next_change_ms(ui), FAKE_NOW_MS + 34000);
        clock_advance(1000);
        ui_tick(ui);
        fake_expect(ui, "13:05:01Z");
        ui_destroy(ui);
}

Test(frame, clicks_on_views_and_keys_are_keys)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        ui_paint(ui);
        ui_mouse(ui, 2, 23, MOUSE_LEFT, false);
        cr_expect_eq(f.acks, 1);
        ui_mouse(ui, 11, 1, MOUSE_LEFT, false);
        cr_expect_str_eq(ui_view(ui)->ops->name, "log");
        ui_paint(ui);
        ui_mouse(ui, 2, 1, MOUSE_LEFT, false);
        cr_expect_str_eq(ui_view(ui)->ops->name, "incidents");
        ui_paint(ui);
        ui_mouse(ui, 5, 7, MOUSE_LEFT, false);
        cr_expect_eq(f.clicks, 1);
        cr_expect_eq(f.last_y, 7);
        ui_mouse(ui, 5, 7, MOUSE_WHEEL_DOWN, false);
        cr_expect_eq(f.downs, 3);
        ui_mouse(ui, 40, 2, MOUSE_LEFT, false);
        cr_expect_eq(f.clicks, 1);
        ui_destroy(ui);
}

Test(frame, ascii_has_no_other_byte)
{
        struct fake f;
        fake_init(&f);
        f.badge.conflicts = 1;
        struct ui_options o = {.cols = 80, .rows = 24, .ascii = true};
        struct ui *ui = fake_ui_with(&f, &o);
        ui_notice(ui, NOTICE_FAIL, "no");
        for (int y = 0; y < 24; y++) {
                char row[2048];
                fake_row(ui, y, row);
                for (const char *at = row; *at; at++)
                        cr_assert(*at > 0, "row %d: %s", y, row);
        }
        fake_expect(ui, "2 Inc !3 <>1 8 Log");
        ui_destroy(ui);
}
