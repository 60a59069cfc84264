/* Incidents and identities as other tools of every generation write them. */
#include "wire/stix.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "stix_files.h"

TestSuite(stix_incident, .init = files_setup, .fini = files_teardown);

Test(stix_incident, newest_generation)
{
        cr_assert_eq(files_read("incident-core-2024"), RC_OK);
        cr_expect_eq(files_object.what, STIX_THING);
        cr_expect_eq(files_object.thing->kind, &kind_incident);
        cr_expect_str_eq(files_field("title"), "Ransomware at two hospitals");
        cr_expect_str_eq(files_field("description"), "Admission by hand.\nAmbulances diverted.");
        cr_expect_str_eq(files_field("severity"), "high");
        cr_expect_str_eq(files_field("status"), "active");
        cr_expect_str_eq(files_field("created"), "2026-11-24T08:00:00.000Z");
        cr_expect_str_eq(files_field("modified"), "2026-11-24T09:30:00.500Z");
        cr_expect_str_eq(files_object.thing->created_by,
                         "identity--0b000000-0000-4000-8000-000000000001");
        cr_expect_not(files_object.is_state);
        cr_expect_eq(files_object.finding_count, 0);
}

Test(stix_incident, second_generation_beside_an_extension_that_is_a_number)
{
        cr_assert_eq(files_read("incident-core-2023"), RC_OK);
        cr_expect_str_eq(files_field("severity"), "medium");
        cr_expect_str_eq(files_field("status"), "closed");
        cr_expect_eq(files_object.finding_count, 0);
}

Test(stix_incident, first_drafts)
{
        cr_assert_eq(files_read("incident-core-draft"), RC_OK);
        cr_expect_str_eq(files_field("severity"), "critical");
        cr_expect_str_eq(files_field("status"), "active");
        cr_expect(files_found("criticality stands outside"));
        cr_expect(files_found("triaged"));
}

Test(stix_incident, stub_without_extension)
{
        cr_assert_eq(files_read("incident-plain"), RC_OK);
        cr_expect_str_eq(files_field("severity"), "", "who says nothing has not said none");
        cr_expect_str_eq(files_field("status"), "new");
        cr_expect(files_found("STIX 2.0"));
}

Test(stix_incident, case_incident_is_an_incident)
{
        cr_assert_eq(files_read_text("{\"type\":\"case-incident\",\"name\":\"A case\",\"id\":"
                                     "\"case-incident--0a000000-0000-4000-8000-000000000001\"}"),
                     RC_OK);
        cr_expect_eq(files_object.thing->kind, &kind_incident);
        cr_expect_str_eq(files_field("title"), "A case");
}

Test(stix_incident, bands_of_criticality)
{
        static const struct {
                int criticality;
                enum severity severity;
        } bands[] = {
                {0, SEV_NONE},    {1, SEV_LOW},       {39, SEV_LOW},
                {40, SEV_MEDIUM}, {69, SEV_MEDIUM},   {70, SEV_HIGH},
                {89, SEV_HIGH},   {90, SEV_CRITICAL}, {100, SEV_CRITICAL},
        };

        for (size_t i = 0; i < ARRAY_LEN(bands); i++)
                cr_expect_eq(severity_of_criticality(bands[i].criticality), bands[i].severity, "%d",
                             bands[i].criticality);
        for (enum severity s = SEV_NONE; s <= SEV_CRITICAL; s++)
                cr_expect_eq(severity_of_criticality(severity_to_criticality(s)), s);
}

Test(stix_incident, criticality_out_of_range_is_a_finding)
{
        static const char *const values[] = {"-1", "101", "1e300", "true", "\"80\"", "null"};

        for (size_t i = 0; i < ARRAY_LEN(values); i++) {
                const char *json = arena_printf(
                        &files_arena,
                        "{\"type\":\"incident\",\"name\":\"x\","
                        "\"id\":\"incident--0a000000-0000-4000-8000-000000000001\","
                        "\"extensions\":{\"" STIX_EXT_INCIDENT_CORE "\":{\"criticality\":%s}}}",
                        values[i]);

                cr_assert_eq(files_read_text(json), RC_OK);
                cr_expect_str_eq(files_field("severity"), "");
                cr_expect(files_found("criticality is not a number from 0 to 100"), "%s", json);
        }
}

Test(stix_incident, identity_with_its_contacts)
{
        cr_assert_eq(files_read("identity-contact"), RC_OK);
        cr_expect_eq(files_object.thing->kind, &kind_participant);
        cr_expect_str_eq(files_object.unit_name, "Example Regional CSIRT");
        cr_expect_str_eq(files_field("class"), "organization");
        cr_expect_str_eq(files_items("roles"), "coordinator csirt");
        cr_expect_str_eq(files_items("sectors"), "government-regional health");
        cr_expect_str_eq(files_field("contact"),
                         "duty@csirt.example day and night; work-phone +00 1 555 01; +00 1 555 02");
}
