/* Which marking counts: built-in ids, those of others, and everything that can't be read. */
#include "wire/stix.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/json.h"
#include "stix_files.h"

#define INCIDENT                                                                                   \
        "{\"type\":\"incident\",\"name\":\"x\","                                                   \
        "\"id\":\"incident--0a000000-0000-4000-8000-000000000001\","
#define STATEMENT "marking-definition--0f000000-0000-4000-8000-000000000001"
#define THEIRS    "marking-definition--0f000000-0000-4000-8000-000000000002"
#define NOBODYS   "marking-definition--0f000000-0000-4000-8000-000000000003"

TestSuite(stix_marking, .init = files_setup, .fini = files_teardown);

static int lookup(void *ctx, const char *id)
{
        (void)ctx;
        if (strcmp(id, THEIRS) == 0)
                return TLP_GREEN;
        return strcmp(id, STATEMENT) == 0 ? STIX_TLP_SILENT : STIX_TLP_UNKNOWN;
}

static int tlp_of(const char *members, bool *ret_unknown)
{
        cr_assert_eq(files_read_text(arena_printf(&files_arena, INCIDENT "%s}", members)), RC_OK);
        return stix_tlp(&files_object, lookup, NULL, ret_unknown);
}

Test(stix_marking, every_built_in_id)
{
        for (size_t i = 0; i < tlp_definition_count(); i++) {
                const struct tlp_definition *def = tlp_definition_at(i);
                bool unknown = true;
                const char *members =
                        arena_printf(&files_arena, "\"object_marking_refs\":[\"%s\"]", def->id);

                cr_expect_eq(tlp_of(members, &unknown), (int)def->tlp, "%s", def->name);
                cr_expect_not(unknown);
                cr_expect_eq(thing_rank(files_object.thing, "tlp"), (int)def->tlp);
        }
}

Test(stix_marking, strictest_of_several_and_of_parts)
{
        bool unknown = true;

        cr_assert_eq(files_read("marked-tlp1"), RC_OK);
        cr_expect_str_eq(files_field("tlp"), "green");
        cr_assert_eq(files_read("marked-tlp2"), RC_OK);
        cr_expect_str_eq(files_field("tlp"), "amber+strict");
        cr_assert_eq(files_read("marked-granular"), RC_OK);
        cr_expect_eq(files_object.marking_count, 2);
        cr_expect_str_eq(files_field("tlp"), "red");
        cr_expect_eq(stix_tlp(&files_object, NULL, NULL, &unknown), TLP_RED);
        cr_expect_not(unknown);
}

Test(stix_marking, unknown_is_red_none_is_none_and_statements_say_nothing)
{
        bool unknown = true;

        cr_expect_eq(tlp_of("\"labels\":[]", &unknown), -1);
        cr_expect_not(unknown);
        cr_expect_eq(tlp_of("\"object_marking_refs\":[\"" STATEMENT "\"]", &unknown), -1);
        cr_expect_not(unknown);
        cr_expect_eq(tlp_of("\"object_marking_refs\":[\"" STATEMENT "\",\"" THEIRS "\"]", &unknown),
                     TLP_GREEN);
        cr_expect_not(unknown);
        cr_expect_eq(tlp_of("\"object_marking_refs\":[\"" THEIRS "\",\"" NOBODYS "\"]", &unknown),
                     TLP_RED);
        cr_expect(unknown);
        cr_expect_eq(thing_rank(files_object.thing, "tlp"), -1, "it is for the caller to resolve");
}

Test(stix_marking, what_cannot_be_read_counts_as_red)
{
        static const char *const odd[] = {
                "\"object_marking_refs\":7",
                "\"object_marking_refs\":null",
                "\"object_marking_refs\":[7]",
                "\"object_marking_refs\":[\"TLP:CLEAR\"]",
                "\"object_marking_refs\":\"" NOBODYS "\"",
                "\"object_marking_refs\":[\"marking-definition--94868c89-83c2-464b-929b-"
                "a1a8aa3c8487"
                "\\u0000\"]",
                "\"granular_markings\":{\"marking_ref\":\"" NOBODYS "\"}",
                "\"granular_markings\":[{}]",
                "\"granular_markings\":[[]]",
                "\"granular_markings\":true",
        };

        for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
                bool unknown = false;

                cr_expect_eq(tlp_of(odd[i], &unknown), TLP_RED, "%s", odd[i]);
                cr_expect(unknown, "%s", odd[i]);
        }
}

static int meaning_of(const char *members)
{
        cr_assert_eq(files_read_text(arena_printf(&files_arena,
                                                  "{\"type\":\"marking-definition\","
                                                  "\"created\":\"2026-01-01T00:00:00Z\",%s}",
                                                  members)),
                     RC_OK);
        cr_expect_eq(files_object.what, STIX_MARKING);
        cr_expect_eq(files_object.modified_ns, files_object.created_ns);
        return files_object.marking_tlp;
}

Test(stix_marking, definitions_of_others)
{
        cr_expect_eq(meaning_of("\"id\":\"" THEIRS "\",\"definition_type\":\"tlp\","
                                "\"definition\":{\"tlp\":\"white\"}"),
                     TLP_CLEAR);
        cr_expect_eq(meaning_of("\"id\":\"" THEIRS "\",\"definition_type\":\"TLP\","
                                "\"definition\":{\"TLP\":\"TLP:AMBER+STRICT\"}"),
                     TLP_AMBER_STRICT);
        cr_expect_eq(meaning_of("\"id\":\"" THEIRS "\",\"extensions\":{\"" STIX_EXT_TLP2
                                "\":{\"tlp_2_0\":\"red\"}}"),
                     TLP_RED);
        cr_expect_eq(meaning_of("\"id\":\"" THEIRS "\",\"definition_type\":\"statement\","
                                "\"definition\":{\"statement\":\"Copyright\"}"),
                     STIX_TLP_SILENT);
        cr_expect_eq(meaning_of("\"id\":\"" THEIRS "\",\"definition_type\":\"iep\","
                                "\"definition\":{\"iep\":1}"),
                     STIX_TLP_UNKNOWN);
        cr_expect_eq(meaning_of("\"id\":\"" THEIRS "\",\"definition_type\":\"tlp\","
                                "\"definition\":{\"tlp\":\"ultra\"}"),
                     STIX_TLP_UNKNOWN);
}

Test(stix_marking, nobody_redefines_a_built_in_one)
{
        cr_expect_eq(
                meaning_of("\"id\":\"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1\","
                           "\"extensions\":{\"" STIX_EXT_TLP2 "\":{\"tlp_2_0\":\"clear\"}}"),
                TLP_RED);
        cr_expect(files_found("ours counts"));
}

Test(stix_marking, our_definitions_are_read_as_what_they_are)
{
        for (enum tlp tlp = TLP_CLEAR; tlp <= TLP_RED; tlp++) {
                cr_assert_eq(files_read_text(stix_tlp_definition(tlp)), RC_OK);
                cr_expect_str_eq(files_object.id, tlp_id(tlp));
                cr_expect_eq(files_object.marking_tlp, (int)tlp);
                cr_expect_eq(files_object.finding_count, 0);
                cr_expect(strstr(stix_tlp_definition(tlp), tlp_name(tlp)));
                cr_expect(strstr(stix_tlp_definition(tlp), "\"2022-10-01T00:00:00.000Z\""));
        }
}
