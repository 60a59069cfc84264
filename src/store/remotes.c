/*
 * Remotes: one row each, what was set up beside what was learnt.
 */
#include "store/remotes.h"

#include "base/clock.h"
#include "store_private.h"

#define LEARNT                                                                                     \
        "root, can_read, can_write, ordered, incomplete, unsteady, max_bytes, watermark, synced,"  \
        " tried, reconciled, next_try, told, failures, error, sent_vid, received, sent, refused,"  \
        " ahead, shut"
#define COLUMNS                                                                                    \
        "id, name, url, collection, auth, secret_file, user, cert_file, key_file, ca_file,"        \
        " ceiling, default_marking, " LEARNT

/* Reads the columns from left to right. */
struct reader {
        sqlite3_stmt *stmt;
        struct arena *a;
        int column;
};

static const char *next_text(struct reader *r)
{
        return sql_text(r->stmt, r->column++, r->a);
}

static int64_t next_number(struct reader *r)
{
        return sqlite3_column_int64(r->stmt, r->column++);
}

static bool next_bool(struct reader *r)
{
        return next_number(r) != 0;
}

static int64_t next_time(struct reader *r)
{
        if (sqlite3_column_type(r->stmt, r->column) != SQLITE_NULL)
                return next_number(r);
        r->column++;
        return CLOCK_NONE;
}

static void read_setup(struct reader *in, struct remote *r)
{
        r->id = next_number(in);
        r->name = next_text(in);
        r->url = next_text(in);
        r->collection = next_text(in);
        r->auth = (enum remote_auth)next_number(in);
        r->secret_file = next_text(in);
        r->user = next_text(in);
        r->cert_file = next_text(in);
        r->key_file = next_text(in);
        r->ca_file = next_text(in);
        r->ceiling = (int)next_number(in);
        r->default_marking = (int)next_number(in);
}

static void read_learnt(struct reader *in, struct remote *r)
{
        r->root = next_text(in);
        r->can_read = next_bool(in);
        r->can_write = next_bool(in);
        r->ordered = next_bool(in);
        r->incomplete = next_bool(in);
        r->unsteady = next_bool(in);
        r->max_bytes = next_number(in);
        r->watermark = next_text(in);
        r->synced_ms = next_time(in);
        r->tried_ms = next_time(in);
        r->reconciled_ms = next_time(in);
        r->next_try_ms = next_time(in);
        r->told_ms = next_time(in);
        r->failures = next_number(in);
        r->error = next_text(in);
        r->sent_vid = next_number(in);
        r->received = next_number(in);
        r->sent = next_number(in);
        r->refused = next_number(in);
        r->ahead_ms = next_time(in);
        r->shut = next_bool(in);
}

static void read_remote(sqlite3_stmt *stmt, struct arena *a, struct remote *ret)
{
        struct reader in = {.stmt = stmt, .a = a};

        read_setup(&in, ret);
        read_learnt(&in, ret);
}

static bool is_taken(struct store *s, const char *name)
{
        int64_t id = 0;

        return sql_number(s, "SELECT id FROM remote WHERE name = ?1", name, 0, &id, NULL) ==
                       RC_OK &&
               id != 0;
}

enum rc remote_add(struct store *s, const struct remote *r, int64_t *ret_id, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc == RC_OK && is_taken(s, r->name))
                return err_set(err, RC_CONFLICT, "there is a remote %s already", r->name);
        if (rc != RC_OK)
                return rc;
        rc = sql_do(s, err,
                    "INSERT INTO remote(name, url, collection, auth, secret_file, user, cert_file,"
                    " key_file, ca_file, ceiling, default_marking, from_seq)"
                    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
                    " (SELECT coalesce(max(seq), 0) FROM journal))",
                    "tttitttttii", r->name, r->url, r->collection, (int64_t)r->auth, r->secret_file,
                    r->user, r->cert_file, r->key_file, r->ca_file, (int64_t)r->ceiling,
                    (int64_t)r->default_marking);
        if (rc == RC_OK)
                *ret_id = sqlite3_last_insert_rowid(s->db);
        return rc;
}

static enum rc count_remotes(struct store *s, int64_t *ret, struct err *err)
{
        return sql_number(s, "SELECT count(*) FROM remote", NULL, 0, ret, err);
}

enum rc remote_list(struct store *s, struct arena *a, struct remote **ret, size_t *ret_count,
                    struct err *err)
{
        struct remote *list;
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        int64_t room = 0;
        enum rc rc = count_remotes(s, &room, err);

        if (rc != RC_OK)
                return rc;
        list = arena_array(a, (size_t)room + 1, sizeof(*list));
        rc = sql_first(s, &stmt, err, "SELECT " COLUMNS " FROM remote ORDER BY name LIMIT ?1", "i",
                       room);
        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                read_remote(stmt, a, &list[count++]);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc remote_by_name(struct store *s, const char *name, struct arena *a, struct remote *ret,
                       struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, "SELECT " COLUMNS " FROM remote WHERE name = ?1", "t",
                               name);

        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "there is no remote %s", name);
        if (rc != RC_OK)
                return rc;
        read_remote(stmt, a, ret);
        sqlite3_reset(stmt);
        return RC_OK;
}

/* After a statement that should have found its row. */
static enum rc must_have_hit(struct store *s, enum rc rc, struct err *err)
{
        if (rc == RC_OK && sqlite3_changes(s->db) == 0)
                return err_set(err, RC_NOTFOUND, "the remote was removed");
        return rc;
}

enum rc remote_drop(struct store *s, int64_t id, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc == RC_OK)
                rc = sql_do(s, err, "DELETE FROM remote WHERE id = ?1", "i", id);
        return must_have_hit(s, rc, err);
}

enum rc remote_save(struct store *s, const struct remote *r, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc == RC_OK)
                rc = sql_do(s, err,
                            "UPDATE remote SET (" LEARNT ") = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
                            " nullif(?10, ?21), nullif(?11, ?21), nullif(?12, ?21),"
                            " nullif(?13, ?21), nullif(?14, ?21), ?15, ?16, ?17, ?18, ?19, ?20,"
                            " nullif(?22, ?21), ?23) WHERE id = ?1",
                            "itiiiiiitiiiiiitiiiiiii", r->id, r->root, (int64_t)r->can_read,
                            (int64_t)r->can_write, (int64_t)r->ordered, (int64_t)r->incomplete,
                            (int64_t)r->unsteady, r->max_bytes, r->watermark, r->synced_ms,
                            r->tried_ms, r->reconciled_ms, r->next_try_ms, r->told_ms, r->failures,
                            r->error, r->sent_vid, r->received, r->sent, r->refused, CLOCK_NONE,
                            r->ahead_ms, (int64_t)r->shut);
        return must_have_hit(s, rc, err);
}

enum remote_health remote_health(const struct remote *r, int64_t now_ms)
{
        if (r->error)
                return REMOTE_OFFLINE;
        if (r->synced_ms == CLOCK_NONE)
                return REMOTE_NEW;
        return now_ms - r->synced_ms < REMOTE_STALE_MS ? REMOTE_LIVE : REMOTE_STALE;
}

const char *remote_state_name(const struct remote *r, int64_t now_ms)
{
        static const char *const names[] = {[REMOTE_NEW] = "new",
                                            [REMOTE_LIVE] = "live",
                                            [REMOTE_STALE] = "stale",
                                            [REMOTE_OFFLINE] = "offline"};

        return r->error && r->shut ? "refused" : names[remote_health(r, now_ms)];
}
