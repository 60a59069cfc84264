/* Who is booked, by whom: on one console nobody twice; on two that did not know of each other both
 * say so. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ops/readiness.h"
#include "ops/rosters.h"
#include "unit/desk.h"

TestSuite(bookings);

#define HOUR    (60 * MINUTE)
#define REVOKED "identity--00000000-0000-4000-8000-0000000000e9"

static void expert(struct desk *d, const char *name, char id[STIX_ID_MAX])
{
        desk_make_of(d, &kind_expert, id, "name", name, "verified", "2026-11-24", "clearance",
                     "s-ue", "languages", "ro:c1", NULL);
}

/* Planned, with all that was to be looked at. */
static void deployment(struct desk *d, const char *who, const char *from, const char *until,
                       char id[STIX_ID_MAX])
{
        desk_make_of(d, &kind_deployment, id, "title", "Team", "resources", who, "from", from,
                     "until", until, "checks", "interests,rest,papers,medical,insurance", NULL);
}

static enum rc try(struct desk *d, const char *id, const char *verb, struct err *err)
{
        *err = (struct err){0};
        return desk_try(d, id, verb, NULL, NULL, "as agreed", err);
}

static void book(struct desk *d, const char *id)
{
        desk_move(d, id, "alert");
        desk_move(d, id, "confirm");
}

static void cr_shows(struct desk *d, const char *id, const char *field, const char *wanted)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *shown = desk_shows(d, id, field, &a);

        cr_expect_str_eq(shown, wanted, "%s is %s, not %s", field, shown, wanted);
}

static bool in_conflict(struct desk *d, const char *id, const char *with)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;

        desk_row(d, id, &a, &row);
        return (row.flags & MARK_CONFLICT) && value_has(thing_value(&row.thing, "overlaps"), with);
}

static void meet(struct desk *one, struct desk *other)
{
        AUTO_FREE char *a = desk_export(one), *b = desk_export(other);
        struct err err = {0};

        cr_assert_eq(desk_import(other, a, &err), RC_OK, "%s", err.text);
        cr_assert_eq(desk_import(one, b, &err), RC_OK, "%s", err.text);
}

Test(bookings, nobody_is_booked_twice_on_one_console)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct err err;
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        deployment(&d, ana, "2026-11-27T08:00Z", "2026-11-30T08:00Z", other);
        book(&d, one);
        cr_assert_eq(try(&d, other, "alert", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "EXP-0001 Ana is confirmed for DEP-0001"), "%s", err.text);
        cr_shows(&d, other, "state", "planned");
        desk_move(&d, one, "stand-down");
        book(&d, other);
        desk_stop(&d);
}

/* Two may ask for one person; both see that the other does, as long as it does. */
Test(bookings, who_is_asked_for_twice_is_seen_in_both)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX], later[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        deployment(&d, ana, "2026-11-27T08:00Z", "2026-11-30T08:00Z", other);
        deployment(&d, ana, "2026-11-30T08:00Z", "2026-12-02T08:00Z", later);
        desk_move(&d, later, "alert");
        desk_move(&d, one, "alert");
        cr_shows(&d, one, "contested", "");
        desk_move(&d, other, "alert");
        cr_shows(&d, one, "contested", other);
        cr_shows(&d, other, "contested", one);
        cr_expect_not(in_conflict(&d, one, other));
        desk_move(&d, one, "confirm");
        cr_shows(&d, other, "contested", one);
        desk_move(&d, one, "stand-down");
        cr_shows(&d, one, "contested", "");
        cr_shows(&d, other, "contested", "");
        cr_shows(&d, later, "contested", "");
        desk_stop(&d);
}

Test(bookings, one_may_begin_when_the_other_ends)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        deployment(&d, ana, "2026-11-28T08:00Z", "2026-11-30T08:00Z", other);
        book(&d, one);
        book(&d, other);
        cr_expect_not(in_conflict(&d, one, other));
        desk_stop(&d);
}

/* Late, and with the next deployment ahead already. */
Test(bookings, who_is_back_rests_before_anybody_writes_it_down)
{
        static const char *const way[] = {"mobilise", "depart", "arrive"};
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX], third[STIX_ID_MAX];
        struct err err;
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        deployment(&d, ana, "2026-11-24T13:00Z", "2026-11-24T20:00Z", one);
        deployment(&d, ana, "2026-11-24T21:00Z", "2026-11-25T20:00Z", other);
        deployment(&d, ana, "2026-11-26T20:00Z", "2026-11-27T20:00Z", third);
        book(&d, one);
        book(&d, other);
        for (size_t i = 0; i < ARRAY_LEN(way); i++)
                desk_move(&d, one, way[i]);
        desk_move(&d, other, "stand-down");
        clock_advance(12 * HOUR); /* 00:00Z */
        desk_move(&d, one, "recall");
        desk_move(&d, one, "demobilise");
        desk_move(&d, one, "return");
        cr_shows(&d, ana, "status", "resting");
        cr_shows(&d, ana, "rest_until", "2026-11-25T11:00:00.000Z");
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-25T20:00Z", other);
        cr_expect_eq(try(&d, other, "alert", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "rests after DEP-0001"), "%s", err.text);
        desk_move(&d, one, "rest");
        cr_shows(&d, ana, "status", "resting");
        cr_shows(&d, ana, "rest_until", "2026-11-25T11:00:00.000Z");
        book(&d, third);
        desk_stop(&d);
}

/* It begins when the other was to end; that ends late. */
Test(bookings, who_is_needed_elsewhere_already_may_come_home_and_rest)
{
        static const char *const way[] = {"mobilise",   "depart", "arrive", "recall",
                                          "demobilise", "return", "rest",   "close"};
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        deployment(&d, ana, "2026-11-24T13:00Z", "2026-11-24T14:00Z", one);
        deployment(&d, ana, "2026-11-24T14:00Z", "2026-11-25T20:00Z", other);
        book(&d, one);
        book(&d, other);
        for (size_t i = 0; i < ARRAY_LEN(way); i++)
                desk_move(&d, one, way[i]);
        cr_shows(&d, one, "state", "closed");
        desk_stop(&d);
}

Test(bookings, a_team_holds_its_members_and_a_kit_its_parts)
{
        char ana[STIX_ID_MAX], team[STIX_ID_MAX], kit[STIX_ID_MAX], part[STIX_ID_MAX];
        char one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct err err;
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        desk_make_of(&d, &kind_team, team, "name", "Blue", "members", ana, NULL);
        desk_make_of(&d, &kind_equipment, kit, "name", "Kit", NULL);
        desk_make_of(&d, &kind_equipment, part, "name", "Laptop", "kit", kit, NULL);
        deployment(&d, team, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        book(&d, one);
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-26T08:00Z", other);
        cr_expect_eq(try(&d, other, "alert", &err), RC_CONFLICT);
        cr_shows(&d, ana, "status", "held");
        deployment(&d, kit, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        book(&d, one);
        deployment(&d, part, "2026-11-25T08:00Z", "2026-11-26T08:00Z", other);
        cr_expect_eq(try(&d, other, "alert", &err), RC_CONFLICT);
        cr_shows(&d, part, "status", "held");
        desk_stop(&d);
}

Test(bookings, what_two_consoles_did_offline_shows_on_both)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk a, b;

        desk_start(&a);
        desk_join(&b, &a, "bea");
        expert(&a, "Ana", ana);
        meet(&a, &b);
        deployment(&a, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        deployment(&b, ana, "2026-11-27T08:00Z", "2026-11-30T08:00Z", other);
        book(&a, one);
        book(&b, other);
        meet(&a, &b);
        for (struct desk *d = &a; d; d = d == &a ? &b : NULL) {
                cr_expect(in_conflict(d, one, other));
                cr_expect(in_conflict(d, other, one));
                cr_shows(d, one, "state", "confirmed");
                cr_shows(d, other, "state", "confirmed");
        }
        desk_move(&a, one, "mobilise");
        desk_move(&a, one, "depart");
        desk_move(&b, other, "stand-down");
        meet(&a, &b);
        for (struct desk *d = &a; d; d = d == &a ? &b : NULL) {
                cr_expect_not(in_conflict(d, one, other));
                cr_expect_not(in_conflict(d, other, one));
        }
        desk_stop(&b);
        desk_stop(&a);
}

Test(bookings, who_goes_must_be_cleared_and_speak_until_the_end)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX];
        struct err err;
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        desk_do(&d, one, "set", "clearance", "ts-ue");
        desk_move(&d, one, "alert");
        cr_assert_eq(try(&d, one, "confirm", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "has no clearance"), "%s", err.text);
        desk_do(&d, one, "set", "clearance", "s-ue");
        desk_do(&d, ana, "set", "clearance_until", "2026-11-27");
        cr_assert_eq(try(&d, one, "confirm", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "before the deployment"), "%s", err.text);
        desk_do(&d, ana, "set", "clearance_until", "2027-11-27");
        desk_do(&d, one, "set", "languages", "bg:b2");
        cr_assert_eq(try(&d, one, "confirm", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "speaks bg:b2"), "%s", err.text);
        desk_do(&d, one, "set", "checks", "+interpreter");
        desk_move(&d, one, "confirm");
        desk_stop(&d);
}

Test(bookings, a_status_changes_by_itself_when_its_time_has_come)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX];
        size_t count = 0;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        deployment(&d, ana, "2026-11-24T18:00Z", "2026-11-28T08:00Z", one);
        book(&d, one);
        cr_shows(&d, ana, "status", "held");
        cr_assert_eq(ops_rosters_refresh(&d.ops, 100, &count, &err), RC_OK, "%s", err.text);
        cr_expect_eq(count, 0);
        clock_fix(DESK_NOW + 8 * HOUR);
        cr_assert_eq(ops_rosters_refresh(&d.ops, 100, &count, &err), RC_OK, "%s", err.text);
        cr_expect_eq(count, 1);
        cr_shows(&d, ana, "status", "deployed");
        desk_stop(&d);
}

Test(bookings, who_learns_a_role_fills_a_place_of_the_team)
{
        char ana[STIX_ID_MAX], team[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        desk_make_of(&d, &kind_team, team, "name", "Blue", "members", ana, "needs", "forensics:1",
                     NULL);
        cr_shows(&d, team, "filled", "0 of 1");
        desk_do(&d, ana, "set", "roles", "forensics");
        cr_shows(&d, team, "filled", "1 of 1");
        desk_stop(&d);
}

/* It would never end if each made the other look again. */
Test(bookings, who_is_booked_twice_can_still_be_changed)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], two[STIX_ID_MAX];
        struct desk d, other;

        desk_start(&d);
        desk_join(&other, &d, "bea");
        expert(&d, "Ana", ana);
        meet(&d, &other);
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        deployment(&other, ana, "2026-11-26T08:00Z", "2026-11-29T08:00Z", two);
        book(&d, one);
        book(&other, two);
        meet(&d, &other);
        desk_do(&d, one, "set", "place", "Lille");
        cr_shows(&d, one, "place", "Lille");
        cr_expect(in_conflict(&d, one, two));
        cr_expect(in_conflict(&d, two, one));
        desk_stop(&other);
        desk_stop(&d);
}

static void must_refuse(struct desk *d, const char *id, const char *verb, const char *why)
{
        struct err err;

        cr_expect_eq(try(d, id, verb, &err), RC_CONFLICT, "%s", verb);
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
Test(bookings, who_was_revoked_does_not_go_and_is_not_counted)
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
        deployment(&d, REVOKED, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        deployment(&d, team, "2026-12-05T08:00Z", "2026-12-08T08:00Z", other);
        desk_move(&d, one, "alert");
        cr_shows(&d, team, "filled", "1 of 1");
        foreign_expert(&d, 1, "true");
        must_refuse(&d, one, "confirm", "Rita was revoked by its author");
        must_refuse(&d, other, "alert", "Rita was revoked by its author");
        cr_shows(&d, team, "filled", "0 of 1");
        cr_assert_eq(ops_readiness(&d.ops, NULL, 0, &a, &sum, &err), RC_OK, "%s", err.text);
        cr_expect_eq(sum.line_count, 0);
        desk_stop(&d);
}

Test(bookings, who_is_on_leave_or_works_remotely_only_does_not_go_on_site)
{
        char ana[STIX_ID_MAX], bodo[STIX_ID_MAX], one[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        expert(&d, "Ana", ana);
        expert(&d, "Bodo", bodo);
        deployment(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
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

Test(bookings, what_is_damaged_does_not_go)
{
        char kit[STIX_ID_MAX], part[STIX_ID_MAX], one[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_equipment, kit, "name", "Kit", NULL);
        desk_make_of(&d, &kind_equipment, part, "name", "Laptop", "kit", kit, "condition",
                     "damaged", NULL);
        deployment(&d, kit, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        desk_move(&d, one, "alert");
        must_refuse(&d, one, "confirm", "EQP-0002 Laptop is damaged");
        desk_do(&d, part, "set", "condition", "worn");
        desk_move(&d, one, "confirm");
        desk_stop(&d);
}

Test(bookings, a_manifest_names_what_goes_and_no_more_comes_back)
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
        deployment(&d, kit, "2026-11-24T13:00Z", "2026-11-28T08:00Z", one);
        book(&d, one);
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

Test(bookings, equipment_tells_by_itself_how_it_came_back)
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
        deployment(&d, both, "2026-11-24T13:00Z", "2026-11-28T08:00Z", one);
        book(&d, one);
        desk_move(&d, one, "mobilise");
        desk_do(&d, one, "manifest", "manifest", "SN1 SN2");
        for (size_t i = 0; i < ARRAY_LEN(there); i++)
                desk_move(&d, one, there[i]);
        clock_advance(HOUR);
        cr_assert_eq(ops_do(&d.ops, one, &r, &err), RC_OK, "%s", err.text);
        cr_shows(&d, kit, "condition", "worn");
        cr_shows(&d, kit, "sanitised", "2026-11-24T12:30:00.000Z");
        cr_shows(&d, probe, "condition", "good");
        AUTO_FREE char *fold = desk_fold(&d, kit);
        cr_expect(strstr(fold, "returned from DEP-0001"), "%s", fold);
        cr_assert_eq(ops_undo(&d.ops, &undone, &err), RC_OK, "%s", err.text);
        cr_shows(&d, kit, "condition", "good");
        cr_shows(&d, one, "state", "demobilising");
        desk_stop(&d);
}
