/*
 * Several hubs on one database, and all of them used at once: writers on each, readers that take
 * every page from another hub. Nothing is skipped, nothing comes twice, and date_added grows; also
 * while a hub is killed, and on PostgreSQL while that is.
 *
 * MUSTER_HUBS_OBJECTS: how many objects (3000).
 */
#include "hubs.h"

/* ---- what disturbs ----------------------------------------------------------------------------
 */

static void wait_for_posts(struct crowd *c, int count)
{
        struct patience patience = {0};

        while (atomic_load(&c->taken) < count && !is_over(&patience))
                pause_ms(2);
}

static void kill_hubs(struct crowd *c)
{
        int posts = WRITERS * c->per_writer / EACH;

        for (int i = 0; i < HUBS; i++) {
                wait_for_posts(c, posts * (i + 1) / (HUBS + 2));
                kill(c->hubs[i].pid, SIGKILL);
                hub_wait(&c->hubs[i]);
                start(c, i);
        }
}

static void must_postgres(const char *what)
{
        AUTO_FREE char *said = postgres_run(what);

        if (!said)
                give_up(what);
}

static void crash_postgres(struct crowd *c)
{
        int posts = WRITERS * c->per_writer / EACH;

        for (int i = 0; i < 2; i++) {
                wait_for_posts(c, posts * (i + 1) / 4);
                must_postgres("crash");
                must_postgres("begin");
        }
}

/* ---- one thing at a time ----------------------------------------------------------------------
 */

/* Who waits at one hub hears what came in at another. Nothing is there yet. */
static void test_wake(struct crowd *c)
{
        struct hub waits = hub_now(c, 0), takes = hub_now(c, 1);
        int fd =
                http_send(&waits, &(struct ask){.path = OBJECTS, .headers = "Prefer: wait=20\r\n"});
        struct pollfd reply = {.fd = fd, .events = POLLIN};
        AUTO_FREE char *body = envelope(c->first, c->first + 1);
        bool waited = poll(&reply, 1, 250) == 0, is_soon;
        struct reply r = http_post(&takes, NULL, OBJECTS, body), woken;

        is_soon = poll(&reply, 1, 10000) == 1;
        woken = http_read(fd);
        check(waited && is_soon && r.status == 202 && strstr(woken.body, "Number"),
              "who waits at one hub hears what came in at another",
              "waited %d, soon %d; %d, %d: %.200s", waited, is_soon, r.status, woken.status,
              woken.body);
        reply_free(&r);
        reply_free(&woken);
        c->first++;
}

static int start_together(const struct crowd *c, int round)
{
        AUTO_FREE char *db = postgres_fresh();
        pid_t pids[8];
        int failed = 0;

        if (!db)
                db = xasprintf("%s.together%d", c->hubs[0].db, round);
        for (size_t i = 0; i < ARRAY_LEN(pids); i++) {
                pids[i] = fork();
                if (pids[i] == 0) {
                        execl(c->hubs[0].program, c->hubs[0].program, "--db", db, "collection",
                              "list", (char *)NULL);
                        _exit(127);
                }
        }
        for (size_t i = 0; i < ARRAY_LEN(pids); i++) {
                int status = -1;

                failed += pids[i] < 0 || waitpid(pids[i], &status, 0) != pids[i] || status != 0;
        }
        return failed;
}

/* Hubs that come to an empty database together make its tables once. Which of them is told what is
 * chance, hence the rounds. */
static void test_start_together(const struct crowd *c)
{
        int failed = 0;

        for (int round = 0; round < 10; round++)
                failed += start_together(c, round);
        check(failed == 0, "eight that start together on an empty database", "%d failed", failed);
}

/* Walks all that is there, a page from each hub in turn: no two have the same date. */
static void test_dates(struct crowd *c)
{
        char last[64] = "";
        int count = 0, wrong = 0;
        bool more = true;

        for (int turn = 0; more; turn++) {
                struct hub h = hub_now(c, turn % HUBS);
                AUTO_FREE char *path = xasprintf("/api/collections/" COLLECTION
                                                 "/manifest/?match[version]=all%s%s",
                                                 *last ? "&added_after=" : "", last);
                struct reply r = http_get(&h, NULL, path);
                CLEANUP(json_cleanup) struct json_t *j = reply_json(&r);
                const struct json_t *objects = json_get(j, "objects");

                for (size_t i = 0; i < json_len(objects); i++, count++) {
                        const char *date =
                                json_text(json_get(json_at(objects, i), "date_added"), "");

                        wrong += strcmp(date, last) <= 0;
                        snprintf(last, sizeof(last), "%s", date);
                }
                more = strstr(r.body, "\"more\":true") != NULL;
                reply_free(&r);
        }
        check(count > 0 && wrong == 0, "date_added has no ties and grows", "%d of %d", wrong,
              count);
}

static int health(struct crowd *c, int hub, bool *ret_later)
{
        struct hub h = hub_now(c, hub);
        struct reply r = http_ask(&h, &(struct ask){.path = "/health", .nobody = true});
        char *later = r.status ? reply_header(&r, "Retry-After") : NULL;
        int status = r.status;

        *ret_later = later != NULL;
        free(later);
        reply_free(&r);
        return status;
}

static bool log_shows(const struct hub *h, const char *text)
{
        FILE *f = fopen(h->log, "r");
        char line[8192];
        bool found = false;

        while (f && !found && fgets(line, sizeof(line), f))
                found = strstr(line, text) != NULL;
        if (f)
                fclose(f);
        return found;
}

static void must_sql(const struct crowd *c, const char *sql)
{
        AUTO_FREE char *what = xasprintf("sql '%s' \"%s\"", c->hubs[0].db, sql);

        must_postgres(what);
}

/* Sends it until the server has taken up what it was told, and so waits; then ends that wait. */
static struct reply post_and_cancel(const struct hub *h, const char *body, const char *cancel)
{
        const struct ask q = {.method = "POST", .path = OBJECTS, .body = body};
        struct pollfd fd = {.fd = http_send(h, &q), .events = POLLIN};
        struct patience patience = {0};

        while (!is_over(&patience)) {
                AUTO_FREE char *cancelled = postgres_run(cancel);
                struct reply r;

                if (cancelled && strcmp(cancelled, "1") == 0)
                        break;
                if (poll(&fd, 1, 0) == 0)
                        continue;
                r = http_read(fd.fd);
                reply_free(&r);
                fd.fd = http_send(h, &q);
        }
        return http_read(fd.fd);
}

/* What is on no standby, where there must be one, is not answered with success. */
static void test_standby(struct crowd *c)
{
        struct hub h = hub_now(c, 0);
        AUTO_FREE char *body = envelope(c->first, c->first + 1);
        AUTO_FREE char *count =
                xasprintf("sql '%s' \"SELECT count(*) FROM (SELECT pg_cancel_backend(pid) FROM"
                          " pg_stat_activity WHERE wait_event = 'SyncRep') c\"",
                          c->hubs[0].db);
        struct reply r;

        must_sql(c, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        must_sql(c, "SELECT pg_reload_conf()");
        r = post_and_cancel(&h, body, count);
        must_sql(c, "ALTER SYSTEM RESET synchronous_standby_names");
        must_sql(c, "SELECT pg_reload_conf()");
        check(r.status == 503, "what no standby has is not answered with success", "%d", r.status);
        reply_free(&r);
        r = http_post(&h, NULL, OBJECTS, body);
        check(r.status == 202, "and is when it is sent again", "%d", r.status);
        reply_free(&r);
        c->first++;
}

/* Without its database a hub says so, and is well again by itself. */
static void test_outage(struct crowd *c)
{
        struct hub h = hub_now(c, 0);
        AUTO_FREE char *body = envelope(c->first, c->first + 1);
        struct patience patience = {0};
        struct reply r;
        bool later;
        int status;

        must_postgres("crash");
        status = health(c, 0, &later);
        check(status == 503 && later, "without its database a hub is not well", "%d, %d", status,
              later);
        r = http_post(&h, NULL, OBJECTS, body);
        check(r.status == 503, "and takes nothing", "%d", r.status);
        reply_free(&r);
        must_postgres("begin");
        while ((status = health(c, 0, &later)) != 200 && !is_over(&patience))
                pause_ms(20);
        check(status == 200, "it is well when its database is", "%d", status);
        r = http_post(&h, NULL, OBJECTS, body);
        check(r.status == 202, "and takes what comes", "%d", r.status);
        reply_free(&r);
        check(log_shows(&c->hubs[0], "PostgreSQL") && !log_shows(&c->hubs[0], "s3cret"),
              "the log says why, and no password", "it does not");
        c->first++;
}

int main(void)
{
        const char *asked = getenv("MUSTER_HUBS_OBJECTS");
        int objects = asked ? (int)strtol(asked, NULL, 10) : 3000;
        int posts = objects / WRITERS / EACH;
        struct crowd c = {.per_writer = (posts > 4 ? posts : 4) * EACH};
        bool on_postgres = getenv("MUSTER_POSTGRES") != NULL;

        hub_prepare(&c.hubs[0]);
        for (int i = 1; i < HUBS; i++)
                c.hubs[i] = c.hubs[0];
        for (int i = 0; i < HUBS; i++)
                start(&c, i);
        test_start_together(&c);
        test_wake(&c);
        run_crowd(&c, "all hubs serve all writers at first try", on_postgres, NULL);
        run_crowd(&c, "hubs that are killed lose nothing", false, kill_hubs);
        if (on_postgres) {
                run_crowd(&c, "a database that is killed loses nothing", false, crash_postgres);
                test_standby(&c);
                test_outage(&c);
        }
        test_dates(&c);
        for (int i = 0; i < HUBS; i++)
                hub_ends_in_peace(&c.hubs[i]);
        hub_finish(&c.hubs[0]);
        return failures > 0;
}
