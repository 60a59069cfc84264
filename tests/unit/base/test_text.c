#include "base/text.h"

#include <string.h>

#include <criterion/criterion.h>

#include "base/mem.h"
#include "base/str.h"

/* The first cluster, as code points and width: "U+0065 U+0301/1:3". */
static void expect_next(const char *s, const char *want)
{
        CLEANUP(str_finish) struct str got = {0};
        struct text_cluster c;
        str_init(&got, 200);
        cr_assert(text_next(s, strlen(s), &c));
        for (int i = 0; i < c.count; i++)
                str_addf(&got, "%04X ", (unsigned)c.cp[i]);
        str_addf(&got, "%d %zu", c.width, c.bytes);
        cr_assert_str_eq(str_text(&got), want);
}

Test(text, a_cluster_is_a_base_with_its_marks)
{
        expect_next("ab", "0061 1 1");
        expect_next("e\xCC\x81x", "0065 0301 1 3");
        expect_next("\xE4\xB8\xAD", "4E2D 2 3");                  /* a Chinese character   */
        expect_next("\xF0\x9F\x98\x80", "1F600 2 4");             /* an emoji              */
        expect_next("\xCC\x81x", "25CC 0301 1 2");                /* a mark without a base */
        expect_next("\xE1\x84\x80\xE1\x85\xA1", "1100 1161 2 6"); /* Hangul, taken apart */
}

Test(text, joiners_and_selectors_take_no_place)
{
        expect_next("\xE2\x9D\xA4\xEF\xB8\x8Fx", "2764 1 6"); /* a heart, "as an emoji" */
        expect_next("a\xE2\x80\x8D\xC2\xAD"
                    "b",
                    "0061 1 6");
        expect_next("\xE2\x80\x8Dz", "25CC 1 3");
}

Test(text, marks_beyond_the_room_are_passed_over)
{
        expect_next("a\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85z", "0061 0301 0302 0303 1 11");
}

Test(text, a_cluster_never_holds_what_a_terminal_may_not_get)
{
        expect_next("\x1b[2J", "FFFD 1 1");
        expect_next("\xC2\x9B", "FFFD 1 2");         /* C1 */
        expect_next("\xE2\x80\xAE", "FFFD 1 3");     /* right-to-left override */
        expect_next("\xF3\xA0\x81\xA1", "FFFD 1 4"); /* a tag */
        expect_next("\xEF\xBB\xBF", "FFFD 1 3");
        expect_next("\t", "0020 1 1");
        expect_next("\n", "0020 1 1");
}

Test(text, invalid_bytes_come_one_by_one)
{
        expect_next("\xFFz", "FFFD 1 1");
        expect_next("\xE4\xB8", "FFFD 1 1");
        expect_next("\xED\xA0\x80", "FFFD 1 1"); /* a surrogate */
        expect_next("\xC0\xAF", "FFFD 1 1");     /* too long */
}

Test(text, ends_at_the_length_and_at_nul)
{
        struct text_cluster c;
        cr_assert_not(text_next("abc", 0, &c));
        cr_assert_not(text_next("\0abc", 4, &c));
        cr_assert(text_next("e\xCC\x81", 2, &c)); /* the mark is cut off: not read */
        cr_assert_eq(c.bytes, 1);
}

Test(text, knows_utf8)
{
        static const char *const bad[] = {
                "\x80",         "abcdefgh\xC3",     "\xC1\xBF",
                "\xE0\x9F\xBF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
                "\xED\xBF\xBF"};
        cr_assert(text_is_utf8("plain \xC3\xA9 \xE2\x82\xAC \xF4\x8F\xBF\xBF", 17));
        cr_assert(text_is_utf8("a\0b", 3));
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                cr_assert_not(text_is_utf8(bad[i], strlen(bad[i])), "%zu", i);
}

Test(text, measures_columns)
{
        cr_assert_eq(text_width(""), 0);
        cr_assert_eq(text_width("Z\xC3\xBCrich"), 6);
        cr_assert_eq(text_width("\xE4\xB8\xAD\xE6\x96\x87!"), 5);
        cr_assert_eq(text_bytes_for("\xE4\xB8\xAD\xE6\x96\x87!", 3), 3);
        cr_assert_eq(text_bytes_for("e\xCC\x81t\xC3\xA9", 2), 4);
}

static void expect_cut(const char *s, size_t columns, const char *ellipsis, const char *want)
{
        char out[200];
        text_cut(s, columns, ellipsis, out, sizeof(out));
        cr_assert_str_eq(out, want);
}

Test(text, cuts_with_an_ellipsis_only_where_something_is_lost)
{
        expect_cut("hospital", 8, "\xE2\x80\xA6", "hospital");
        expect_cut("hospital", 7, "\xE2\x80\xA6", "hospit\xE2\x80\xA6");
        expect_cut("hospital", 7, "..", "hospi..");
        expect_cut("hospital", 1, "..", "h");
        expect_cut("hospital", 0, "..", "");
        expect_cut("hospital", 4, NULL, "hosp");
        expect_cut("\xE4\xB8\xAD\xE6\x96\x87\xE5\xAD\x97", 4, "..", "\xE4\xB8\xAD..");
        expect_cut("\xE4\xB8\xAD\xE6\x96\x87\xE5\xAD\x97", 5, ".", "\xE4\xB8\xAD\xE6\x96\x87.");
}

Test(text, a_cut_text_fits_the_promised_room_whatever_it_holds)
{
        char s[2001] = "", out[4 * 10 + 8];
        for (int i = 0; i < 50; i++) /* each with four marks of two bytes */
                memcpy(s + 12 * i, "\xF0\x9F\x98\x80\xCC\x81\xCC\x82\xCC\x83\xCC\x84", 12);
        text_cut(s, 10, "\xE2\x80\xA6", out, sizeof(out));
        cr_assert_leq(strlen(out), sizeof(out) - 1);
        cr_assert_eq(text_width(out), 9); /* four of two columns, and the ellipsis */
        cr_assert(text_is_utf8(out, strlen(out)));
        text_cut(s, 10, "\xE2\x80\xA6", out, 3);
        cr_assert_str_eq(out, "");
}

static void add_line(void *ctx, const char *line, size_t len)
{
        str_addf(ctx, "%.*s|", (int)len, line);
}

static void expect_wrap(const char *s, size_t columns, const char *want)
{
        CLEANUP(str_finish) struct str got = {0};
        str_init(&got, 1000);
        text_wrap(s, columns, add_line, &got);
        cr_assert_str_eq(str_text(&got), want);
}

Test(text, wraps_at_blanks)
{
        expect_wrap("two hospitals down", 9, "two|hospitals|down|");
        expect_wrap("two hospitals down", 13, "two hospitals|down|");
        expect_wrap("two  hospitals   ", 9, "two|hospitals|");
        expect_wrap("  - item one", 8, "  - item|one|");
        expect_wrap("", 9, "");
}

static void add_indented(void *ctx, const char *line, size_t len, size_t indent)
{
        str_addf(ctx, "%zu%.*s|", indent, (int)len, line);
}

Test(text, goes_on_below_where_a_line_began)
{
        CLEANUP(str_finish) struct str got = {0};
        str_init(&got, 1000);
        text_wrap_hanging("  - item one\nplain and long\n\n", 9, add_indented, &got);
        cr_assert_str_eq(str_text(&got), "0  - item|2one|0plain and|0long|0|");
        str_clear(&got);
        text_wrap_hanging("      abcdef", 6, add_indented, &got);
        cr_assert_str_eq(str_text(&got), "0|2abcd|2ef|", "a third is left blank at most");
        str_clear(&got);
        text_wrap_hanging("ab", 0, add_indented, &got);
        cr_assert_str_eq(str_text(&got), "0a|0b|");
}

Test(text, keeps_the_lines_that_are_there)
{
        expect_wrap("a\n\nb\n", 9, "a||b|");
        expect_wrap("\n", 9, "|");
}

Test(text, breaks_words_that_are_too_long)
{
        expect_wrap("abcdefgh ij", 3, "abc|def|gh|ij|");
        expect_wrap("\xE4\xB8\xAD\xE6\x96\x87", 1, "\xE4\xB8\xAD|\xE6\x96\x87|");
        expect_wrap("ab", 0, "a|b|");
}

Test(text, encodes_what_it_decodes)
{
        for (uint32_t cp = 1; cp < 0x110000; cp += 7) {
                char bytes[4];
                uint32_t back = 0;
                size_t n = text_put(cp, bytes);
                bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
                cr_assert_eq(text_decode(bytes, n, &back), n);
                cr_assert_eq(back, surrogate ? 0xFFFD : cp);
        }
}

Test(text, a_word_of_a_list_is_a_whole_word)
{
        cr_expect(text_has_word("impact, cause ioc", " ,", "cause"));
        cr_expect(text_has_word("travel documents|papers", "|", "travel documents"));
        cr_expect_not(text_has_word("impact, causes", " ,", "cause"));
        cr_expect_not(text_has_word("impact", " ", "imp"));
        cr_expect_not(text_has_word("", " ", ""));
        cr_expect_not(text_has_word(" ,, ", " ,", ""));
        cr_expect_not(text_has_word(NULL, " ", "impact"));
}
