#include "ui/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/canvas.h"

/* ---- reading ---- */

struct reading {
        struct theme theme;
};

static const char *nearest_role(const char *name)
{
        const char *nearest = role_name(ROLE_TEXT);
        size_t least = SIZE_MAX;
        for (int r = 0; r < ROLE_COUNT; r++) {
                size_t distance = text_distance(name, role_name(r));
                if (distance < least) {
                        least = distance;
                        nearest = role_name(r);
                }
        }
        return nearest;
}

static bool read_rgb(const char *word, uint32_t *ret)
{
        if (word[0] != '#' || strlen(word) != 7 || strspn(word + 1, "0123456789abcdefABCDEF") != 6)
                return false;
        *ret = (uint32_t)strtoul(word + 1, NULL, 16);
        return true;
}

static bool read_index(const char *word, int *ret)
{
        size_t len = strlen(word);
        if (len < 1 || len > 3 || strspn(word, "0123456789") != len)
                return false;
        long n = strtol(word, NULL, 10);
        if (n > 255)
                return false;
        *ret = (int)n;
        return true;
}

static bool read_attr(const char *word, uint8_t *attr)
{
        static const struct {
                const char *word;
                uint8_t attr;
        } attrs[] = {
                {"bold", ATTR_BOLD}, {"dim", ATTR_DIM}, {"reverse", ATTR_REVERSE}, {"plain", 0}};
        for (size_t i = 0; i < ARRAY_LEN(attrs); i++) {
                if (strcmp(attrs[i].word, word) == 0) {
                        *attr |= attrs[i].attr;
                        return true;
                }
        }
        return false;
}

/* One word of a colour: each stands for itself, in any order. */
static bool read_word(const char *word, struct theme_color *color, bool *has_rgb, bool *has_index)
{
        if (read_rgb(word, &color->rgb)) {
                *has_rgb = true;
                return true;
        }
        if (read_index(word, &color->index)) {
                *has_index = true;
                return true;
        }
        return strcmp(word, "default") == 0 || read_attr(word, &color->attr);
}

/* Both numbers or none: the terminal decides which one is used. */
static bool read_color(const char *value, struct theme_color *ret)
{
        struct theme_color color = {.index = -1, .basic = -1};
        bool has_rgb = false, has_index = false, any = false;
        for (const char *at = value + strspn(value, " \t"); *at; at += strspn(at, " \t")) {
                char word[16];
                size_t len = strcspn(at, " \t");
                if (len >= sizeof(word))
                        return false;
                snprintf(word, sizeof(word), "%.*s", (int)len, at);
                if (!read_word(word, &color, &has_rgb, &has_index))
                        return false;
                any = true;
                at += len;
        }
        if (!any || has_rgb != has_index)
                return false;
        *ret = color;
        return true;
}

static enum rc read_line(void *ctx, const char *section, const char *name, const char *value,
                         struct err *err)
{
        struct reading *r = ctx;
        if (section[0])
                return err_set(err, RC_INVALID, "a theme has no sections, but here is [%s]",
                               section);
        if (strcmp(name, "mono") == 0) {
                bool yes = strcmp(value, "yes") == 0;
                if (!yes && strcmp(value, "no") != 0)
                        return err_set(err, RC_INVALID, "mono is yes or no, not %s", value);
                r->theme.mono = yes;
                return RC_OK;
        }
        int role = role_find(name);
        if (role < 0)
                return err_set(err, RC_INVALID, "no role %s; nearest: %s", name,
                               nearest_role(name));
        if (!read_color(value, &r->theme.colors[role]))
                return err_set(err, RC_INVALID,
                               "%s = %s is not a colour; it takes #rrggbb and a number from 0 to "
                               "255, or default, then bold, dim or reverse",
                               name, value);
        return RC_OK;
}

enum rc theme_read(const char *name, const char *text, size_t len, struct theme *ret,
                   struct err *err)
{
        struct reading r = {.theme = *ret};
        r.theme.mono = false;
        snprintf(r.theme.name, sizeof(r.theme.name), "%s", name);
        enum rc rc = ini_read(text, len, read_line, &r, err);
        if (rc != RC_OK)
                return err_wrap(err, rc, "theme %s", name);
        *ret = r.theme;
        return RC_OK;
}

/* ---- painting ---- */

static enum role ink_role(struct look look)
{
        if (look.ground != ROLE_BLACK && look.ink >= ROLE_TLP_RED && look.ink <= ROLE_TLP_CLEAR)
                return ROLE_PIP_RED + (look.ink - ROLE_TLP_RED);
        return look.ink;
}

struct theme_paint theme_look(const struct theme *theme, struct look look)
{
        struct theme_paint paint = {
                .ink = theme->colors[ink_role(look)],
                .ground = theme->colors[look.ground == ROLE_TEXT ? ROLE_BG : look.ground],
        };
        uint8_t reverse = (paint.ink.attr ^ paint.ground.attr ^ look.attr) & ATTR_REVERSE;
        uint8_t others = (paint.ink.attr | paint.ground.attr | look.attr) & (uint8_t)~ATTR_REVERSE;
        /* words would be grey on white; what fills a bar is meant to be grey */
        if (reverse && look.ink != look.ground)
                others &= (uint8_t)~ATTR_DIM;
        paint.attr = reverse | others;
        return paint;
}
