#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "desk.h"
#include "ui/detail_parts.h"

static void three_arrive(struct desk *d, int cols, int rows)
{
        desk_open(d, cols, rows);
        free(desk_arrive(d, 1, "Alpha", 95));
        clock_advance(60000);
        free(desk_arrive(d, 2, "Bravo", 75));
        clock_advance(60000);
        free(desk_arrive(d, 3, "Charlie", 50));
        desk_screen(d);
}

Test(incidents, what_nobody_acknowledged_is_counted_and_signed)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_says(&d, "! 3 unacknowledged");
        desk_says(&d, "X-0002 !");
        desk_keys(&d, "a");
        desk_says(&d, "! 2 unacknowledged");
        desk_lacks(&d, "X-0002 !");
        desk_says(&d, "X-0002: acknowledged; u undoes it");
        desk_keys(&d, "u");
        desk_says(&d, "X-0002 !");
        desk_says(&d, "undone:");
        desk_close(&d);
}

/* malloc'ed */
static char *picture_at_once(struct desk *d)
{
        struct str out;
        str_init(&out, 1 << 20);
        canvas_print(ui_paint(d->ui), &out);
        return str_take(&out);
}

Test(incidents, an_act_shows_in_its_row_at_once_and_in_the_detail_beside_it_when_nobody_types)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        ui_chord(d.ui, 'a');
        AUTO_FREE char *at_once = picture_at_once(&d);
        cr_assert(!strstr(at_once, "X-0002 !"), "%s", at_once);
        cr_assert(strstr(at_once, "! 2 unacknowledged"), "%s", at_once);
        cr_assert(!strstr(at_once, "acknowledged 13:0"), "%s", at_once);
        desk_says(&d, "acknowledged 13:0");
        desk_close(&d);
}

Test(incidents, several_at_once_are_asked_about_first_and_done_together)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_keys(&d, "* a");
        desk_says(&d, "Acknowledge 3 incidents?");
        desk_says(&d, "Esc leave it as it is");
        desk_keys(&d, "Enter");
        desk_says(&d, "! 3 unacknowledged");
        desk_says(&d, "● 3 marked");
        desk_keys(&d, "a y");
        desk_lacks(&d, "unacknowledged");
        desk_lacks(&d, "marked");
        desk_says(&d, "3 incidents: acknowledged");
        desk_close(&d);
}

Test(incidents, those_acknowledged_already_do_not_stand_in_the_way)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_keys(&d, "a * a");
        desk_says(&d, "Acknowledge 2 incidents?");
        desk_says(&d, "1 of those marked needs nothing");
        desk_keys(&d, "y");
        desk_lacks(&d, "unacknowledged");
        desk_keys(&d, "* a");
        desk_says(&d, "all 3 are acknowledged already");
        desk_close(&d);
}

Test(incidents, one_marked_is_what_is_meant_wherever_the_cursor_stands)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_keys(&d, "Space j s");
        desk_says(&d, "Severity of X-0002");
        desk_keys(&d, "l");
        desk_says(&d, "X-0002: severity changed");
        desk_says(&d, "X-0002 !    ○ LOW");
        desk_lacks(&d, "marked");
        desk_close(&d);
}

Test(incidents, the_newest_is_acknowledged_from_anywhere)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_keys(&d, "8 A");
        desk_says(&d, "X-0004 acknowledged: Charlie");
        desk_keys(&d, "A A");
        desk_says(&d, "X-0002 acknowledged: Alpha");
        desk_keys(&d, "A");
        desk_says(&d, "no incident is unacknowledged");
        desk_close(&d);
}

Test(incidents, the_last_act_is_repeated_on_another)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_keys(&d, "o");
        desk_type(&d, "novak");
        desk_keys(&d, "Enter j .");
        AUTO_FREE char *row = desk_row(&d, "X-0003 !");
        cr_assert(strstr(row, "novak"), "%s", row);
        desk_close(&d);
}

Test(incidents, enter_goes_in_and_escape_or_q_comes_back_where_it_is_narrow)
{
        struct desk d;
        three_arrive(&d, 80, 24);
        desk_keys(&d, "Enter");
        desk_says(&d, "Summary");
        desk_lacks(&d, "Bravo");
        desk_keys(&d, "]");
        desk_says(&d, "Bravo");
        desk_keys(&d, "q");
        desk_says(&d, "▌  X-0003");
        cr_assert_not(ui_wants_quit(d.ui));
        desk_keys(&d, "Enter Esc");
        desk_says(&d, "▌  X-0003");
        desk_keys(&d, "q");
        cr_assert(ui_wants_quit(d.ui));
        desk_close(&d);
}

Test(incidents, what_has_no_column_stands_in_the_line_below_the_list)
{
        struct desk d;
        desk_open(&d, 80, 24);
        free(desk_new(&d, "Alpha", "severity", "high", "tlp", "amber+strict", "sectors", "health",
                      NULL));
        AUTO_FREE char *row = desk_row(&d, "AMBER+STRICT");
        cr_assert_str_eq(row, "   new  ▪ AMBER+STRICT  modified 13:04Z  health");
        desk_close(&d);
}

Test(incidents, tabs_turn_and_the_raw_text_is_there)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_keys(&d, "Right");
        desk_says(&d, "Nothing was done or noted yet");
        desk_keys(&d, "Right");
        desk_says(&d, "1 version held, oldest first");
        desk_says(&d, "\"criticality\": 95");
        desk_keys(&d, "Right");
        desk_says(&d, "severity     ◆ CRITICAL");
        desk_keys(&d, "Left");
        desk_says(&d, "1 version held");
        desk_close(&d);
}

Test(incidents, the_timeline_stops_at_its_end)
{
        struct desk d;
        desk_open(&d, 80, 24);
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", NULL);
        for (int i = 0; i < 40; i++) {
                AUTO_FREE char *text = xasprintf("note %d", i);
                clock_advance(1000);
                desk_do(&d, id, "note", NULL, text, NULL);
        }
        desk_keys(&d, "Enter Right");
        desk_says(&d, "more lines");
        desk_screen(&d);
        desk_keys(&d, "G");
        desk_says(&d, "opened by duarte: Alpha");
        desk_lacks(&d, "more line");
        AUTO_FREE char *end = xstrdup(desk_screen(&d));
        desk_keys(&d, "j j PgDn");
        cr_assert_str_eq(desk_screen(&d), end);
        desk_keys(&d, "k");
        cr_assert_str_neq(desk_screen(&d), end, "one key back moves at once");
        ui_resize(d.ui, 80, 60);
        desk_says(&d, "note 39");
        desk_says(&d, "opened by duarte: Alpha");
        desk_close(&d);
}

Test(incidents, the_timeline_shows_what_was_undone_and_what_did_not_apply)
{
        struct desk d;
        three_arrive(&d, 160, 48);
        desk_keys(&d, "s l u Right");
        desk_says(&d, "(undone)");
        AUTO_FREE char *row = desk_row(&d, "(undone)");
        cr_assert(strstr(row, "severity"), "%s", row);
        cr_assert_eq(desk_look(&d, row + strspn(row, " ")).ink, ROLE_MUTED, "when and who");
        desk_close(&d);
}

Test(incidents, the_timeline_says_why_an_act_did_not_apply)
{
        struct desk d;
        struct act act = {.id = "note--1"};
        struct fold_entry entry = {.act = &act, .why_not = "it is closed"};
        struct row row = {0};
        desk_open(&d, 80, 24);
        thing_init(&row.thing, &kind_log, "note--1");
        thing_set(&row.thing, "text", "acknowledged by novak");
        thing_set(&row.thing, "occurred", "2026-11-24T12:00:00.000Z");
        struct detail_data data = {.log = &row, .log_count = 1, .log_total = 1};
        struct arena a = {0};
        thing_init(&data.view.row.thing, &kind_incident, "incident--1");
        data.view.folded.log = &entry;
        data.view.folded.log_count = 1;
        detail_merge(&data, &a);
        struct detail_draw draw = {.ui = d.ui, .data = &data};
        struct canvas *c = canvas_create(80, 5);
        detail_draw_timeline(&draw, c, (struct rect){0, 0, 80, 5});
        struct str out;
        str_init(&out, 10000);
        canvas_print(c, &out);
        cr_assert(strstr(str_text(&out), "acknowledged by novak  × not applied: it is closed"),
                  "%s", str_text(&out));
        str_finish(&out);
        canvas_destroy(c);
        arena_finish(&a);
        desk_close(&d);
}

Test(incidents, a_new_one_that_the_filter_hides_is_told)
{
        struct desk d;
        desk_open(&d, 120, 48);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "/");
        desk_type(&d, "severity:high");
        desk_keys(&d, "Enter +");
        desk_type(&d, "Bravo");
        desk_keys(&d, "Tab Tab");
        desk_type(&d, "low");
        desk_keys(&d, "^S");
        desk_says(&d, "INC-0002 is open; the filter does not show it");
        desk_close(&d);
}

Test(incidents, every_size_shows_the_reference_and_the_title)
{
        static const int sizes[][2] = {{40, 12},  {60, 16},  {80, 24}, {120, 36},
                                       {160, 48}, {200, 60}, {320, 90}};
        struct desk d;
        three_arrive(&d, 80, 24);
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
                ui_resize(d.ui, sizes[i][0], sizes[i][1]);
                desk_says(&d, "X-0002 !");
                desk_says(&d, "Alpha");
                desk_says(&d, "▌");
        }
        desk_close(&d);
}

/* ---- parked -------------------------------------------------------------------------------- */

Test(incidents, what_is_parked_waits_for_nobody_until_its_time_is_over)
{
        struct desk d;
        desk_open(&d, 120, 36);
        AUTO_FREE char *id = desk_arrive(&d, 1, "Alpha", 50);
        free(desk_arrive(&d, 2, "Bravo", 50));
        desk_says(&d, "Incidents 2 !2");
        desk_do(&d, id, "park", "parked_until", "+4h", NULL);
        desk_says(&d, "Incidents 2 !1");
        desk_says(&d, "! 1 unacknowledged");
        AUTO_FREE char *parked = desk_row(&d, "Alpha");
        cr_assert_not(strstr(parked, "!"), "%s", parked);
        desk_keys(&d, "A");
        desk_lacks(&d, "unacknowledged");
        desk_keys(&d, "A");
        desk_says(&d, "no incident is unacknowledged");

        desk_keys(&d, "/");
        desk_type(&d, " is:unacked");
        desk_keys(&d, "Enter");
        desk_lacks(&d, "Alpha");
        cr_assert_leq(ui_next_change_ms(d.ui), clock_now_ms() + 4 * 3600 * 1000ll);
        clock_advance(4 * 3600 * 1000ll - 1);
        ui_tick(d.ui);
        desk_lacks(&d, "Alpha");
        ui_wants_bell(d.ui);
        clock_advance(1);
        ui_tick(d.ui);
        desk_says(&d, "Incidents 1 !1");
        desk_says(&d, "back from parking: X-0002");
        AUTO_FREE char *back = desk_row(&d, "X-0002 !");
        cr_assert(back && strstr(back, "Alpha"), "%s", d.screen);
        cr_assert(ui_wants_bell(d.ui));
        desk_close(&d);
}

/* ---- what others change -------------------------------------------------------------------- */

static bool is_strong(struct desk *d, const char *text)
{
        struct look look = desk_look(d, text);
        return look.ink == ROLE_STRONG && look.attr & ATTR_BOLD;
}

Test(incidents, a_value_that_others_change_is_strong_for_five_seconds)
{
        struct desk d;
        desk_open(&d, 110, 36); /* narrow: the screen changes once a minute by itself */
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        AUTO_FREE char *id = desk_new(&d, "Bravo", "severity", "low", NULL);
        desk_screen(&d);
        desk_do(&d, id, "set", "title", "Charlie", NULL);
        cr_assert(is_strong(&d, "Charlie"), "in a row that is not the current one");
        cr_assert_not(desk_look(&d, "LOW").attr & ATTR_BOLD, "the rest of it as before");
        cr_assert_eq(ui_next_change_ms(d.ui), clock_now_ms() + 5000);
        clock_advance(4999);
        ui_tick(d.ui);
        cr_assert(is_strong(&d, "Charlie"));
        clock_advance(1);
        ui_tick(d.ui);
        cr_assert_not(is_strong(&d, "Charlie"));
        cr_assert_gt(ui_next_change_ms(d.ui), clock_now_ms() + 5000, "nothing wakes it any more");
        desk_close(&d);
}

Test(incidents, what_one_changes_oneself_is_not_strong)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "o");
        desk_type(&d, "ilves");
        desk_keys(&d, "Enter");
        cr_assert_not(is_strong(&d, "ilves"));
        desk_close(&d);
}

Test(incidents, several_changes_end_each_in_its_time)
{
        struct desk d;
        desk_open(&d, 160, 48);
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", NULL);
        desk_screen(&d);
        desk_do(&d, id, "owner", "owner", "ilves", NULL);
        desk_screen(&d);
        clock_advance(3000);
        desk_do(&d, id, "status", "status", "active", NULL);
        cr_assert(is_strong(&d, "ilves"));
        cr_assert(is_strong(&d, "active"));
        clock_advance(2000);
        ui_tick(d.ui);
        cr_assert_not(is_strong(&d, "ilves"));
        cr_assert(is_strong(&d, "active"));
        clock_advance(3000);
        ui_tick(d.ui);
        cr_assert_not(is_strong(&d, "active"));
        desk_close(&d);
}
