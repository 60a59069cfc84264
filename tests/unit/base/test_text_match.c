#include "base/text.h"

#include <string.h>

#include <criterion/criterion.h>

#include "base/mem.h"

static void expect_fold(const char *s, const char *want)
{
        AUTO_FREE char *got = text_fold(s);
        cr_assert_str_eq(got, want);
}

Test(text_match, folds_as_people_type)
{
        expect_fold("Z\xC3\xBCrich", "zurich");
        expect_fold("e\xCC\x81", "e");
        expect_fold("\xC5\x81\xC3\x93"
                    "D\xC5\xB9",
                    "lodz");
        expect_fold("Stra\xC3\x9F"
                    "e \xC3\x98resund \xC3\x86r\xC3\xB8",
                    "strasse oresund aero");
        expect_fold("\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1\xCF\x82",
                    "\xCE\xB1\xCE\xB8\xCE\xB7\xCE\xBD\xCE\xB1\xCF\x83"); /* Athens, final sigma */
        expect_fold("\xEF\xBC\xA1\xEF\xAC\x81", "afi");                  /* full width, ligature */
        expect_fold("a\xFF", "a\xEF\xBF\xBD");
}

Test(text_match, counts_edits)
{
        cr_assert_eq(text_distance("severity", "severity"), 0);
        cr_assert_eq(text_distance("sevreity", "severity"), 1); /* two letters swapped */
        cr_assert_eq(text_distance("Severty", "severity"), 1);
        cr_assert_eq(text_distance("kitten", "sitting"), 3);
        cr_assert_eq(text_distance("", "abc"), 3);
        cr_assert_eq(text_distance("Z\xC3\xBCrich", "zurich"), 0);
}

Test(text_match, compares_long_texts_up_to_its_cap)
{
        char a[301], b[301];
        memset(a, 'a', 300);
        memset(b, 'b', 300);
        a[300] = b[300] = '\0';
        cr_assert_eq(text_distance(a, b), 64);
        cr_assert_eq(text_distance(a, a), 0);
}

Test(text_match, finds_letters_in_order_only)
{
        cr_assert_geq(text_fuzzy("inack", "incident.ack"), 0);
        cr_assert_geq(text_fuzzy("Inc Ack", "incident.ack"), 0);
        cr_assert_geq(text_fuzzy("", "incident.ack"), 0);
        cr_assert_eq(text_fuzzy("ackin", "incident.ack"), -1);
        cr_assert_eq(text_fuzzy("x", "incident.ack"), -1);
        cr_assert_eq(text_fuzzy("aa", "a"), -1);
        cr_assert_eq(text_fuzzy("a", ""), -1);
}

Test(text_match, ranks_what_people_mean_first)
{
        cr_assert_gt(text_fuzzy("ack", "incident.ack"), text_fuzzy("ack", "attach clock"));
        cr_assert_gt(text_fuzzy("ia", "incident.ack"), text_fuzzy("ia", "initial"));
        cr_assert_gt(text_fuzzy("log", "log.note"), text_fuzzy("log", "catalogue"));
        cr_assert_gt(text_fuzzy("note", "log.note"), text_fuzzy("note", "no other"));
}

Test(text_match, a_whole_word_is_before_every_match_of_letters)
{
        const char *words = "quit exit";
        cr_assert_gt(text_fuzzy_word("exit", words, "app.quit"), text_fuzzy("exit", "exit"));
        cr_assert_gt(text_fuzzy_word("Quit", words, "app"), text_fuzzy("quit", "quit"));
        cr_assert_eq(text_fuzzy_word("exi", words, "app.quit"), -1);
        cr_assert_eq(text_fuzzy_word("", words, "app.quit"), text_fuzzy("", "app.quit"));
        cr_assert_eq(text_fuzzy_word("quit", NULL, "quit"), text_fuzzy("quit", "quit"));
}
