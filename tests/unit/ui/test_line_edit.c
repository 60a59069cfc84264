#include <criterion/criterion.h>
#include <string.h>

#include "ui/chord.h"
#include "ui/prompt.h"

#define WOMAN   "\xe5\xa5\xb3" /* two columns */
#define E_ACUTE "e\xcc\x81"    /* a base with a combining mark */

Test(line_edit, moves_and_deletes_whole_clusters)
{
        struct line_edit l;
        line_set(&l, "a" E_ACUTE WOMAN);
        line_chord(&l, CHORD_LEFT);
        cr_assert_eq(l.at, 4);
        line_chord(&l, CHORD_LEFT);
        cr_assert_eq(l.at, 1, "the mark is not parted from its base");
        line_chord(&l, CHORD_DELETE);
        cr_assert_str_eq(l.text, "a" WOMAN);
        line_chord(&l, CHORD_END);
        line_chord(&l, CHORD_BACKSPACE);
        cr_assert_str_eq(l.text, "a");
}

Test(line_edit, ctrl_w_takes_the_word_and_ctrl_u_the_rest)
{
        struct line_edit l;
        line_set(&l, "status:open sort:-severity  ");
        line_chord(&l, CHORD_CTRL('W'));
        cr_assert_str_eq(l.text, "status:open ");
        line_insert(&l, "x");
        line_chord(&l, CHORD_HOME);
        line_chord(&l, CHORD_RIGHT);
        line_chord(&l, CHORD_CTRL('U'));
        cr_assert_str_eq(l.text, "tatus:open x");
        cr_assert_eq(l.at, 0);
        line_chord(&l, CHORD_CTRL('K'));
        cr_assert_str_eq(l.text, "");
}

Test(line_edit, leaves_keys_that_edit_nothing_to_others)
{
        struct line_edit l;
        line_set(&l, "x");
        cr_assert_not(line_chord(&l, CHORD_ENTER));
        cr_assert_not(line_chord(&l, CHORD_TAB));
        cr_assert_not(line_chord(&l, CHORD_UP));
        cr_assert_str_eq(l.text, "x");
}

Test(line_edit, what_does_not_fit_is_cut_between_clusters)
{
        struct line_edit l;
        char many[LINE_BYTES + 100];
        line_set(&l, "");
        memset(many, 'x', sizeof(many) - 1);
        many[sizeof(many) - 1] = '\0';
        memcpy(many + LINE_BYTES - 2, WOMAN, strlen(WOMAN));
        line_insert(&l, many);
        cr_assert_eq(l.len, LINE_BYTES - 2);
        cr_assert_eq(strlen(l.text), l.len);
        line_insert(&l, WOMAN);
        cr_assert_eq(l.len, LINE_BYTES - 2, "no half a character");
        line_insert(&l, "y");
        cr_assert_eq(l.len, LINE_BYTES - 1);
}

Test(line_edit, the_cursor_stays_in_a_window_narrower_than_the_line)
{
        struct line_edit l;
        struct canvas *c = canvas_create(20, 1);
        line_set(&l, "0123456789" WOMAN WOMAN WOMAN "abc");
        line_draw(&l, c, (struct rect){2, 0, 8, 1}, (struct look){0}, true);
        cr_assert(c->cursor_shown);
        cr_assert_geq(c->cursor_x, 2);
        cr_assert_lt(c->cursor_x, 10);
        line_chord(&l, CHORD_HOME);
        line_draw(&l, c, (struct rect){2, 0, 8, 1}, (struct look){0}, true);
        cr_assert_eq(c->cursor_x, 2);
        cr_assert_eq(canvas_at(c, 2, 0)->cp[0], '0');
        canvas_destroy(c);
}
