/*
 * Who works long is told: from SQLite's machine as a statement runs, and from each write to the
 * database or its WAL, since a commit or a checkpoint is one call that writes thousands of pages.
 */
#include <stdlib.h>

#include "store_private.h"

#define STEPS_EACH 100 /* of SQLite's machine */

struct writes {
        sqlite3_io_methods methods; /* first: what the file points to */
        const sqlite3_io_methods *were;
        sqlite3_file *file;
        const struct work *work;
};

struct work {
        void (*fn)(void *ctx);
        void *ctx;
        struct writes database, wal;
};

static int goes_on(void *ctx)
{
        const struct work *w = ctx;

        w->fn(w->ctx);
        return 0;
}

static int write_told(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
        const struct writes *w = (const struct writes *)(const void *)file->pMethods;

        w->work->fn(w->work->ctx);
        return w->were->xWrite(file, bytes, count, offset);
}

static void listen_to(struct store *s, int which, struct writes *w)
{
        sqlite3_file *file = NULL;

        if (sqlite3_file_control(s->db, "main", which, &file) != SQLITE_OK || !file ||
            !file->pMethods)
                return;
        *w = (struct writes){
                .methods = *file->pMethods, .were = file->pMethods, .file = file, .work = s->work};
        w->methods.xWrite = write_told;
        file->pMethods = &w->methods;
}

static void leave(struct writes *w)
{
        if (w->file && w->file->pMethods == &w->methods)
                w->file->pMethods = w->were;
}

static void end(struct store *s)
{
        if (!s->work)
                return;
        sqlite3_progress_handler(s->db, 0, NULL, NULL);
        leave(&s->work->database);
        leave(&s->work->wal);
        free(TAKE(s->work));
}

void store_while_working(struct store *s, void (*fn)(void *ctx), void *ctx)
{
        if (s->work && s->work->fn == fn && s->work->ctx == ctx)
                return;
        end(s);
        if (!fn)
                return;
        s->work = xcalloc(1, sizeof(*s->work));
        s->work->fn = fn;
        s->work->ctx = ctx;
        sqlite3_progress_handler(s->db, STEPS_EACH, goes_on, s->work);
        listen_to(s, SQLITE_FCNTL_FILE_POINTER, &s->work->database);
        listen_to(s, SQLITE_FCNTL_JOURNAL_POINTER, &s->work->wal);
}
