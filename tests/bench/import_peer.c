/*
 * The bare work behind an import, as a yardstick: jansson parses each object, then SQLite inserts
 * the very rows that muster's import left in DATABASE, into a fresh file with the same tables,
 * indexes, pragmas and commit size.
 *
 *   import_peer DATABASE SCRATCH  ->  "objects=N parse_ms=... parse_cpu_ms=... insert_ms=...
 * insert_cpu_ms=..."
 *
 * Only the work counts: what is parsed or inserted stands in memory already, and the clocks are
 * read around batches. Closing counts, since it brings the log into the file, as the end of an
 * import does.
 */
#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMIT_OBJECTS 10000
#define TABLES_MAX     64
#define SQL_MAX        8192

/* As the connection of a bulk load has them (src/store/open.c, src/store/things_bulk.c). */
static const char pragmas[] =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-22528;"
        "PRAGMA wal_autocheckpoint=16000; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
        "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864";
static const char *const word_options[] = {"'automerge', 0", "'crisismerge', 32",
                                           "'hashsize', 10485760"};

/* ---- clocks ------------------------------------------------------------------------------------
 */

struct spent {
        double wall_ms, cpu_ms;
};

static double read_ms(clockid_t clock)
{
        struct timespec t;
        clock_gettime(clock, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct spent now(void)
{
        return (struct spent){read_ms(CLOCK_MONOTONIC), read_ms(CLOCK_PROCESS_CPUTIME_ID)};
}

static void add_since(struct spent *sum, struct spent began)
{
        struct spent end = now();
        sum->wall_ms += end.wall_ms - began.wall_ms;
        sum->cpu_ms += end.cpu_ms - began.cpu_ms;
}

/* ---- statements --------------------------------------------------------------------------------
 */

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

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
        sqlite3_stmt *st = NULL;
        must(sqlite3_prepare_v2(db, sql, -1, &st, NULL), db, sql);
        return st;
}

static long number(sqlite3 *db, const char *sql)
{
        sqlite3_stmt *st = prepare(db, sql);
        must(sqlite3_step(st), db, sql);
        long n = (long)sqlite3_column_int64(st, 0);
        sqlite3_finalize(st);
        return n;
}

/* ---- rows in memory ----------------------------------------------------------------------------
 */

struct rows {
        sqlite3_value **values;
        size_t count, columns;
        bool over; /* a statement that is stepped again behind its end starts anew */
};

static void rows_load(struct rows *r, sqlite3_stmt *from, size_t max)
{
        r->columns = (size_t)sqlite3_column_count(from);
        r->values = calloc(max * r->columns + 1, sizeof(*r->values));
        while (r->count < max && !r->over) {
                r->over = sqlite3_step(from) != SQLITE_ROW;
                if (r->over)
                        break;
                for (size_t i = 0; i < r->columns; i++)
                        r->values[r->count * r->columns + i] =
                                sqlite3_value_dup(sqlite3_column_value(from, (int)i));
                r->count++;
        }
}

static void rows_drop(struct rows *r)
{
        for (size_t i = 0; i < r->count * r->columns; i++)
                sqlite3_value_free(r->values[i]);
        free(r->values);
        *r = (struct rows){.over = r->over};
}

static void bind(sqlite3_stmt *to, int at, sqlite3_value *v)
{
        switch (sqlite3_value_type(v)) {
        case SQLITE_INTEGER: sqlite3_bind_int64(to, at, sqlite3_value_int64(v)); break;
        case SQLITE_FLOAT: sqlite3_bind_double(to, at, sqlite3_value_double(v)); break;
        case SQLITE_NULL: sqlite3_bind_null(to, at); break;
        case SQLITE_TEXT:
                sqlite3_bind_text(to, at, (const char *)sqlite3_value_text(v),
                                  sqlite3_value_bytes(v), SQLITE_STATIC);
                break;
        default:
                sqlite3_bind_blob(to, at, sqlite3_value_blob(v), sqlite3_value_bytes(v),
                                  SQLITE_STATIC);
        }
}

static void rows_insert(const struct rows *r, sqlite3_stmt *to, sqlite3 *db)
{
        for (size_t row = 0; row < r->count; row++) {
                for (size_t i = 0; i < r->columns; i++)
                        bind(to, (int)i + 1, r->values[row * r->columns + i]);
                must(sqlite3_step(to), db, "insert");
                sqlite3_reset(to);
        }
}

/* ---- parsing -----------------------------------------------------------------------------------
 */

static void parse_rows(const struct rows *r)
{
        for (size_t row = 0; row < r->count; row++)
                json_decref(json_loadb(sqlite3_value_blob(r->values[row]),
                                       (size_t)sqlite3_value_bytes(r->values[row]), JSON_ALLOW_NUL,
                                       NULL));
}

static struct spent parse_all(sqlite3 *from)
{
        sqlite3_stmt *st = prepare(from, "SELECT bytes FROM version ORDER BY vid");
        struct spent sum = {0};
        struct rows r = {0};
        while (!r.over) {
                rows_load(&r, st, COMMIT_OBJECTS);
                struct spent began = now();
                parse_rows(&r);
                add_since(&sum, began);
                rows_drop(&r);
        }
        sqlite3_finalize(st);
        return sum;
}

/* ---- tables ------------------------------------------------------------------------------------
 */

struct table {
        char name[128];
        bool fts;
        size_t per_commit;
        sqlite3_stmt *from, *to;
        struct rows rows;
};

/* Plain tables and FTS5 tables of the database; the latter's own shadow tables are left to FTS5.
 * Versions come first, since others name them. */
static size_t list_tables(sqlite3 *from, struct table *ret)
{
        sqlite3_stmt *st = prepare(
                from,
                "SELECT name, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master m WHERE type='table' "
                "AND name NOT LIKE 'sqlite_%' AND NOT EXISTS (SELECT 1 FROM sqlite_master v "
                "WHERE v.sql LIKE 'CREATE VIRTUAL%' AND m.name LIKE v.name || '\\_%' ESCAPE '\\') "
                "ORDER BY 2, name <> 'version'");
        size_t n = 0;
        while (sqlite3_step(st) == SQLITE_ROW && n < TABLES_MAX) {
                snprintf(ret[n].name, sizeof(ret[n].name), "%s", sqlite3_column_text(st, 0));
                ret[n++].fts = sqlite3_column_int(st, 1);
        }
        sqlite3_finalize(st);
        return n;
}

static void set_word_options(sqlite3 *to, const char *table)
{
        for (size_t i = 0; i < sizeof(word_options) / sizeof(word_options[0]); i++) {
                char sql[512];
                snprintf(sql, sizeof(sql), "INSERT INTO \"%.127s\"(\"%.127s\", rank) VALUES(%s)",
                         table, table, word_options[i]);
                run(to, sql);
        }
}

static void copy_schema(sqlite3 *from, sqlite3 *to, const struct table *tables, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                sqlite3_stmt *st = prepare(
                        from, "SELECT sql FROM sqlite_master WHERE tbl_name=?1 AND sql NOT NULL "
                              "AND type IN ('table','index') ORDER BY type DESC");
                sqlite3_bind_text(st, 1, tables[i].name, -1, SQLITE_STATIC);
                while (sqlite3_step(st) == SQLITE_ROW)
                        run(to, (const char *)sqlite3_column_text(st, 0));
                sqlite3_finalize(st);
                if (tables[i].fts)
                        set_word_options(to, tables[i].name);
        }
}

static sqlite3_stmt *prepare_insert(sqlite3 *to, const struct table *t)
{
        char sql[SQL_MAX];
        int n = sqlite3_column_count(t->from);
        size_t at = (size_t)snprintf(sql, sizeof(sql), "INSERT INTO \"%s\"(", t->name);
        for (int i = 0; i < n; i++)
                at += (size_t)snprintf(sql + at, sizeof(sql) - at, "%s\"%s\"", i ? "," : "",
                                       t->fts && i == 0 ? "rowid"
                                                        : sqlite3_column_name(t->from, i));
        at += (size_t)snprintf(sql + at, sizeof(sql) - at, ") VALUES(");
        for (int i = 0; i < n; i++)
                at += (size_t)snprintf(sql + at, sizeof(sql) - at, "%s?%d", i ? "," : "", i + 1);
        snprintf(sql + at, sizeof(sql) - at, ")");
        return prepare(to, sql);
}

/* All columns of a plain table; rowid and the words of an FTS5 table, which reads them from its
 * content. Each commit gets the same share of every table. */
static void open_table(sqlite3 *from, sqlite3 *to, struct table *t, size_t commits)
{
        char sql[256];
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM \"%.127s\"", t->name);
        t->per_commit = (size_t)number(from, sql) / commits + 1;
        snprintf(sql, sizeof(sql), "SELECT %s* FROM \"%.127s\"", t->fts ? "rowid, " : "", t->name);
        t->from = prepare(from, sql);
        t->to = prepare_insert(to, t);
}

static struct spent insert_batch(sqlite3 *to, struct table *tables, size_t count)
{
        struct spent sum = {0}, began = now();
        run(to, "BEGIN IMMEDIATE");
        for (size_t i = 0; i < count; i++)
                rows_insert(&tables[i].rows, tables[i].to, to);
        run(to, "COMMIT");
        add_since(&sum, began);
        return sum;
}

static void insert_all(sqlite3 *from, sqlite3 *to, struct table *tables, size_t count,
                       struct spent *sum)
{
        size_t commits = (size_t)number(from, "SELECT count(*) FROM version") / COMMIT_OBJECTS + 1;
        for (size_t i = 0; i < count; i++)
                open_table(from, to, &tables[i], commits);
        for (size_t c = 0; c < commits; c++) {
                for (size_t i = 0; i < count; i++)
                        rows_load(&tables[i].rows, tables[i].from, tables[i].per_commit);
                struct spent batch = insert_batch(to, tables, count);
                sum->wall_ms += batch.wall_ms;
                sum->cpu_ms += batch.cpu_ms;
                for (size_t i = 0; i < count; i++)
                        rows_drop(&tables[i].rows);
        }
        for (size_t i = 0; i < count; i++) {
                sqlite3_finalize(tables[i].from);
                sqlite3_finalize(tables[i].to);
        }
}

int main(int argc, char **argv)
{
        static struct table tables[TABLES_MAX];
        sqlite3 *from = NULL, *to = NULL;
        struct spent insert = {0};
        char sql[64];
        if (argc != 3)
                return 2;
        unlink(argv[2]);
        must(sqlite3_open_v2(argv[1], &from, SQLITE_OPEN_READONLY, NULL), from, argv[1]);
        must(sqlite3_open(argv[2], &to), to, argv[2]);
        snprintf(sql, sizeof(sql), "PRAGMA page_size=%ld", number(from, "PRAGMA page_size"));
        run(to, sql);
        run(to, pragmas);
        size_t count = list_tables(from, tables);
        copy_schema(from, to, tables, count);
        struct spent parse = parse_all(from);
        insert_all(from, to, tables, count, &insert);
        struct spent began = now();
        sqlite3_close(to);
        add_since(&insert, began);
        printf("objects=%ld parse_ms=%.0f parse_cpu_ms=%.0f insert_ms=%.0f insert_cpu_ms=%.0f\n",
               number(from, "SELECT count(*) FROM version"), parse.wall_ms, parse.cpu_ms,
               insert.wall_ms, insert.cpu_ms);
        sqlite3_close(from);
        return 0;
}
