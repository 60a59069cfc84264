/*
 * An import in another process never starves the console: while it runs, every acknowledgement and
 * note of the console is saved, each within the lock's time-out. Says which took longest.
 *
 * MUSTER_CROWD (20000): how many objects are imported.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "desk.h"

#define DEEDS        200
#define SLOWEST_MS   5000
#define OBJECTS      20000
#define FIRST_OBJECT 1000

static enum rc deed(struct ops *ops, unsigned n, struct err *err)
{
        AUTO_FREE char *id = xasprintf("incident--00000000-0000-4000-8000-%012x", n / 2 + 1);
        return ops_do(ops, id,
                      &(struct ops_request){.verb = n % 2 ? "note" : "ack",
                                            .text = n % 2 ? "seen" : NULL,
                                            .occurred_ms = CLOCK_NONE},
                      err);
}

/* Who is how far; in shared memory, only ever rising. */
enum stage { MAKING, CONSOLE_OPEN, IMPORTING, IMPORTED };

static void wait_for(volatile int *stage, enum stage least)
{
        while (*stage < (int)least)
                nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
}

static void import_all(const char *path, const struct words *words, unsigned objects,
                       volatile int *stage)
{
        struct ops ops = {0};
        struct err err = {0};
        struct import_result r;
        AUTO_FREE char *document = desk_bundle(FIRST_OBJECT, objects);
        must(desk_open(path, STORE_BULK, words, &ops, &err), &err, "open in the importer");
        wait_for(stage, CONSOLE_OPEN);
        *stage = IMPORTING;
        must(desk_import(&ops, document, &r, &err), &err, "import");
        ops_close(&ops);
        *stage = IMPORTED;
}

/* How long the slowest deed took, in ms; *ret_beside: how many were done before the import was. */
static long work(struct ops *ops, volatile int *stage, unsigned *ret_beside)
{
        int64_t slowest = 0;
        *ret_beside = 0;
        for (unsigned i = 0; i < DEEDS; i++) {
                struct err err = {0};
                int64_t began = clock_mono_ns();
                must(deed(ops, i, &err), &err,
                     i % 2 ? "note beside an import" : "ack beside an import");
                int64_t took = clock_mono_ns() - began;
                slowest = took > slowest ? took : slowest;
                *ret_beside += *stage < IMPORTED;
                store_checkpoint(ops->store);
                nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        }
        return (long)(slowest / 1000000);
}

static void make_desk(const char *path, const struct words *words)
{
        struct ops ops = {0};
        struct err err = {0};
        struct import_result r;
        AUTO_FREE char *document = desk_bundle(1, DEEDS / 2);
        desk_remove(path);
        must(desk_open(path, STORE_WRITE | STORE_CREATE, words, &ops, &err), &err, "make");
        must(desk_import(&ops, document, &r, &err), &err, "first import");
        ops_close(&ops);
}

static void judge(struct ops *ops, unsigned objects, pid_t pid)
{
        struct err err = {0};
        struct store_stats stats;
        int status = 0;
        waitpid(pid, &status, 0);
        bool fine = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        must(fine ? RC_OK : RC_FAIL, &(struct err){.text = "it failed"}, "the importer");
        must(desk_sound(ops, &err), &err, "afterwards");
        must(store_stats(ops->store, &stats, &err), &err, "count");
        bool all =
                stats.things >= (int64_t)objects + DEEDS / 2 && stats.acts + stats.notes >= DEEDS;
        printf("%s all %u objects and %d acts are there\n", all ? "ok" : "not ok", objects, DEEDS);
        if (!all)
                exit(1);
}

int main(void)
{
        const char *dir = getenv("TMPDIR"), *wish = getenv("MUSTER_CROWD");
        unsigned objects = wish ? (unsigned)strtoul(wish, NULL, 10) : OBJECTS, beside;
        volatile int *stage = mmap(NULL, sizeof(*stage), PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        struct words *words = words_create();
        struct ops ops = {0};
        struct err err = {0};
        AUTO_FREE char *path = xasprintf("%s/crowd.db", dir ? dir : "/tmp");
        must(crypt_start(&err), &err, "crypt");
        make_desk(path, words);
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
                import_all(path, words, objects, stage);
                _exit(0);
        }
        must(desk_open(path, STORE_WRITE, words, &ops, &err), &err, "open the console");
        store_console_enter(ops.store);
        *stage = CONSOLE_OPEN;
        wait_for(stage, IMPORTING);
        long slowest = work(&ops, stage, &beside);
        printf("# slowest of %d deeds: %ld ms; %u of them while the import of %u objects ran\n",
               DEEDS, slowest, beside, objects);
        printf("%s no deed took longer than %d ms\n", slowest <= SLOWEST_MS ? "ok" : "not ok",
               SLOWEST_MS);
        printf("%s deeds were done beside the import: %u\n", beside ? "ok" : "not ok", beside);
        judge(&ops, objects, pid);
        ops_close(&ops);
        desk_remove(path);
        words_destroy(words);
        return slowest > SLOWEST_MS || !beside;
}
