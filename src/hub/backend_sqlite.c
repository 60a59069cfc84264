/*
 * The SQLite backend: its file, its connections, its statements.
 */
#include "backend_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

#define APPLICATION_ID 0x4d485542 /* "MHUB" */
#define SCHEMA_VERSION 2
#define BUSY_MS        10000
#define RETRY_MS       10

static const char schema[] =
        "CREATE TABLE collection(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        " alias TEXT UNIQUE, title TEXT NOT NULL, description TEXT,"
        " seq INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0) STRICT;"
        "CREATE TABLE object(key INTEGER PRIMARY KEY,"
        " collection INTEGER NOT NULL REFERENCES collection, added INTEGER NOT NULL,"
        " id TEXT NOT NULL, version_ns INTEGER NOT NULL, version TEXT, type TEXT NOT NULL,"
        " spec TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;"
        "CREATE UNIQUE INDEX object_added ON object(collection, added);"
        "CREATE UNIQUE INDEX object_version ON object(collection, id, version_ns);"
        "CREATE TABLE removal(at INTEGER NOT NULL, who TEXT NOT NULL, collection INTEGER NOT NULL,"
        " id TEXT NOT NULL, version TEXT, added INTEGER) STRICT;"
        "CREATE TABLE status(id TEXT PRIMARY KEY, owner TEXT NOT NULL, at INTEGER NOT NULL,"
        " document TEXT NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE INDEX status_at ON status(at);"
        "CREATE TABLE token(key INTEGER PRIMARY KEY, name TEXT NOT NULL, label TEXT NOT NULL "
        "UNIQUE,"
        " hash BLOB NOT NULL, created INTEGER NOT NULL, revoked INTEGER) STRICT;"
        "CREATE UNIQUE INDEX token_name ON token(name) WHERE revoked IS NULL;"
        "CREATE TABLE token_right(token INTEGER NOT NULL REFERENCES token,"
        " collection INTEGER NOT NULL REFERENCES collection, may_write INTEGER NOT NULL,"
        " PRIMARY KEY(token, collection)) STRICT, WITHOUT ROWID;";

#define COLLECTION "SELECT key, id, alias, title, description, seq FROM collection"
#define IS         " WHERE collection = ?1 AND "
#define TOKEN      "SELECT key, name, label, hash, created FROM token WHERE revoked IS NULL"

static const char *const texts[SQLS] = {
        [SQL_COLLECTION_ADD] = "INSERT INTO collection(id, alias, title, description)"
                               " VALUES(?1, ?2, ?3, ?4)",
        [SQL_COLLECTION_LIST] = COLLECTION " ORDER BY key",
        [SQL_COLLECTION_FIND] = COLLECTION " WHERE id = ?1 OR alias = ?1 ORDER BY id <> ?1",
        [SQL_COLLECTION_GROW] = "UPDATE collection SET seq = seq + ?2,"
                                " added = max(?3, added + ?2) WHERE key = ?1 RETURNING added",
        [SQL_COLLECTION_SEQ] = "SELECT seq FROM collection WHERE key = ?1",
        [SQL_TOKEN_ADD] = "INSERT INTO token(name, label, hash, created) VALUES(?1, ?2, ?3, ?4)",
        [SQL_TOKEN_LIST] = TOKEN " ORDER BY name",
        [SQL_TOKEN_BY_LABEL] = TOKEN " AND label = ?1",
        [SQL_TOKEN_BY_NAME] = TOKEN " AND name = ?1",
        [SQL_TOKEN_REVOKE] = "UPDATE token SET revoked = ?2 WHERE name = ?1 AND revoked IS NULL"
                             " RETURNING key",
        [SQL_RIGHT_ADD] = "INSERT INTO token_right(token, collection, may_write)"
                          " VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE"
                          " SET may_write = max(may_write, excluded.may_write)",
        [SQL_RIGHT_LIST] = "SELECT r.collection, c.id, r.may_write FROM token_right r"
                           " JOIN collection c ON c.key = r.collection"
                           " WHERE r.token = ?1 ORDER BY r.collection",
        [SQL_OBJECT_ADD] = "INSERT INTO object(collection, added, id, version_ns, version, type,"
                           " spec, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                           " ON CONFLICT(collection, id, version_ns) DO NOTHING RETURNING key",
        [SQL_OBJECT_SAME] = "SELECT bytes = ?4 FROM object"
                            " WHERE collection = ?1 AND id = ?2 AND version_ns = ?3",
        [SQL_OBJECT_REMOVE] = "DELETE FROM object WHERE collection = ?1 AND added = ?2",
        [SQL_REMOVAL_ADD] = "INSERT INTO removal(at, who, collection, id, version, added)"
                            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        [SQL_KNOWS] = "SELECT (?2 < 0 OR EXISTS (SELECT 1 FROM object" IS "added = ?2)"
                      " OR EXISTS (SELECT 1 FROM removal" IS "added = ?2))"
                      " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM object" IS "id = ?3)"
                      " OR EXISTS (SELECT 1 FROM removal" IS "id = ?3))",
        [SQL_STATUS_ADD] = "INSERT INTO status(id, owner, at, document) VALUES(?1, ?2, ?3, ?4)",
        [SQL_STATUS_GET] = "SELECT document FROM status WHERE id = ?1 AND owner = ?2",
        [SQL_STATUS_FORGET] = "DELETE FROM status WHERE id IN"
                              " (SELECT id FROM status WHERE at < ?1 ORDER BY at LIMIT 100)",
        [SQL_BEGIN] = "BEGIN IMMEDIATE",
        [SQL_COMMIT] = "COMMIT",
        [SQL_ROLLBACK] = "ROLLBACK",
};

/* ---- statements -------------------------------------------------------------------------------
 */

static bool is_twice(struct link *l)
{
        int code = l->db ? sqlite3_extended_errcode(l->db) : SQLITE_OK;

        return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY;
}

enum rc link_fail(struct link *l, struct err *err)
{
        if (is_twice(l))
                return err_set(err, RC_CONFLICT, "there is one already");
        switch (l->db ? sqlite3_errcode(l->db) : SQLITE_NOMEM) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return err_set(err, RC_BUSY, "%s is locked by another program", l->path);
        case SQLITE_FULL: return err_set(err, RC_FAIL, "the disk is full");
        case SQLITE_NOTADB:
                return err_set(err, RC_INVALID, "%s is not the database of a hub", l->path);
        default:
                return err_set(err, RC_FAIL, "%s: %s", l->path,
                               l->db ? sqlite3_errmsg(l->db) : "no memory");
        }
}

enum rc link_prepare(struct link *l, const char *sql, sqlite3_stmt **ret, struct err *err)
{
        if (sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL) != SQLITE_OK)
                return link_fail(l, err);
        return RC_OK;
}

enum rc link_get(struct link *l, enum sql which, sqlite3_stmt **ret, struct err *err)
{
        enum rc rc = RC_OK;

        if (!l->fixed[which])
                rc = link_prepare(l, texts[which], &l->fixed[which], err);
        if (rc == RC_OK)
                *ret = l->fixed[which];
        return rc;
}

static void bind_list(sqlite3_stmt *stmt, const char *types, va_list list)
{
        for (int i = 1; *types; i++, types++) {
                if (*types == 't') {
                        sqlite3_bind_text(stmt, i, va_arg(list, const char *), -1, SQLITE_STATIC);
                } else if (*types == 'i') {
                        sqlite3_bind_int64(stmt, i, va_arg(list, int64_t));
                } else {
                        const void *bytes = va_arg(list, const void *);

                        sqlite3_bind_blob64(stmt, i, bytes, va_arg(list, size_t), SQLITE_STATIC);
                }
        }
}

enum rc link_step(struct link *l, sqlite3_stmt *stmt, struct err *err)
{
        int code = sqlite3_step(stmt);
        enum rc rc;

        if (code == SQLITE_ROW)
                return RC_OK;
        rc = code == SQLITE_DONE ? RC_NOTFOUND : link_fail(l, err);
        sqlite3_reset(stmt);
        return rc;
}

enum rc link_finish(struct link *l, sqlite3_stmt *stmt, struct err *err)
{
        enum rc rc;

        do
                rc = link_step(l, stmt, err);
        while (rc == RC_OK);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc link_do(struct link *l, struct err *err, enum sql which, const char *types, ...)
{
        sqlite3_stmt *stmt = NULL;
        va_list list;
        enum rc rc = link_get(l, which, &stmt, err);

        if (rc != RC_OK)
                return rc;
        va_start(list, types);
        bind_list(stmt, types, list);
        va_end(list);
        return link_finish(l, stmt, err);
}

enum rc link_first(struct link *l, sqlite3_stmt **ret, struct err *err, enum sql which,
                   const char *types, ...)
{
        sqlite3_stmt *stmt = NULL;
        va_list list;
        enum rc rc = link_get(l, which, &stmt, err);

        if (rc != RC_OK)
                return rc;
        va_start(list, types);
        bind_list(stmt, types, list);
        va_end(list);
        rc = link_step(l, stmt, err);
        if (rc == RC_OK)
                *ret = stmt;
        return rc;
}

const char *column_text(sqlite3_stmt *stmt, int column, struct arena *a)
{
        return arena_strdup(a, (const char *)sqlite3_column_text(stmt, column));
}

/* ---- connections ------------------------------------------------------------------------------
 */

static enum rc run(struct link *l, const char *sql, struct err *err)
{
        return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? RC_OK : link_fail(l, err);
}

static enum rc connect(struct link *l, const char *path, int flags, struct err *err)
{
        AUTO_FREE char *name = path[0] == '/' ? xstrdup(path) : xasprintf("./%s", path);

        l->path = path;
        if (sqlite3_open_v2(name, &l->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
                return link_fail(l, err);
        sqlite3_busy_timeout(l->db, BUSY_MS);
        sqlite3_db_config(l->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(l->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        return run(l, "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY", err);
}

static void disconnect(struct link *l)
{
        for (size_t i = 0; i < SQLS; i++)
                sqlite3_finalize(l->fixed[i]);
        for (size_t i = 0; i < WALKS; i++)
                sqlite3_finalize(l->walks[i]);
        sqlite3_close(l->db);
}

static int64_t pragma(struct link *l, const char *sql)
{
        sqlite3_stmt *stmt = NULL;
        int64_t value = -1;

        if (sqlite3_prepare_v2(l->db, sql, -1, &stmt, NULL) == SQLITE_OK &&
            sqlite3_step(stmt) == SQLITE_ROW)
                value = sqlite3_column_int64(stmt, 0);
        sqlite3_finalize(stmt);
        return value;
}

/* 1: a removal did not say when what it removed was added. */
static enum rc migrate(struct link *l, struct err *err)
{
        if (pragma(l, "PRAGMA user_version") != 1)
                return RC_OK;
        return run(l, "ALTER TABLE removal ADD COLUMN added INTEGER; PRAGMA user_version=2", err);
}

/* Makes the tables in a new file; two processes may both come first. */
static enum rc prepare_schema(struct link *l, struct err *err)
{
        enum rc rc = run(l, "BEGIN IMMEDIATE", err);

        if (rc != RC_OK)
                return rc;
        if (pragma(l, "PRAGMA application_id") == 0 &&
            pragma(l, "SELECT count(*) FROM sqlite_schema") == 0) {
                AUTO_FREE char *stamp =
                        xasprintf("PRAGMA application_id=%d; PRAGMA user_version=%d",
                                  APPLICATION_ID, SCHEMA_VERSION);

                rc = run(l, schema, err);
                if (rc == RC_OK)
                        rc = run(l, stamp, err);
        } else if (pragma(l, "PRAGMA application_id") != APPLICATION_ID) {
                rc = err_set(err, RC_INVALID, "%s is not the database of a hub", l->path);
        } else if ((rc = migrate(l, err)) == RC_OK &&
                   pragma(l, "PRAGMA user_version") != SCHEMA_VERSION) {
                rc = err_set(err, RC_INVALID, "%s was written by a newer muster-hub", l->path);
        }
        if (rc == RC_OK)
                return run(l, "COMMIT", err);
        run(l, "ROLLBACK", NULL);
        return rc;
}

/* Mode 0600 whatever the umask is: it holds what is marked. */
static enum rc make_file(const char *path, struct err *err)
{
        int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

        if (fd < 0)
                return err_set(err, RC_FAIL, "%s can't be opened: %s", path, strerror(errno));
        close(fd);
        return RC_OK;
}

static enum rc try_writer(struct sqlite_backend *b, struct err *err)
{
        struct link *l = &b->writer;
        enum rc rc = connect(l, b->path, SQLITE_OPEN_READWRITE, err);

        if (rc == RC_OK)
                rc = run(l, "PRAGMA page_size=8192", err); /* only tells in a new file */
        if (rc == RC_OK)
                rc = prepare_schema(l, err);
        if (rc == RC_OK)
                rc = run(l,
                         "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA "
                         "foreign_keys=ON; PRAGMA secure_delete=ON;"
                         "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=2000",
                         err);
        return rc;
}

/* SQLite does not wait by itself for everything: who changes a new file to the log ahead of writes
 * while others come to it or leave it is told at once that it is locked. */
static enum rc open_writer(struct sqlite_backend *b, struct err *err)
{
        int64_t until_ns = clock_mono_ns() + INT64_C(1000000) * BUSY_MS;
        enum rc rc = make_file(b->path, err);

        if (rc != RC_OK)
                return rc;
        for (;;) {
                struct err why = {0};

                rc = try_writer(b, &why);
                if (rc != RC_BUSY || clock_mono_ns() >= until_ns)
                        return rc == RC_OK ? RC_OK : err_set(err, rc, "%s", why.text);
                disconnect(&b->writer);
                b->writer = (struct link){0};
                sqlite3_sleep(RETRY_MS);
        }
}

static enum rc open_readers(struct sqlite_backend *b, size_t count, struct err *err)
{
        enum rc rc = RC_OK;

        b->readers = xcalloc(count, sizeof(*b->readers));
        b->idle = chan_create(count);
        for (; rc == RC_OK && b->reader_count < count; b->reader_count++) {
                struct link *l = &b->readers[b->reader_count];

                rc = connect(l, b->path, SQLITE_OPEN_READWRITE, err);
                if (rc == RC_OK)
                        rc = run(l, "PRAGMA query_only=ON", err);
                chan_put(b->idle, l);
        }
        return rc;
}

struct sqlite_backend *sqlite_of(struct backend *b)
{
        return (struct sqlite_backend *)b;
}

struct link *reader_take(struct backend *b)
{
        return chan_take(sqlite_of(b)->idle);
}

void reader_return(struct backend *b, struct link *l)
{
        chan_put(sqlite_of(b)->idle, l);
}

static void sqlite_close(struct backend *base)
{
        struct sqlite_backend *b = sqlite_of(base);

        for (size_t i = 0; i < b->reader_count; i++)
                disconnect(&b->readers[i]);
        disconnect(&b->writer);
        chan_destroy(b->idle);
        free(b->readers);
        free(b->path);
        free(b);
}

static const struct backend_ops sqlite_ops = {
        .close = sqlite_close,
        .collection_add = sqlite_collection_add,
        .collection_list = sqlite_collection_list,
        .collection_find = sqlite_collection_find,
        .token_add = sqlite_token_add,
        .token_list = sqlite_token_list,
        .token_by_label = sqlite_token_by_label,
        .token_by_name = sqlite_token_by_name,
        .token_revoke = sqlite_token_revoke,
        .walk = sqlite_walk,
        .status_get = sqlite_status_get,
        .begin = sqlite_begin,
        .commit = sqlite_commit,
        .rollback = sqlite_rollback,
        .add = sqlite_add,
        .remove = sqlite_remove,
        .status_put = sqlite_status_put,
        .seqs = sqlite_seqs,
        .knows = sqlite_knows,
};

enum rc sqlite_open(const char *path, size_t readers, struct backend **ret, struct err *err)
{
        struct sqlite_backend *b;
        enum rc rc;

        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        b = xcalloc(1, sizeof(*b));
        b->base.ops = &sqlite_ops;
        b->path = xstrdup(path);
        rc = open_writer(b, err);
        if (rc == RC_OK)
                rc = open_readers(b, readers, err);
        if (rc != RC_OK) {
                sqlite_close(&b->base);
                return rc;
        }
        *ret = &b->base;
        return RC_OK;
}
