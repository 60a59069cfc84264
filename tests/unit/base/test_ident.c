#include "base/ident.h"

#include <string.h>

#include <criterion/criterion.h>

#include "base/mem.h"

#define UUID "8f2d1c3e-4b5a-4c6d-9e7f-0a1b2c3d4e5f"

static bool is_stix(const char *id)
{
        return ident_is_stix(id, strlen(id));
}

Test(ident, random_ids_are_version_4_and_differ)
{
        char a[UUID_TEXT], b[UUID_TEXT];
        ident_uuid4(a);
        ident_uuid4(b);
        cr_assert(ident_is_uuid(a, strlen(a)));
        cr_assert_eq(a[14], '4');
        cr_assert_str_neq(a, b);
        cr_assert_neq(ident_console(), ident_console());
}

Test(ident, a_seed_repeats_the_ids)
{
        char a[STIX_ID_MAX], b[STIX_ID_MAX], c[STIX_ID_MAX];
        ident_seed(7);
        ident_stix("incident", a);
        uint64_t console = ident_console();
        ident_seed(7);
        ident_stix("incident", b);
        cr_assert_str_eq(a, b);
        cr_assert(is_stix(a));
        cr_assert_eq(ident_console(), console);
        ident_seed(8);
        ident_stix("incident", c);
        cr_assert_str_neq(a, c);
}

Test(ident, name_based_ids_are_those_of_rfc_4122)
{
        char out[UUID_TEXT]; /* the DNS namespace and the example of Python's manual */
        ident_uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "python.org", out);
        cr_assert_str_eq(out, "886313e1-3b8a-5372-9b90-0c9aee199e5d");
}

Test(ident, knows_stix_ids)
{
        static const char *const good[] = {
                "incident--" UUID,
                "x-muster-asset--" UUID,
                "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
                "incident--8f2d1c3e-4b5a-0c6d-9e7f-0a1b2c3d4e5f",
                "incident--8f2d1c3e-4b5a-dc6d-9e7f-0a1b2c3d4e5f",
                "ipv4-addr--028CC9B6-4D4D-56F1-9B4C-4C4B0B6F8C0E",
        };
        static const char *const bad[] = {
                "",
                "incident",
                "incident--",
                "--" UUID,
                "in--" UUID,
                "Incident--" UUID,
                "1incident--" UUID,
                "inci_dent--" UUID,
                "x--asset--" UUID,
                "incident-" UUID,
                "incident----" UUID,
                "incident--" UUID " ",
                "incident--8f2d1c3e-4b5a-4c6d-9e7f-0a1b2c3d4e5",
                "incident--8f2d1c3e-4b5a-4c6d-ce7f-0a1b2c3d4e5f",
                "incident--8f2d1c3e-4b5a-4c6d-9e7f-0a1b2c3d4e5g",
                "incident--8f2d1c3e04b5a-4c6d-9e7f-0a1b2c3d4e5f",
        };
        for (size_t i = 0; i < ARRAY_LEN(good); i++)
                cr_assert(is_stix(good[i]), "%s", good[i]);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                cr_assert_not(is_stix(bad[i]), "%s", bad[i]);
}

Test(ident, knows_the_versions_that_are_defined)
{
        cr_assert(ident_has_version("incident--" UUID));
        cr_assert(ident_has_version("019fee91-0000-7000-8000-000000000000"));
        cr_assert_not(ident_has_version("incident--8f2d1c3e-4b5a-dc6d-9e7f-0a1b2c3d4e5f"));
        cr_assert_not(ident_has_version("incident--8f2d1c3e-4b5a-0c6d-9e7f-0a1b2c3d4e5f"));
        cr_assert_not(ident_has_version("short"));
}

Test(ident, the_longest_type_fits)
{
        char id[400], out[STIX_ID_MAX];
        memset(id, 'a', 251);
        memcpy(id + 251, "--" UUID, sizeof("--" UUID));
        cr_assert_not(is_stix(id));
        cr_assert(is_stix(id + 1));
        id[251] = '\0';
        ident_stix(id + 1, out);
        cr_assert(is_stix(out));
        cr_assert_eq(ident_type_len(out), 250);
}

static void expect_ref(const char *s, const char *canonical)
{
        struct ref_parts parts;
        char out[REF_MAX];
        cr_assert(ref_parse(s, &parts), "%s", s);
        ref_format(&parts, out);
        cr_assert_str_eq(out, canonical);
}

Test(ident, reads_references_as_people_type_them)
{
        expect_ref("INC-0231", "INC-0231");
        expect_ref("inc-231", "INC-0231");
        expect_ref("inc-0231B", "INC-0231b");
        expect_ref("X-0001", "X-0001");
        expect_ref("LOG-123456", "LOG-123456");
        expect_ref("ABCDEFG-999999z", "ABCDEFG-999999z");
}

Test(ident, refuses_what_is_no_reference)
{
        static const char *const bad[] = {"",
                                          "INC",
                                          "INC-",
                                          "INC-x",
                                          "-12",
                                          "INC 12",
                                          "INC-12bb",
                                          "INC-12-",
                                          "1NC-12",
                                          "INC--12",
                                          "INC-1000000",
                                          "ABCDEFGH-1",
                                          "INC-12 ",
                                          "INC-18446744073709551617"};
        struct ref_parts parts;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                cr_assert_not(ref_parse(bad[i], &parts), "%s", bad[i]);
}
