#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "meeting.h"

TestSuite(find);

#define ROOT       "{\"title\":\"R\",\"versions\":[\"application/taxii+json;version=2.1\"]}"
#define COLLECTION "{\"id\":\"" C_ID "\",\"alias\":\"crisis\",\"title\":\"C\",\"can_read\":true}"

/* A server of which nothing is said yet. */
static void meet_nobody(struct meeting *m)
{
        meet(m);
        server_forget(&m->server);
        server_say(&m->server, LIST, 200, NULL, "{}");
}

static void is_found(struct meeting *m)
{
        AUTO_FREE char *root = xasprintf("%s/api/", m->server.url);

        round_trip(m);
        cr_assert_null(m->report.error, "%s", m->report.error);
        cr_assert_str_eq(m->remote.root, root);
        cr_assert(m->remote.can_read);
        cr_assert_not(m->remote.can_write);
}

static void is_refused(struct meeting *m, const char *says)
{
        round_trip(m);
        cr_assert_eq(m->report.state, EXCHANGE_REFUSED);
        cr_assert(strstr(m->report.error, says), "%s", m->report.error);
        cr_assert_null(m->remote.root);
}

Test(find, roots_are_relative_or_absolute)
{
        struct meeting m;

        meet_nobody(&m);
        AUTO_FREE char *discovery =
                xasprintf("{\"title\":\"T\",\"default\":\"%s/api\",\"api_roots\":[\"%s/api/\"]}",
                          m.server.url, m.server.url);
        server_say(&m.server, "GET /taxii2/", 200, NULL, discovery);
        server_say(&m.server, "GET /api/", 200, NULL, ROOT);
        server_say(&m.server, "GET " AT, 200, NULL, COLLECTION);
        is_found(&m);
        cr_assert_eq(server_count(&m.server, "GET /api/"), 1);
        part(&m);
}

Test(find, a_root_at_another_address_gets_no_credentials)
{
        struct meeting m;

        meet_nobody(&m);
        server_say(&m.server, "GET /taxii2/", 200, NULL,
                   "{\"title\":\"T\",\"api_roots\":[\"http://localhost:5000/api/\"]}");
        is_refused(&m, "another address");
        cr_assert_eq(m.server.asked_count, 1);
        part(&m);
}

Test(find, a_root_may_be_named_itself)
{
        struct meeting m;

        meet_nobody(&m);
        AUTO_FREE char *url = xasprintf("%s/api", m.server.url);
        m.remote.url = url;
        server_say(&m.server, "GET /api/", 200, NULL, ROOT);
        server_say(&m.server, "GET " AT, 200, NULL, COLLECTION);
        struct err err = {0};
        cr_assert_eq(open_altered(&m, true, &err), RC_OK, "%s", err.text);
        settle(&m);
        cr_assert_null(m.report.error, "%s", m.report.error);
        cr_assert_eq(server_count(&m.server, "GET /api/"), 1);
        part(&m);
}

Test(find, an_alias_is_looked_up_where_paths_do_not_know_it)
{
        struct meeting m;
        struct err err = {0};

        meet_nobody(&m);
        m.remote.collection = "crisis";
        server_say(&m.server, "GET /taxii2/", 200, NULL, "{\"api_roots\":[\"/none/\",\"/api/\"]}");
        server_say(&m.server, "GET /api/", 200, NULL, ROOT);
        server_say(&m.server, "GET /api/collections/", 200, NULL,
                   "{\"collections\":[" COLLECTION "]}");
        cr_assert_eq(open_altered(&m, true, &err), RC_OK, "%s", err.text);
        settle(&m);
        cr_assert_null(m.report.error, "%s", m.report.error);
        cr_assert_eq(server_count(&m.server, LIST), 1, "by its id");
        part(&m);
}

Test(find, no_such_collection_is_said)
{
        struct meeting m;

        meet_nobody(&m);
        server_say(&m.server, "GET /taxii2/", 200, NULL, "{\"api_roots\":[\"/api/\"]}");
        server_say(&m.server, "GET /api/", 200, NULL, ROOT);
        server_say(&m.server, "GET /api/collections/", 200, NULL, "{}");
        is_refused(&m, "no collection " C_ID);
        part(&m);
}

Test(find, a_known_root_is_asked_first_and_forgotten_when_it_is_gone)
{
        struct meeting m;

        meet_nobody(&m);
        AUTO_FREE char *old = xasprintf("%s/old/", m.server.url);
        m.remote.root = old;
        save_remote(&m);
        server_say(&m.server, "GET /taxii2/", 200, NULL, "{\"api_roots\":[\"/api/\"]}");
        server_say(&m.server, "GET /api/", 200, NULL, ROOT);
        server_say(&m.server, "GET " AT, 200, NULL, COLLECTION);
        is_found(&m);
        cr_assert_eq(server_count(&m.server, "GET /old/"), 1);
        round_trip(&m);
        cr_assert_eq(server_count(&m.server, "GET /taxii2/"), 1, "not again");
        part(&m);
}

Test(find, the_slash_is_found_by_a_redirect)
{
        struct meeting m;

        meet_nobody(&m);
        server_say(&m.server, "GET /taxii2/", 308, "Location: /discovery/\r\n", "");
        server_say(&m.server, "GET /discovery/", 200, NULL, "{\"api_roots\":[\"/api/\"]}");
        server_say(&m.server, "GET /api/", 200, NULL, ROOT);
        server_say(&m.server, "GET " AT, 200, NULL, COLLECTION);
        is_found(&m);
        part(&m);
}

/* ---- secrets and times -------------------------------------------------------------------------
 */

static enum rc open_with(struct meeting *m, const char *secret, mode_t mode, struct err *err)
{
        AUTO_FREE char *path = file_join(m->desk.dir, "token");
        enum rc rc;

        cr_assert_eq(file_replace(path, secret, strlen(secret), err), RC_OK);
        cr_assert_eq(chmod(path, mode), 0);
        m->remote.auth = REMOTE_TOKEN;
        m->remote.secret_file = path;
        rc = open_altered(m, true, err);
        cr_assert_eq(remove(path), 0);
        return rc;
}

Test(find, a_secret_is_sent_and_never_one_that_others_may_read)
{
        struct err err = {0};
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, NULL, "{}");
        cr_assert_eq(open_with(&m, "s3cret\n", 0644, &err), RC_DENIED);
        cr_assert_null(strstr(err.text, "s3cret"));
        cr_assert_eq(open_with(&m,
                               "s3\x01"
                               "cret\n",
                               0600, &err),
                     RC_INVALID);
        cr_assert_eq(open_with(&m, "s3cret\n", 0600, &err), RC_OK);
        settle(&m);
        cr_assert(strstr(server_asked(&m.server, LIST, 0), "Authorization: Bearer s3cret\r\n"));
        part(&m);
}

Test(find, retry_after_holds_over_a_restart)
{
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 429, "Retry-After: 600\r\n", "slow down");
        server_say(&m.server, LIST, 200, NULL, "{}");
        round_trip(&m);
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
        cr_assert_eq(m.remote.next_try_ms, NOW + 600000);
        clock_advance(599000 - 5000);
        round_trip(&m);
        cr_assert_eq(server_count(&m.server, LIST), 1);
        cr_assert(exchange_is_over(m.x));
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
        cr_assert_not_null(m.report.error);
        clock_advance(6000);
        round_trip(&m);
        cr_assert_eq(server_count(&m.server, LIST), 2);
        cr_assert_null(m.report.error, "%s", m.report.error);
        cr_assert_eq(m.remote.next_try_ms, CLOCK_NONE);
        part(&m);
}

Test(find, that_it_does_not_let_us_in_is_kept_over_a_restart)
{
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 403, NULL, "");
        server_say(&m.server, LIST, 502, NULL, "");
        round_trip(&m);
        cr_assert_eq(m.report.state, EXCHANGE_REFUSED);
        cr_assert(m.remote.shut);
        open_exchange(&m, false);
        settle(&m);
        cr_assert_eq(m.report.state, EXCHANGE_REFUSED, "%s", exchange_state_name(m.report.state));
        cr_assert_eq(server_count(&m.server, LIST), 1);
        clock_advance(m.report.next_ms - NOW);
        settle(&m);
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE, "another failure");
        cr_assert_not(m.remote.shut);
        part(&m);
}

/* Turns it until something is on its way. */
static void begin_again(struct meeting *m)
{
        clock_advance(m->report.next_ms - clock_now_ms());
        exchange_turn(m->x);
        look(m);
}

Test(find, a_new_try_is_no_answer)
{
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 502, NULL, "");
        server_say(&m.server, LIST, 502, NULL, "");
        server_say(&m.server, LIST, 200, NULL, "{}");
        open_exchange(&m, false);
        settle(&m);
        for (int tries = 0; tries < 2; tries++) {
                begin_again(&m);
                cr_assert_eq(m.report.state, EXCHANGE_OFFLINE, "%s",
                             exchange_state_name(m.report.state));
                cr_assert_not_null(m.report.error);
                settle(&m);
        }
        went_well(&m, 0);
        part(&m);
}

Test(find, who_asks_once_does_not_wait_for_our_own_patience)
{
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 502, NULL, "");
        for (int i = 0; i < 8; i++) /* by now it is half a minute at least */
                round_trip(&m);
        cr_assert_eq(server_count(&m.server, LIST), 8);
        cr_assert_eq(m.remote.failures, 8);
        cr_assert_gt(m.remote.next_try_ms, NOW + 29000);
        part(&m);
}

static void test_remote(struct meeting *m)
{
        struct exchange_options o = {.ops = &m->desk.ops,
                                     .http = m->http,
                                     .remote = &m->remote,
                                     .once = true,
                                     .finds_only = true};
        struct err err = {0};

        exchange_close(m->x);
        cr_assert_eq(exchange_open(&o, &m->x, &err), RC_OK, "%s", err.text);
        settle(m);
}

Test(find, a_test_that_goes_well_ends_our_own_patience)
{
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 502, NULL, "");
        round_trip(&m);
        cr_assert_neq(m.remote.next_try_ms, CLOCK_NONE);
        test_remote(&m);
        cr_assert_eq(m.remote.next_try_ms, CLOCK_NONE);
        cr_assert_eq(m.remote.failures, 0);
        part(&m);
}

Test(find, a_test_that_goes_well_does_not_end_what_the_server_asked_for)
{
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 429, "Retry-After: 600\r\n", "slow down");
        round_trip(&m);
        test_remote(&m);
        cr_assert_eq(m.remote.next_try_ms, NOW + 600000);
        clock_advance(590000);
        round_trip(&m);
        cr_assert_eq(server_count(&m.server, LIST), 1);
        part(&m);
}

Test(find, failures_wait_longer_and_longer)
{
        int64_t waited = 0;
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 502, NULL, "");
        open_exchange(&m, false);
        for (int i = 0; i < 12; i++) {
                int64_t now = clock_now_ms();

                settle(&m);
                cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
                cr_assert_eq(m.remote.failures, i + 1);
                waited = m.report.next_ms - now;
                cr_assert_geq(waited, i < 6 ? 500 << i : 30000);
                cr_assert_leq(waited, i < 6 ? 1000 << i : 60000);
                clock_advance(waited - 1);
                settle(&m);
                cr_assert_eq(server_count(&m.server, LIST), (size_t)i + 1);
                clock_advance(1);
        }
        part(&m);
}

Test(find, nobody_there_is_offline)
{
        struct meeting m;
        struct server other;

        meet(&m);
        server_start(&other); /* a port that is free again */
        server_stop(&other);
        AUTO_FREE char *url = xasprintf("%s/taxii2/", other.url);
        m.remote.url = url;
        struct err err = {0};
        cr_assert_eq(open_altered(&m, true, &err), RC_OK);
        settle(&m);
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
        part(&m);
}

Test(find, a_remote_that_was_removed_ends_it)
{
        struct meeting m;
        struct err err = {0};

        meet(&m);
        server_say(&m.server, LIST, 200, NULL, "{}");
        open_exchange(&m, false);
        cr_assert_eq(remote_drop(m.desk.ops.store, m.remote.id, &err), RC_OK);
        for (int i = 0; i < 100 && !exchange_is_over(m.x); i++) {
                exchange_turn(m.x);
                http_run(m.http, 100);
        }
        cr_assert(exchange_is_over(m.x));
        part(&m);
}
