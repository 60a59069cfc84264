/*
 * What of ours waits for a remote, and what was held back or refused on its way there.
 */
#include "base/clock.h"
#include "store/remotes.h"
#include "store/versions.h"
#include "store_private.h"

/* Of the versions behind the cursor of ?1 those that nothing is known of. */
#define WAITING                                                                                    \
        " FROM outbox o JOIN version v ON v.vid = o.vid WHERE o.vid > ?2 AND NOT EXISTS"           \
        " (SELECT 1 FROM delivery d WHERE d.remote = ?1 AND d.vid = o.vid)"
#define AGAIN                                                                                      \
        " FROM delivery d JOIN version v ON v.vid = d.vid WHERE d.remote = ?1 AND d.again"         \
        " AND ?2 IS NOT NULL"

static enum rc list_versions(struct store *s, const char *sql, const struct remote *r, size_t max,
                             struct arena *a, struct version **ret, size_t *ret_count,
                             struct err *err)
{
        struct version *list = arena_array(a, max ? max : 1, sizeof(*list));
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, sql, "iii", r->id, r->sent_vid, (int64_t)max);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                version_read(stmt, a, &list[count++]);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc delivery_waiting(struct store *s, const struct remote *r, size_t max, struct arena *a,
                         struct version **ret, size_t *ret_count, struct err *err)
{
        return list_versions(s, "SELECT " VERSION_COLUMNS WAITING " ORDER BY o.vid LIMIT ?3", r,
                             max, a, ret, ret_count, err);
}

enum rc delivery_again(struct store *s, const struct remote *r, size_t max, struct arena *a,
                       struct version **ret, size_t *ret_count, struct err *err)
{
        return list_versions(s, "SELECT " VERSION_COLUMNS AGAIN " ORDER BY d.vid LIMIT ?3", r, max,
                             a, ret, ret_count, err);
}

/* The range of the outbox is counted without looking at what is known of each. */
int64_t delivery_count(struct store *s, const struct remote *r)
{
        sqlite3_stmt *stmt = NULL;
        int64_t count;

        if (sql_first(s, &stmt, NULL,
                      "SELECT (SELECT count(*) FROM outbox WHERE vid > ?2)"
                      " - (SELECT count(*) FROM delivery d WHERE remote = ?1 AND vid > ?2"
                      "    AND EXISTS (SELECT 1 FROM outbox o WHERE o.vid = d.vid))"
                      " + (SELECT count(*) FROM delivery WHERE remote = ?1 AND again)",
                      "ii", r->id, r->sent_vid) != RC_OK)
                return 0;
        count = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return count;
}

enum rc delivery_last_act(struct store *s, const struct remote *r, struct arena *a,
                          const char **ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT v.id FROM outbox o JOIN version v ON v.vid = o.vid"
                               " WHERE o.vid <= ?2 AND v.id GLOB 'note--*' AND NOT EXISTS"
                               " (SELECT 1 FROM delivery d WHERE d.remote = ?1 AND d.vid = o.vid)"
                               " ORDER BY o.vid DESC LIMIT 1",
                               "ii", r->id, r->sent_vid);

        if (rc != RC_OK)
                return rc;
        *ret = sql_text(stmt, 0, a);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc delivery_put(struct store *s, const struct delivery *d, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc != RC_OK)
                return rc;
        return sql_do(s, err,
                      "INSERT OR REPLACE INTO delivery(remote, vid, state, why, at, tries)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                      "iiitii", d->remote, d->vid, (int64_t)d->state, d->why ? d->why : "",
                      d->at_ms, d->tries);
}

enum rc delivery_done(struct store *s, int64_t remote, int64_t vid, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        return rc == RC_OK ? sql_do(s, err, "DELETE FROM delivery WHERE remote = ?1 AND vid = ?2",
                                    "ii", remote, vid)
                           : rc;
}

/* One that another program wrote is shown as held. */
static enum delivery_state state_of(int64_t number)
{
        return number < 0 || number > DELIVERY_DROPPED ? DELIVERY_HELD
                                                       : (enum delivery_state)number;
}

static void read_delivery(sqlite3_stmt *stmt, struct arena *a, struct delivery *ret)
{
        *ret = (struct delivery){
                .remote = sqlite3_column_int64(stmt, 0),
                .vid = sqlite3_column_int64(stmt, 1),
                .state = state_of(sqlite3_column_int64(stmt, 2)),
                .why = sql_text(stmt, 3, a),
                .object = sql_text(stmt, 4, a),
                .at_ms = sqlite3_column_int64(stmt, 5),
                .tries = sqlite3_column_int64(stmt, 6),
        };
}

#define SHOWN " FROM delivery WHERE remote = ?1 AND (?2 < 0 OR state = ?2) AND NOT again"

static enum rc count_shown(struct store *s, int64_t remote, int state, int64_t *ret,
                           struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err, "SELECT count(*)" SHOWN, "ii", remote, (int64_t)state);

        if (rc != RC_OK)
                return rc;
        *ret = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

int64_t delivery_tally(struct store *s, int64_t remote, enum delivery_state state)
{
        int64_t count = 0;

        return count_shown(s, remote, (int)state, &count, NULL) == RC_OK ? count : 0;
}

enum rc delivery_list(struct store *s, int64_t remote, int state, struct arena *a,
                      struct delivery **ret, size_t *ret_count, struct err *err)
{
        struct delivery *list;
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        int64_t room = 0;
        enum rc rc = count_shown(s, remote, state, &room, err);

        if (rc != RC_OK)
                return rc;
        if (room > DELIVERIES_MAX)
                room = DELIVERIES_MAX;
        list = arena_array(a, (size_t)room + 1, sizeof(*list));
        rc = sql_first(s, &stmt, err,
                       "SELECT d.remote, d.vid, d.state, d.why, v.id, d.at, d.tries FROM"
                       " (SELECT *" SHOWN " ORDER BY vid DESC LIMIT ?3) d"
                       " JOIN version v ON v.vid = d.vid ORDER BY d.vid",
                       "iii", remote, (int64_t)state, room);
        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                read_delivery(stmt, a, &list[count++]);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc delivery_retry(struct store *s, int64_t remote, int64_t vid, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc == RC_OK)
                rc = sql_do(s, err, "UPDATE delivery SET again = 1 WHERE remote = ?1 AND vid = ?2",
                            "ii", remote, vid);
        if (rc == RC_OK && sqlite3_changes(s->db) == 0)
                return err_set(err, RC_NOTFOUND, "it is neither held nor refused");
        return rc;
}

/* What waits has no row yet. */
enum rc delivery_drop(struct store *s, int64_t remote, int64_t vid, const char *why,
                      struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc == RC_OK)
                rc = sql_do(s, err,
                            "INSERT INTO delivery(remote, vid, state, why, at, tries)"
                            " SELECT ?1, v.vid, ?3, ?5, ?4, 0 FROM version v WHERE v.vid = ?2"
                            " AND (EXISTS (SELECT 1 FROM delivery WHERE remote = ?1 AND vid = ?2)"
                            " OR EXISTS (SELECT 1 FROM outbox o, remote r WHERE o.vid = ?2"
                            " AND r.id = ?1 AND o.vid > r.sent_vid))"
                            " ON CONFLICT(remote, vid) DO UPDATE SET state = excluded.state,"
                            " again = 0, why = excluded.why, at = excluded.at",
                            "iiiit", remote, vid, (int64_t)DELIVERY_DROPPED, clock_now_ms(),
                            why ? why : "");
        if (rc == RC_OK && sqlite3_changes(s->db) == 0)
                return err_set(err, RC_NOTFOUND, "it waits for no remote");
        return rc;
}

const char *delivery_state_name(enum delivery_state state)
{
        static const char *const names[] = {[DELIVERY_HELD] = "held",
                                            [DELIVERY_QUARANTINED] = "quarantined",
                                            [DELIVERY_UNCONFIRMED] = "unconfirmed",
                                            [DELIVERY_DROPPED] = "dropped"};

        return names[state];
}
