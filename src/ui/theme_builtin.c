/*
 * The themes that need no file: night, mono, and what every theme becomes where there are 8 or 16
 * colours.
 */
#include "ui/theme.h"

#include "ui/canvas.h"

#define RGB(hex, number)                                                                           \
        {                                                                                          \
                .rgb = (hex), .index = (number), .basic = -1                                       \
        }
#define PLAIN                                                                                      \
        {                                                                                          \
                .index = -1, .basic = -1                                                           \
        }
#define ATTR(bits)                                                                                 \
        {                                                                                          \
                .index = -1, .basic = -1, .attr = (bits)                                           \
        }
#define BASIC(number)                                                                              \
        {                                                                                          \
                .index = (number), .basic = (number)                                               \
        }

const struct theme theme_night = {
        .name = "night",
        .colors =
                {
                        [ROLE_TEXT] = RGB(0xc6cdd5, 252),
                        [ROLE_STRONG] = RGB(0xf2f5f8, 255),
                        [ROLE_MUTED] = RGB(0x8b96a2, 246),
                        [ROLE_FAINT] = RGB(0x65717d, 242),
                        [ROLE_ACCENT] = RGB(0x6fb7dc, 74),
                        [ROLE_BORDER] = RGB(0x2c3641, 237),
                        [ROLE_OK] = RGB(0x86b36b, 107),
                        [ROLE_WARN] = RGB(0xe0ac57, 179),
                        [ROLE_ALARM] = RGB(0xff5c57, 203),
                        [ROLE_SEV_CRITICAL] = RGB(0xff5c57, 203),
                        [ROLE_SEV_HIGH] = RGB(0xe8954c, 215),
                        [ROLE_SEV_MEDIUM] = RGB(0xd3bd6e, 179),
                        [ROLE_SEV_LOW] = RGB(0x8ea6bd, 110),
                        [ROLE_TLP_RED] = RGB(0xff2b2b, 196),
                        [ROLE_TLP_AMBER] = RGB(0xffc000, 214),
                        [ROLE_TLP_GREEN] = RGB(0x33ff00, 82),
                        [ROLE_TLP_CLEAR] = RGB(0xffffff, 231),
                        [ROLE_PIP_RED] = RGB(0xff2b2b, 196),
                        [ROLE_PIP_AMBER] = RGB(0xffc000, 214),
                        [ROLE_PIP_GREEN] = RGB(0x33ff00, 82),
                        [ROLE_PIP_CLEAR] = RGB(0xffffff, 231),
                        [ROLE_EXERCISE_INK] = RGB(0xffffff, 231),
                        [ROLE_BG] = RGB(0x0e1217, 233),
                        [ROLE_SELECTION] = RGB(0x1c2f40, 18),
                        [ROLE_HEADER] = RGB(0x182029, 234),
                        [ROLE_PANEL] = RGB(0x151b22, 234),
                        [ROLE_EXERCISE] = RGB(0x7a2a9b, 54),
                        [ROLE_BLACK] = RGB(0x000000, 16),
                        [ROLE_FILL_CRITICAL] = RGB(0xb3261e, 124),
                        [ROLE_FILL_CRITICAL_INK] = RGB(0xffffff, 231),
                        [ROLE_FILL_HIGH] = RGB(0x54361c, 94),
                        [ROLE_FILL_HIGH_INK] = RGB(0xf3b071, 223),
                        [ROLE_FILL_MEDIUM] = RGB(0x37331f, 58),
                        [ROLE_FILL_MEDIUM_INK] = RGB(0xd9c67e, 186),
                        [ROLE_FILL_LOW] = RGB(0x222e3a, 238),
                        [ROLE_FILL_LOW_INK] = RGB(0xa3b8cc, 152),
                        [ROLE_FILL_NONE] = RGB(0x141a21, 234),
                        [ROLE_FILL_NONE_INK] = RGB(0x65717d, 242),
                        [ROLE_BAR_PAST] = RGB(0x2a3f38, 238),
                        [ROLE_BAR_OUT] = RGB(0x37624a, 29),
                        [ROLE_BAR_HOLD] = RGB(0x2c4a63, 24),
                        [ROLE_BAR_TWICE] = RGB(0x6b431c, 94),
                },
};

const struct theme theme_mono = {
        .name = "mono",
        .mono = true,
        .colors =
                {
                        [ROLE_TEXT] = PLAIN,
                        [ROLE_STRONG] = ATTR(ATTR_BOLD),
                        [ROLE_MUTED] = PLAIN,
                        [ROLE_FAINT] = ATTR(ATTR_DIM),
                        [ROLE_ACCENT] = ATTR(ATTR_BOLD),
                        [ROLE_BORDER] = ATTR(ATTR_DIM),
                        [ROLE_OK] = PLAIN,
                        [ROLE_WARN] = ATTR(ATTR_BOLD),
                        [ROLE_ALARM] = ATTR(ATTR_BOLD | ATTR_REVERSE),
                        [ROLE_SEV_CRITICAL] = ATTR(ATTR_BOLD | ATTR_REVERSE),
                        [ROLE_SEV_HIGH] = ATTR(ATTR_BOLD),
                        [ROLE_SEV_MEDIUM] = PLAIN,
                        [ROLE_SEV_LOW] = PLAIN,
                        [ROLE_TLP_RED] = ATTR(ATTR_BOLD),
                        [ROLE_TLP_AMBER] = ATTR(ATTR_BOLD),
                        [ROLE_TLP_GREEN] = ATTR(ATTR_BOLD),
                        [ROLE_TLP_CLEAR] = ATTR(ATTR_BOLD),
                        [ROLE_PIP_RED] = PLAIN,
                        [ROLE_PIP_AMBER] = PLAIN,
                        [ROLE_PIP_GREEN] = PLAIN,
                        [ROLE_PIP_CLEAR] = PLAIN,
                        [ROLE_EXERCISE_INK] = PLAIN,
                        [ROLE_BG] = PLAIN,
                        [ROLE_SELECTION] = ATTR(ATTR_REVERSE),
                        [ROLE_HEADER] = PLAIN,
                        [ROLE_PANEL] = PLAIN,
                        [ROLE_EXERCISE] = ATTR(ATTR_BOLD | ATTR_REVERSE),
                        [ROLE_BLACK] = PLAIN,
                        [ROLE_FILL_CRITICAL] = ATTR(ATTR_BOLD | ATTR_REVERSE),
                        [ROLE_FILL_CRITICAL_INK] = PLAIN,
                        [ROLE_FILL_HIGH] = PLAIN,
                        [ROLE_FILL_HIGH_INK] = ATTR(ATTR_BOLD),
                        [ROLE_FILL_MEDIUM] = PLAIN,
                        [ROLE_FILL_MEDIUM_INK] = PLAIN,
                        [ROLE_FILL_LOW] = PLAIN,
                        [ROLE_FILL_LOW_INK] = PLAIN,
                        [ROLE_FILL_NONE] = PLAIN,
                        [ROLE_FILL_NONE_INK] = ATTR(ATTR_DIM),
                        [ROLE_BAR_PAST] = ATTR(ATTR_DIM | ATTR_REVERSE),
                        [ROLE_BAR_OUT] = ATTR(ATTR_REVERSE),
                        [ROLE_BAR_HOLD] = PLAIN,
                        [ROLE_BAR_TWICE] = ATTR(ATTR_BOLD | ATTR_REVERSE),
                },
};

/* Where there are only 8 colours, bold makes a bright one of it. */
#define BRIGHT(number)                                                                             \
        {                                                                                          \
                .index = (number), .basic = (number), .attr = ATTR_BOLD                            \
        }

/* 0 black, 1 red, 2 green, 3 yellow, 5 magenta, 6 cyan, 7 white, 9 bright red. Never black on the
 * terminal's default ground, never blue on black. */
const struct theme theme_basic = {
        .name = "basic",
        .colors =
                {
                        [ROLE_TEXT] = PLAIN,
                        [ROLE_STRONG] = ATTR(ATTR_BOLD),
                        [ROLE_MUTED] = PLAIN,
                        [ROLE_FAINT] = ATTR(ATTR_DIM),
                        [ROLE_ACCENT] = BASIC(6),
                        [ROLE_BORDER] = ATTR(ATTR_DIM),
                        [ROLE_OK] = BASIC(2),
                        [ROLE_WARN] = BASIC(3),
                        [ROLE_ALARM] = BRIGHT(9),
                        [ROLE_SEV_CRITICAL] = BRIGHT(9),
                        [ROLE_SEV_HIGH] = BASIC(3),
                        [ROLE_SEV_MEDIUM] = PLAIN,
                        [ROLE_SEV_LOW] = PLAIN,
                        [ROLE_TLP_RED] = BRIGHT(9),
                        [ROLE_TLP_AMBER] = BASIC(3),
                        [ROLE_TLP_GREEN] = BASIC(2),
                        [ROLE_TLP_CLEAR] = BASIC(7),
                        [ROLE_PIP_RED] = BRIGHT(9),
                        [ROLE_PIP_AMBER] = BASIC(3),
                        [ROLE_PIP_GREEN] = BASIC(2),
                        [ROLE_PIP_CLEAR] = PLAIN,
                        [ROLE_EXERCISE_INK] = BASIC(7),
                        [ROLE_BG] = PLAIN,
                        [ROLE_SELECTION] = ATTR(ATTR_REVERSE),
                        [ROLE_HEADER] = PLAIN,
                        [ROLE_PANEL] = PLAIN,
                        [ROLE_EXERCISE] = BASIC(5),
                        [ROLE_BLACK] = BASIC(0),
                        [ROLE_FILL_CRITICAL] = PLAIN,
                        [ROLE_FILL_CRITICAL_INK] = BRIGHT(9),
                        [ROLE_FILL_HIGH] = PLAIN,
                        [ROLE_FILL_HIGH_INK] = BASIC(3),
                        [ROLE_FILL_MEDIUM] = PLAIN,
                        [ROLE_FILL_MEDIUM_INK] = PLAIN,
                        [ROLE_FILL_LOW] = PLAIN,
                        [ROLE_FILL_LOW_INK] = PLAIN,
                        [ROLE_FILL_NONE] = PLAIN,
                        [ROLE_FILL_NONE_INK] = ATTR(ATTR_DIM),
                        [ROLE_BAR_PAST] = ATTR(ATTR_DIM | ATTR_REVERSE),
                        [ROLE_BAR_OUT] = ATTR(ATTR_REVERSE),
                        [ROLE_BAR_HOLD] = PLAIN,
                        [ROLE_BAR_TWICE] = ATTR(ATTR_BOLD | ATTR_REVERSE),
                },
};
