#include "model/booking.h"

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
        thing_set(&now, "from", "2026-11-25T08:00:00.000Z");
        thing_set(&now, "until", "2026-12-05T08:00:00.000Z");
        thing_set(&now, "returned", "2026-11-30T08:00:00.000Z");
        thing_set(&now, "rest_until", "2026-11-30T19:00:00.000Z");
}

TestSuite(booking, .init = setup);

/* "hard 0 240": hours from T0. */
static const char *taken(void)
{
        static const char *const names[] = {"soft", "hard", "rest"};
        static char out[80];
        struct booking b[BOOKINGS_OF_ONE];
        size_t count = booking_of(&now, "DEP-0001", b);

        out[0] = '\0';
        for (size_t i = 0; i < count; i++) {
                cr_assert_str_eq(b[i].deployment, now.id);
                cr_assert_str_eq(b[i].name, "DEP-0001");
                snprintf(out, sizeof(out), "%s %lld %lld", names[b[i].hold],
                         (long long)((b[i].span.from_ms - T0) / HOUR_MS),
                         (long long)((b[i].span.until_ms - T0) / HOUR_MS));
        }
        return out;
}

Test(booking, each_state_takes_what_it_should)
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
                [DEPLOYMENT_RETURNED] = "rest 120 131",
                [DEPLOYMENT_RESTING] = "rest 120 131",
                [DEPLOYMENT_CLOSED] = "",
                [DEPLOYMENT_DECLINED] = "",
                [DEPLOYMENT_STOOD_DOWN] = "",
                [DEPLOYMENT_RECALLED] = "hard 0 240",
                [DEPLOYMENT_SUSPENDED] = "hard 0 240",
        };

        cr_assert_eq(ARRAY_LEN(expected), enum_deployment_state.count);
        for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
                thing_set(&now, "state", enum_deployment_state.items[i].id);
                cr_expect_str_eq(taken(), expected[i], "%s", enum_deployment_state.items[i].id);
        }
}

Test(booking, who_is_back_rests_from_then_on_as_long_as_it_says)
{
        thing_set(&now, "state", "returned");
        thing_set(&now, "rest_until", NULL);
        cr_expect_str_eq(taken(), "rest 120 131");
        thing_set(&now, "rest_hours", "24");
        cr_expect_str_eq(taken(), "rest 120 144");
        thing_set(&now, "rest_hours", "0");
        cr_expect_str_eq(taken(), "");
        thing_set(&now, "rest_hours", "24");
        thing_set(&now, "returned", NULL);
        cr_expect_str_eq(taken(), "");
}

Test(booking, an_end_that_nobody_has_said_is_far_away_and_no_span_is_none)
{
        static const struct {
                const char *from, *until;
                bool taken;
        } rows[] = {
                {"2026-11-25T08:00:00.000Z", NULL, true},
                {NULL, "2026-12-05T08:00:00.000Z", false},
                {"2026-12-05T08:00:00.000Z", "2026-11-25T08:00:00.000Z", false},
                {"2026-11-25T08:00:00.000Z", "2026-11-25T08:00:00.000Z", false},
                {"soon", "2026-12-05T08:00:00.000Z", false},
        };

        thing_set(&now, "state", "confirmed");
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct booking b[BOOKINGS_OF_ONE];

                thing_set(&now, "from", rows[i].from);
                thing_set(&now, "until", rows[i].until);
                cr_expect_eq(booking_of(&now, "", b), (size_t)rows[i].taken, "row %zu", i);
        }
}
