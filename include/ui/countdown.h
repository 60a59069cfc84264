/*
 * Time left of a clock, as people read it: "00:55", "26:55" up to 48 h, then "13d 09h"; past due
 * "+00:12". Under two hours it has a sign and the ink of what is short; what is past due is an
 * alarm; what is over a day away is faint.
 */
#ifndef MUSTER_UI_COUNTDOWN_H
#define MUSTER_UI_COUNTDOWN_H

#include <stdbool.h>

#include "model/when.h"
#include "ui/canvas.h"

#define COUNTDOWN_SHORT_MS 7200000 /* less has the sign */

struct countdown {
        char text[WHEN_BYTES];
        struct look look;
        bool is_short, is_late;
};
void countdown_read(int64_t due_ms, int64_t now_ms, struct countdown *ret);
/* Right-aligned in the cell, with its sign; the word "late" instead where it has room. `faint`: the
 * row is not what is looked at. */
void countdown_draw(int64_t due_ms, int64_t now_ms, bool faint, struct canvas *c, struct rect cell);

#endif
