/* Our own objects: what other consoles read back, and what other tools find in them. */
#include "wire/stix.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "model/fold.h"
#include "stix_files.h"

#define UNIT     "identity--0b000000-0000-4000-8000-000000000001"
#define INCIDENT "incident--0a000000-0000-4000-8000-000000000001"
#define PLAYBOOK "playbook--0d000000-0000-4000-8000-000000000001"
#define CREATED  INT64_C(1795525200000) /* 2026-11-24T13:00:00Z */

static struct folded folded;
static struct str text;

static void setup(void)
{
        files_setup();
        str_init(&text, 1 << 20);
}

static void teardown(void)
{
        str_finish(&text);
        files_teardown();
}

TestSuite(stix_write, .init = setup, .fini = teardown);

static struct thing *start(const struct kind *kind, const char *id)
{
        struct thing *t = &folded.thing;

        folded = (struct folded){0};
        thing_init(t, kind, id);
        t->created_by = UNIT;
        t->created_ms = CREATED;
        return t;
}

static struct thing *full_incident(void)
{
        static const char *const states[] = {"BE", "FR"}, *const sectors[] = {"energy", "health"};
        static const char *const values[][2] = {
                {"title", "Ransomware at two hospitals"},
                {"description", "Admission by hand.\nAmbulances diverted."},
                {"severity", "critical"},
                {"status", "recovering"},
                {"owner", "duarte"},
                {"acked", "2026-11-24T13:04:27.250Z"},
                {"acked_by", "erik"},
                {"class", "availability"},
                {"type", "a-type-of-a-newer-list"},
                {"root_cause", "malicious-actions"},
                {"impact", "red"},
                {"outlook", "worsening"},
                {"tlp", "amber+strict"},
                {"pap", "red"},
                {"occurred", "2026-11-24T11:00:00.000Z"},
        };
        struct thing *t = start(&kind_incident, INCIDENT);

        for (size_t i = 0; i < ARRAY_LEN(values); i++)
                thing_set(t, values[i][0], values[i][1]);
        thing_set_items(t, "states", states, ARRAY_LEN(states), &files_arena);
        thing_set_items(t, "sectors", sectors, ARRAY_LEN(sectors), &files_arena);
        return t;
}

static void write_and_read(void)
{
        const struct stix_snapshot s = {.folded = &folded,
                                        .ref = "INC-0231b",
                                        .unit = UNIT,
                                        .modified_ms = CREATED + 60000};

        str_clear(&text);
        cr_assert_eq(stix_write_thing(&s, &text, NULL), RC_OK);
        cr_assert_eq(files_read_text(str_text(&text)), RC_OK, "%s", files_err.text);
        cr_expect_eq(files_object.finding_count, 0);
        cr_expect(files_object.is_state);
        cr_expect_str_eq(files_object.ref, "INC-0231b");
}

static void expect_same_fields(void)
{
        const struct kind *kind = folded.thing.kind;

        for (size_t i = 0; i < kind->field_count; i++)
                if (kind->fields[i].flags & (FIELD_FORM | FIELD_STATE))
                        cr_expect(value_equal(&folded.thing.values[i],
                                              &files_object.thing->values[i]),
                                  "%s differs", kind->fields[i].name);
}

Test(stix_write, another_console_reads_every_field_back)
{
        full_incident();
        write_and_read();
        expect_same_fields();
        cr_expect_eq(files_object.thing->created_ms, CREATED);
        cr_expect_eq(files_object.modified_ns, (CREATED + 60000) * INT64_C(1000000));
        cr_expect_str_eq(files_object.created_by, UNIT);
}

Test(stix_write, fields_that_are_not_set_stay_so)
{
        thing_set(start(&kind_incident, INCIDENT), "title", "Only a title");
        write_and_read();
        expect_same_fields();
        cr_expect_eq(files_object.marking_count, 0);
}

Test(stix_write, participants_come_back_too)
{
        static const char *const roles[] = {"authority", "csirt"};
        struct thing *t =
                start(&kind_participant, "identity--0b000000-0000-4000-8000-000000000009");

        thing_set(t, "name", "Example Authority");
        thing_set(t, "contact", "duty@authority.example");
        thing_set_items(t, "roles", roles, ARRAY_LEN(roles), &files_arena);
        write_and_read();
        expect_same_fields();
        cr_expect_str_eq(files_field("class"), "organization");
        cr_expect_str_eq(files_object.unit_name, "Example Authority");
}

Test(stix_write, other_tools_find_an_ordinary_incident)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        const struct json_t *core = NULL;

        full_incident();
        write_and_read();
        cr_assert_eq(json_parse(text.s, text.len, &json, NULL), RC_OK);
        core = json_get(json_get(json, "extensions"), STIX_EXT_INCIDENT_CORE);
        cr_expect_str_eq(json_text(json_get(json, "name"), ""), "Ransomware at two hospitals");
        cr_expect_str_eq(json_text(json_path(json, "object_marking_refs.0"), ""),
                         tlp_id(TLP_AMBER_STRICT));
        cr_expect_eq(json_int(json_get(core, "criticality"), -1), 95);
        cr_expect_str_eq(json_text(json_get(core, "investigation_status"), ""), "open");
        cr_expect_str_eq(json_text(json_get(core, "determination"), ""), "suspected");
        cr_expect_str_eq(json_text(json_get(core, "extension_type"), ""), "property-extension");
        cr_expect_null(json_get(json, "revoked"));
        cr_expect_null(strchr(text.s, '\n'));
        thing_set(start(&kind_incident, INCIDENT), "title", "Only a title");
        write_and_read();
        cr_expect(strstr(text.s, "\"description\":\"Only a title\""));
}

Test(stix_write, a_run_refers_to_its_playbook_and_the_version_of_it)
{
        struct stix_snapshot s = {.folded = &folded,
                                  .unit = UNIT,
                                  .modified_ms = CREATED,
                                  .playbook_id = PLAYBOOK,
                                  .playbook_modified_ns = CREATED * 1000000};

        thing_set(start(&kind_run, "task--0c000000-0000-4000-8000-000000000001"), "title", "Water");
        cr_assert_eq(stix_write_thing(&s, &text, NULL), RC_OK);
        cr_expect(strstr(text.s, "\"external_references\":[{\"description\":\"modified "
                                 "2026-11-24T13:00:00.000Z\",\"external_id\":\"" PLAYBOOK
                                 "\",\"source_name\":\"cacao\"}]"),
                  "%s", text.s);
        str_clear(&text);
        s.playbook_modified_ns = CLOCK_NONE;
        cr_assert_eq(stix_write_thing(&s, &text, NULL), RC_OK);
        cr_expect(strstr(text.s, "\"external_references\":[{\"external_id\":\"" PLAYBOOK), "%s",
                  text.s);
        str_clear(&text);
        s.playbook_id = NULL;
        cr_assert_eq(stix_write_thing(&s, &text, NULL), RC_OK);
        cr_expect_null(strstr(text.s, "external_references"), "it is not held here");
}

Test(stix_write, a_withdrawn_thing_says_so)
{
        full_incident()->revoked = true;
        write_and_read();
        cr_expect(files_object.revoked);
        cr_expect(files_object.thing->revoked);
}

Test(stix_write, log_entries_have_no_snapshot)
{
        const struct stix_snapshot s = {.folded = &folded, .unit = UNIT};
        struct err err = {0};

        start(&kind_log, "note--0e000000-0000-4000-8000-000000000001");
        cr_expect_eq(stix_write_thing(&s, &text, &err), RC_INVALID);
        cr_expect(strstr(err.text, "kind log"));
        cr_expect_eq(text.len, 0);
}

Test(stix_write, same_content_looks_past_modified_only)
{
        struct stix_snapshot s = {.folded = &folded, .unit = UNIT, .modified_ms = CREATED};
        CLEANUP(str_finish) struct str other = {0};

        str_init(&other, 1 << 20);
        full_incident();
        cr_assert_eq(stix_write_thing(&s, &text, NULL), RC_OK);
        s.modified_ms += 1;
        cr_assert_eq(stix_write_thing(&s, &other, NULL), RC_OK);
        cr_expect(strcmp(text.s, other.s) != 0);
        cr_expect(stix_same_content(text.s, text.len, other.s, other.len));
        str_clear(&other);
        thing_set(&folded.thing, "owner", "erik");
        cr_assert_eq(stix_write_thing(&s, &other, NULL), RC_OK);
        cr_expect_not(stix_same_content(text.s, text.len, other.s, other.len));
        cr_expect_not(stix_same_content(text.s, text.len, "[]", 2));
        cr_expect_not(stix_same_content(text.s, text.len, "{", 1));
}

Test(stix_write, state_of_a_hostile_unit_is_passed_over_field_by_field)
{
        cr_assert_eq(files_read_text(
                             "{\"type\":\"incident\",\"id\":\"" INCIDENT
                             "\",\"name\":\"Plain name\","
                             "\"extensions\":{\"" STIX_EXT_STATE
                             "\":{\"ref\":\"../x\",\"severity\":\"vast\","
                             "\"status\":[],\"acked\":\"noon\",\"states\":[\"FR\",7,\"\",\"BE\"],"
                             "\"tlp\":\"clear\",\"created\":\"2020-01-01T00:00:00Z\",\"owner\":"
                             "\"a\\u001bb\","
                             "\"occurred\":\"2026-11-24T12:00:00+01:00\",\"colour\":\"blue\"}}}"),
                     RC_OK);
        cr_expect_str_eq(files_field("title"), "Plain name");
        cr_expect_null(files_object.ref);
        cr_expect_str_eq(files_field("severity"), "");
        cr_expect_str_eq(files_field("acked"), "");
        cr_expect_str_eq(files_field("tlp"), "", "only a marking marks");
        cr_expect_str_eq(files_field("created"), "");
        cr_expect_str_eq(files_field("occurred"), "2026-11-24T11:00:00.000Z");
        cr_expect_str_eq(files_items("states"), "BE FR");
        cr_expect_null(strchr(files_field("owner"), '\033'));
        cr_expect(files_found("severity has a value that does not fit"));
        cr_expect(files_found("ref is not a reference"));
}

/* ---- what travels beside them -------------------------------------------------------------- */

Test(stix_write, the_unit_is_an_organisation)
{
        stix_write_unit(UNIT, "Example Unit", CREATED, &text);
        cr_assert_eq(files_read_text(str_text(&text)), RC_OK);
        cr_expect_str_eq(files_object.unit_name, "Example Unit");
        cr_expect_str_eq(files_field("class"), "organization");
        cr_expect_not(files_object.is_state);
        cr_expect_eq(files_object.finding_count, 0);
}

static void expect_same_as_file(const char *definition, const char *path)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        AUTO_FREE char *bytes = NULL;
        size_t len = 0;

        cr_assert_eq(file_read(path, 1 << 20, &bytes, &len, NULL), RC_OK);
        cr_assert_eq(json_parse(bytes, len, &json, NULL), RC_OK);
        str_clear(&text);
        json_print(json, 0, &text);
        cr_expect_str_eq(str_text(&text), definition, "%s", path);
}

Test(stix_write, definitions_are_those_of_the_data_folder)
{
        static const char *const ids[] = {STIX_EXT_ACT, STIX_EXT_STATE};

        for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
                cr_assert_eq(files_read_text(stix_definition(i)), RC_OK, "%s", files_err.text);
                cr_expect_str_eq(files_object.id, ids[i]);
                cr_expect_str_eq(files_object.type, "extension-definition");
                cr_expect_eq(files_object.finding_count, 0);
        }
        cr_expect_null(stix_definition(ARRAY_LEN(ids)));
        expect_same_as_file(stix_definition(0), "data/stix/act.json");
        expect_same_as_file(stix_definition(1), "data/stix/state.json");
}

/* Whether some kind carries a field of that name in the state. */
static bool is_carried(const char *name)
{
        for (size_t k = 0; k < kind_count(); k++) {
                const struct field *f = field_find(kind_at(k), name);

                if (f && (f->flags & (FIELD_FORM | FIELD_STATE)) && !(f->flags & FIELD_DERIVED))
                        return strcmp(name, "tlp") != 0;
        }
        return false;
}

Test(stix_write, the_schema_of_the_state_names_every_field_that_is_carried)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        AUTO_FREE char *bytes = NULL;
        size_t len = 0;

        cr_assert_eq(file_read("data/stix/state.schema.json", 1 << 20, &bytes, &len, NULL), RC_OK);
        cr_assert_eq(json_parse(bytes, len, &json, NULL), RC_OK);
        for (size_t k = 0; k < kind_count(); k++)
                for (size_t i = 0; i < kind_at(k)->field_count; i++) {
                        const char *name = kind_at(k)->fields[i].name;

                        cr_expect_eq(json_get(json_get(json, "properties"), name) != NULL,
                                     is_carried(name) || strcmp(name, "ref") == 0, "%s %s",
                                     kind_at(k)->name, name);
                }
}
