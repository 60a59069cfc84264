/*
 * Key chords: one number per chord, and their names ("a", "A", "^L", "Enter", "PgDn", "F6",
 * "Space", "Alt-1").
 */
#ifndef MUSTER_UI_CHORD_H
#define MUSTER_UI_CHORD_H

#include <stdbool.h>
#include <stdint.h>

#define CHORD_TEXT 16

/* A printable key is its code point; control keys are 1 to 31 (Tab, Enter, Esc have names of their
 * own). */
enum chord_key {
        CHORD_NONE = 0,
        CHORD_TAB = 9,
        CHORD_ENTER = 13,
        CHORD_ESC = 27,
        CHORD_SPACE = 32,
        CHORD_UP = 0x110000,
        CHORD_DOWN,
        CHORD_LEFT,
        CHORD_RIGHT,
        CHORD_PGUP,
        CHORD_PGDN,
        CHORD_HOME,
        CHORD_END,
        CHORD_BACKTAB,
        CHORD_BACKSPACE,
        CHORD_DELETE,
        CHORD_INSERT,
        CHORD_F1,
        CHORD_F12 = CHORD_F1 + 11,
        CHORD_ALT_0, /* Alt with a digit */
        CHORD_ALT_9 = CHORD_ALT_0 + 9,
};

#define CHORD_CTRL(c)     ((c)&0x1f)
#define CHORD_ALT(number) (CHORD_ALT_0 + (number))

/* One chord at the start of name; CHORD_NONE when unknown. ret_bytes may be NULL. */
int32_t chord_read(const char *name, int *ret_bytes);
void chord_name(int32_t chord, char out[CHORD_TEXT]);
bool chord_is_text(int32_t chord); /* would be typed into a field */

/* Of a character read; CHORD_NONE: it is no key. */
int32_t chord_of_char(uint32_t ch);

#endif
