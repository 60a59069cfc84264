/*
 * Two processes act on the same incidents of one database at once. Afterwards every act that was
 * taken is there, the journal is whole, and nothing was lost: one database orders its writers, so
 * each act names the one before it in `was`, and no field may be in conflict.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/ident.h"
#include "base/mem.h"
#include "model/words.h"
#include "ops/ops.h"
#include "store/journal.h"

#define INCIDENTS 5
#define WRITERS   2
#define VERBS     200

static void must(enum rc rc, const struct err *err, const char *what)
{
        if (rc == RC_OK)
                return;
        printf("not ok %s: %s\n", what, err->text);
        fflush(stdout);
        _exit(1);
}

struct world {
        char *path;
        struct words *words;
        char ids[INCIDENTS][STIX_ID_MAX];
};

static void open_as(const struct world *w, const char *operator, struct ops * ret)
{
        struct err err = {0};

        must(ops_open(&(struct ops_options){.path = w->path,
                                            .mode = STORE_WRITE,
                                            .operator= operator,
                                            .words = w->words},
                      ret, &err),
             &err, "open");
}

static void start(struct world *w)
{
        static const struct ops_field fields[] = {{"title", "Contended"}, {"severity", "low"}};
        struct err err = {0};
        struct ops ops;

        must(ops_init(w->path, &(struct ops_unit){.name = "Link unit", .ceiling = -1}, &err), &err,
             "init");
        open_as(w, "first", &ops);
        for (int i = 0; i < INCIDENTS; i++)
                must(ops_new(&ops, &kind_incident,
                             &(struct ops_request){
                                     .fields = fields, .field_count = 2, .occurred_ms = CLOCK_NONE},
                             w->ids[i], &err),
                     &err, "new");
        ops_close(&ops);
}

/* ---- a writer ----------------------------------------------------------------------------------
 */

/* Always a value that the other writer does not set, so that every verb changes something. */
static void write_once(struct ops *ops, const struct world *w, int writer, int turn)
{
        AUTO_FREE char *title = xasprintf("Writer %d, turn %d", writer, turn);
        const struct ops_field field = {"title", title};
        struct err err = {0};
        enum rc rc = ops_do(ops, w->ids[turn % INCIDENTS],
                            &(struct ops_request){.verb = "set",
                                                  .fields = &field,
                                                  .field_count = 1,
                                                  .occurred_ms = CLOCK_NONE},
                            &err);

        must(rc, &err, title);
}

static pid_t start_writer(const struct world *w, int writer)
{
        pid_t child = fork();
        struct ops ops;

        if (child != 0)
                return child;
        open_as(w, writer ? "novak" : "duarte", &ops);
        for (int turn = 0; turn < VERBS; turn++)
                write_once(&ops, w, writer, turn);
        ops_close(&ops);
        _exit(0);
}

static bool run_writers(const struct world *w)
{
        pid_t children[WRITERS];
        bool well = true;

        fflush(stdout);
        for (int i = 0; i < WRITERS; i++)
                children[i] = start_writer(w, i);
        for (int i = 0; i < WRITERS; i++) {
                int status = 0;

                if (children[i] < 0 || waitpid(children[i], &status, 0) != children[i] || status)
                        well = false;
        }
        return well;
}

/* ---- what is there afterwards ------------------------------------------------------------------
 */

struct seen {
        int acts, turns[WRITERS], follows, alternations, conflicts;
};

static const struct act_was *was_of_title(const struct act *act)
{
        for (size_t i = 0; i < act->was_count; i++)
                if (strcmp(act->was[i].field, "title") == 0)
                        return &act->was[i];
        return NULL;
}

/* The log of a fold is in the order of the clocks. */
static void look_at(struct ops *ops, const char *id, struct seen *seen)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct act *before = NULL;
        struct err err = {0};
        struct ops_view v;

        must(ops_view(ops, id, CLOCK_NONE, &a, &v, &err), &err, "view");
        seen->conflicts += (int)v.folded.conflicts;
        for (size_t i = 0; i < v.folded.log_count; i++) {
                const struct act *act = v.folded.log[i].act;
                const struct act_was *was = was_of_title(act);

                if (before) {
                        seen->acts++;
                        seen->turns[strcmp(act->operator, "novak") == 0]++;
                        seen->alternations += strcmp(act->operator, before->operator) != 0;
                        seen->follows +=
                                was && was->count == 1 && strcmp(was->ids[0], before->id) == 0;
                }
                before = act;
        }
}

static int check(const char *what, bool well, const struct seen *seen)
{
        printf("%s %s", well ? "ok" : "not ok", what);
        if (!well)
                printf(": %d acts (%d and %d), %d follow, %d in turns, %d conflicts", seen->acts,
                       seen->turns[0], seen->turns[1], seen->follows, seen->alternations,
                       seen->conflicts);
        printf("\n");
        return well ? 0 : 1;
}

static int look(const struct world *w)
{
        struct seen seen = {0};
        struct journal_report report;
        struct err err = {0};
        struct ops ops;
        int bad = 0;

        open_as(w, "last", &ops);
        for (int i = 0; i < INCIDENTS; i++)
                look_at(&ops, w->ids[i], &seen);
        bad += check("every act of both is there",
                     seen.turns[0] == VERBS && seen.turns[1] == VERBS &&
                             seen.acts == WRITERS * VERBS,
                     &seen);
        bad += check("each names the one before it", seen.follows == seen.acts, &seen);
        bad += check("none is in conflict", seen.conflicts == 0, &seen);
        bad += check("they did write at once", seen.alternations >= 2 * WRITERS, &seen);
        bad += check("the journal verifies",
                     journal_verify(ops.store, &report, &err) == RC_OK && report.entries > VERBS,
                     &seen);
        ops_close(&ops);
        return bad;
}

static void remove_files(const char *path)
{
        static const char *const ends[] = {"", "-wal", "-shm", ".console", ".key"};

        for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
                AUTO_FREE char *name = xasprintf("%s%s", path, ends[i]);

                unlink(name);
        }
}

int main(void)
{
        const char *dir = getenv("TMPDIR");
        struct world w = {.words = words_create()};
        struct err err = {0};
        int bad = 0;

        must(crypt_start(&err), &err, "crypt");
        w.path = xasprintf("%s/two-writers.db", dir ? dir : "/tmp");
        remove_files(w.path);
        start(&w);
        if (run_writers(&w)) {
                printf("ok both writers came to their end\n");
        } else {
                printf("not ok both writers came to their end\n");
                bad++;
        }
        bad += look(&w);
        remove_files(w.path);
        words_destroy(w.words);
        free(w.path);
        return bad ? 1 : 0;
}
