#include "hub/desk.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/chan.h"
#include "base/clock.h"

#define TOGETHER_MAX 256 /* jobs of one transaction */
#define MS_NS        1000000ll
#define LOOK_MS      100 /* while somebody waits, what other programs have added is asked for */

struct desk {
        struct backend *backend;
        struct chan *jobs;
        int bell, signals;
        struct desk_job *waiting;
        int64_t looked_ns;
        bool stopping;
        int64_t stop_ns; /* when it stops whatever is left */
};

/* ---- opening ----------------------------------------------------------------------------------
 */

enum rc desk_open(struct backend *b, size_t room, struct desk **ret, struct err *err)
{
        struct desk *d = xcalloc(1, sizeof(*d));
        sigset_t set;

        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        sigprocmask(SIG_BLOCK, &set, NULL);
        d->backend = b;
        d->jobs = chan_create(room);
        d->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        d->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
        if (d->bell < 0 || d->signals < 0) {
                int saved = errno;

                desk_close(d);
                return err_set(err, RC_FAIL, "starting: %s", strerror(saved));
        }
        *ret = d;
        return RC_OK;
}

void desk_close(struct desk *d)
{
        if (!d)
                return;
        if (d->bell >= 0)
                close(d->bell);
        if (d->signals >= 0)
                close(d->signals);
        chan_destroy(d->jobs);
        free(d);
}

void desk_ring(struct desk *d)
{
        const uint64_t one = 1;

        while (write(d->bell, &one, sizeof(one)) < 0 && errno == EINTR)
                ;
}

void desk_put(struct desk *d, struct desk_job *job)
{
        chan_put(d->jobs, job);
        desk_ring(d);
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static enum rc write_jobs(struct desk *d, struct desk_job *const *jobs, size_t count,
                          struct err *err)
{
        const struct backend_ops *ops = d->backend->ops;
        enum rc rc = ops->begin(d->backend, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = api_write(jobs[i]->call, err);
        if (rc == RC_OK)
                return ops->commit(d->backend, err);
        ops->rollback(d->backend);
        return rc;
}

/* Together, and where that fails each by itself: one must not spoil the others. */
static void write_ready(struct desk *d, struct desk_job *const *jobs, size_t count)
{
        struct err err = {0};
        enum rc rc = write_jobs(d, jobs, count, &err);

        for (size_t i = 0; rc != RC_OK && i < count; i++) {
                struct err own = {0};
                enum rc alone = count > 1 ? write_jobs(d, &jobs[i], 1, &own) : rc;

                if (alone != RC_OK)
                        api_fail(jobs[i]->call, alone, count > 1 ? &own : &err);
        }
}

/* ---- waiting ----------------------------------------------------------------------------------
 */

/* Takes those out for whom is_due() says so, and gives them back. */
static void release(struct desk *d, bool (*is_due)(const struct desk_job *job, const void *ctx),
                    const void *ctx, bool for_good)
{
        struct desk_job **at = &d->waiting;

        while (*at) {
                struct desk_job *job = *at;

                if (!is_due(job, ctx)) {
                        at = &job->next;
                        continue;
                }
                *at = job->next;
                job->call->waits_no_more = for_good;
                job->done(job);
        }
}

static bool is_late(const struct desk_job *job, const void *ctx)
{
        return job->until_ns <= *(const int64_t *)ctx;
}

static bool is_anyone(const struct desk_job *job, const void *ctx)
{
        (void)job;
        (void)ctx;
        return true;
}

/* What is known of the collections that somebody waits for. */
struct known {
        struct hub_seq *list;
        size_t count, room;
        struct arena arena;
};

static const struct hub_seq *find_known(const struct known *k, int64_t collection)
{
        for (size_t i = 0; i < k->count; i++)
                if (k->list[i].collection == collection)
                        return &k->list[i];
        return NULL;
}

static bool has_grown(const struct desk_job *job, const void *ctx)
{
        const struct hub_seq *now = find_known(ctx, job->call->collection.key);

        return now && now->seq != job->call->collection.seq;
}

static void add_known(struct known *k, const struct hub_collection *c)
{
        if (find_known(k, c->key))
                return;
        k->list = arena_grow(&k->arena, k->list, k->count, &k->room, sizeof(*k->list));
        k->list[k->count++] = (struct hub_seq){c->key, c->seq};
}

/* One question for all who wait. Where it fails they wait on, and it is asked again. */
static void look(struct desk *d)
{
        struct known known = {.count = 0};

        for (const struct desk_job *job = d->waiting; job; job = job->next)
                add_known(&known, &job->call->collection);
        d->looked_ns = clock_mono_ns();
        if (known.count &&
            d->backend->ops->seqs(d->backend, known.list, known.count, NULL) == RC_OK)
                release(d, has_grown, &known, false);
        arena_finish(&known.arena);
}

static void begin_wait(struct desk *d, struct desk_job *job)
{
        job->next = d->waiting;
        d->waiting = job;
}

/* ---- the loop ---------------------------------------------------------------------------------
 */

/* By collection, and as they came: whoever takes the locks of several takes them in one order. */
static void insert_ordered(struct desk_job **list, size_t count, struct desk_job *job)
{
        for (; count && list[count - 1]->call->collection.key > job->call->collection.key; count--)
                list[count] = list[count - 1];
        list[count] = job;
}

static void work(struct desk *d)
{
        struct desk_job *ready[TOGETHER_MAX];
        size_t count = 0, taken = 0;

        for (; taken < TOGETHER_MAX && chan_count(d->jobs); taken++) {
                struct desk_job *job = chan_take(d->jobs);

                if (job->step == API_WAIT)
                        begin_wait(d, job);
                else
                        insert_ordered(ready, count++, job);
        }
        if (count)
                write_ready(d, ready, count);
        for (size_t i = 0; i < count; i++)
                ready[i]->done(ready[i]);
        if (d->stopping)
                release(d, is_anyone, NULL, true);
        else if (taken || clock_mono_ns() - d->looked_ns >= LOOK_MS * MS_NS)
                look(d); /* who came last may have missed what was added since it looked itself */
}

static int timeout_ms(const struct desk *d)
{
        int64_t now_ns = clock_mono_ns(), next_ns = d->stopping ? d->stop_ns : INT64_MAX;

        if (d->waiting && d->looked_ns + LOOK_MS * MS_NS < next_ns)
                next_ns = d->looked_ns + LOOK_MS * MS_NS;
        for (const struct desk_job *job = d->waiting; job; job = job->next)
                if (job->until_ns < next_ns)
                        next_ns = job->until_ns;
        if (next_ns == INT64_MAX)
                return -1;
        return next_ns <= now_ns ? 0 : (int)((next_ns - now_ns) / MS_NS) + 1;
}

static void stop(struct desk *d, const struct desk_end *end)
{
        struct signalfd_siginfo info;

        while (read(d->signals, &info, sizeof(info)) == sizeof(info))
                ;
        if (d->stopping)
                return;
        d->stopping = true;
        d->stop_ns = clock_mono_ns() + end->grace_ms * MS_NS;
        end->stop(end->ctx);
        release(d, is_anyone, NULL, true);
}

static bool is_over(const struct desk *d, const struct desk_end *end)
{
        return d->stopping && (end->is_idle(end->ctx) || clock_mono_ns() >= d->stop_ns);
}

enum rc desk_run(struct desk *d, const struct desk_end *end, struct err *err)
{
        struct pollfd fds[] = {{.fd = d->bell, .events = POLLIN},
                               {.fd = d->signals, .events = POLLIN}};

        while (!is_over(d, end)) {
                uint64_t rung;
                int64_t now_ns;

                if (poll(fds, ARRAY_LEN(fds), chan_count(d->jobs) ? 0 : timeout_ms(d)) < 0 &&
                    errno != EINTR)
                        return err_set(err, RC_FAIL, "waiting: %s", strerror(errno));
                if (fds[0].revents && read(d->bell, &rung, sizeof(rung)) < 0 && errno != EAGAIN)
                        return err_set(err, RC_FAIL, "waiting: %s", strerror(errno));
                if (fds[1].revents)
                        stop(d, end);
                work(d);
                now_ns = clock_mono_ns();
                release(d, is_late, &now_ns, true);
        }
        return RC_OK;
}

void desk_refuse(struct desk *d)
{
        const struct err why = {.text = "the hub stops"};

        while (chan_count(d->jobs)) {
                struct desk_job *job = chan_take(d->jobs);

                job->call->waits_no_more = true;
                if (job->step == API_WRITE)
                        api_fail(job->call, RC_BUSY, &why);
                job->done(job);
        }
        release(d, is_anyone, NULL, true);
}
