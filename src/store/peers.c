#include "store/peers.h"

#include "base/mem.h"
#include "store_private.h"

#define TOGETHER_MS 60000 /* of what came in together the farthest ahead counts */

enum rc peer_clock_put(struct store *s, const struct peer_clock *p, struct err *err)
{
        return sql_do(s, err,
                      "INSERT INTO peer_clock(console, unit, operator, ahead, seen)"
                      " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(console) DO UPDATE SET"
                      " unit = ?2, operator = ?3, seen = ?5,"
                      " ahead = iif(seen > ?5 - ?6, max(ahead, ?4), ?4)",
                      "tttiii", p->console, p->unit, p->operator, p->ahead_ms, p->seen_ms,
                      (int64_t)TOGETHER_MS);
}

static void read_peer(sqlite3_stmt *stmt, struct arena *a, struct peer_clock *ret)
{
        *ret = (struct peer_clock){.console = sql_text(stmt, 0, a),
                                   .unit = sql_text(stmt, 1, a),
                                   .operator= sql_text(stmt, 2, a),
                                   .ahead_ms = sqlite3_column_int64(stmt, 3),
                                   .seen_ms = sqlite3_column_int64(stmt, 4)};
}

enum rc peer_clock_list(struct store *s, int64_t since_ms, struct arena *a, struct peer_clock **ret,
                        size_t *ret_count, struct err *err)
{
        struct peer_clock *list = arena_array(a, PEERS_MAX, sizeof(*list));
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT console, unit, operator, ahead, seen FROM peer_clock"
                               " WHERE seen >= ?1 ORDER BY ahead DESC, console LIMIT ?2",
                               "ii", since_ms, (int64_t)PEERS_MAX);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                read_peer(stmt, a, &list[count++]);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}
