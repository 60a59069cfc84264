/*
 * The terminal: the door to ncurses, and the only file of ui that knows one. Shows a canvas with a
 * theme, reads keys. Must be used by the main thread only.
 */
#ifndef MUSTER_UI_TERM_H
#define MUSTER_UI_TERM_H

#include "ui/canvas.h"
#include "ui/theme.h"

struct term;

struct term_options {
        bool mouse;
        bool no_color;   /* NO_COLOR or --theme mono */
        bool asks_width; /* does it draw signs of ambiguous width in one column? TERM_WIDE: no */
};

enum rc term_open(const struct term_options *o, struct term **ret, struct err *err);
void term_close(struct term *t); /* restores the terminal; NULL is fine */
void term_restore_raw(
        void); /* async-signal-tolerant last resort for the die hook and fatal signals */
int term_fd(const struct term *t);
void term_size(const struct term *t, int *ret_cols, int *ret_rows);
bool term_is_utf8(const struct term *t);
void term_resized(struct term *t); /* after SIGWINCH: asks the kernel, calls resizeterm */
void term_suspend(struct term *t); /* leaves the screen; the caller raises SIGTSTP */
void term_resume(struct term *t);
void term_bell(struct term *t);
void term_copy(struct term *t, const char *text); /* OSC 52 */
void term_theme(struct term *t, const struct theme *theme);
/* Paints rows that differ from what is shown; one doupdate. `all`: everything again. */
void term_paint(struct term *t, const struct canvas *c, bool all);

enum term_event_kind { TERM_NONE, TERM_CHORD, TERM_PASTE, TERM_MOUSE, TERM_WIDE };
struct term_event {
        enum term_event_kind kind;
        int32_t chord;
        const char *paste; /* borrowed until the next read; raw bytes, NUL-terminated */
        int x, y, button;
        bool twice;
};
/* Never blocks. TERM_NONE: nothing more. */
void term_read(struct term *t, struct term_event *ret);

#endif
