/*
 * An import reads ahead in a thread of its own, and stops doing so while a console has the database
 * open. Consoles come and go here all along; whatever the threads do, every object is there once,
 * the refused ones are named in the order of the file, and a second import finds nothing new.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crypt.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/words.h"
#include "ops/import.h"
#include "ops/ops.h"
#include "store/journal.h"

#define OBJECTS 6000
#define BAD     101 /* every one of these can't be read */

static void must(enum rc rc, const struct err *err, const char *what)
{
        if (rc == RC_OK)
                return;
        printf("not ok %s: %s\n", what, err->text);
        fflush(stdout);
        _exit(1);
}

static int check(const char *what, bool well)
{
        printf("%s %s\n", well ? "ok" : "not ok", what);
        return well ? 0 : 1;
}

static char *make_document(void)
{
        struct str s;

        str_init(&s, 64u * 1024 * 1024);
        str_add(&s, "[");
        for (int i = 1; i <= OBJECTS; i++)
                str_addf(&s,
                         "%s{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"incident--"
                         "00000000-0000-4000-8000-%012d\",\"created\":\"%s\",\"modified\":"
                         "\"2026-11-24T08:00:00.000Z\",\"name\":\"Outage %d\"}",
                         i > 1 ? ",\n" : "", i, i % BAD ? "2026-11-24T08:00:00.000Z" : "yesterday",
                         i);
        str_add(&s, "]");
        return str_take(&s);
}

struct world {
        const char *path;
        struct store *console; /* or NULL: none is open now */
        int calls, turns, last_named, disorder;
};

static void come_or_go(void *ctx, int64_t done, int64_t all)
{
        struct world *w = ctx;
        struct err err = {0};

        (void)done;
        (void)all;
        if (w->calls++ % 2)
                return;
        w->turns++;
        if (w->console) {
                store_close(TAKE(w->console));
                return;
        }
        must(store_open(w->path, STORE_READ, &w->console, &err), &err, "open as a console");
        store_console_enter(w->console);
}

static void note_order(void *ctx, const char *sentence)
{
        struct world *w = ctx;
        int at = strncmp(sentence, "object ", 7) == 0 ? (int)strtol(sentence + 7, NULL, 10) : 0;

        w->disorder += at != w->last_named + BAD;
        w->last_named = at;
}

static void import(struct world *w, struct ops *ops, const char *text, struct import_result *ret)
{
        struct jsplit_memory m = {.bytes = text, .len = strlen(text)};
        const struct jsplit_source source = jsplit_from_memory(&m);
        struct err err = {0};

        w->last_named = 0;
        must(ops_import(ops, &source,
                        &(struct import_options){.name = "ahead.json",
                                                 .progress = come_or_go,
                                                 .finding = note_order,
                                                 .ctx = w},
                        ret, &err),
             &err, "import");
}

static int look(struct ops *ops, const struct world *w, const struct import_result *first,
                const struct import_result *second)
{
        const int bad = OBJECTS / BAD;
        struct journal_report report;
        struct store_stats stats = {0};
        struct err err = {0};
        int wrong = 0;

        must(store_stats(ops->store, &stats, &err), &err, "count");
        wrong += check("every object that can be read is there",
                       first->created == OBJECTS - bad && stats.things >= OBJECTS - bad);
        wrong += check("the others are refused and named in their order",
                       first->refused == bad && second->refused == bad && w->disorder == 0);
        wrong += check("again nothing is new", second->unchanged == OBJECTS - bad);
        wrong += check("consoles came and went meanwhile", w->turns > 4);
        wrong += check("the journal verifies", journal_verify(ops->store, &report, &err) == RC_OK);
        return wrong;
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
        AUTO_FREE char *path = xasprintf("%s/ahead.db", dir ? dir : "/tmp");
        AUTO_FREE char *text = make_document();
        struct words *words = words_create();
        struct world w = {.path = path};
        struct import_result first = {0}, second = {0};
        struct ops ops;
        struct err err = {0};
        int wrong;

        must(crypt_start(&err), &err, "crypt");
        remove_files(path);
        must(ops_init(path, &(struct ops_unit){.name = "Link unit", .ceiling = -1}, &err), &err,
             "init");
        must(ops_open(
                     &(struct ops_options){
                             .path = path, .mode = STORE_BULK, .operator= "duarte", .words = words},
                     &ops, &err),
             &err, "open");
        import(&w, &ops, text, &first);
        import(&w, &ops, text, &second);
        wrong = look(&ops, &w, &first, &second);
        if (w.console)
                store_close(w.console);
        ops_close(&ops);
        remove_files(path);
        words_destroy(words);
        return wrong != 0;
}
