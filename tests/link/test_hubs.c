/*
 * Several hubs on one database, and all of them used at once: writers on each, readers that take
 * every page from another hub. Nothing is skipped, nothing comes twice, and date_added grows; also
 * while a hub is killed, and on PostgreSQL while that is.
 *
 * MUSTER_HUBS_OBJECTS: how many objects (3000).
 */
#include "hub.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

#define HUBS        3
#define WRITERS     6 /* two on each hub */
#define READERS     3
#define EACH        50 /* objects of a POST */
#define COLLECTIONS 2
#define PATIENCE_NS INT64_C(60000000000)

static const char *const paths[COLLECTIONS] = {OBJECTS, "/api/collections/" OTHER "/objects/"};

struct crowd {
        struct hub hubs[HUBS];
        _Atomic int ports[HUBS]; /* change when one is started again */
        int first, per_writer;   /* numbers of the objects of this round */
        _Atomic int taken;       /* POSTs */
};

/* A hub as it is now. */
static struct hub hub_now(struct crowd *c, int i)
{
        struct hub h = {.writer = c->hubs[i].writer, .port = atomic_load(&c->ports[i])};

        return h;
}

static void start(struct crowd *c, int i)
{
        hub_start(&c->hubs[i]);
        atomic_store(&c->ports[i], c->hubs[i].port);
}

static void pause_ms(int ms)
{
        poll(NULL, 0, ms);
}

/* ---- writers ----------------------------------------------------------------------------------
 */

struct writer {
        struct crowd *crowd;
        int number;
        int refused; /* answers other than 202, which were followed by another try */
        bool gave_up;
};

static void post(struct writer *w, const char *path, int from)
{
        int64_t until_ns = clock_mono_ns() + PATIENCE_NS;
        AUTO_FREE char *body = envelope(from, from + EACH);

        for (;;) {
                struct hub h = hub_now(w->crowd, w->number % HUBS);
                struct reply r = http_post(&h, NULL, path, body);
                int status = r.status;

                reply_free(&r);
                if (status == 202)
                        break;
                w->refused++;
                w->gave_up = clock_mono_ns() > until_ns;
                if (w->gave_up)
                        return;
                pause_ms(20);
        }
        atomic_fetch_add(&w->crowd->taken, 1);
}

/* By turns into both collections, so that hubs meet at the locks of both. */
static void *write_all(void *ctx)
{
        struct writer *w = ctx;
        int from = w->crowd->first + w->number * w->crowd->per_writer;

        for (int n = 0; n < w->crowd->per_writer && !w->gave_up; n += EACH)
                post(w, paths[(n / EACH + w->number) % COLLECTIONS], from + n);
        return NULL;
}

/* ---- readers ----------------------------------------------------------------------------------
 */

struct reader {
        struct crowd *crowd;
        int number;
        const char *path;
        char *last;      /* date_added of the last one seen */
        uint8_t *counts; /* of each number of this round, how often it was seen */
        int seen, wanted, doubled;
        bool backwards, gave_up;
};

static void see(struct reader *r, const struct json_t *object)
{
        int n = -1;

        if (sscanf(json_text(json_get(object, "name"), ""), "Number %d", &n) != 1)
                return;
        n -= r->crowd->first;
        if (n < 0 || n >= WRITERS * r->crowd->per_writer)
                return;
        r->seen++;
        r->doubled += r->counts[n] > 0;
        r->counts[n] = 1;
}

static void read_page(struct reader *r, int hub)
{
        struct hub h = hub_now(r->crowd, hub);
        AUTO_FREE char *path = xasprintf("%s?match[version]=all%s%s", r->path,
                                         r->last ? "&added_after=" : "", r->last ? r->last : "");
        struct reply page =
                http_ask(&h, &(struct ask){.path = path, .headers = "Prefer: wait=2\r\n"});
        char *first = NULL, *last = NULL;

        if (page.status == 200) {
                CLEANUP(json_cleanup) struct json_t *j = reply_json(&page);
                const struct json_t *objects = json_get(j, "objects");

                for (size_t i = 0; i < json_len(objects); i++)
                        see(r, json_at(objects, i));
                first = reply_header(&page, "X-TAXII-Date-Added-First");
                last = reply_header(&page, "X-TAXII-Date-Added-Last");
        } else {
                pause_ms(20);
        }
        reply_free(&page);
        r->backwards = r->backwards || (first && r->last && strcmp(first, r->last) <= 0);
        free(first);
        if (last) {
                free(r->last);
                r->last = last;
        }
}

static void *read_all(void *ctx)
{
        struct reader *r = ctx;
        int64_t until_ns = clock_mono_ns() + PATIENCE_NS;

        for (int turn = r->number; r->seen < r->wanted && !r->gave_up; turn++) {
                int before = r->seen;

                read_page(r, turn % HUBS);
                if (r->seen > before)
                        until_ns = clock_mono_ns() + PATIENCE_NS;
                r->gave_up = clock_mono_ns() > until_ns;
        }
        return NULL;
}

/* ---- all at once ------------------------------------------------------------------------------
 */

static int count_of(const struct crowd *c, int collection)
{
        int count = 0;

        for (int w = 0; w < WRITERS; w++)
                for (int n = 0; n < c->per_writer; n += EACH)
                        count += (n / EACH + w) % COLLECTIONS == collection ? EACH : 0;
        return count;
}

/* disturb(): meanwhile, on this thread. */
static void run_crowd(struct crowd *c, const char *what, bool all_at_first,
                      void (*disturb)(struct crowd *c))
{
        struct writer writers[WRITERS];
        struct reader readers[READERS];
        pthread_t threads[WRITERS + READERS];
        int64_t began_ns = clock_mono_ns();
        int refused = 0, gave_up = 0;

        atomic_store(&c->taken, 0);
        for (int i = 0; i < READERS; i++) {
                readers[i] =
                        (struct reader){.crowd = c,
                                        .number = i,
                                        .path = paths[i % COLLECTIONS],
                                        .counts = xcalloc((size_t)(WRITERS * c->per_writer), 1),
                                        .wanted = count_of(c, i % COLLECTIONS)};
                pthread_create(&threads[WRITERS + i], NULL, read_all, &readers[i]);
        }
        for (int i = 0; i < WRITERS; i++) {
                writers[i] = (struct writer){.crowd = c, .number = i};
                pthread_create(&threads[i], NULL, write_all, &writers[i]);
        }
        if (disturb)
                disturb(c);
        for (int i = 0; i < WRITERS + READERS; i++)
                pthread_join(threads[i], NULL);
        for (int i = 0; i < WRITERS; i++) {
                refused += writers[i].refused;
                gave_up += writers[i].gave_up;
        }
        printf("# %s: %d objects through %d hubs in %lld ms, %d POSTs sent again\n", what,
               WRITERS * c->per_writer, HUBS, (long long)(clock_mono_ns() - began_ns) / 1000000,
               refused);
        check(!gave_up && (!all_at_first || !refused), what, "%d refused, %d writers gave up",
              refused, gave_up);
        for (int i = 0; i < READERS; i++) {
                const struct reader *r = &readers[i];

                check(r->seen == r->wanted && !r->doubled && !r->backwards,
                      "who walks from hub to hub misses nothing and sees nothing twice",
                      "%d seen of %d, %d twice, backwards %d", r->seen, r->wanted, r->doubled,
                      r->backwards);
                free(r->counts);
                free(r->last);
        }
        c->first += WRITERS * c->per_writer;
}

/* ---- what disturbs ----------------------------------------------------------------------------
 */

static void wait_for_posts(struct crowd *c, int count)
{
        int64_t until_ns = clock_mono_ns() + PATIENCE_NS;

        while (atomic_load(&c->taken) < count && clock_mono_ns() < until_ns)
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
        struct pollfd early = {.fd = fd, .events = POLLIN};
        int64_t began_ns = clock_mono_ns();
        AUTO_FREE char *body = envelope(c->first, c->first + 1);
        bool waited = poll(&early, 1, 250) == 0;
        struct reply r = http_post(&takes, NULL, OBJECTS, body), woken = http_read(fd);

        check(waited && r.status == 202 && woken.status == 200 && strstr(woken.body, "Number") &&
                      clock_mono_ns() - began_ns < INT64_C(10000000000),
              "who waits at one hub hears what came in at another",
              "waited %d; %d, %d: %.200s after %lld ms", waited, r.status, woken.status, woken.body,
              (long long)(clock_mono_ns() - began_ns) / 1000000);
        reply_free(&r);
        reply_free(&woken);
        c->first++;
}

/* Hubs that come to an empty database together make its tables once. */
static void test_start_together(const struct crowd *c)
{
        AUTO_FREE char *db = postgres_fresh();
        pid_t pids[8];
        int failed = 0;

        if (!db)
                db = xasprintf("%s.together", c->hubs[0].db);
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

/* What is on no standby, where there must be one, is not answered with success. */
static void test_standby(struct crowd *c)
{
        struct hub h = hub_now(c, 0);
        AUTO_FREE char *body = envelope(c->first, c->first + 1);
        AUTO_FREE char *count =
                xasprintf("sql '%s' \"SELECT count(*) FROM (SELECT pg_cancel_backend(pid) FROM"
                          " pg_stat_activity WHERE wait_event = 'SyncRep') c\"",
                          c->hubs[0].db);
        int64_t until_ns = clock_mono_ns() + PATIENCE_NS;
        char *cancelled = NULL;
        struct reply r;
        int fd;

        must_sql(c, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        must_sql(c, "SELECT pg_reload_conf()");
        fd = http_send(&h, &(struct ask){.method = "POST", .path = OBJECTS, .body = body});
        do {
                free(cancelled);
                cancelled = postgres_run(count);
        } while (cancelled && strcmp(cancelled, "1") != 0 && clock_mono_ns() < until_ns);
        free(cancelled);
        must_sql(c, "ALTER SYSTEM RESET synchronous_standby_names");
        must_sql(c, "SELECT pg_reload_conf()");
        r = http_read(fd);
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
        int64_t until_ns = clock_mono_ns() + PATIENCE_NS;
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
        while ((status = health(c, 0, &later)) != 200 && clock_mono_ns() < until_ns)
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
                check(hub_stop(&c.hubs[i]) == 0, "it stops when asked to", "another status");
        hub_finish(&c.hubs[0]);
        return failures > 0;
}
