#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define NCURSES_WIDECHAR 1

#include "ui/term.h"

#include <curses.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/chord.h"
#include "ui_private.h"

#define ESCAPE_MS    25
#define PENDING_MAX  32
#define NEARLY_BLACK 0x010101
#define PENS         256  /* looks kept, by a hash */
#define CHARS        2048 /* cells kept, by a hash */

enum { KEY_ALT_0 = 0x2000, KEY_PASTE_BEGIN = KEY_ALT_0 + 10, KEY_PASTE_END, KEY_NARROW, KEY_WIDE };

/* What a look comes to in this theme on this terminal. */
struct pen {
        bool known;
        struct look look;
        int pair;
        attr_t attrs;
};

/* A cell of one column as ncurses has it: a screen has few kinds and many of each. */
struct kept_char {
        uint32_t cp; /* 0 = none */
        struct look look;
        cchar_t ch;
};

struct term {
        SCREEN *screen;
        struct frame_out out;
        bool mouse, no_color, utf8, direct, asks_width;
        const struct theme *theme; /* as it is on this terminal */
        struct canvas *shown;      /* NULL: nothing known of what is on the screen */
        bool cursor_shown;
        cchar_t *line;
        int pairs[ROLE_COUNT][ROLE_COUNT]; /* by ink and ground; 0 = none yet */
        int pair_count;
        struct pen pens[PENS];
        struct kept_char chars[CHARS];
        wint_t pending[PENDING_MAX]; /* read ahead */
        size_t pending_count;
        struct paste paste;
        struct click click;
};

/* ---- life ---- */

/* Only what terminfo says counts: a flag, a number or a string, as terminals disagree. */
static bool has_true_color(void)
{
        const char *bits = tigetstr("RGB");
        bool said = tigetflag("RGB") > 0 || tigetnum("RGB") > 0 ||
                    (bits && bits != (const char *)-1 && bits[0]); /* -1: it is no string */
        return said && COLORS >= 0x1000000;
}

/* The answer comes as a key, whenever it comes: nobody waits for it. */
static void ask_width(void)
{
        define_key("\033[2;2R", KEY_NARROW);
        define_key("\033[2;3R", KEY_WIDE);
        define_key("\033[2;4R", KEY_WIDE); /* three columns: it knows no UTF-8 */
        refresh(); /* on its own screen, which is painted whole afterwards */
        term_ask_width();
}

static void set_up(struct term *t)
{
        raw();
        noecho();
        nonl();
        intrflush(stdscr, FALSE);
        keypad(stdscr, TRUE);
        typeahead(-1); /* paint whole frames: no look at the keyboard between rows */
        nodelay(stdscr, TRUE);
        meta(stdscr, TRUE);
        set_escdelay(ESCAPE_MS);
        if (t->mouse) {
                mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
                mouseinterval(0);
        }
        define_key("\033[200~", KEY_PASTE_BEGIN);
        define_key("\033[201~", KEY_PASTE_END);
        for (int i = 0; i <= 9; i++)
                define_key((char[]){'\033', (char)('0' + i), '\0'}, KEY_ALT_0 + i);
        if (!has_colors())
                t->no_color = true;
        if (!t->no_color) {
                start_color();
                use_default_colors();
                t->direct = has_true_color();
        }
        term_bracketed_paste(true);
        if (t->utf8 && t->asks_width)
                ask_width();
}

enum rc term_open(const struct term_options *o, struct term **ret, struct err *err)
{
        const char *name = getenv("TERM");
        if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
                return err_set(err, RC_FAIL, "the console needs a terminal");
        SCREEN *screen = newterm(NULL, stdout, stdin);
        if (!screen)
                return err_set(err, RC_FAIL, "the terminal %s is not known here; TERM names it",
                               name && name[0] ? name : "without a name");
        struct term *t = xcalloc(1, sizeof(*t));
        t->screen = screen;
        frame_open(&t->out);
        t->mouse = o->mouse;
        t->no_color = o->no_color;
        t->asks_width = o->asks_width;
        t->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
        t->cursor_shown = true;
        t->line = xcalloc(CANVAS_COLS_MAX + 1, sizeof(*t->line));
        set_up(t);
        term_theme(t, &theme_night);
        *ret = t;
        return RC_OK;
}

void term_close(struct term *t)
{
        if (!t)
                return;
        term_bracketed_paste(false);
        curs_set(1);
        endwin();
        delscreen(t->screen);
        frame_close(&t->out);
        canvas_destroy(t->shown);
        free(t->line);
        paste_finish(&t->paste);
        free(t);
}

int term_fd(const struct term *t)
{
        (void)t;
        return STDIN_FILENO;
}

bool term_is_utf8(const struct term *t)
{
        return t->utf8;
}

void term_size(const struct term *t, int *ret_cols, int *ret_rows)
{
        (void)t;
        *ret_cols = COLS;
        *ret_rows = LINES;
}

static void forget_shown(struct term *t)
{
        canvas_destroy(t->shown);
        t->shown = NULL;
}

void term_resized(struct term *t)
{
        struct winsize size;
        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
                resizeterm(size.ws_row, size.ws_col);
        forget_shown(t);
}

void term_suspend(struct term *t)
{
        (void)t;
        term_bracketed_paste(false);
        def_prog_mode();
        endwin();
}

void term_resume(struct term *t)
{
        reset_prog_mode();
        term_resized(t);
        term_bracketed_paste(true);
        refresh();
}

void term_bell(struct term *t)
{
        (void)t;
        beep();
}

/* ---- painting ---- */

void term_theme(struct term *t, const struct theme *theme)
{
        if (t->no_color || theme->mono)
                theme = theme->mono ? theme : &theme_mono;
        else if (COLORS < 256)
                theme = &theme_basic;
        t->theme = theme;
        memset(t->pairs, 0, sizeof(t->pairs));
        memset(t->pens, 0, sizeof(t->pens));
        memset(t->chars, 0, sizeof(t->chars));
        t->pair_count = 0;
        forget_shown(t);
}

static int color_number(const struct term *t, const struct theme_color *color)
{
        if (t->theme == &theme_basic) {
                /* bright where there are 16 */
                return color->basic >= 8 && COLORS < 16 ? color->basic - 8 : color->basic;
        }
        if (!t->direct || color->index < 0)
                return color->index;
        return color->rgb < 8 ? NEARLY_BLACK
                              : (int)color->rgb; /* below 8 it is one of the palette */
}

static int pair_of(struct term *t, struct look look, const struct theme_paint *paint)
{
        int *pair = &t->pairs[look.ink][look.ground];
        if (t->no_color || *pair)
                return *pair;
        if (t->pair_count + 1 >= COLOR_PAIRS)
                return 0;
        int fg = color_number(t, &paint->ink), bg = color_number(t, &paint->ground);
        if (fg < 0 && bg < 0)
                return 0; /* some terminals can't dim or underline what has a pair of its own */
        if (init_extended_pair(t->pair_count + 1, fg, bg) == ERR)
                return 0;
        *pair = ++t->pair_count;
        return *pair;
}

static attr_t attrs_of(uint8_t attr)
{
        attr_t out = A_NORMAL;
        out |= attr & ATTR_BOLD ? A_BOLD : 0;
        out |= attr & ATTR_UNDERLINE ? A_UNDERLINE : 0;
        out |= attr & ATTR_REVERSE ? A_REVERSE : 0;
        out |= attr & ATTR_DIM ? A_DIM : 0;
        return out;
}

static unsigned hash_of(struct look look)
{
        return look.ink * 37u + look.ground * 11u + look.attr * 101u;
}

static const struct pen *pen_of(struct term *t, struct look look)
{
        struct pen *pen = &t->pens[hash_of(look) % PENS];
        if (pen->known && look_is(pen->look, look))
                return pen;
        struct theme_paint paint = theme_look(t->theme, look);
        *pen = (struct pen){.known = true,
                            .look = look,
                            .pair = pair_of(t, look, &paint),
                            .attrs = attrs_of(paint.attr)};
        return pen;
}

static size_t make_cell(struct term *t, const struct cell *cell, cchar_t *out)
{
        const struct pen *pen = pen_of(t, cell->look);
        wchar_t text[4];
        int pair = pen->pair;
        bool whole = cell_characters(cell, t->utf8, text);
        setcchar(&out[0], text, pen->attrs, 0, &pair);
        if (whole || cell->width < 2)
                return 1;
        setcchar(&out[1], L" ", pen->attrs, 0, &pair);
        return 2;
}

static size_t add_cell(struct term *t, const struct cell *cell, cchar_t *out)
{
        if (cell->width != 1 || cell->cp[1])
                return make_cell(t, cell, out);
        uint32_t cp = cell->cp[0] ? cell->cp[0] : ' ';
        struct kept_char *kept = &t->chars[(cp * 7u + hash_of(cell->look) * 131u) % CHARS];
        if (kept->cp != cp || !look_is(kept->look, cell->look)) {
                make_cell(t, cell, &kept->ch);
                kept->cp = cp;
                kept->look = cell->look;
        }
        *out = kept->ch;
        return 1;
}

static void send_run(struct term *t, const struct cell *row, int from, int to, int y)
{
        size_t n = 0;
        for (int x = from; x < to; x++)
                if (row[x].width > 0)
                        n += add_cell(t, &row[x], &t->line[n]);
        mvadd_wchnstr(y, from, t->line, (int)n);
}

/* was: NULL where nothing is known of it. */
static void send_row(struct term *t, const struct cell *was, const struct cell *is, int cols, int y)
{
        struct cell old[CANVAS_COLS_MAX], new[CANVAS_COLS_MAX];
        int from, end = 0;
        memcpy(new, is, (size_t)cols * sizeof(*is));
        row_settle_blanks(t->theme, new, cols);
        if (was) {
                memcpy(old, was, (size_t)cols * sizeof(*was));
                row_settle_blanks(t->theme, old, cols);
        }
        while (row_next_run(was ? old : NULL, new, cols, end, &from, &end))
                send_run(t, new, from, end, y);
}

static void paint_row(struct term *t, const struct canvas *c, int y)
{
        const struct cell *is = &c->cells[(size_t)y * (size_t)c->cols];
        struct cell *was = t->shown ? &t->shown->cells[(size_t)y * (size_t)c->cols] : NULL;
        size_t bytes = (size_t)c->cols * sizeof(*is);
        if (y >= LINES || (was && memcmp(was, is, bytes) == 0))
                return;
        send_row(t, was, is, c->cols < COLS ? c->cols : COLS, y);
        if (was)
                memcpy(was, is, bytes);
}

/* The first frame on a cleared screen: from now on only what differs is sent. */
static void remember(struct term *t, const struct canvas *c)
{
        if (t->shown)
                return;
        t->shown = canvas_create(c->cols, c->rows);
        memcpy(t->shown->cells, c->cells, (size_t)c->cols * (size_t)c->rows * sizeof(*c->cells));
}

void term_paint(struct term *t, const struct canvas *c, bool all)
{
        bool other_size = t->shown && (t->shown->cols != c->cols || t->shown->rows != c->rows);
        if (all || other_size)
                forget_shown(t);
        if (all)
                clearok(curscr, TRUE);
        for (int y = 0; y < c->rows; y++)
                paint_row(t, c, y);
        remember(t, c);
        if (c->cursor_shown != t->cursor_shown) {
                curs_set(c->cursor_shown ? 1 : 0);
                t->cursor_shown = c->cursor_shown;
        }
        move(c->cursor_y < LINES ? c->cursor_y : LINES - 1,
             c->cursor_x < COLS ? c->cursor_x : COLS - 1);
        wnoutrefresh(stdscr);
        bool kept = frame_begin(&t->out);
        doupdate();
        if (kept)
                frame_end(&t->out);
}

/* ---- reading ---- */

static const struct {
        int key;
        int32_t chord;
} keys[] = {
        {KEY_UP, CHORD_UP},        {KEY_DOWN, CHORD_DOWN},
        {KEY_LEFT, CHORD_LEFT},    {KEY_RIGHT, CHORD_RIGHT},
        {KEY_PPAGE, CHORD_PGUP},   {KEY_NPAGE, CHORD_PGDN},
        {KEY_HOME, CHORD_HOME},    {KEY_END, CHORD_END},
        {KEY_FIND, CHORD_HOME},    {KEY_SELECT, CHORD_END},
        {KEY_A1, CHORD_HOME},      {KEY_C1, CHORD_END},
        {KEY_A3, CHORD_PGUP},      {KEY_C3, CHORD_PGDN},
        {KEY_BTAB, CHORD_BACKTAB}, {KEY_BACKSPACE, CHORD_BACKSPACE},
        {KEY_DC, CHORD_DELETE},    {KEY_IC, CHORD_INSERT},
        {KEY_ENTER, CHORD_ENTER},
};

static int32_t chord_of_key(wint_t key)
{
        for (size_t i = 0; i < ARRAY_LEN(keys); i++)
                if ((wint_t)keys[i].key == key)
                        return keys[i].chord;
        if (key >= KEY_F(1) && key <= KEY_F(12))
                return CHORD_F1 + (int32_t)(key - KEY_F(1));
        return key >= KEY_ALT_0 && key <= KEY_ALT_0 + 9 ? CHORD_ALT((int32_t)key - KEY_ALT_0)
                                                        : CHORD_NONE;
}

/* KEY_CODE_YES, OK or ERR, as get_wch. */
static int next_key(struct term *t, wint_t *ret)
{
        if (!t->pending_count)
                return get_wch(ret);
        *ret = t->pending[0];
        memmove(t->pending, t->pending + 1, --t->pending_count * sizeof(t->pending[0]));
        return OK;
}

/* After Esc: a control sequence that ncurses does not know comes at once and whole; it is no key.
 * What else comes is. */
static bool swallow_sequence(struct term *t)
{
        wint_t ch = 0;
        if (t->pending_count)
                return false;
        while (t->pending_count < PENDING_MAX) {
                int status = get_wch(&ch);
                if (status == KEY_CODE_YES)
                        ungetch((int)ch);
                if (status != OK)
                        return false;
                t->pending[t->pending_count++] = ch;
                if (t->pending[0] != '[' && t->pending[0] != 'O')
                        return false;
                if (t->pending_count > 1 && ch >= 0x40 && ch <= 0x7e) {
                        t->pending_count = 0;
                        return true;
                }
                if (t->pending_count > 1 && (ch < 0x20 || ch > 0x3f))
                        return false;
        }
        return false;
}

static bool read_mouse(struct term *t, struct term_event *ret)
{
        MEVENT e;
        if (getmouse(&e) != OK)
                return false;
        int button = e.bstate & BUTTON1_PRESSED   ? 1
                     : e.bstate & BUTTON4_PRESSED ? 4
                     : e.bstate & BUTTON5_PRESSED ? 5
                                                  : 0;
        bool twice = button == 1 && click_is_twice(&t->click, e.x, e.y);
        *ret = (struct term_event){
                .kind = TERM_MOUSE, .x = e.x, .y = e.y, .button = button, .twice = twice};
        return button != 0;
}

/* One key or character; false: it is no event. */
static bool take(struct term *t, bool is_key, wint_t ch, struct term_event *ret)
{
        if (is_key && ch == KEY_PASTE_BEGIN) {
                paste_begin(&t->paste);
                return false;
        }
        if (is_key && ch == KEY_MOUSE)
                return read_mouse(t, ret);
        if (is_key && ch == KEY_WIDE) {
                *ret = (struct term_event){.kind = TERM_WIDE};
                return true;
        }
        if (!is_key && ch == CHORD_ESC && swallow_sequence(t))
                return false;
        int32_t chord = is_key ? chord_of_key(ch) : chord_of_char(ch);
        *ret = (struct term_event){.kind = TERM_CHORD, .chord = chord};
        return chord != CHORD_NONE;
}

/* While one is pasted nothing is a key. */
static bool take_paste(struct term *t, int status, wint_t ch, struct term_event *ret)
{
        bool is_end = status == KEY_CODE_YES && ch == KEY_PASTE_END;
        if (is_end)
                *ret = (struct term_event){.kind = TERM_PASTE, .paste = paste_end(&t->paste)};
        else if (status == OK)
                paste_add(&t->paste, (uint32_t)ch);
        return is_end;
}

void term_read(struct term *t, struct term_event *ret)
{
        wint_t ch = 0;
        int status;
        *ret = (struct term_event){.kind = TERM_NONE};
        if (paste_is_lost(&t->paste)) {
                *ret = (struct term_event){.kind = TERM_PASTE, .paste = paste_end(&t->paste)};
                return;
        }
        while ((status = next_key(t, &ch)) != ERR)
                if (t->paste.on ? take_paste(t, status, ch, ret)
                                : take(t, status == KEY_CODE_YES, ch, ret))
                        return;
        *ret = (struct term_event){.kind = TERM_NONE};
}
