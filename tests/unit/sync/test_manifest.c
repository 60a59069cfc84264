/*
 * What the manifest is good for where pages do not tell enough.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "meeting.h"

TestSuite(manifest);

#define T1 "2026-11-24T11:00:01.000000Z"
#define T2 "2026-11-24T11:00:02.000000Z"

/* A manifest of the first two of theirs; the seconds of the first version have these `digits`. */
#define LISTED(n, date, digits)                                                                    \
        "{\"id\":\"" THEIRS(n) "\",\"date_added\":\"" date                                         \
                               "\",\"version\":\"2026-11-24T10:00:00." digits "Z\"}"
#define LISTING(digits, first, second)                                                             \
        "{\"objects\":[" LISTED(1, first, digits) "," LISTED(2, second, "000") "]}"

Test(manifest, without_dates_in_the_pages_the_manifest_tells_the_watermark)
{
        AUTO_FREE char *page = envelope(1, 2, "");
        struct meeting m;

        meet_of(&m, "{\"title\":\"R\",\"versions\":[\"application/taxii+json; version=2.1\"]}",
                "{\"id\":\"" C_ID "\",\"title\":\"C\",\"can_read\":true,\"can_write\":false}");
        server_say(&m.server, LIST, 200, NULL, page);
        server_say(&m.server, MANIFEST, 200, NULL, LISTING("000", T1, "2026-11-24T12:00:02+01:00"));
        round_trip(&m);
        went_well(&m, 2);
        watermark_is(&m, "2026-11-24T12:00:02+01:00");
        round_trip(&m);
        cr_assert(strstr(server_asked(&m.server, LIST, 1),
                         "added_after=2026-11-24T10%3A55%3A02.000000Z"),
                  "%s", server_asked(&m.server, LIST, 1));
        part(&m);
}

Test(manifest, the_daily_reconcile_fetches_what_increments_have_missed)
{
        AUTO_FREE char *page = envelope(1, 1, "");
        AUTO_FREE char *missed = envelope(2, 1, "");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T1), page);
        round_trip(&m);
        cr_assert_eq(m.remote.reconciled_ms, NOW);
        cr_assert_not(m.remote.unsteady);
        server_say(&m.server, MANIFEST, 200, NULL, LISTING("0000", T1, T1));
        m.server.list[3].used = true; /* the empty manifest */
        server_say(&m.server, "GET " AT "objects/" THEIRS(2) "/", 200, NULL, missed);
        round_trip(&m);
        cr_assert_not(holds(&m, THEIRS(2)), "not yet");
        clock_advance(24 * 60 * MINUTE);
        round_trip(&m);
        went_well(&m, 1);
        cr_assert(holds(&m, THEIRS(2)));
        cr_assert(m.remote.unsteady);
        part(&m);
}

Test(manifest, where_listing_fails_objects_are_got_one_by_one)
{
        AUTO_FREE char *one = envelope(1, 1, "");
        struct meeting m;

        meet_of(&m, "{\"versions\":[\"application/taxii+json;version=2.1\"]}",
                "{\"id\":\"" C_ID "\",\"can_read\":true}");
        server_say(&m.server, LIST, 500, NULL, "");
        server_say(&m.server, MANIFEST, 200, NULL, LISTING("000", T1, T2));
        server_say(&m.server, "GET " AT "objects/" THEIRS(1) "/", 200, NULL, one);
        server_say(&m.server, "GET " AT "objects/" THEIRS(2) "/", 500, NULL, "");
        round_trip(&m);
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE, "once may be chance");
        clock_advance(MINUTE);
        round_trip(&m);
        went_well(&m, 1);
        cr_assert(m.remote.incomplete, "one is lost");
        watermark_is(&m, T2);
        part(&m);
}
