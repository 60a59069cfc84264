/* Who may go at all, and what comes back: asked of the person who makes the act. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ops/readiness.h"
#include "unit/going.h"

TestSuite(goers);

#define HOUR    (60 * MINUTE)
#define REVOKED "identity--00000000-0000-4000-8000-0000000000e9"

static void must_refuse(struct desk *d, const char *id, const char *verb, const char *why)
{
        struct err err;

        cr_expect_eq(going_try(d, id, verb, &err), RC_CONFLICT, "%s", verb);
        cr_expect(strstr(err.text, why), "%s", err.text);
}

/* A person of another unit, as its author has it; later versions replace earlier ones. */
static void foreign_expert(struct desk *d, int minute, const char *revoked)
{
        AUTO_FREE char *text = xasprintf(
                "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000000\","
                "\"objects\":[{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"" REVOKED
                "\",\"created_by_ref\":\"" FOREIGN_UNIT
                "\",\"created\":\"2026-11-20T00:00:00.000Z\",\"modified\":"
                "\"2026-11-20T00:%02d:00.000Z\",\"revoked\":%s,\"name\":\"Rita\",\"identity_"
                "class\":"
                "\"individual\",\"extensions\":{\"extension-definition--c1d2b7a8-3e64-4f19-8d0b-"
                "7b9e6a5f4c21\":{\"extension_type\":\"property-extension\",\"kind\":\"expert\","
                "\"ref\":\"EXP-0009\",\"name\":\"Rita\",\"roles\":[\"forensics\"]}}}]}",
                minute, revoked);
        struct err err = {0};

        cr_assert_eq(desk_import(d, text, &err), RC_OK, "%s", err.text);
        cr_assert_eq(d->result.refused, 0, "%s", d->result.why);
}

/* Nor by what a team can do. */
Test(goers, who_was_revoked_does_not_go_and_is_not_counted)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char team[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct readiness_sum sum = {0};
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        foreign_expert(&d, 0, "false");
        desk_make_of(&d, &kind_team, team, "name", "Blue", "members", REVOKED, "needs",
                     "forensics:1", NULL);
        going_planned(&d, REVOKED, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_planned(&d, team, "2026-12-05T08:00Z", "2026-12-08T08:00Z", other);
        desk_move(&d, one, "alert");
        going_shows(&d, team, "filled", "1 of 1");
        foreign_expert(&d, 1, "true");
        must_refuse(&d, one, "confirm", "Rita was revoked by its author");
        must_refuse(&d, other, "alert", "Rita was revoked by its author");
        going_shows(&d, team, "filled", "0 of 1");
        cr_assert_eq(ops_readiness(&d.ops, NULL, 0, &a, &sum, &err), RC_OK, "%s", err.text);
        cr_expect_eq(sum.is.line_count, 0);
        desk_stop(&d);
}

Test(goers, who_is_on_leave_or_works_remotely_only_does_not_go_on_site)
{
        char ana[STIX_ID_MAX], bodo[STIX_ID_MAX], one[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        going_expert(&d, "Bodo", bodo);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        desk_do(&d, one, "set", "mode", "on-site");
        desk_do(&d, ana, "set", "leave", "2026-11-27T08:00Z/2026-12-01T08:00Z");
        desk_move(&d, one, "alert");
        must_refuse(&d, one, "confirm", "EXP-0001 Ana is on leave from 2026-11-27T08:00");
        desk_do(&d, ana, "set", "leave", "2026-11-28T08:00Z/2026-12-01T08:00Z");
        desk_do(&d, ana, "set", "remote", "remote");
        must_refuse(&d, one, "confirm", "EXP-0001 Ana works remotely only");
        desk_do(&d, ana, "set", "remote", "both");
        desk_move(&d, one, "confirm");
        cr_expect_eq(desk_try(&d, one, "extend", "until", "2026-11-30T08:00Z", NULL, &err),
                     RC_CONFLICT);
        cr_expect(strstr(err.text, "is on leave"), "%s", err.text);
        desk_do(&d, bodo, "set", "remote", "remote");
        AUTO_FREE char *swap = xasprintf("+%s -%s", bodo, ana);
        err_clear(&err);
        cr_expect_eq(desk_try(&d, one, "substitute", "resources", swap, "ill", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "EXP-0002 Bodo works remotely only"), "%s", err.text);
        desk_do(&d, bodo, "set", "remote", "on-site");
        desk_do(&d, ana, "set", "leave", "2026-11-27T08:00Z/2026-12-01T08:00Z");
        err_clear(&err);
        cr_expect_eq(desk_try(&d, one, "substitute", "resources", swap, "ill", &err), RC_OK, "%s",
                     err.text);
        desk_stop(&d);
}

Test(goers, who_comes_in_for_one_who_was_confirmed_is_looked_at_anew)
{
        char ana[STIX_ID_MAX], bodo[STIX_ID_MAX], cyd[STIX_ID_MAX], one[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        going_expert(&d, "Bodo", bodo);
        going_expert(&d, "Cyd", cyd);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        desk_move(&d, one, "alert");
        desk_move(&d, one, "confirm");
        AUTO_FREE char *swap = xasprintf("+%s -%s", bodo, ana);
        cr_assert_eq(desk_try(&d, one, "substitute", "resources", swap, "ill", &err), RC_OK, "%s",
                     err.text);
        going_shows(&d, one, "checks", "");
        must_refuse(&d, one, "mobilise", "conflicts of interest were not looked at");
        desk_do(&d, one, "set", "checks", "+interests +rest +papers +medical +insurance");
        desk_move(&d, one, "mobilise");
        AUTO_FREE char *again = xasprintf("+%s -%s", cyd, bodo);
        cr_assert_eq(desk_try(&d, one, "substitute", "resources", again, "ill", &err), RC_OK, "%s",
                     err.text);
        must_refuse(&d, one, "remote-ready", "conflicts of interest were not looked at");
        cr_assert_eq(ops_undo(&d.ops, NULL, &err), RC_OK, "%s", err.text);
        desk_move(&d, one, "remote-ready");
        cr_assert_eq(desk_try(&d, one, "substitute", "resources", again, "ill", &err), RC_OK, "%s",
                     err.text);
        desk_do(&d, one, "set", "host", "Rui, +351 1");
        desk_do(&d, one, "set", "access", "+access +evidence-rules");
        must_refuse(&d, one, "start", "conflicts of interest were not looked at");
        desk_do(&d, one, "set", "checks", "+interests +rest +papers +medical +insurance");
        desk_move(&d, one, "start");
        desk_stop(&d);
}

Test(goers, what_is_damaged_does_not_go)
{
        char kit[STIX_ID_MAX], part[STIX_ID_MAX], one[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_equipment, kit, "name", "Kit", NULL);
        desk_make_of(&d, &kind_equipment, part, "name", "Laptop", "kit", kit, "condition",
                     "damaged", NULL);
        going_planned(&d, kit, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        desk_move(&d, one, "alert");
        must_refuse(&d, one, "confirm", "EQP-0002 Laptop is damaged");
        desk_do(&d, part, "set", "condition", "worn");
        desk_move(&d, one, "confirm");
        desk_stop(&d);
}

Test(goers, a_manifest_names_what_goes_and_no_more_comes_back)
{
        static const char *const there[] = {"depart", "arrive", "recall", "demobilise"};
        static const struct ops_field good = {"condition", "good"};
        struct ops_field back[] = {{"checked_in", "SN1 EQP-0002 SN3"}, {"sanitised", "now"}};
        struct ops_request r = {.verb = "return",
                                .fields = &good,
                                .field_count = 1,
                                .details = back,
                                .detail_count = 2,
                                .occurred_ms = CLOCK_NONE};
        char kit[STIX_ID_MAX], part[STIX_ID_MAX], other[STIX_ID_MAX], one[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_equipment, kit, "name", "Kit", "serial", "SN1", NULL);
        desk_make_of(&d, &kind_equipment, part, "name", "Laptop", "kit", kit, NULL);
        desk_make_of(&d, &kind_equipment, other, "name", "Probe", "serial", "SN3", NULL);
        going_planned(&d, kit, "2026-11-24T13:00Z", "2026-11-28T08:00Z", one);
        going_book(&d, one);
        desk_move(&d, one, "mobilise");
        cr_expect_eq(desk_try(&d, one, "manifest", "manifest", "SN1 SN3", NULL, &err), RC_INVALID);
        cr_expect(strstr(err.text, "SN3 is the serial of nothing that goes"), "%s", err.text);
        desk_do(&d, one, "manifest", "manifest", "SN1 EQP-0002");
        for (size_t i = 0; i < ARRAY_LEN(there); i++)
                desk_move(&d, one, there[i]);
        err_clear(&err);
        cr_expect_eq(ops_do(&d.ops, one, &r, &err), RC_INVALID);
        cr_expect(strstr(err.text, "SN3 is not on the manifest"), "%s", err.text);
        desk_stop(&d);
}

Test(goers, equipment_tells_by_itself_how_it_came_back)
{
        static const char *const there[] = {"depart", "arrive", "recall", "demobilise"};
        static const struct ops_field worn = {"condition", "worn"};
        static const struct ops_field back[] = {
                {"checked_in", "SN1"}, {"missing", "SN2"}, {"sanitised", "2026-11-24T12:30Z"}};
        const struct ops_request r = {.verb = "return",
                                      .fields = &worn,
                                      .field_count = 1,
                                      .details = back,
                                      .detail_count = ARRAY_LEN(back),
                                      .occurred_ms = CLOCK_NONE};
        char kit[STIX_ID_MAX], probe[STIX_ID_MAX], one[STIX_ID_MAX];
        AUTO_FREE char *undone = NULL;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_equipment, kit, "name", "Kit", "serial", "SN1", "condition", "good",
                     NULL);
        desk_make_of(&d, &kind_equipment, probe, "name", "Probe", "serial", "SN2", "condition",
                     "good", NULL);
        AUTO_FREE char *both = xasprintf("%s,%s", kit, probe);
        going_planned(&d, both, "2026-11-24T13:00Z", "2026-11-28T08:00Z", one);
        going_book(&d, one);
        desk_move(&d, one, "mobilise");
        desk_do(&d, one, "manifest", "manifest", "SN1 SN2");
        for (size_t i = 0; i < ARRAY_LEN(there); i++)
                desk_move(&d, one, there[i]);
        clock_advance(HOUR);
        cr_assert_eq(ops_do(&d.ops, one, &r, &err), RC_OK, "%s", err.text);
        going_shows(&d, kit, "condition", "worn");
        going_shows(&d, kit, "sanitised", "2026-11-24T12:30:00.000Z");
        going_shows(&d, probe, "condition", "good");
        AUTO_FREE char *fold = desk_fold(&d, kit);
        cr_expect(strstr(fold, "returned from DEP-0001"), "%s", fold);
        cr_assert_eq(ops_undo(&d.ops, &undone, &err), RC_OK, "%s", err.text);
        going_shows(&d, kit, "condition", "good");
        going_shows(&d, one, "state", "demobilising");
        desk_stop(&d);
}

static void must_be_marked(struct desk *d, const char *who, const char *tlp, const char *wanted)
{
        char id[STIX_ID_MAX];

        desk_make_of(d, &kind_deployment, id, "title", "Ana to Brno", "resources", who,
                     tlp ? "tlp" : NULL, tlp, NULL);
        going_shows(d, id, "tlp", wanted);
}

Test(goers, a_deployment_is_as_strict_as_who_goes_unless_somebody_says_otherwise)
{
        char ana[STIX_ID_MAX], kit[STIX_ID_MAX], plain[STIX_ID_MAX];
        AUTO_FREE char *both = NULL;
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        desk_make_of(&d, &kind_equipment, kit, "name", "Kit", "tlp", "red", NULL);
        desk_make_of(&d, &kind_equipment, plain, "name", "Tap", NULL);
        both = xasprintf("%s,%s", ana, kit);
        must_be_marked(&d, ana, NULL, "amber+strict");
        must_be_marked(&d, both, NULL, "red");
        must_be_marked(&d, ana, "amber", "amber");
        must_be_marked(&d, plain, NULL, "amber");
        desk_stop(&d);
}
