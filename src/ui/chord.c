#include "ui/chord.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* The first name of a key is the one that is shown; the others are understood too. */
static const struct {
        const char *name;
        int32_t chord;
} names[] = {
        {"Tab", CHORD_TAB},
        {"Enter", CHORD_ENTER},
        {"Return", CHORD_ENTER},
        {"Esc", CHORD_ESC},
        {"Escape", CHORD_ESC},
        {"Space", CHORD_SPACE},
        {"Up", CHORD_UP},
        {"Down", CHORD_DOWN},
        {"Left", CHORD_LEFT},
        {"Right", CHORD_RIGHT},
        {"PgUp", CHORD_PGUP},
        {"PageUp", CHORD_PGUP},
        {"PgDn", CHORD_PGDN},
        {"PageDown", CHORD_PGDN},
        {"Home", CHORD_HOME},
        {"End", CHORD_END},
        {"S-Tab", CHORD_BACKTAB},
        {"BackTab", CHORD_BACKTAB},
        {"BackSpace", CHORD_BACKSPACE},
        {"Backspace", CHORD_BACKSPACE},
        {"Del", CHORD_DELETE},
        {"Delete", CHORD_DELETE},
        {"Ins", CHORD_INSERT},
        {"Insert", CHORD_INSERT},
};

static int32_t read_named(const char *s, size_t *ret_bytes)
{
        int32_t found = CHORD_NONE;
        size_t longest = 0;
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                size_t len = strlen(names[i].name);
                if (len > longest && strncmp(s, names[i].name, len) == 0) {
                        found = names[i].chord;
                        longest = len;
                }
        }
        *ret_bytes = longest;
        return found;
}

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

static int32_t read_function(const char *s, size_t *ret_bytes)
{
        if (s[0] != 'F' || s[1] < '1' || s[1] > '9')
                return CHORD_NONE;
        int number = s[1] - '0';
        size_t bytes = 2;
        if (is_digit(s[2])) {
                number = number * 10 + s[2] - '0';
                bytes = 3;
        }
        if (number > 12 || is_digit(s[bytes]))
                return CHORD_NONE;
        *ret_bytes = bytes;
        return CHORD_F1 + number - 1;
}

static int32_t read_control(const char *s, size_t *ret_bytes)
{
        char c = s[0] == '^' ? s[1] : '\0';
        if (c >= 'a' && c <= 'z')
                c = (char)(c - 'a' + 'A');
        if (c < 'A' || c > '_')
                return CHORD_NONE;
        *ret_bytes = 2;
        return CHORD_CTRL(c);
}

static int32_t read_alt(const char *s, size_t *ret_bytes)
{
        size_t prefix = strncmp(s, "Alt-", 4) == 0 ? 4 : strncmp(s, "M-", 2) == 0 ? 2 : 0;
        if (!prefix || !is_digit(s[prefix]))
                return CHORD_NONE;
        *ret_bytes = prefix + 1;
        return CHORD_ALT(s[prefix] - '0');
}

/* A character of its own; what stands for bytes that are none is not. */
static bool is_key(uint32_t cp)
{
        return cp > CHORD_SPACE && cp != 0xfffd && chord_is_text((int32_t)cp);
}

int32_t chord_read(const char *name, int *ret_bytes)
{
        size_t bytes = 0;
        int32_t chord = read_named(name, &bytes);
        if (chord == CHORD_NONE)
                chord = read_function(name, &bytes);
        if (chord == CHORD_NONE)
                chord = read_control(name, &bytes);
        if (chord == CHORD_NONE)
                chord = read_alt(name, &bytes);
        struct text_cluster cl;
        if (chord == CHORD_NONE && text_next(name, strlen(name), &cl) && is_key(cl.cp[0])) {
                chord = (int32_t)cl.cp[0];
                bytes = cl.bytes;
        }
        if (ret_bytes && chord != CHORD_NONE)
                *ret_bytes = (int)bytes;
        return chord;
}

void chord_name(int32_t chord, char out[CHORD_TEXT])
{
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                if (names[i].chord == chord) {
                        snprintf(out, CHORD_TEXT, "%s", names[i].name);
                        return;
                }
        }
        if (chord >= CHORD_F1 && chord <= CHORD_F12) {
                snprintf(out, CHORD_TEXT, "F%d", (int)(chord - CHORD_F1 + 1));
        } else if (chord >= CHORD_ALT_0 && chord <= CHORD_ALT_9) {
                snprintf(out, CHORD_TEXT, "Alt-%d", (int)(chord - CHORD_ALT_0));
        } else if (chord > 0 && chord < CHORD_SPACE) {
                snprintf(out, CHORD_TEXT, "^%c", (char)(chord | 0x40));
        } else if (chord_is_text(chord)) {
                char utf8[4];
                size_t bytes = text_put((uint32_t)chord, utf8);
                snprintf(out, CHORD_TEXT, "%.*s", (int)bytes, utf8);
        } else {
                snprintf(out, CHORD_TEXT, "?");
        }
}

bool chord_is_text(int32_t chord)
{
        return chord >= CHORD_SPACE && chord < CHORD_UP && chord != 0x7f &&
               !(chord >= 0x80 && chord < 0xa0);
}

int32_t chord_of_char(uint32_t ch)
{
        if (ch == 0x7f || ch == '\b')
                return CHORD_BACKSPACE;
        if (ch == '\n')
                return CHORD_ENTER;
        return ch < 0x110000 && !(ch >= 0x80 && ch < 0xa0) ? (int32_t)ch : CHORD_NONE;
}
