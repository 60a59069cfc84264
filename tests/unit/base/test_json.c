#include "base/json.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"

static struct json_t *parse(const char *text)
{
        struct json_t *j = NULL;
        struct err err = {0};
        cr_assert_eq(json_parse(text, strlen(text), &j, &err), RC_OK, "%s: %s", text, err.text);
        return j;
}

static void expect_print(const struct json_t *j, int indent, const char *want)
{
        CLEANUP(str_finish) struct str out = {0};
        str_init(&out, 10000);
        json_print(j, indent, &out);
        cr_assert_str_eq(str_text(&out), want);
}

Test(json, getters_are_typed)
{
        CLEANUP(json_cleanup)
        struct json_t *j = parse(
                "{\"t\":\"x\",\"i\":-7,\"r\":2.9,\"b\":true,\"n\":null,\"l\":[1,2],\"o\":{}}");
        cr_assert_str_eq(json_text(json_get(j, "t"), "no"), "x");
        cr_assert_str_eq(json_text(json_get(j, "i"), "no"), "no");
        cr_assert_str_eq(json_text(json_get(j, "none"), "no"), "no");
        cr_assert_eq(json_int(json_get(j, "i"), 0), -7);
        cr_assert_eq(json_int(json_get(j, "r"), 0), 2);
        cr_assert_eq(json_int(json_get(j, "t"), 5), 5);
        cr_assert(json_bool(json_get(j, "b"), false));
        cr_assert(json_bool(json_get(j, "i"), true));
        cr_assert_eq(json_kind(json_get(j, "n")), JSON_NUL);
        cr_assert_eq(json_kind(json_get(j, "r")), JSON_NUMBER);
        cr_assert_eq(json_kind(json_get(j, "none")), JSON_NONE);
        cr_assert_eq(json_len(json_get(j, "l")), 2);
        cr_assert_eq(json_len(json_get(j, "t")), 0);
        cr_assert_null(json_get(json_get(j, "l"), "t"));
        cr_assert_null(json_at(json_get(j, "l"), 2));
}

Test(json, paths_go_through_objects_and_lists)
{
        CLEANUP(json_cleanup) struct json_t *j = parse("{\"a\":{\"b\":[{\"c\":3}]}}");
        cr_assert_eq(json_int(json_path(j, "a.b.0.c"), 0), 3);
        cr_assert_null(json_path(j, "a.b.1.c"));
        cr_assert_null(json_path(j, "a.b.x"));
        cr_assert_null(json_path(j, "a.b.99999999999999999999"));
        cr_assert_null(json_path(j, "a.c.0"));
        cr_assert_null(json_path(NULL, "a"));
}

Test(json, numbers_over_64_bits_become_reals)
{
        CLEANUP(json_cleanup) struct json_t *j = parse("{\"n\":18446744073709551616,\"i\":5}");
        cr_assert_eq(json_kind(json_get(j, "n")), JSON_NUMBER);
        cr_assert_eq(json_int(json_get(j, "n"), -1), -1);
        cr_assert_eq(json_int(json_get(j, "i"), -1), 5);
}

Test(json, text_may_hold_nul)
{
        CLEANUP(json_cleanup) struct json_t *j = parse("[\"a\\u0000b\"]");
        cr_assert_eq(json_text_len(json_at(j, 0)), 3);
        cr_assert_eq(memcmp(json_text(json_at(j, 0), ""), "a\0b", 4), 0);
}

static void expect_refused(const char *text, const char *sentence)
{
        struct json_t *j = NULL;
        struct err err = {0};
        cr_assert_eq(json_parse(text, strlen(text), &j, &err), RC_INVALID);
        cr_assert_null(j);
        cr_assert_str_eq(err.text, sentence);
}

Test(json, says_where_it_is_wrong)
{
        expect_refused("{\n \"a\": ]\n}", "line 2, column 7: unexpected token near ']'");
        expect_refused("[\x1b[2J]", "line 1, column 2: invalid token near '\\x1b'");
        expect_refused("[1] 2", "line 1, column 5: end of file expected near '2'");
        expect_refused("[\"\\ud800\"]",
                       "line 1, column 9: invalid Unicode '\\uD800' near '\"\\ud800\"'");
}

Test(json, nests_only_so_deep)
{
        char text[2 * JSPLIT_DEPTH_MAX + 10];
        struct json_t *j = NULL;
        memset(text, '[', JSPLIT_DEPTH_MAX);
        memset(text + JSPLIT_DEPTH_MAX, ']', JSPLIT_DEPTH_MAX);
        cr_assert_eq(json_parse(text, 2 * JSPLIT_DEPTH_MAX, &j, NULL), RC_OK);
        json_free(j);
        memset(text, '[', JSPLIT_DEPTH_MAX + 1);
        text[JSPLIT_DEPTH_MAX + 1] = '\0';
        expect_refused(text, "nested deeper than 256 levels");
        memset(text, '[', 300);
        memcpy(text, "[\"\\\"", 4); /* brackets in a string do not count */
        memcpy(text + 298, "\"]", 3);
        json_free(parse(text));
}

Test(json, required_text_names_its_path)
{
        CLEANUP(json_cleanup) struct json_t *j = parse("{\"a\":\"x\",\"n\":5}");
        const char *text = "before";
        struct err err = {0};
        cr_assert_eq(json_need_text(j, "steps.0", "a", &text, &err), RC_OK);
        cr_assert_str_eq(text, "x");
        cr_assert_eq(json_need_text(j, "steps.0", "b", &text, &err), RC_INVALID);
        cr_assert_str_eq(err.text, "steps.0.b is missing");
        cr_assert_str_eq(text, "x");
        err_clear(&err);
        cr_assert_eq(json_want_text(j, "", "n", &text, &err), RC_INVALID);
        cr_assert_str_eq(err.text, "n is not a string");
        cr_assert_eq(json_want_text(j, "", "b", &text, &err), RC_OK);
        cr_assert_null(text);
}

static bool count_two(void *ctx, const char *key, struct json_t *v)
{
        int *seen = ctx;
        cr_assert_str_eq(key, *seen ? "a" : "z");
        cr_assert_eq(json_int(v, 0), *seen + 1);
        return ++*seen < 2;
}

Test(json, walks_members_in_their_order_until_told_to_stop)
{
        CLEANUP(json_cleanup) struct json_t *j = parse("{\"z\":1,\"a\":2,\"b\":3}");
        int seen = 0;
        json_each(j, count_two, &seen);
        cr_assert_eq(seen, 2);
        json_each(json_get(j, "z"), count_two, &seen);
        cr_assert_eq(seen, 2);
}

Test(json, prints_canonical_text)
{
        CLEANUP(json_cleanup) struct json_t *j = json_new_obj();
        struct json_t *list = json_new_list();
        json_set_text(j, "b", "Z\xC3\xBCrich \"x\"\n");
        json_set_text(j, "left out", NULL);
        json_set(j, "left out too", NULL);
        json_set_int(j, "a", INT64_MIN);
        json_set(j, "l", list);
        json_push_text(list, "t");
        json_push(list, json_new_null());
        json_push(list, json_new_bool(false));
        json_set_bool(j, "B", true);
        expect_print(j, 0,
                     "{\"B\":true,\"a\":-9223372036854775808,\"b\":\"Z\xC3\xBCrich \\\"x\\\"\\n\","
                     "\"l\":[\"t\",null,false]}");
        expect_print(list, 2, "[\n  \"t\",\n  null,\n  false\n]");
}

Test(json, text_that_is_not_utf8_is_not_lost)
{
        CLEANUP(json_cleanup) struct json_t *j = json_new_obj();
        json_set_text(j, "k\xFF",
                      "a\xFF"
                      "b");
        expect_print(j, 0,
                     "{\"k\xEF\xBF\xBD\":\"a\xEF\xBF\xBD"
                     "b\"}");
}

Test(json, quotes_as_it_prints)
{
        for (int c = 1; c < 0x80; c++) {
                char text[] = {'a', (char)c, 'b', '\0'};
                CLEANUP(str_finish) struct str quoted = {0};
                CLEANUP(json_cleanup) struct json_t *j = json_new_text(text);
                str_init(&quoted, 100);
                json_quote(text, &quoted);
                expect_print(j, 0, str_text(&quoted));
        }
}

Test(json, a_shared_value_outlives_its_first_parent)
{
        CLEANUP(json_cleanup) struct json_t *first = parse("{\"v\":[1]}");
        CLEANUP(json_cleanup) struct json_t *second = json_new_obj();
        json_set(second, "w", json_share(json_get(first, "v")));
        json_cleanup(&first);
        expect_print(second, 0, "{\"w\":[1]}");
}

Test(json, a_key_that_stands_twice_is_told_and_the_last_one_counts)
{
        static const struct {
                const char *text;
                bool twice;
        } docs[] = {
                {"{\"a\":1,\"b\":{\"a\":2}}", false},
                {"{\"a\":0,\"a\":1}", true},
                {"{\"a\":0,\"\\u0061\":1}", true},
                {"{\"a\":1,\"l\":[{\"x\":1,\"x\":2}]}", true},
                {"{\"big\":123456789012345678901234567890,\"a\":0,\"a\":1}", true},
                {"{\"a\":0,\"a\":1,\"big\":123456789012345678901234567890}", true},
        };
        for (size_t i = 0; i < ARRAY_LEN(docs); i++) {
                CLEANUP(json_cleanup) struct json_t *j = NULL;
                struct err err = {0};
                bool twice = !docs[i].twice;
                enum rc rc =
                        json_parse_strictly(docs[i].text, strlen(docs[i].text), &j, &twice, &err);
                cr_assert_eq(rc, RC_OK, "%s: %s", docs[i].text, err.text);
                cr_expect_eq(twice, docs[i].twice, "%s", docs[i].text);
                cr_expect_eq(json_int(json_get(j, "a"), -1), 1, "%s", docs[i].text);
        }
}
