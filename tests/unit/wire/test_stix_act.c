/* Notes: our acts, strictly; those of others, as they come. */
#include "wire/stix.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/json.h"
#include "model/accept.h"
#include "stix_files.h"

#define NOTE(n)  "note--0e000000-0000-4000-8000-00000000000" #n
#define INCIDENT "incident--0a000000-0000-4000-8000-000000000001"

TestSuite(stix_act, .init = files_setup, .fini = files_teardown);

Test(stix_act, all_that_it_says)
{
        const struct act *act = NULL;

        cr_assert_eq(files_read("act"), RC_OK, "%s", files_err.text);
        act = files_object.act;
        cr_expect_eq(files_object.what, STIX_ACT);
        cr_expect_str_eq(act->target, INCIDENT);
        cr_expect_str_eq(act->verb, "set");
        cr_expect_str_eq(act->unit, "identity--0b000000-0000-4000-8000-000000000001");
        cr_expect_eq(act->hlc, INT64_C(117671543627776003));
        cr_expect_eq(act->occurred_ms, act->created_ms - 267250);
        cr_expect_str_eq(act_sets_field(act, "severity")->value, "critical");
        cr_expect_str_eq(act_sets_field(act, "description")->value, "Two hospitals.\nBy hand.");
        cr_expect_null(act_sets_field(act, "owner")->value);
        cr_expect_eq(act->element_count, 4);
        cr_expect_str_eq(act->elements[0].field, "sectors");
        cr_expect(act->elements[0].remove);
        cr_expect_str_eq(act->elements[1].item, "BE");
        cr_expect_not(act->elements[1].remove);
        cr_expect(act_was_names(act, "severity", NOTE(4)));
        cr_expect_str_eq(act->undoes, NOTE(5));
        cr_expect_eq(act->detail_count, 3);
        cr_expect_str_eq(act->details[0].name, "grade");
        cr_expect_str_eq(act_detail(act, "options"), "Wait.\nCut the link.");
        cr_expect_str_eq(act_detail(act, "of_a_newer_version"), "kept");
}

Test(stix_act, is_shown_as_an_entry_of_the_log)
{
        cr_assert_eq(files_read("act"), RC_OK);
        cr_expect_eq(files_object.thing->kind, &kind_log);
        cr_expect_str_eq(files_field("occurred"), "2026-11-24T13:00:00.000Z");
        cr_expect_str_eq(files_field("recorded"), "2026-11-24T13:04:27.250Z");
        cr_expect_str_eq(files_field("operator"), "duarte");
        cr_expect_str_eq(files_field("role"), "duty officer");
        cr_expect_str_eq(files_field("verb"), "set");
        cr_expect_str_eq(files_field("text"), "changed by duarte: two hospitals down");
        cr_expect_str_eq(files_field("reason"), "two hospitals down");
        cr_expect_str_eq(files_items("about"), INCIDENT);
}

Test(stix_act, notes_of_others)
{
        cr_assert_eq(files_read("note-foreign"), RC_OK);
        cr_expect_eq(files_object.what, STIX_NOTE);
        cr_expect_null(files_object.act);
        cr_expect_str_eq(files_field("text"), "Call with the hospital\nThe backups are off site.\n"
                                              "Restoring starts at noon.");
        cr_expect_str_eq(files_field("operator"), "M. Example, N. Example");
        cr_expect_str_eq(files_field("occurred"), "2026-11-24T10:00:00.000Z");
        cr_expect_str_eq(files_field("verb"), "note");
        cr_expect_str_eq(files_field("tlp"), "amber");
        cr_expect_eq(thing_value(files_object.thing, "about")->count, 2);
        cr_expect_str_eq(files_object.refs[0], INCIDENT);
}

/* ---- refusals ------------------------------------------------------------------------------ */

static struct json_t *act_json(void)
{
        size_t len = 0;
        AUTO_FREE char *bytes = files_bytes("act", &len);
        struct json_t *json = NULL;

        cr_assert_eq(json_parse(bytes, len, &json, NULL), RC_OK);
        return json;
}

static void expect_refused(const struct json_t *json, const char *why)
{
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, 1 << 20);
        json_print(json, 0, &text);
        cr_expect_eq(files_read_text(str_text(&text)), RC_INVALID, "%s", why);
        cr_expect(strstr(files_err.text, why), "%s, not: %s", why, files_err.text);
}

static struct json_t *value_of(const char *text)
{
        struct json_t *list = NULL, *v = NULL;

        cr_assert_eq(json_parse(text, strlen(text), &list, NULL), RC_OK);
        v = json_share(json_at(list, 0));
        json_free(list);
        return v;
}

Test(stix_act, malformed_ones_are_refused_with_a_sentence)
{
        static const struct {
                bool in_ext;
                const char *key, *value, *why;
        } bad[] = {
                {true, "target", "[7]", "act.target is not a string"},
                {true, "target", "[\"x\"]", "act.target is not an identifier"},
                {true, "target", "[\"" NOTE(9) "\"]", "object_refs does not hold"},
                {true, "verb", "[\"\"]", "act.verb is not the name"},
                {true, "verb", "[\"rm -rf\"]", "act.verb is not the name"},
                {true, "operator", "[\"\"]", "act.operator is missing"},
                {true, "console", "[\"COFFEE\"]", "act.console is not 16 hex digits"},
                {true, "hlc", "[\"1\"]", "act.hlc is not a whole number"},
                {true, "hlc", "[1.5]", "act.hlc is not a whole number"},
                {true, "hlc", "[-1]", "act.hlc is negative"},
                {true, "occurred", "[\"noon\"]", "act.occurred is not a timestamp"},
                {true, "occurred", "[0]", "act.occurred is not a timestamp"},
                {true, "set", "[[]]", "act.set is not an object"},
                {true, "set", "[{\"severity\":1}]", "act.set.severity is not a string"},
                {true, "set", "[{\"se\\nverity\":\"high\"}]", "a field that can't be one"},
                {true, "add", "[{\"states\":\"FR\"}]", "act.add.states is not a list"},
                {true, "remove", "[{\"states\":[null]}]", "remove states what is not a string"},
                {true, "was", "[{\"severity\":[\"x\"]}]", "act.was.severity holds"},
                {true, "detail", "[[]]", "act.detail is not an object"},
                {true, "reason", "[false]", "act.reason is not a string"},
                {true, "undoes", "[\"x\"]", "act.undoes is not an identifier"},
                {false, "modified", "[\"2026-11-25T00:00:00.000Z\"]", "no later versions"},
                {false, "created_by_ref", "[\"x\"]", "created_by_ref is missing"},
                {false, "object_refs", "[[]]", "object_refs does not hold"},
        };

        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                CLEANUP(json_cleanup) struct json_t *json = act_json();
                struct json_t *ext = json_get(json_get(json, "extensions"), STIX_EXT_ACT);

                json_set(bad[i].in_ext ? ext : json, bad[i].key, value_of(bad[i].value));
                expect_refused(json, bad[i].why);
        }
}

Test(stix_act, an_extension_that_is_no_object_does_not_make_it_a_plain_note)
{
        CLEANUP(json_cleanup) struct json_t *json = act_json();

        json_set(json_get(json, "extensions"), STIX_EXT_ACT, value_of("[7]"));
        expect_refused(json, "is not an object");
}

static struct json_t *many(size_t count, const char *field)
{
        struct json_t *list = json_new_list(), *obj = json_new_obj();

        for (size_t i = 0; i < count; i++)
                json_push_text(list, NOTE(1));
        json_set(obj, field, list);
        return obj;
}

static struct json_t *many_fields(size_t count)
{
        struct json_t *obj = json_new_obj();

        for (size_t i = 0; i < count; i++)
                json_set_text(obj, arena_printf(&files_arena, "f%zu", i), "x");
        return obj;
}

Test(stix_act, caps_are_exact)
{
        CLEANUP(json_cleanup) struct json_t *json = act_json();
        struct json_t *ext = json_get(json_get(json, "extensions"), STIX_EXT_ACT);
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, 1 << 20);
        json_set(ext, "set", many_fields(ACT_FIELDS_MAX));
        json_set(ext, "was", many(ACT_WAS_MAX, "severity"));
        json_set(ext, "add", many(ACT_ELEMENTS_MAX - 1, "states"));
        json_set(ext, "remove", many(1, "states"));
        json_print(json, 0, &text);
        cr_expect_eq(files_read_text(str_text(&text)), RC_OK, "%s", files_err.text);
        cr_expect_not(act_is_too_large(files_object.act));
        json_set(ext, "remove", many(2, "states"));
        expect_refused(json, "more than 1024 elements");
        json_set(ext, "was", many(ACT_WAS_MAX + 1, "severity"));
        expect_refused(json, "at most 256");
        json_set(ext, "set", many_fields(ACT_FIELDS_MAX + 1));
        expect_refused(json, "more than 64 fields");
        json_set(ext, "set", many_fields(1));
        json_set(ext, "was", many(1, "severity"));
        json_set(ext, "remove", many(1, "states"));
        json_set(ext, "detail", many_fields(ACT_DETAILS_MAX));
        str_clear(&text);
        json_print(json, 0, &text);
        cr_expect_eq(files_read_text(str_text(&text)), RC_OK, "%s", files_err.text);
        json_set(ext, "detail", many_fields(ACT_DETAILS_MAX + 1));
        expect_refused(json, "more than 32 details");
}

Test(stix_act, a_detail_that_is_none_is_passed_over)
{
        CLEANUP(json_cleanup) struct json_t *json = act_json();
        struct json_t *ext = json_get(json_get(json, "extensions"), STIX_EXT_ACT);
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, 1 << 20);
        json_set(ext, "detail",
                 value_of("[{\"grade\":2,\"Op tions\":\"x\",\"review\":\"a\\u0007b\"}]"));
        json_print(json, 0, &text);
        cr_assert_eq(files_read_text(str_text(&text)), RC_OK, "%s", files_err.text);
        cr_expect_eq(files_object.act->detail_count, 1);
        cr_expect_str_eq(act_detail(files_object.act, "review"), "a\\x07b");
        cr_expect_eq(files_object.finding_count, 2);
}

/* ---- there and back ------------------------------------------------------------------------ */

static void write_and_read(const struct act *act, int tlp)
{
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, 1 << 20);
        stix_write_act(act, tlp, &text);
        cr_assert_eq(files_read_text(str_text(&text)), RC_OK, "%s", files_err.text);
}

Test(stix_act, written_and_read_it_is_the_same)
{
        const struct act *act = NULL;

        cr_assert_eq(files_read("act"), RC_OK);
        act = files_object.act;
        write_and_read(act, TLP_AMBER);
        cr_expect_eq(act_compare_all(act, files_object.act), 0);
        cr_expect_eq(act_compare(&act, &(const struct act *){files_object.act}), 0);
        cr_expect_str_eq(files_field("tlp"), "amber");
        cr_expect_eq(files_object.finding_count, 0);
}

Test(stix_act, the_least_one_is_the_same_too)
{
        const struct act act = {
                .id = NOTE(7),
                .target = INCIDENT,
                .verb = "note",
                .text = "",
                .operator= "o",
                .console = "ffffffffffffffff",
                .unit = "identity--0b000000-0000-4000-8000-000000000001",
                .hlc = INT64_MAX,
                .occurred_ms = -1,
                .created_ms = 0,
        };

        write_and_read(&act, -1);
        cr_expect_eq(act_compare_all(&act, files_object.act), 0);
        cr_expect_eq(files_object.marking_count, 0);
}

Test(stix_act, order_of_members_does_not_matter)
{
        const struct act *first = NULL;
        CLEANUP(json_cleanup) struct json_t *json = act_json();
        struct json_t *ext = json_get(json_get(json, "extensions"), STIX_EXT_ACT);
        CLEANUP(str_finish) struct str text = {0};

        cr_assert_eq(files_read("act"), RC_OK);
        first = files_object.act;
        json_set(ext, "add", value_of("[{\"states\":[\"BE\",\"FR\"]}]"));
        str_init(&text, 1 << 20);
        json_print(json, 0, &text);
        cr_assert_eq(files_read_text(str_text(&text)), RC_OK);
        cr_expect_eq(act_compare_all(first, files_object.act), 0);
}
