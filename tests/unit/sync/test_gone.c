/*
 * What is not on the server any more, and how its clock goes.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "meeting.h"
#include "store/gone.h"

TestSuite(gone);

#define T1 "2026-11-24T11:00:01.000000Z"

#define LISTED(n)                                                                                  \
        "{\"id\":\"" THEIRS(n) "\",\"date_added\":\"" T1                                           \
                               "\",\"version\":\"2026-11-24T10:00:00.000Z\"}"

/* Ids of what is gone, one a line; malloc'ed. */
static char *gone(struct meeting *m)
{
        CLEANUP(str_finish) struct str out = {0};
        struct gone *list = NULL;
        struct err err = {0};
        size_t count = 0;

        str_init(&out, 4096);
        cr_assert_eq(gone_list(m->desk.ops.store, m->remote.id, 100, &m->a, &list, &count, &err),
                     RC_OK, "%s", err.text);
        cr_assert_eq(gone_count(m->desk.ops.store, m->remote.id), (int64_t)count);
        for (size_t i = 0; i < count; i++)
                str_addf(&out, "%s\n", list[i].id);
        return str_take(&out);
}

static void a_day_later(struct meeting *m, const char *manifest)
{
        struct canned *last = &m->server.list[m->server.count - 1];

        cr_assert(strcmp(last->when, MANIFEST) == 0);
        last->body = manifest;
        clock_advance(24 * 60 * MINUTE);
        round_trip(m);
}

/* A server whose three objects came in, and that lists all of them in its manifest. */
static void meet_three(struct meeting *m)
{
        AUTO_FREE char *page = envelope(1, 3, "");

        meet(m);
        server_say(&m->server, LIST, 200, LAST(T1), page);
        round_trip(m);
        cr_assert_eq(gone_count(m->desk.ops.store, m->remote.id), 0, "the first walk");
        m->server.list[m->server.count - 1].body = "{}";
        m->server.list[3].used = true; /* the empty manifest */
        server_say(&m->server, MANIFEST, 200, NULL, "{}");
}

Test(gone, what_the_daily_walk_does_not_find_is_listed_and_stays_here)
{
        struct meeting m;

        meet_three(&m);
        a_day_later(&m, "{\"objects\":[" LISTED(1) "," LISTED(3) "]}");
        AUTO_FREE char *first = gone(&m);
        cr_assert_str_eq(first, THEIRS(2) "\n");
        cr_assert(holds(&m, THEIRS(2)), "absence deletes nothing");
        a_day_later(&m, "{\"objects\":[" LISTED(2) "," LISTED(3) "]}");
        AUTO_FREE char *second = gone(&m);
        cr_assert_str_eq(second, THEIRS(1) "\n", "what is there again is not listed");
        a_day_later(&m, "{}");
        AUTO_FREE char *third = gone(&m);
        cr_assert_str_eq(third, second, "nothing at all is no list");
        part(&m);
}

Test(gone, without_a_manifest_the_pages_tell)
{
        AUTO_FREE char *pages = envelope(2, 2, "");
        struct meeting m;

        meet_three(&m);
        m.server.list[m.server.count - 1].status = 404;
        m.server.list[m.server.count - 2].body = pages;
        a_day_later(&m, NULL);
        AUTO_FREE char *list = gone(&m);
        cr_assert_str_eq(list, THEIRS(1) "\n");
        part(&m);
}

Test(gone, what_came_before_the_remote_was_added_anew_is_none_of_it)
{
        struct meeting m;
        struct remote again;
        struct err err = {0};
        int64_t id;

        meet_three(&m);
        again = m.remote;
        cr_assert_eq(remote_drop(m.desk.ops.store, again.id, &err), RC_OK);
        cr_assert_eq(remote_add(m.desk.ops.store, &again, &id, &err), RC_OK);
        look(&m);
        m.remote.watermark = T1;
        m.remote.sent_vid = again.sent_vid;
        save_remote(&m);
        a_day_later(&m, "{\"objects\":[" LISTED(1) "]}");
        cr_assert_eq(gone_count(m.desk.ops.store, id), 0);
        part(&m);
}

Test(gone, the_date_of_an_answer_tells_how_its_clock_goes)
{
        struct meeting m;

        meet(&m);
        cr_assert_eq(m.remote.ahead_ms, CLOCK_NONE);
        server_say(&m.server, LIST, 200, "Date: Tue, 24 Nov 2026 12:03:10 GMT\r\n", "{}");
        server_say(&m.server, LIST, 200, "Date: Tue, 24 Nov 2026 12:03:12 GMT\r\n", "{}");
        server_say(&m.server, LIST, 200, "Date: Tue, 24 Nov 2026 11:00:00 GMT\r\nAge: 7\r\n", "{}");
        server_say(&m.server, LIST, 200, "Date: next Tuesday\r\n", "{}");
        server_say(&m.server, LIST, 200, "Date: Tue, 24 Nov 2026 11:58:20 GMT\r\n", "{}");
        for (int i = 0; i < 4; i++) {
                round_trip(&m);
                cr_assert_eq(m.remote.ahead_ms, 190500, "%d", i);
        }
        round_trip(&m);
        cr_assert_eq(m.remote.ahead_ms, -99500);
        part(&m);
}
