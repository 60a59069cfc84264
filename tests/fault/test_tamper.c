/*
 * Somebody changes the database by hand: one byte of any column of a journal entry, or of a version
 * that it admitted, a row taken out or put in. Verifying names the entry each time.
 */
#include <sqlite3.h>

#include "desk.h"

#define ENTRY 4 /* in the middle, with one version */
#define LAST  8

struct world {
        const struct words *words;
        char *first, *path; /* the desk as made, and the copy that is changed */
};

static const char *const target = "incident--00000000-0000-4000-8000-000000000001";
static int failures;

/* ---- the desk
 * ------------------------------------------------------------------------------------- */

static void work(struct ops *ops, int64_t entries, struct err *err)
{
        struct store_stats stats = {0};
        while (stats.journal < entries) {
                AUTO_FREE char *text = xasprintf("note %lld", (long long)stats.journal);
                must(ops_do(ops, target,
                            &(struct ops_request){
                                    .verb = "note", .text = text, .occurred_ms = CLOCK_NONE},
                            err),
                     err, "note");
                must(store_stats(ops->store, &stats, err), err, "count");
        }
}

/* Closing signs: so entry ENTRY and the last one are signed. */
static void make_desk(struct world *w)
{
        static const int64_t until[] = {ENTRY, LAST};
        struct ops ops = {0};
        struct err err = {0};
        struct import_result r;
        AUTO_FREE char *document = desk_bundle(1, 1);
        desk_remove(w->first);
        must(desk_open(w->first, STORE_WRITE | STORE_CREATE, w->words, &ops, &err), &err, "make");
        must(desk_import(&ops, document, &r, &err), &err, "import");
        ops_close(&ops);
        for (size_t i = 0; i < ARRAY_LEN(until); i++) {
                must(desk_open(w->first, STORE_WRITE, w->words, &ops, &err), &err, "open");
                work(&ops, until[i], &err);
                ops_close(&ops);
        }
}

static void copy_desk(const struct world *w)
{
        struct store *s = NULL;
        struct err err = {0};
        desk_remove(w->path);
        must(store_open(w->first, STORE_READ, &s, &err), &err, "open the first");
        must(store_backup(s, w->path, &err), &err, "copy");
        store_close(s);
}

/* What verifying the copy says; the entry that it names in *ret_broken. */
static enum rc verify(const struct world *w, int64_t *ret_broken, struct err *err)
{
        struct store *s = NULL;
        struct journal_report report = {0};
        enum rc rc = store_open(w->path, STORE_READ, &s, err);
        if (rc == RC_OK)
                rc = journal_verify(s, &report, err);
        store_close(s);
        *ret_broken = report.broken_seq;
        return rc;
}

static void expect_named(const struct world *w, const char *name, int64_t entry)
{
        struct err err = {0};
        int64_t broken = 0;
        AUTO_FREE char *words = xasprintf("journal entry %lld is broken", (long long)entry);
        enum rc rc = verify(w, &broken, &err);
        bool good = rc == RC_INVALID && broken == entry && strstr(err.text, words);
        printf("%s %s%s%s\n", good ? "ok" : "not ok", name, good ? "" : ": ",
               good          ? ""
               : err.text[0] ? err.text
                             : "nobody noticed");
        failures += !good;
}

/* ---- one byte
 * --------------------------------------------------------------------------------------- */

static void sql_or_die(sqlite3 *db, int code, const char *what)
{
        if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
                return;
        printf("not ok %s: %s\n", what, sqlite3_errmsg(db));
        exit(1);
}

static void run_sql(const struct world *w, const char *sql)
{
        sqlite3 *db = NULL;
        sql_or_die(db, sqlite3_open(w->path, &db), "open by hand");
        sql_or_die(db, sqlite3_exec(db, sql, NULL, NULL, NULL), sql);
        sqlite3_close(db);
}

enum place { FIRST_BYTE, MIDDLE_BYTE, LAST_BYTE, AFTER_NUL, PLACES };
static const char *const place_names[PLACES] = {"first byte", "middle byte", "last byte",
                                                "bytes behind a NUL"};

/* The value with one bit of one byte turned, as a bound parameter. False where there is no such
 * place. */
static bool bind_changed(sqlite3_stmt *set, sqlite3_stmt *get, enum place place)
{
        int type = sqlite3_column_type(get, 0), len = sqlite3_column_bytes(get, 0);
        char bytes[4096] = {0};
        if (type == SQLITE_INTEGER)
                return place == FIRST_BYTE &&
                       sqlite3_bind_int64(set, 1, sqlite3_column_int64(get, 0) ^ 256) == SQLITE_OK;
        if (len > (int)sizeof(bytes) - 8 || (place == AFTER_NUL && type != SQLITE_TEXT) ||
            (place != AFTER_NUL && len == 0))
                return false;
        if (len)
                memcpy(bytes, sqlite3_column_blob(get, 0), (size_t)len);
        if (place == AFTER_NUL) {
                memcpy(bytes + len, "\0more", 5);
                len += 5;
        } else {
                bytes[place == FIRST_BYTE ? 0 : place == MIDDLE_BYTE ? len / 2 : len - 1] ^= 1;
        }
        return (type == SQLITE_TEXT
                        ? sqlite3_bind_text(set, 1, bytes, len, SQLITE_TRANSIENT)
                        : sqlite3_bind_blob(set, 1, bytes, len, SQLITE_TRANSIENT)) == SQLITE_OK;
}

static bool change(const struct world *w, const char *table, const char *column, enum place place)
{
        sqlite3 *db = NULL;
        sqlite3_stmt *get = NULL, *set = NULL;
        AUTO_FREE char *read =
                xasprintf("SELECT %s, rowid FROM %s WHERE seq = %d", column, table, ENTRY);
        AUTO_FREE char *write = xasprintf("UPDATE %s SET %s = ?1 WHERE rowid = ?2", table, column);
        sql_or_die(db, sqlite3_open(w->path, &db), "open by hand");
        sql_or_die(db, sqlite3_prepare_v2(db, read, -1, &get, NULL), read);
        sql_or_die(db, sqlite3_prepare_v2(db, write, -1, &set, NULL), write);
        sql_or_die(db, sqlite3_step(get), read);
        sqlite3_bind_int64(set, 2, sqlite3_column_int64(get, 1));
        bool changed = bind_changed(set, get, place);
        sqlite3_reset(get);
        if (changed)
                sql_or_die(db, sqlite3_step(set), write);
        sqlite3_finalize(get);
        sqlite3_finalize(set);
        sqlite3_close(db);
        return changed;
}

static void test_bytes(const struct world *w, const char *table, const char *const *columns)
{
        for (; *columns; columns++) {
                int tried = 0;
                for (int place = 0; place < PLACES; place++) {
                        AUTO_FREE char *name =
                                xasprintf("%s.%s, %s", table, *columns, place_names[place]);
                        copy_desk(w);
                        if (!change(w, table, *columns, (enum place)place))
                                continue;
                        tried++;
                        expect_named(w, name, ENTRY);
                }
                if (tried)
                        continue;
                printf("not ok %s.%s: nothing to change\n", table, *columns);
                failures++;
        }
}

/* ---- rows
 * -------------------------------------------------------------------------------------------- */

static const struct {
        const char *name, *sql;
        int64_t entry;
} wrongs[] = {
        {"an entry is taken out", "DELETE FROM journal WHERE seq = 4", 4},
        {"the first entry is taken out", "DELETE FROM journal WHERE seq = 1", 1},
        {"the last entry is taken out", "DELETE FROM journal WHERE seq = 8", 8},
        {"all entries are taken out", "DELETE FROM journal", 1},
        {"two entries change places",
         "UPDATE journal SET seq = 99 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5;"
         "UPDATE journal SET seq = 5 WHERE seq = 99",
         4},
        {"an entry is written twice",
         "INSERT INTO journal SELECT 9, at, op, operator, note, what, count, prev, hash, signature,"
         " signer FROM journal WHERE seq = 8",
         9},
        {"a version is taken out", "PRAGMA foreign_keys=OFF; DELETE FROM version WHERE seq = 4", 4},
        {"a version is slipped in",
         "INSERT INTO version(id, modified, sha, flags, received, seq, bytes)"
         " SELECT id, modified + 1, sha, flags, received, 8, bytes FROM version WHERE seq = 4",
         8},
        {"a signature is put on another entry",
         "UPDATE journal SET (signature, signer) = (SELECT signature, signer FROM journal WHERE "
         "seq = 8)"
         " WHERE seq = 5",
         5},
        {"a signature without its key", "UPDATE journal SET signer = NULL WHERE seq = 4", 4},
        {"the schema is changed, and a note becomes NULL",
         "PRAGMA writable_schema=ON;"
         "UPDATE sqlite_schema SET sql = replace(sql, 'note TEXT NOT NULL', 'note TEXT')"
         " WHERE name = 'journal';"
         "PRAGMA writable_schema=RESET; UPDATE journal SET note = NULL WHERE seq = 4",
         4},
};

static void test_rows(const struct world *w)
{
        for (size_t i = 0; i < ARRAY_LEN(wrongs); i++) {
                copy_desk(w);
                run_sql(w, wrongs[i].sql);
                expect_named(w, wrongs[i].name, wrongs[i].entry);
        }
}

int main(void)
{
        static const char *const journal[] = {"seq",  "at",        "op",     "operator",
                                              "note", "what",      "count",  "prev",
                                              "hash", "signature", "signer", NULL};
        static const char *const version[] = {"vid",      "id",  "modified", "sha", "flags",
                                              "received", "seq", "bytes",    NULL};
        const char *dir = getenv("TMPDIR");
        struct words *words = words_create();
        struct world w = {.words = words};
        struct err err = {0};
        int64_t broken;
        must(crypt_start(&err), &err, "crypt");
        w.first = xasprintf("%s/tamper.db", dir ? dir : "/tmp");
        w.path = xasprintf("%s/tampered.db", dir ? dir : "/tmp");
        make_desk(&w);
        copy_desk(&w);
        must(verify(&w, &broken, &err), &err, "the desk as made");
        printf("ok the desk as made is sound\n");
        test_bytes(&w, "journal", journal);
        test_bytes(&w, "version", version);
        test_rows(&w);
        desk_remove(w.path);
        desk_remove(w.first);
        free(w.path);
        free(w.first);
        words_destroy(words);
        return failures > 0;
}
