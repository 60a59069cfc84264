/*
 * Colour roles: what a colour means. Themes give each a colour (themes/NAME.ini).
 */
#ifndef MUSTER_UI_ROLE_H
#define MUSTER_UI_ROLE_H

enum role {
        ROLE_TEXT, /* inks */
        ROLE_STRONG,
        ROLE_MUTED,
        ROLE_FAINT,
        ROLE_ACCENT,
        ROLE_BORDER,
        ROLE_OK,
        ROLE_WARN,
        ROLE_ALARM,
        ROLE_SEV_CRITICAL,
        ROLE_SEV_HIGH,
        ROLE_SEV_MEDIUM,
        ROLE_SEV_LOW,
        ROLE_TLP_RED,
        ROLE_TLP_AMBER,
        ROLE_TLP_GREEN,
        ROLE_TLP_CLEAR,
        ROLE_PIP_RED, /* what the four TLP inks become off their black label; see theme_look() */
        ROLE_PIP_AMBER,
        ROLE_PIP_GREEN,
        ROLE_PIP_CLEAR,
        ROLE_EXERCISE_INK,
        ROLE_FILL_CRITICAL_INK, /* on the fills, in their order */
        ROLE_FILL_HIGH_INK,
        ROLE_FILL_MEDIUM_INK,
        ROLE_FILL_LOW_INK,
        ROLE_FILL_NONE_INK,
        ROLE_BG, /* grounds */
        ROLE_SELECTION,
        ROLE_HEADER,
        ROLE_PANEL,
        ROLE_EXERCISE,
        ROLE_BLACK,         /* behind a TLP label */
        ROLE_FILL_CRITICAL, /* map tiles and heat cells, by the worst that is open */
        ROLE_FILL_HIGH,
        ROLE_FILL_MEDIUM,
        ROLE_FILL_LOW,
        ROLE_FILL_NONE,
        ROLE_BAR_PAST, /* the time chart */
        ROLE_BAR_OUT,
        ROLE_BAR_HOLD,
        ROLE_BAR_TWICE,
        ROLE_COUNT,
};

const char *role_name(enum role r); /* "sev.critical" */
int role_find(const char *name);    /* -1 */

#endif
