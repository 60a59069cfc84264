#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/mem.h"

static void expect(const char *s, size_t len, bool lines, const char *want)
{
        AUTO_FREE char *got = text_clean(s, len, lines);
        cr_assert_str_eq(got, want);
        cr_assert_eq(text_is_clean(s, len, lines), strlen(want) == len && !memcmp(s, want, len));
}

#define EXPECT(s, lines, want) expect(s, sizeof(s) - 1, lines, want)

Test(text_clean, leaves_what_is_harmless)
{
        EXPECT("", false, "");
        EXPECT("Z\xC3\xBCrich \xE4\xB8\xAD \xF0\x9F\x98\x80 e\xCC\x81", false,
               "Z\xC3\xBCrich \xE4\xB8\xAD \xF0\x9F\x98\x80 e\xCC\x81");
        EXPECT("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x92", false,
               "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x92"); /* joined emoji */
}

Test(text_clean, makes_escape_sequences_visible)
{
        EXPECT("a\x1b]0;owned\x07", false, "a\\x1b]0;owned\\x07");
        EXPECT("\xC2\x9B"
               "31m\x7F",
               false, "\\x9b31m\\x7f");
        EXPECT("a\0b", false, "a\\x00b");
}

Test(text_clean, makes_bidi_controls_and_other_formats_visible)
{
        EXPECT("\xE2\x80\xAE"
               "x\xE2\x81\xA9",
               false, "<U+202E>x<U+2069>");
        EXPECT("\xD8\x9C\xE2\x80\x8F\xEF\xBB\xBF", false, "<U+061C><U+200F><U+FEFF>");
        EXPECT("\xF3\xA0\x81\xA1", false, "<U+E0061>");
        EXPECT("a\xE2\x80\xA8"
               "b",
               true, "a<U+2028>b");
        EXPECT("\xE2\x80\x8B", false, "<U+200B>");
}

Test(text_clean, replaces_invalid_bytes)
{
        EXPECT("a\xFF"
               "b\xC3",
               false,
               "a\xEF\xBF\xBD"
               "b\xEF\xBF\xBD");
        EXPECT("\xED\xA0\x80", false, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

Test(text_clean, keeps_lines_on_request_only)
{
        EXPECT("a\nb\tc", true, "a\nb c");
        EXPECT("a\nb\tc", false, "a b c");
        EXPECT("a\r\nb\rc", true, "a\nb\\x0dc");
        EXPECT("a\r\nb", false, "a b");
}

static uint32_t next_random(uint32_t *state)
{
        *state = *state * 1664525u + 1013904223u;
        return *state >> 8;
}

/* Bytes that are often controls, leads of sequences, or pieces of what is hidden. */
static size_t fill(char *s, size_t max, uint32_t *state)
{
        static const char *const pieces[] = {"\x1b[", "\xE2\x80", "\xAE",         "\xF3\xA0\x81",
                                             "\r",    "\n",       "\xEF\xBB\xBF", "\xD8\x9C",
                                             "plain", "\xC2",     "\\x1b",        "<U+202E>"};
        size_t len = 0;
        while (len + 16 < max) {
                uint32_t r = next_random(state);
                if (r % 3 == 0) {
                        const char *piece = pieces[(r >> 4) % ARRAY_LEN(pieces)];
                        memcpy(s + len, piece, strlen(piece));
                        len += strlen(piece);
                } else {
                        s[len++] = (char)(r >> 9);
                }
                if ((r >> 18) % 40 == 0)
                        break;
        }
        return len;
}

static void expect_harmless(const char *s, size_t len, bool lines)
{
        cr_assert(text_is_utf8(s, len));
        cr_assert(text_is_clean(s, len, lines));
        for (size_t at = 0; at < len;) {
                uint32_t cp;
                at += text_decode(s + at, len - at, &cp);
                bool control = cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
                bool bidi = cp == 0x61C || cp == 0x200E || cp == 0x200F ||
                            (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
                cr_assert(!bidi && (!control || (lines && cp == '\n')), "U+%04X", (unsigned)cp);
        }
}

Test(text_clean, whatever_comes_in_comes_out_harmless_and_stays_so)
{
        uint32_t state = 42;
        for (int i = 0; i < 20000; i++) {
                char s[120];
                size_t len = fill(s, sizeof(s), &state);
                AUTO_FREE char *once = text_clean(s, len, i & 1);
                AUTO_FREE char *twice = text_clean(once, strlen(once), i & 1);
                cr_assert_str_eq(once, twice);
                expect_harmless(once, strlen(once), i & 1);
        }
}
