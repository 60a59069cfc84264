/*
 * kill -9 at a random moment of two-handed work (verbs, notes, drafts, imports), again and again on
 * one database. Afterwards each time: the file is sound, the journal verifies, and whatever was
 * reported as done is there.
 *
 * MUSTER_KILLS (200): how often. Says how many kills hit an open write transaction; too few fails.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "desk.h"
#include "faulty.h"

/* Shared with the child. */
struct ledger {
        int in_write;
        volatile long notes_done; /* reported as saved */
        volatile long imported;   /* batches reported as imported */
        volatile long step;
};

static uint64_t dice_state = 7;

static uint64_t dice(void)
{
        dice_state = dice_state * 6364136223846793005ull + 1442695040888963407ull;
        return dice_state >> 33;
}

static const char *const target = "incident--00000000-0000-4000-8000-000000000001";

static void note(struct ops *ops, struct ledger *l)
{
        struct err err = {0};
        AUTO_FREE char *text = xasprintf("note %ld", l->notes_done + 1);
        must(ops_do(ops, target,
                    &(struct ops_request){.verb = "note", .text = text, .occurred_ms = CLOCK_NONE},
                    &err),
             &err, "note");
        l->notes_done = l->notes_done + 1;
}

static void batch(struct ops *ops, struct ledger *l)
{
        struct err err = {0};
        struct import_result r;
        AUTO_FREE char *document = desk_bundle((unsigned)(1000 + 50 * l->imported), 50);
        must(desk_import(ops, document, &r, &err), &err, "import");
        l->imported = l->imported + 1;
}

/* Works until it is killed. */
static void child(const char *path, const struct words *words, struct ledger *l)
{
        struct ops ops = {0};
        struct err err = {0};
        must(desk_open(path, STORE_WRITE, words, &ops, &err), &err, "open in the child");
        for (;;) {
                l->step = l->step + 1;
                note(&ops, l);
                if (l->step % 8 == 0)
                        batch(&ops, l);
                if (l->step % 5 == 0)
                        must(draft_put(ops.store, "incident.new", "half", clock_now_ms(), &err),
                             &err, "draft");
                if (l->step % 50 == 0)
                        store_checkpoint(ops.store);
        }
}

static void doze_us(long us)
{
        struct timespec t = {.tv_nsec = us * 1000};
        nanosleep(&t, NULL);
}

/* The database after a kill: sound, and nothing that was reported is missing. */
static void look(const char *path, const struct words *words, struct ledger *l, long kill_number)
{
        struct ops ops = {0};
        struct err err = {0};
        int64_t notes = 0;
        AUTO_FREE char *what = xasprintf("after kill %ld", kill_number);
        must(desk_open(path, STORE_WRITE, words, &ops, &err), &err, what);
        must(desk_sound(&ops, &err), &err, what);
        must(thing_log_count(ops.store, target, &notes, &err), &err, what);
        struct store_stats stats;
        must(store_stats(ops.store, &stats, &err), &err, what);
        bool lost = notes < l->notes_done || notes > l->notes_done + 1;
        bool import_lost = stats.things < 1 + 50 * l->imported;
        if (lost || import_lost) {
                printf("not ok %s: %ld notes were saved, %lld are there; %ld batches, %lld "
                       "things\n",
                       what, l->notes_done, (long long)notes, l->imported, (long long)stats.things);
                exit(1);
        }
        l->notes_done = (long)notes; /* the one in flight may have made it */
        ops_close(&ops);
}

static bool kill_once(const char *path, const struct words *words, struct ledger *l)
{
        long before = l->step;
        pid_t pid = fork();
        if (pid == 0) {
                child(path, words, l);
                _exit(0);
        }
        while (l->step == before && waitpid(pid, NULL, WNOHANG) == 0)
                doze_us(100);
        doze_us((long)(dice() % 20000));
        kill(pid, SIGKILL);
        int status;
        bool inside = *(volatile int *)&l->in_write;
        if (waitpid(pid, &status, 0) == pid && !WIFSIGNALED(status)) {
                printf("not ok the child ended by itself\n");
                exit(1);
        }
        *(volatile int *)&l->in_write = 0;
        return inside;
}

int main(void)
{
        const char *dir = getenv("TMPDIR"), *times = getenv("MUSTER_KILLS");
        long kills = times ? strtol(times, NULL, 10) : 200, inside = 0;
        struct ledger *l =
                mmap(NULL, sizeof(*l), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        struct words *words = words_create();
        struct ops ops = {0};
        struct err err = {0};
        struct import_result r;
        AUTO_FREE char *path = xasprintf("%s/kill.db", dir ? dir : "/tmp");
        AUTO_FREE char *first = desk_bundle(1, 1);
        must(crypt_start(&err), &err, "crypt");
        desk_remove(path);
        faulty_install();
        faulty.in_write = &l->in_write;
        must(desk_open(path, STORE_WRITE | STORE_CREATE, words, &ops, &err), &err, "open");
        must(desk_import(&ops, first, &r, &err), &err, "import");
        ops_close(&ops);
        for (long i = 1; i <= kills; i++) {
                inside += kill_once(path, words, l);
                look(path, words, l, i);
        }
        printf("# %ld kills, %ld of them inside a write transaction; %ld notes and %ld batches "
               "survived\n",
               kills, inside, l->notes_done, l->imported);
        bool enough = inside * 10 >= kills;
        printf("%s nothing reported as saved was lost in %ld kills\n", "ok", kills);
        printf("%s %ld kills hit an open transaction (at least a tenth)\n",
               enough ? "ok" : "not ok", inside);
        words_destroy(words);
        return enough ? 0 : 1;
}
