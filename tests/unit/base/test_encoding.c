#include "base/encoding.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(encoding);

#define BYTES(s) s, sizeof(s) - 1

static void expect_mark(const char *bytes, size_t len, enum encoding_form form, size_t mark)
{
        struct encoding e;
        size_t got;
        encoding_of_mark(bytes, len, &e, &got);
        cr_expect_eq(e.form, form, "%s", e.name);
        cr_expect_eq(got, mark, "%zu", got);
}

Test(encoding, a_mark_in_front_tells_it)
{
        expect_mark(BYTES("\xEF\xBB\xBFx"), ENCODING_UTF8, 3);
        expect_mark(BYTES("\xFF\xFEx"), ENCODING_UTF16LE, 2);
        expect_mark(BYTES("\xFE\xFF"), ENCODING_UTF16BE, 2);
        expect_mark(BYTES("\xEF\xBB"), ENCODING_UTF8, 0);
}

static void expect_name(const char *typed, const char *name)
{
        struct encoding e;
        struct err err = {0};
        cr_assert_eq(encoding_find(typed, &e, &err), RC_OK, "%s: %s", typed, err.text);
        cr_expect_str_eq(e.name, name);
}

Test(encoding, a_known_one_is_found_however_it_is_written)
{
        expect_name("windows-1250", "Windows-1250");
        expect_name("WINDOWS_1250", "Windows-1250");
        expect_name("utf8", "UTF-8");
        expect_name("utf-16le", "UTF-16LE");
        expect_name("iso8859-2", "ISO-8859-2");
        expect_name("cp1250", "cp1250");
        for (size_t i = 0; encoding_known(i); i++)
                expect_name(encoding_known(i)->name, encoding_known(i)->name);
}

Test(encoding, where_letters_are_elsewhere_than_in_ascii_is_known)
{
        struct encoding e;
        cr_assert_eq(encoding_find("windows-1253", &e, NULL), RC_OK);
        cr_expect(!e.is_not_ascii);
        cr_expect_eq(e.chars['a'], 'a');
        cr_expect_eq(e.chars[0xC1], 0x391);
        cr_expect_eq(e.chars[0xD2], 0);
        cr_assert_eq(encoding_find("IBM037", &e, NULL), RC_OK);
        cr_expect(e.is_not_ascii);
        cr_expect_eq(e.chars[0x81], 'a');
}

static void expect_refusal(const char *name, const char *why)
{
        struct encoding e;
        struct err err = {0};
        cr_expect_eq(encoding_find(name, &e, &err), RC_INVALID, "%s", name);
        cr_expect_not_null(strstr(err.text, why), "%s: %s", name, err.text);
}

Test(encoding, what_is_none_or_has_several_bytes_is_refused)
{
        expect_refusal("windows-1259x",
                       "there is no encoding \"windows-1259x\"; there are UTF-8, ");
        expect_refusal("windows-1259x", ", Windows-1250, ");
        expect_refusal("", "there is no encoding");
        expect_refusal("-_", "there is no encoding");
        expect_refusal("windows-1250//TRANSLIT", "there is no encoding");
        expect_refusal("../windows-1250", "there is no encoding");
        expect_refusal("a\x1b[2J", "there is no encoding");
        expect_refusal("windows-1250-windows-1250-windows-1250", "there is no encoding");
        const char *const wide[] = {"Shift_JIS", "BIG5",   "GB18030", "EUC-JP",      "UTF-7",
                                    "UTF-16",    "UTF-32", "IBM930",  "ISO-2022-KR", "T.61"};
        for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
                expect_refusal(wide[i], "has characters of several bytes");
}
