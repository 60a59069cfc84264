/*
 * The thread, and the exchanges that it turns. One round: read the remotes anew where somebody
 * nudged, turn each exchange, tell the loop what changed, wait in http_run() for an answer, a due
 * time or a nudge.
 *
 * An exchange (EXCHANGE_...) begins FINDING, or where its API root is known PULLING:
 *
 *   FINDING   discovery, API root, collection       -> PULLING
 *   PULLING   pages to more:false                   -> PUSHING where something waits, else
 *                                                      WAITING (ordered servers) or RESTING
 *   PUSHING   batches, status, reading back         -> as it was: beside a long poll
 *   WAITING   a long poll; its answer is a walk     -> PULLING
 *   RESTING   until the next poll is due            -> PULLING
 *   OFFLINE   whatever failed, until the backoff or Retry-After is over  -> where it begins
 *   REFUSED   a person must look; the same, but seldom                   -> where it begins
 *
 * Invariants (each has a test):
 *  1. The watermark moves only when a walk ended with more:false and all its pages are committed.
 *  2. A `next` is never asked for twice: after any error the walk starts over from the watermark.
 *  3. What was admitted is admitted again without effect: routes and repetition do not matter.
 *  4. Absence on a server deletes nothing here.
 *  5. What is above the remote's ceiling does not leave; it is counted, and said why.
 *  6. References go before what refers to them; a refused batch is halved until the culprit is
 * alone.
 *  7. The cursor of what was sent moves only over what was answered, held or quarantined.
 *  8. Credentials go to the origin they were given for.
 *  9. Nothing is asked before its time: Retry-After and backoff hold over restarts. Whoever asks
 *     once waits for Retry-After only.
 * 10. A server that has lost what it had shown (an old copy put back, a new database) is noticed:
 *     it is walked from its beginning, and all of ours that may go there goes again.
 * 11. What failed is OFFLINE or REFUSED until a page came: a new try is no answer, and is not told
 *     as one.
 */
#include "sync/worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/chan.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#define NEWS_MAX  64
#define SLEEP_MS  60000
#define UNTOLD_MS 250 /* while the loop has not taken what it was told */

/* One remote and its exchange. */
struct peer {
        struct peer *next;
        struct exchange *x; /* NULL: it can't be opened */
        struct worker_news news;
        bool untold, listed;
};

struct worker {
        pthread_t thread;
        struct ops_options how;
        struct ops ops;
        struct http *http;
        struct peer *peers;
        struct chan *told;
        int fd;
        atomic_bool stop, nudged, asked;
};

/* ---- news --------------------------------------------------------------------------------------
 */

static void copy_text(char *out, size_t size, const char *text)
{
        snprintf(out, size, "%s", text ? text : "");
        while (*out && !text_is_utf8(out, strlen(out)))
                out[strlen(out) - 1] = '\0'; /* cut inside a character */
}

static void tell(struct worker *w, const struct worker_news *news)
{
        static const uint64_t one = 1;
        struct worker_news *copy = xmalloc(sizeof(*copy));

        *copy = *news;
        if (!chan_put(w->told, copy))
                free(copy);
        while (write(w->fd, &one, sizeof(one)) < 0 && errno == EINTR)
                ;
}

/* That pages were written is told when they end: the loop sees it by its tick, and to look at all
 * it shows again for every page would be felt at the keys. */
static void look(struct peer *p)
{
        struct worker_news now = p->news;
        struct exchange_report r;

        exchange_look(p->x, &r);
        copy_text(now.error, sizeof(now.error), r.error);
        now.state = r.state;
        now.sent = r.sent;
        now.received = r.received;
        now.merged = r.merged;
        now.refused = r.refused;
        now.held = r.held;
        now.pending = r.pending;
        now.coming = r.coming;
        now.next_ms = r.next_ms;
        now.synced_ms = r.synced_ms;
        now.wrote = r.wrote || p->news.wrote;
        p->untold = p->untold || (now.wrote && now.state != EXCHANGE_PULLING) ||
                    now.state != p->news.state || now.sent != p->news.sent ||
                    now.refused != p->news.refused || now.held != p->news.held ||
                    now.pending != p->news.pending || now.coming != p->news.coming ||
                    now.synced_ms != p->news.synced_ms || strcmp(now.error, p->news.error) != 0;
        p->news = now;
}

/* There is always room for one, so that this thread never waits for the loop. */
static bool tell_all(struct worker *w)
{
        bool all = true;

        for (struct peer *p = w->peers; p; p = p->next) {
                if (p->x)
                        look(p);
                if (!p->untold)
                        continue;
                if (chan_count(w->told) >= NEWS_MAX - 1) {
                        all = false;
                        continue;
                }
                tell(w, &p->news);
                p->untold = p->news.wrote = false;
        }
        return all;
}

/* ---- remotes -----------------------------------------------------------------------------------
 */

static void peer_free(struct peer *p)
{
        exchange_close(p->x);
        free(p);
}

static void peer_add(struct worker *w, const struct remote *r)
{
        struct peer *p = xcalloc(1, sizeof(*p));
        struct err err = {0};

        p->listed = true;
        p->next = w->peers;
        w->peers = p;
        p->news = (struct worker_news){.remote = r->id,
                                       .state = EXCHANGE_REFUSED,
                                       .next_ms = CLOCK_NONE,
                                       .synced_ms = r->synced_ms};
        copy_text(p->news.name, sizeof(p->news.name), r->name);
        p->untold = true;
        if (exchange_open(&(struct exchange_options){.ops = &w->ops, .http = w->http, .remote = r},
                          &p->x, &err) == RC_OK)
                return;
        log_line("sync", "%s", err.text);
        copy_text(p->news.error, sizeof(p->news.error), err.text);
}

static struct peer *peer_find(struct worker *w, int64_t id)
{
        for (struct peer *p = w->peers; p; p = p->next)
                if (p->news.remote == id)
                        return p;
        return NULL;
}

static void drop_unlisted(struct worker *w)
{
        struct peer **at = &w->peers;

        while (*at) {
                struct peer *p = *at;

                if (p->listed) {
                        at = &p->next;
                        continue;
                }
                *at = p->next;
                peer_free(p);
        }
}

/* One that is set up otherwise begins anew; one that could not be opened is tried again. */
static void take_remote(struct worker *w, const struct remote *r, bool asked)
{
        struct peer *p = peer_find(w, r->id);

        if (!p || !p->x || exchange_is_over(p->x) || !exchange_is_with(p->x, r)) {
                peer_add(w, r);
                return;
        }
        if (asked && p->news.state == EXCHANGE_REFUSED) {
                struct remote anew = *r;

                anew.next_try_ms = anew.told_ms;
                peer_add(w, &anew);
                return;
        }
        p->listed = true;
        if (asked)
                exchange_ask_now(p->x);
        else
                exchange_send_now(p->x);
}

static void read_remotes(struct worker *w, bool asked)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct remote *list = NULL;
        struct err err = {0};
        size_t count = 0;

        if (remote_list(w->ops.store, &a, &list, &count, &err) != RC_OK) {
                log_line("sync", "%s", err.text);
                atomic_store(&w->nudged, true);
                return;
        }
        for (struct peer *p = w->peers; p; p = p->next)
                p->listed = false;
        for (size_t i = 0; i < count; i++)
                take_remote(w, &list[i], asked);
        drop_unlisted(w);
}

/* ---- the thread --------------------------------------------------------------------------------
 */

static int64_t turn_all(struct worker *w)
{
        int64_t next = INT64_MAX, now;

        for (struct peer *p = w->peers; p && !atomic_load(&w->stop); p = p->next) {
                int64_t due;

                if (!p->x)
                        continue;
                exchange_turn(p->x);
                due = exchange_next_ms(p->x);
                next = due < next ? due : next;
        }
        now = clock_now_ms();
        if (next <= now)
                return 0;
        return next - now < SLEEP_MS ? next - now : SLEEP_MS;
}

static void run(struct worker *w)
{
        while (!atomic_load(&w->stop)) {
                int64_t sleep;

                if (atomic_exchange(&w->nudged, false))
                        read_remotes(w, atomic_exchange(&w->asked, false));
                sleep = turn_all(w);
                if (!tell_all(w) && sleep > UNTOLD_MS)
                        sleep = UNTOLD_MS;
                if (!atomic_load(&w->stop))
                        http_run(w->http, sleep);
        }
        while (w->peers) {
                struct peer *p = w->peers;

                w->peers = p->next;
                peer_free(p);
        }
}

static void *work(void *ctx)
{
        struct worker *w = ctx;
        struct err err = {0};

        if (ops_open(&w->how, &w->ops, &err) == RC_OK) {
                run(w);
                ops_close(&w->ops);
        } else {
                struct worker_news news = {.state = EXCHANGE_REFUSED};

                copy_text(news.error, sizeof(news.error), err.text);
                tell(w, &news);
        }
        return NULL;
}

/* ---- from outside ------------------------------------------------------------------------------
 */

static void worker_free(struct worker *w)
{
        struct worker_news *news;

        chan_close(w->told);
        while ((news = chan_take(w->told)))
                free(news);
        chan_destroy(w->told);
        http_close(w->http);
        if (w->fd >= 0)
                close(w->fd);
        free(w);
}

static int start_thread(struct worker *w)
{
        sigset_t all, were;
        int rc;

        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &were);
        rc = pthread_create(&w->thread, NULL, work, w);
        if (rc == 0)
                pthread_setname_np(w->thread, "muster syncs");
        pthread_sigmask(SIG_SETMASK, &were, NULL);
        return rc;
}

enum rc worker_start(const struct worker_options *o, struct worker **ret, struct err *err)
{
        struct worker *w = xcalloc(1, sizeof(*w));
        enum rc rc;
        int failed;

        json_start();
        w->how = *o->ops;
        w->how.mode = STORE_WRITE;
        w->how.progress = NULL;
        w->nudged = true;
        w->told = chan_create(NEWS_MAX);
        w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        rc = w->fd < 0 ? err_set(err, RC_FAIL, "eventfd: %s", strerror(errno))
                       : http_open(&w->http, err);
        if (rc == RC_OK && (failed = start_thread(w)) != 0)
                rc = err_set(err, RC_FAIL, "a thread can't be started: %s", strerror(failed));
        if (rc == RC_OK)
                *ret = w;
        else
                worker_free(w);
        return rc;
}

void worker_stop(struct worker *w)
{
        if (!w)
                return;
        atomic_store(&w->stop, true);
        http_wake(w->http);
        pthread_join(w->thread, NULL);
        worker_free(w);
}

int worker_fd(const struct worker *w)
{
        return w->fd;
}

bool worker_take(struct worker *w, struct worker_news *ret)
{
        struct worker_news *news;
        uint64_t count;

        if (chan_count(w->told) == 0) {
                while (read(w->fd, &count, sizeof(count)) < 0 && errno == EINTR)
                        ;
                if (chan_count(w->told) == 0)
                        return false;
        }
        news = chan_take(w->told);
        *ret = *news;
        free(news);
        return true;
}

void worker_nudge(struct worker *w)
{
        atomic_store(&w->nudged, true);
        http_wake(w->http);
}

void worker_ask(struct worker *w)
{
        atomic_store(&w->asked, true);
        worker_nudge(w);
}
