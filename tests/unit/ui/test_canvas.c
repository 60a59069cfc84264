#include "ui/canvas.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../../../src/ui/ui_private.h"
#include "base/str.h"

TestSuite(canvas);

#define TEXT  ((struct look){.ink = ROLE_TEXT})
#define FAINT ((struct look){.ink = ROLE_FAINT})

static void expect(const struct canvas *c, const char *rows)
{
        struct str out;
        str_init(&out, 100000);
        canvas_print(c, &out);
        cr_expect_str_eq(str_text(&out), rows);
        str_finish(&out);
}

Test(canvas, cut_text_ends_with_the_ellipsis)
{
        struct canvas *c = canvas_create(20, 2);
        cr_expect_eq(canvas_text(c, 1, 0, 8, TEXT, "hospital group"), 8);
        cr_expect_eq(canvas_text(c, 1, 1, 8, TEXT, "hospital"), 8);
        expect(c, " hospita…\n hospital\n");
        canvas_destroy(c);
}

Test(canvas, ascii_ellipsis_takes_two_columns)
{
        struct canvas *c = canvas_create(20, 1);
        c->ascii = true;
        cr_expect_eq(canvas_text(c, 0, 0, 8, TEXT, "hospital group"), 8);
        expect(c, "hospit..\n");
        canvas_destroy(c);
}

Test(canvas, text_is_cut_at_the_right_edge)
{
        struct canvas *c = canvas_create(6, 1);
        cr_expect_eq(canvas_text(c, 2, 0, 50, TEXT, "outage"), 4);
        cr_expect_eq(canvas_text(c, 6, 0, 50, TEXT, "outage"), 0);
        cr_expect_eq(canvas_text(c, 0, 1, 50, TEXT, "outage"), 0);
        cr_expect_eq(canvas_text(c, -1, 0, 50, TEXT, "outage"), 0);
        expect(c, "  out…\n");
        canvas_destroy(c);
}

Test(canvas, wide_characters_are_never_halved)
{
        struct canvas *c = canvas_create(8, 2);
        cr_expect_eq(canvas_text(c, 0, 0, 4, TEXT, "東京都"), 3);
        canvas_text(c, 0, 1, 8, TEXT, "東京");
        canvas_text(c, 1, 1, 1, TEXT, "x");
        expect(c, "東…\n x京\n");
        cr_expect_eq(canvas_at(c, 0, 1)->width, 1);
        cr_expect_eq(canvas_at(c, 3, 1)->width, 0);
        canvas_fill(c, (struct rect){3, 1, 1, 1}, TEXT);
        cr_expect_eq(canvas_at(c, 2, 1)->width, 1);
        expect(c, "東…\n x\n");
        canvas_destroy(c);
}

Test(canvas, wide_character_does_not_fit_the_last_column)
{
        struct canvas *c = canvas_create(3, 1);
        canvas_text(c, 2, 0, 1, TEXT, "京");
        cr_expect_eq(canvas_at(c, 2, 0)->width, 1);
        expect(c, "  …\n");
        canvas_destroy(c);
}

Test(canvas, combining_marks_stay_with_their_base)
{
        struct canvas *c = canvas_create(8, 1);
        cr_expect_eq(canvas_text(c, 0, 0, 8, TEXT, "e\xcc\x81te\xcc\x81"), 3);
        cr_expect_eq(canvas_at(c, 0, 0)->cp[1], 0x301);
        expect(c, "e\xcc\x81te\xcc\x81\n");
        canvas_destroy(c);
}

Test(canvas, no_control_byte_gets_into_a_cell)
{
        struct canvas *c = canvas_create(30, 1);
        canvas_text(c, 0, 0, 30, TEXT,
                    "a\x1b[31mb\x07\x7f\xc2\x9b"
                    "c");
        for (int x = 0; x < c->cols; x++) {
                uint32_t cp = canvas_at(c, x, 0)->cp[0];
                cr_expect(cp == 0 || (cp >= 0x20 && cp < 0x7f) || cp >= 0xa0, "%x", cp);
        }
        canvas_destroy(c);
}

Test(canvas, right_aligned_text_ends_before_its_column)
{
        struct canvas *c = canvas_create(10, 2);
        cr_expect_eq(canvas_right(c, 10, 0, 6, TEXT, "05:55"), 5);
        canvas_right(c, 10, 1, 6, TEXT, "24 Nov 19:00Z");
        expect(c, "     05:55\n    24 No…\n");
        canvas_destroy(c);
}

Test(canvas, selection_lifts_inks_and_leaves_labels_on_black)
{
        struct canvas *c = canvas_create(9, 1);
        canvas_text(c, 0, 0, 1, FAINT, "f");
        canvas_text(c, 1, 0, 1, (struct look){.ink = ROLE_MUTED}, "m");
        canvas_text(c, 2, 0, 1, (struct look){.ink = ROLE_WARN}, "w");
        canvas_text(c, 3, 0, 1, (struct look){.ink = ROLE_TLP_RED, .ground = ROLE_BLACK}, "t");
        canvas_select(c, (struct rect){0, 0, 9, 1});
        cr_expect_eq(canvas_at(c, 0, 0)->look.ink, ROLE_MUTED);
        cr_expect_eq(canvas_at(c, 1, 0)->look.ink, ROLE_TEXT);
        cr_expect_eq(canvas_at(c, 2, 0)->look.ink, ROLE_WARN);
        cr_expect_eq(canvas_at(c, 2, 0)->look.ground, ROLE_SELECTION);
        cr_expect_eq(canvas_at(c, 3, 0)->look.ground, ROLE_BLACK);
        cr_expect_eq(canvas_at(c, 8, 0)->look.ground, ROLE_SELECTION);
        canvas_destroy(c);
}

Test(canvas, wrapped_text_says_how_much_is_left)
{
        struct canvas *c = canvas_create(16, 3);
        const char *text = "one two three four five six seven eight nine ten";
        struct rect r = {0, 0, 10, 3};
        cr_expect_eq(canvas_wrap(c, r, 0, TEXT, "one two three"), 2);
        canvas_clear(c);
        cr_expect_eq(canvas_wrap(c, r, 0, TEXT, text), 3);
        expect(c, "one two\nthree four\n▾ 4 more\n");
        canvas_clear(c);
        cr_expect_eq(canvas_wrap(c, r, 3, TEXT, text), 3);
        expect(c, "seven\neight nine\nten\n");
        canvas_destroy(c);
}

Test(canvas, rectangles_are_clipped)
{
        struct canvas *c = canvas_create(4, 2);
        struct look panel = {.ground = ROLE_PANEL};
        canvas_fill(c, (struct rect){-3, -3, 100, 100}, panel);
        cr_expect_eq(canvas_at(c, 3, 1)->look.ground, ROLE_PANEL);
        canvas_fill(c, (struct rect){9, 9, 5, 5}, panel);
        canvas_select(c, (struct rect){2, -1, -5, 9});
        cr_expect_eq(canvas_at(c, 1, 0)->look.ground, ROLE_PANEL);
        cr_expect_null(canvas_at(c, 4, 0));
        canvas_destroy(c);
}

Test(canvas, looks_are_printed_as_runs)
{
        struct canvas *c = canvas_create(20, 1);
        struct str out;
        str_init(&out, 1000);
        canvas_text(c, 0, 0, 9, (struct look){.ink = ROLE_STRONG, .attr = ATTR_BOLD}, "INC-0224");
        canvas_text(c, 9, 0, 9, TEXT, "plain");
        canvas_text(c, 15, 0, 3, (struct look){.ink = ROLE_WARN, .ground = ROLE_PANEL}, "!");
        canvas_print_looks(c, &out);
        cr_expect_str_eq(str_text(&out),
                         "INC-0224 plain !\n  0-7 strong bold\n  15-15 warn on panel\n");
        str_finish(&out);
        canvas_destroy(c);
}

Test(canvas, rows_are_compared_by_all_they_show)
{
        struct canvas *a = canvas_create(10, 2), *b = canvas_create(10, 2);
        cr_expect(canvas_row_equal(a, b, 1));
        canvas_text(a, 0, 0, 5, TEXT, "same");
        canvas_text(b, 0, 0, 5, FAINT, "same");
        cr_expect_not(canvas_row_equal(a, b, 0));
        canvas_text(b, 0, 0, 5, TEXT, "same");
        cr_expect(canvas_row_equal(a, b, 0));
        canvas_resize(b, 11, 2);
        cr_expect_not(canvas_row_equal(a, b, 0));
        canvas_destroy(a);
        canvas_destroy(b);
}

static void expect_run(const struct canvas *was, const struct canvas *is, int x, int from, int end)
{
        int at = -1, to = -1;
        cr_assert(row_next_run(was ? was->cells : NULL, is->cells, is->cols, x, &at, &to));
        cr_expect_eq(at, from);
        cr_expect_eq(to, end);
}

static void expect_no_run(const struct canvas *was, const struct canvas *is, int x)
{
        int from, end;
        cr_expect_not(row_next_run(was->cells, is->cells, is->cols, x, &from, &end));
}

Test(canvas, what_is_sent_is_no_more_than_what_changed_in_whole_characters)
{
        struct canvas *a = canvas_create(12, 1), *b = canvas_create(12, 1);
        expect_run(NULL, b, 0, 0, 12);
        expect_no_run(a, b, 0);
        canvas_text(b, 3, 0, 2, TEXT, "ab");
        expect_run(a, b, 0, 3, 5);
        expect_no_run(a, b, 5);
        canvas_text(a, 4, 0, 2, TEXT, "京");
        expect_run(a, b, 0, 3, 6);
        canvas_text(b, 3, 0, 4, TEXT, "東京");
        canvas_text(a, 3, 0, 4, TEXT, "東都");
        expect_run(a, b, 0, 5, 7);
        canvas_destroy(a);
        canvas_destroy(b);
}

Test(canvas, a_short_stretch_that_is_the_same_is_sent_again_and_a_long_one_passed_over)
{
        struct canvas *a = canvas_create(20, 1), *b = canvas_create(20, 1);
        canvas_text(b, 1, 0, 1, TEXT, "x");
        canvas_text(b, 4, 0, 1, TEXT, "x");
        canvas_text(b, 15, 0, 1, TEXT, "x");
        expect_run(a, b, 0, 1, 5);
        expect_run(a, b, 5, 15, 16);
        expect_no_run(a, b, 16);
        canvas_destroy(a);
        canvas_destroy(b);
}

Test(canvas, a_blank_takes_the_look_before_it_where_nobody_can_tell)
{
        const struct look text = {.ink = ROLE_TEXT}, bold = {.ink = ROLE_STRONG, .attr = ATTR_BOLD};
        const struct look line = {.ink = ROLE_TEXT, .attr = ATTR_UNDERLINE};
        const struct look other = {.ink = ROLE_TEXT, .ground = ROLE_SELECTION};
        struct canvas *c = canvas_create(6, 1);
        canvas_text(c, 0, 0, 1, bold, "x");
        canvas_text(c, 1, 0, 1, text, " ");
        canvas_text(c, 2, 0, 1, line, " ");
        canvas_text(c, 3, 0, 1, text, " ");
        canvas_text(c, 4, 0, 1, other, " ");
        row_settle_blanks(&theme_night, c->cells, c->cols);
        cr_expect_eq(c->cells[1].look.ink, ROLE_STRONG);
        cr_expect_eq(c->cells[2].look.attr, ATTR_UNDERLINE);
        cr_expect_eq(c->cells[3].look.attr, 0);
        cr_expect_eq(c->cells[4].look.ground, ROLE_SELECTION);
        canvas_destroy(c);
}

Test(canvas, size_is_bounded)
{
        struct canvas *c = canvas_create(100000, 100000);
        cr_expect_eq(c->cols, CANVAS_COLS_MAX);
        cr_expect_eq(c->rows, CANVAS_ROWS_MAX);
        canvas_resize(c, -4, 0);
        cr_expect_eq(c->cols, 1);
        cr_expect_eq(c->rows, 1);
        canvas_destroy(c);
}

Test(canvas, every_sign_has_an_ascii_twin)
{
        for (int g = 0; g < GLYPH_COUNT; g++) {
                const char *ascii = glyph_text(g, true);
                cr_assert_not_null(ascii, "%d", g);
                cr_assert_not_null(glyph_text(g, false), "%d", g);
                cr_expect_leq(strlen(ascii), 2);
                for (; *ascii; ascii++)
                        cr_expect(*ascii > ' ' && *ascii < 0x7f, "%d", g);
        }
}

Test(canvas, a_panel_has_a_side_that_only_shows_without_colours)
{
        struct canvas *c = canvas_create(20, 4);
        canvas_panel(c, (struct rect){4, 1, 10, 2});
        cr_expect_eq(canvas_at(c, 4, 1)->look.ground, ROLE_PANEL);
        cr_expect_eq(canvas_at(c, 3, 1)->look.ink, ROLE_PANEL);
        cr_expect_eq(canvas_at(c, 14, 2)->look.ink, ROLE_PANEL);
        cr_expect_eq(canvas_at(c, 14, 2)->cp[0], 0x2502);
        cr_expect_eq(canvas_at(c, 14, 3)->cp[0], 0);
        canvas_clear(c);
        canvas_panel(c, (struct rect){0, 1, 20, 2});
        cr_expect_eq(canvas_at(c, 0, 1)->look.ink, ROLE_TEXT);
        cr_expect_eq(canvas_at(c, 19, 1)->look.ink, ROLE_TEXT);
        canvas_destroy(c);
}
