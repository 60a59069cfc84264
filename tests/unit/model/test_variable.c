/* What the types of CACAO take, and values put into text. */
#include "model/variable.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"

static const struct {
        enum variable_type type;
        const char *good, *bad; /* words with "|" between */
} rows[] = {
        {VARIABLE_STRING, "x|true|a b", ""},
        {VARIABLE_BOOL, "true|false", "yes|1|True"},
        {VARIABLE_INTEGER, "0|-5|+7|9007199254740991", "1.5|x|9007199254740993|1e3|0x10"},
        {VARIABLE_LONG, "9223372036854775807|-9223372036854775808", "9223372036854775808|1.0"},
        {VARIABLE_FLOAT, "1|1.5|-2e3|.5", "inf|nan|1e999|0x1p3|1.5.2|e5"},
        {VARIABLE_DICTIONARY, "{}|{\"a\":1}", "[]|x|{"},
        {VARIABLE_HEXSTRING, "00|DEadBEef", "0|abc|0xff|gg"},
        {VARIABLE_IPV4, "192.0.2.1|10.0.0.0/8|0.0.0.0/0",
         "256.1.1.1|1.2.3|10.0.0.0/33|::1|10.0.0.0/x"},
        {VARIABLE_IPV6, "::1|2001:db8::/32", "192.0.2.1|2001:db8::/129|:::"},
        {VARIABLE_MAC, "00:1a:2B:3c:4d:5e|00-1a-2b-3c-4d-5e", "00:1a:2b:3c:4d|00:1a-2b:3c:4d:5e"},
        {VARIABLE_HASH, "d41d8cd9|d41d8cd98f00b204e9800998ecf8427e", "d41d8c|xyzxyzxyz"},
        {VARIABLE_MD5, "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf842|zz"},
        {VARIABLE_SHA256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
         "d41d8cd98f00b204e9800998ecf8427e"},
        {VARIABLE_URI, "https://example.org/|urn:x|hxxp://a", "example|//a|http:|http://a b"},
        {VARIABLE_UUID, "61a6c41e-6efc-4516-a242-dfbc5c89d562", "61a6c41e|x"},
        {VARIABLE_OTHER, "anything|1", ""},
};

static void check(enum variable_type type, const char *words, bool good)
{
        const struct variable v = {.name = "__v__", .type = type};

        while (*words) {
                AUTO_FREE char *word = xstrndup(words, strcspn(words, "|"));
                struct err err = {0};
                enum rc rc = variable_check(&v, word, &err);

                cr_expect_eq(rc, good ? RC_OK : RC_INVALID, "%d: %s", (int)type, word);
                cr_expect(good || strstr(err.text, "__v__ takes "), "%s", err.text);
                words += strlen(word) + (words[strlen(word)] == '|');
        }
}

Test(variable, what_types_take)
{
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                check(rows[i].type, rows[i].good, true);
                check(rows[i].type, rows[i].bad, false);
        }
}

Test(variable, nothing_is_known_of_an_empty_value)
{
        for (int type = 0; type <= VARIABLE_OTHER; type++) {
                const struct variable v = {.name = "__v__", .type = (enum variable_type)type};

                cr_assert_eq(variable_check(&v, "", NULL), RC_OK);
        }
}

Test(variable, too_long)
{
        const struct variable v = {.name = "__v__", .type = VARIABLE_STRING};
        AUTO_FREE char *value = xmalloc(VARIABLE_VALUE_MAX + 2);

        memset(value, 'x', VARIABLE_VALUE_MAX + 1);
        value[VARIABLE_VALUE_MAX + 1] = '\0';
        cr_assert_eq(variable_check(&v, value, NULL), RC_INVALID);
        value[VARIABLE_VALUE_MAX] = '\0';
        cr_assert_eq(variable_check(&v, value, NULL), RC_OK);
}

Test(variable, types_have_names)
{
        for (int type = 0; type < VARIABLE_OTHER; type++)
                cr_assert_eq((int)variable_type_of(variable_type_name((enum variable_type)type)),
                             type);
        cr_assert_eq(variable_type_of("banana"), VARIABLE_OTHER);
        cr_assert_eq(variable_type_name(VARIABLE_OTHER), NULL);
}

static bool is_name(const char *s)
{
        return variable_is_name(s, strlen(s));
}

Test(variable, names)
{
        cr_assert(is_name("__a__"));
        cr_assert(is_name("__Data_exfil-site2__"));
        cr_assert_not(is_name("____"));
        cr_assert_not(is_name("__2a__"));
        cr_assert_not(is_name("__a.b__"));
        cr_assert_not(is_name("_a_"));
        cr_assert_not(is_name("a__"));
}

Test(variable, compare_numbers)
{
        int order = 5;

        cr_assert(variable_compare_numbers("9007199254740993", "9007199254740992", &order));
        cr_assert_eq(order, 1);
        cr_assert(variable_compare_numbers("1.50", "1.5", &order));
        cr_assert_eq(order, 0);
        cr_assert(variable_compare_numbers("-2", "1e3", &order));
        cr_assert_eq(order, -1);
        cr_assert_not(variable_compare_numbers("", "1", &order));
        cr_assert_not(variable_compare_numbers("1", "x", &order));
}

Test(variable, is_found_by_name)
{
        static const struct variable list[] = {
                {.name = "__a__"}, {.name = "__b__"}, {.name = "__d__"}};

        cr_assert_eq(variable_find(list, 3, "__a__"), 0);
        cr_assert_eq(variable_find(list, 3, "__d__"), 2);
        cr_assert_eq(variable_find(list, 3, "__c__"), -1);
        cr_assert_eq(variable_find(NULL, 0, "__c__"), -1);
}

/* ---- in a text ----------------------------------------------------------------------------- */

static const char *value_of(void *ctx, const char *name)
{
        (void)ctx;
        if (strcmp(name, "__ip__") == 0)
                return "192.0.2.1";
        if (strcmp(name, "__again__") == 0)
                return "__ip__:value";
        return strcmp(name, "__empty__") == 0 ? "" : NULL;
}

static void fills(const char *text, const char *want)
{
        AUTO_FREE char *got = variable_fill(text, value_of, NULL, 1000);

        cr_expect_str_eq(got, want);
}

Test(variable, values_in_a_text)
{
        fills("", "");
        fills("Look up __ip__:value in the SIEM", "Look up 192.0.2.1 in the SIEM");
        fills("__ip__:value", "192.0.2.1");
        fills("__ip__:value__ip__:value", "192.0.2.1192.0.2.1");
        fills("__not_set__:value stays", "__not_set__:value stays");
        fills("a __ip__ without", "a __ip__ without");
        fills("[__empty__:value]", "[]");
        fills("__again__:value", "__ip__:value"); /* values are not looked at again */
        fills("x__ip__:value", "x192.0.2.1");
        fills("__ip__:valued", "192.0.2.1d");
        fills("____:value __ __a __ip__", "____:value __ __a __ip__");
}

Test(variable, a_text_is_cut)
{
        AUTO_FREE char *cut = variable_fill("at __ip__:value", value_of, NULL, 9);
        AUTO_FREE char *umlaut = variable_fill("\u00e4\u00e4\u00e4\u00e4", value_of, NULL, 6);
        AUTO_FREE char *fits = variable_fill("__ip__:value", value_of, NULL, 9);
        AUTO_FREE char *none = variable_fill("__ip__:value", value_of, NULL, 0);

        cr_assert_str_eq(cut, "at 192\u2026");
        cr_assert_str_eq(umlaut, "\u00e4\u2026");
        cr_assert_str_eq(fits, "192.0.2.1");
        cr_assert_leq(strlen(none), 3);
}
