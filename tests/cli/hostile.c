/*
 * What a hostile sender can do to a document, and what a terminal must never get.
 *
 *   hostile poison text|all|keys FILE   FILE with escape sequences, C1 and bidi controls in every
 * text; in every string but type and id; in every key hostile deep N | long BYTES | noise BYTES
 *   hostile clean                       reads standard input; names the first byte that must not be
 * in it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

#define FILE_MOST (1u << 20)

static const char poison[] =
        "\\u001b[2J\\u001b]0;owned\\u0007\\u0000\\b\\r\\n\\t"
        "\xc2\x9b"
        "31m\xc2\x85\x7f"
        "\xd8\x9c\xe2\x80\x8e\xe2\x80\x8f\xe2\x80\xaa\xe2\x80\xae\xe2\x80\xa8\xe2\x80\xa9"
        "\xe2\x81\xa6\xe2\x81\xa9\xf3\xa0\x81\x81";

/* ---- poison
 * --------------------------------------------------------------------------------------- */

enum dose { DOSE_TEXT, DOSE_ALL, DOSE_KEYS };

static size_t string_len(const char *s)
{
        size_t n = 1;
        while (s[n] && s[n] != '"')
                n += s[n] == '\\' && s[n + 1] ? 2 : 1;
        return n + (s[n] == '"');
}

static bool is_key(const char *after)
{
        return after[strspn(after, " \t\r\n")] == ':';
}

static bool is_one_of(const char *key, const char *const *keys, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(key, keys[i]) == 0)
                        return true;
        return false;
}

/* Strings without which the object is another one, or none. */
static bool is_kept(const char *key, const char *value, size_t len, enum dose dose)
{
        static const char *const never[] = {"type", "id"};
        static const char *const words[] = {
                "type",     "id",   "spec_version", "extension_type", "created",        "console",
                "modified", "verb", "occurred",     "target",         "definition_type"};
        if (dose == DOSE_KEYS)
                return true;
        if (dose == DOSE_ALL)
                return is_one_of(key, never, ARRAY_LEN(never));
        return is_one_of(key, words, ARRAY_LEN(words)) || memmem(value, len, "--", 2);
}

static int poison_file(enum dose dose, const char *path)
{
        AUTO_FREE char *text = NULL;
        char key[64] = "";
        size_t size = 0;
        struct err err = {0};
        if (file_read(path, FILE_MOST, &text, &size, &err) != RC_OK) {
                fprintf(stderr, "%s\n", err.text);
                return 2;
        }
        for (const char *s = text; *s;) {
                if (*s != '"') {
                        putchar(*s++);
                        continue;
                }
                size_t len = string_len(s);
                bool names = is_key(s + len);
                if (names)
                        snprintf(key, sizeof(key), "%.*s", (int)(len - 2), s + 1);
                bool dosed = names ? dose == DOSE_KEYS && !strstr("type id", key)
                                   : !is_kept(key, s, len, dose);
                printf("\"%s%.*s", dosed ? poison : "", (int)(len - 1), s + 1);
                s += len;
        }
        return 0;
}

/* ---- size
 * ----------------------------------------------------------------------------------------- */

#define HEAD                                                                                       \
        "{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"incident--00000000-0000-4000-"   \
        "8000-0000000000aa\","                                                                     \
        "\"created\":\"2026-11-24T08:00:00.000Z\",\"modified\":\"2026-11-24T08:00:00.000Z\","

static void repeat(char c, unsigned long n)
{
        while (n--)
                putchar(c);
}

static void deep(unsigned long n)
{
        printf(HEAD "\"name\":\"deep\",\"x\":");
        repeat('[', n);
        repeat(']', n);
        printf("}");
}

static void longest(unsigned long n)
{
        printf(HEAD "\"name\":\"");
        repeat('A', n);
        printf("\\u001b[31m\",\"description\":\"short\"}");
}

static void noise(unsigned long n)
{
        unsigned state = 7;
        while (n--) {
                state = state * 1664525u + 1013904223u;
                putchar((int)(state >> 24));
        }
}

/* ---- what a terminal must never get
 * ------------------------------------------------------------------ */

/* Written down here by itself, so as not to believe base/text about it. */
static bool is_forbidden(unsigned long cp)
{
        static const unsigned long ranges[][2] = {
                {0, 0x09},        {0x0b, 0x1f},     {0x7f, 0x9f},     {0x61c, 0x61c},
                {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069}, {0xe0000, 0xe007f}};
        for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
                if (cp >= ranges[i][0] && cp <= ranges[i][1])
                        return true;
        return false;
}

static int more_of(int c)
{
        return c < 0x80                ? 0
               : c >= 0xc2 && c < 0xe0 ? 1
               : c >= 0xe0 && c < 0xf0 ? 2
               : c < 0xf5              ? 3
                                       : -1;
}

static int check_clean(void)
{
        int line = 1, c;
        while ((c = getchar()) != EOF) {
                int more = c >= 0x80 && c < 0xc2 ? -1 : more_of(c);
                unsigned long cp = (unsigned long)(more < 1 ? c : c & (0x3f >> more));
                for (int i = 0; i < more; i++) {
                        int next = getchar();
                        if (next == EOF || (next & 0xc0) != 0x80)
                                more = -1;
                        else
                                cp = cp << 6 | (unsigned long)(next & 0x3f);
                }
                if (more < 0 || is_forbidden(cp)) {
                        printf("line %d has %s%lX\n", line, more < 0 ? "no UTF-8, byte " : "U+",
                               cp);
                        return 1;
                }
                line += c == '\n';
        }
        return 0;
}

int main(int argc, char **argv)
{
        const char *what = argc > 1 ? argv[1] : "";
        if (strcmp(what, "clean") == 0)
                return check_clean();
        if (strcmp(what, "poison") == 0 && argc == 4)
                return poison_file(strcmp(argv[2], "keys") == 0  ? DOSE_KEYS
                                   : strcmp(argv[2], "all") == 0 ? DOSE_ALL
                                                                 : DOSE_TEXT,
                                   argv[3]);
        if (argc == 3) {
                void (*const make)(unsigned long) = strcmp(what, "deep") == 0   ? deep
                                                    : strcmp(what, "long") == 0 ? longest
                                                                                : noise;
                make(strtoul(argv[2], NULL, 10));
                return 0;
        }
        fprintf(stderr,
                "usage: hostile poison text|all|keys FILE | deep N | long N | noise N | clean\n");
        return 2;
}
