#include "ui/chart.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/theme.h"

TestSuite(chart);

/* ---- a chart of some rows ---- */

static int64_t at(const char *stamp)
{
        int64_t ms = 0;
        cr_assert_eq(stamp_parse_ms(stamp, &ms, NULL), RC_OK, "%s", stamp);
        return ms;
}

#define NOW at("2026-11-24T13:04:27Z")

struct list {
        const struct chart_row *rows;
        size_t asked; /* rows that were asked for */
};

static void give_row(void *ctx, size_t i, struct chart_row *ret)
{
        struct list *l = ctx;
        *ret = l->rows[i];
        l->asked++;
}

static void zone(const char *tz)
{
        setenv("TZ", tz, 1);
        tzset();
}

#define ROWS_MAX 12
struct sample {
        struct chart_bar bars[ROWS_MAX][4];
        struct chart_row rows[ROWS_MAX];
        struct list list;
        struct chart_rows source;
};

static void add(struct sample *s, size_t row, const char *from, const char *until,
                enum chart_what what, const char *label)
{
        struct chart_row *r = &s->rows[row];
        s->bars[row][r->bar_count++] = (struct chart_bar){at(from), at(until), what, label};
        r->bars = s->bars[row];
}

static void make(struct sample *s)
{
        static const char *const names[][2] = {{"Experts", ""},
                                               {"EXP-0033 Alder", "OUT"},
                                               {"EXP-0147 Heron", "HELD"},
                                               {"EXP-0108 Merlin", "LEAVE"},
                                               {"Equipment", ""},
                                               {"KIT-11 sensor set", "CONFIRMED"}};
        *s = (struct sample){.source = {.count = ARRAY_LEN(names)}};
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                s->rows[i] = (struct chart_row){
                        .label = names[i][0], .sub = names[i][1], .heading = !names[i][1][0]};
        add(s, 1, "2026-11-22T00:00:00Z", "2026-11-29T12:00:00Z", CHART_OUT, "DEP-0041");
        add(s, 1, "2026-11-29T12:00:00Z", "2026-12-01T12:00:00Z", CHART_REST, "");
        add(s, 2, "2026-11-20T00:00:00Z", "2026-12-20T00:00:00Z", CHART_ON_CALL, "");
        add(s, 2, "2026-11-25T04:00:00Z", "2026-11-30T18:00:00Z", CHART_SOFT, "DEP-0045");
        add(s, 3, "2026-11-28T00:00:00Z", "2026-12-01T00:00:00Z", CHART_LEAVE, "leave");
        add(s, 5, "2026-11-24T16:00:00Z", "2026-11-30T18:00:00Z", CHART_HARD, "DEP-0047");
        add(s, 5, "2026-11-25T06:00:00Z", "2026-11-27T18:00:00Z", CHART_TWICE, "");
        s->list.rows = s->rows;
        s->source.row = give_row;
        s->source.ctx = &s->list;
}

static struct canvas *drawn(struct sample *s, struct chart *ch, int cols, int rows)
{
        struct canvas *c = canvas_create(cols, rows);
        struct rect r = {0, 0, cols, rows};
        chart_settle(ch, &s->source, r);
        chart_draw(ch, &s->source, NOW, c, r);
        return c;
}

static char *text_of(const struct canvas *c)
{
        CLEANUP(str_finish) struct str out = {0};
        str_init(&out, 1 << 20);
        canvas_print(c, &out);
        return str_take(&out);
}

static void expect(struct canvas *c, const char *text)
{
        AUTO_FREE char *got = text_of(c);
        cr_expect_str_eq(got, text, "\n%s", got);
        canvas_destroy(c);
}

static void expect_has(const struct canvas *c, const char *text)
{
        AUTO_FREE char *got = text_of(c);
        cr_expect_not_null(strstr(got, text), "no %s in\n%s", text, got);
}

/* The chart at two weeks around now, drawn into what a test looks at. */
static void open_chart(struct sample *s, struct chart *ch, const char *tz)
{
        zone(tz);
        make(s);
        chart_init(ch, NOW);
}

Test(chart, two_weeks_at_80_columns)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "UTC");
        expect(drawn(&s, &ch, 80, 11),
               "                                 Mon 23 Wed 25  Fri 27  Sun 29 Tue 1   Thu 3\n"
               "   UTC                           Nov   ▾ 13:04                 Dec\n"
               "  Experts                              │\n"
               "▌ EXP-0033 Alder             ██████████│█ DEP-0041 ████████░░░░░░░\n"
               "  EXP-0147 Heron          ─────────────│─╌ DEP-0045 ╌╌╌╌╌╌╌╌╌╌╌────────────────\n"
               "  EXP-0108 Merlin                      │            ╱ leave ╱╱╱╱\n"
               "  Equipment                            │\n"
               "  KIT-11 sensor set                    │▓×××××××××××▓▓▓▓▓▓▓▓▓▓▓\n"
               "                                       │\n"
               "\n"
               "  × booked twice  █ out  ▓ hard hold  ╌ soft hold  ░ rest  ╱ away  ─ on call\n");
}

static void must_say_all_signs(int cols, const char *wanted)
{
        struct sample s;
        struct chart ch;
        make(&s);
        s.source.count = 5;
        s.rows[1].label = "CERT-RO EXP-0033 Alder";
        s.rows[1].brief = "EXP-0033 Alder";
        chart_init(&ch, NOW);
        struct canvas *c = drawn(&s, &ch, cols, 8);
        expect_has(c, wanted);
        canvas_destroy(c);
}

/* Beside the number of rows that have no room, too. */
Test(chart, where_there_is_little_room_the_signs_have_short_names)
{
        zone("UTC");
        must_say_all_signs(80, "  × twice  █ out  ▓ hard  ╌ soft  ░ rest  ╱ away  ─ on call");
        must_say_all_signs(40, "  × twice  █ out  ▓ hard  ╌ soft  ░ rest\n"
                               "  ╱ away  ─ on call");
        must_say_all_signs(40, "EXP-0033 A…");
        must_say_all_signs(120, "× booked twice");
}

Test(chart, every_sign_has_an_ascii_twin)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "UTC");
        struct canvas *c = canvas_create(100, 11);
        c->ascii = true;
        chart_settle(&ch, &s.source, (struct rect){0, 0, 100, 11});
        chart_draw(&ch, &s.source, NOW, c, (struct rect){0, 0, 100, 11});
        AUTO_FREE char *text = text_of(c);
        for (const char *p = text; *p; p++)
                cr_assert((unsigned char)*p < 0x80, "%s", text);
        expect_has(c, "###########|# DEP-0041 #########::::::::");
        expect_has(c, "--------------|-. DEP-0045 .............-----------------");
        expect_has(c, "/ leave /////");
        expect_has(c, "|==xxxxxxxxxxx= DEP-0047 =");
        canvas_destroy(c);
}

/* Without colours the signs are all there is. */
Test(chart, no_two_signs_are_alike)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "UTC");
        for (int ascii = 0; ascii < 2; ascii++) {
                const char *signs[CHART_WHATS];
                struct canvas *c = canvas_create(120, 12);
                c->ascii = ascii;
                for (int what = 0; what < CHART_WHATS; what++) {
                        struct chart_bar bar = {NOW, NOW + 86400000, (enum chart_what)what, ""};
                        struct chart_row row = {"x", "", false, &bar, 1, NULL};
                        struct list one = {.rows = &row};
                        struct chart_rows rows = {1, give_row, &one};
                        canvas_clear(c);
                        chart_draw(&ch, &rows, NOW - 86400000, c, (struct rect){0, 0, 120, 12});
                        char *line = text_of(c), *at_row = line;
                        for (int y = 0; y < 2; y++)
                                at_row = strchr(at_row, '\n') + 1;
                        signs[what] = xstrndup(at_row, strcspn(at_row, "\n"));
                        free(line);
                        for (int k = 0; k < what; k++)
                                cr_expect_str_neq(signs[what], signs[k]);
                }
                for (int what = 0; what < CHART_WHATS; what++)
                        free((char *)(uintptr_t)signs[what]);
                canvas_destroy(c);
        }
}

static struct look look_at(const struct canvas *c, int x, int y)
{
        return canvas_at(c, x, y)->look;
}

Test(chart, grounds_tell_what_is_past_and_which_days_are_free)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "UTC");
        struct canvas *c = drawn(&s, &ch, 80, 11);
        cr_expect_eq(look_at(c, 30, 3).ground, ROLE_BAR_PAST);
        cr_expect_eq(look_at(c, 45, 3).ground, ROLE_BAR_OUT);
        cr_expect_eq(look_at(c, 45, 7).ground, ROLE_BAR_TWICE);
        cr_expect_eq(look_at(c, 60, 7).ground, ROLE_BAR_HOLD);
        cr_expect_eq(look_at(c, 27, 5).ground, ROLE_PANEL, "a Saturday");
        cr_expect_eq(look_at(c, 37, 5).ground, ROLE_BG, "a Tuesday");
        cr_expect_eq(look_at(c, 39, 5).ink, ROLE_ACCENT, "now");
        cr_expect_eq(look_at(c, 39, 3).ground, ROLE_BAR_OUT, "now, on what is there");
        cr_expect_eq(look_at(c, 2, 3).ground, ROLE_SELECTION);
        canvas_destroy(c);
}

/* ---- days and hours ---- */

static struct canvas *hours(struct sample *s, struct chart *ch, const char *from, int zoom)
{
        chart_zoom(ch, zoom);
        ch->from_ms = at(from);
        return drawn(s, ch, 110, 11);
}

Test(chart, an_hour_that_comes_twice_has_two_columns_and_the_zone)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "Europe/Brussels");
        struct canvas *c = hours(&s, &ch, "2026-10-24T22:00:00Z", -6);
        expect_has(c, "Sun 25 Oct");
        expect_has(c, "   CEST, CET ");
        expect_has(c, " 00:00      01:00      02:00      02:00 CET  03:00      04:00\n");
        canvas_destroy(c);
}

Test(chart, an_hour_that_does_not_come_has_no_column)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "Europe/Brussels");
        struct canvas *c = hours(&s, &ch, "2027-03-27T23:00:00Z", -6);
        expect_has(c, "   CET, CEST ");
        expect_has(c, " 00:00      01:00      03:00 CEST 04:00      05:00      06:00\n");
        canvas_destroy(c);
}

/* Midnights stand where they are, though a day between them has 25 hours. */
Test(chart, days_begin_at_local_midnight_on_both_sides_of_the_change)
{
        struct chart_scale scale = {.w = 100, .span_ms = 7 * 86400000ll};
        struct chart_ticks t;
        int x, end;
        zone("Europe/Brussels");
        scale.from_ms = at("2026-10-21T22:00:00Z"); /* Thu 22 Oct 00:00 */
        chart_ticks_make(&scale, NOW, &t);
        cr_expect_str_eq(t.zone, "CEST, CET");
        for (size_t i = 0; i < t.upper_count; i++) {
                int64_t midnight = at(i < 4 ? "2026-10-21T22:00:00Z" : "2026-10-21T23:00:00Z") +
                                   (int64_t)i * 86400000;
                cr_assert(chart_columns_of(&scale, midnight, midnight + 1, &x, &end));
                cr_expect_eq(t.upper[i].x, x, "%s", t.upper[i].text);
        }
        cr_expect_str_eq(t.upper[3].text, "Sun 25");
        cr_expect_str_eq(t.upper[4].text, "Mon 26");
}

Test(chart, every_zoom_has_a_scale_that_can_be_read)
{
        static const char *const zones[] = {"UTC", "Europe/Athens", "Asia/Kathmandu",
                                            "Australia/Lord_Howe", "America/St_Johns"};
        for (size_t z = 0; z < ARRAY_LEN(zones); z++) {
                zone(zones[z]);
                for (int zoom = 0; zoom < CHART_ZOOMS; zoom++) {
                        struct chart_scale scale = {at("2026-10-20T05:17:00Z"), chart_span_ms(zoom),
                                                    53};
                        struct chart_ticks t;
                        chart_ticks_make(&scale, NOW, &t);
                        cr_expect(t.upper_count >= 1 || zoom < 2, "%s %d", zones[z], zoom);
                        cr_expect(t.lower_count >= 1, "%s %d", zones[z], zoom);
                        for (size_t i = 1; i < t.upper_count; i++)
                                cr_expect(t.upper[i].x > t.upper[i - 1].x + 5, "%s %d", zones[z],
                                          zoom);
                        for (size_t i = 1; i < t.lower_count; i++)
                                cr_expect(t.lower[i].x > t.lower[i - 1].x, "%s %d", zones[z], zoom);
                }
        }
}

/* ---- moving ---- */

Test(chart, zoom_keeps_the_middle_and_ends)
{
        struct chart ch;
        chart_init(&ch, NOW);
        int64_t middle = ch.from_ms + chart_span_ms(ch.zoom) / 2;
        for (int i = 0; i < 20; i++)
                chart_zoom(&ch, -1);
        cr_expect_eq(chart_span_ms(ch.zoom), 6 * 3600000ll);
        cr_expect_eq(ch.from_ms + chart_span_ms(ch.zoom) / 2, middle);
        for (int i = 0; i < 20; i++)
                chart_zoom(&ch, 1);
        cr_expect_eq(chart_span_ms(ch.zoom), 84 * 86400000ll);
        cr_expect_eq(ch.from_ms + chart_span_ms(ch.zoom) / 2, middle);
        int64_t from = ch.from_ms;
        chart_scroll(&ch, 2);
        cr_expect_eq(ch.from_ms, from + 42 * 86400000ll);
        chart_scroll(&ch, -2);
        cr_expect_eq(ch.from_ms, from);
}

Test(chart, the_cursor_passes_over_headings)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "UTC");
        canvas_destroy(drawn(&s, &ch, 80, 11));
        cr_expect_eq(ch.at, 1);
        chart_move(&ch, &s.source, -1);
        cr_expect_eq(ch.at, 1);
        chart_move(&ch, &s.source, 3);
        cr_expect_eq(ch.at, 5);
        chart_move(&ch, &s.source, -1);
        cr_expect_eq(ch.at, 3);
        chart_move(&ch, &s.source, 100);
        cr_expect_eq(ch.at, 5);
        chart_move(&ch, &s.source, -100);
        cr_expect_eq(ch.at, 1);
        s.source.count = 0;
        chart_move(&ch, &s.source, 1);
        canvas_destroy(drawn(&s, &ch, 80, 11));
        cr_expect_eq(ch.at, 0);
}

Test(chart, bars_of_a_row_are_stepped_through_and_said)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "Europe/Brussels");
        chart_move(&ch, &s.source, 1);
        cr_expect(chart_step(&ch, &s.source, 1));
        cr_expect_eq(ch.bar, 0);
        struct canvas *c = drawn(&s, &ch, 110, 11);
        expect_has(c, "out, Sun 22 Nov 01:00 to Sun 29 Nov 13:00 CET: DEP-0041");
        cr_expect_eq(c->cursor_y, 3);
        cr_expect_str_eq(glyph_text(GLYPH_CURSOR, false), "▌");
        cr_expect_eq(canvas_at(c, c->cursor_x, 3)->cp[0], 0x258C);
        canvas_destroy(c);
        cr_expect(chart_step(&ch, &s.source, 1));
        cr_expect_not(chart_step(&ch, &s.source, 1));
        cr_expect_eq(ch.bar, 1);
        chart_scroll(&ch, 40);
        cr_expect(chart_step(&ch, &s.source, -1));
        cr_expect(ch.from_ms < at("2026-11-22T00:00:00Z"), "it is brought into sight");
        chart_move(&ch, &s.source, 1);
        cr_expect_eq(ch.bar, -1);
}

Test(chart, a_click_finds_row_and_bar)
{
        struct sample s;
        struct chart ch;
        size_t row = 99;
        long bar = 99;
        open_chart(&s, &ch, "UTC");
        canvas_destroy(drawn(&s, &ch, 80, 11));
        struct rect r = {0, 0, 80, 11};
        cr_expect(chart_hit(&ch, &s.source, r, 45, 3, &row, &bar));
        cr_expect(row == 1 && bar == 0);
        cr_expect(chart_hit(&ch, &s.source, r, 45, 7, &row, &bar));
        cr_expect(row == 5 && bar == 1, "the one that hides the other");
        cr_expect(chart_hit(&ch, &s.source, r, 4, 7, &row, &bar));
        cr_expect(row == 5 && bar == -1);
        cr_expect_not(chart_hit(&ch, &s.source, r, 45, 6, &row, &bar), "a heading");
        cr_expect_not(chart_hit(&ch, &s.source, r, 45, 0, &row, &bar));
        cr_expect_not(chart_hit(&ch, &s.source, r, 45, 8, &row, &bar));
}

/* ---- many rows ---- */

static void give_many(void *ctx, size_t i, struct chart_row *ret)
{
        static const struct chart_row plain = {.label = "EXP", .sub = ""};
        (void)i;
        ((struct list *)ctx)->asked++;
        *ret = plain;
}

Test(chart, only_rows_in_sight_are_asked_for)
{
        struct list l = {0};
        struct chart_rows rows = {1000000, give_many, &l};
        struct chart ch;
        zone("UTC");
        chart_init(&ch, NOW);
        chart_move(&ch, &rows, 500000);
        struct canvas *c = canvas_create(80, 24);
        chart_settle(&ch, &rows, (struct rect){0, 0, 80, 24});
        chart_draw(&ch, &rows, NOW, c, (struct rect){0, 0, 80, 24});
        cr_expect(ch.at == 500000 && ch.top == 500000 - 19, "%zu", ch.top);
        cr_expect(l.asked < 40, "%zu", l.asked);
        expect_has(c, "▾ 499999 more");
        canvas_destroy(c);
}

Test(chart, what_has_no_room_is_left_out)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "UTC");
        for (int cols = 1; cols < 60; cols += 7)
                for (int rows = 1; rows < 12; rows++)
                        canvas_destroy(drawn(&s, &ch, cols, rows));
        struct canvas *c = drawn(&s, &ch, 40, 5);
        expect_has(c, "EXP-0033 A…");
        canvas_destroy(c);
}

Test(chart, linear_says_it_in_words)
{
        struct sample s;
        struct chart ch;
        open_chart(&s, &ch, "UTC");
        struct canvas *c = canvas_create(200, 11);
        c->linear = c->ascii = true;
        chart_settle(&ch, &s.source, (struct rect){0, 0, 200, 11});
        chart_draw(&ch, &s.source, NOW, c, (struct rect){0, 0, 200, 11});
        expect_has(c, "Sat 21 Nov 01:04 to Sat 5 Dec 01:04\n");
        expect_has(
                c,
                "EXP-0108 Merlin, LEAVE; leave or repair, Sat 28 Nov 00:00 to Tue 1 Dec 00:00 UTC: "
                "leave\n");
        expect_has(c, "booked twice, Wed 25 Nov 06:00 to Fri 27 Nov 18:00 UTC\n");
        cr_expect(c->cursor_shown && c->cursor_y == 3 && c->cursor_x == 0);
        canvas_destroy(c);
}
