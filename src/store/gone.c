/*
 * What came from where is in the journal: the rows of the exchange name their remote.
 */
#include "store/gone.h"

#include "base/clock.h"
#include "base/mem.h"
#include "store_private.h"

#define PER_COMMIT 500

/* Each with whether it is on the list. */
#define CAME                                                                                       \
        "SELECT DISTINCT v.id, EXISTS (SELECT 1 FROM gone g WHERE g.remote = ?2 AND g.id = v.id)"  \
        " FROM version v CROSS JOIN journal j ON j.seq = v.seq"                                    \
        " WHERE j.op = 'sync' AND j.note = ?1"                                                     \
        " AND j.seq > (SELECT from_seq FROM remote WHERE id = ?2)"

/* What the list says wrongly. */
struct changes {
        struct arena a;
        struct change {
                const char *id;
                bool there;
        } * items;
        size_t count, room;
};

static void note(struct changes *c, sqlite3_stmt *stmt, bool there)
{
        c->items = arena_grow(&c->a, c->items, c->count, &c->room, sizeof(*c->items));
        c->items[c->count++] = (struct change){sql_text(stmt, 0, &c->a), there};
}

static enum rc look_at_all(struct store *s, const struct remote *r,
                           bool (*is_there)(void *ctx, const char *id), void *ctx,
                           struct changes *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, CAME, "ti", r->name, r->id);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                bool there, listed = sqlite3_column_int(stmt, 1) != 0;

                arena_reset(&a);
                there = is_there(ctx, sql_text(stmt, 0, &a));
                if (there == listed)
                        note(ret, stmt, there);
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The remote may have been removed meanwhile. */
static enum rc keep(struct store *s, int64_t remote, const struct change *c, int64_t now_ms,
                    struct err *err)
{
        if (c->there)
                return sql_do(s, err, "DELETE FROM gone WHERE remote = ?1 AND id = ?2", "it",
                              remote, c->id);
        return sql_do(s, err,
                      "INSERT OR IGNORE INTO gone(remote, id, since)"
                      " SELECT id, ?2, ?3 FROM remote WHERE id = ?1",
                      "iti", remote, c->id, now_ms);
}

static enum rc keep_some(struct store *s, int64_t remote, const struct change *c, size_t count,
                         int64_t now_ms, struct err *err)
{
        enum rc rc = store_begin(s, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = keep(s, remote, &c[i], now_ms, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        if (rc != RC_OK)
                store_rollback(s);
        return rc;
}

enum rc gone_find(struct store *s, const struct remote *r,
                  bool (*is_there)(void *ctx, const char *id), void *ctx, int64_t now_ms,
                  struct err *err)
{
        struct changes c = {0};
        enum rc rc = look_at_all(s, r, is_there, ctx, &c, err);

        for (size_t i = 0; rc == RC_OK && i < c.count; i += PER_COMMIT)
                rc = keep_some(s, r->id, &c.items[i],
                               c.count - i < PER_COMMIT ? c.count - i : PER_COMMIT, now_ms, err);
        arena_finish(&c.a);
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
