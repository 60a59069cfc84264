/*
 * The connection: its life, its transactions, and who else is here.
 */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store_private.h"

#define WAL_SMALL_BYTES (1024 * 1024)

static void store_cleanup(struct store **ps)
{
        store_close(*ps);
}

/* The schema decides over WAL: only a file that is ours is switched to it. */
static enum rc settle(struct store *s, struct err *err)
{
        enum rc rc = s->readonly ? RC_OK : sql_exec(s, "PRAGMA journal_mode=WAL", err);

        if (rc == RC_OK)
                rc = open_configure(s, err);
        if (rc == RC_OK)
                rc = tables_open(s, err);
        return rc;
}

enum rc store_open(const char *path, int mode, struct store **ret, struct err *err)
{
        CLEANUP(store_cleanup) struct store *s = xcalloc(1, sizeof(*s));
        enum rc rc;

        s->path = xstrdup(path);
        s->console_fd = s->presence_fd = s->rebuild_fd = -1;
        s->bulk = (mode & ~STORE_CREATE) == STORE_BULK;
        rc = open_connect(s, mode, err);
        if (rc == RC_OK)
                rc = settle(s, err);
        if (rc == RC_OK)
                *ret = TAKE(s);
        return rc;
}

void store_close(struct store *s)
{
        if (!s)
                return;
        store_rollback(s);
        store_while_working(s, NULL, NULL);
        tables_close(s);
        words_close(s);
        sql_forget(s);
        sqlite3_close(s->db);
        if (s->console_fd >= 0)
                close(s->console_fd);
        if (s->presence_fd >= 0)
                close(s->presence_fd);
        if (s->rebuild_fd >= 0)
                close(s->rebuild_fd);
        arena_finish(&s->scratch);
        free(s->path);
        free(s);
}

const char *store_path(const struct store *s)
{
        return s->path;
}

bool store_is_readonly(const struct store *s)
{
        return s->readonly;
}

enum rc store_refuse_readonly(const struct store *s, struct err *err)
{
        return s->readonly ? err_set(err, RC_DENIED, "%s is opened read-only", s->path) : RC_OK;
}

enum rc store_begin(struct store *s, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        s->admitted.started = false;
        if (rc == RC_OK)
                rc = sql_do(s, err, "BEGIN IMMEDIATE", "");
        s->begun = rc == RC_OK;
        s->spoiled = false;
        return rc;
}

enum rc store_commit(struct store *s, struct err *err)
{
        enum rc rc = RC_OK;

        if (s->admitted.started)
                rc = err_set(err, RC_FAIL, "versions were written without a journal entry");
        if (rc == RC_OK)
                rc = sql_do(s, err, "COMMIT", "");
        if (rc != RC_OK)
                store_rollback(s);
        s->begun = false;
        return rc;
}

void store_rollback(struct store *s)
{
        if (s->begun)
                tables_forget(s);
        s->begun = s->spoiled = false;
        if (s->db && !sqlite3_get_autocommit(s->db))
                sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        s->admitted.started = false;
}

bool store_in_transaction(const struct store *s)
{
        return !sqlite3_get_autocommit(s->db);
}

bool store_read_begin(struct store *s)
{
        return sqlite3_get_autocommit(s->db) &&
               sqlite3_exec(s->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
}

void store_read_end(struct store *s)
{
        sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
}

int64_t store_data_version(struct store *s)
{
        int64_t version = 0;

        return sql_number(s, "PRAGMA data_version", NULL, 0, &version, NULL) == RC_OK ? version : 0;
}

void store_checkpoint(struct store *s)
{
        AUTO_FREE char *wal = xasprintf("%s-wal", s->path);
        struct stat st;

        if (s->readonly || stat(wal, &st) != 0 || st.st_size < WAL_SMALL_BYTES)
                return;
        sqlite3_wal_checkpoint_v2(s->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

int store_open_presence(const struct store *s, int flags)
{
        AUTO_FREE char *name = xasprintf("%s.console", s->path);

        return open(name, flags | O_RDWR | O_CLOEXEC, 0600);
}

void store_console_enter(struct store *s)
{
        if (s->console_fd < 0)
                s->console_fd = store_open_presence(s, O_CREAT);
        /* an importer that looks holds it for an instant only */
        if (s->console_fd >= 0)
                while (flock(s->console_fd, LOCK_SH) != 0 && errno == EINTR)
                        ;
}

bool store_console_present(struct store *s)
{
        if (s->presence_fd < 0)
                s->presence_fd = store_open_presence(s, 0);
        if (s->presence_fd < 0)
                return false;
        if (flock(s->presence_fd, LOCK_EX | LOCK_NB) != 0)
                return errno == EWOULDBLOCK;
        flock(s->presence_fd, LOCK_UN);
        return false;
}

void store_set_interrupt(struct store *s, bool (*fn)(void *ctx), void *ctx)
{
        s->interrupt = fn;
        s->interrupt_ctx = ctx;
}

bool store_is_interrupted(const struct store *s)
{
        return s->interrupt && s->interrupt(s->interrupt_ctx);
}
