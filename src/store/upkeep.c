/*
 * Upkeep: copies, small named values, counts and checks.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_private.h"

char *meta_get(struct store *s, const char *key)
{
        sqlite3_stmt *stmt = NULL;
        char *value;

        if (sql_first(s, &stmt, NULL, "SELECT value FROM meta WHERE key = ?1", "t", key) != RC_OK)
                return NULL;
        value = xstrdup((const char *)sqlite3_column_text(stmt, 0));
        sqlite3_reset(stmt);
        return value;
}

enum rc meta_set(struct store *s, const char *key, const char *value, struct err *err)
{
        return sql_do(s, err,
                      "INSERT INTO meta(key, value) VALUES(?1, ?2)"
                      " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                      "tt", key, value);
}

static enum rc copy_pages(struct store *s, sqlite3 *to, const char *name, struct err *err)
{
        sqlite3_backup *backup = sqlite3_backup_init(to, "main", s->db, "main");
        int code = backup ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;

        if (backup)
                sqlite3_backup_finish(backup);
        if (code == SQLITE_DONE)
                return RC_OK;
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
                return err_set(err, RC_BUSY, "%s is locked by another program", s->path);
        return err_set(err, RC_FAIL, "%s can't be written: %s", name,
                       (code & 0xff) == SQLITE_FULL ? "the disk is full" : sqlite3_errmsg(to));
}

enum rc store_backup(struct store *s, const char *to, struct err *err)
{
        AUTO_FREE char *name = to[0] == '/' ? xstrdup(to) : xasprintf("./%s", to);
        sqlite3 *db = NULL;
        enum rc rc = store_spare(to, err);

        if (rc != RC_OK)
                return rc;
        int fd = open(to, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

        if (fd < 0)
                return err_set(err, errno == EEXIST ? RC_CONFLICT : RC_FAIL,
                               errno == EEXIST ? "%s exists" : "%s can't be made: %s", to,
                               strerror(errno));
        close(fd);
        if (sqlite3_open_v2(name, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
                rc = err_set(err, RC_FAIL, "%s can't be made: %s", to, sqlite3_errmsg(db));
        else
                rc = copy_pages(s, db, to, err);
        if (sqlite3_close(db) != SQLITE_OK && rc == RC_OK)
                rc = err_set(err, RC_FAIL, "%s can't be closed", to);
        if (rc != RC_OK)
                unlink(to);
        return rc;
}

static int64_t file_bytes(const char *path)
{
        struct stat st;

        return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

enum rc store_stats(struct store *s, struct store_stats *ret, struct err *err)
{
        struct store_stats n = {0};
        int64_t schema = 0, notes = 0;
        const struct {
                const char *sql;
                int64_t *to;
        } counts[] = {
                {"SELECT count(DISTINCT id) FROM version", &n.objects},
                {"SELECT count(*) FROM version", &n.versions},
                {"SELECT count(*) FROM act", &n.acts},
                {"SELECT count(DISTINCT id) FROM version WHERE id >= 'note--' AND id < 'note-.'",
                 &notes},
                {"SELECT count(*) FROM relation", &n.relations},
                {"SELECT count(*) FROM journal", &n.journal},
                {"SELECT count(*) FROM outbox", &n.outbox},
                {"SELECT count(*) FROM remote", &n.remotes},
                {"SELECT count(*) FROM draft", &n.drafts},
                {"SELECT coalesce(sum(n), 0) FROM thing_count", &n.things},
                {"SELECT count(*) FROM (SELECT 1 FROM version GROUP BY id, modified"
                 " HAVING count(*) > 1)",
                 &n.twins},
                {"PRAGMA user_version", &schema},
        };

        for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
                enum rc rc = sql_number(s, counts[i].sql, NULL, 0, counts[i].to, err);

                if (rc != RC_OK)
                        return rc;
        }
        n.notes = notes > n.acts ? notes - n.acts : 0;
        n.schema = (int)schema;
        n.bytes = file_bytes(s->path);
        *ret = n;
        return RC_OK;
}

static enum rc check_integrity(struct store *s, void (*fn)(void *ctx, const char *finding),
                               void *ctx, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_get(s, "PRAGMA integrity_check", &stmt, err);

        while (rc == RC_OK && (rc = sql_step(s, stmt, err)) == RC_OK) {
                const char *text = (const char *)sqlite3_column_text(stmt, 0);

                if (text && strcmp(text, "ok") != 0)
                        fn(ctx, text);
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc check_references(struct store *s, void (*fn)(void *ctx, const char *finding),
                                void *ctx, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_get(s, "PRAGMA foreign_key_check", &stmt, err);

        while (rc == RC_OK && (rc = sql_step(s, stmt, err)) == RC_OK) {
                char finding[256];

                snprintf(finding, sizeof(finding),
                         "row %lld of %s names a row of %s that is not there",
                         (long long)sqlite3_column_int64(stmt, 1),
                         (const char *)sqlite3_column_text(stmt, 0),
                         (const char *)sqlite3_column_text(stmt, 2));
                fn(ctx, finding);
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The words' index compared with the rows; it counts as a write, so only where that is allowed. */
static void check_words(struct store *s, void (*fn)(void *ctx, const char *finding), void *ctx)
{
        for (size_t i = 0; i < s->table_count && !s->readonly; i++) {
                struct table *t = &s->tables[i];
                char sql[160], finding[256];

                if (t->searched_count == 0)
                        continue;
                snprintf(
                        sql, sizeof(sql),
                        "INSERT INTO thing_%s_fts(thing_%s_fts, rank) VALUES('integrity-check', 1)",
                        t->kind->name, t->kind->name);
                if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK)
                        continue;
                snprintf(finding, sizeof(finding), "the index of words of %s: %s", t->kind->plural,
                         sqlite3_errmsg(s->db));
                fn(ctx, finding);
        }
}

enum rc store_check(struct store *s, void (*fn)(void *ctx, const char *finding), void *ctx,
                    struct err *err)
{
        enum rc rc = check_integrity(s, fn, ctx, err);

        if (rc == RC_OK)
                rc = check_references(s, fn, ctx, err);
        if (rc == RC_OK)
                check_words(s, fn, ctx);
        return rc;
}
