#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "meeting.h"

TestSuite(push);

#define TAKEN "{\"id\":\"s1\",\"status\":\"complete\",\"success_count\":1000,\"failure_count\":0}"

/* An ordered server, whose word is enough; there is nothing to pull. */
static void meet_taking(struct meeting *m)
{
        meet_ordered(m);
        server_say(&m->server, LIST, 200, NULL, "{}");
}

static const struct delivery *only_delivery(struct meeting *m, enum delivery_state state)
{
        struct delivery *list = NULL;
        struct err err = {0};
        size_t count = 0;

        cr_assert_eq(delivery_list(m->desk.ops.store, m->remote.id, -1, &m->a, &list, &count, &err),
                     RC_OK);
        cr_assert_eq(count, 1, "%zu", count);
        cr_assert_eq(list[0].state, state);
        return &list[0];
}

static size_t deliveries(struct meeting *m)
{
        struct delivery *list = NULL;
        size_t count = 0;

        cr_assert_eq(delivery_list(m->desk.ops.store, m->remote.id, -1, &m->a, &list, &count, NULL),
                     RC_OK);
        return count;
}

static const char *place(const char *in, const char *of)
{
        const char *at = strstr(in, of);

        cr_assert_not_null(at, "%s is not in %s", of, in);
        return at;
}

Test(push, what_waits_goes_out_references_first)
{
        AUTO_FREE char *own = NULL;
        const char *body;
        char id[STIX_ID_MAX];
        struct meeting m;

        meet_taking(&m);
        new_incident(&m, "Ours", "green", id);
        server_say(&m.server, POST, 202, NULL, TAKEN);
        round_trip(&m);
        cr_assert_null(m.report.error, "%s", m.report.error);
        cr_assert_eq(server_count(&m.server, POST), 1);
        body = strstr(server_asked(&m.server, POST, 0), "\r\n\r\n");
        own = xasprintf("\"id\":\"%s\"", id);
        cr_assert_lt(place(body, "\"id\":\"marking-definition--"),
                     place(body, "\"id\":\"extension-definition--"));
        cr_assert_lt(place(body, "\"id\":\"extension-definition--"),
                     place(body, "\"id\":\"identity--"));
        cr_assert_lt(place(body, "\"id\":\"identity--"), place(body, own));
        cr_assert_lt(place(body, own), place(body, "\"id\":\"note--"));
        cr_assert_eq(m.report.pending, 0);
        cr_assert_eq(m.report.sent, 3, "identity, opening and snapshot: %d", (int)m.report.sent);
        cr_assert_eq(deliveries(&m), 0);
        round_trip(&m);
        cr_assert_eq(server_count(&m.server, POST), 1, "nothing more");
        part(&m);
}

Test(push, a_post_says_its_length_and_type)
{
        const char *asked;
        struct meeting m;

        meet_taking(&m);
        server_say(&m.server, POST, 202, NULL, TAKEN);
        round_trip(&m);
        asked = server_asked(&m.server, POST, 0);
        cr_assert(strstr(asked, "Content-Type: application/taxii+json;version=2.1\r\n"), "%s",
                  asked);
        cr_assert(strstr(asked, "Content-Length: "));
        cr_assert_null(strstr(asked, "Expect:"));
        cr_assert_null(strstr(asked, "chunked"));
        part(&m);
}

Test(push, what_is_above_the_ceiling_is_held_and_said_why)
{
        char red[STIX_ID_MAX], green[STIX_ID_MAX];
        const char *body;
        struct meeting m;

        meet_taking(&m);
        new_incident(&m, "Secret", "red", red);
        new_incident(&m, "Open", "green", green);
        server_say(&m.server, POST, 202, NULL, TAKEN);
        round_trip(&m);
        body = server_asked(&m.server, POST, 0);
        cr_assert(strstr(body, "Open"));
        cr_assert_null(strstr(body, "Secret"));
        cr_assert_null(strstr(body, red));
        cr_assert_eq(m.report.held, 2, "opening and snapshot");
        cr_assert_eq(m.report.pending, 0);
        cr_assert_eq(deliveries(&m), 2);
        part(&m);
}

Test(push, what_was_held_goes_when_its_marking_allows_it)
{
        const struct ops_field clear[] = {{"tlp", "green"}};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct meeting m;

        meet_taking(&m);
        new_incident(&m, "Secret", "red", id);
        server_say(&m.server, POST, 202, NULL, TAKEN);
        round_trip(&m);
        cr_assert_eq(m.report.held, 2);
        cr_assert_eq(ops_do(&m.desk.ops, id,
                            &(struct ops_request){.verb = "set",
                                                  .fields = clear,
                                                  .field_count = 1,
                                                  .reason = "released by the board",
                                                  .occurred_ms = CLOCK_NONE},
                            &err),
                     RC_OK, "%s", err.text);
        round_trip(&m);
        cr_assert(strstr(server_asked(&m.server, POST, 1), "Secret"));
        cr_assert_eq(deliveries(&m), (size_t)m.report.held);
        part(&m);
}

Test(push, a_refused_batch_is_halved_until_the_culprit_is_alone)
{
        static const int statuses[] = {400, 413, 422};

        for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
                const struct delivery *d;
                struct meeting m;
                char id[STIX_ID_MAX];

                meet_taking(&m);
                new_incident(&m, "Fine", "green", id);
                server_add(&m.server,
                           &(struct canned){.when = POST,
                                            .status = statuses[i],
                                            .body = "{\"title\":\"no identity\\u001b[1m\","
                                                    "\"description\":\"please\"}",
                                            .must_hold = "\"identity_class\""});
                server_say(&m.server, POST, 202, NULL, TAKEN);
                round_trip(&m);
                cr_assert_null(m.report.error, "%s", m.report.error);
                d = only_delivery(&m, DELIVERY_QUARANTINED);
                cr_assert(strstr(d->object, "identity--"));
                cr_assert(strstr(d->why, "no identity"), "%s", d->why);
                cr_assert_null(strchr(d->why, '\x1b'));
                cr_assert_eq(m.report.sent, 2);
                cr_assert_eq(m.report.refused, 1);
                cr_assert_eq(m.report.pending, 0);
                part(&m);
        }
}

Test(push, the_cursor_stays_where_nothing_was_answered)
{
        static const int statuses[] = {401, 403, 404, 429, 500, 503};

        for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
                int64_t pending;
                struct meeting m;

                meet_taking(&m);
                server_say(&m.server, POST, statuses[i], NULL, "");
                server_say(&m.server, POST, 202, NULL, TAKEN);
                round_trip(&m);
                cr_assert_eq(m.remote.sent_vid, 0, "%d", statuses[i]);
                cr_assert_eq(deliveries(&m), 0);
                pending = delivery_count(m.desk.ops.store, &m.remote);
                cr_assert_gt(pending, 0);
                clock_advance(20 * MINUTE);
                round_trip(&m);
                cr_assert_eq(m.report.pending, 0, "%s", m.report.error);
                cr_assert_gt(m.remote.sent_vid, 0);
                part(&m);
        }
}

Test(push, failures_of_a_status_are_quarantined_with_its_words)
{
        char id[STIX_ID_MAX];
        const struct delivery *d;
        struct meeting m;

        meet_taking(&m);
        new_incident(&m, "Ours", "green", id);
        AUTO_FREE char *status =
                xasprintf("{\"id\":\"s\",\"status\":\"complete\",\"success_count\":900,"
                          "\"failure_count\":1,\"failures\":[{\"id\":\"%s\",\"version\":"
                          "\"2026-11-24T12:00:00.000000Z\",\"message\":\"we know better\"}]}",
                          id);
        server_say(&m.server, POST, 202, NULL, status);
        round_trip(&m);
        d = only_delivery(&m, DELIVERY_QUARANTINED);
        cr_assert_str_eq(d->object, id);
        cr_assert_str_eq(d->why, "we know better");
        part(&m);
}

Test(push, a_pending_status_is_asked_for_until_it_is_complete)
{
        struct meeting m;

        meet_taking(&m);
        server_say(&m.server, POST, 202, NULL,
                   "{\"id\":\"a:b/c\",\"status\":\"pending\",\"total_count\":null,"
                   "\"success_count\":null}");
        server_say(&m.server, "GET /api/status/a%3Ab%2Fc/", 200, NULL,
                   "{\"id\":\"a:b/c\",\"status\":\"pending\"}");
        server_say(&m.server, "GET /api/status/a%3Ab%2Fc/", 200, NULL, TAKEN);
        open_exchange(&m, true);
        settle(&m);
        cr_assert_eq(server_count(&m.server, "GET /api/status/a%3Ab%2Fc/"), 0);
        cr_assert_eq(m.report.state, EXCHANGE_PUSHING);
        cr_assert_eq(m.report.next_ms, NOW + 1000);
        clock_advance(1000);
        settle(&m);
        cr_assert_eq(server_count(&m.server, "GET /api/status/a%3Ab%2Fc/"), 1);
        cr_assert_eq(m.report.next_ms, NOW + 3000, "then two seconds");
        cr_assert_eq(m.remote.sent_vid, 0);
        clock_advance(2000);
        settle(&m);
        cr_assert(exchange_is_over(m.x));
        cr_assert_eq(m.report.pending, 0);
        cr_assert_gt(m.remote.sent_vid, 0);
        part(&m);
}

Test(push, who_cannot_be_read_back_leaves_it_unconfirmed)
{
        struct meeting m;

        meet_of(&m, "{\"versions\":[\"application/taxii+json;version=2.1\"]}",
                "{\"id\":\"" C_ID "\",\"can_read\":false,\"can_write\":true}");
        server_say(&m.server, POST, 202, NULL, "");
        round_trip(&m);
        cr_assert_null(m.report.error, "%s", m.report.error);
        cr_assert_eq(server_count(&m.server, LIST), 0);
        only_delivery(&m, DELIVERY_UNCONFIRMED);
        cr_assert_eq(m.report.pending, 0);
        part(&m);
}

/* The identity as another server writes it: other times, more members, the order turned. */
static char *identity_back(struct meeting *m, const char *name)
{
        return xasprintf(
                "{\"objects\":[{\"x_added\":1,\"spec_version\":\"2.1\",\"type\":\"identity\","
                "\"name\":\"%s\",\"modified\":\"2026-11-24T12:00:00.000000Z\",\"created\":"
                "\"2026-11-24T12:00:00Z\",\"identity_class\":\"organization\",\"id\":\"%s\","
                "\"created_by_ref\":\"%s\"}]}",
                name, m->desk.ops.unit, m->desk.ops.unit);
}

Test(push, what_is_read_back_is_compared)
{
        static const char *const names[] = {"Test CSIRT", "Somebody else", NULL};

        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                struct meeting m;

                meet_writing(&m);
                AUTO_FREE char *back = identity_back(&m, names[i] ? names[i] : "");

                server_say(&m.server, POST, 202, NULL,
                           "{\"id\":\"s\",\"status\":\"complete\",\"success_count\":1}");
                server_say(&m.server, LIST " match%5Bid%5D", 200, NULL, names[i] ? back : "{}");
                server_say(&m.server, LIST, 200, NULL, "{}");
                round_trip(&m);
                cr_assert_null(m.report.error, "%s", m.report.error);
                cr_assert(server_count(&m.server, LIST " match%5Bid%5D"));
                if (i == 0)
                        cr_assert_eq(deliveries(&m), 0, "%s",
                                     only_delivery(&m, DELIVERY_UNCONFIRMED)->why);
                else
                        cr_assert(strstr(only_delivery(&m, DELIVERY_UNCONFIRMED)->why,
                                         i == 1 ? "other content" : "does not show"));
                cr_assert_eq(m.report.pending, 0);
                part(&m);
        }
}

Test(push, batches_stay_under_what_the_server_takes)
{
        char id[STIX_ID_MAX];
        struct meeting m;

        meet_of(&m,
                "{\"versions\":[\"application/"
                "taxii+json;version=2.1\"],\"max_content_length\":3000,"
                "\"x_muster_ordered\":true}",
                "{\"id\":\"" C_ID "\",\"can_read\":true,\"can_write\":true}");
        server_say(&m.server, LIST, 200, NULL, "{}");
        server_say(&m.server, POST, 202, NULL, TAKEN);
        for (int i = 0; i < 5; i++)
                new_incident(&m, "Ours", "green", id);
        round_trip(&m);
        cr_assert_eq(m.report.pending, 0);
        cr_assert_gt(server_count(&m.server, POST), 3);
        for (size_t i = 0; i < server_count(&m.server, POST); i++) {
                const char *body = strstr(server_asked(&m.server, POST, i), "\r\n\r\n") + 4;

                cr_assert_leq(strlen(body), 3000);
        }
        part(&m);
}

Test(push, a_person_may_send_again_what_was_refused)
{
        const struct delivery *d;
        struct err err = {0};
        struct meeting m;

        meet_taking(&m);
        server_say(&m.server, POST, 422, NULL, "");
        server_say(&m.server, POST, 422, NULL, "");
        server_say(&m.server, POST, 422, NULL, "");
        server_say(&m.server, POST, 202, NULL, TAKEN);
        round_trip(&m);
        d = only_delivery(&m, DELIVERY_QUARANTINED);
        cr_assert_eq(delivery_retry(m.desk.ops.store, m.remote.id, d->vid, &err), RC_OK);
        round_trip(&m);
        cr_assert_eq(deliveries(&m), 0);
        cr_assert_eq(m.report.sent, 1);
        part(&m);
}

Test(push, a_collection_that_may_not_be_written_gets_nothing)
{
        struct meeting m;

        meet_of(&m, "{\"versions\":[\"application/taxii+json;version=2.1\"]}",
                "{\"id\":\"" C_ID "\",\"can_read\":true}");
        server_say(&m.server, LIST, 200, NULL, "{}");
        round_trip(&m);
        cr_assert_null(m.report.error, "%s", m.report.error);
        cr_assert_eq(server_count(&m.server, POST), 0);
        cr_assert_gt(m.report.pending, 0);
        part(&m);
}

Test(push, what_may_not_be_written_is_still_read)
{
        AUTO_FREE char *page = envelope(1, 2, "");
        struct meeting m;

        meet_ordered(&m);
        server_say(&m.server, LIST, 200, LAST("2026-11-24T11:00:01.000000Z"), page);
        server_say(&m.server, POST, 403, NULL, "");
        round_trip(&m);
        cr_assert_eq(m.report.state, EXCHANGE_REFUSED);
        cr_assert(strstr(m.report.error, "sending: 403"), "%s", m.report.error);
        cr_assert_eq(m.report.received, 2);
        cr_assert_not_null(m.remote.watermark);
        cr_assert_gt(m.report.pending, 0);
        part(&m);
}
