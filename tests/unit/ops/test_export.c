#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "ops/export.h"
#include "unit/desk.h"

TestSuite(export);

static enum rc gather(void *ctx, const char *bytes, size_t len, struct err *err)
{
        (void)err;
        str_addn(ctx, bytes, len);
        return RC_OK;
}

static char *export_with(struct desk *d, const struct export_options *o, struct export_result *ret)
{
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};

        str_init(&out, 1 << 20);
        cr_assert_eq(ops_export(&d->ops, o, gather, &out, ret, &err), RC_OK, "%s", err.text);
        return str_take(&out);
}

static size_t objects_in(const char *text)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        struct err err = {0};

        cr_assert_eq(json_parse(text, strlen(text), &json, &err), RC_OK, "%s", err.text);
        return json_len(json_get(json, "objects"));
}

static bool before(const char *text, const char *first, const char *second)
{
        const char *a = strstr(text, first), *b = strstr(text, second);

        return a && b && a < b;
}

Test(export, foreign_bytes_stay_and_references_come_first)
{
        AUTO_FREE char *odd = foreign_incident(1, 0, "One", ",\"x_odd\" :  [1.10, 2e1]");
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(desk_import(&d, odd, &err), RC_OK);
        desk_new(&d, "Ours", "critical", id);
        AUTO_FREE char *text = desk_export(&d);
        cr_assert(strstr(text, odd));
        /* TLP:AMBER, two extension definitions, unit, theirs, ours, the act that opened it */
        cr_assert_eq(objects_in(text), 7);
        cr_assert(before(text, "\"id\":\"marking-definition--", "\"id\":\"extension-definition--"));
        cr_assert(before(text, "\"id\":\"extension-definition--", "\"id\":\"identity--"));
        cr_assert(before(text, "\"id\":\"identity--", "\"id\":\"incident--"));
        cr_assert(before(text, "\"id\":\"incident--", "\"id\":\"note--"));
        AUTO_FREE char *again = desk_export(&d);
        cr_assert_str_eq(text, again);
        desk_stop(&d);
}

Test(export, a_snapshot_is_made_only_when_it_says_something_new)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct version *list = NULL;
        size_t count = 0;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ours", "low", id);
        free(desk_export(&d));
        desk_do(&d, id, "note", NULL, "a note changes nothing");
        clock_advance(MINUTE);
        free(desk_export(&d));
        cr_assert_eq(version_list(d.ops.store, id, &a, &list, &count, &err), RC_OK);
        cr_assert_eq(count, 1);
        desk_do(&d, id, "severity", "severity", "high");
        free(desk_export(&d));
        desk_do(&d, id, "severity", "severity", "low");
        free(desk_export(&d));
        cr_assert_eq(version_list(d.ops.store, id, &a, &list, &count, &err), RC_OK);
        cr_assert_eq(count, 3, "back to what was said before is news as well");
        cr_assert_lt(list[0].modified_ns, list[1].modified_ns);
        cr_assert_lt(list[1].modified_ns, list[2].modified_ns);
        cr_assert(memmem(list[2].bytes, list[2].len, "\"severity\":\"low\"", 16));
        cr_assert_eq(desk_stats(&d).outbox, 5, "snapshots are not queued: acts are");
        desk_stop(&d);
}

static int64_t newest_of(struct desk *d, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version v;

        cr_assert_eq(version_newest(d->ops.store, id, false, &a, &v, NULL), RC_OK);
        return v.modified_ns;
}

/* Two desks of a unit, apart, both come after the same snapshot of one whose clock is ahead. */
Test(export, two_that_come_after_the_same_snapshot_have_times_of_their_own)
{
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk a, b;

        desk_start(&a);
        desk_join(&b, &a, "novak");
        desk_new(&a, "Ours", "low", id);
        clock_advance(60 * MINUTE);
        AUTO_FREE char *ahead = desk_export(&a);
        cr_assert_eq(desk_import(&b, ahead, &err), RC_OK, "%s", err.text);
        clock_advance(-60 * MINUTE);
        desk_do(&a, id, "severity", "severity", "high");
        desk_do(&b, id, "severity", "severity", "critical");
        free(desk_export(&a));
        free(desk_export(&b));
        cr_expect_gt(newest_of(&a, id), (DESK_NOW + 60 * MINUTE) * 1000000);
        cr_expect_gt(newest_of(&b, id), (DESK_NOW + 60 * MINUTE) * 1000000);
        cr_expect_neq(newest_of(&a, id), newest_of(&b, id));
        desk_stop(&b);
        desk_stop(&a);
}

Test(export, a_readonly_database_says_the_same)
{
        char id[STIX_ID_MAX];
        struct store_stats stats;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ours", "low", id);
        desk_reopen(&d, STORE_READ);
        stats = desk_stats(&d);
        AUTO_FREE char *text = desk_export(&d);
        cr_assert_eq(desk_stats(&d).versions, stats.versions);
        desk_reopen(&d, STORE_WRITE);
        AUTO_FREE char *again = desk_export(&d);
        cr_assert_eq(desk_stats(&d).versions, stats.versions + 1);
        cr_assert_str_eq(text, again);
        desk_stop(&d);
}

Test(export, holds_back_what_is_above_the_ceiling_with_what_is_about_it)
{
        char id[STIX_ID_MAX], open[STIX_ID_MAX];
        struct export_result result;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Secret matter", "low", id);
        desk_do(&d, id, "set", "tlp", "red");
        desk_new(&d, "Open matter", "low", open);
        AUTO_FREE char *text =
                export_with(&d, &(struct export_options){.ceiling = TLP_AMBER}, &result);
        cr_assert_null(strstr(text, id));
        cr_assert_null(strstr(text, "Secret"));
        cr_assert(strstr(text, open));
        cr_assert_eq(result.held_back, 3, "the thing and its two acts: %d", (int)result.held_back);
        cr_assert_eq((size_t)result.objects, objects_in(text));
        desk_stop(&d);
}

/* Personal data, even where whoever sent it did not say so. */
Test(export, a_person_whom_nobody_marked_is_for_few)
{
        static const char person[] = "{\"type\":\"identity\",\"spec_version\":\"2.1\","
                                     "\"id\":\"identity--00000000-0000-4000-8000-00000000000%d\","
                                     "\"created\":\"2026-11-01T00:00:00.000Z\","
                                     "\"modified\":\"2026-11-01T00:00:00.000Z\","
                                     "\"name\":\"%s\",\"identity_class\":\"%s\"%s}";
        AUTO_FREE char *unmarked = xasprintf(person, 1, "Jana", "individual", "");
        AUTO_FREE char *told =
                xasprintf(person, 2, "Petr", "individual",
                          ",\"object_marking_refs\":[\"marking-definition--bab4a63c-aed9-4cf5-a766-"
                          "dfca5abac2bb\"]");
        AUTO_FREE char *house = xasprintf(person, 3, "House", "organization", "");
        struct export_result result;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(desk_import(&d, unmarked, &err), RC_OK, "%s", err.text);
        cr_assert_eq(desk_import(&d, told, &err), RC_OK, "%s", err.text);
        cr_assert_eq(desk_import(&d, house, &err), RC_OK, "%s", err.text);
        AUTO_FREE char *amber =
                export_with(&d, &(struct export_options){.ceiling = TLP_AMBER}, &result);
        cr_expect_null(strstr(amber, "Jana"));
        cr_expect_not_null(strstr(amber, "Petr"), "its marking says otherwise");
        cr_expect_not_null(strstr(amber, "House"));
        AUTO_FREE char *strict =
                export_with(&d, &(struct export_options){.ceiling = TLP_AMBER_STRICT}, &result);
        cr_expect_not_null(strstr(strict, "Jana"));
        desk_stop(&d);
}

Test(export, with_a_filter_takes_what_is_about_its_things)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *two = foreign_incident(2, 0, "Two", "");
        struct filter_context ctx = {.kind = &kind_incident};
        char id[STIX_ID_MAX];
        struct export_result result;
        struct err err = {0};
        struct filter f;
        struct desk d;

        desk_start(&d);
        cr_assert_eq(desk_import(&d, one, &err), RC_OK);
        cr_assert_eq(desk_import(&d, two, &err), RC_OK);
        cr_assert_eq(desk_import(&d,
                                 "{\"type\":\"relationship\",\"spec_version\":\"2.1\",\"id\":"
                                 "\"relationship--00000000-0000-4000-8000-000000000003\","
                                 "\"created\":\"2026-11-24T09:00:00.000Z\",\"modified\":"
                                 "\"2026-11-24T09:00:00.000Z\",\"relationship_type\":"
                                 "\"related-to\",\"source_ref\":\"" FOREIGN_ID(
                                         1) "\",\"target_ref\":\"" FOREIGN_ID(2) "\"}",
                                 &err),
                     RC_OK);
        desk_do(&d, FOREIGN_ID(1), "severity", "severity", "critical");
        desk_do(&d, FOREIGN_ID(2), "note", NULL, "not this one");
        desk_new(&d, "Ours", "low", id);
        cr_assert_eq(filter_read("severity:critical", &ctx, &a, &f, NULL, &err), RC_OK);
        AUTO_FREE char *text =
                export_with(&d, &(struct export_options){.filter = &f, .ceiling = -1}, &result);
        cr_assert(strstr(text, one));
        cr_assert(strstr(text, "\"verb\":\"severity\""));
        cr_assert(strstr(text, "relationship--"));
        cr_assert(strstr(text, d.ops.unit));
        cr_assert_null(strstr(text, two));
        cr_assert_null(strstr(text, "not this one"));
        cr_assert_null(strstr(text, id));
        cr_assert_eq((size_t)result.objects, objects_in(text));
        desk_stop(&d);
}
