/* What every object has: names, dates, what is refused and what is only odd; and hostile bytes. */
#include "wire/stix.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "stix_files.h"

#define ID "incident--0a000000-0000-4000-8000-000000000001"

TestSuite(stix_read, .init = files_setup, .fini = files_teardown);

Test(stix_read, refuses_what_has_no_name_or_a_false_date_and_says_which)
{
        static const struct {
                const char *json, *why;
        } bad[] = {
                {"[1]", "it is not a JSON object"},
                {"\"text\"", "expected near"},
                {"{\"id\":\"" ID "\"}", "type is missing"},
                {"{\"type\":7,\"id\":\"" ID "\"}", "type is not a string"},
                {"{\"type\":\"In cident\",\"id\":\"" ID "\"}", "type is not the name"},
                {"{\"type\":\"incident\"}", "incident: id is missing"},
                {"{\"type\":\"incident\",\"id\":null}", "incident: id is not a string"},
                {"{\"type\":\"incident\",\"id\":\"incident--1\"}", "id is not of the form"},
                {"{\"type\":\"incident\",\"id\":\"../../etc/passwd\"}", "id is not of the form"},
                {"{\"type\":\"incident\",\"id\":\"" ID "\\u0000x\"}", "id is not of the form"},
                {"{\"type\":\"report\",\"id\":\"" ID "\"}", ID ": its type is report"},
                {"{\"type\":\"bundle\",\"id\":\"bundle--0a000000-0000-4000-8000-000000000001\"}",
                 "a bundle is not read as an object"},
                {"{\"type\":\"incident\",\"id\":\"" ID "\",\"created\":\"yesterday\"}",
                 ID ": created is not a timestamp"},
                {"{\"type\":\"incident\",\"id\":\"" ID "\",\"modified\":null}",
                 ID ": modified is not a timestamp"},
                {"{\"type\":\"incident\",\"id\":\"" ID
                 "\",\"created\":\"2026-11-24T00:00:00Z\\u0000\"}",
                 ID ": created is not a timestamp"},
        };

        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                cr_expect_eq(files_read_text(bad[i].json), RC_INVALID, "%s", bad[i].json);
                cr_expect(strstr(files_err.text, bad[i].why), "%s: %s", bad[i].json,
                          files_err.text);
        }
}

Test(stix_read, says_that_a_key_stands_twice)
{
        cr_assert_eq(files_read_text("{\"type\":\"incident\",\"id\":\"" ID "\",\"name\":\"one\","
                                     "\"name\":\"two\"}"),
                     RC_OK);
        cr_expect(files_found("a key stands twice"));
        cr_expect_str_eq(files_field("title"), "two");
}

Test(stix_read, dates_keep_every_digit_and_absence)
{
        cr_assert_eq(files_read_text("{\"type\":\"campaign\",\"spec_version\":\"2.1\","
                                     "\"id\":\"campaign--0a000000-0000-4000-8000-000000000001\","
                                     "\"created\":\"1970-01-01T01:00:00.0002+01:00\","
                                     "\"modified\":\"1970-01-01T00:00:01.123456789Z\"}"),
                     RC_OK);
        cr_expect_eq(files_object.created_ns, 200000);
        cr_expect_eq(files_object.modified_ns, 1123456789);
        cr_expect_eq(files_object.what, STIX_OTHER);
        cr_expect_eq(files_object.finding_count, 0);
        cr_assert_eq(files_read("incident-core-draft"), RC_OK);
        cr_expect_eq(files_object.modified_ns, CLOCK_NONE);
        cr_expect_eq(files_object.thing->created_ms, CLOCK_NONE);
        cr_expect(files_found("modified is missing"));
}

Test(stix_read, observables_need_no_dates)
{
        cr_assert_eq(files_read_text("{\"type\":\"ipv4-addr\",\"value\":\"192.0.2.1\","
                                     "\"id\":\"ipv4-addr--0a000000-0000-5000-8000-000000000001\"}"),
                     RC_OK);
        cr_expect_eq(files_object.finding_count, 0);
        cr_assert_eq(files_read_text("{\"type\":\"x-part\",\"extensions\":{\"extension-definition--"
                                     "0a000000-0000-4000-8000-000000000001\":{\"extension_type\":"
                                     "\"new-sco\"}},"
                                     "\"id\":\"x-part--0a000000-0000-5000-8000-000000000001\"}"),
                     RC_OK);
        cr_expect_eq(files_object.finding_count, 0);
}

Test(stix_read, optional_members_of_a_wrong_type_are_findings)
{
        cr_assert_eq(files_read("wrong-types"), RC_OK);
        cr_expect_str_eq(files_field("title"), "(no name)");
        cr_expect_str_eq(files_field("description"), "");
        cr_expect_str_eq(files_field("status"), "new");
        cr_expect_str_eq(files_field("severity"), "");
        cr_expect_null(files_object.created_by);
        cr_expect_not(files_object.revoked);
        cr_expect(files_found("created_by_ref is not an identifier"));
        cr_expect(files_found("revoked is not true or false"));
        cr_expect(files_found("spec_version"));
        cr_expect_eq(files_object.finding_count, ARRAY_LEN(files_object.findings));
}

Test(stix_read, relations_need_both_ends)
{
        const char *whole = "{\"type\":\"relationship\",\"relationship_type\":\"led-to\","
                            "\"id\":\"relationship--0a000000-0000-4000-8000-000000000001\","
                            "\"source_ref\":\"" ID "\",\"target_ref\":\"" ID "\"}";

        cr_assert_eq(files_read_text(whole), RC_OK);
        cr_expect_eq(files_object.what, STIX_RELATION);
        cr_expect_str_eq(files_object.relation, "led-to");
        cr_expect_str_eq(files_object.target, ID);
        cr_assert_eq(
                files_read_text("{\"type\":\"relationship\",\"relationship_type\":\"led-to\","
                                "\"id\":\"relationship--0a000000-0000-4000-8000-000000000001\","
                                "\"source_ref\":\"evidence--2d2541111-fbf8\"}"),
                RC_OK);
        cr_expect_eq(files_object.what, STIX_OTHER);
        cr_expect(files_found("source_ref is not an identifier"));
}

/* ---- hostile bytes ------------------------------------------------------------------------- */

static void expect_clean(const char *s, bool lines)
{
        cr_expect(!s || text_is_clean(s, strlen(s), lines), "%s", s);
}

static void expect_clean_thing(const struct thing *t)
{
        for (size_t i = 0; t && i < t->kind->field_count; i++) {
                const struct value *v = &t->values[i];

                expect_clean(v->text, t->kind->fields[i].type == FIELD_TEXT);
                for (size_t k = 0; k < v->count; k++)
                        expect_clean(v->items[k], false);
        }
}

Test(stix_read, text_is_harmless_and_lines_stay_where_they_belong)
{
        cr_assert_eq(files_read("hostile-text"), RC_OK);
        expect_clean_thing(files_object.thing);
        cr_expect(strstr(files_field("title"), "gnp.exe second line"));
        cr_expect(strstr(files_field("description"), "\nfour"));
        cr_expect_str_eq(files_field("status"), "active");
        cr_expect(files_found("investigation_status is not new, open or closed"));
        for (size_t i = 0; i < files_object.finding_count; i++)
                expect_clean(files_object.findings[i], false);
}

Test(stix_read, long_text_is_cut_with_a_sign_between_characters)
{
        struct str json;

        str_init(&json, 1 << 20);
        str_add(&json, "{\"type\":\"incident\",\"id\":\"" ID "\",\"name\":\"");
        for (int i = 0; i < 400; i++)
                str_add(&json, "\u20ac");
        str_add(&json, "\"}");
        cr_assert_eq(files_read_text(str_text(&json)), RC_OK);
        cr_expect_leq(strlen(files_field("title")), VALUE_LINE_MAX);
        cr_expect_geq(strlen(files_field("title")), VALUE_LINE_MAX - 4);
        cr_expect_str_eq(files_field("title") + strlen(files_field("title")) - 6, "\u20ac\u2026");
        expect_clean(files_field("title"), false);
        str_finish(&json);
}

static uint32_t next_random(uint32_t *state)
{
        *state = *state * 1664525u + 1013904223u;
        return *state >> 8;
}

/* Changes bytes, cuts or doubles spans; what results is mostly still JSON. */
static size_t damage(char *bytes, size_t len, uint32_t *state)
{
        static const char *const tokens[] = {"null", "{}",    "[]",         "-1",
                                             "\"\"", "1e400", "\"\\ud800\""};
        const char *token = tokens[next_random(state) % ARRAY_LEN(tokens)];
        size_t at = next_random(state) % len;
        char *colon = memchr(bytes + at, ':', len - at);

        switch (next_random(state) % 3) {
        case 0: bytes[at] = (char)next_random(state); return len;
        case 1: bytes[at] ^= 1 << (next_random(state) % 8); return len;
        default: break;
        }
        if (!colon || (size_t)(bytes + len - colon) < strlen(token) + 1)
                return len;
        memmove(colon + 1, token, strlen(token));
        return len;
}

static size_t try_damaged(const char *bytes, size_t len, uint32_t *state)
{
        struct stix_object o = {0};
        struct err err = {0};
        AUTO_FREE char *copy = xmalloc(len);
        enum rc rc = RC_OK;

        memcpy(copy, bytes, len);
        for (uint32_t i = next_random(state) % 3 + 1; i > 0; i--)
                len = damage(copy, len, state);
        rc = stix_read(copy, len, &files_arena, &o, &err);
        cr_assert(rc == RC_OK || (rc == RC_INVALID && err.text[0]));
        expect_clean(err.text, false);
        if (rc == RC_OK)
                expect_clean_thing(o.thing);
        arena_reset(&files_arena);
        return rc == RC_OK;
}

Test(stix_read, damaged_objects_are_read_or_refused_with_a_sentence)
{
        static const char *const names[] = {"act",          "hostile-text", "identity-contact",
                                            "note-foreign", "wrong-types",  "incident-core-2024"};
        uint32_t state = 20261124;
        size_t read = 0;

        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                size_t len = 0;
                AUTO_FREE char *bytes = files_bytes(names[i], &len);

                for (int round = 0; round < 400; round++)
                        read += try_damaged(bytes, len, &state);
        }
        cr_expect_gt(read, 200, "only %zu of 2400 got past the parser", read);
        cr_expect_lt(read, 2200);
}
