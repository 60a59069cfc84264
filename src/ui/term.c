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

enum { KEY_ALT_0 = 0x2000, KEY_PASTE_BEGIN = KEY_ALT_0 + 10, KEY_PASTE_END, KEY_NARROW, KEY_WIDE };

struct term {
        struct painter painter; /* first: its callbacks find the terminal there */
        SCREEN *screen;
        const char *place; /* terminfo's cup */
        bool mouse, no_color, direct, asks_width, erases_in_color;
        int pairs[ROLE_COUNT][ROLE_COUNT]; /* by ink and ground; 0 = none yet */
        int pair_count;
        wint_t pending[PENDING_MAX]; /* read ahead */
        size_t pending_count;
        struct paste paste;
        struct click click;
};

/* ---- painting ---- */

void term_theme(struct term *t, const struct theme *theme)
{
        if (t->no_color || theme->mono)
                theme = theme->mono ? theme : &theme_mono;
        else if (COLORS < 256)
                theme = &theme_basic;
        t->painter.theme = theme;
        memset(t->pairs, 0, sizeof(t->pairs));
        t->pair_count = 0;
        painter_forget_brushes(&t->painter);
}

static int color_number(const struct term *t, const struct theme_color *color)
{
        if (t->painter.theme == &theme_basic) {
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

/* curses calls back without a context; only the main thread paints. */
static struct frame_out *sink;

static int put(int ch)
{
        char c = (char)ch;
        frame_add(sink, &c, 1);
        return ch;
}

/* Takes what was added to the frame since `mark`; 0 where it is more than any terminal needs. */
static size_t take_back(struct frame_out *out, size_t mark, char *bytes, size_t room)
{
        size_t n = out->len - mark;
        out->len = mark;
        if (n > room || n == 0)
                return 0;
        memcpy(bytes, out->bytes + mark, n);
        return n;
}

/* What ncurses says for a change of look. */
static size_t look_bytes(struct painter *p, attr_t attrs, int pair, char *bytes, size_t room)
{
        size_t mark = p->out.len;
        sink = &p->out;
        vid_puts(attrs, 0, &pair, put);
        return take_back(&p->out, mark, bytes, room);
}

static void make_brush(struct painter *p, struct look look, struct brush *brush)
{
        struct term *t = (struct term *)p;
        struct theme_paint paint = theme_look(p->theme, look);
        int pair = pair_of(t, look, &paint);
        int ink = pair ? color_number(t, &paint.ink) : -1;
        int ground = pair ? color_number(t, &paint.ground) : -1;
        attr_t attrs = attrs_of(paint.attr);
        brush->attrs = attrs;
        brush->covers = ink >= 0 && ground >= 0;
        brush->erases = !(attrs & (A_REVERSE | A_UNDERLINE)) && (ground < 0 || t->erases_in_color);
        look_bytes(p, A_NORMAL, 0, brush->off, BRUSH_BYTES); /* what ncurses begins from */
        brush->color_at = look_bytes(p, attrs, 0, brush->on, BRUSH_BYTES);
        brush->on_len = brush->color_at + look_bytes(p, attrs, pair, brush->on + brush->color_at,
                                                     BRUSH_BYTES - brush->color_at);
        brush->off_len = look_bytes(p, A_NORMAL, 0, brush->off, BRUSH_BYTES);
}

static void go_to(struct painter *p, int x, int y)
{
        frame_add_capability(&p->out, tiparm(((struct term *)p)->place, y, x));
}

static const char *string_of(const char *capability)
{
        const char *s = tigetstr(capability);
        return s && s != (const char *)-1 ? s : NULL;
}

static struct cap cap_of(struct painter *p, const char *capability)
{
        struct cap cap = {.len = 0};
        size_t mark = p->out.len;
        frame_add_capability(&p->out, string_of(capability));
        cap.len = take_back(&p->out, mark, cap.bytes, sizeof(cap.bytes));
        return cap;
}

/* False: no picture can be made there. */
static bool set_up_painter(struct term *t)
{
        struct painter *p = &t->painter;
        p->clear = cap_of(p, "clear");
        p->erase = cap_of(p, "el");
        p->show_cursor = cap_of(p, "cnorm");
        p->hide_cursor = cap_of(p, "civis");
        p->scrolls_at_end = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
        p->make_brush = make_brush;
        p->go = go_to;
        t->erases_in_color = tigetflag("bce") > 0;
        t->place = string_of("cup");
        return t->place && p->clear.len;
}

void term_paint(struct term *t, const struct canvas *c, bool all)
{
        t->painter.cols = COLS < c->cols ? COLS : c->cols;
        t->painter.rows = LINES < c->rows ? LINES : c->rows;
        painter_paint(&t->painter, c, all);
        frame_send(&t->painter.out);
}

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
        term_ask_width();                  /* its screen is painted whole afterwards */
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
        refresh(); /* enters the screen; from now on only term_paint writes on it */
        term_bracketed_paste(true);
        if (t->painter.utf8 && t->asks_width)
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
        if (!set_up_painter(t)) {
                endwin();
                delscreen(screen);
                free(t);
                return err_set(err, RC_FAIL, "the terminal %s has no cursor that can be placed",
                               name);
        }
        t->mouse = o->mouse;
        t->no_color = o->no_color;
        t->asks_width = o->asks_width;
        t->painter.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
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
        painter_finish(&t->painter);
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
        return t->painter.utf8;
}

void term_size(const struct term *t, int *ret_cols, int *ret_rows)
{
        (void)t;
        *ret_cols = COLS;
        *ret_rows = LINES;
}

void term_resized(struct term *t)
{
        struct winsize size;
        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
                resizeterm(size.ws_row, size.ws_col);
        untouchwin(stdscr); /* or reading a key would blank it */
        painter_forget(&t->painter);
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
        int32_t chord;
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
        chord = is_key ? chord_of_key(ch) : chord_of_char(ch);
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
