/*
 * The bare work behind an import, as a yardstick: jansson parses each object, then SQLite inserts
 * the very rows that muster's import left in DATABASE, into a fresh file with the same tables,
 * indexes, pragmas and commit size.
 *
 *   import_peer DATABASE SCRATCH  ->  "objects=N parse_ms=... insert_ms=..."
 */
#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMIT_ROWS 10000
#define TABLES_MAX  64

static double now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(int rc, sqlite3 *db, const char *what)
{
        if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
                return;
        fprintf(stderr, "import_peer: %s: %s\n", what, sqlite3_errmsg(db));
        exit(1);
}

static void run(sqlite3 *db, const char *sql)
{
        must(sqlite3_exec(db, sql, NULL, NULL, NULL), db, sql);
}

static double parse_all(sqlite3 *from, long *ret_objects)
{
        sqlite3_stmt *st;
        double spent = 0;
        must(sqlite3_prepare_v2(from, "SELECT bytes FROM version", -1, &st, NULL), from,
             "versions");
        while (sqlite3_step(st) == SQLITE_ROW) {
                const char *bytes = sqlite3_column_blob(st, 0);
                size_t len = (size_t)sqlite3_column_bytes(st, 0);
                double began = now_ms();
                json_t *j = json_loadb(bytes, len, JSON_ALLOW_NUL, NULL);
                json_decref(j);
                spent += now_ms() - began;
                ++*ret_objects;
        }
        sqlite3_finalize(st);
        return spent;
}

struct table {
        char name[128];
        bool fts;
};

/* Plain tables and FTS5 tables of the database; the latter's own shadow tables are left to FTS5. */
static size_t list_tables(sqlite3 *from, struct table *ret)
{
        sqlite3_stmt *st;
        size_t n = 0;
        must(sqlite3_prepare_v2(
                     from,
                     "SELECT name, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master m WHERE "
                     "type='table' "
                     "AND name NOT LIKE 'sqlite_%' AND NOT EXISTS (SELECT 1 FROM sqlite_master v "
                     "WHERE v.sql LIKE 'CREATE VIRTUAL%' AND m.name LIKE v.name || '\\_%' ESCAPE "
                     "'\\') "
                     "ORDER BY 2",
                     -1, &st, NULL),
             from, "tables");
        while (sqlite3_step(st) == SQLITE_ROW && n < TABLES_MAX) {
                snprintf(ret[n].name, sizeof(ret[n].name), "%s", sqlite3_column_text(st, 0));
                ret[n++].fts = sqlite3_column_int(st, 1);
        }
        sqlite3_finalize(st);
        return n;
}

static void copy_schema(sqlite3 *from, sqlite3 *to, const struct table *tables, size_t count)
{
        sqlite3_stmt *st;
        for (size_t i = 0; i < count; i++) {
                must(sqlite3_prepare_v2(
                             from,
                             "SELECT sql FROM sqlite_master WHERE tbl_name=?1 AND sql NOT NULL "
                             "AND type IN ('table','index') ORDER BY type DESC",
                             -1, &st, NULL),
                     from, "schema");
                sqlite3_bind_text(st, 1, tables[i].name, -1, SQLITE_STATIC);
                while (sqlite3_step(st) == SQLITE_ROW)
                        run(to, (const char *)sqlite3_column_text(st, 0));
                sqlite3_finalize(st);
                if (tables[i].fts) {
                        char sql[512];
                        snprintf(sql, sizeof(sql),
                                 "INSERT INTO \"%s\"(\"%s\", rank) VALUES('automerge', 0);"
                                 "INSERT INTO \"%s\"(\"%s\", rank) VALUES('hashsize', 16777216)",
                                 tables[i].name, tables[i].name, tables[i].name, tables[i].name);
                        run(to, sql);
                }
        }
}

/* Columns to copy: all of a plain table; rowid and the words of an FTS5 table, which reads them
 * from its content. */
static void select_sql(const struct table *t, char *sql, size_t size)
{
        snprintf(sql, size, t->fts ? "SELECT rowid, * FROM \"%s\"" : "SELECT * FROM \"%s\"",
                 t->name);
}

static void insert_sql(sqlite3_stmt *rows, const struct table *t, char *sql, size_t size)
{
        int n = sqlite3_column_count(rows);
        size_t at = (size_t)snprintf(sql, size, "INSERT INTO \"%s\"(", t->name);
        for (int i = 0; i < n; i++)
                at += (size_t)snprintf(sql + at, size - at, "%s\"%s\"", i ? "," : "",
                                       t->fts && i == 0 ? "rowid" : sqlite3_column_name(rows, i));
        at += (size_t)snprintf(sql + at, size - at, ") VALUES(");
        for (int i = 0; i < n; i++)
                at += (size_t)snprintf(sql + at, size - at, "%s?%d", i ? "," : "", i + 1);
        snprintf(sql + at, size - at, ")");
}

struct feed {
        sqlite3_stmt *from, *to;
        bool done;
};

/* Inserts up to COMMIT_ROWS rows; only the inserting counts. */
static double feed_rows(struct feed *f, sqlite3 *to)
{
        double spent = 0;
        int n = sqlite3_column_count(f->from);
        for (int rows = 0; rows < COMMIT_ROWS; rows++) {
                if (sqlite3_step(f->from) != SQLITE_ROW) {
                        f->done = true;
                        break;
                }
                double began = now_ms();
                for (int i = 0; i < n; i++)
                        sqlite3_bind_value(f->to, i + 1, sqlite3_column_value(f->from, i));
                must(sqlite3_step(f->to), to, "insert");
                sqlite3_reset(f->to);
                spent += now_ms() - began;
        }
        return spent;
}

static double insert_all(sqlite3 *from, sqlite3 *to, const struct table *tables, size_t count)
{
        static struct feed feeds[TABLES_MAX];
        double spent = 0;
        bool more = true;
        for (size_t i = 0; i < count; i++) {
                char sql[8192], select[sizeof(tables->name) + 32];
                select_sql(&tables[i], select, sizeof(select));
                must(sqlite3_prepare_v2(from, select, -1, &feeds[i].from, NULL), from, select);
                insert_sql(feeds[i].from, &tables[i], sql, sizeof(sql));
                must(sqlite3_prepare_v2(to, sql, -1, &feeds[i].to, NULL), to, sql);
        }
        while (more) {
                double began = now_ms();
                run(to, "BEGIN IMMEDIATE");
                spent += now_ms() - began;
                more = false;
                for (size_t i = 0; i < count; i++)
                        if (!feeds[i].done) {
                                spent += feed_rows(&feeds[i], to);
                                more = more || !feeds[i].done;
                        }
                began = now_ms();
                run(to, "COMMIT");
                spent += now_ms() - began;
        }
        for (size_t i = 0; i < count; i++) {
                sqlite3_finalize(feeds[i].from);
                sqlite3_finalize(feeds[i].to);
        }
        return spent;
}

static void same_pragmas(sqlite3 *from, sqlite3 *to)
{
        sqlite3_stmt *st;
        char sql[128];
        must(sqlite3_prepare_v2(from, "PRAGMA page_size", -1, &st, NULL), from, "page size");
        sqlite3_step(st);
        snprintf(sql, sizeof(sql), "PRAGMA page_size=%d", sqlite3_column_int(st, 0));
        sqlite3_finalize(st);
        run(to, sql);
        run(to,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-24576;"
            "PRAGMA wal_autocheckpoint=16000; PRAGMA secure_delete=ON; PRAGMA foreign_keys=OFF");
}

int main(int argc, char **argv)
{
        sqlite3 *from, *to;
        struct table tables[TABLES_MAX];
        long objects = 0;
        if (argc != 3)
                return 2;
        unlink(argv[2]);
        must(sqlite3_open_v2(argv[1], &from, SQLITE_OPEN_READONLY, NULL), from, argv[1]);
        must(sqlite3_open(argv[2], &to), to, argv[2]);
        same_pragmas(from, to);
        size_t count = list_tables(from, tables);
        copy_schema(from, to, tables, count);
        double parse = parse_all(from, &objects);
        double insert = insert_all(from, to, tables, count);
        printf("objects=%ld parse_ms=%.0f insert_ms=%.0f\n", objects, parse, insert);
        sqlite3_close(from);
        sqlite3_close(to);
        return 0;
}
