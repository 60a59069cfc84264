/* Of things of which there are several, what is left is what counting hour by hour finds. */
#include "model/roster_count.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

#define HOUR_MS INT64_C(3600000)
#define NOW     INT64_C(1795521600000) /* 2026-11-24T12:00Z */
#define HOURS   40
#define MOST    6

static struct arena arena;
static unsigned seed;

static void teardown(void)
{
        arena_finish(&arena);
        arena_init(&arena);
}

TestSuite(roster_count, .fini = teardown);

static int dice(int sides)
{
        seed = seed * 1103515245u + 12345u;
        return (int)(seed >> 16 & 0x7fff) % sides;
}

static struct span hours(int from, int until)
{
        return (struct span){NOW + from * HOUR_MS, NOW + until * HOUR_MS};
}

static struct roster_facts laptops(const struct booking *list, size_t count)
{
        static const struct value none;

        return (struct roster_facts){.kind = &kind_equipment,
                                     .name = "Laptops",
                                     .roles = &none,
                                     .members = &none,
                                     .quantity = 10,
                                     .clearance = -1,
                                     .clearance_until_ms = CLOCK_NONE,
                                     .verified_ms = NOW,
                                     .bookings = list,
                                     .booking_count = count};
}

static struct booking takes(int n, enum hold hold, int from, int until)
{
        return (struct booking){
                .span = hours(from, until), .hold = hold, .name = "DEP-0001", .takes = n};
}

Test(roster_count, what_is_left_goes_and_the_rest_is_held_only_when_none_is)
{
        struct booking list[] = {takes(4, HOLD_HARD, -2, 20), takes(3, HOLD_HARD, 10, 30),
                                 takes(3, HOLD_SOFT, 15, 18)};
        struct roster_facts f = laptops(list, 2);
        struct span all = hours(0, 40), first = hours(0, 10);
        struct roster_state s;

        cr_expect_eq(roster_left(&f, &all), 3);
        cr_expect_eq(roster_left(&f, &first), 6);
        cr_expect_eq(roster_free_in(&f, &all), 3);
        cr_expect_null(roster_busy_why(&f, &all, NOW, &arena));
        roster_state_at(&f, &roster_rules_default, NOW, &arena, &s);
        cr_expect_eq(s.status, ROSTER_READY);
        cr_expect_eq(s.left, 6);
        cr_expect_eq(s.until_ms, NOW + 10 * HOUR_MS, "another number is left then");
        cr_expect_str_eq(s.why, "6 of 10 left: DEP-0001 4; can leave at once");
        f.booking_count = 3;
        cr_expect_eq(roster_free_in(&f, &all), 0);
        cr_expect_str_eq(roster_busy_why(&f, &all, NOW, &arena),
                         "none of 10 left: DEP-0001 4, DEP-0001 3, DEP-0001 3");
        roster_state_at(&f, &roster_rules_default, NOW, &arena, &s);
        cr_expect_eq(s.status, ROSTER_HELD);
        cr_expect_eq(roster_busy_from(&f, NOW), NOW + 15 * HOUR_MS);
        list[0].takes = 0;
        list[0].under_way = true;
        roster_state_at(&f, &roster_rules_default, NOW, &arena, &s);
        cr_expect_eq(s.status, ROSTER_DEPLOYED);
        cr_expect_eq(s.left, 0);
}

static int counted(const struct roster_facts *f, int hour, unsigned holds)
{
        int taken = 0;

        for (size_t i = 0; i < f->booking_count; i++)
                if ((holds & HOLD_BIT(f->bookings[i].hold)) &&
                    span_has(&f->bookings[i].span, NOW + hour * HOUR_MS))
                        taken += roster_takes(f, &f->bookings[i]);
        return taken;
}

Test(roster_count, it_is_what_counting_finds)
{
        for (seed = 1; seed < 60000; seed += 13) {
                unsigned start = seed, holds = 1 + (unsigned)dice((int)HOLDS_ALL);
                struct booking list[MOST];
                struct roster_facts f = laptops(list, (size_t)dice(MOST + 1));
                int from = dice(HOURS), until = from + dice(HOURS - from + 1), most = 0;
                struct span span = hours(from, until), over = {0, 0};
                int first = -1, last = -1;

                for (size_t i = 0; i < f.booking_count; i++) {
                        int begin = dice(HOURS);

                        list[i] = takes(dice(12), (enum hold)dice(3), begin,
                                        begin + dice(HOURS - begin + 1) - 1);
                }
                for (int hour = from; hour < until; hour++) {
                        int taken = counted(&f, hour, holds);

                        most = taken > most ? taken : most;
                        first = first < 0 && taken > 10 ? hour : first;
                        last = taken > 10 ? hour + 1 : last;
                }
                cr_assert_eq(roster_taken(&f, &span, holds), most, "seed %u", start);
                cr_assert_eq(roster_is_over(&f, &span, holds, &over), first >= 0, "seed %u", start);
                if (first >= 0) {
                        cr_assert_eq(over.from_ms, NOW + first * HOUR_MS, "seed %u", start);
                        cr_assert_eq(over.until_ms, NOW + last * HOUR_MS, "seed %u", start);
                }
                seed = start;
        }
}
