#include "ui/glyph.h"

/* One row per sign: as it is, and its ASCII twin. */
static const struct {
        const char *text, *ascii;
} glyphs[GLYPH_COUNT] = {
        [GLYPH_CRITICAL] = {"◆", "#"},    [GLYPH_HIGH] = {"◈", "+"},
        [GLYPH_MEDIUM] = {"◇", "="},      [GLYPH_LOW] = {"○", "-"},
        [GLYPH_UNACKED] = {"!", "!"},     [GLYPH_SHORT] = {"▲", "^"},
        [GLYPH_CONFLICT] = {"≠", "<>"},   [GLYPH_FAILS] = {"×", "x"},
        [GLYPH_DONE] = {"✓", "v"},        [GLYPH_UNDERWAY] = {"▸", ">"},
        [GLYPH_TODO] = {"○", "o"},        [GLYPH_SKIPPED] = {"»", ">>"},
        [GLYPH_NONE] = {"-", "-"},        [GLYPH_CURSOR] = {"▌", ">"},
        [GLYPH_MARKED] = {"●", "*"},      [GLYPH_LIVE] = {"●", "*"},
        [GLYPH_OFFLINE] = {"○", "o"},     [GLYPH_OUT] = {"↑", "^"},
        [GLYPH_IN] = {"↓", "v"},          [GLYPH_PIP] = {"▪", ""},
        [GLYPH_PIP_CLEAR] = {"▫", ""},    [GLYPH_HLINE] = {"─", "-"},
        [GLYPH_VLINE] = {"│", "|"},       [GLYPH_HEAVY] = {"━", "="},
        [GLYPH_DASH] = {"╌", "."},        [GLYPH_ELLIPSIS] = {"…", ".."},
        [GLYPH_MORE_DOWN] = {"▾", "v"},   [GLYPH_MORE_UP] = {"▴", "^"},
        [GLYPH_BAR] = {"█", "#"},         [GLYPH_REST] = {"░", ":"},
        [GLYPH_HELD] = {"▓", "="},        [GLYPH_AWAY] = {"╱", "/"},
        [GLYPH_SPARK_1] = {"▁", "."},     [GLYPH_SPARK_1 + 1] = {"▂", "."},
        [GLYPH_SPARK_1 + 2] = {"▃", "."}, [GLYPH_SPARK_1 + 3] = {"▄", ":"},
        [GLYPH_SPARK_1 + 4] = {"▅", ":"}, [GLYPH_SPARK_1 + 5] = {"▆", ":"},
        [GLYPH_SPARK_1 + 6] = {"▇", "#"}, [GLYPH_SPARK_8] = {"█", "#"},
        [GLYPH_RIGHT] = {"→", "->"},      [GLYPH_LEFT] = {"←", "<-"},
        [GLYPH_STRUCK] = {"~", "~"},      [GLYPH_OF_NOTE] = {"★", "*"},
        [GLYPH_FORK] = {"├", "|"},        [GLYPH_FORK_LAST] = {"└", "`"},
};

const char *glyph_text(enum glyph g, bool ascii)
{
        return ascii ? glyphs[g].ascii : glyphs[g].text;
}

bool glyph_adorns(enum glyph g)
{
        switch (g) {
        case GLYPH_CRITICAL:
        case GLYPH_HIGH:
        case GLYPH_MEDIUM:
        case GLYPH_LOW:
        case GLYPH_CURSOR:
        case GLYPH_PIP:
        case GLYPH_PIP_CLEAR:
        case GLYPH_HLINE:
        case GLYPH_VLINE:
        case GLYPH_HEAVY:
        case GLYPH_DASH:
        case GLYPH_FORK:
        case GLYPH_FORK_LAST: return true;
        default: return false;
        }
}
