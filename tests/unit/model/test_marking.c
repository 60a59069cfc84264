#include <criterion/criterion.h>
#include <string.h>

#include "base/ident.h"
#include "base/mem.h"
#include "model/marking.h"

struct row {
        const char *uuid;
        enum tlp tlp;
        int version;
};

/* Typed again from the published documents, not from the table under test. */
static const struct row published[] = {
        {"94868c89-83c2-464b-929b-a1a8aa3c8487", TLP_CLEAR, 2},
        {"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", TLP_GREEN, 2},
        {"55d920b0-5e8b-4f79-9ee9-91f868d9b421", TLP_AMBER, 2},
        {"939a9414-2ddd-4d32-a0cd-375ea402b003", TLP_AMBER_STRICT, 2},
        {"e828b379-4e03-4974-9ac4-e53a884c97c1", TLP_RED, 2},
        {"613f2e26-407d-48c7-9eca-b8e91df99dc9", TLP_CLEAR, 1},
        {"34098fce-860f-48ae-8e50-ebd3cc5e41da", TLP_GREEN, 1},
        {"f88d31f6-486f-44da-b317-01333bde0b82", TLP_AMBER, 1},
        {"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", TLP_RED, 1},
};

Test(marking, published_ids_are_known_for_what_they_are)
{
        cr_assert_eq(tlp_definition_count(), ARRAY_LEN(published));
        for (size_t i = 0; i < ARRAY_LEN(published); i++) {
                AUTO_FREE char *id = xasprintf("marking-definition--%s", published[i].uuid);
                const struct tlp_definition *d = tlp_definition_of(id);

                cr_assert(d, "%s", id);
                cr_expect_eq(d->tlp, published[i].tlp);
                cr_expect_eq(d->version, published[i].version);
                cr_expect(ident_is_stix(d->id, strlen(d->id)));
        }
}

Test(marking, what_is_written_is_the_second_version)
{
        for (int tlp = TLP_CLEAR; tlp <= TLP_RED; tlp++) {
                const struct tlp_definition *d = tlp_definition_of(tlp_id((enum tlp)tlp));

                cr_assert(d);
                cr_expect_eq(d->version, 2);
                cr_expect_eq((int)d->tlp, tlp);
                cr_expect_eq(tlp_read(tlp_name((enum tlp)tlp)), tlp);
        }
        cr_expect_str_eq(tlp_name(TLP_AMBER_STRICT), "TLP:AMBER+STRICT");
}

/* They circulate in public code. Taking one for the real one would show a marking that nobody set.
 */
Test(marking, wrong_ids_are_unknown)
{
        static const char *const wrong[] = {
                "marking-definition--bab4a63c-aed9-4b5f-a869-dfca5abac2bb",
                "marking-definition--94868c89-83c2-4f24-929b-a1a8aa3c8487",
                "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b03e",
                "marking-definition--939a9414-2ddd-4d32-a0cd-b7c2c2b9e2c8",
                "94868c89-83c2-464b-929b-a1a8aa3c8487",
                "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487 ",
                ""};

        for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
                cr_expect_null(tlp_definition_of(wrong[i]), "%s", wrong[i]);
        cr_expect_null(tlp_definition_of(NULL));
}

Test(marking, labels_are_read_in_any_case_and_nothing_is_guessed)
{
        cr_expect_eq(tlp_read("TLP:AMBER+STRICT"), TLP_AMBER_STRICT);
        cr_expect_eq(tlp_read("tlp:amber"), TLP_AMBER);
        cr_expect_eq(tlp_read("White"), TLP_CLEAR);
        cr_expect_eq(tlp_read("TLP:"), -1);
        cr_expect_eq(tlp_read("TLP: RED"), -1);
        cr_expect_eq(tlp_read("TLP:EX:CHR"), -1);
        cr_expect_eq(tlp_read(NULL), -1);
}

Test(marking, the_strictest_counts)
{
        cr_expect_eq(tlp_strictest(TLP_AMBER, TLP_AMBER_STRICT), TLP_AMBER_STRICT);
        cr_expect_eq(tlp_strictest(TLP_RED, TLP_CLEAR), TLP_RED);
        cr_expect_eq(tlp_strictest(TLP_GREEN, TLP_CLEAR), TLP_GREEN);
}
