#include "ui/theme.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "ui/canvas.h"

TestSuite(theme);

static enum rc read_text(const char *text, struct theme *ret, struct err *err)
{
        *ret = theme_night;
        return theme_read("mine", text, strlen(text), ret, err);
}

Test(theme, a_role_gets_its_colour_and_the_others_stay)
{
        struct theme t;
        struct err err = {0};
        cr_assert_eq(read_text("accent = #102030 45 bold\nbg = default\n", &t, &err), RC_OK, "%s",
                     err.text);
        cr_expect_str_eq(t.name, "mine");
        cr_expect_eq(t.colors[ROLE_ACCENT].rgb, 0x102030);
        cr_expect_eq(t.colors[ROLE_ACCENT].index, 45);
        cr_expect_eq(t.colors[ROLE_ACCENT].attr, ATTR_BOLD);
        cr_expect_eq(t.colors[ROLE_BG].index, -1);
        cr_expect_eq(t.colors[ROLE_WARN].rgb, theme_night.colors[ROLE_WARN].rgb);
}

Test(theme, mistakes_are_named_with_line_and_what_would_do)
{
        static const char *const rows[][2] = {
                {"text = #ffffff 231\nacent = #ffffff 231\n",
                 "line 2: no role acent; nearest: accent"},
                {"text = #ffffff\n", "line 1: text = #ffffff is not a colour"},
                {"text = #fffff 231\n", "is not a colour"},
                {"text = #ffffff 256\n", "is not a colour"},
                {"text = 231 blink\n", "is not a colour"},
                {"mono = maybe\n", "mono is yes or no"},
                {"[colours]\ntext = default\n", "no sections"},
        };
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct theme t;
                struct err err = {0};
                cr_expect_eq(read_text(rows[i][0], &t, &err), RC_INVALID);
                cr_expect_not_null(strstr(err.text, rows[i][1]), "%s", err.text);
                cr_expect_not_null(strstr(err.text, "theme mine"), "%s", err.text);
                cr_expect_str_eq(t.name, "night");
        }
}

Test(theme, reverse_on_reverse_stands_out_again)
{
        struct look critical = {.ink = ROLE_SEV_CRITICAL};
        struct look selected = {.ink = ROLE_SEV_CRITICAL, .ground = ROLE_SELECTION};
        struct look plain = {.ink = ROLE_TEXT, .ground = ROLE_SELECTION};
        cr_expect_eq(theme_look(&theme_mono, critical).attr, ATTR_BOLD | ATTR_REVERSE);
        cr_expect_eq(theme_look(&theme_mono, selected).attr, ATTR_BOLD);
        cr_expect_eq(theme_look(&theme_mono, plain).attr, ATTR_REVERSE);
}

Test(theme, tlp_has_its_own_colour_off_the_label)
{
        struct theme t;
        struct err err = {0};
        cr_assert_eq(read_text("pip.amber = #c48600 136\n", &t, &err), RC_OK, "%s", err.text);
        struct look pip = {.ink = ROLE_TLP_AMBER},
                    label = {.ink = ROLE_TLP_AMBER, .ground = ROLE_BLACK};
        cr_expect_eq(theme_look(&t, pip).ink.index, 136);
        cr_expect_eq(theme_look(&t, label).ink.index, 214);
        cr_expect_eq(theme_look(&t, label).ground.index, 16);
}

Test(theme, nothing_is_invisible_with_few_colours)
{
        for (int ink = ROLE_TEXT; ink < ROLE_BG; ink++) {
                for (int ground = ROLE_BG; ground < ROLE_COUNT; ground++) {
                        struct look look = {.ink = (uint8_t)ink, .ground = (uint8_t)ground};
                        struct theme_paint p = theme_look(&theme_basic, look);
                        if (p.ground.basic >= 0)
                                cr_expect_neq(p.ink.basic, p.ground.basic, "%s on %s",
                                              role_name(ink), role_name(ground));
                        cr_expect_neq(p.ink.basic, 0, "%s", role_name(ink));
                        cr_expect_neq(p.ink.basic, 4, "%s", role_name(ink));
                }
        }
}

/* ---- the files: WCAG 2.1 contrast, of the true colours and of the 256 ---- */

static double channel(uint32_t rgb, int shift)
{
        double v = (double)(rgb >> shift & 255) / 255;
        return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
        return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

/* What xterm shows for a number from 16 on. */
static uint32_t rgb_of(int index)
{
        static const uint32_t levels[] = {0, 95, 135, 175, 215, 255};
        uint32_t n = (uint32_t)index - 16, grey = 8 + ((uint32_t)index - 232) * 10;
        if (index >= 232)
                return grey << 16 | grey << 8 | grey;
        return levels[n / 36] << 16 | levels[n / 6 % 6] << 8 | levels[n % 6];
}

static uint32_t color_of(const struct theme *t, enum role role, bool true_color)
{
        return true_color ? t->colors[role].rgb : rgb_of(t->colors[role].index);
}

static double contrast(const struct theme *t, enum role a, enum role b, bool true_color)
{
        double x = luminance(color_of(t, a, true_color)), y = luminance(color_of(t, b, true_color));
        return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static struct theme read_file(const char *name)
{
        struct theme t = {.name = ""};
        struct err err = {0};
        char path[64], *text = NULL;
        size_t len;
        snprintf(path, sizeof(path), "themes/%s.ini", name);
        for (int r = 0; r < ROLE_COUNT; r++)
                t.colors[r].index = -2;
        cr_assert_eq(file_read(path, 65536, &text, &len, &err), RC_OK, "%s", err.text);
        cr_assert_eq(theme_read(name, text, len, &t, &err), RC_OK, "%s", err.text);
        free(text);
        return t;
}

static const char *const coloured[] = {"night", "day", "high-contrast", "colour-blind",
                                       "red-night"};

/* A row for all themes, then rows that ask more, or less, of one. */
static const struct demand {
        const char *theme; /* NULL = all */
        enum role ink, ground;
        double least, least_256; /* 0 = not asked */
} demands[] = {
        {"night", ROLE_TEXT, ROLE_BG, 7, 7},
        {"day", ROLE_TEXT, ROLE_BG, 7, 7},
        {"high-contrast", ROLE_TEXT, ROLE_BG, 7, 7},
        {"colour-blind", ROLE_TEXT, ROLE_BG, 7, 7},
        {"red-night", ROLE_TEXT, ROLE_BG, 6, 5.6},
        {NULL, ROLE_MUTED, ROLE_BG, 4.2, 4.2},
        {NULL, ROLE_FAINT, ROLE_BG, 3, 3},
        {NULL, ROLE_TEXT, ROLE_PANEL, 4.5, 4.5},
        {NULL, ROLE_MUTED, ROLE_PANEL, 4.1, 4.1},
        {NULL, ROLE_FAINT, ROLE_PANEL, 3, 3},
        {NULL, ROLE_MUTED, ROLE_HEADER, 4, 4},
        {NULL, ROLE_TEXT, ROLE_SELECTION, 4.5, 3.8},
        {NULL, ROLE_STRONG, ROLE_SELECTION, 7, 6},
        {NULL, ROLE_SEV_CRITICAL, ROLE_SELECTION, 4.5, 3},
        {NULL, ROLE_SEV_HIGH, ROLE_SELECTION, 4.5, 3},
        {NULL, ROLE_SEV_MEDIUM, ROLE_SELECTION, 4.5, 3},
        {NULL, ROLE_SEV_LOW, ROLE_SELECTION, 3.3, 3}, /* red-night: the darkest of its one hue */
        {"night", ROLE_SEV_LOW, ROLE_SELECTION, 4.5, 4.5},
        {"day", ROLE_SEV_LOW, ROLE_SELECTION, 4.5, 4.5},
        {"high-contrast", ROLE_SEV_LOW, ROLE_SELECTION, 4.5, 4.5},
        {"colour-blind", ROLE_SEV_LOW, ROLE_SELECTION, 4.5, 4.5},
        {"night", ROLE_SEV_CRITICAL, ROLE_SELECTION, 4.5, 4.5},
        {"high-contrast", ROLE_MUTED, ROLE_BG, 7, 7},
        {"high-contrast", ROLE_FAINT, ROLE_BG, 7, 7},
        {"high-contrast", ROLE_FAINT, ROLE_PANEL, 7, 7},
        {"high-contrast", ROLE_FAINT, ROLE_HEADER, 7, 7},
        {"high-contrast", ROLE_MUTED, ROLE_SELECTION, 7, 5}, /* what faint becomes there */
        {"high-contrast", ROLE_TEXT, ROLE_SELECTION, 7, 7},
        {NULL, ROLE_OK, ROLE_BG, 4.5, 4.5},
        {NULL, ROLE_WARN, ROLE_BG, 4.5, 4.5},
        {NULL, ROLE_ALARM, ROLE_BG, 4.5, 4.5},
        {NULL, ROLE_ACCENT, ROLE_BG, 4.5, 4.5},
        {NULL, ROLE_SEV_CRITICAL, ROLE_BG, 4.5, 4.5},
        {NULL, ROLE_SEV_HIGH, ROLE_BG, 4.5, 4.5},
        {NULL, ROLE_SEV_MEDIUM, ROLE_BG, 4.5, 4.5},
        {NULL, ROLE_SEV_LOW, ROLE_BG, 4.2, 4.2},
        {NULL, ROLE_TLP_RED, ROLE_BLACK, 4.5, 4.5},
        {NULL, ROLE_TLP_AMBER, ROLE_BLACK, 4.5, 4.5},
        {NULL, ROLE_TLP_GREEN, ROLE_BLACK, 4.5, 4.5},
        {NULL, ROLE_TLP_CLEAR, ROLE_BLACK, 4.5, 4.5},
        {NULL, ROLE_EXERCISE_INK, ROLE_EXERCISE, 4.5, 4.5},
        {NULL, ROLE_FILL_CRITICAL_INK, ROLE_FILL_CRITICAL, 4.5, 4.5},
        {NULL, ROLE_FILL_HIGH_INK, ROLE_FILL_HIGH, 4.5, 3.9},
        {NULL, ROLE_FILL_MEDIUM_INK, ROLE_FILL_MEDIUM, 4.5, 3.9},
        {NULL, ROLE_FILL_LOW_INK, ROLE_FILL_LOW, 4.5, 4.5},
        {NULL, ROLE_FILL_NONE_INK, ROLE_FILL_NONE, 3, 3},
        {"high-contrast", ROLE_FILL_CRITICAL_INK, ROLE_FILL_CRITICAL, 5, 5},
        {"high-contrast", ROLE_FILL_HIGH_INK, ROLE_FILL_HIGH, 5, 5},
        {"high-contrast", ROLE_FILL_MEDIUM_INK, ROLE_FILL_MEDIUM, 5, 5},
        {"high-contrast", ROLE_FILL_LOW_INK, ROLE_FILL_LOW, 5, 5},
        {"high-contrast", ROLE_FILL_NONE_INK, ROLE_FILL_NONE, 5, 5},
        {NULL, ROLE_STRONG, ROLE_BAR_PAST, 5, 5},
        {NULL, ROLE_STRONG, ROLE_BAR_OUT, 5, 3.9},
        {NULL, ROLE_STRONG, ROLE_BAR_HOLD, 5, 5},
        {NULL, ROLE_STRONG, ROLE_BAR_TWICE, 3.6, 0},
};

static void check_demand(const struct theme *t, const struct demand *d)
{
        double full = contrast(t, d->ink, d->ground, true);
        double few = contrast(t, d->ink, d->ground, false);
        cr_expect_geq(full, d->least, "%s: %s on %s has %.2f:1 in true colour, needs %.1f", t->name,
                      role_name(d->ink), role_name(d->ground), full, d->least);
        cr_expect_geq(few, d->least_256, "%s: %s on %s has %.2f:1 in 256 colours, needs %.1f",
                      t->name, role_name(d->ink), role_name(d->ground), few, d->least_256);
}

Test(theme, files_are_readable)
{
        for (size_t i = 0; i < ARRAY_LEN(coloured); i++) {
                struct theme t = read_file(coloured[i]);
                for (size_t k = 0; k < ARRAY_LEN(demands); k++)
                        if (!demands[k].theme || strcmp(demands[k].theme, t.name) == 0)
                                check_demand(&t, &demands[k]);
        }
}

Test(theme, files_are_whole)
{
        for (size_t i = 0; i < ARRAY_LEN(coloured) + 1; i++) {
                struct theme t = read_file(i < ARRAY_LEN(coloured) ? coloured[i] : "mono");
                for (int r = 0; r < ROLE_COUNT; r++)
                        cr_expect_neq(t.colors[r].index, -2, "%s lacks %s", t.name, role_name(r));
                cr_expect_eq(t.mono, i == ARRAY_LEN(coloured));
        }
}

/* Without colours: grey on white, whatever the terminal makes of dim. */
Test(theme, words_are_never_dim_on_a_reversed_ground)
{
        const struct theme *themes[] = {&theme_mono, &theme_basic};
        for (size_t i = 0; i < ARRAY_LEN(themes); i++)
                for (uint8_t bar = ROLE_BAR_PAST; bar <= ROLE_BAR_TWICE; bar++) {
                        struct look words = {.ink = ROLE_STRONG, .ground = bar};
                        uint8_t attr = theme_look(themes[i], words).attr;
                        cr_expect(!(attr & ATTR_DIM) || !(attr & ATTR_REVERSE), "%s: %s",
                                  themes[i]->name, role_name(bar));
                        cr_expect(attr & ATTR_BOLD, "%s: %s", themes[i]->name, role_name(bar));
                }
        struct look quiet = {.ink = ROLE_FAINT, .ground = ROLE_SELECTION};
        cr_expect_eq(theme_look(&theme_mono, quiet).attr, ATTR_REVERSE);
}

/* Who tells no hues apart sees the ladder by its lightness: each step has its own. */
Test(theme, colour_blind_ladder_differs_in_lightness)
{
        static const enum role ladder[] = {ROLE_SEV_CRITICAL, ROLE_SEV_HIGH, ROLE_SEV_MEDIUM};
        struct theme t = read_file("colour-blind");
        for (int full = 0; full < 2; full++) {
                for (size_t i = 1; i < ARRAY_LEN(ladder); i++)
                        cr_expect_gt(luminance(color_of(&t, ladder[i], full)),
                                     luminance(color_of(&t, ladder[i - 1], full)) * 1.15,
                                     "%s is not lighter than %s", role_name(ladder[i]),
                                     role_name(ladder[i - 1]));
                cr_expect_gt(contrast(&t, ROLE_SEV_LOW, ROLE_SEV_MEDIUM, full), 1.15,
                             "low is as light as medium");
                cr_expect_gt(contrast(&t, ROLE_SEV_LOW, ROLE_SEV_CRITICAL, full), 1.15,
                             "low is as light as critical");
        }
}

/* One hue: the worse, the lighter. */
Test(theme, red_night_ladder_is_lightness)
{
        static const enum role ladder[] = {ROLE_SEV_LOW, ROLE_SEV_MEDIUM, ROLE_SEV_HIGH,
                                           ROLE_SEV_CRITICAL};
        struct theme t = read_file("red-night");
        for (int full = 0; full < 2; full++)
                for (size_t i = 1; i < ARRAY_LEN(ladder); i++)
                        cr_expect_gt(luminance(color_of(&t, ladder[i], full)),
                                     luminance(color_of(&t, ladder[i - 1], full)) * 1.15,
                                     "%s is not lighter than %s", role_name(ladder[i]),
                                     role_name(ladder[i - 1]));
}

static void check_built_in(const struct theme *built_in)
{
        struct theme t = read_file(built_in->name);
        for (int r = 0; r < ROLE_COUNT; r++) {
                const struct theme_color *is = &built_in->colors[r], *file = &t.colors[r];
                cr_expect_eq(file->rgb, is->rgb, "%s %s", t.name, role_name(r));
                cr_expect_eq(file->index, is->index, "%s %s", t.name, role_name(r));
                cr_expect_eq(file->attr, is->attr, "%s %s", t.name, role_name(r));
        }
}

Test(theme, those_built_in_are_as_their_files)
{
        check_built_in(&theme_night);
        check_built_in(&theme_mono);
}
