/*
 * What is sent of a picture: the runs of cells that differ from what the terminal shows, each with
 * the bytes that select its look. Knows no curses: term.c says what looks and places are in bytes.
 */
#ifndef MUSTER_UI_TERM_PAINT_H
#define MUSTER_UI_TERM_PAINT_H

#include "ui_private.h"

#define PENS      256 /* looks kept, by a hash */
#define PEN_BYTES 96
#define CAP_BYTES 32

/* A look in this theme on this terminal: the bytes from no look at all to this one, and back. */
struct pen {
        bool known;
        struct look look;
        unsigned attrs; /* pens of the same differ in colour only */
        bool covers;    /* its colours replace any other's */
        bool erases;    /* an erased cell has this look too */
        char on[PEN_BYTES], off[PEN_BYTES];
        size_t on_len, color_at, off_len; /* on: attributes, from color_at colours */
};

struct cap {
        char bytes[CAP_BYTES];
        size_t len; /* 0: the terminal can't */
};

struct painter {
        const struct theme *theme;
        bool utf8;
        bool scrolls_at_end; /* the last cell of the screen can't be written */
        struct cap clear, erase, show_cursor, hide_cursor;
        void (*make_pen)(struct painter *p, struct look look, struct pen *ret);
        void (*go)(struct painter *p, int x, int y); /* adds the bytes that place the cursor */
        int cols, rows;                              /* as far as the terminal shows the canvas */
        /* ---- its own, 0 to begin with ---- */
        struct frame_out out;
        struct pen *pen; /* what the terminal writes with; NULL = no look */
        struct pen pens[PENS];
        struct canvas *shown; /* NULL: nothing known of what is on the screen */
        bool cursor_hidden;
        int cursor_x, cursor_y;
};

/* Adds to the frame what differs; all: everything, on a cleared screen. */
void painter_paint(struct painter *p, const struct canvas *c, bool all);
void painter_forget(struct painter *p);      /* what is shown */
void painter_forget_pens(struct painter *p); /* and what looks are */
void painter_finish(struct painter *p);

#endif
