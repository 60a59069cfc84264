/*
 * Many at once: eight writers and readers that walk meanwhile. Whoever follows added_after sees
 * everything once, in an order that is the same for all; and a stop loses nothing that was
 * answered.
 */
#include "hub.h"

#include <pthread.h>

#define WRITERS 8
#define POSTS   40
#define EACH    3 /* objects of a POST */
#define TOTAL   (WRITERS * POSTS * EACH)

static int number_of(const char *name)
{
        int n = -1;

        return sscanf(name, "Number %d", &n) == 1 ? n : -1;
}

/* ---- writers ----------------------------------------------------------------------------------
 */

struct writer {
        const struct hub *hub;
        int first, taken; /* objects answered with 202 */
        int kills;        /* the hub, when so many are; 0: never */
};

static void *write_all(void *ctx)
{
        struct writer *w = ctx;

        for (int i = 0; i < POSTS; i++) {
                int from = w->first + i * EACH;
                AUTO_FREE char *body = envelope(from, from + EACH);
                struct reply r = http_post(w->hub, w->hub->writer, OBJECTS, body);

                w->taken += r.status == 202 ? EACH : 0;
                reply_free(&r);
                if (w->kills && w->taken == w->kills)
                        kill(w->hub->pid, SIGKILL);
        }
        return NULL;
}

/* ---- a reader ---------------------------------------------------------------------------------
 */

struct reader {
        const struct hub *hub;
        int numbers[TOTAL * 4], count;
        char *last;
        bool ordered, waits;
};

/* One page from the watermark; by a long poll, so that a reader does not spin. */
static bool read_on(struct reader *r)
{
        AUTO_FREE char *path = xasprintf(OBJECTS "?limit=17&match[version]=all%s%s",
                                         r->last ? "&added_after=" : "", r->last ? r->last : "");
        struct reply page =
                http_ask(r->hub, &(struct ask){.path = path,
                                               .headers = r->waits ? "Prefer: wait=2\r\n" : NULL});
        CLEANUP(json_cleanup) struct json_t *j = reply_json(&page);
        const struct json_t *objects = json_get(j, "objects");
        char *first = reply_header(&page, "X-TAXII-Date-Added-First");
        char *last = reply_header(&page, "X-TAXII-Date-Added-Last");

        for (size_t i = 0; i < json_len(objects) && r->count < TOTAL * 4; i++)
                r->numbers[r->count++] =
                        number_of(json_text(json_get(json_at(objects, i), "name"), ""));
        if (first && r->last && strcmp(first, r->last) <= 0)
                r->ordered = false;
        free(first);
        if (last) {
                free(r->last);
                r->last = last;
        }
        reply_free(&page);
        return last != NULL;
}

static void *read_all(void *ctx)
{
        struct reader *r = ctx;

        while (read_on(r) && r->count < TOTAL)
                ;
        return NULL;
}

static int missing(const struct reader *r)
{
        bool *seen = xcalloc(TOTAL, sizeof(*seen));
        int lacks = TOTAL;

        for (int i = 0; i < r->count; i++) {
                int n = r->numbers[i];

                if (n >= 0 && n < TOTAL && !seen[n]) {
                        seen[n] = true;
                        lacks--;
                }
        }
        free(seen);
        return lacks;
}

static void test_crowd(const struct hub *h)
{
        struct writer writers[WRITERS];
        struct reader *readers = xcalloc(2, sizeof(*readers));
        pthread_t threads[WRITERS + 2];
        int taken = 0;

        for (int i = 0; i < 2; i++) {
                readers[i] = (struct reader){.hub = h, .ordered = true, .waits = true};
                pthread_create(&threads[WRITERS + i], NULL, read_all, &readers[i]);
        }
        for (int i = 0; i < WRITERS; i++) {
                writers[i] = (struct writer){.hub = h, .first = i * POSTS * EACH};
                pthread_create(&threads[i], NULL, write_all, &writers[i]);
        }
        for (int i = 0; i < WRITERS + 2; i++)
                pthread_join(threads[i], NULL);
        for (int i = 0; i < WRITERS; i++)
                taken += writers[i].taken;
        check(taken == TOTAL, "all writers are served", "%d of %d", taken, TOTAL);
        for (int i = 0; i < 2; i++)
                check(readers[i].count == TOTAL && missing(&readers[i]) == 0 && readers[i].ordered,
                      "who walks meanwhile misses nothing and sees nothing twice",
                      "%d seen, %d missing, ordered %d", readers[i].count, missing(&readers[i]),
                      readers[i].ordered);
        check(memcmp(readers[0].numbers, readers[1].numbers, sizeof(readers[0].numbers)) == 0,
              "the order is the same for all", "it differs");
        for (int i = 0; i < 2; i++)
                free(readers[i].last);
        free(readers);
}

/* ---- stopping ---------------------------------------------------------------------------------
 */

/* Counts what is there. */
static int count_all(const struct hub *h)
{
        struct reader *r = xcalloc(1, sizeof(*r));
        int count;

        *r = (struct reader){.hub = h, .ordered = true};
        while (r->count < TOTAL * 4 && read_on(r))
                ;
        count = r->count;
        free(r->last);
        free(r);
        return count;
}

/* Who waits is answered, who writes is answered or turned away; what was answered is there. */
/* ---- a sudden end ------------------------------------------------------------------------------
 */

static bool has(const struct reader *r, int number)
{
        for (int i = 0; i < r->count; i++)
                if (r->numbers[i] == number)
                        return true;
        return false;
}

/* Killed while all write: what was answered is there, and not twice. */
static void test_kill(struct hub *h)
{
        struct writer writers[WRITERS];
        struct reader *r = xcalloc(1, sizeof(*r));
        pthread_t threads[WRITERS];
        int taken = 0, lost = 0;

        for (int i = 0; i < WRITERS; i++) {
                writers[i] = (struct writer){.hub = h,
                                             .first = TOTAL + i * POSTS * EACH,
                                             .kills = i ? 0 : POSTS / 2 * EACH};
                pthread_create(&threads[i], NULL, write_all, &writers[i]);
        }
        for (int i = 0; i < WRITERS; i++)
                pthread_join(threads[i], NULL);
        hub_wait(h);
        hub_start(h);
        *r = (struct reader){.hub = h, .ordered = true};
        while (r->count < TOTAL * 4 && read_on(r))
                ;
        for (int i = 0; i < WRITERS; i++) {
                for (int n = 0; n < writers[i].taken; n++)
                        lost += has(r, writers[i].first + n) ? 0 : 1;
                taken += writers[i].taken;
        }
        check(taken >= POSTS / 2 * EACH && lost == 0, "what was answered survives a kill",
              "%d of %d lost", lost, taken);
        free(r->last);
        free(r);
}

static void test_stop(struct hub *h)
{
        int before = count_all(h), after, status;
        int fd = http_send(h, &(struct ask){.path = OBJECTS "?added_after=2100-01-01T00:00:00Z",
                                            .headers = "Prefer: wait=30\r\n"});
        int64_t began = clock_mono_ns(), took;
        struct reply r;

        AUTO_FREE char *body = envelope(3 * TOTAL, 3 * TOTAL + 500);
        int posting = http_send(h, &(struct ask){.method = "POST", .path = OBJECTS, .body = body});

        r = http_get(h, h->reader, "/health"); /* so that both were taken */
        reply_free(&r);
        kill(h->pid, SIGTERM);
        r = http_read(fd);
        check(r.status == 200 || r.status == 503, "who waits is answered at a stop", "%d",
              r.status);
        reply_free(&r);
        r = http_read(posting);
        status = hub_wait(h);
        check(status == 0, "a stop under way ends well", "status %d", status);
        took = clock_mono_ns() - began;
        check(took < 9000000000ll, "and soon", "after %lld ms", (long long)took / 1000000);
        hub_start(h);
        after = count_all(h);
        check(after - before == (r.status == 202 ? 500 : 0), "what was answered is on disk",
              "%d answered, %d more", r.status, after - before);
        reply_free(&r);
}

int main(void)
{
        struct hub h;

        hub_prepare(&h);
        hub_start(&h);
        test_crowd(&h);
        test_kill(&h);
        test_stop(&h);
        hub_ends_in_peace(&h);
        hub_finish(&h);
        return failures > 0;
}
