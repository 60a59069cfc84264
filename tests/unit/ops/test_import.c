#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/jsplit.h"
#include "store/journal.h"
#include "unit/desk.h"
#include "wire/stix.h"

TestSuite(import);

#define UNIT                                                                                       \
        "{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"" FOREIGN_UNIT                   \
        "\",\"created\":\"2026-11-24T09:00:00.000Z\",\"modified\":\"2026-11-24T09:00:00.000Z\","   \
        "\"name\":\"FR CERT\",\"identity_class\":\"organization\"}"
#define AMBER_MARK                                                                                 \
        ",\"object_marking_refs\":[\"marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421\"]"
#define RED_MARK                                                                                   \
        ",\"object_marking_refs\":[\"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1\"]"
#define OWN_MARK                                                                                   \
        ",\"object_marking_refs\":[\"marking-definition--00000000-0000-4000-8000-0000000000aa\"]"
#define OWN_MARKING                                                                                \
        "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":"                        \
        "\"marking-definition--00000000-0000-4000-8000-0000000000aa\",\"created\":"                \
        "\"2026-11-24T09:00:00.000Z\",\"definition_type\":\"tlp\",\"definition\":{\"tlp\":"        \
        "\"green\"}}"

/* A list of up to three objects; malloc'ed. */
static char *list(const char *a, const char *b, const char *c)
{
        return xasprintf("[%s%s%s%s%s]", a, b ? ",\n" : "", b ? b : "", c ? ",\n" : "", c ? c : "");
}

static void counted(const struct desk *d, const char *state, int created, int updated,
                    int unchanged, int refused)
{
        const struct import_result *r = &d->result;

        cr_assert_str_eq(r->state, state, "%s: %s", r->state, r->why);
        cr_assert_eq(r->created, created, "%d new", (int)r->created);
        cr_assert_eq(r->updated, updated, "%d updated", (int)r->updated);
        cr_assert_eq(r->unchanged, unchanged, "%d unchanged", (int)r->unchanged);
        cr_assert_eq(r->refused, refused, "%d refused", (int)r->refused);
        cr_assert_eq(r->objects, created + updated + unchanged + refused);
}

static void take(struct desk *d, const char *text)
{
        struct err err = {0};

        cr_assert_eq(desk_import(d, text, &err), RC_OK, "%s", err.text);
}

Test(import, twice_is_once)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", AMBER_MARK);
        AUTO_FREE char *two = foreign_incident(2, 0, "Two", "");
        AUTO_FREE char *newer = foreign_incident(2, 9, "Two, later", "");
        AUTO_FREE char *first = list(one, two, UNIT);
        AUTO_FREE char *second = list(two, newer, NULL);
        struct store_stats before, after;
        struct desk d;
        struct row row;

        desk_start(&d);
        take(&d, first);
        counted(&d, "imported", 3, 0, 0, 0);
        desk_row(&d, FOREIGN_ID(1), &a, &row);
        cr_assert_str_eq(thing_text(&row.thing, "source"), "FR CERT", "the unit is read first");
        cr_assert(row.tlp_given);
        cr_assert_eq(row.flags & (MARK_FOREIGN | MARK_UNACKED), MARK_FOREIGN | MARK_UNACKED);
        before = desk_stats(&d);
        take(&d, first);
        counted(&d, "imported", 0, 0, 3, 0);
        after = desk_stats(&d);
        cr_assert_eq(before.journal, after.journal);
        cr_assert_eq(before.versions, after.versions);
        take(&d, second);
        counted(&d, "imported", 0, 1, 1, 0);
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(2), "title", &a), "Two, later");
        take(&d, first);
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(2), "title", &a), "Two, later",
                         "an older version changes nothing");
        desk_stop(&d);
}

Test(import, a_bad_object_is_refused_alone_and_named)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *two = foreign_incident(2, 0, "Two", "");
        AUTO_FREE char *file =
                list(one, "{\"type\":\"incident\",\"id\":\"incident--nonsense\"}", two);
        struct journal_report report;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        take(&d, file);
        counted(&d, "partial", 2, 0, 0, 1);
        cr_assert(strstr(d.result.why, "object 2: "), "%s", d.result.why);
        cr_assert_not(strstr(d.result.why, "nonsense"), "only what can be looked for is named");
        cr_assert(strstr(str_text(&d.findings), "object 2: "));
        cr_assert_eq(journal_verify(d.ops.store, &report, &err), RC_OK, "%s", err.text);
        desk_stop(&d);
}

/* Who looks for it in the file has its id, where it can be found in what is broken. */
Test(import, what_cannot_be_read_is_named_by_its_id)
{
        AUTO_FREE char *file =
                list("{\"type\":\"incident\",\"name\":7,\"created\":\"never\",\"id\" : "
                     "\"incident--0e8ad6f7-2b3e-4a4c-8f4b-1f6b6e0d2a11\",\"name\":8}",
                     "{\"type\":\"incident\"}", "{}");
        struct desk d;

        desk_start(&d);
        take(&d, file);
        cr_expect(strstr(str_text(&d.findings),
                         "object 1: incident--0e8ad6f7-2b3e-4a4c-8f4b-1f6b6e0d2a11: "),
                  "%s", str_text(&d.findings));
        cr_expect(strstr(str_text(&d.findings), "object 2: "), "%s", str_text(&d.findings));
        desk_stop(&d);
}

Test(import, a_broken_file_changes_nothing)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *cut = xasprintf("[%s,\n{\"type\":", one);
        struct store_stats before, after;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        before = desk_stats(&d);
        cr_assert_eq(desk_import(&d, cut, &err), RC_INVALID);
        cr_assert(strstr(err.text, "line 2"), "%s", err.text);
        cr_assert_str_eq(d.result.state, "refused");
        err_clear(&err);
        cr_assert_eq(desk_import(&d, "{\"Event\":{\"info\":\"x\",\"Attribute\":[]}}", &err),
                     RC_INVALID);
        after = desk_stats(&d);
        cr_assert_eq(before.versions, after.versions);
        cr_assert_eq(before.journal, after.journal);
        desk_stop(&d);
}

Test(import, a_dry_run_says_the_same_and_writes_nothing)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *later = foreign_incident(1, 5, "One, later", "");
        AUTO_FREE char *two = foreign_incident(2, 0, "Two", "");
        AUTO_FREE char *file = list(one, later, two);
        struct store_stats before, after;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        take(&d, one);
        desk_reopen(&d, STORE_READ);
        before = desk_stats(&d);
        cr_assert_eq(desk_dry_run(&d, file, &err), RC_OK, "%s", err.text);
        counted(&d, "checked", 1, 1, 1, 0);
        after = desk_stats(&d);
        cr_assert_eq(before.versions, after.versions);
        cr_assert_eq(before.journal, after.journal);
        desk_stop(&d);
}

Test(import, what_is_above_the_ceiling_is_refused_and_named)
{
        AUTO_FREE char *amber = foreign_incident(1, 0, "One", AMBER_MARK);
        AUTO_FREE char *red = foreign_incident(2, 0, "Two", RED_MARK);
        AUTO_FREE char *unknown = foreign_incident(3, 0, "Three", OWN_MARK);
        AUTO_FREE char *file = list(amber, red, unknown);
        char id[STIX_ID_MAX];
        const struct ops_field fields[] = {{"title", "Ours"}, {"severity", "low"}, {"tlp", "red"}};
        struct err err = {0};
        struct desk d;

        desk_found(&d, &(struct ops_unit){.name = "Test CSIRT", .ceiling = TLP_AMBER});
        take(&d, file);
        counted(&d, "partial", 1, 0, 0, 2);
        cr_assert(strstr(str_text(&d.findings), "TLP:RED is above the ceiling TLP:AMBER"), "%s",
                  str_text(&d.findings));
        cr_assert_eq(ops_new(&d.ops, &kind_incident,
                             &(struct ops_request){
                                     .fields = fields, .field_count = 3, .occurred_ms = CLOCK_NONE},
                             id, &err),
                     RC_DENIED);
        desk_stop(&d);
}

Test(import, an_unknown_marking_is_red_until_it_is_defined)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", OWN_MARK);
        struct desk d;
        struct row row;

        desk_start(&d);
        take(&d, one);
        desk_row(&d, FOREIGN_ID(1), &a, &row);
        cr_assert(row.unresolved);
        cr_assert_str_eq(thing_text(&row.thing, "tlp"), "red");
        take(&d, OWN_MARKING);
        desk_row(&d, FOREIGN_ID(1), &a, &row);
        cr_assert_not(row.unresolved);
        cr_assert_str_eq(thing_text(&row.thing, "tlp"), "green");
        desk_stop(&d);
}

Test(import, twins_are_both_kept_and_told)
{
        CLEANUP(arena_finish) struct arena a = {0}, b = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *other = foreign_incident(1, 0, "Another", "");
        AUTO_FREE char *there = list(one, other, NULL);
        AUTO_FREE char *back = list(other, one, NULL);
        struct desk d, e;

        desk_start(&d);
        take(&d, there);
        counted(&d, "imported", 1, 1, 0, 0);
        cr_assert(strstr(str_text(&d.findings), "two contents under one id"));
        cr_assert_eq(desk_stats(&d).twins, 1);
        desk_start(&e);
        take(&e, back);
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "title", &a),
                         desk_shows(&e, FOREIGN_ID(1), "title", &b));
        desk_stop(&d);
        desk_stop(&e);
}

Test(import, without_modified_sorts_before_every_dated_version)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *dated = foreign_incident(1, 0, "Dated", "");
        struct desk d;

        desk_start(&d);
        take(&d, "[{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"" FOREIGN_ID(
                         1) "\",\"name\":\"Undated\"}]");
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "title", &a), "Undated");
        cr_assert(strstr(str_text(&d.findings), "modified is missing"));
        take(&d, dated);
        counted(&d, "imported", 0, 1, 0, 0);
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "title", &a), "Dated");
        desk_stop(&d);
}

Test(import, our_acts_stand_beside_the_newest_version_of_theirs)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *later = foreign_incident(1, 9, "One, later", "");
        struct desk d;
        struct row row;

        desk_start(&d);
        take(&d, one);
        desk_do(&d, FOREIGN_ID(1), "severity", "severity", "critical");
        desk_do(&d, FOREIGN_ID(1), "ack", NULL, NULL);
        take(&d, later);
        desk_row(&d, FOREIGN_ID(1), &a, &row);
        cr_assert_str_eq(thing_text(&row.thing, "title"), "One, later");
        cr_assert_str_eq(thing_text(&row.thing, "severity"), "critical");
        cr_assert_eq(row.flags & MARK_UNACKED, 0);
        cr_assert_eq(row.ours >> field_index(&kind_incident, "severity") & 1, 1);
        cr_assert_eq(row.ours >> field_index(&kind_incident, "title") & 1, 0);
        desk_stop(&d);
}

Test(import, acts_wait_for_the_thing_that_they_are_about)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *act = NULL;
        struct err err = {0};
        const char **ids = NULL;
        struct version v;
        struct row row;
        size_t count = 0;
        struct desk d, e;

        desk_start(&d);
        take(&d, one);
        desk_do(&d, FOREIGN_ID(1), "severity", "severity", "high");
        cr_assert_eq(version_ids(d.ops.store, "note--", 9, &a, &ids, &count, &err), RC_OK);
        cr_assert_eq(version_newest(d.ops.store, ids[0], false, &a, &v, &err), RC_OK);
        act = xstrndup(v.bytes, v.len);
        desk_join(&e, &d, "bruno");
        take(&e, act);
        cr_assert_eq(thing_by_id(e.ops.store, FOREIGN_ID(1), &a, &row, NULL), RC_NOTFOUND);
        take(&e, one);
        cr_assert_str_eq(desk_shows(&e, FOREIGN_ID(1), "severity", &a), "high");
        desk_stop(&d);
        desk_stop(&e);
}

Test(import, a_document_without_objects_is_imported)
{
        static const char *const empty[] = {
                "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000001\"}",
                "{\"type\":\"bundle\",\"objects\":[]}", "{}", "{\"more\":false}"};
        struct desk d;

        desk_start(&d);
        for (size_t i = 0; i < ARRAY_LEN(empty); i++) {
                take(&d, empty[i]);
                counted(&d, "imported", 0, 0, 0, 0);
        }
        desk_stop(&d);
}

#define CASE_ID "case-incident--00000000-0000-4000-8000-000000000001"

Test(import, a_case_incident_is_an_incident_like_any_other)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *out = NULL;
        const char *id = NULL;
        struct err err = {0};
        struct ops_view v;
        struct desk d;

        desk_start(&d);
        take(&d, "[{\"type\":\"case-incident\",\"spec_version\":\"2.1\",\"id\":\"" CASE_ID
                 "\",\"created\":\"2026-11-24T10:00:00.000Z\",\"modified\":"
                 "\"2026-11-24T10:00:00.000Z\",\"name\":\"A case\"}]");
        cr_assert_eq(ops_resolve(&d.ops, "X-0002", &a, &id, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(id, CASE_ID);
        desk_do(&d, CASE_ID, "ack", NULL, NULL);
        desk_do(&d, CASE_ID, "severity", "severity", "high");
        cr_assert_str_eq(desk_shows(&d, CASE_ID, "severity", &a), "high");
        cr_assert_eq(ops_view(&d.ops, CASE_ID, CLOCK_NONE, &a, &v, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(thing_text(&v.row.thing, "title"), "A case");
        out = desk_export(&d);
        take(&d, out);
        cr_assert_eq(d.result.refused, 0, "%s", d.result.why);
        cr_assert_eq(ops_rebuild(&d.ops, &(struct rebuild_options){0}, &err), RC_OK, "%s",
                     err.text);
        cr_assert_str_eq(desk_shows(&d, CASE_ID, "severity", &a), "high");
        desk_stop(&d);
}

Test(import, a_case_incident_of_our_own_is_published_under_its_type)
{
        AUTO_FREE char *out = NULL, *file = NULL;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        file = xasprintf("[{\"type\":\"case-incident\",\"spec_version\":\"2.1\",\"id\":\"" CASE_ID
                         "\",\"created_by_ref\":\"%s\",\"created\":\"2026-11-24T10:00:00.000Z\","
                         "\"modified\":\"2026-11-24T10:00:00.000Z\",\"name\":\"A case\"}]",
                         d.ops.unit);
        take(&d, file);
        desk_do(&d, CASE_ID, "severity", "severity", "high");
        out = desk_export(&d);
        cr_assert_eq(desk_import(&d, out, &err), RC_OK, "%s", err.text);
        cr_assert_eq(d.result.refused, 0, "%s", d.result.why);
        cr_assert_eq(desk_stats(&d).versions - desk_stats(&d).objects, 1, "theirs and ours");
        desk_stop(&d);
}

#define THEIR_STATE                                                                                \
        ",\"extensions\":{\"" STIX_EXT_STATE "\":{\"extension_type\":\"property-extension\","      \
        "\"ref\":\"INC-0107\"}}"

Test(import, a_unit_that_comes_later_gives_its_things_their_source_and_reference)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", THEIR_STATE);
        AUTO_FREE char *two = foreign_incident(2, 0, "Two", "");
        AUTO_FREE char *file = list(one, two, NULL);
        struct desk d;
        struct row row;

        desk_start(&d);
        take(&d, file);
        desk_do(&d, FOREIGN_ID(2), "ack", NULL, NULL);
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "source", &a), "");
        take(&d, UNIT);
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "source", &a), "FR CERT");
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(2), "source", &a), "FR CERT");
        desk_row(&d, FOREIGN_ID(1), &a, &row);
        cr_assert_str_eq(row.ref, "FR INC-0107");
        desk_stop(&d);
}

static bool always(void *ctx)
{
        (void)ctx;
        return true;
}

Test(import, stopped_half_way_it_can_be_run_again)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        struct jsplit_memory m = {.bytes = one, .len = strlen(one)};
        struct jsplit_source src = jsplit_from_memory(&m);
        struct import_result result;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(ops_import(&d.ops, &src, &(struct import_options){.name = "x", .stop = always},
                                &result, &err),
                     RC_FAIL);
        cr_assert(strstr(err.text, "what was committed stays"), "%s", err.text);
        cr_assert_str_eq(result.state, "partial");
        take(&d, one);
        counted(&d, "imported", 0, 0, 1, 0);
        desk_stop(&d);
}

/* A file that can be read once: the second pass finds it gone. */
struct once {
        struct jsplit_memory memory;
        int reads;
};

static ptrdiff_t once_read(void *ctx, char *buf, size_t size)
{
        struct once *o = ctx;
        const struct jsplit_source src = jsplit_from_memory(&o->memory);

        return src.read(src.ctx, buf, size);
}

static bool once_rewind(void *ctx)
{
        struct once *o = ctx;

        o->memory.at = 0;
        return o->reads++ == 0;
}

Test(import, what_stops_counts_what_became_of_objects)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        struct once once = {.memory = {.bytes = one, .len = strlen(one)}};
        const struct jsplit_source src = {.read = once_read, .rewind = once_rewind, .ctx = &once};
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(
                ops_import(&d.ops, &src, &(struct import_options){.name = "x"}, &d.result, &err),
                RC_FAIL);
        counted(&d, "partial", 0, 0, 0, 0);
        desk_stop(&d);
}

Test(import, a_clock_that_leaves_no_room_is_refused)
{
        struct desk d;

        desk_start(&d);
        take(&d,
             "{\"type\":\"note\",\"spec_version\":\"2.1\",\"id\":"
             "\"note--00000000-0000-4000-8000-000000000001\",\"created_by_ref\":\"" FOREIGN_UNIT
             "\",\"created\":\"2026-11-24T10:00:00.000Z\",\"modified\":"
             "\"2026-11-24T10:00:00.000Z\",\"content\":\"x\",\"object_refs\":[\"" FOREIGN_ID(
                     1) "\"],\"extensions\":{\"extension-definition--5a4e5f3c-8a0f-4c7d-9b56-"
                        "2f6a4d1c7e10\":{\"extension_type\":\"property-extension\",\"target\":"
                        "\"" FOREIGN_ID(
                                1) "\",\"verb\":\"note\",\"operator\":\"x\",\"console\":"
                                   "\"00000000000000ff\",\"hlc\":9223372036854775807,\"occurred\":"
                                   "\"2026-11-24T10:00:00.000Z\"}}}");
        counted(&d, "partial", 0, 0, 0, 1);
        cr_assert(strstr(d.result.why, "act.hlc"), "%s", d.result.why);
        desk_stop(&d);
}
