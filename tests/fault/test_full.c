/*
 * The disk is full while desks meet a hub. On the side of a desk each write in its turn is the
 * first that finds no room, and so do all after it: the exchange says so, what the desk holds is
 * sound, and when there is room again the next exchange brings and sends all. On the side of the
 * hub: it stays up, refuses what it can't keep, goes on giving what it has, and takes it when there
 * is room again.
 *
 * MUSTER_IO_STEP (6): one write in so many; 1 for each of them.
 */
#include <sys/resource.h>

#include "faulty.h"
#include "link/desks.h"
#include "store/journal.h"

#define ROUNDS_LEAST 20 /* with each write in its turn; fewer: the shim is not in use */
#define BACKOFF_MS   INT64_C(3600000)

static struct desk near, far; /* the one that suffers, and another */

static void act(struct desk *d, const char *what, long number)
{
        AUTO_FREE char *title = xasprintf("%s %ld", what, number);
        const struct ops_field fields[] = {{"title", title}, {"severity", "high"}};
        char id[STIX_ID_MAX];
        struct err err = {0};

        must(ops_new(&d->ops, &kind_incident,
                     &(struct ops_request){.fields = fields,
                                           .field_count = ARRAY_LEN(fields),
                                           .occurred_ms = CLOCK_NONE},
                     id, &err),
             &err, "opening");
}

static void meet(struct desk *d)
{
        clock_advance(BACKOFF_MS);
        if (!desk_meets(d))
                give_up(d->why);
}

static bool same(void)
{
        AUTO_FREE char *a = desk_print(&near, print_acts);
        AUTO_FREE char *b = desk_print(&far, print_acts);

        return strcmp(a, b) == 0;
}

static void finding(void *ctx, const char *sentence)
{
        err_set(ctx, RC_FAIL, "%s", sentence);
}

static bool is_sound(struct desk *d, struct err *err)
{
        struct journal_report report;

        return store_check(d->ops.store, finding, err, err) == RC_OK && !err->text[0] &&
               journal_verify(d->ops.store, &report, err) == RC_OK;
}

/* ---- the desk's disk ---------------------------------------------------------------------------
 */

/* From write n on there is no room; false: it needs no n writes. */
static bool round_of(long n, long *unsaid)
{
        struct err err = {0};
        bool met;
        long failed;

        act(&far, "from afar", n);
        meet(&far);
        act(&near, "from here", n);
        clock_advance(BACKOFF_MS);
        faulty.full = true;
        faulty_arm(n, true, SQLITE_FULL);
        met = desk_meets(&near);
        failed = faulty.failed;
        faulty_arm(0, false, 0);
        faulty.full = false;
        *unsaid += failed && !met && !strstr(near.why, "the disk is full");
        if (!is_sound(&near, &err))
                give_up(err.text);
        meet(&near);
        meet(&far);
        if (!same())
                give_up("something was lost when a desk's disk was full");
        return failed > 0;
}

static void test_desk(long step)
{
        long n = 1, rounds = 0, unsaid = 0;

        for (; round_of(n, &unsaid); n += step)
                rounds++;
        check(rounds * step >= ROUNDS_LEAST, "a desk's disk is full at any write of an exchange",
              "only %ld rounds", rounds);
        check(!unsaid, "and it says that the disk is full", "%ld of %ld times it does not", unsaid,
              rounds);
        printf("# %ld exchanges found no room\n", rounds);
}

/* The same exchange goes on when its time has come. */
static void test_desk_by_itself(void)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct exchange *x = NULL;
        struct remote r;
        struct err err = {0};
        bool noticed;

        act(&far, "from afar", -1);
        meet(&far);
        clock_advance(BACKOFF_MS);
        must(remote_by_name(near.ops.store, "room", &a, &r, &err), &err, "the remote");
        must(exchange_open(
                     &(struct exchange_options){
                             .ops = &near.ops, .http = near.http, .remote = &r, .once = false},
                     &x, &err),
             &err, "beginning an exchange");
        faulty.full = true;
        faulty_arm(1, true, SQLITE_FULL);
        desk_turn(&near, x);
        noticed = near.r.state == EXCHANGE_OFFLINE && strstr(near.why, "the disk is full");
        faulty_arm(0, false, 0);
        faulty.full = false;
        clock_advance(BACKOFF_MS);
        while (!same() && near.r.state != EXCHANGE_WAITING) {
                exchange_turn(x);
                http_run(near.http, 1000);
                exchange_look(x, &near.r);
        }
        check(noticed && same(), "a desk goes on by itself when there is room", "%s", near.why);
        exchange_close(x);
}

/* ---- the hub's disk ----------------------------------------------------------------------------
 */

static void set_room(const struct hub *h, rlim_t bytes)
{
        const struct rlimit room = {.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};

        if (prlimit(h->pid, RLIMIT_FSIZE, &room, NULL) != 0)
                give_up("limiting the hub");
}

static void test_hub(const struct hub *h)
{
        int64_t waiting;
        bool met;

        act(&far, "before the hub was full", 1);
        meet(&far);
        set_room(h, 0);
        act(&near, "while the hub is full", 1);
        clock_advance(BACKOFF_MS);
        met = desk_meets(&near);
        waiting = near.r.pending;
        struct reply r = http_get(h, NULL, "/api/collections/room/objects/?limit=1");
        check(!met && waiting > 0 && strstr(near.why, "it has failed"),
              "a hub whose disk is full refuses, and what was sent waits", "%lld wait: %s",
              (long long)waiting, near.why);
        check(r.status == 200, "and goes on giving what it has", "%d", r.status);
        reply_free(&r);
        set_room(h, RLIM_INFINITY);
        meet(&near);
        meet(&far);
        check(same() && near.r.pending == 0, "and takes it when there is room again", "%lld wait",
              (long long)near.r.pending);
}

int main(void)
{
        const char *step = getenv("MUSTER_IO_STEP");
        struct words *words = words_create();
        struct err err = {0};
        struct hub h;

        json_start();
        must(crypt_start(&err), &err, "crypt");
        signal(SIGXFSZ, SIG_IGN); /* of the hub too: a write fails */
        clock_fix(INT64_C(1795525467000));
        hub_prepare(&h);
        hub_start(&h);
        faulty_install();
        desk_found(&near, "near", NULL, words);
        desk_found(&far, "far", &near, words);
        desk_add_remote(&near, &h);
        desk_add_remote(&far, &h);
        test_desk(step ? strtol(step, NULL, 10) : 6);
        test_desk_by_itself();
        test_hub(&h);
        desk_remove(&near);
        desk_remove(&far);
        hub_ends_in_peace(&h);
        hub_finish(&h);
        words_destroy(words);
        return failures != 0;
}
