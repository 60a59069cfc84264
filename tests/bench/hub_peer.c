/*
 * The bare work behind a hub, as a yardstick, on what a hub's DATABASE holds:
 *
 *   hub_peer read DATABASE EACH  ->  pages= bytes= wall_ms=
 *       SQLite reads pages of EACH objects and writes them to a socket; the other end reads them
 *       and asks for the next one
 *   hub_peer post DATABASE SCRATCH EACH  ->  objects= posts= wall_ms=
 *       SQLite inserts the same rows into a fresh file with the same tables, indexes and pragmas,
 *       EACH to a transaction, each with its fsync
 */
#include <netinet/in.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* As the hub's own connection has them (src/hub/backend_sqlite.c). */
static const char pragmas[] =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=2000";

static double now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void die(const char *what)
{
        fprintf(stderr, "hub_peer: %s\n", what);
        exit(1);
}

static sqlite3 *open_db(const char *path, bool writes)
{
        sqlite3 *db = NULL;
        int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
        if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
                die(path);
        return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
        sqlite3_stmt *st = NULL;
        if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
                die(sqlite3_errmsg(db));
        return st;
}

static void run(sqlite3 *db, const char *sql)
{
        if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
                die(sqlite3_errmsg(db));
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static void send_all(int fd, const void *bytes, size_t len)
{
        for (const char *p = bytes; len;) {
                ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
                if (n <= 0)
                        die("send");
                p += n;
                len -= (size_t)n;
        }
}

static void recv_all(int fd, void *to, size_t len)
{
        for (char *p = to; len;) {
                ssize_t n = recv(fd, p, len, 0);
                if (n <= 0)
                        die("recv");
                p += n;
                len -= (size_t)n;
        }
}

static void connect_pair(int fds[2])
{
        struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t len = sizeof(at);
        int door = socket(AF_INET, SOCK_STREAM, 0);
        if (bind(door, (struct sockaddr *)&at, len) != 0 || listen(door, 1) != 0 ||
            getsockname(door, (struct sockaddr *)&at, &len) != 0)
                die("listen");
        fds[0] = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fds[0], (struct sockaddr *)&at, len) != 0)
                die("connect");
        fds[1] = accept(door, NULL, NULL);
        close(door);
}

struct serving {
        sqlite3 *db;
        long each;
        int fd;
};

struct buffer {
        char *bytes;
        size_t len, room;
};

static void add(struct buffer *b, const void *bytes, size_t len)
{
        if (b->len + len > b->room) {
                b->room = (b->len + len) * 2;
                b->bytes = realloc(b->bytes, b->room);
        }
        memcpy(b->bytes + b->len, bytes, len);
        b->len += len;
}

/* Waits for a byte, answers with a page: how long it is, then its bytes; 0: it was the last. */
static void *serve(void *ctx)
{
        struct serving *s = ctx;
        sqlite3_stmt *st = prepare(s->db, "SELECT added, bytes FROM object WHERE collection = 1 "
                                          "AND added > ?1 ORDER BY added LIMIT ?2");
        sqlite3_int64 after = -1;
        struct buffer page = {0};
        char asked;
        do {
                recv_all(s->fd, &asked, 1);
                page.len = 0;
                sqlite3_bind_int64(st, 1, after);
                sqlite3_bind_int64(st, 2, s->each);
                while (sqlite3_step(st) == SQLITE_ROW) {
                        after = sqlite3_column_int64(st, 0);
                        add(&page, sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1));
                }
                sqlite3_reset(st);
                send_all(s->fd, &page.len, sizeof(page.len));
                send_all(s->fd, page.bytes, page.len);
        } while (page.len);
        free(page.bytes);
        sqlite3_finalize(st);
        return NULL;
}

static void read_pages(const char *path, long each)
{
        static char piece[65536];
        struct serving s = {.db = open_db(path, false), .each = each};
        pthread_t thread;
        size_t len, bytes = 0;
        long pages = 0;
        int fds[2];
        connect_pair(fds);
        s.fd = fds[1];
        double began = now_ms();
        if (pthread_create(&thread, NULL, serve, &s) != 0)
                die("thread");
        for (;;) {
                send_all(fds[0], "?", 1);
                recv_all(fds[0], &len, sizeof(len));
                if (!len)
                        break;
                pages++;
                bytes += len;
                while (len) {
                        size_t n = len < sizeof(piece) ? len : sizeof(piece);
                        recv_all(fds[0], piece, n);
                        len -= n;
                }
        }
        printf("pages=%ld bytes=%zu wall_ms=%.2f\n", pages, bytes, now_ms() - began);
        pthread_join(thread, NULL);
        sqlite3_close(s.db);
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static void copy_schema(sqlite3 *from, sqlite3 *to)
{
        sqlite3_stmt *st = prepare(from, "SELECT sql FROM sqlite_schema WHERE sql NOT NULL "
                                         "ORDER BY type DESC, rowid");
        while (sqlite3_step(st) == SQLITE_ROW)
                run(to, (const char *)sqlite3_column_text(st, 0));
        sqlite3_finalize(st);
}

static void copy_collections(sqlite3 *from, sqlite3 *to)
{
        sqlite3_stmt *in = prepare(from, "SELECT key, id, title FROM collection");
        sqlite3_stmt *out =
                prepare(to, "INSERT INTO collection(key, id, title) VALUES(?1, ?2, ?3)");
        while (sqlite3_step(in) == SQLITE_ROW) {
                for (int i = 0; i < 3; i++)
                        sqlite3_bind_value(out, i + 1, sqlite3_column_value(in, i));
                sqlite3_step(out);
                sqlite3_reset(out);
        }
        sqlite3_finalize(in);
        sqlite3_finalize(out);
}

#define COLUMNS 8

/* Reads so many rows, then inserts them: only the latter counts. */
static long copy_batch(sqlite3_stmt *in, sqlite3_stmt *out, sqlite3 *to, long each, double *ms)
{
        sqlite3_value **rows = calloc((size_t)each * COLUMNS, sizeof(*rows));
        long count = 0;
        while (count < each && sqlite3_step(in) == SQLITE_ROW) {
                for (int i = 0; i < COLUMNS; i++)
                        rows[count * COLUMNS + i] = sqlite3_value_dup(sqlite3_column_value(in, i));
                count++;
        }
        double began = now_ms();
        run(to, "BEGIN IMMEDIATE");
        for (long row = 0; row < count; row++) {
                for (int i = 0; i < COLUMNS; i++)
                        sqlite3_bind_value(out, i + 1, rows[row * COLUMNS + i]);
                if (sqlite3_step(out) != SQLITE_DONE)
                        die(sqlite3_errmsg(to));
                sqlite3_reset(out);
        }
        run(to, "COMMIT");
        *ms += now_ms() - began;
        for (long i = 0; i < count * COLUMNS; i++)
                sqlite3_value_free(rows[i]);
        free(rows);
        return count;
}

static void write_batches(const char *path, const char *scratch, long each)
{
        sqlite3 *from = open_db(path, false), *to = open_db(scratch, true);
        double ms = 0;
        long objects = 0, posts = 0, count;
        run(to, "PRAGMA page_size=8192");
        run(to, pragmas);
        copy_schema(from, to);
        copy_collections(from, to);
        sqlite3_stmt *in = prepare(from, "SELECT collection, added, id, version_ns, version, type, "
                                         "spec, bytes FROM object ORDER BY key");
        sqlite3_stmt *out = prepare(to, "INSERT INTO object(collection, added, id, version_ns, "
                                        "version, type, spec, bytes) "
                                        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        do {
                count = copy_batch(in, out, to, each, &ms);
                objects += count;
                posts += count > 0;
        } while (count == each);
        printf("objects=%ld posts=%ld wall_ms=%.0f\n", objects, posts, ms);
        sqlite3_finalize(in);
        sqlite3_finalize(out);
        sqlite3_close(from);
        sqlite3_close(to);
}

int main(int argc, char **argv)
{
        if (argc == 4 && strcmp(argv[1], "read") == 0)
                read_pages(argv[2], strtol(argv[3], NULL, 10));
        else if (argc == 5 && strcmp(argv[1], "post") == 0)
                write_batches(argv[2], argv[3], strtol(argv[4], NULL, 10));
        else
                return 2;
        return 0;
}
