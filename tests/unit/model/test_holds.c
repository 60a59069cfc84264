#include "model/holds.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/machine.h"

#define HOUR_MS INT64_C(3600000)
#define T0      INT64_C(1795593600000) /* 2026-11-25T08:00:00Z */

static struct thing now;

static void setup(void)
{
        thing_init(&now, &kind_deployment, "task--00000000-0000-4000-8000-000000000001");
        thing_set(&now, "ref", "DEP-0001");
        thing_set(&now, "from", "2026-11-25T08:00:00.000Z");
        thing_set(&now, "until", "2026-12-05T08:00:00.000Z");
}

TestSuite(holds, .init = setup);

/* "hard 0 240, rest 240 251": hours from T0. */
static const char *held(void)
{
        static const char *const names[] = {"soft", "hard", "rest"};
        static char out[200];
        struct booking b[HOLDS_MAX];
        size_t count = holds_of(&now, b), len = 0;

        out[0] = '\0';
        for (size_t i = 0; i < count; i++) {
                cr_assert_str_eq(b[i].deployment, now.id);
                cr_assert_str_eq(b[i].name, "DEP-0001");
                len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s %lld %lld",
                                        i ? ", " : "", names[b[i].hold],
                                        (long long)((b[i].span.from_ms - T0) / HOUR_MS),
                                        (long long)((b[i].span.until_ms - T0) / HOUR_MS));
        }
        return out;
}

Test(holds, each_state_holds_what_it_should)
{
        static const char *const expected[] = {
                [DEPLOYMENT_PLANNED] = "",
                [DEPLOYMENT_ALERTED] = "soft 0 240",
                [DEPLOYMENT_CONFIRMED] = "hard 0 240",
                [DEPLOYMENT_MOBILISING] = "hard 0 240",
                [DEPLOYMENT_IN_TRANSIT] = "hard 0 240",
                [DEPLOYMENT_ON_SITE] = "hard 0 240",
                [DEPLOYMENT_REMOTE_READY] = "hard 0 240",
                [DEPLOYMENT_OPERATIONAL] = "hard 0 240",
                [DEPLOYMENT_HANDING_OVER] = "hard 0 240",
                [DEPLOYMENT_DEMOBILISING] = "hard 0 240",
                [DEPLOYMENT_RETURNED] = "hard 0 120",
                [DEPLOYMENT_RESTING] = "hard 0 120, rest 120 131",
                [DEPLOYMENT_CLOSED] = "hard 0 120",
                [DEPLOYMENT_DECLINED] = "",
                [DEPLOYMENT_STOOD_DOWN] = "",
                [DEPLOYMENT_RECALLED] = "hard 0 240",
                [DEPLOYMENT_SUSPENDED] = "hard 0 240",
        };

        cr_assert_eq(ARRAY_LEN(expected), enum_deployment_state.count);
        thing_set(&now, "returned", "2026-11-30T08:00:00.000Z");
        thing_set(&now, "rest_until", "2026-11-30T19:00:00.000Z");
        for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
                thing_set(&now, "state", enum_deployment_state.items[i].id);
                cr_expect_str_eq(held(), expected[i], "%s", enum_deployment_state.items[i].id);
        }
}

Test(holds, what_happened_counts_where_it_differs_from_the_plan)
{
        thing_set(&now, "state", "operational");
        thing_set(&now, "departed", "2026-11-25T02:00:00.000Z");
        cr_assert_str_eq(held(), "hard -6 240");
        thing_set(&now, "departed", "2026-11-25T12:00:00.000Z");
        cr_assert_str_eq(held(), "hard 0 240", "held while it waits");
        thing_set(&now, "state", "returned");
        thing_set(&now, "returned", "2026-12-06T08:00:00.000Z");
        cr_assert_str_eq(held(), "hard 0 264");
        thing_set(&now, "returned", NULL);
        cr_assert_str_eq(held(), "hard 0 240");
}

Test(holds, nothing_is_held_without_a_span)
{
        static const char *const rows[][2] = {
                {NULL, "2026-12-05T08:00:00.000Z"},
                {"2026-11-25T08:00:00.000Z", NULL},
                {"2026-12-05T08:00:00.000Z", "2026-11-25T08:00:00.000Z"},
                {"2026-11-25T08:00:00.000Z", "2026-11-25T08:00:00.000Z"},
                {"soon", "later"},
        };

        thing_set(&now, "state", "confirmed");
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                thing_set(&now, "from", rows[i][0]);
                thing_set(&now, "until", rows[i][1]);
                cr_expect_str_eq(held(), "", "row %zu", i);
        }
}

/* ---- two of them --------------------------------------------------------------------------- */

static struct booking booking(enum hold hold, const char *deployment, int from_h, int until_h)
{
        return (struct booking){.span = {T0 + from_h * HOUR_MS, T0 + until_h * HOUR_MS},
                                .hold = hold,
                                .deployment = deployment,
                                .name = deployment};
}

Test(holds, hard_and_rest_bar_and_soft_does_not)
{
        static const struct {
                enum hold held, wanted;
                bool bars, clash;
        } rows[] = {
                {HOLD_SOFT, HOLD_SOFT, false, false}, {HOLD_SOFT, HOLD_HARD, false, false},
                {HOLD_HARD, HOLD_SOFT, true, false},  {HOLD_HARD, HOLD_HARD, true, true},
                {HOLD_REST, HOLD_SOFT, true, false},  {HOLD_REST, HOLD_HARD, true, true},
                {HOLD_HARD, HOLD_REST, false, true},  {HOLD_REST, HOLD_REST, false, false},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const struct booking a = booking(rows[i].held, "a", 0, 10);
                const struct booking b = booking(rows[i].wanted, "b", 9, 20);
                const struct booking later = booking(rows[i].wanted, "b", 10, 20);
                const struct booking same = booking(rows[i].wanted, "a", 9, 20);

                cr_expect_eq(booking_bars(&a, &b), rows[i].bars, "row %zu", i);
                cr_expect_eq(bookings_clash(&a, &b), rows[i].clash, "row %zu", i);
                cr_expect_eq(bookings_clash(&b, &a), rows[i].clash, "row %zu", i);
                cr_expect(!booking_bars(&a, &later) && !bookings_clash(&a, &later), "row %zu", i);
                cr_expect(!booking_bars(&a, &same) && !bookings_clash(&a, &same), "row %zu", i);
        }
}

Test(holds, pairs_of_two_lists_say_what_they_share)
{
        const struct booking a[] = {booking(HOLD_HARD, "a", 0, 10),
                                    booking(HOLD_HARD, "a2", 20, 30),
                                    booking(HOLD_HARD, "a3", 5, 5)};
        const struct booking b[] = {booking(HOLD_HARD, "b", 8, 25),
                                    booking(HOLD_SOFT, "b2", 0, 30)};
        struct booking_pair pairs[1];

        cr_assert_eq(bookings_meet(a, 3, b, 2, bookings_clash, pairs, 1), 2);
        cr_assert(pairs[0].a == &a[0] && pairs[0].b == &b[0]);
        cr_assert_eq(pairs[0].span.from_ms, T0 + 8 * HOUR_MS);
        cr_assert_eq(pairs[0].span.until_ms, T0 + 10 * HOUR_MS);
        cr_assert_eq(bookings_meet(a, 3, b, 2, booking_bars, NULL, 0), 4);
        cr_assert_eq(bookings_meet(NULL, 0, b, 2, bookings_clash, NULL, 0), 0);
}
