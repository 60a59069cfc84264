/*
 * What each kind of terminal gets: true colour where terminfo says RGB, 256, 16 and 8 colours,
 * none; ASCII where signs would be two columns wide.
 */
#define _GNU_SOURCE
#include "pty.h"

#define READY   "Everything is on fire"
#define QUERY   "\033[6n"
#define DIAMOND "\xe2\x97\x86"

static VTermScreenCell cell_at(struct console *c, int row, int col)
{
        VTermScreenCell cell;
        vterm_screen_get_cell(c->screen, (VTermPos){.row = row, .col = col}, &cell);
        return cell;
}

static bool is_ink(const VTermScreenCell *cell)
{
        return cell->chars[0] && cell->chars[0] != ' ' && cell->width > 0;
}

/* Of all cells with a sign in them: how many have a colour of their own, ink or ground. */
static int coloured(struct console *c)
{
        int count = 0;
        for (int row = 0; row < c->rows; row++) {
                for (int col = 0; col < c->cols; col++) {
                        VTermScreenCell cell = cell_at(c, row, col);
                        count += !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ||
                                 !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
                }
        }
        return count;
}

static bool is_index(const VTermColor *color, int from, int to)
{
        return VTERM_COLOR_IS_INDEXED(color) && color->indexed.idx >= from &&
               color->indexed.idx <= to;
}

/* Black where the ground may be black, blue on black: nobody could read it. */
static int unreadable(struct console *c)
{
        int count = 0;
        for (int row = 0; row < c->rows; row++) {
                for (int col = 0; col < c->cols; col++) {
                        VTermScreenCell cell = cell_at(c, row, col);
                        bool on_black =
                                VTERM_COLOR_IS_DEFAULT_BG(&cell.bg) || is_index(&cell.bg, 0, 0);
                        bool dark = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) &&
                                    (is_index(&cell.fg, 0, 0) || is_index(&cell.fg, 4, 4));
                        count += is_ink(&cell) && on_black && dark && !cell.attrs.reverse;
                }
        }
        return count;
}

static bool has_ink(struct console *c, int index)
{
        for (int row = 0; row < c->rows; row++) {
                for (int col = 0; col < c->cols; col++) {
                        VTermScreenCell cell = cell_at(c, row, col);
                        if (is_ink(&cell) && !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) &&
                            is_index(&cell.fg, index, index))
                                return true;
                }
        }
        return false;
}

static bool has_reverse(struct console *c)
{
        for (int row = 0; row < c->rows; row++)
                for (int col = 0; col < c->cols; col++)
                        if (cell_at(c, row, col).attrs.reverse)
                                return true;
        return false;
}

/* Starts, waits for the list, and for what comes with it. */
static void open_as(struct console *c, const struct launch *as, const char *what)
{
        start_as(c, 80, 24, as);
        bool there = wait_for(c, READY, true) && wait_for(c, "? keys", true);
        check(c, there, what);
}

static void leave(struct console *c, const char *what)
{
        type(c, "q");
        finish(c, what);
}

static void test_few_colours(void)
{
        struct console c;
        open_as(&c, &(struct launch){.term = "linux"}, "TERM=linux shows the list");
        check(&c, !strstr(c.raw, "38;5;") && !strstr(c.raw, "48;5;"), "linux: no 256 colours");
        check(&c, has_ink(&c, 1) && has_ink(&c, 6), "linux: the alarm is red, accents are cyan");
        check(&c, unreadable(&c) == 0, "linux: no black or blue on black");
        check(&c, has_reverse(&c), "linux: the current row is reverse");
        check(&c, strstr(c.raw, ";2m") != NULL, "linux: what is faint is dim");
        leave(&c, "linux: it leaves");
        open_as(&c, &(struct launch){.term = "xterm-16color"}, "16 colours show the list");
        check(&c, has_ink(&c, 9), "16 colours: the alarm is bright red");
        check(&c, unreadable(&c) == 0, "16 colours: no black or blue on black");
        leave(&c, "16 colours: it leaves");
}

static void test_no_colour(void)
{
        static const struct launch launches[] = {
                {.term = "vt100"},
                {.term = "xterm-256color", .env = {"NO_COLOR", "1"}},
                {.term = "xterm-256color", .option = "--theme=mono"},
        };
        static const char *const names[] = {"vt100", "NO_COLOR", "--theme mono"};
        for (size_t i = 0; i < ARRAY_LEN(launches); i++) {
                struct console c;
                AUTO_FREE char *shows = xasprintf("%s shows the list", names[i]);
                AUTO_FREE char *none = xasprintf("%s: no colour at all", names[i]);
                AUTO_FREE char *reverse = xasprintf("%s: the current row is reverse", names[i]);
                AUTO_FREE char *leaves = xasprintf("%s: it leaves", names[i]);
                open_as(&c, &launches[i], shows);
                check(&c, coloured(&c) == 0, none);
                check(&c, has_reverse(&c), reverse);
                leave(&c, leaves);
        }
}

static void test_many_colours(void)
{
        struct console c;
        open_as(&c, &(struct launch){.term = "xterm-256color"}, "256 colours show the list");
        check(&c, strstr(c.raw, "48;5;233") != NULL, "256: the ground is the theme's number");
        check(&c, !strstr(c.raw, "38;2;") && !strstr(c.raw, "48;2;"), "256: no true colour");
        leave(&c, "256: it leaves");
        open_as(&c, &(struct launch){.term = "muster-rgb"}, "RGB in terminfo: it shows the list");
        VTermScreenCell cell = cell_at(&c, 4, 0);
        check(&c,
              VTERM_COLOR_IS_RGB(&cell.bg) && cell.bg.rgb.red == 0x0e &&
                      cell.bg.rgb.green == 0x12 && cell.bg.rgb.blue == 0x17,
              "RGB: the ground is #0e1217 to the bit");
        check(&c, strstr(c.raw, "38;2;198;205;213") != NULL, "RGB: text is #c6cdd5");
        check(&c, strstr(c.raw, "48;2;1;1;1") != NULL, "RGB: black is none of the palette");
        check(&c, !strstr(c.raw, "38;5;") && !strstr(c.raw, "48;5;"), "RGB: no 256 colours");
        leave(&c, "RGB: it leaves");
}

/* The terminal answers the question of where the cursor is after a sign. */
static void test_width(void)
{
        struct console c;
        struct launch as = {.term = "xterm-256color"};
        open_as(&c, &as, "without an answer it shows the list");
        check(&c, strstr(c.raw, QUERY) != NULL, "it asks how wide a sign is");
        check(&c, on_screen(&c, DIAMOND), "and uses signs meanwhile");
        type(&c, "\033[2;2R");
        type(&c, "j");
        expect(&c, DIAMOND, "one column: signs stay");
        type(&c, "\033[2;3R");
        check(&c, wait_for(&c, DIAMOND, false) && wait_for(&c, "# CRIT", true),
              "two columns: ASCII as a whole");
        leave(&c, "it leaves");
        as.option = "--ascii";
        open_as(&c, &as, "--ascii shows the list");
        check(&c, !strstr(c.raw, QUERY) && !on_screen(&c, DIAMOND),
              "--ascii: no sign, no question");
        leave(&c, "--ascii: it leaves");
}

/* Entries of our own, so that it does not matter which ones are installed. */
static bool make_terminfo(void)
{
        static const char source[] =
                "muster-rgb|256 colours and RGB,\n"
                "\tRGB, colors#0x1000000, pairs#0x7fff, initc@, ccc@,\n"
                "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1"
                "%{255}%&%d%;m,\n"
                "\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1"
                "%{255}%&%d%;m,\n"
                "\tuse=xterm-256color,\n"
                "xterm-16color|16 colours,\n"
                "\tcolors#16, pairs#256, initc@, ccc@,\n"
                "\tsetaf=\\E[%?%p1%{8}%<%t%p1%{30}%+%e%p1%'R'%+%;%dm,\n"
                "\tsetab=\\E[%?%p1%{8}%<%t%p1%'('%+%e%p1%{92}%+%;%dm,\n"
                "\tuse=xterm-256color,\n";
        AUTO_FREE char *path = xasprintf("%s/looks.ti", work);
        AUTO_FREE char *dir = xasprintf("%s/terminfo", work);
        AUTO_FREE char *line = xasprintf("tic -x -o '%s' '%s'", dir, path);
        FILE *f = fopen(path, "w");
        bool written = f && fputs(source, f) >= 0;
        if (f)
                written = fclose(f) == 0 && written;
        setenv("TERMINFO", dir, 1);
        return written && system(line) == 0;
}

int main(void)
{
        if (!set_up("looks"))
                return 1;
        check(NULL,
              run((const char *[]){"new", "incident", "title=" READY, "severity=critical", NULL}) ==
                      0,
              "new");
        check(NULL, make_terminfo(), "tic makes the entries");
        test_few_colours();
        test_no_colour();
        test_many_colours();
        test_width();
        free(db);
        return failures ? 1 : 0;
}
