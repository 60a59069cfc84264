#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "wire/taxii.h"

TestSuite(taxii_read);

static struct arena a;

static void finish(void)
{
        arena_finish(&a);
}

#define WITH_ARENA .fini = finish

/* ---- documents as servers send them ------------------------------------------------------------
 */

Test(taxii_read, a_discovery, WITH_ARENA)
{
        static const char medallion[] =
                "{\"title\": \"Some TAXII Server\", \"description\": \"This TAXII Server\\nlists\","
                " \"contact\": \"string containing contact information\","
                " \"default\": \"http://localhost:5000/trustgroup1/\","
                " \"api_roots\": [\"http://localhost:5000/api1/\", \"/api2/\"]}\n";
        struct taxii_discovery d;
        struct err err = {0};

        cr_assert_eq(taxii_read_discovery(medallion, sizeof(medallion) - 1, &a, &d, &err), RC_OK,
                     "%s", err.text);
        cr_assert_str_eq(d.title, "Some TAXII Server");
        cr_assert_str_eq(d.description, "This TAXII Server lists");
        cr_assert_str_eq(d.preferred, "http://localhost:5000/trustgroup1/");
        cr_assert_eq(d.root_count, 2);
        cr_assert_str_eq(d.roots[1], "/api2/");
        cr_assert_eq(taxii_read_discovery("{\"title\":\"x\"}", 13, &a, &d, &err), RC_OK);
        cr_assert_eq(d.root_count, 0);
        cr_assert_null(d.preferred);
}

static enum rc root(const char *text, struct taxii_root *ret, struct err *err)
{
        return taxii_read_root(text, strlen(text), &a, ret, err);
}

Test(taxii_read, an_api_root, WITH_ARENA)
{
        struct taxii_root r;
        struct err err = {0};

        cr_assert_eq(
                root("{\"title\":\"M\",\"versions\":[\"taxii-2.0\","
                     "\"application/taxii+json;version=2.1\"],\"max_content_length\":104857600}",
                     &r, &err),
                RC_OK);
        cr_assert(r.speaks_2_1);
        cr_assert_not(r.ordered);
        cr_assert_eq(r.max_content_bytes, 104857600);
        cr_assert_eq(root("{\"versions\":[\"application/taxii+json; version=2.1\"],"
                          "\"x_muster_ordered\":true,\"max_content_length\":1e30}",
                          &r, &err),
                     RC_OK, "%s", err.text);
        cr_assert(r.speaks_2_1);
        cr_assert(r.ordered);
        cr_assert_eq(r.max_content_bytes, 0);
        cr_assert_eq(root("{\"versions\":[\"application/taxii+json;version=2.0\"]}", &r, &err),
                     RC_OK);
        cr_assert_not(r.speaks_2_1);
        cr_assert_eq(root("{\"versions\":\"2.1\"}", &r, &err), RC_INVALID);
        cr_assert_str_eq(err.text, "versions is not a list");
}

Test(taxii_read, collections, WITH_ARENA)
{
        static const char opentaxii[] =
                "{\"collections\": [{\"id\": \"c1\", \"title\": \"\\u001b[31mred\", "
                "\"description\": "
                "null, \"alias\": null, \"can_read\": true, \"can_write\": null, \"media_types\": "
                "[\"application/stix+json;version=2.1\"]}, {\"id\": \"c2\", \"alias\": \"two\"}]}";
        struct taxii_collection *list, one;
        struct err err = {0};
        size_t count;

        cr_assert_eq(
                taxii_read_collections(opentaxii, sizeof(opentaxii) - 1, &a, &list, &count, &err),
                RC_OK, "%s", err.text);
        cr_assert_eq(count, 2);
        cr_assert_str_eq(list[0].id, "c1");
        cr_assert_null(strchr(list[0].title, '\x1b'));
        cr_assert(list[0].can_read);
        cr_assert_not(list[0].can_write);
        cr_assert_null(list[0].alias);
        cr_assert_str_eq(list[1].alias, "two");
        cr_assert_eq(taxii_read_collections("{}", 2, &a, &list, &count, &err), RC_OK);
        cr_assert_eq(count, 0);
        cr_assert_eq(taxii_read_collections("{\"collections\":[{}]}", 20, &a, &list, &count, &err),
                     RC_INVALID);
        cr_assert(strstr(err.text, "collections.0.id"), "%s", err.text);
        cr_assert_eq(
                taxii_read_collection("{\"id\":\"c3\",\"can_write\":true}", 28, &a, &one, NULL),
                RC_OK);
        cr_assert(one.can_write);
}

static enum rc page(const char *text, struct taxii_page *ret, struct err *err)
{
        return taxii_read_page(text, strlen(text), &a, ret, err);
}

Test(taxii_read, an_envelope_gives_the_bytes_as_they_came, WITH_ARENA)
{
        static const char text[] =
                "{ \"more\" : true , \"objects\" : [ {\"id\":\"a\", \"big\": "
                "123456789012345678901234,"
                "\"x\":\"\\ud800\"} ,{\"a\":1,\"a\":2}, 7, \"]\" ], \"next\": 2 }";
        struct taxii_page p;
        struct err err = {0};

        cr_assert_eq(page(text, &p, &err), RC_OK, "%s", err.text);
        cr_assert(p.more);
        cr_assert_str_eq(p.next, "2", "some count pages");
        cr_assert_eq(p.count, 4);
        cr_assert_eq(memcmp(p.objects[0].bytes,
                            "{\"id\":\"a\", \"big\": 123456789012345678901234,"
                            "\"x\":\"\\ud800\"}",
                            p.objects[0].len),
                     0, "raw, whatever a tree would make of it");
        cr_assert(p.objects[0].bytes > text && p.objects[0].bytes < text + sizeof(text));
        cr_assert_eq(p.objects[3].len, 3);
}

Test(taxii_read, empty_envelopes, WITH_ARENA)
{
        static const char *const empty[] = {"{}",
                                            "{\"objects\":[]}",
                                            "{\"objects\":null}",
                                            "{\"more\":false,\"next\":\"\"}",
                                            "\xEF\xBB\xBF{}",
                                            "{\"more\":null,\"next\":null}"};
        static const char *const wrong[][2] = {
                {"{\"objects\":{}}", "not a list"},
                {"{\"objects\":\"\"}", "not a list"},
                {"{\"objects\":[{}],\"objects\":[]}", "twice"},
                {"{\"more\":\"true\"}", "more is not true or false"},
                {"{\"next\":[]}", "next is not a string"},
                {"[]", "no TAXII document"},
                {"null", "JSON"},
                {"", "JSON"},
                {"{\"objects\":[}", "JSON"},
                {"  \n<!DOCTYPE html><html>", "a web page"},
                {"{} {}", "JSON"},
                {"{\"objects\":[{\"a\":\"\xff\"}]}", "JSON"},
        };
        struct taxii_page p;

        for (size_t i = 0; i < ARRAY_LEN(empty); i++) {
                struct err err = {0};

                cr_assert_eq(page(empty[i], &p, &err), RC_OK, "%s: %s", empty[i], err.text);
                cr_assert_eq(p.count, 0);
                cr_assert_not(p.more);
                cr_assert_null(p.next);
        }
        for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
                struct err err = {0};

                cr_assert_eq(page(wrong[i][0], &p, &err), RC_INVALID, "%s", wrong[i][0]);
                cr_assert(strstr(err.text, wrong[i][1]), "%s: %s", wrong[i][0], err.text);
        }
}

Test(taxii_read, a_manifest, WITH_ARENA)
{
        static const char text[] =
                "{\"more\":true,\"next\":\"n\",\"objects\":[{\"id\":\"indicator--1\",\"date_"
                "added\":"
                "\"2016-11-01T03:04:05Z\",\"version\":\"2016-11-03T12:30:59.000Z\",\"media_type\":"
                "\"application/stix+json;version=2.1\"},{\"id\":\"x--2\",\"date_added\":"
                "\"2016-11-01T03:04:05.0002+01:00\",\"version\":null},{\"id\":\"y--3\"}]}";
        struct taxii_manifest m;
        struct err err = {0};

        cr_assert_eq(taxii_read_manifest(text, sizeof(text) - 1, &a, &m, &err), RC_OK, "%s",
                     err.text);
        cr_assert(m.more);
        cr_assert_str_eq(m.next, "n");
        cr_assert_eq(m.count, 3);
        cr_assert_eq(m.entries[0].date_us, INT64_C(1477969445000000));
        cr_assert_eq(m.entries[1].date_us, INT64_C(1477965845000200));
        cr_assert_str_eq(m.entries[1].date_text, "2016-11-01T03:04:05.0002+01:00");
        cr_assert_null(m.entries[1].version);
        cr_assert_eq(m.entries[2].date_us, TAXII_NO_TIME);
        cr_assert_eq(taxii_read_manifest("{\"objects\":[{\"id\":\"a\",\"date_added\":\"soon\"}]}",
                                         44, &a, &m, &err),
                     RC_INVALID);
        cr_assert(strstr(err.text, "objects.0.date_added"), "%s", err.text);
}

static enum rc status(const char *text, struct taxii_status *ret, struct err *err)
{
        return taxii_read_status(text, strlen(text), &a, ret, err);
}

Test(taxii_read, a_status, WITH_ARENA)
{
        struct taxii_status s;
        struct err err = {0};

        cr_assert_eq(
                status("{\"id\":\"2d086da7-4bdc-4f91-900e-d77486753710\",\"status\":\"pending\","
                       "\"request_timestamp\":\"2016-11-02T12:34:34.123456Z\",\"total_count\":4,"
                       "\"success_count\":1,\"successes\":[{\"id\":\"indicator--1\",\"version\":"
                       "\"2014-05-08T09:00:00.000Z\"}],\"failure_count\":1,\"failures\":[{\"id\":"
                       "\"malware--2\",\"version\":\"2014-05-08T09:00:00.000Z\",\"message\":"
                       "\"Unable to\\nprocess object\"}],\"pending_count\":2,\"pendings\":[{\"id\":"
                       "\"indicator--3\",\"version\":\"2\"},{\"id\":\"indicator--4\"}]}",
                       &s, &err),
                RC_OK, "%s", err.text);
        cr_assert_not(s.complete);
        cr_assert_eq(s.total, 4);
        cr_assert_eq(s.success_count, 1);
        cr_assert_eq(s.failure_count, 1);
        cr_assert_str_eq(s.failures[0].message, "Unable to process object");
        cr_assert_eq(s.pending_count, 2);
        cr_assert_null(s.pendings[1].version);
}

Test(taxii_read, a_status_that_says_little, WITH_ARENA)
{
        struct taxii_status s;
        struct err err = {0};

        cr_assert_eq(status("{\"id\":\"a:b\",\"status\":\"complete\",\"total_count\":null,"
                            "\"success_count\":-3,\"successes\":null}",
                            &s, &err),
                     RC_OK, "%s", err.text);
        cr_assert(s.complete);
        cr_assert_eq(s.total, -1);
        cr_assert_eq(s.success, -1);
        cr_assert_eq(s.failure, -1);
        cr_assert_eq(s.success_count, 0);
        cr_assert_eq(status("{\"id\":\"a\"}", &s, &err), RC_INVALID);
        cr_assert_eq(status("{\"id\":\"a\",\"status\":\"done\"}", &s, NULL), RC_INVALID);
        cr_assert_eq(status("{\"status\":\"complete\",\"failures\":[{}]}", &s, NULL), RC_INVALID);
}

/* ---- hostile ones ------------------------------------------------------------------------------
 */

static char *repeat(const char *head, const char *piece, size_t count, const char *tail)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, 32u << 20);
        str_add(&out, head);
        for (size_t i = 0; i < count; i++)
                str_add(&out, piece);
        str_add(&out, tail);
        return str_take(&out);
}

Test(taxii_read, size_depth_and_count_are_capped, WITH_ARENA)
{
        AUTO_FREE char *large = repeat("{", " ", TAXII_BYTES_MAX, "}");
        AUTO_FREE char *deep = repeat("{\"objects\":[", "[", 300, "");
        AUTO_FREE char *many = repeat("{\"objects\":[", "{},", 300000, "{}]}");
        AUTO_FREE char *head = repeat("{\"title\":\"", "x", 2u << 20, "\"}");
        AUTO_FREE char *entry = repeat("{\"objects\":[{\"id\":\"", "x", 2u << 20, "\"}]}");
        struct taxii_manifest m;
        struct taxii_page p;
        struct taxii_root r;
        struct err err = {0};

        cr_assert_eq(page(large, &p, &err), RC_INVALID);
        cr_assert(strstr(err.text, "larger than 16 MiB"), "%s", err.text);
        err = (struct err){0};
        cr_assert_eq(page(deep, &p, &err), RC_INVALID);
        err = (struct err){0};
        cr_assert_eq(page(many, &p, &err), RC_INVALID);
        cr_assert(strstr(err.text, "more than"), "%s", err.text);
        cr_assert_eq(root(head, &r, NULL), RC_INVALID);
        err = (struct err){0};
        cr_assert_eq(taxii_read_manifest(entry, strlen(entry), &a, &m, &err), RC_INVALID);
        cr_assert(strstr(err.text, "objects.0 is too large"), "%s", err.text);
}

Test(taxii_read, a_large_object_in_a_page_is_passed_on, WITH_ARENA)
{
        AUTO_FREE char *text = repeat("{\"objects\":[{\"id\":\"", "x", 10u << 20, "\"}]}");
        struct taxii_page p;

        cr_assert_eq(page(text, &p, NULL), RC_OK);
        cr_assert_eq(p.count, 1);
        cr_assert_gt(p.objects[0].len, 10u << 20);
}

/* ---- refusals ----------------------------------------------------------------------------------
 */

Test(taxii_read, one_clean_line_of_what_a_server_says, WITH_ARENA)
{
        static const char *const rows[][2] = {
                {"{\"title\":\"Bad\",\"description\":\"no\\nway\",\"http_status\":\"400\"}",
                 "Bad: no way"},
                {"{\"code\":404,\"name\":\"Not Found\",\"description\":\"gone\"}",
                 "Not Found: gone"},
                {"{\"detail\":\"x\"}", "x"},
                {"{\"message\":7}", ""},
                {"{}", ""},
                {"", ""},
                {"<!doctype html>\n<html lang=en>\n<title>401 Un\x1b[1m</title>\n<h1>",
                 "401 Un\\x1b[1m"},
                {"<html>", ""},
                {"\n Internal\nServer Error\n", "Internal Server Error "},
                {"{\"title\":", ""},
        };
        AUTO_FREE char *lengthy = repeat("", "ab\xff", 100000, "");
        const char *cut;

        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                cr_assert_str_eq(taxii_read_refusal(rows[i][0], strlen(rows[i][0]), &a),
                                 rows[i][1]);
        cut = taxii_read_refusal(lengthy, strlen(lengthy), &a);
        cr_assert_leq(strlen(cut), 700);
        cr_assert_null(strchr(cut, '\xff'));
}
