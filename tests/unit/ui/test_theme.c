#include "ui/theme.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
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

static double channel(uint32_t rgb, int shift)
{
        double v = (double)(rgb >> shift & 255) / 255;
        double x = (v + 0.055) / 1.055;
        return v <= 0.03928 ? v / 12.92 : x * x * (0.57 + 0.43 * x); /* close to x^2.4 */
}

static double contrast(const struct theme *t, enum role a, enum role b)
{
        double l[2];
        enum role roles[2] = {a, b};
        for (int i = 0; i < 2; i++) {
                uint32_t rgb = t->colors[roles[i]].rgb;
                l[i] = 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) +
                       0.0722 * channel(rgb, 0);
        }
        return l[0] > l[1] ? (l[0] + 0.05) / (l[1] + 0.05) : (l[1] + 0.05) / (l[0] + 0.05);
}

/* The six that come with the product: complete, readable, and told apart. */
Test(theme, files_are_whole_and_readable)
{
        static const char *const names[] = {"night",         "day",          "mono",
                                            "high-contrast", "colour-blind", "red-night"};
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
                struct theme t = {.name = ""};
                struct err err = {0};
                char path[64], *text = NULL;
                size_t len;
                snprintf(path, sizeof(path), "themes/%s.ini", names[i]);
                for (int r = 0; r < ROLE_COUNT; r++)
                        t.colors[r].index = -2;
                cr_assert_eq(file_read(path, 65536, &text, &len, &err), RC_OK, "%s", err.text);
                cr_assert_eq(theme_read(names[i], text, len, &t, &err), RC_OK, "%s", err.text);
                free(text);
                for (int r = 0; r < ROLE_COUNT; r++)
                        cr_expect_neq(t.colors[r].index, -2, "%s lacks %s", names[i], role_name(r));
                cr_expect_eq(t.mono, strcmp(names[i], "mono") == 0);
                if (t.mono)
                        continue;
                bool red = strcmp(names[i], "red-night") == 0;
                cr_expect_gt(contrast(&t, ROLE_TEXT, ROLE_BG), red ? 5.5 : 7.0, "%s", names[i]);
                cr_expect_gt(contrast(&t, ROLE_MUTED, ROLE_BG), 4.0, "%s", names[i]);
                cr_expect_gt(contrast(&t, ROLE_FAINT, ROLE_BG), 2.9, "%s", names[i]);
                cr_expect_gt(contrast(&t, ROLE_EXERCISE_INK, ROLE_EXERCISE), 4.2, "%s", names[i]);
        }
}

Test(theme, built_in_night_is_the_file)
{
        struct theme t = {.name = ""};
        char *text = NULL;
        size_t len;
        cr_assert_eq(file_read("themes/night.ini", 65536, &text, &len, NULL), RC_OK);
        cr_assert_eq(theme_read("night", text, len, &t, NULL), RC_OK);
        free(text);
        for (int r = 0; r < ROLE_COUNT; r++) {
                cr_expect_eq(t.colors[r].rgb, theme_night.colors[r].rgb, "%s", role_name(r));
                cr_expect_eq(t.colors[r].index, theme_night.colors[r].index, "%s", role_name(r));
        }
}
