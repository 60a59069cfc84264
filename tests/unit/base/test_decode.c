#include "base/decode.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

TestSuite(decode);

/* In pieces of `step` bytes; ends with "!" where it stops at what is not of the encoding. */
static char *decoded(enum encoding e, const char *bytes, size_t len, size_t step)
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

static void expect(enum encoding e, const char *bytes, size_t len, const char *text)
{
        for (size_t step = 1; step <= 8; step++) {
                AUTO_FREE char *got = decoded(e, bytes, len, step);
                cr_expect_str_eq(got, text, "in steps of %zu: %s", step, got);
        }
}

#define BYTES(s) s, sizeof(s) - 1

Test(decode, characters_survive_however_they_are_cut)
{
        expect(ENCODING_UTF8, BYTES("Zażółć 東京 😀"), "Zażółć 東京 😀");
        expect(ENCODING_WINDOWS_1252, BYTES("Caf\xE9 \x80 5"), "Café € 5");
        expect(ENCODING_UTF16LE, BYTES("a\0\x7C\x01\x3D\xD8\x00\xDE"), "aż😀");
        expect(ENCODING_UTF16BE, BYTES("\0a\x01\x7C\xD8\x3D\xDE\x00"), "aż😀");
}

Test(decode, what_is_not_of_the_encoding_stops_it)
{
        expect(ENCODING_UTF8, BYTES("ab\xE9 cd"), "ab!");
        expect(ENCODING_UTF8, BYTES("ab\xC0\x80"), "ab!");
        expect(ENCODING_UTF8, BYTES("ab\xED\xA0\x80"), "ab!");
        expect(ENCODING_WINDOWS_1252, BYTES("ab\x81"), "ab!");
        expect(ENCODING_UTF16LE, BYTES("a\0\x00\xDE"), "a!");
        expect(ENCODING_UTF16LE, BYTES("a\0\x3D\xD8z\0"), "a!");
}

Test(decode, what_ends_within_a_character_is_bad)
{
        expect(ENCODING_UTF8, BYTES("ab\xE6\x9D"), "ab!");
        expect(ENCODING_UTF16BE, BYTES("\0a\0"), "a!");
        expect(ENCODING_UTF16BE, BYTES("\0a\xD8\x3D"), "a!");
}

Test(decode, a_mark_in_front_tells_the_encoding)
{
        size_t mark;
        cr_expect_eq(encoding_of_mark(BYTES("\xEF\xBB\xBFx"), &mark), ENCODING_UTF8);
        cr_expect_eq(mark, 3);
        cr_expect_eq(encoding_of_mark(BYTES("\xFF\xFEx"), &mark), ENCODING_UTF16LE);
        cr_expect_eq(mark, 2);
        cr_expect_eq(encoding_of_mark(BYTES("\xFE\xFF"), &mark), ENCODING_UTF16BE);
        cr_expect_eq(encoding_of_mark(BYTES("\xEF\xBB"), &mark), ENCODING_UTF8);
        cr_expect_eq(mark, 0);
}
