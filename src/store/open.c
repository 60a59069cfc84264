/*
 * How a file becomes a connection: modes, settings, and what is done where the folder can't be
 * written.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store_private.h"

#include "base/clock.h"

#define CACHE_KIB      8192
#define CACHE_BULK_KIB 22528 /* more made no load faster that was measured, less did slow it */
#define BULK_WAL_PAGES 16000 /* of STORE_PAGE_BYTES */

/* Waits in short steps: an importer leaves the lock free for one millisecond only. */
static int wait_for_lock(void *ctx, int tries)
{
        static const struct timespec brief = {.tv_nsec = 250 * 1000},
                                     longer = {.tv_nsec = 2000 * 1000};
        int waited_ms = tries < 400 ? tries / 4 : 100 + (tries - 400) * 2;

        (void)ctx;
        if (waited_ms > STORE_BUSY_MS)
                return 0;
        nanosleep(tries < 400 ? &brief : &longer, NULL);
        return 1;
}

/* A name that SQLite takes for a file whatever it is called. */
static char *plain_name(const char *path)
{
        return path[0] == '/' ? xstrdup(path) : xasprintf("./%s", path);
}

static enum rc open_as(struct store *s, const char *name, int flags, struct err *err)
{
        /* nobody asks SQLite how much memory it has: counting takes a lock at each allocation. Too
         * late, and refused, where SQLite runs already; then it was said before. */
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        if (sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                            NULL) != SQLITE_OK)
                return sql_fail(s, err);
        sqlite3_busy_handler(s->db, wait_for_lock, NULL);
        return RC_OK;
}

/* file:...?immutable=1, with every byte that a URI gives a meaning to written as %XX */
static char *immutable_uri(const char *path)
{
        AUTO_FREE char *name = plain_name(path);
        CLEANUP(str_finish) struct str uri = {0};

        str_init(&uri, 3 * strlen(name) + 64);
        str_add(&uri, "file:");
        for (const char *p = name; *p; p++) {
                if (strchr("%?#", *p) || (unsigned char)*p < 0x21 || (unsigned char)*p > 0x7e)
                        str_addf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
                else
                        str_addc(&uri, *p);
        }
        str_add(&uri, "?immutable=1");
        return str_take(&uri);
}

static bool has_wal(const struct store *s)
{
        AUTO_FREE char *wal = xasprintf("%s-wal", s->path);
        struct stat st;

        return stat(wal, &st) == 0 && st.st_size > 0;
}

/*
 * A file in WAL mode in a folder that can't be written needs the -shm file that it can't make.
 * Where no -wal is left everything is in the file, nobody here can change it, and it is read as it
 * is.
 */
static enum rc connect_immutable(struct store *s, struct err *err)
{
        AUTO_FREE char *uri = immutable_uri(s->path);

        if (has_wal(s))
                return err_set(err, RC_DENIED,
                               "%s can't be read: its newest changes are in %s-wal, and the folder "
                               "is read-only",
                               s->path, s->path);
        sqlite3_close(TAKE(s->db));
        return open_as(s, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
}

static enum rc connect_readonly(struct store *s, const char *name, struct err *err)
{
        enum rc rc = open_as(s, name, SQLITE_OPEN_READONLY, err);
        int code;

        s->readonly = true;
        if (rc != RC_OK)
                return rc;
        code = sqlite3_exec(s->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) & 0xff;
        if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
                return connect_immutable(s, err);
        return code == SQLITE_OK ? RC_OK : sql_fail(s, err);
}

static enum rc create_file(const struct store *s, bool *ret_created, struct err *err)
{
        int fd = open(s->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

        if (fd >= 0) {
                close(fd);
                *ret_created = true;
                return RC_OK;
        }
        if (errno == EEXIST)
                return RC_OK;
        return err_set(err, RC_FAIL, "%s can't be made: %s", s->path, strerror(errno));
}

static enum rc connect_writer(struct store *s, const char *name, struct err *err)
{
        char pragma[64];
        enum rc rc = open_as(s, name, SQLITE_OPEN_READWRITE, err);

        if (rc != RC_OK)
                return rc;
        if (sqlite3_db_readonly(s->db, "main") == 1)
                return err_set(err, RC_DENIED, "%s is read-only", s->path);
        snprintf(pragma, sizeof(pragma), "PRAGMA page_size=%d", STORE_PAGE_BYTES);
        return sql_exec(s, pragma, err); /* only tells in a file without pages */
}

enum rc open_connect(struct store *s, int mode, struct err *err)
{
        AUTO_FREE char *name = plain_name(s->path);
        bool created = false;
        struct stat st;
        enum rc rc;

        if (mode & STORE_CREATE) {
                rc = create_file(s, &created, err);
                if (rc != RC_OK)
                        return rc;
        } else if (stat(s->path, &st) != 0) {
                return err_set(err, errno == ENOENT || errno == ENOTDIR ? RC_NOTFOUND : RC_FAIL,
                               "%s: %s", s->path,
                               errno == ENOENT ? "there is no such database" : strerror(errno));
        }
        if ((mode & ~STORE_CREATE) == STORE_READ)
                rc = connect_readonly(s, name, err);
        else
                rc = connect_writer(s, name, err);
        if (rc == RC_OK)
                rc = schema_prepare(s, mode & STORE_CREATE, err);
        if (rc != RC_OK && created)
                unlink(s->path);
        return rc;
}

static enum rc configure_writer(struct store *s, struct err *err)
{
        char pragma[256];

        snprintf(pragma, sizeof(pragma),
                 "PRAGMA synchronous=%s; PRAGMA wal_autocheckpoint=%d; PRAGMA cache_size=-%d",
                 s->bulk ? "NORMAL" : "FULL", s->bulk ? BULK_WAL_PAGES : 0,
                 s->bulk ? CACHE_BULK_KIB : CACHE_KIB);
        return sql_exec(s, pragma, err);
}

enum rc store_set_bulk(struct store *s, bool bulk, struct err *err)
{
        enum rc rc = RC_OK;

        if (s->bulk == bulk || s->readonly)
                return RC_OK;
        if (s->bulk)
                rc = things_bulk_end(s, err);
        if (rc != RC_OK)
                return rc;
        s->bulk = bulk;
        for (size_t i = 0; i < s->table_count; i++)
                s->tables[i].merge_set = false; /* the next write looks again */
        return configure_writer(s, err);
}

void open_defend(struct store *s, bool yes)
{
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, yes, NULL);
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, !yes, NULL);
}

enum rc open_configure(struct store *s, struct err *err)
{
        enum rc rc;

        open_defend(s, true);
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        rc = sql_exec(s,
                      "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
                      "PRAGMA cell_size_check=ON; PRAGMA journal_size_limit=67108864",
                      err);
        if (rc != RC_OK)
                return rc;
        if (s->readonly)
                return sql_exec(s, "PRAGMA query_only=ON; PRAGMA cache_size=-8192", err);
        return configure_writer(s, err);
}
