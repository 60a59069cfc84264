#include "ui/role.h"

#include <string.h>

static const char *const names[ROLE_COUNT] = {
        [ROLE_TEXT] = "text",
        [ROLE_STRONG] = "strong",
        [ROLE_MUTED] = "muted",
        [ROLE_FAINT] = "faint",
        [ROLE_ACCENT] = "accent",
        [ROLE_BORDER] = "border",
        [ROLE_OK] = "ok",
        [ROLE_WARN] = "warn",
        [ROLE_ALARM] = "alarm",
        [ROLE_SEV_CRITICAL] = "sev.critical",
        [ROLE_SEV_HIGH] = "sev.high",
        [ROLE_SEV_MEDIUM] = "sev.medium",
        [ROLE_SEV_LOW] = "sev.low",
        [ROLE_TLP_RED] = "tlp.red",
        [ROLE_TLP_AMBER] = "tlp.amber",
        [ROLE_TLP_GREEN] = "tlp.green",
        [ROLE_TLP_CLEAR] = "tlp.clear",
        [ROLE_PIP_RED] = "pip.red",
        [ROLE_PIP_AMBER] = "pip.amber",
        [ROLE_PIP_GREEN] = "pip.green",
        [ROLE_PIP_CLEAR] = "pip.clear",
        [ROLE_EXERCISE_INK] = "exercise.ink",
        [ROLE_FILL_CRITICAL_INK] = "fill.critical.ink",
        [ROLE_FILL_HIGH_INK] = "fill.high.ink",
        [ROLE_FILL_MEDIUM_INK] = "fill.medium.ink",
        [ROLE_FILL_LOW_INK] = "fill.low.ink",
        [ROLE_FILL_NONE_INK] = "fill.none.ink",
        [ROLE_BG] = "bg",
        [ROLE_SELECTION] = "selection",
        [ROLE_HEADER] = "header",
        [ROLE_PANEL] = "panel",
        [ROLE_EXERCISE] = "exercise",
        [ROLE_BLACK] = "black",
        [ROLE_FILL_CRITICAL] = "fill.critical",
        [ROLE_FILL_HIGH] = "fill.high",
        [ROLE_FILL_MEDIUM] = "fill.medium",
        [ROLE_FILL_LOW] = "fill.low",
        [ROLE_FILL_NONE] = "fill.none",
        [ROLE_BAR_PAST] = "bar.past",
        [ROLE_BAR_OUT] = "bar.out",
        [ROLE_BAR_HOLD] = "bar.hold",
        [ROLE_BAR_TWICE] = "bar.twice",
};

const char *role_name(enum role r)
{
        return names[r];
}

int role_find(const char *name)
{
        for (int r = 0; r < ROLE_COUNT; r++)
                if (strcmp(names[r], name) == 0)
                        return r;
        return -1;
}
