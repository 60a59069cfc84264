/*
 * A crowd at several hubs on one database: writers at each, readers that take every page from
 * another one.
 */
#ifndef TESTS_LINK_HUBS_H
#define TESTS_LINK_HUBS_H

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
#define TURN_NS_MAX INT64_C(3000000000) /* what one turn counts at most */

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

/* How long something has gone on in vain. What takes long because the machine stands still does not
 * count. */
struct patience {
        int64_t last_ns, spent_ns;
};

static bool is_over(struct patience *p)
{
        int64_t now_ns = clock_mono_ns(), took_ns = p->last_ns ? now_ns - p->last_ns : 0;

        p->last_ns = now_ns;
        p->spent_ns += took_ns < TURN_NS_MAX ? took_ns : TURN_NS_MAX;
        return p->spent_ns > PATIENCE_NS;
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
        struct patience patience = {0};
        AUTO_FREE char *body = envelope(from, from + EACH);

        for (;;) {
                struct hub h = hub_now(w->crowd, w->number % HUBS);
                struct reply r = http_post(&h, NULL, path, body);
                int status = r.status;

                reply_free(&r);
                if (status == 202)
                        break;
                w->refused++;
                w->gave_up = is_over(&patience);
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
        int pages; /* with objects, those of earlier rounds among them */
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
                r->pages++;
        }
}

static void *read_all(void *ctx)
{
        struct reader *r = ctx;
        struct patience patience = {0};

        for (int turn = r->number; r->seen < r->wanted && !r->gave_up; turn++) {
                int before = r->pages;

                /* A page of an earlier round's objects is a step, too. */
                read_page(r, turn % HUBS);
                if (r->pages > before)
                        patience = (struct patience){0};
                r->gave_up = is_over(&patience);
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

#endif
