#include "base/decode.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

TestSuite(decode);

/* In pieces of `step` bytes; ends with "!" where it stops at what is not of the encoding. */
static char *decoded(const struct encoding *e, const char *bytes, size_t len, size_t step)
{
        struct decoder d = {.encoding = e};
        struct str out;
        str_init(&out, 1000);
        for (size_t at = 0; at < len && !d.bad; at += step) {
                size_t n = len - at < step ? len - at : step;
                char piece[DECODE_GROWTH * (64 + DECODE_HELD)];
                str_addn(&out, piece, decoder_run(&d, bytes + at, n, at + n == len, piece));
        }
        if (d.bad)
                str_addc(&out, '!');
        return str_take(&out);
}

static void expect(const char *name, const char *bytes, size_t len, const char *text)
{
        struct encoding e;
        cr_assert_eq(encoding_find(name, &e, NULL), RC_OK, "%s", name);
        for (size_t step = 1; step <= 8; step++) {
                AUTO_FREE char *got = decoded(&e, bytes, len, step);
                cr_expect_str_eq(got, text, "%s in steps of %zu: %s", name, step, got);
        }
}

#define BYTES(s) s, sizeof(s) - 1

Test(decode, characters_survive_however_they_are_cut)
{
        expect("UTF-8", BYTES("Zażółć 東京 😀"), "Zażółć 東京 😀");
        expect("Windows-1252", BYTES("Caf\xE9 \x80 5"), "Café € 5");
        expect("Windows-1250", BYTES("\xA3ukasz \xAF\xF3\xB3\xE6 \x8F\x64\xB3o"),
               "Łukasz Żółć Źdło");
        expect("Windows-1251", BYTES("\xC6\xE5\xEB\xFF"), "Желя");
        expect("Windows-1253", BYTES("\xC1\xED\xE4\xF1\xDD\xE1\xF2"), "Ανδρέας");
        expect("Windows-1257", BYTES("\xD0\x61r\xFBnas"), "Šarūnas");
        expect("ISO-8859-2", BYTES("\xA3ukasz \xB1"), "Łukasz ą");
        expect("Windows-1258", BYTES("A\xCC\x65"),
               "A\xCC\x80"
               "e");
        expect("UTF-16LE", BYTES("a\0\x7C\x01\x3D\xD8\x00\xDE"), "aż😀");
        expect("UTF-16BE", BYTES("\0a\x01\x7C\xD8\x3D\xDE\x00"), "aż😀");
}

Test(decode, what_is_not_of_the_encoding_stops_it)
{
        expect("UTF-8", BYTES("ab\xE9 cd"), "ab!");
        expect("UTF-8", BYTES("ab\xC0\x80"), "ab!");
        expect("UTF-8", BYTES("ab\xED\xA0\x80"), "ab!");
        expect("Windows-1252", BYTES("ab\x81"), "ab!");
        expect("Windows-1253", BYTES("ab\xD2"), "ab!");
        expect("UTF-16LE", BYTES("a\0\x00\xDE"), "a!");
        expect("UTF-16LE", BYTES("a\0\x3D\xD8z\0"), "a!");
}

Test(decode, what_ends_within_a_character_is_bad)
{
        expect("UTF-8", BYTES("ab\xE6\x9D"), "ab!");
        expect("UTF-16BE", BYTES("\0a\0"), "a!");
        expect("UTF-16BE", BYTES("\0a\xD8\x3D"), "a!");
}
