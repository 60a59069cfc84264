/*
 * What came from where is in the journal: the rows of the exchange name their remote.
 */
#include "store/gone.h"

#include "base/clock.h"
#include "base/mem.h"
#include "store_private.h"

#define CAME                                                                                       \
        "SELECT DISTINCT v.id FROM version v CROSS JOIN journal j ON j.seq = v.seq"                \
        " WHERE j.op = 'sync' AND j.note = ?1"                                                     \
        " AND j.seq > (SELECT from_seq FROM remote WHERE id = ?2)"

static enum rc keep(struct store *s, int64_t remote, const char *id, bool there, int64_t now_ms,
                    struct err *err)
{
        if (there)
                return sql_do(s, err, "DELETE FROM gone WHERE remote = ?1 AND id = ?2", "it",
                              remote, id);
        return sql_do(s, err, "INSERT OR IGNORE INTO gone(remote, id, since) VALUES(?1, ?2, ?3)",
                      "iti", remote, id, now_ms);
}

static enum rc look_at_all(struct store *s, const struct remote *r,
                           bool (*is_there)(void *ctx, const char *id), void *ctx, int64_t now_ms,
                           struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, CAME, "ti", r->name, r->id);

        while (rc == RC_OK) {
                const char *id;

                arena_reset(&a);
                id = sql_text(stmt, 0, &a);
                rc = keep(s, r->id, id, is_there(ctx, id), now_ms, err);
                if (rc == RC_OK)
                        rc = sql_step(s, stmt, err);
        }
        if (rc == RC_NOTFOUND)
                return RC_OK;
        sqlite3_reset(stmt);
        return rc;
}

enum rc gone_find(struct store *s, const struct remote *r,
                  bool (*is_there)(void *ctx, const char *id), void *ctx, int64_t now_ms,
                  struct err *err)
{
        enum rc rc = store_begin(s, err);

        if (rc != RC_OK)
                return rc;
        rc = look_at_all(s, r, is_there, ctx, now_ms, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        if (rc != RC_OK)
                store_rollback(s);
        return rc;
}

enum rc gone_list(struct store *s, int64_t remote, size_t max, struct arena *a, struct gone **ret,
                  size_t *ret_count, struct err *err)
{
        size_t known = (size_t)gone_count(s, remote), count = 0;
        size_t room = known < max ? known : max;
        struct gone *list = arena_array(a, room + 1, sizeof(*list));
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT id, since FROM gone WHERE remote = ?1 ORDER BY id LIMIT ?2",
                               "ii", remote, (int64_t)room);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                list[count++] = (struct gone){sql_text(stmt, 0, a), sqlite3_column_int64(stmt, 1)};
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

int64_t gone_count(struct store *s, int64_t remote)
{
        sqlite3_stmt *stmt = NULL;
        int64_t count;

        if (sql_first(s, &stmt, NULL, "SELECT count(*) FROM gone WHERE remote = ?1", "i", remote) !=
            RC_OK)
                return 0;
        count = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return count;
}
