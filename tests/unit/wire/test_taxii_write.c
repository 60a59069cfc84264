/* The documents of the hub, byte by byte: foreign clients read them. */
#include "wire/taxii.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static struct str out;

static void setup(void)
{
        str_init(&out, 1u << 20);
}

static void teardown(void)
{
        str_finish(&out);
}

TestSuite(taxii_write, .init = setup, .fini = teardown);

static void expect(const char *text)
{
        cr_assert_str_eq(str_text(&out), text);
        str_clear(&out);
}

Test(taxii_write, discovery)
{
        static const char *const roots[] = {"/api/", "https://example.org/b/"};

        taxii_write_discovery(&(struct taxii_discovery){.title = "A \"hub\"",
                                                        .preferred = "/api/",
                                                        .roots = roots,
                                                        .root_count = 2},
                              &out);
        expect("{\"title\":\"A \\\"hub\\\"\",\"default\":\"/api/\","
               "\"api_roots\":[\"/api/\",\"https://example.org/b/\"]}");
}

Test(taxii_write, root)
{
        struct taxii_root root = {.title = "R", .speaks_2_1 = true, .max_content_bytes = 17};

        taxii_write_root(&root, &out);
        expect("{\"title\":\"R\",\"versions\":[\"application/taxii+json;version=2.1\"],"
               "\"max_content_length\":17}");
        root.ordered = true;
        root.max_content_bytes = 0;
        root.speaks_2_1 = false;
        taxii_write_root(&root, &out);
        expect("{\"title\":\"R\",\"versions\":[],\"x_muster_ordered\":true}");
}

Test(taxii_write, collections)
{
        static const struct taxii_collection list[] = {
                {.id = "1", .title = "A", .alias = "a", .can_read = true},
                {.id = "2", .title = "B", .description = "b", .can_write = true}};

        taxii_write_collections(list, 2, &out);
        expect("{\"collections\":[{\"id\":\"1\",\"title\":\"A\",\"alias\":\"a\",\"can_read\":true,"
               "\"can_write\":false,\"media_types\":[\"application/stix+json;version=2.1\"]},"
               "{\"id\":\"2\",\"title\":\"B\",\"description\":\"b\",\"can_read\":false,"
               "\"can_write\":true,\"media_types\":[\"application/stix+json;version=2.1\"]}]}");
        taxii_write_collections(NULL, 0, &out);
        expect("{}");
}

Test(taxii_write, status)
{
        static const struct taxii_detail good[] = {{"incident--1", "v", NULL},
                                                   {"note--1", "w", "m"}};
        static const struct taxii_detail bad[] = {{"", "", "object 3: is not an object"}};

        taxii_write_status(&(struct taxii_status){.id = "s",
                                                  .request_date = "d",
                                                  .complete = true,
                                                  .total = 3,
                                                  .success = 2,
                                                  .successes = good,
                                                  .success_count = COUNT(good),
                                                  .failure = 1,
                                                  .failures = bad,
                                                  .failure_count = COUNT(bad)},
                           &out);
        expect("{\"id\":\"s\",\"status\":\"complete\",\"request_timestamp\":\"d\","
               "\"total_count\":3,\"success_count\":2,\"successes\":["
               "{\"id\":\"incident--1\",\"version\":\"v\"},"
               "{\"id\":\"note--1\",\"version\":\"w\",\"message\":\"m\"}],\"failure_count\":1,"
               "\"failures\":[{\"id\":\"\",\"version\":\"\","
               "\"message\":\"object 3: is not an object\"}],\"pending_count\":0}");
        taxii_write_status(
                &(struct taxii_status){
                        .id = "s", .total = -1, .success = -1, .failure = -1, .pending = 4},
                &out);
        expect("{\"id\":\"s\",\"status\":\"pending\",\"pending_count\":4}");
}

Test(taxii_write, error)
{
        taxii_write_error(404, "Nothing", "no \x1b[1m", &out);
        expect("{\"title\":\"Nothing\",\"description\":\"no \\u001B[1m\",\"http_status\":\"404\"}");
}

Test(taxii_write, a_page_holds_the_bytes_as_they_are)
{
        taxii_page_begin(&out, true, "n\"1");
        taxii_page_add(&out, "{ \"a\" :1}", 9, true);
        taxii_page_add(&out, "{\"b\":1.50}xx", 10, false);
        taxii_page_end(&out, false);
        expect("{\"more\":true,\"next\":\"n\\\"1\",\"objects\":[{ \"a\" :1},{\"b\":1.50}]}");
}

Test(taxii_write, the_last_page_says_so_and_an_empty_one_is_nothing)
{
        taxii_page_begin(&out, false, NULL);
        taxii_page_add(&out, "{}", 2, true);
        taxii_page_end(&out, false);
        expect("{\"more\":false,\"objects\":[{}]}");
        taxii_page_begin(&out, false, NULL);
        taxii_page_end(&out, true);
        expect("{}");
        taxii_page_begin(&out, true, "n");
        taxii_page_end(&out, true);
        expect("{\"more\":true,\"next\":\"n\"}");
}

Test(taxii_write, manifest_and_versions)
{
        taxii_page_begin(&out, false, NULL);
        taxii_manifest_add(&out, &(struct taxii_entry){.id = "i", .version = "v", .date_text = "d"},
                           true);
        taxii_manifest_add(&out, &(struct taxii_entry){.id = "j", .version = "w", .date_text = "e"},
                           false);
        taxii_page_end(&out, false);
        expect("{\"more\":false,\"objects\":[{\"id\":\"i\",\"date_added\":\"d\",\"version\":\"v\","
               "\"media_type\":\"application/stix+json;version=2.1\"},{\"id\":\"j\","
               "\"date_added\":\"e\",\"version\":\"w\","
               "\"media_type\":\"application/stix+json;version=2.1\"}]}");
        taxii_page_begin(&out, false, NULL);
        taxii_versions_add(&out, "v", true);
        taxii_versions_add(&out, "w", false);
        taxii_page_end(&out, false);
        expect("{\"more\":false,\"versions\":[\"v\",\"w\"]}");
}
