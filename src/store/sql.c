/*
 * Statements: prepared once per connection, bound by letters; and SQLite's codes as sentences.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

static enum rc fail_open(const struct store *s, int code, struct err *err)
{
        int saved = s->db ? sqlite3_system_errno(s->db) : 0;

        if (code == SQLITE_NOTADB)
                return err_set(err, RC_INVALID, "%s is not a Muster database", s->path);
        return err_set(err, RC_FAIL, "%s can't be opened: %s", s->path,
                       saved ? strerror(saved) : sqlite3_errmsg(s->db));
}

enum rc sql_fail(struct store *s, struct err *err)
{
        int code = s->db ? sqlite3_extended_errcode(s->db) & 0xff : SQLITE_NOMEM;
        int saved = s->db ? sqlite3_system_errno(s->db) : 0;

        switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return err_set(err, RC_BUSY, "%s is locked by another program", s->path);
        case SQLITE_FULL: return err_set(err, RC_FAIL, "the disk is full");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH: return err_set(err, RC_DENIED, "%s is read-only", s->path);
        case SQLITE_CORRUPT:
                return err_set(err, RC_FAIL, "%s is damaged: %s", s->path, sqlite3_errmsg(s->db));
        case SQLITE_IOERR:
                return err_set(err, RC_FAIL, "%s can't be read or written: %s", s->path,
                               saved ? strerror(saved) : sqlite3_errmsg(s->db));
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN: return fail_open(s, code, err);
        default:
                return err_set(err, RC_FAIL, "%s: %s", s->path,
                               s->db ? sqlite3_errmsg(s->db) : "no memory");
        }
}

enum rc sql_exec(struct store *s, const char *sql, struct err *err)
{
        if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
                return sql_fail(s, err);
        return RC_OK;
}

enum rc sql_prepare(struct store *s, const char *sql, sqlite3_stmt **ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;

        if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
                return sql_fail(s, err);
        *ret = stmt;
        return RC_OK;
}

static struct sql_entry **bucket_of(struct store *s, const char *sql)
{
        uint32_t hash = 2166136261u;

        for (const char *p = sql; *p; p++)
                hash = (hash ^ (unsigned char)*p) * 16777619u;
        return &s->statements[hash % SQL_BUCKETS];
}

enum rc sql_get(struct store *s, const char *sql, sqlite3_stmt **ret, struct err *err)
{
        struct sql_entry **bucket = bucket_of(s, sql);
        struct sql_entry *e;
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        for (e = *bucket; e; e = e->next) {
                if (strcmp(e->text, sql) == 0) {
                        *ret = e->stmt;
                        return RC_OK;
                }
        }
        rc = sql_prepare(s, sql, &stmt, err);
        if (rc != RC_OK)
                return rc;
        e = xmalloc(sizeof(*e));
        *e = (struct sql_entry){.next = *bucket, .text = xstrdup(sql), .stmt = stmt};
        *bucket = e;
        *ret = stmt;
        return RC_OK;
}

void sql_forget(struct store *s)
{
        for (size_t i = 0; i < SQL_BUCKETS; i++) {
                while (s->statements[i]) {
                        struct sql_entry *e = s->statements[i];

                        s->statements[i] = e->next;
                        sqlite3_finalize(e->stmt);
                        free(e->text);
                        free(e);
                }
        }
}

enum rc sql_step(struct store *s, sqlite3_stmt *stmt, struct err *err)
{
        enum rc rc = RC_NOTFOUND;
        int code;

        if (s->begun && (s->spoiled || sqlite3_get_autocommit(s->db)))
                return err_set(err, RC_FAIL, "%s: an earlier step failed, so nothing is written",
                               s->path);
        code = sqlite3_step(stmt);
        if (code == SQLITE_ROW)
                return RC_OK;
        if (code != SQLITE_DONE) {
                rc = sql_fail(s, err);
                if (s->begun && (code & 0xff) != SQLITE_CONSTRAINT)
                        s->spoiled = true;
        }
        sqlite3_reset(stmt);
        return rc;
}

enum rc sql_finish(struct store *s, sqlite3_stmt *stmt, struct err *err)
{
        enum rc rc;

        do
                rc = sql_step(s, stmt, err);
        while (rc == RC_OK);
        return rc == RC_NOTFOUND ? RC_OK : rc;
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
                        size_t len = va_arg(list, size_t);

                        sqlite3_bind_blob64(stmt, i, bytes, len, SQLITE_STATIC);
                }
        }
}

void sql_bind(sqlite3_stmt *stmt, const char *types, ...)
{
        va_list list;

        va_start(list, types);
        bind_list(stmt, types, list);
        va_end(list);
}

enum rc sql_do(struct store *s, struct err *err, const char *sql, const char *types, ...)
{
        sqlite3_stmt *stmt = NULL;
        va_list list;
        enum rc rc = sql_get(s, sql, &stmt, err);

        if (rc != RC_OK)
                return rc;
        va_start(list, types);
        bind_list(stmt, types, list);
        va_end(list);
        return sql_finish(s, stmt, err);
}

enum rc sql_first(struct store *s, sqlite3_stmt **ret, struct err *err, const char *sql,
                  const char *types, ...)
{
        sqlite3_stmt *stmt = NULL;
        va_list list;
        enum rc rc = sql_get(s, sql, &stmt, err);

        if (rc != RC_OK)
                return rc;
        va_start(list, types);
        bind_list(stmt, types, list);
        va_end(list);
        rc = sql_step(s, stmt, err);
        if (rc == RC_OK)
                *ret = stmt;
        return rc;
}

enum rc sql_number(struct store *s, const char *sql, const char *text, int64_t fallback,
                   int64_t *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, sql, text ? "t" : "", text);

        if (rc != RC_OK && rc != RC_NOTFOUND)
                return rc;
        if (rc == RC_OK && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
                *ret = sqlite3_column_int64(stmt, 0);
        else
                *ret = fallback;
        if (rc == RC_OK)
                sqlite3_reset(stmt);
        return RC_OK;
}

const char *sql_text(sqlite3_stmt *stmt, int column, struct arena *a)
{
        const char *text = (const char *)sqlite3_column_text(stmt, column);

        return text ? arena_strndup(a, text, (size_t)sqlite3_column_bytes(stmt, column)) : NULL;
}

enum rc sql_texts(struct store *s, const char *sql, const char *text, size_t max, struct arena *a,
                  const char ***ret, size_t *ret_count, struct err *err)
{
        const char **list = arena_array(a, max ? max : 1, sizeof(*list));
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, sql, "ti", text, (int64_t)max);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                list[count++] = sql_text(stmt, 0, a);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}
