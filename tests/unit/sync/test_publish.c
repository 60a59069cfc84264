/*
 * What others of the unit do to a thing of ours changes what it is: the console that acted on it
 * last tells other units of that, and no other.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "meeting.h"
#include "store/outbox.h"

TestSuite(publish);

#define T1    "2026-11-24T11:00:01.000000Z"
#define TAKEN "{\"id\":\"s1\",\"status\":\"complete\",\"success_count\":1000,\"failure_count\":0}"

/* A page with the last act of a desk; malloc'ed. */
static char *last_act(struct desk *d)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version *list = NULL, v;
        struct err err = {0};
        size_t count = 0;

        cr_assert_eq(outbox_list(d->ops.store, 0, 100, &a, &list, &count, &err), RC_OK);
        cr_assert_gt(count, 0);
        cr_assert_eq(version_by_vid(d->ops.store, list[count - 1].vid, &a, &v, &err), RC_OK);
        return xasprintf("{\"objects\":[%.*s]}", (int)v.len, v.bytes);
}

/* Both act on one incident without knowing of each other, `mine` last or not; then we receive what
 * the other did. Gives back how often the incident went out behind that. */
static size_t told_again(bool mine_is_last)
{
        static char page[65536];
        struct desk mate;
        struct err err = {0};
        char id[STIX_ID_MAX];
        size_t before, times = 0;
        struct meeting m;

        meet_ordered(&m);
        server_say(&m.server, POST, 202, NULL, TAKEN);
        server_say(&m.server, LIST, 200, NULL, "{}");
        new_incident(&m, "Ours", "green", id);
        AUTO_FREE char *known = desk_export(&m.desk);
        desk_join(&mate, &m.desk, "novak");
        cr_assert_eq(desk_import(&mate, known, &err), RC_OK, "%s", err.text);
        clock_advance(mine_is_last ? 1000 : 5000);
        desk_do(&mate, id, "severity", "severity", "low");
        clock_advance(mine_is_last ? 4000 : -4000);
        desk_do(&m.desk, id, "owner", "owner", "duarte");
        clock_advance(MINUTE);
        round_trip(&m);
        before = server_count(&m.server, POST);
        AUTO_FREE char *act = last_act(&mate);
        memcpy(page, act, strlen(act) + 1);
        m.server.list[4].body = page;
        m.server.list[4].headers = LAST(T1);
        round_trip(&m);
        cr_assert_null(m.report.error, "%s", m.report.error);
        cr_assert_eq(m.report.received, 1);
        cr_assert_eq(m.report.pending, 0);
        for (size_t i = before; i < server_count(&m.server, POST); i++)
                times += strstr(server_asked(&m.server, POST, i), "\"criticality\":20") != NULL;
        round_trip(&m);
        cr_assert_eq(m.report.sent, 0, "and then it is silent");
        desk_stop(&mate);
        part(&m);
        return times;
}

Test(publish, who_acted_last_tells_what_it_is_now)
{
        cr_assert_eq(told_again(true), 1);
}

Test(publish, who_did_not_leaves_it_to_who_did)
{
        cr_assert_eq(told_again(false), 0);
}
