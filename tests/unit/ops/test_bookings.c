/* Who is booked, by whom: on one console nobody twice; on two that did not know of each other both
 * say so. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ops/readiness.h"
#include "ops/rosters.h"
#include "unit/going.h"

TestSuite(bookings);

#define HOUR (60 * MINUTE)

Test(bookings, nobody_is_booked_twice_on_one_console)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct err err;
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_planned(&d, ana, "2026-11-27T08:00Z", "2026-11-30T08:00Z", other);
        going_book(&d, one);
        cr_assert_eq(going_try(&d, other, "alert", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "EXP-0001 Ana is confirmed for DEP-0001"), "%s", err.text);
        going_shows(&d, other, "state", "planned");
        desk_move(&d, one, "stand-down");
        going_book(&d, other);
        desk_stop(&d);
}

/* Two may ask for one person; both see that the other does, as long as it does. */
Test(bookings, who_is_asked_for_twice_is_seen_in_both)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX], later[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_planned(&d, ana, "2026-11-27T08:00Z", "2026-11-30T08:00Z", other);
        going_planned(&d, ana, "2026-11-30T08:00Z", "2026-12-02T08:00Z", later);
        desk_move(&d, later, "alert");
        desk_move(&d, one, "alert");
        going_shows(&d, one, "contested", "");
        desk_move(&d, other, "alert");
        going_shows(&d, one, "contested", other);
        going_shows(&d, other, "contested", one);
        cr_expect_not(going_in_conflict(&d, one, other));
        desk_move(&d, one, "confirm");
        going_shows(&d, other, "contested", one);
        desk_move(&d, one, "stand-down");
        going_shows(&d, one, "contested", "");
        going_shows(&d, other, "contested", "");
        going_shows(&d, later, "contested", "");
        desk_stop(&d);
}

Test(bookings, one_may_begin_when_the_other_ends)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_planned(&d, ana, "2026-11-28T08:00Z", "2026-11-30T08:00Z", other);
        going_book(&d, one);
        going_book(&d, other);
        cr_expect_not(going_in_conflict(&d, one, other));
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
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-24T13:00Z", "2026-11-24T20:00Z", one);
        going_planned(&d, ana, "2026-11-24T21:00Z", "2026-11-25T20:00Z", other);
        going_planned(&d, ana, "2026-11-26T20:00Z", "2026-11-27T20:00Z", third);
        going_book(&d, one);
        going_book(&d, other);
        for (size_t i = 0; i < ARRAY_LEN(way); i++)
                desk_move(&d, one, way[i]);
        desk_move(&d, other, "stand-down");
        clock_advance(12 * HOUR); /* 00:00Z */
        desk_move(&d, one, "recall");
        desk_move(&d, one, "demobilise");
        desk_move(&d, one, "return");
        going_shows(&d, ana, "status", "resting");
        going_shows(&d, ana, "rest_until", "2026-11-25T11:00:00.000Z");
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-25T20:00Z", other);
        cr_expect_eq(going_try(&d, other, "alert", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "rests after DEP-0001"), "%s", err.text);
        desk_move(&d, one, "rest");
        going_shows(&d, ana, "status", "resting");
        going_shows(&d, ana, "rest_until", "2026-11-25T11:00:00.000Z");
        going_book(&d, third);
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
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-24T13:00Z", "2026-11-24T14:00Z", one);
        going_planned(&d, ana, "2026-11-24T14:00Z", "2026-11-25T20:00Z", other);
        going_book(&d, one);
        going_book(&d, other);
        for (size_t i = 0; i < ARRAY_LEN(way); i++)
                desk_move(&d, one, way[i]);
        going_shows(&d, one, "state", "closed");
        desk_stop(&d);
}

Test(bookings, a_team_holds_its_members_and_a_kit_its_parts)
{
        char ana[STIX_ID_MAX], team[STIX_ID_MAX], kit[STIX_ID_MAX], part[STIX_ID_MAX];
        char one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct err err;
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        desk_make_of(&d, &kind_team, team, "name", "Blue", "members", ana, NULL);
        desk_make_of(&d, &kind_equipment, kit, "name", "Kit", NULL);
        desk_make_of(&d, &kind_equipment, part, "name", "Laptop", "kit", kit, NULL);
        going_planned(&d, team, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_book(&d, one);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-26T08:00Z", other);
        cr_expect_eq(going_try(&d, other, "alert", &err), RC_CONFLICT);
        going_shows(&d, ana, "status", "held");
        going_planned(&d, kit, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_book(&d, one);
        going_planned(&d, part, "2026-11-25T08:00Z", "2026-11-26T08:00Z", other);
        cr_expect_eq(going_try(&d, other, "alert", &err), RC_CONFLICT);
        going_shows(&d, part, "status", "held");
        desk_stop(&d);
}

Test(bookings, what_two_consoles_did_offline_shows_on_both)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk a, b;

        desk_start(&a);
        desk_join(&b, &a, "bea");
        going_expert(&a, "Ana", ana);
        desk_meet(&a, &b);
        going_planned(&a, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_planned(&b, ana, "2026-11-27T08:00Z", "2026-11-30T08:00Z", other);
        going_book(&a, one);
        going_book(&b, other);
        desk_meet(&a, &b);
        for (struct desk *d = &a; d; d = d == &a ? &b : NULL) {
                cr_expect(going_in_conflict(d, one, other));
                cr_expect(going_in_conflict(d, other, one));
                going_shows(d, one, "state", "confirmed");
                going_shows(d, other, "state", "confirmed");
        }
        desk_move(&a, one, "mobilise");
        desk_move(&a, one, "depart");
        desk_move(&b, other, "stand-down");
        desk_meet(&a, &b);
        for (struct desk *d = &a; d; d = d == &a ? &b : NULL) {
                cr_expect_not(going_in_conflict(d, one, other));
                cr_expect_not(going_in_conflict(d, other, one));
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
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        desk_do(&d, one, "set", "clearance", "ts-ue");
        desk_move(&d, one, "alert");
        cr_assert_eq(going_try(&d, one, "confirm", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "has no clearance"), "%s", err.text);
        desk_do(&d, one, "set", "clearance", "s-ue");
        desk_do(&d, ana, "set", "clearance_until", "2026-11-27");
        cr_assert_eq(going_try(&d, one, "confirm", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "before the deployment"), "%s", err.text);
        desk_do(&d, ana, "set", "clearance_until", "2027-11-27");
        desk_do(&d, one, "set", "languages", "bg:b2");
        cr_assert_eq(going_try(&d, one, "confirm", &err), RC_CONFLICT);
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
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-24T18:00Z", "2026-11-28T08:00Z", one);
        going_book(&d, one);
        going_shows(&d, ana, "status", "held");
        desk_move(&d, one, "mobilise");
        going_shows(&d, ana, "status", "held");
        cr_assert_eq(ops_rosters_refresh(&d.ops, 100, &count, &err), RC_OK, "%s", err.text);
        cr_expect_eq(count, 0);
        clock_fix(DESK_NOW + 8 * HOUR);
        cr_assert_eq(ops_rosters_refresh(&d.ops, 100, &count, &err), RC_OK, "%s", err.text);
        cr_expect_eq(count, 1);
        going_shows(&d, ana, "status", "deployed");
        desk_stop(&d);
}

Test(bookings, who_learns_a_role_fills_a_place_of_the_team)
{
        char ana[STIX_ID_MAX], team[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        desk_make_of(&d, &kind_team, team, "name", "Blue", "members", ana, "needs", "forensics:1",
                     NULL);
        going_shows(&d, team, "filled", "0 of 1");
        desk_do(&d, ana, "set", "roles", "forensics");
        going_shows(&d, team, "filled", "1 of 1");
        desk_stop(&d);
}

/* It would never end if each made the other look again. */
Test(bookings, who_is_booked_twice_can_still_be_changed)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX], two[STIX_ID_MAX];
        struct desk d, other;

        desk_start(&d);
        desk_join(&other, &d, "bea");
        going_expert(&d, "Ana", ana);
        desk_meet(&d, &other);
        going_planned(&d, ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        going_planned(&other, ana, "2026-11-26T08:00Z", "2026-11-29T08:00Z", two);
        going_book(&d, one);
        going_book(&other, two);
        desk_meet(&d, &other);
        desk_do(&d, one, "set", "place", "Lille");
        going_shows(&d, one, "place", "Lille");
        cr_expect(going_in_conflict(&d, one, two));
        cr_expect(going_in_conflict(&d, two, one));
        desk_stop(&other);
        desk_stop(&d);
}

Test(bookings, a_short_rest_of_people_needs_a_reason)
{
        char ana[STIX_ID_MAX], tap[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        desk_make_of(&d, &kind_equipment, tap, "name", "Tap", NULL);
        going_planned(&d, ana, "2026-11-24T13:00Z", "2026-11-25T20:00Z", one);
        cr_expect_eq(desk_try(&d, one, "set", "rest_hours", "0", NULL, &err), RC_INVALID);
        cr_expect(strstr(err.text, "less than 11 hours of rest need a reason"), "%s", err.text);
        err_clear(&err);
        cr_expect_eq(desk_try(&d, one, "set", "rest_hours", "11", NULL, &err), RC_OK);
        cr_expect_eq(desk_try(&d, one, "set", "rest_hours", "10", "nobody else", &err), RC_OK);
        going_planned(&d, tap, "2026-11-24T13:00Z", "2026-11-25T20:00Z", other);
        cr_expect_eq(desk_try(&d, other, "set", "rest_hours", "0", NULL, &err), RC_OK, "%s",
                     err.text);
        desk_stop(&d);
}

Test(bookings, who_is_confirmed_only_is_held_when_it_begins)
{
        char ana[STIX_ID_MAX], one[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        going_expert(&d, "Ana", ana);
        going_planned(&d, ana, "2026-11-24T11:00Z", "2026-11-28T08:00Z", one);
        going_book(&d, one);
        going_shows(&d, ana, "status", "held");
        desk_move(&d, one, "mobilise");
        going_shows(&d, ana, "status", "deployed");
        desk_stop(&d);
}
