#include <criterion/criterion.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "meeting.h"
#include "sync/worker.h"

TestSuite(worker);

static void start(struct meeting *m, struct worker **ret)
{
        const char *who = "duarte";
        const struct ops_options how = {
                .path = m->desk.path, .mode = STORE_WRITE, .operator= who, .words = m->desk.words};
        struct err err = {0};

        cr_assert_eq(worker_start(&(struct worker_options){.ops = &how}, ret, &err), RC_OK, "%s",
                     err.text);
}

/* Waits for news that are as wanted. */
static struct worker_news hear(struct worker *w, bool (*wanted)(const struct worker_news *n))
{
        int64_t end = clock_mono_ns() + 20 * INT64_C(1000000000);
        struct worker_news n = {0};
        bool heard = false;

        while (!heard && clock_mono_ns() < end) {
                struct pollfd p = {.fd = worker_fd(w), .events = POLLIN};

                poll(&p, 1, 1000);
                while (!heard && worker_take(w, &n))
                        heard = wanted(&n);
        }
        cr_assert(heard, "state %d, %s", n.state, n.error);
        return n;
}

static bool has_received(const struct worker_news *n)
{
        return n->received == 2 && n->synced_ms != CLOCK_NONE;
}

static bool has_sent(const struct worker_news *n)
{
        return n->sent > 0 && n->pending == 0;
}

static bool is_refused(const struct worker_news *n)
{
        return n->state == EXCHANGE_REFUSED && n->error[0];
}

static bool is_well(const struct worker_news *n)
{
        return !n->error[0] && n->synced_ms != CLOCK_NONE;
}

Test(worker, it_pulls_and_pushes_and_tells)
{
        AUTO_FREE char *page = envelope(1, 2, "");
        char id[STIX_ID_MAX];
        struct worker_news n;
        struct worker *w;
        struct meeting m;

        meet_ordered(&m);
        server_say(&m.server, LIST, 200, LAST("2026-11-24T11:00:01.000000Z"), page);
        server_say(&m.server, LIST, 200, NULL, "{}");
        server_say(&m.server, POST, 202, NULL,
                   "{\"id\":\"s\",\"status\":\"complete\",\"success_count\":1000}");
        start(&m, &w);
        n = hear(w, has_received);
        cr_assert_eq(n.remote, m.remote.id);
        cr_assert_str_eq(n.name, "eu-jcu");
        cr_assert(holds(&m, THEIRS(2)));
        if (!has_sent(&n))
                hear(w, has_sent);
        new_incident(&m, "Nudged", "green", id);
        worker_nudge(w);
        hear(w, has_sent);
        while (!strstr(server_asked(&m.server, POST, server_count(&m.server, POST) - 1), id))
                hear(w, has_sent);
        worker_stop(w);
        part(&m);
}

Test(worker, it_follows_what_is_set_up)
{
        struct worker *w;
        struct err err = {0};
        int64_t id;
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, NULL, "{}");
        cr_assert_eq(remote_drop(m.desk.ops.store, m.remote.id, &err), RC_OK);
        start(&m, &w);
        m.remote.auth = REMOTE_TOKEN;
        m.remote.secret_file = "/nonexistent/token";
        cr_assert_eq(remote_add(m.desk.ops.store, &m.remote, &id, &err), RC_OK, "%s", err.text);
        worker_nudge(w);
        cr_assert(strstr(hear(w, is_refused).error, "/nonexistent/token"));
        cr_assert_eq(remote_drop(m.desk.ops.store, id, &err), RC_OK);
        m.remote.auth = REMOTE_OPEN;
        cr_assert_eq(remote_add(m.desk.ops.store, &m.remote, &id, &err), RC_OK, "%s", err.text);
        worker_nudge(w);
        cr_assert_eq(hear(w, is_well).remote, id);
        worker_stop(w);
        part(&m);
}

Test(worker, it_stops_while_nobody_answers)
{
        int64_t begun;
        struct worker *w;
        struct meeting m;

        meet(&m);
        server_add(&m.server, &(struct canned){.when = LIST, .status = 200, .how = HOW_SILENT});
        start(&m, &w);
        while (!server_count(&m.server, LIST))
                poll(NULL, 0, 10);
        begun = clock_mono_ns();
        worker_stop(w);
        cr_assert_lt(clock_mono_ns() - begun, INT64_C(3000000000));
        part(&m);
}

Test(worker, a_database_that_cannot_be_opened_is_told)
{
        const struct ops_options how = {.path = "/nonexistent/desk.db"};
        struct worker *w;
        struct err err = {0};

        cr_assert_eq(worker_start(&(struct worker_options){.ops = &how}, &w, &err), RC_OK);
        cr_assert_eq(hear(w, is_refused).remote, 0);
        worker_stop(w);
}
