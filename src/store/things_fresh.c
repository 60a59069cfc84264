/*
 * A second set of the tables of the kinds, which a rebuild fills beside those that boards read and
 * which then takes their place by their names alone. So who reads has the old rows until all of the
 * new are there, and one that ends early has changed nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/versions.h"

#include "store_private.h"

/* ---- who rebuilds ------------------------------------------------------------------------------
 */

/* The lock ends with the process. Consoles hold the same file by flock, which knows nothing of
 * this. */
static enum rc claim(struct store *s, struct err *err)
{
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

        if (s->rebuild_fd < 0)
                s->rebuild_fd = store_open_presence(s, O_CREAT);
        if (s->rebuild_fd < 0)
                return err_set(err, RC_FAIL, "%s.console can't be made: %s", s->path,
                               strerror(errno));
        if (fcntl(s->rebuild_fd, F_OFD_SETLK, &whole) == 0)
                return RC_OK;
        return err_set(err, RC_BUSY, "another program is rebuilding what the boards of %s show",
                       s->path);
}

static void give_up_claim(struct store *s)
{
        if (s->rebuild_fd >= 0)
                close(s->rebuild_fd);
        s->rebuild_fd = -1;
}

/* ---- sets of tables ----------------------------------------------------------------------------
 */

/* One that belongs to a set: an index before its table, which then is emptied faster; a virtual
 * table before those that it owns. */
static enum rc next_of(struct store *s, const char *set, const char *types, struct arena *a,
                       const char **ret_type, const char **ret_name, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL"
                               " AND instr(?2, type) AND name GLOB ?1 || '_*'"
                               " ORDER BY type, sql LIKE 'CREATE VIRTUAL%' DESC, name LIMIT 1",
                               "tt", set, types);

        if (rc != RC_OK)
                return rc;
        *ret_type = sql_text(stmt, 0, a);
        *ret_name = sql_text(stmt, 1, a);
        sqlite3_reset(stmt);
        return RC_OK;
}

static enum rc run(struct store *s, char *sql, struct err *err)
{
        enum rc rc = sql ? sql_exec(s, sql, err) : err_set(err, RC_FAIL, "no memory");

        sqlite3_free(sql);
        return rc;
}

/* Each in a transaction of its own, so that nobody waits for all of it. */
static enum rc drop_each(struct store *s, const char *set, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *type, *name;
        enum rc rc;

        while ((rc = next_of(s, set, "index table", &a, &type, &name, err)) == RC_OK) {
                rc = run(s, sqlite3_mprintf("DROP %s \"%w\"", type, name), err);
                if (rc != RC_OK)
                        return rc;
                store_checkpoint(s);
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* Nothing secret goes with them, all of it is in the versions: so the pages need not be
 * overwritten, which would hold the whole table in memory. */
static enum rc drop_set(struct store *s, const char *set, struct err *err)
{
        enum rc rc = sql_exec(s, "PRAGMA secure_delete=OFF", err), on;

        if (rc == RC_OK)
                rc = drop_each(s, set, err);
        on = sql_exec(s, "PRAGMA secure_delete=ON", err);
        return rc == RC_OK ? on : rc;
}

/* ALTER TABLE would read all of the schema anew for each table, and can't rename an index. Nothing
 * is moved: in the schema a name stands behind a blank or in quotes only, and what FTS5 has of its
 * own goes by the name of its table. */
static enum rc rename_set(struct store *s, const char *from, const char *to, struct err *err)
{
        const char *automatic = "sqlite_autoindex_";
        int behind = (int)strlen(from) + 1, behind_automatic = (int)strlen(automatic) + behind;
        int64_t version = 0;
        enum rc rc = sql_number(s, "PRAGMA schema_version", NULL, 0, &version, err);

        if (rc != RC_OK)
                return rc;
        open_defend(s, false);
        rc = run(s,
                 sqlite3_mprintf("UPDATE sqlite_schema SET tbl_name = '%q' || substr(tbl_name, %d),"
                                 " name = CASE WHEN name GLOB '%q*'"
                                 "  THEN '%q%q' || substr(name, %d)"
                                 "  ELSE '%q' || substr(name, %d) END,"
                                 " sql = replace(replace(replace(sql, ' %q_', ' %q_'),"
                                 "  '''%q_', '''%q_'), '\"%q_', '\"%q_')"
                                 " WHERE tbl_name GLOB '%q_*';"
                                 "UPDATE sqlite_sequence SET name = '%q' || substr(name, %d)"
                                 " WHERE name GLOB '%q_*';"
                                 "PRAGMA schema_version = %lld; PRAGMA writable_schema = RESET",
                                 to, behind, automatic, automatic, to, behind_automatic, to, behind,
                                 from, to, from, to, from, to, from, to, behind, from,
                                 (long long)version + 1),
                 err);
        open_defend(s, true);
        return rc;
}

/* ---- row ids -----------------------------------------------------------------------------------
 */

static enum rc last_rid(struct store *s, const char *set, const struct kind *kind, int64_t *ret,
                        struct err *err)
{
        char name[COLUMN_NAME];

        snprintf(name, sizeof(name), "%s_%s", set, kind->name);
        return sql_number(s, "SELECT max(seq) FROM sqlite_sequence WHERE name = ?1", name, 0, ret,
                          err);
}

static enum rc set_last_rid(struct store *s, const char *set, const struct kind *kind, int64_t last,
                            struct err *err)
{
        char name[COLUMN_NAME];
        enum rc rc;

        snprintf(name, sizeof(name), "%s_%s", set, kind->name);
        rc = sql_do(s, err, "DELETE FROM sqlite_sequence WHERE name = ?1", "t", (const char *)name);
        if (rc != RC_OK || last == 0)
                return rc;
        return sql_do(s, err, "INSERT INTO sqlite_sequence(name, seq) VALUES(?1, ?2)", "ti",
                      (const char *)name, last);
}

/* New row ids of `to` come behind those of both. */
static enum rc follow_rids(struct store *s, const char *from, const char *to, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < kind_count(); i++) {
                int64_t theirs = 0, ours = 0;

                rc = last_rid(s, from, kind_at(i), &theirs, err);
                if (rc == RC_OK)
                        rc = last_rid(s, to, kind_at(i), &ours, err);
                if (rc == RC_OK)
                        rc = set_last_rid(s, to, kind_at(i), ours > theirs ? ours : theirs, err);
        }
        return rc;
}

static enum rc look_for_rids(struct store *s, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++) {
                char name[COLUMN_NAME];
                int64_t there = 0;

                snprintf(name, sizeof(name), TABLES_SHOWN "_%s", s->tables[i].kind->name);
                rc = sql_number(s, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
                                name, 0, &there, err);
                s->tables[i].keeps_rids = there;
        }
        return rc;
}

/* ---- a rebuild ---------------------------------------------------------------------------------
 */

static enum rc make_fresh(struct store *s, int64_t *ret_vid, struct err *err)
{
        enum rc rc = store_begin(s, err);

        if (rc == RC_OK)
                rc = tables_make(s, TABLES_FRESH, err);
        if (rc == RC_OK)
                rc = follow_rids(s, TABLES_SHOWN, TABLES_FRESH, err);
        if (rc == RC_OK)
                rc = look_for_rids(s, err);
        if (rc == RC_OK)
                rc = version_last(s, ret_vid, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        store_rollback(s);
        return rc;
}

enum rc things_fresh_begin(struct store *s, int64_t *ret_vid, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc == RC_OK)
                rc = claim(s, err);
        if (rc == RC_OK)
                rc = drop_set(s, TABLES_STALE, err);
        if (rc == RC_OK)
                rc = drop_set(s, TABLES_FRESH, err);
        if (rc != RC_OK) {
                give_up_claim(s);
                return rc;
        }
        tables_turn(s, TABLES_FRESH);
        rc = make_fresh(s, ret_vid, err);
        if (rc != RC_OK)
                things_fresh_end(s);
        return rc == RC_BUSY ? RC_FAIL : rc;
}

enum rc things_fresh_show(struct store *s, struct err *err)
{
        enum rc rc = rename_set(s, TABLES_SHOWN, TABLES_STALE, err);

        if (rc == RC_OK)
                rc = rename_set(s, TABLES_FRESH, TABLES_SHOWN, err);
        if (rc == RC_OK)
                rc = follow_rids(s, TABLES_STALE, TABLES_SHOWN, err);
        return rc == RC_OK ? tables_stamp(s, err) : rc;
}

void things_fresh_end(struct store *s)
{
        store_rollback(s);
        tables_turn(s, TABLES_SHOWN);
        give_up_claim(s);
}

enum rc things_drop_unused(struct store *s, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *type, *name;
        enum rc rc = next_of(s, TABLES_STALE, "index table", &a, &type, &name, NULL);

        if (rc == RC_NOTFOUND)
                rc = next_of(s, TABLES_FRESH, "index table", &a, &type, &name, NULL);
        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        rc = claim(s, NULL);
        if (rc == RC_OK)
                rc = drop_set(s, TABLES_STALE, err);
        if (rc == RC_OK)
                rc = drop_set(s, TABLES_FRESH, err);
        give_up_claim(s);
        return rc == RC_BUSY ? RC_OK : rc;
}
