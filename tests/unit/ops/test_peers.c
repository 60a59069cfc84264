/*
 * Clocks of other consoles, as what they did tells.
 */
#include <criterion/criterion.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/peers.h"
#include "unit/desk.h"

TestSuite(peers);

static size_t peers(struct desk *d, int64_t since_ms, struct arena *a, struct peer_clock **ret)
{
        struct err err = {0};
        size_t count = 0;

        cr_assert_eq(peer_clock_list(d->ops.store, since_ms, a, ret, &count, &err), RC_OK, "%s",
                     err.text);
        return count;
}

Test(peers, what_arrives_before_its_time_tells_whose_clock_is_ahead)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct peer_clock *list = NULL;
        struct desk one, two;
        struct err err = {0};
        char id[STIX_ID_MAX];

        desk_start(&one);
        desk_join(&two, &one, "novak");
        desk_new(&two, "Seen there", "low", id);
        AUTO_FREE char *in_time = desk_export(&two);
        cr_assert_eq(desk_import(&one, in_time, &err), RC_OK, "%s", err.text);
        cr_assert_eq(peers(&one, 0, &a, &list), 0, "in time");
        clock_advance(3 * MINUTE);
        desk_do(&two, id, "severity", "severity", "high");
        AUTO_FREE char *ahead = desk_export(&two);
        clock_advance(-3 * MINUTE);
        cr_assert_eq(desk_import(&one, ahead, &err), RC_OK, "%s", err.text);
        cr_assert_eq(peers(&one, 0, &a, &list), 1);
        cr_assert_str_eq(list[0].operator, "novak");
        cr_assert_str_eq(list[0].console, two.ops.console);
        cr_assert_eq(list[0].ahead_ms, 3 * MINUTE);
        cr_assert_eq(list[0].seen_ms, DESK_NOW);
        cr_assert_eq(peers(&one, DESK_NOW + 1, &a, &list), 0, "it was not seen since");
        cr_assert_eq(peers(&two, 0, &a, &list), 0, "nobody is ahead of itself");
        desk_stop(&two);
        desk_stop(&one);
}
