#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/mem.h"

Test(str, never_grows_over_its_maximum)
{
        CLEANUP(str_finish) struct str s = {0};
        str_init(&s, 10);
        for (int i = 0; i < 1000; i++)
                str_add(&s, "abc");
        cr_assert_str_eq(str_text(&s), "abcabcabca");
        cr_assert_eq(s.len, 10);
        cr_assert(s.over);
}

Test(str, what_fits_exactly_is_not_over)
{
        CLEANUP(str_finish) struct str s = {0};
        str_init(&s, 6);
        str_addf(&s, "%s", "abcdef");
        cr_assert_not(s.over);
        str_addc(&s, 'g');
        cr_assert(s.over);
        str_clear(&s);
        cr_assert_not(s.over);
        cr_assert_str_eq(str_text(&s), "");
}

Test(str, formats_texts_longer_than_its_small_buffer)
{
        CLEANUP(str_finish) struct str s = {0};
        str_init(&s, 10000);
        str_addf(&s, "<%*d>", 4000, 7);
        cr_assert_eq(s.len, 4002);
        cr_assert_str_eq(str_text(&s) + 3999, " 7>");
}

Test(str, keeps_nul_bytes)
{
        CLEANUP(str_finish) struct str s = {0};
        str_init(&s, 100);
        str_addn(&s, "a\0b", 3);
        cr_assert_eq(s.len, 3);
        cr_assert_eq(memcmp(str_text(&s), "a\0b", 4), 0);
}

Test(str, an_empty_one_gives_a_text_all_the_same)
{
        struct str s;
        str_init(&s, 100);
        cr_assert_str_eq(str_text(&s), "");
        AUTO_FREE char *taken = str_take(&s);
        cr_assert_str_eq(taken, "");
}

Test(str, is_empty_after_it_was_taken)
{
        CLEANUP(str_finish) struct str s = {0};
        str_init(&s, 100);
        str_add(&s, "one");
        AUTO_FREE char *taken = str_take(&s);
        str_add(&s, "two");
        cr_assert_str_eq(taken, "one");
        cr_assert_str_eq(str_text(&s), "two");
}

Test(str, cuts_between_characters)
{
        CLEANUP(str_finish) struct str s = {0};
        str_init(&s, 100);
        str_add_cut(&s, "a\u00e4b", 4);
        str_add_cut(&s, "a\u00e4b", 3);
        str_add_cut(&s, "a\u00e4b", 2);
        str_add_cut(&s, "\u00e4", 1);
        str_add_cut(&s, "", 0);
        cr_assert_str_eq(str_text(&s), "a\u00e4ba\u00e4\u2026a\u2026\u2026");
}

Test(str, separates_items)
{
        CLEANUP(str_finish) struct str s = {0};
        str_init(&s, 100);
        str_add_sep(&s, ", ", "a");
        str_add_sep(&s, ", ", "b");
        cr_assert_str_eq(str_text(&s), "a, b");
}
