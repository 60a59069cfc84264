/*
 * What has not gone to a remote yet, and half-typed forms.
 */
#include "store/outbox.h"

#include "store/versions.h"
#include "store_private.h"

enum rc outbox_put(struct store *s, int64_t vid, struct err *err)
{
        return sql_do(s, err, "INSERT OR IGNORE INTO outbox(vid) VALUES(?1)", "i", vid);
}

int64_t outbox_count(struct store *s)
{
        int64_t count = 0;

        return sql_number(s, "SELECT count(*) FROM outbox", NULL, 0, &count, NULL) == RC_OK ? count
                                                                                            : 0;
}

enum rc outbox_list(struct store *s, int64_t after, size_t max, struct arena *a,
                    struct version **ret, size_t *ret_count, struct err *err)
{
        struct version *list = arena_array(a, max, sizeof(*list));
        sqlite3_stmt *stmt = NULL;
        size_t count = 0;
        enum rc rc = sql_get(s,
                             "SELECT v.vid, v.id, v.modified, v.received FROM outbox o"
                             " JOIN version v ON v.vid = o.vid WHERE o.vid > ?1 ORDER BY o.vid"
                             " LIMIT ?2",
                             &stmt, err);

        if (rc != RC_OK)
                return rc;
        sql_bind(stmt, "ii", after, (int64_t)max);
        while ((rc = sql_step(s, stmt, err)) == RC_OK && count < max)
                list[count++] = (struct version){
                        .vid = sqlite3_column_int64(stmt, 0),
                        .id = sql_text(stmt, 1, a),
                        .modified_ns = sqlite3_column_int64(stmt, 2),
                        .received_ms = sqlite3_column_int64(stmt, 3),
                };
        sqlite3_reset(stmt);
        if (rc != RC_OK && rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc draft_put(struct store *s, const char *key, const char *body, int64_t at_ms,
                  struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc != RC_OK)
                return rc;
        return sql_do(s, err,
                      "INSERT INTO draft(key, body, at) VALUES(?1, ?2, ?3)"
                      " ON CONFLICT(key) DO UPDATE SET body = excluded.body, at = excluded.at",
                      "tti", key, body, at_ms);
}

enum rc draft_get(struct store *s, const char *key, struct arena *a, const char **ret_body,
                  int64_t *ret_at_ms, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err, "SELECT body, at FROM draft WHERE key = ?1", "t", key);

        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "there is no draft %s", key);
        if (rc != RC_OK)
                return rc;
        *ret_body = sql_text(stmt, 0, a);
        *ret_at_ms = sqlite3_column_int64(stmt, 1);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc draft_drop(struct store *s, const char *key, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        return rc == RC_OK ? sql_do(s, err, "DELETE FROM draft WHERE key = ?1", "t", key) : rc;
}
