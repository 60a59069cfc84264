/*
 * A database that can't be used: not one, of a newer program, locked, read-only, on a full disk.
 * Each time the desk says so in a sentence that names the file, leaves the file as it is and loses
 * nothing that was saved.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "desk.h"

#define FILE_MOST      (64u * 1024 * 1024)
#define BUSY_MOST_MS   20000 /* the time-out is 5 s; a slow machine gets some more */
#define DISK_BYTES     "size=6m"
#define FULL_WITHIN    400 /* batches of 50 objects; a disk of 6 MB is full long before */
#define CHILD_SKIPPED  77
#define NOTES_REPORTED 20

struct world {
        const struct words *words;
        const char *dir;
        char *path;
};

static const char *const target = "incident--00000000-0000-4000-8000-000000000001";
static int failures;

static void say(bool good, const char *name, const char *why)
{
        printf("%s %s%s%s\n", good ? "ok" : "not ok", name, good ? "" : ": ", good ? "" : why);
        fflush(stdout);
        failures += !good;
}

static enum rc add_note(struct ops *ops, const char *text, struct err *err)
{
        return ops_do(
                ops, target,
                &(struct ops_request){.verb = "note", .text = text, .occurred_ms = CLOCK_NONE},
                err);
}

static int64_t notes_of(const struct world *w)
{
        struct ops ops = {0};
        struct err err = {0};
        int64_t count = 0;
        must(desk_open(w->path, STORE_READ, w->words, &ops, &err), &err, "open to count");
        must(desk_sound(&ops, &err), &err, "sound");
        must(thing_log_count(ops.store, target, &count, &err), &err, "count");
        ops_close(&ops);
        return count;
}

/* A desk with five incidents and one note, all of it in the one file. */
static void make_desk(const struct world *w)
{
        struct ops ops = {0};
        struct err err = {0};
        struct import_result r;
        AUTO_FREE char *document = desk_bundle(1, 5);
        desk_remove(w->path);
        must(desk_open(w->path, STORE_WRITE | STORE_CREATE, w->words, &ops, &err), &err, "make");
        must(desk_import(&ops, document, &r, &err), &err, "first import");
        must(add_note(&ops, "first", &err), &err, "first note");
        ops_close(&ops);
}

/* ---- files that are no database of ours
 * ---------------------------------------------------------- */

static bool is_unchanged(const char *path, const char *before, size_t len)
{
        char *after = NULL;
        size_t after_len = 0;
        struct err err = {0};
        must(file_read(path, FILE_MOST, &after, &after_len, &err), &err, "read again");
        bool same = after_len == len && memcmp(before, after, len) == 0;
        free(after);
        return same;
}

/* Opening w->path in every mode must give rc, with a sentence that has the path and `word`. */
static void expect_refusal(const struct world *w, const char *name, enum rc want, const char *word)
{
        static const int modes[] = {STORE_READ, STORE_WRITE, STORE_BULK,
                                    STORE_WRITE | STORE_CREATE};
        AUTO_FREE char *wal = xasprintf("%s-wal", w->path);
        AUTO_FREE char *before = NULL;
        size_t len = 0;
        struct err err = {0};
        must(file_read(w->path, FILE_MOST, &before, &len, &err), &err, name);
        for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
                struct ops ops = {0};
                err_clear(&err);
                enum rc rc = desk_open(w->path, modes[i], w->words, &ops, &err);
                AUTO_FREE char *why =
                        xasprintf("mode %d gives %d, \"%s\"", modes[i], (int)rc, err.text);
                bool good = rc == want && strstr(err.text, w->path) && strstr(err.text, word) &&
                            is_unchanged(w->path, before, len) && !file_exists(wal);
                AUTO_FREE char *what = xasprintf("%s, mode %d", name, modes[i]);
                say(good, what, why);
                ops_close(&ops);
        }
}

static void write_file(const char *path, const char *bytes, size_t len)
{
        struct err err = {0};
        desk_remove(path);
        must(file_replace(path, bytes, len, &err), &err, "write a file");
}

static void run_sql(const char *path, const char *sql)
{
        sqlite3 *db = NULL;
        if (sqlite3_open(path, &db) != SQLITE_OK ||
            sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
                printf("not ok %s: %s\n", sql, sqlite3_errmsg(db));
                exit(1);
        }
        sqlite3_close(db);
}

static void test_strangers(const struct world *w)
{
        static const char text[] =
                "severity,title\nhigh,\"not a database at all, but longer than a header\"\n"
                "and some more of the same, and some more of the same\n";
        char noise[8192];
        for (size_t i = 0; i < sizeof(noise); i++)
                noise[i] = (char)(i * 131 + (i >> 3));
        write_file(w->path, text, sizeof(text) - 1);
        expect_refusal(w, "a text file", RC_INVALID, "not a Muster database");
        memcpy(noise, "SQLite format 3", 16);
        write_file(w->path, noise, sizeof(noise));
        expect_refusal(w, "noise behind the right header", RC_INVALID, "");
        desk_remove(w->path);
        run_sql(w->path, "CREATE TABLE recipe(name TEXT); INSERT INTO recipe VALUES('soup')");
        expect_refusal(w, "the database of another program", RC_INVALID, "not a Muster database");
}

static void test_newer(const struct world *w)
{
        make_desk(w);
        run_sql(w->path, "PRAGMA user_version=999; PRAGMA journal_mode=DELETE");
        expect_refusal(w, "a newer schema", RC_INVALID, "newer");
}

/* The first half of a database: refused when opened or found by doctor, never changed by looking.
 */
static void test_half(const struct world *w)
{
        AUTO_FREE char *bytes = NULL;
        size_t len = 0;
        struct err err = {0};
        struct ops ops = {0};
        make_desk(w);
        must(file_read(w->path, FILE_MOST, &bytes, &len, &err), &err, "half");
        write_file(w->path, bytes, len / 2);
        enum rc rc = desk_open(w->path, STORE_READ, w->words, &ops, &err);
        if (rc == RC_OK)
                rc = desk_sound(&ops, &err);
        ops_close(&ops);
        say(rc != RC_OK && err.text[0] && is_unchanged(w->path, bytes, len / 2), "half a database",
            rc == RC_OK ? "it counts as sound" : "no sentence, or the file was changed");
}

/* ---- locked
 * --------------------------------------------------------------------------------------- */

static pid_t hold(const char *path, const char *sql, int *ret_release)
{
        int ready[2], release[2];
        char byte = 0;
        if (pipe(ready) != 0 || pipe(release) != 0)
                exit(1);
        pid_t pid = fork();
        if (pid == 0) {
                sqlite3 *db = NULL;
                close(release[1]);
                if (sqlite3_open(path, &db) != SQLITE_OK ||
                    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
                        _exit(1);
                ssize_t n = write(ready[1], "x", 1);
                n += read(release[0], &byte, 1);
                sqlite3_close(db);
                _exit(n < 1);
        }
        close(release[0]);
        close(ready[1]);
        if (read(ready[0], &byte, 1) != 1) {
                printf("not ok the child could not lock\n");
                exit(1);
        }
        close(ready[0]);
        *ret_release = release[1];
        return pid;
}

static void let_go(pid_t pid, int release)
{
        int status;
        close(release);
        waitpid(pid, &status, 0);
}

static void test_locked(const struct world *w)
{
        struct ops ops = {0};
        struct err err = {0};
        int release;
        make_desk(w);
        pid_t pid = hold(w->path, "BEGIN EXCLUSIVE", &release);
        must(desk_open(w->path, STORE_WRITE, w->words, &ops, &err), &err, "open beside a writer");
        int64_t began = clock_mono_ns();
        enum rc rc = add_note(&ops, "while locked", &err);
        long ms = (long)((clock_mono_ns() - began) / 1000000);
        AUTO_FREE char *why = xasprintf("rc %d after %ld ms, \"%s\"", (int)rc, ms, err.text);
        say(rc == RC_BUSY && strstr(err.text, w->path) && strstr(err.text, "locked") &&
                    ms < BUSY_MOST_MS,
            "a locked database is busy, and says so", why);
        let_go(pid, release);
        err_clear(&err);
        rc = add_note(&ops, "afterwards", &err);
        ops_close(&ops);
        say(rc == RC_OK && notes_of(w) == 2, "the same note goes in when the lock is gone",
            err.text);
}

static void test_hogged(const struct world *w)
{
        struct ops ops = {0};
        struct err err = {0};
        int release;
        make_desk(w);
        pid_t pid = hold(w->path,
                         "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE;"
                         "UPDATE meta SET value = value; COMMIT",
                         &release);
        enum rc rc = desk_open(w->path, STORE_WRITE, w->words, &ops, &err);
        AUTO_FREE char *why = xasprintf("rc %d, \"%s\"", (int)rc, err.text);
        say(rc == RC_BUSY && strstr(err.text, w->path), "a database held by one program alone",
            why);
        ops_close(&ops);
        let_go(pid, release);
        say(notes_of(w) == 1, "and nothing of it is lost", "notes are missing");
}

/* ---- in a child without root's privilege over modes
 * ------------------------------------------------ */

static bool obey_modes(void)
{
        struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
        struct __user_cap_data_struct none[2] = {{0}, {0}};
        return syscall(SYS_capset, &head, none) == 0;
}

static int in_child(const struct world *w, int (*fn)(const struct world *))
{
        int status = 0;
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
                int rc = fn(w);
                fflush(stdout);
                _exit(rc);
        }
        waitpid(pid, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static bool refuses(const struct world *w, int mode, const char *word, struct err *err)
{
        struct ops ops = {0};
        enum rc rc = desk_open(w->path, mode, w->words, &ops, err);
        if (rc == RC_OK)
                rc = add_note(&ops, "must not be kept", err);
        ops_close(&ops);
        return rc != RC_OK && strstr(err->text, w->path) && strstr(err->text, word);
}

static bool can_read(const struct world *w, struct err *err)
{
        struct ops ops = {0};
        struct arena a;
        struct ops_view view;
        arena_init(&a);
        enum rc rc = desk_open(w->path, STORE_READ, w->words, &ops, err);
        if (rc == RC_OK)
                rc = ops_view(&ops, target, CLOCK_NONE, &a, &view, err);
        arena_finish(&a);
        ops_close(&ops);
        return rc == RC_OK;
}

static int modes_bind(const struct world *w)
{
        struct err err = {0};
        if (!obey_modes())
                return CHILD_SKIPPED;
        chmod(w->path, 0400);
        say(refuses(w, STORE_WRITE, "read-only", &err), "a read-only file is not written",
            err.text);
        err_clear(&err);
        say(can_read(w, &err), "a read-only file is read", err.text);
        chmod(w->dir, 0500);
        err_clear(&err);
        say(refuses(w, STORE_WRITE, "read-only", &err), "nor in a read-only folder", err.text);
        err_clear(&err);
        say(can_read(w, &err), "a read-only file in a read-only folder is read", err.text);
        chmod(w->path, 0600);
        err_clear(&err);
        say(refuses(w, STORE_WRITE, "", &err), "a file in a read-only folder is not written",
            err.text);
        chmod(w->path, 0000);
        err_clear(&err);
        say(refuses(w, STORE_READ, "", &err), "an unreadable file says so", err.text);
        err_clear(&err);
        say(refuses(w, STORE_WRITE, "", &err), "an unreadable file is not written", err.text);
        chmod(w->dir, 0700);
        chmod(w->path, 0600);
        return failures > 0;
}

static void test_modes(const struct world *w)
{
        struct world inner = *w;
        AUTO_FREE char *dir = xasprintf("%s/modes", w->dir);
        AUTO_FREE char *path = xasprintf("%s/desk.db", dir);
        inner.dir = dir;
        inner.path = path;
        mkdir(dir, 0700);
        make_desk(&inner);
        int rc = in_child(&inner, modes_bind);
        if (rc == CHILD_SKIPPED)
                printf("ok read-only files and folders # SKIP modes do not bind here\n");
        else
                failures += rc != 0;
        say(notes_of(&inner) == 1, "and nothing of it is lost", "the notes changed");
        desk_remove(inner.path);
}

/* ---- a full disk
 * ------------------------------------------------------------------------------------ */

static bool fill(struct ops *ops, struct err *err)
{
        struct import_result r;
        for (unsigned i = 0; i < FULL_WITHIN; i++) {
                AUTO_FREE char *document = desk_bundle(100 + 50 * i, 50);
                err_clear(err);
                if (desk_import(ops, document, &r, err) != RC_OK)
                        return true;
        }
        return false;
}

static void write_on_full(const struct world *w, struct ops *ops)
{
        struct err err = {0};
        struct store_stats before, after;
        for (int i = 0; i < NOTES_REPORTED; i++)
                must(add_note(ops, "while there is room", &err), &err, "note");
        bool full = fill(ops, &err);
        say(full && strstr(err.text, "full"), "an import on a full disk says so", err.text);
        must(store_stats(ops->store, &before, &err), &err, "count");
        enum rc rc = RC_OK;
        int64_t more = 0;
        for (; rc == RC_OK && more < 100000; more++) {
                err_clear(&err);
                rc = add_note(ops, "a note", &err);
        }
        say(rc == RC_FAIL && strstr(err.text, "full"), "so does a note", err.text);
        err_clear(&err);
        must(store_stats(ops->store, &after, &err), &err, "count again");
        say(after.notes + after.acts == before.notes + before.acts + more - 1,
            "what was refused is not there", "the counts differ");
        ops_close(ops);
        must(mount(NULL, w->dir, NULL, MS_REMOUNT, "size=64m") == 0 ? RC_OK : RC_FAIL,
             &(struct err){.text = "remount"}, "more room");
        say(notes_of(w) == 1 + NOTES_REPORTED + more - 1, "what was reported is there",
            "notes differ");
}

static int disk_fills(const struct world *w)
{
        struct ops ops = {0};
        struct err err = {0};
        if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
            mount("muster", w->dir, "tmpfs", 0, DISK_BYTES) != 0)
                return CHILD_SKIPPED;
        failures = 0;
        make_desk(w);
        must(desk_open(w->path, STORE_WRITE, w->words, &ops, &err), &err, "open on a small disk");
        write_on_full(w, &ops);
        must(desk_open(w->path, STORE_WRITE, w->words, &ops, &err), &err, "open with room");
        must(add_note(&ops, "with room again", &err), &err, "note with room");
        ops_close(&ops);
        return failures > 0;
}

static void test_full(const struct world *w)
{
        struct world inner = *w;
        AUTO_FREE char *dir = xasprintf("%s/full", w->dir);
        AUTO_FREE char *path = xasprintf("%s/desk.db", dir);
        inner.dir = dir;
        inner.path = path;
        mkdir(dir, 0700);
        int rc = in_child(&inner, disk_fills);
        if (rc == CHILD_SKIPPED)
                printf("ok a full disk # SKIP no file system can be mounted here; test_io fails "
                       "each write\n");
        else
                failures += rc != 0;
}

int main(void)
{
        const char *tmp = getenv("TMPDIR");
        struct words *words = words_create();
        struct world w = {.words = words};
        struct err err = {0};
        AUTO_FREE char *dir = xasprintf("%s/database.XXXXXX", tmp ? tmp : "/tmp");
        must(crypt_start(&err), &err, "crypt");
        w.dir = mkdtemp(dir);
        w.path = xasprintf("%s/desk.db", w.dir);
        test_strangers(&w);
        test_newer(&w);
        test_half(&w);
        test_locked(&w);
        test_hogged(&w);
        test_modes(&w);
        test_full(&w);
        desk_remove(w.path);
        free(w.path);
        words_destroy(words);
        return failures > 0;
}
