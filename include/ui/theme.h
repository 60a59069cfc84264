/*
 * Themes: a colour per role, loaded from themes/NAME.ini: "role = #rrggbb 256-index [bold] [dim]
 * [reverse]", "default" for the terminal's own colour; "mono = yes": no colour at all, the
 * attributes alone.
 */
#ifndef MUSTER_UI_THEME_H
#define MUSTER_UI_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ui/role.h"

struct theme_color {
        uint32_t rgb; /* 0xrrggbb */
        int index;    /* xterm-256; -1 = the terminal's default */
        int basic;    /* 0-15 for terminals with few colours, -1 default */
        uint8_t attr; /* enum attr added in this theme (mono: what stands for the colour) */
};

struct theme {
        char name[32];
        bool mono;
        struct theme_color colors[ROLE_COUNT];
};

/* RC_INVALID names line, role and what it takes. Roles not named keep those of *ret as passed in
 * (start from theme_night). */
enum rc theme_read(const char *name, const char *text, size_t len, struct theme *ret,
                   struct err *err);
extern const struct theme
        theme_night; /* built in, so that a console starts without its data folder */
extern const struct theme theme_mono;
/* What every theme becomes on a terminal with 8 or 16 colours. Its `basic` colours count. */
extern const struct theme theme_basic;

/* A look as colours: ink, ground, and the attributes of both and its own. A reverse ink on a
 * reverse ground is plain again, so that it still stands out; TLP inks off their black label are
 * the pips' colours. */
struct look;
struct theme_paint {
        struct theme_color ink, ground;
        uint8_t attr;
};
struct theme_paint theme_look(const struct theme *theme, struct look look);

/* What a canvas looks like in this theme, as text: "  3-10 #f2f5f8 255 on #0e1217 233 bold". */
struct canvas;
struct str;
void theme_print(const struct theme *theme, const struct canvas *c, struct str *out);

#endif
