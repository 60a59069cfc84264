#include <criterion/criterion.h>

#include "model/hlc.h"

#define NOW 1795525467000ll /* 2026-11-24 */

Test(hlc, follows_the_wall_clock)
{
        int64_t a = hlc_next(0, NOW), b = hlc_next(a, NOW + 1);

        cr_expect_eq(hlc_ms(a), NOW);
        cr_expect_eq(hlc_ms(b), NOW + 1);
        cr_expect_gt(b, a);
}

Test(hlc, grows_within_a_millisecond_and_when_the_clock_goes_back)
{
        int64_t last = hlc_next(0, NOW);

        for (int i = 0; i < 200000; i++) {
                int64_t next = hlc_next(last, NOW - i);

                cr_assert_gt(next, last);
                last = next;
        }
        cr_expect_leq(hlc_ms(last), NOW + 4);
}

Test(hlc, sorts_after_a_peer_that_is_ahead)
{
        int64_t peer = hlc_next(0, NOW + HLC_SKEW_MS);

        cr_expect_gt(hlc_next(peer, NOW), peer);
}

Test(hlc, hostile_clocks_do_not_wrap_round)
{
        cr_expect_eq(hlc_next(INT64_MAX, NOW), INT64_MAX);
        cr_expect_eq(hlc_next(INT64_MIN, NOW), hlc_next(0, NOW));
        cr_expect_gt(hlc_next(5, INT64_MAX), 5);
        cr_expect_eq(hlc_next(5, INT64_MIN), 6);
}
