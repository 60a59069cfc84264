#include "model/roster.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

#define HOUR_MS (3600 * 1000ll)
#define DAY_MS  (24 * HOUR_MS)

/* Tuesday 24 November 2026, 12:00Z */
#define NOW 1795521600000ll

static struct arena arena;

static void teardown(void)
{
        arena_finish(&arena);
        arena_init(&arena);
}

TestSuite(roster, .fini = teardown);

static int64_t at(const char *stamp)
{
        int64_t ms = 0;

        cr_assert_eq(stamp_parse_ms(stamp, &ms, NULL), RC_OK, "%s", stamp);
        return ms;
}

static struct span hours(int from, int until)
{
        return (struct span){NOW + from * HOUR_MS, NOW + until * HOUR_MS};
}

static struct booking booked(enum hold hold, int from, int until)
{
        return (struct booking){.span = hours(from, until), .hold = hold, .name = "DEP-0003"};
}

/* Somebody of whom nothing is in the way. */
static struct roster_facts ready(void)
{
        static const struct value none;

        return (struct roster_facts){.kind = &kind_expert,
                                     .name = "Ana",
                                     .roles = &none,
                                     .clearance = -1,
                                     .notice_ms = 2 * HOUR_MS,
                                     .verified_ms = NOW - DAY_MS};
}

static struct roster_state state(const struct roster_facts *f)
{
        struct roster_state s;

        roster_state_at(f, &roster_rules_default, NOW, &arena, &s);
        return s;
}

Test(roster, who_has_nothing_in_the_way_is_ready)
{
        struct roster_facts f = ready();
        struct roster_state s = state(&f);

        cr_expect_eq(s.status, ROSTER_READY);
        cr_expect_eq(s.until_ms, NOW + 89 * DAY_MS); /* until nobody has confirmed it */
        cr_expect_eq(s.free_from_ms, NOW);
        cr_expect_eq(s.rest_until_ms, CLOCK_NONE);
        cr_expect_str_eq(s.why, "can leave within 2h");
        cr_expect_eq(roster_departure(&f, &roster_rules_default, NOW), NOW + 2 * HOUR_MS);
}

/* Everything at once; what outranks the rest is taken away one after the other. */
Test(roster, of_several_facts_the_first_of_the_list_counts)
{
        struct booking bookings[] = {booked(HOLD_HARD, -1, 10), booked(HOLD_REST, -1, 20),
                                     booked(HOLD_SOFT, -1, 30)};
        struct span leave = hours(-1, 40), call = hours(-1, 50);
        struct roster_expiry expiry = {.what = "the clearance", .until_ms = NOW - HOUR_MS};
        struct roster_facts f = ready();

        f.bookings = bookings;
        f.booking_count = 3;
        f.condition = "damaged";
        f.leave = &leave;
        f.on_call = &call;
        f.leave_count = f.on_call_count = f.expiry_count = 1;
        f.expiries = &expiry;
        f.verified_ms = CLOCK_NONE;
        cr_expect_eq(state(&f).status, ROSTER_HELD, "who is confirmed only has not gone");
        cr_expect_str_eq(state(&f).why, "held for DEP-0003 until 22:00Z");
        bookings[0].under_way = true;
        cr_expect_eq(state(&f).status, ROSTER_DEPLOYED);
        cr_expect_str_eq(state(&f).why, "on DEP-0003 until 22:00Z");
        bookings[0] = bookings[2];
        cr_expect_eq(state(&f).status, ROSTER_RESTING);
        cr_expect_str_eq(state(&f).why, "rests after DEP-0003 until Wed 08:00Z");
        bookings[1] = bookings[2];
        cr_expect_eq(state(&f).status, ROSTER_MAINTENANCE);
        cr_expect_str_eq(state(&f).why, "it is damaged");
        cr_expect_eq(state(&f).until_ms, CLOCK_NONE);
        cr_expect_eq(state(&f).free_from_ms, CLOCK_NONE);
        f.condition = "worn";
        cr_expect_eq(state(&f).status, ROSTER_LEAVE);
        cr_expect_str_eq(state(&f).why, "on leave until Thu 04:00Z");
        f.leave_count = 0;
        cr_expect_eq(state(&f).status, ROSTER_HELD);
        cr_expect_str_eq(state(&f).why, "alerted for DEP-0003 until Wed 18:00Z");
        f.booking_count = 0;
        cr_expect_eq(state(&f).status, ROSTER_EXPIRED);
        cr_expect_str_eq(state(&f).why, "the clearance ran out 11:00Z");
        f.expiry_count = 0;
        cr_expect_eq(state(&f).status, ROSTER_UNVERIFIED);
        cr_expect_str_eq(state(&f).why, "nobody has confirmed it yet");
        cr_expect_eq(state(&f).free_from_ms, NOW);
        f.verified_ms = NOW - 100 * DAY_MS;
        cr_expect_str_eq(state(&f).why, "not confirmed since 16 Aug 12:00Z");
        f.verified_ms = NOW;
        cr_expect_eq(state(&f).status, ROSTER_ON_CALL);
        cr_expect_str_eq(state(&f).why, "on call until Thu 14:00Z");
        f.on_call_count = 0;
        cr_expect_eq(state(&f).status, ROSTER_READY);
}

Test(roster, a_hold_is_told_before_it_begins)
{
        struct booking b = booked(HOLD_HARD, 100, 200);
        struct roster_facts f = ready();

        f.bookings = &b;
        f.booking_count = 1;
        cr_expect_eq(state(&f).status, ROSTER_READY);
        cr_expect_eq(state(&f).until_ms, NOW + 28 * HOUR_MS);
        b.span = hours(72, 200);
        struct roster_state s = state(&f);
        cr_expect_eq(s.status, ROSTER_HELD);
        cr_expect_str_eq(s.why, "held for DEP-0003 from Fri 12:00Z to 2 Dec 20:00Z");
        cr_expect_eq(s.until_ms, NOW + 200 * HOUR_MS);
        cr_expect_eq(s.free_from_ms, NOW + 200 * HOUR_MS);
        b.under_way = true;
        cr_expect_eq(state(&f).until_ms, NOW + 72 * HOUR_MS);
}

Test(roster, what_follows_at_once_is_one_status)
{
        struct span leave[] = {hours(30, 50), hours(-5, 10), hours(10, 30)};
        struct booking rest = booked(HOLD_REST, 50, 61);
        struct roster_facts f = ready();

        f.leave = leave;
        f.leave_count = 3;
        f.bookings = &rest;
        f.booking_count = 1;
        struct roster_state s = state(&f);
        cr_expect_eq(s.status, ROSTER_LEAVE);
        cr_expect_eq(s.until_ms, NOW + 50 * HOUR_MS);
        cr_expect_eq(s.free_from_ms, NOW + 61 * HOUR_MS);
        cr_expect_eq(s.rest_until_ms, NOW + 61 * HOUR_MS);
        cr_expect_eq(roster_departure(&f, &roster_rules_default, NOW), NOW + 61 * HOUR_MS);
}

Test(roster, spans_that_are_empty_or_end_before_they_begin_are_never_on)
{
        struct span leave[] = {hours(10, -10), hours(0, 0)};
        struct booking bookings[] = {booked(HOLD_HARD, 5, -5), booked(HOLD_REST, 20, 10),
                                     booked(HOLD_SOFT, 3, 3)};
        struct roster_facts f = ready();
        struct span whole = hours(-100, 100);

        f.leave = leave;
        f.leave_count = 2;
        f.bookings = bookings;
        f.booking_count = 3;
        struct roster_state s = state(&f);
        cr_expect_eq(s.status, ROSTER_READY);
        cr_expect_eq(s.until_ms, NOW + 89 * DAY_MS);
        cr_expect_eq(s.rest_until_ms, CLOCK_NONE);
        cr_expect_null(roster_busy_why(&f, &whole, NOW, &arena));
}

Test(roster, a_rotation_has_a_before_and_an_after)
{
        struct roster_expiry over = {.what = "the rotation", .until_ms = NOW + 20 * HOUR_MS};
        struct roster_facts f = ready();

        f.kind = &kind_team;
        f.rotation = hours(10, 20);
        f.expiries = &over;
        f.expiry_count = 1;
        cr_expect_eq(state(&f).status, ROSTER_LEAVE);
        cr_expect_str_eq(state(&f).why, "its rotation begins 22:00Z");
        cr_expect_eq(state(&f).free_from_ms, NOW + 10 * HOUR_MS);
        cr_expect_eq(roster_status_at(&f, &roster_rules_default, NOW + 15 * HOUR_MS), ROSTER_READY);
        cr_expect_eq(roster_status_at(&f, &roster_rules_default, NOW + 20 * HOUR_MS),
                     ROSTER_EXPIRED);
}

Test(roster, what_is_in_the_way_of_a_whole_span_is_said)
{
        struct booking b = booked(HOLD_SOFT, 40, 50);
        struct span leave = hours(60, 70), early = hours(0, 40), mid = hours(0, 41);
        struct span late = hours(50, 61), later = hours(70, 101), latest = hours(70, 100);
        struct roster_expiry expiry = {.what = "the certificate GCIH",
                                       .until_ms = NOW + 100 * HOUR_MS};
        struct roster_facts f = ready();

        f.bookings = &b;
        f.leave = &leave;
        f.expiries = &expiry;
        f.booking_count = f.leave_count = f.expiry_count = 1;
        cr_expect_null(roster_busy_why(&f, &early, NOW, &arena));
        cr_expect_str_eq(roster_busy_why(&f, &mid, NOW, &arena),
                         "alerted for DEP-0003 from Thu 04:00Z to Thu 14:00Z");
        cr_expect_str_eq(roster_busy_why(&f, &late, NOW, &arena),
                         "on leave from Fri 00:00Z to Fri 10:00Z");
        cr_expect_str_eq(roster_busy_why(&f, &later, NOW, &arena),
                         "the certificate GCIH runs out 28 Nov 16:00Z");
        cr_expect_null(roster_busy_why(&f, &latest, NOW, &arena));
}

/* ---- facts of a thing ---------------------------------------------------------------------- */

Test(roster, facts_are_read_from_the_fields)
{
        static const char *const leave[] = {"2026-10-25T00:00:00.000Z/2026-10-25T05:00:00.000Z",
                                            "no period"};
        static const char *const languages[] = {"ro:b1", "ro:c1", "ro", "fr"};
        static const char *const certificates[] = {"GCIH@2027-05-31", "OSCP"};
        struct roster_facts f;
        struct thing t;

        thing_init(&t, &kind_expert, "identity--00000000-0000-4000-8000-00000000000a");
        thing_set(&t, "name", "Ana");
        thing_set_items(&t, "leave", leave, 2, &arena);
        thing_set_items(&t, "languages", languages, 4, &arena);
        thing_set_items(&t, "certificates", certificates, 2, &arena);
        thing_set(&t, "clearance", "s-ue");
        thing_set(&t, "clearance_until", "2026-12-01T00:00:00.000Z");
        thing_set(&t, "readiness", "r12");
        thing_set(&t, "max_days", "14");
        roster_facts_read(&t, "EXP-0001", NULL, 0, &arena, &f);
        cr_expect_eq(f.leave_count, 1);
        cr_assert_eq(f.language_count, 2);
        cr_expect_str_eq(f.languages[1].code, "ro");
        cr_expect_eq(f.languages[1].level, enum_rank(&enum_cefr, "c1"));
        cr_expect_eq(f.clearance, CLEARANCE_S_UE);
        cr_assert_eq(f.expiry_count, 2);
        cr_expect_eq(f.expiries[0].until_ms, at("2026-12-01T00:00:00Z"));
        cr_expect_str_eq(f.expiries[1].what, "the certificate GCIH");
        cr_expect_eq(f.expiries[1].until_ms, at("2027-06-01T00:00:00Z"));
        cr_expect_eq(f.notice_ms, 12 * HOUR_MS);
        cr_expect_eq(f.max_days, 14);
        cr_expect_eq(f.verified_ms, CLOCK_NONE);
        thing_set(&t, "notice", "90");
        roster_facts_read(&t, "EXP-0001", NULL, 0, &arena, &f);
        cr_expect_eq(f.notice_ms, 90 * 60000ll);
        thing_set(&t, "notice", "999999999999999999");
        roster_facts_read(&t, "EXP-0001", NULL, 0, &arena, &f);
        cr_expect_eq(f.notice_ms, 3650 * DAY_MS);
}

/* 00:00 to 05:00Z is from 02:00 in summer time to 06:00 in winter time: five hours, not four. */
Test(roster, the_night_in_which_clocks_change_is_as_long_as_it_is)
{
        static const char *const leave[] = {"2026-10-25T00:00:00.000Z/2026-10-25T05:00:00.000Z"};
        struct roster_state s;
        struct roster_facts f;
        struct thing t;

        thing_init(&t, &kind_expert, "identity--00000000-0000-4000-8000-00000000000a");
        thing_set(&t, "verified", "2026-10-01T00:00:00.000Z");
        thing_set_items(&t, "leave", leave, 1, &arena);
        roster_facts_read(&t, NULL, NULL, 0, &arena, &f);
        roster_state_at(&f, &roster_rules_default, at("2026-10-25T04:30:00+02:00"), &arena, &s);
        cr_expect_eq(s.status, ROSTER_LEAVE);
        cr_expect_eq(s.until_ms, at("2026-10-25T06:00:00+01:00"));
        cr_expect_eq(s.until_ms - at("2026-10-25T02:00:00+02:00"), 5 * HOUR_MS);
}

Test(roster, equipment_is_read_by_what_it_handles_and_needs)
{
        struct roster_state s;
        struct roster_facts f;
        struct thing t;

        thing_init(&t, &kind_equipment, "x-muster-asset--00000000-0000-4000-8000-00000000000a");
        thing_set(&t, "handles", "c-ue");
        thing_set(&t, "lead_time", "240");
        thing_set(&t, "calibrated_until", "2026-11-01T00:00:00.000Z");
        roster_facts_read(&t, NULL, NULL, 0, &arena, &f);
        cr_expect_eq(f.clearance, CLEARANCE_C_UE);
        cr_expect_eq(f.notice_ms, 4 * HOUR_MS);
        roster_state_at(&f, &roster_rules_default, NOW, &arena, &s);
        cr_expect_eq(s.status, ROSTER_EXPIRED);
        cr_expect_str_eq(s.why, "the calibration ran out 1 Nov 00:00Z");
}

/* ---- any facts ----------------------------------------------------------------------------- */

static unsigned seed;

static int dice(int sides)
{
        seed = seed * 1664525 + 1013904223;
        return (int)((seed >> 8) % (unsigned)sides);
}

struct made {
        struct roster_facts f;
        struct span leave[3], call[3];
        struct booking bookings[4];
        struct roster_expiry expiries[2];
};

static struct span any_span(void)
{
        int from = dice(400) - 100;

        return hours(from, from + dice(80) - 8);
}

static void make(struct made *m)
{
        m->f = ready();
        for (size_t i = 0; i < 3; i++) {
                m->leave[i] = any_span();
                m->call[i] = any_span();
        }
        for (size_t i = 0; i < 4; i++)
                m->bookings[i] = (struct booking){.span = any_span(), .hold = (enum hold)dice(3)};
        for (size_t i = 0; i < 2; i++)
                m->expiries[i] = (struct roster_expiry){
                        .what = "it", .until_ms = NOW + (dice(600) - 50) * HOUR_MS};
        m->f.leave = m->leave;
        m->f.on_call = m->call;
        m->f.bookings = m->bookings;
        m->f.expiries = m->expiries;
        m->f.leave_count = (size_t)dice(4);
        m->f.on_call_count = (size_t)dice(4);
        m->f.booking_count = (size_t)dice(5);
        m->f.expiry_count = (size_t)dice(3);
        m->f.verified_ms = dice(5) ? NOW - dice(100) * DAY_MS : CLOCK_NONE;
}

/* Every hour up to its end the status is the same, and at its end it is another; the same of being
 * free. */
Test(roster, holds_until_it_says_so)
{
        for (seed = 1; seed < 4000; seed += 7) {
                unsigned start = seed;
                struct made m;

                make(&m);
                struct roster_state s = state(&m.f);
                for (int h = 0; h < 2500; h++) {
                        int64_t ms = NOW + h * HOUR_MS;
                        enum roster_status is = roster_status_at(&m.f, &roster_rules_default, ms);
                        bool free = is == ROSTER_READY || is == ROSTER_ON_CALL ||
                                    is == ROSTER_UNVERIFIED;

                        if (s.until_ms == CLOCK_NONE || ms < s.until_ms)
                                cr_assert_eq(is, s.status, "seed %u hour %d", start, h);
                        if (ms == s.until_ms)
                                cr_assert_neq(is, s.status, "seed %u hour %d", start, h);
                        if (s.free_from_ms == CLOCK_NONE || ms < s.free_from_ms)
                                cr_assert_not(free, "seed %u hour %d", start, h);
                        if (ms == s.free_from_ms)
                                cr_assert(free, "seed %u hour %d", start, h);
                }
                seed = start;
                arena_reset(&arena);
        }
}

Test(roster, the_order_of_facts_does_not_matter)
{
        for (seed = 3; seed < 4000; seed += 7) {
                unsigned start = seed;
                struct made m;

                make(&m);
                struct roster_state s = state(&m.f);
                for (size_t i = 0; m.f.booking_count && i < m.f.booking_count / 2; i++) {
                        struct booking b = m.bookings[i];

                        m.bookings[i] = m.bookings[m.f.booking_count - 1 - i];
                        m.bookings[m.f.booking_count - 1 - i] = b;
                }
                struct roster_state again = state(&m.f);
                cr_assert_eq(s.status, again.status, "seed %u", start);
                cr_assert_eq(s.until_ms, again.until_ms, "seed %u", start);
                cr_assert_eq(s.free_from_ms, again.free_from_ms, "seed %u", start);
                cr_assert_eq(s.rest_until_ms, again.rest_until_ms, "seed %u", start);
                seed = start;
                arena_reset(&arena);
        }
}

/* ---- teams --------------------------------------------------------------------------------- */

static struct roster_facts with_roles(struct value *roles, const char *const *items, size_t count)
{
        struct roster_facts f = ready();

        *roles = (struct value){.items = items, .count = count};
        f.roles = roles;
        return f;
}

static struct roster_filled fill(const char *const *needs, size_t count,
                                 const struct roster_facts *members, size_t member_count)
{
        struct value v = {.items = needs, .count = count};
        struct roster_filled ret;

        roster_fill(&v, members, member_count, &arena, &ret);
        return ret;
}

/* Ana can do both and must not take the only place of Bodo. */
Test(roster, as_many_places_are_filled_as_can_be)
{
        static const char *const both[] = {"ciso", "forensics"}, *const one[] = {"ciso"};
        static const char *const needs[] = {"ciso:1", "forensics:2"};
        struct value roles[3];
        struct roster_facts members[] = {with_roles(&roles[0], both, 2),
                                         with_roles(&roles[1], one, 1),
                                         with_roles(&roles[2], one, 1)};
        struct roster_filled f = fill(needs, 2, members, 3);

        cr_expect_str_eq(f.text, "2 of 3");
        cr_expect_str_eq(f.missing, "1 forensics");
        f = fill(needs, 2, members, 0);
        cr_expect_str_eq(f.text, "0 of 3");
        cr_expect_str_eq(f.missing, "1 ciso, 2 forensics");
        f = fill(needs, 0, members, 3);
        cr_expect_null(f.text);
        cr_expect_str_eq(f.missing, "");
}

/* The most that can be filled, found by trying everything. */
static int try_all(const unsigned *can, size_t members, int *places, size_t needs)
{
        int best;

        if (!members)
                return 0;
        best = try_all(can + 1, members - 1, places, needs);
        for (size_t n = 0; n < needs; n++) {
                if (!(can[0] >> n & 1) || !places[n])
                        continue;
                places[n]--;
                int with = 1 + try_all(can + 1, members - 1, places, needs);
                places[n]++;
                best = with > best ? with : best;
        }
        return best;
}

Test(roster, no_other_way_fills_more_places)
{
        static const char *const roles[] = {"architect", "auditor", "ciso"};
        enum { MEMBERS = 5, ROLES = ARRAY_LEN(roles) };

        for (seed = 5; seed < 900; seed++) {
                unsigned can[MEMBERS], start = seed;
                const char *items[MEMBERS][ROLES], *needs[ROLES];
                struct value values[MEMBERS];
                struct roster_facts members[MEMBERS];
                int places[ROLES];

                for (size_t n = 0; n < ROLES; n++) {
                        places[n] = 1 + dice(3);
                        needs[n] = arena_printf(&arena, "%s:%d", roles[n], places[n]);
                }
                for (size_t i = 0; i < MEMBERS; i++) {
                        size_t count = 0;

                        can[i] = (unsigned)dice(1 << ROLES);
                        for (size_t n = 0; n < ROLES; n++)
                                if (can[i] >> n & 1)
                                        items[i][count++] = roles[n];
                        members[i] = with_roles(&values[i], items[i], count);
                }
                cr_assert_eq(fill(needs, ROLES, members, MEMBERS).filled,
                             try_all(can, MEMBERS, places, ROLES), "seed %u", start);
                seed = start;
                arena_reset(&arena);
        }
}
