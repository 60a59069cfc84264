#include <criterion/criterion.h>
#include <string.h>

#include "base/jspan.h"

TestSuite(jspan);

static void is(struct jspan s, const char *text)
{
        cr_assert(jspan_is(s, text), "%.*s is not %s", (int)s.len, s.bytes, text);
}

Test(jspan, members_come_as_they_are_written)
{
        static const char text[] = "\xEF\xBB\xBF {\"a\" : [1, {\"b\":\"]\\\"}\"}] ,\n\"c\\n\":null,"
                                   "\"d\":-1.5e3}\n";
        struct jspan value = jspan_value(text, sizeof(text) - 1), rest = jspan_inside(value);
        struct jspan key, list;

        cr_assert(jspan_next_member(&rest, &key, &list));
        is(key, "a");
        is(list, "[1, {\"b\":\"]\\\"}\"}]");
        cr_assert(jspan_next_member(&rest, &key, &value));
        is(key, "c\\n");
        is(value, "null");
        cr_assert(jspan_next_member(&rest, &key, &value));
        is(value, "-1.5e3");
        cr_assert_not(jspan_next_member(&rest, &key, &value));
        rest = jspan_inside(list);
        cr_assert(jspan_next_item(&rest, &value));
        is(value, "1");
        cr_assert(jspan_next_item(&rest, &value));
        is(value, "{\"b\":\"]\\\"}\"}");
        cr_assert_not(jspan_next_item(&rest, &value));
}

Test(jspan, what_is_empty_has_nothing)
{
        static const char *const texts[] = {"{}", "[ ]", "", "  ", "{", "\"", "\"\\", "7"};

        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
                struct jspan rest = jspan_inside(jspan_value(texts[i], strlen(texts[i])));
                struct jspan key, value;

                cr_assert_not(jspan_next_member(&rest, &key, &value), "%s", texts[i]);
                cr_assert_not(jspan_next_item(&rest, &value), "%s", texts[i]);
        }
}
