/*
 * Three desks meet at one muster-hub, each by the worker of its console: two of one unit, one of
 * another. All act at once; then all hold every act, and the two of one unit show the same. A hub
 * that falls silent is noticed within the time of a long poll, and what was done meanwhile arrives
 * when it is back.
 */
#include <poll.h>
#include <sys/stat.h>

#include "base/crypt.h"
#include "base/file.h"
#include "base/ident.h"
#include "hub.h"
#include "model/words.h"
#include "ops/ops.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/remotes.h"
#include "store/versions.h"
#include "sync/worker.h"

#define DESKS     3
#define INCIDENTS 4
#define TURNS     25
#define PATIENCE  INT64_C(60000000000) /* ns */

struct desk {
        char *path;
        struct ops ops;
        struct worker *worker;
        struct worker_news news;
        char ids[INCIDENTS][STIX_ID_MAX]; /* that it opened */
};

static void must(enum rc rc, const struct err *err, const char *what)
{
        if (rc == RC_OK)
                return;
        printf("# %s\n", err->text);
        give_up(what);
}

/* ---- desks -------------------------------------------------------------------------------------
 */

static void open_desk(struct desk *d, const char *who, const struct words *words)
{
        struct err err = {0};

        must(ops_open(
                     &(struct ops_options){
                             .path = d->path, .mode = STORE_WRITE, .operator= who, .words = words},
                     &d->ops, &err),
             &err, "opening a desk");
}

static void found_desk(struct desk *d, const char *name, struct ops *join,
                       const struct words *words)
{
        struct ops_unit u = {.name = join ? NULL : name, .ceiling = -1};
        struct err err = {0};
        struct str file;

        d->path = xasprintf("%s/%s.%d.db", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", name,
                            getpid());
        str_init(&file, 1 << 20);
        if (join) {
                must(ops_unit_export(join, &file, &err), &err, "exporting a unit");
                u.join_bytes = file.s;
                u.join_len = file.len;
                u.desk = name;
        }
        must(ops_init(d->path, &u, &err), &err, "founding a desk");
        str_finish(&file);
        open_desk(d, name, words);
}

static void add_remote(struct desk *d, const struct hub *h)
{
        AUTO_FREE char *url = xasprintf("http://127.0.0.1:%d/taxii2/", h->port);
        AUTO_FREE char *secret = xasprintf("%s.token", d->path);
        const struct remote r = {.name = "room",
                                 .url = url,
                                 .collection = "room",
                                 .auth = REMOTE_TOKEN,
                                 .secret_file = secret,
                                 .ceiling = TLP_RED,
                                 .default_marking = -1};
        struct err err = {0};
        int64_t id;

        must(file_replace(secret, h->writer, strlen(h->writer), &err), &err, "writing a token");
        must(remote_add(d->ops.store, &r, &id, &err), &err, "adding a remote");
}

static void start_worker(struct desk *d)
{
        struct ops_options how = {.path = d->path,
                                  .mode = STORE_WRITE,
                                  .operator= d->ops.operator,
                                  .words = d->ops.words };
        struct err err = {0};

        must(worker_start(&(struct worker_options){.ops = &how}, &d->worker, &err), &err,
             "starting a worker");
}

static void stop_desk(struct desk *d)
{
        worker_stop(d->worker);
        ops_close(&d->ops);
        free(d->path);
}

/* ---- acting ------------------------------------------------------------------------------------
 */

static void open_incidents(struct desk *d)
{
        for (int i = 0; i < INCIDENTS; i++) {
                AUTO_FREE char *title = xasprintf("%s %d", d->ops.operator, i);
                const struct ops_field fields[] = {{"title", title}, {"severity", "low"}};
                struct err err = {0};

                must(ops_new(&d->ops, &kind_incident,
                             &(struct ops_request){
                                     .fields = fields, .field_count = 2, .occurred_ms = CLOCK_NONE},
                             d->ids[i], &err),
                     &err, "opening an incident");
        }
        worker_nudge(d->worker);
}

/* On whatever is held of the incidents of another desk. */
static void act(struct desk *d, const struct desk *on, int turn)
{
        AUTO_FREE char *text = xasprintf("%s, turn %d", d->ops.operator, turn);
        const struct ops_field title = {"title", text};
        struct err err = {0};
        enum rc rc;

        rc = ops_do(&d->ops, on->ids[turn % INCIDENTS],
                    &(struct ops_request){.verb = turn % 3 ? "note" : "set",
                                          .fields = &title,
                                          .field_count = turn % 3 ? 0 : 1,
                                          .text = turn % 3 ? text : NULL,
                                          .occurred_ms = CLOCK_NONE},
                    &err);
        if (rc != RC_NOTFOUND && rc != RC_BUSY)
                must(rc, &err, "acting");
        worker_nudge(d->worker);
}

/* ---- waiting -----------------------------------------------------------------------------------
 */

static void listen_to(struct desk *desks, int timeout_ms)
{
        struct pollfd fds[DESKS];

        for (int i = 0; i < DESKS; i++)
                fds[i] = (struct pollfd){.fd = worker_fd(desks[i].worker), .events = POLLIN};
        poll(fds, DESKS, timeout_ms);
        for (int i = 0; i < DESKS; i++)
                while (worker_take(desks[i].worker, &desks[i].news))
                        ;
}

static int64_t acts_of(struct desk *d)
{
        struct store_stats stats = {0};
        struct err err = {0};

        must(store_stats(d->ops.store, &stats, &err), &err, "counting");
        return stats.acts;
}

static bool all_hold(struct desk *desks, int64_t acts)
{
        for (int i = 0; i < DESKS; i++)
                if (acts_of(&desks[i]) != acts || desks[i].news.pending)
                        return false;
        return true;
}

/* Acts that all desks together have made: each is in the outbox of the one that made it. */
static int64_t acts_made(struct desk *desks)
{
        int64_t made = 0;

        for (int i = 0; i < DESKS; i++) {
                CLEANUP(arena_finish) struct arena a = {0};
                struct store_stats stats = {0};
                struct version *list = NULL;
                struct err err = {0};
                size_t count = 0;

                must(store_stats(desks[i].ops.store, &stats, &err), &err, "counting");
                must(outbox_list(desks[i].ops.store, 0, (size_t)stats.outbox, &a, &list, &count,
                                 &err),
                     &err, "listing");
                for (size_t k = 0; k < count; k++)
                        made += strncmp(list[k].id, "note--", 6) == 0;
        }
        return made;
}

static bool meet(struct desk *desks)
{
        int64_t end = clock_mono_ns() + PATIENCE, acts = acts_made(desks);

        while (!all_hold(desks, acts) && clock_mono_ns() < end)
                listen_to(desks, 100);
        return all_hold(desks, acts);
}

static bool wait_for(struct desk *desks, enum exchange_state state, bool is)
{
        int64_t end = clock_mono_ns() + PATIENCE;
        bool all = false;

        while (!all && clock_mono_ns() < end) {
                listen_to(desks, 100);
                all = true;
                for (int i = 0; i < DESKS; i++)
                        all = all && (desks[i].news.state == state) == is;
        }
        return all;
}

/* ---- comparing ---------------------------------------------------------------------------------
 */

static char *folded(struct desk *d, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops_view v;
        struct str out;
        struct err err = {0};

        str_init(&out, 4 << 20);
        must(ops_view(&d->ops, id, CLOCK_NONE, &a, &v, &err), &err, "reading");
        fold_print(&v.folded, &out);
        return str_take(&out);
}

static void compare(struct desk *desks, const char *name)
{
        int differ = 0;

        for (int i = 0; i < DESKS; i++)
                for (int k = 0; k < INCIDENTS; k++) {
                        AUTO_FREE char *a = folded(&desks[0], desks[i].ids[k]);
                        AUTO_FREE char *b = folded(&desks[1], desks[i].ids[k]);

                        differ += strcmp(a, b) != 0;
                }
        check(!differ, name, "%d incidents differ", differ);
}

static void check_journals(struct desk *desks)
{
        for (int i = 0; i < DESKS; i++) {
                struct journal_report report = {0};
                struct err err = {0};

                must(journal_verify(desks[i].ops.store, &report, &err), &err, "journal");
        }
        check(true, "the journals are whole", "%s", "");
}

/* ---- the test ----------------------------------------------------------------------------------
 */

static void act_at_once(struct desk *desks)
{
        for (int turn = 0; turn < TURNS; turn++)
                for (int i = 0; i < DESKS; i++) {
                        act(&desks[i], &desks[(i + turn) % DESKS], turn);
                        listen_to(desks, 0);
                }
}

static void test_silence(struct desk *desks, const struct hub *h)
{
        int64_t begun = clock_mono_ns(), took;
        bool noticed;

        kill(h->pid, SIGSTOP);
        act_at_once(desks);
        noticed = wait_for(desks, EXCHANGE_OFFLINE, true);
        took = (clock_mono_ns() - begun) / 1000000;
        check(noticed, "a silent hub is noticed", "after %lld ms", (long long)took);
        kill(h->pid, SIGCONT);
        check(wait_for(desks, EXCHANGE_OFFLINE, false), "and its return", "%s",
              desks[0].news.error);
        check(meet(desks), "what was done meanwhile arrives", "%lld acts",
              (long long)acts_made(desks));
}

int main(void)
{
        struct words *words = words_create();
        struct desk desks[DESKS] = {0};
        struct err err = {0};
        struct hub h;

        json_start();
        must(crypt_start(&err), &err, "crypt");
        hub_prepare(&h);
        hub_start(&h);
        found_desk(&desks[0], "anna", NULL, words);
        found_desk(&desks[1], "bela", &desks[0].ops, words);
        found_desk(&desks[2], "carl", NULL, words);
        for (int i = 0; i < DESKS; i++) {
                add_remote(&desks[i], &h);
                start_worker(&desks[i]);
                open_incidents(&desks[i]);
        }
        check(meet(desks), "incidents go round", "%s", desks[0].news.error);
        act_at_once(desks);
        check(meet(desks), "every desk holds every act", "%lld acts", (long long)acts_made(desks));
        compare(desks, "desks of one unit show the same");
        test_silence(desks, &h);
        compare(desks, "and do so again");
        check_journals(desks);
        for (int i = 0; i < DESKS; i++)
                stop_desk(&desks[i]);
        words_destroy(words);
        hub_ends_in_peace(&h);
        hub_finish(&h);
        return failures != 0;
}
