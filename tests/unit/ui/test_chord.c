#include "ui/chord.h"

#include <criterion/criterion.h>

TestSuite(chord);

Test(chord, names_are_read_and_shown)
{
        static const struct {
                const char *name;
                int32_t chord;
        } rows[] = {
                {"a", 'a'},
                {"A", 'A'},
                {"/", '/'},
                {"^", '^'},
                {"^L", 12},
                {"^D", 4},
                {"Tab", CHORD_TAB},
                {"Enter", CHORD_ENTER},
                {"Esc", CHORD_ESC},
                {"Space", ' '},
                {"PgDn", CHORD_PGDN},
                {"S-Tab", CHORD_BACKTAB},
                {"F1", CHORD_F1},
                {"F12", CHORD_F12},
                {"é", 0xe9},
                {"Up", CHORD_UP},
                {"BackSpace", CHORD_BACKSPACE},
                {"Del", CHORD_DELETE},
                {"Alt-1", CHORD_ALT(1)},
                {"Alt-9", CHORD_ALT(9)},
        };
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                char name[CHORD_TEXT];
                cr_expect_eq(chord_read(rows[i].name, NULL), rows[i].chord, "%s", rows[i].name);
                chord_name(rows[i].chord, name);
                cr_expect_str_eq(name, rows[i].name);
        }
}

Test(chord, other_names_of_a_key_are_understood)
{
        cr_expect_eq(chord_read("PageDown", NULL), CHORD_PGDN);
        cr_expect_eq(chord_read("Escape", NULL), CHORD_ESC);
        cr_expect_eq(chord_read("Return", NULL), CHORD_ENTER);
        cr_expect_eq(chord_read("M-3", NULL), CHORD_ALT(3));
        cr_expect_eq(chord_read("M", NULL), 'M');
        cr_expect_eq(chord_read("Alt-x", NULL), 'A');
        cr_expect_eq(chord_read("^l", NULL), CHORD_CTRL('L'));
}

Test(chord, one_chord_is_taken_from_the_front)
{
        int bytes = 0;
        cr_expect_eq(chord_read("jk", &bytes), 'j');
        cr_expect_eq(bytes, 1);
        cr_expect_eq(chord_read("Enterprise", &bytes), CHORD_ENTER);
        cr_expect_eq(bytes, 5);
        cr_expect_eq(chord_read("Escape", &bytes), CHORD_ESC);
        cr_expect_eq(bytes, 6);
        cr_expect_eq(chord_read("F12x", &bytes), CHORD_F12);
        cr_expect_eq(bytes, 3);
        cr_expect_eq(chord_read("FR", &bytes), 'F');
        cr_expect_eq(bytes, 1);
}

Test(chord, what_is_no_chord)
{
        cr_expect_eq(chord_read("", NULL), CHORD_NONE);
        cr_expect_eq(chord_read(" ", NULL), CHORD_NONE);
        cr_expect_eq(chord_read("\x07", NULL), CHORD_NONE);
        cr_expect_eq(chord_read("F13", NULL), 'F');
}

Test(chord, text_is_what_a_field_takes)
{
        cr_expect(chord_is_text('q'));
        cr_expect(chord_is_text(' '));
        cr_expect(chord_is_text(0x6771));
        cr_expect_not(chord_is_text(CHORD_ENTER));
        cr_expect_not(chord_is_text(CHORD_UP));
        cr_expect_not(chord_is_text(0x7f));
        cr_expect_not(chord_is_text(0x9b));
}
