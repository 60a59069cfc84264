/* Events, impacts, tasks, opinions, reports and groupings, of every generation that is read. */
#include "wire/stix.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/text.h"
#include "model/part.h"
#include "stix_files.h"

TestSuite(stix_part, .init = files_setup, .fini = files_teardown);

#define E1 "event--0f000000-0000-4000-8000-000000000001"
#define E2 "event--0f000000-0000-4000-8000-000000000002"
#define I1 "impact--0f000000-0000-4000-8000-000000000001"
#define I2 "impact--0f000000-0000-4000-8000-000000000002"
#define T1 "task--0f000000-0000-4000-8000-000000000001"
#define T2 "task--0f000000-0000-4000-8000-000000000002"

static void read_part(const char *name, const struct kind *kind)
{
        cr_assert_eq(files_read(name), RC_OK, "%s", files_err.text);
        cr_assert_eq(files_object.what, STIX_PART);
        cr_assert_null(files_object.thing, "it has no table in the store");
        cr_assert_eq(files_object.part->kind, kind);
}

static const char *says(const char *field)
{
        const struct value *v = thing_value(files_object.part, field);

        cr_assert(v, "%s", field);
        if (field_is_set(field_find(files_object.part->kind, field)))
                return value_join(v, " ", &files_arena);
        return v->text ? v->text : "";
}

/* "member target" of each, in order. */
static const char *links(void)
{
        const char *all = "";

        for (size_t i = 0; i < files_object.link_count; i++)
                all = arena_printf(&files_arena, "%s%s%s %s", all, i ? "\n" : "",
                                   files_object.links[i].member, files_object.links[i].target);
        return all;
}

Test(stix_part, an_event)
{
        read_part("event", &part_event);
        cr_expect_str_eq(says("name"), "Loader opened");
        cr_expect_str_eq(says("status"), "occurred");
        cr_expect_str_eq(says("types"), "malware phishing");
        cr_expect_str_eq(says("goal"), "a foothold");
        cr_expect_str_eq(says("start"), "2026-11-23T15:10:00.000Z");
        cr_expect_str_eq(says("end_fidelity"), "day");
        cr_expect_str_eq(says("created"), "2026-11-24T08:00:00.000Z");
        cr_expect_eq(files_object.finding_count, 0);
        cr_expect_str_eq(links(), "subevents " E2 "\n"
                                  "changed_objects file--0f000000-0000-4000-8000-000000000008\n"
                                  "changed_objects " I1 "\n"
                                  "sighting_refs sighting--0f000000-0000-4000-8000-000000000009");
}

Test(stix_part, an_event_of_a_draft)
{
        read_part("event-draft", &part_event);
        cr_expect_str_eq(says("status"), "occured");
        cr_expect_str_eq(says("types"), "phishing");
        cr_expect_str_eq(says("created"), "");
        cr_expect_str_eq(part_title(files_object.part, &files_arena), "First line.");
        cr_expect_str_eq(links(), "subevents event--0f000000-0000-4000-8000-000000000003");
        cr_expect(files_found("created is missing"));
}

Test(stix_part, an_impact_of_the_newest_generation)
{
        read_part("impact-2024", &part_impact);
        cr_expect_str_eq(says("category"), "monetary");
        cr_expect_str_eq(says("criticality"), "75");
        cr_expect_str_eq(says("severity"), "high");
        cr_expect_str_eq(says("recoverability"), "not-recoverable");
        cr_expect_str_eq(says("counts"), "40 computers-server, 2 organization");
        cr_expect(strstr(says("details"), "variety ransom-demand"), "%s", says("details"));
        cr_expect(strstr(says("details"), "max amount 400000"), "%s", says("details"));
        cr_expect_null(strstr(says("details"), "property-extension"));
        cr_expect_str_eq(says("superseded_by"), I2);
        cr_expect_str_eq(says("impacted_refs"),
                         "identity--0f000000-0000-4000-8000-000000000001 "
                         "infrastructure--0f000000-0000-4000-8000-000000000001");
        cr_expect_eq(files_object.link_count, 3);
        cr_expect_eq(files_object.finding_count, 0);
}

Test(stix_part, an_impact_of_the_generation_before)
{
        read_part("impact-2023", &part_impact);
        cr_expect_str_eq(says("counts"), "1 computers-mobile");
        cr_expect_str_eq(says("details"), "availability impact 99");
        cr_expect_str_eq(says("criticality"), "");
        cr_expect_str_eq(says("severity"), "");
}

Test(stix_part, tasks_of_three_generations)
{
        read_part("task-2024", &part_task);
        cr_expect_str_eq(says("outcome"), "successful");
        cr_expect_str_eq(says("types"), "containment");
        cr_expect_str_eq(says("priority"), "90");
        cr_expect_str_eq(says("start_fidelity"), "day");
        cr_expect_str_eq(links(), "subtasks " T2);
        read_part("task-later", &part_task);
        cr_expect_str_eq(says("due"), "2026-11-26T02:00:00.000Z");
        cr_expect_str_eq(links(), "next_task_refs task--0f000000-0000-4000-8000-000000000003");
        read_part("task-draft", &part_task);
        cr_expect_str_eq(says("types"), "recovery");
        cr_expect_str_eq(says("owner_refs"), "identity--0f000000-0000-4000-8000-000000000001");
        cr_expect_str_eq(links(), "next_steps task--0f000000-0000-4000-8000-000000000006\n"
                                  "on_completion task--0f000000-0000-4000-8000-000000000004\n"
                                  "on_success task--0f000000-0000-4000-8000-000000000005\n"
                                  "owner identity--0f000000-0000-4000-8000-000000000001");
}

Test(stix_part, an_opinion)
{
        read_part("opinion", &part_opinion);
        cr_expect_str_eq(says("opinion"), "strongly-disagree");
        cr_expect_str_eq(says("authors"), "Ana Duarte J. Novak");
        cr_expect_str_eq(says("explanation"),
                         "Something else hit the second one.\nNo note was left.");
        cr_expect_str_eq(links(), "object_refs incident--0a000000-0000-4000-8000-000000000001",
                         "an indicator is not followed");
        cr_expect_eq(part_ms(files_object.part), files_object.part->created_ms);
}

Test(stix_part, reports_and_groupings)
{
        read_part("report", &part_report);
        cr_expect_str_eq(says("form"), "report");
        cr_expect_str_eq(says("published"), "2026-11-24T11:30:00.000Z");
        cr_expect_str_eq(says("types"), "incident");
        cr_expect_str_eq(links(), "object_refs incident--0a000000-0000-4000-8000-000000000001\n"
                                  "object_refs " E1);
        read_part("report-20", &part_report);
        cr_expect_str_eq(says("types"), "threat-report");
        cr_expect(files_found("read as STIX 2.0"));
        read_part("grouping", &part_report);
        cr_expect_str_eq(says("form"), "grouping");
        cr_expect_str_eq(says("context"), "suspicious-activity");
        cr_expect_str_eq(says("published"), "");
}

Test(stix_part, an_incident_names_its_parts_in_each_generation)
{
        cr_assert_eq(files_read("incident-core-2024"), RC_OK);
        cr_expect_str_eq(links(), "events event--0c000000-0000-4000-8000-000000000001\n"
                                  "tasks task--0c000000-0000-4000-8000-000000000002");
        cr_assert_eq(files_read("incident-refs"), RC_OK);
        cr_expect_str_eq(links(),
                         "event_refs " E1 "\nevent_refs " E2 "\ntask_refs " T1 "\nimpact_refs " I1);
        cr_assert_eq(files_read("incident-activities"), RC_OK);
        cr_expect_str_eq(links(), "activities " E1 "\nactivities " T1 "\nimpact_refs " I1);
}

Test(stix_part, notes_and_relationships_have_no_links)
{
        cr_assert_eq(files_read("note-foreign"), RC_OK);
        cr_expect_gt(files_object.ref_count, 0);
        cr_expect_eq(files_object.link_count, 0);
}

Test(stix_part, members_of_a_wrong_type_are_findings)
{
        read_part("part-wrong-types", &part_task);
        for (size_t i = 0; i < part_task.field_count; i++) {
                const char *name = part_task.fields[i].name;

                if (strcmp(name, "created") != 0 && strcmp(name, "modified") != 0)
                        cr_expect_str_eq(says(name), "", "%s", name);
        }
        cr_expect_eq(files_object.link_count, 0);
        cr_expect(files_found("name is not a string"));
        cr_expect(files_found("priority is not a whole number"));
        cr_expect(files_found("start_time is not a timestamp"));
        cr_expect(files_found("due_date is not a timestamp"));
        cr_expect(files_found("owner is not an identifier"));
}

Test(stix_part, text_for_people_is_cleaned)
{
        read_part("part-hostile", &part_impact);
        for (size_t i = 0; i < part_impact.field_count; i++) {
                const char *text = files_object.part->values[i].text;

                cr_expect(!text || text_is_clean(text, strlen(text), true), "%s",
                          part_impact.fields[i].name);
        }
        cr_expect(strstr(says("counts"), "3 "), "%s", says("counts"));
        cr_expect_str_neq(says("details"), "");
}

Test(stix_part, no_more_links_are_kept_than_there_is_room_for)
{
        CLEANUP(str_finish) struct str json = {0};

        str_init(&json, 4 << 20);
        str_add(&json, "{\"type\":\"grouping\",\"spec_version\":\"2.1\",\"name\":\"all\","
                       "\"id\":\"grouping--0f000000-0000-4000-8000-000000000001\","
                       "\"created\":\"2026-11-24T08:00:00.000Z\","
                       "\"modified\":\"2026-11-24T08:00:00.000Z\",\"context\":\"unspecified\","
                       "\"object_refs\":[");
        for (int i = 0; i <= STIX_LINKS_MAX; i++)
                str_addf(&json, "%s\"incident--0a000000-0000-4000-8000-%012d\"", i ? "," : "", i);
        str_add(&json, "]}");
        cr_assert_eq(files_read_text(str_text(&json)), RC_OK, "%s", files_err.text);
        cr_expect_eq(files_object.link_count, STIX_LINKS_MAX);
        cr_expect(files_found("names more than 10000 objects"));
}

Test(stix_part, what_opencti_writes_is_read_as_an_incident)
{
        cr_assert_eq(files_read("case-incident"), RC_OK);
        cr_expect_eq(files_object.thing->kind, &kind_incident);
        cr_expect_str_eq(files_field("severity"), "critical");
        cr_expect_str_eq(links(), "object_refs incident--0a000000-0000-4000-8000-000000000001");
        cr_assert_eq(files_read("incident-opencti"), RC_OK);
        cr_expect_str_eq(files_field("severity"), "high");
        cr_expect_str_eq(files_field("occurred"), "2026-11-20T10:00:00.000Z");
}

Test(stix_part, an_id_of_no_version_is_accepted_and_said)
{
        cr_assert_eq(files_read("odd-uuid"), RC_OK);
        cr_expect_str_eq(files_object.id, "incident--081d344b-9fae-d182-9cc7-d2d103e7c64f");
        cr_expect(files_found("a version that no standard defines"));
}
