/*
 * Many candidates: made by dice, so that whatever can meet does.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/rank.h"

#define HOUR_MS (3600 * 1000ll)
#define NOW     1795521600000ll /* 24 November 2026, 12:00Z */

static struct arena arena;
static unsigned seed;

static int dice(int sides)
{
        seed = seed * 1664525 + 1013904223;
        return (int)((seed >> 8) % (unsigned)sides);
}

static const struct value *some(const char *const *list, size_t count)
{
        struct value *v = arena_alloc(&arena, sizeof(*v));
        const char **items = arena_array(&arena, count, sizeof(*items));

        for (size_t i = 0; i < count; i++)
                if (dice(2))
                        items[v->count++] = list[i];
        v->items = items;
        return v;
}

static struct span hours(int from, int until)
{
        return (struct span){NOW + from * HOUR_MS, NOW + until * HOUR_MS};
}

static const struct booking *some_bookings(size_t count)
{
        struct booking *b = arena_array(&arena, count, sizeof(*b));

        for (size_t i = 0; i < count; i++) {
                int from = dice(300) - 50;

                b[i] = (struct booking){.span = hours(from, from + dice(60)),
                                        .hold = (enum hold)dice(3),
                                        .name = "DEP-0001"};
        }
        return b;
}

static struct roster_facts anybody(int i)
{
        static const char *const roles[] = {"architect", "ciso", "forensics"};
        static const char *const skills[] = {"cloud", "ot", "rail"};
        static const struct roster_language languages[] = {{"ro", 4}, {"fr", 2}};
        static const struct roster_expiry expiry = {
                .what = "the clearance", .until_ms = NOW + 50 * HOUR_MS, .is_clearance = true};
        static const struct value none;

        return (struct roster_facts){.kind = &kind_expert,
                                     .id = arena_printf(&arena, "identity--%d", dice(100000)),
                                     .name = arena_printf(&arena, "p%05d", i),
                                     .roles = some(roles, 3),
                                     .skills = some(skills, 3),
                                     .states = &none,
                                     .communities = &none,
                                     .papers = &none,
                                     .languages = languages + dice(2),
                                     .language_count = 1,
                                     .clearance = dice(6) - 1,
                                     .clearance_until_ms = CLOCK_NONE,
                                     .expiries = &expiry,
                                     .expiry_count = (size_t)dice(2),
                                     .notice_ms = dice(2) ? HOUR_MS : 15 * HOUR_MS,
                                     .verified_ms = NOW,
                                     .bookings = some_bookings(2),
                                     .booking_count = (size_t)dice(3)};
}

/* Of any two neighbours the order is right; no reason speaks of what is not missing, and what is
 * left out is not missed. */
Test(rank, many_are_in_order_and_each_can_be_explained)
{
        static const char *const roles[] = {"forensics"}, *const skills[] = {"ot", "rail"};
        static const struct value role = {.items = roles, .count = 1};
        static const struct value both = {.items = skills, .count = 2};
        static const struct roster_language languages[] = {{"ro", 3}};
        enum { PEOPLE = 10000, EXPLAINED = 500 };
        struct roster_facts *people = arena_array(&arena, PEOPLE, sizeof(*people));
        struct rank_needs n = {.roles = &role,
                               .skills = &both,
                               .languages = languages,
                               .language_count = 1,
                               .clearance = CLEARANCE_C_UE,
                               .from_ms = NOW + 10 * HOUR_MS,
                               .until_ms = NOW + 100 * HOUR_MS};
        struct ranked *list;
        struct ranking r = {&n, 0, NOW};

        seed = 7;
        for (int i = 0; i < PEOPLE; i++)
                people[i] = anybody(i);
        rank_candidates(&r, people, PEOPLE, &arena, &list);
        cr_expect_eq(list[0].missing, 0);
        cr_expect_gt(list[PEOPLE - 1].missing, 3);
        for (size_t i = 1; i < PEOPLE; i++) {
                const struct ranked *a = &list[i - 1], *b = &list[i];

                cr_assert_leq(a->is_away, b->is_away);
                if (a->is_away != b->is_away)
                        continue;
                cr_assert_leq(a->missing, b->missing);
                if (a->missing == b->missing)
                        cr_assert_leq(a->departure_ms, b->departure_ms);
                if (a->missing == b->missing && a->departure_ms == b->departure_ms)
                        cr_assert_lt(strcmp(a->facts->name, b->facts->name), 0);
        }
        for (size_t i = 0; i < PEOPLE; i += PEOPLE / EXPLAINED) {
                struct rank_reason *reasons;
                size_t count, faults = 0;

                rank_why(&r, list[i].facts, &arena, &reasons, &count);
                for (size_t k = 0; k < count; k++) {
                        faults += reasons[k].says == RANK_SAYS_MISSING;
                        cr_assert(k == 0 || reasons[k - 1].says <= reasons[k].says);
                }
                cr_assert_leq(faults, (size_t)list[i].missing);
                cr_assert_eq(list[i].missing == 0, list[i].missed == 0);
                struct ranking less = {&n, list[i].missed, NOW};
                struct ranked *again;
                rank_candidates(&less, list[i].facts, 1, &arena, &again);
                cr_assert_eq(again[0].missed & list[i].missed, 0u);
        }
        arena_finish(&arena);
}
