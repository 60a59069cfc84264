/* Which documents are STIX at all, and the one sentence for those that are not. */
#include "wire/stix.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/jsplit.h"

TestSuite(stix_shape);

static enum rc check(const char *json, struct err *err)
{
        struct jsplit_memory memory = {.bytes = json, .len = strlen(json)};
        struct jsplit_source source = jsplit_from_memory(&memory);
        struct jsplit_shape shape = {0};

        cr_assert_eq(jsplit_scan(&source, &shape, err), RC_OK, "%s: %s", json, err->text);
        return stix_check_shape(&shape, err);
}

Test(stix_shape, what_is_read)
{
        static const char *const good[] = {
                "{\"type\":\"bundle\",\"id\":\"b\",\"objects\":[{\"type\":\"incident\"}]}",
                "{\"objects\":[],\"type\":\"bundle\"}",
                "{\"type\":\"bundle\",\"id\":\"x\"}",
                "{\"more\":false,\"objects\":[{\"type\":\"incident\"}]}",
                "{\"objects\":[]}",
                "{}",
                "{\"more\":false}",
                "[{\"type\":\"incident\"},{}]",
                "[]",
                "{\"type\":\"incident\",\"id\":\"x\"}",
                "{\"type\":\"bundle\",\"objects\":[{\"id\":\"x\"}]}",
        };

        for (size_t i = 0; i < ARRAY_LEN(good); i++) {
                struct err err = {0};

                cr_expect_eq(check(good[i], &err), RC_OK, "%s: %s", good[i], err.text);
        }
}

Test(stix_shape, what_is_refused_and_why)
{
        static const struct {
                const char *json, *why;
        } bad[] = {
                {"{\"Event\":{\"info\":\"x\"}}", "a MISP event"},
                {"{\"response\":[{\"Event\":{}}]}", "a MISP event"},
                {"{\"type\":\"playbook\",\"workflow\":{}}", "a CACAO playbook"},
                {"[{\"type\":\"playbook\"}]", "a CACAO playbook"},
                {"{\"name\":\"x\",\"version\":1}", "neither a type nor objects"},
                {"[1,2]", "a list of things without a type"},
                {"[{\"name\":\"x\"}]", "a list of things without a type"},
                {"[{\"type\":\"bundle\"}]", "a list of bundles"},
                {"{\"type\":\"inventory\",\"objects\":[{\"type\":\"pump\"}]}", "is not a bundle"},
                {"{\"collections\":[]}", "what a TAXII server says about itself"},
                {"{\"more\":false,\"objects\":[{\"id\":\"x\",\"date_added\":\"y\"}]}",
                 "a TAXII manifest"},
        };

        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct err err = {0};

                cr_expect_eq(check(bad[i].json, &err), RC_INVALID, "%s", bad[i].json);
                cr_expect(strstr(err.text, bad[i].why), "%s: %s", bad[i].json, err.text);
        }
}
