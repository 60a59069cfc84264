/*
 * The canvas: a grid of cells that views paint and term.c shows. It knows roles, not colours, so
 * the same picture serves every theme, a key script and a unit test.
 */
#ifndef MUSTER_UI_CANVAS_H
#define MUSTER_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/glyph.h"
#include "ui/role.h"

struct str;

#define CANVAS_COLS_MAX 500
#define CANVAS_ROWS_MAX 200

enum attr { ATTR_BOLD = 1 << 0, ATTR_UNDERLINE = 1 << 1, ATTR_REVERSE = 1 << 2, ATTR_DIM = 1 << 3 };

/* How a piece of text looks: ink role on ground role. {0} is plain text on the background. */
struct look {
        uint8_t ink;    /* enum role */
        uint8_t ground; /* enum role; ROLE_BG by default */
        uint8_t attr;   /* enum attr */
};

static inline bool look_is(struct look a, struct look b)
{
        return a.ink == b.ink && a.ground == b.ground && a.attr == b.attr;
}

struct cell {
        uint32_t cp[3]; /* base and up to two combining marks; 0 = blank */
        struct look look;
        uint8_t width; /* 1, 2, or 0 = right half of a wide cell */
};

struct rect {
        int x, y, w, h;
};

struct canvas {
        int cols, rows;
        struct cell *cells;
        bool ascii;  /* glyphs come as ASCII */
        bool linear; /* no rules, no signs that only adorn: what they mean stands there in words */
        int cursor_x,
                cursor_y; /* hardware cursor, always on the current row or field (screen readers) */
        bool cursor_shown;
};

struct canvas *canvas_create(int cols, int rows);
void canvas_destroy(struct canvas *c);
void canvas_resize(struct canvas *c, int cols, int rows);
void canvas_clear(struct canvas *c);

void canvas_fill(struct canvas *c, struct rect r, struct look look); /* blanks */
/* The ground of an overlay. Where it does not reach the side, a line stands there that only shows
 * in themes without colours: its ink is that of the panel. */
void canvas_panel(struct canvas *c, struct rect r);
/* Changes ground (and lifts inks one step: faint to muted to text) of what is painted already: the
 * selected row. */
void canvas_select(struct canvas *c, struct rect r);
/* The same with what stands out: bold, quiet inks as strong as can be; inks with a meaning stay. */
void canvas_strengthen(struct canvas *c, struct rect r);

/* Paints at most `columns`; cut text ends with the ellipsis. Returns columns used. Outside the
 * canvas: nothing. */
int canvas_text(struct canvas *c, int x, int y, int columns, struct look look, const char *text);
int canvas_right(struct canvas *c, int right_x, int y, int columns, struct look look,
                 const char *text); /* ends at right_x - 1 */
int canvas_printf(struct canvas *c, int x, int y, int columns, struct look look, const char *fmt,
                  ...) __attribute__((format(printf, 6, 7)));
int canvas_glyph(struct canvas *c, int x, int y, struct look look, enum glyph g);
void canvas_hline(struct canvas *c, int x, int y, int w, struct look look, enum glyph g);
/* Wrapped text in r; returns rows used; what does not fit is said in the last row ("▾ 3 more
 * lines"). `skip` rows from the top. */
int canvas_wrap(struct canvas *c, struct rect r, int skip, struct look look, const char *text);
const struct cell *canvas_at(const struct canvas *c, int x, int y);
bool canvas_row_equal(const struct canvas *a, const struct canvas *b, int y);

/* The screen as text, one line per row, trailing blanks cut. */
void canvas_print(const struct canvas *c, struct str *out);
/* The same with the looks behind each row as runs, for tests of emphasis: "  0-7 strong bold on
 * header". */
void canvas_print_looks(const struct canvas *c, struct str *out);

#endif
