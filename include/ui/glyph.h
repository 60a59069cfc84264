/*
 * Signs with a meaning, each with an ASCII twin of the same width budget (one row in
 * src/ui/glyph.c).
 */
#ifndef MUSTER_UI_GLYPH_H
#define MUSTER_UI_GLYPH_H

#include <stdbool.h>

enum glyph {
        GLYPH_CRITICAL,
        GLYPH_HIGH,
        GLYPH_MEDIUM,
        GLYPH_LOW, /* ◆ ◈ ◇ ○ */
        GLYPH_UNACKED,
        GLYPH_SHORT,
        GLYPH_CONFLICT,
        GLYPH_FAILS, /* ! ▲ ≠ × */
        GLYPH_DONE,
        GLYPH_UNDERWAY,
        GLYPH_TODO, /* ✓ ▸ ○ */
        GLYPH_SKIPPED,
        GLYPH_NONE, /* » - */
        GLYPH_CURSOR,
        GLYPH_MARKED, /* ▌ ● */
        GLYPH_LIVE,
        GLYPH_OFFLINE,
        GLYPH_OUT,
        GLYPH_IN, /* ● ○ ↑ ↓ */
        GLYPH_PIP,
        GLYPH_PIP_CLEAR, /* ▪ ▫ */
        GLYPH_HLINE,
        GLYPH_VLINE,
        GLYPH_HEAVY,
        GLYPH_DASH, /* ─ │ ━ ╌ */
        GLYPH_BAR,
        GLYPH_REST,
        GLYPH_HELD,
        GLYPH_AWAY,
        GLYPH_SPARK_1,
        GLYPH_SPARK_8 = GLYPH_SPARK_1 + 7, /* █ ░ ▓ ╱ ▁▂▃▄▅▆▇█ */
        GLYPH_ELLIPSIS,
        GLYPH_MORE_DOWN,
        GLYPH_MORE_UP,
        GLYPH_RIGHT,
        GLYPH_LEFT, /* … ▾ ▴ → ← */
        GLYPH_STRUCK,
        GLYPH_OF_NOTE, /* ~ ★ */
        GLYPH_FORK,
        GLYPH_FORK_LAST, /* ├ └ */
        GLYPH_COUNT,
};

const char *glyph_text(enum glyph g, bool ascii);
/* Words beside it, or the cursor, say the same: nothing is lost without it. */
bool glyph_adorns(enum glyph g);

#endif
