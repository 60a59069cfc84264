#include "store/contents.h"

#include <stdio.h>

#include "base/mem.h"
#include "store_private.h"

enum rc content_put(struct store *s, const char *hash, int64_t vid, struct err *err)
{
        return sql_do(s, err, "INSERT OR IGNORE INTO content(hash, vid) VALUES(?1, ?2)", "ti", hash,
                      vid);
}

static enum rc not_held(const char *hash, struct err *err)
{
        return err_set(err, RC_NOTFOUND, "the playbook with the content %.12s is not held here",
                       hash);
}

enum rc content_find(struct store *s, const char *hash, int64_t *ret_vid, struct err *err)
{
        int64_t vid = 0;
        enum rc rc =
                sql_number(s, "SELECT min(vid) FROM content WHERE hash = ?1", hash, 0, &vid, err);

        if (rc != RC_OK)
                return rc;
        if (!vid)
                return not_held(hash, err);
        *ret_vid = vid;
        return RC_OK;
}

enum rc content_find_of(struct store *s, const char *id, const char *hash, int64_t *ret_vid,
                        struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT c.vid FROM content c CROSS JOIN version v ON v.vid = c.vid"
                               " WHERE c.hash = ?1 AND v.id = ?2 ORDER BY c.vid LIMIT 1",
                               "tt", hash, id);

        if (rc == RC_NOTFOUND)
                return not_held(hash, err);
        if (rc != RC_OK)
                return rc;
        *ret_vid = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc content_list(struct store *s, const char *id, struct arena *a, struct content **ret,
                     size_t *ret_count, struct err *err)
{
        struct content *list = NULL;
        size_t count = 0, room = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT c.hash, v.vid, v.modified, v.received FROM version v"
                               " CROSS JOIN content c ON c.vid = v.vid WHERE v.id = ?1"
                               " ORDER BY v.modified DESC, v.sha DESC",
                               "t", id);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                list[count] = (struct content){.vid = sqlite3_column_int64(stmt, 1),
                                               .modified_ns = sqlite3_column_int64(stmt, 2),
                                               .received_ms = sqlite3_column_int64(stmt, 3)};
                snprintf(list[count++].hash, HASH_TEXT, "%s",
                         (const char *)sqlite3_column_text(stmt, 0));
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc content_begins(struct store *s, const char *prefix, size_t max, struct arena *a,
                       const char ***ret, size_t *ret_count, struct err *err)
{
        return sql_texts(s,
                         "SELECT DISTINCT hash FROM content WHERE hash >= ?1"
                         " AND substr(hash, 1, length(?1)) = ?1 ORDER BY hash LIMIT ?2",
                         prefix, max, a, ret, ret_count, err);
}
