/*
 * Collections and tokens in SQLite.
 */
#include "backend_sqlite.h"

#include <string.h>

#include "base/clock.h"

/* ---- collections ------------------------------------------------------------------------------
 */

enum rc sqlite_collection_add(struct backend *b, struct hub_collection *c, struct err *err)
{
        struct link *l = &sqlite_of(b)->writer;
        enum rc rc = link_do(l, NULL, SQL_COLLECTION_ADD, "tttt", c->id, c->alias, c->title,
                             c->description);

        if (rc == RC_CONFLICT)
                return err_set(err, rc, "there is a collection %s already",
                               c->alias ? c->alias : c->id);
        if (rc != RC_OK)
                return link_fail(l, err);
        c->key = sqlite3_last_insert_rowid(l->db);
        return RC_OK;
}

static void read_collection(sqlite3_stmt *stmt, struct arena *a, struct hub_collection *ret)
{
        *ret = (struct hub_collection){
                .key = sqlite3_column_int64(stmt, 0),
                .id = column_text(stmt, 1, a),
                .alias = column_text(stmt, 2, a),
                .title = column_text(stmt, 3, a),
                .description = column_text(stmt, 4, a),
                .seq = sqlite3_column_int64(stmt, 5),
        };
}

enum rc sqlite_collection_find(struct backend *b, const char *name, struct arena *a,
                               struct hub_collection *ret, struct err *err)
{
        struct link *l = reader_take(b);
        sqlite3_stmt *stmt = NULL;
        enum rc rc = link_first(l, &stmt, err, SQL_COLLECTION_FIND, "t", name);

        if (rc == RC_OK)
                read_collection(stmt, a, ret);
        sqlite3_reset(stmt);
        reader_return(b, l);
        return rc == RC_NOTFOUND ? err_set(err, rc, "there is no collection %s", name) : rc;
}

enum rc sqlite_collection_list(struct backend *b, struct arena *a, struct hub_collection **ret,
                               size_t *ret_count, struct err *err)
{
        struct link *l = reader_take(b);
        struct hub_collection *list = NULL;
        sqlite3_stmt *stmt = NULL;
        size_t count = 0, room = 0;
        enum rc rc = link_first(l, &stmt, err, SQL_COLLECTION_LIST, "");

        for (; rc == RC_OK; rc = link_step(l, stmt, err)) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                read_collection(stmt, a, &list[count++]);
        }
        reader_return(b, l);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

/* ---- tokens -----------------------------------------------------------------------------------
 */

static enum rc add_rights(struct link *l, int64_t key, const struct hub_token *t, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < t->right_count; i++)
                rc = link_do(l, err, SQL_RIGHT_ADD, "iii", key, t->rights[i].collection,
                             (int64_t)t->rights[i].may_write);
        return rc;
}

static enum rc add_token(struct link *l, const struct hub_token *t, struct err *err)
{
        enum rc rc = link_do(l, NULL, SQL_TOKEN_ADD, "ttbi", t->name, t->label, t->hash,
                             sizeof(t->hash), t->created_us);

        if (rc == RC_CONFLICT)
                return err_set(err, rc, "there is a token %s already; token revoke %s first",
                               t->name, t->name);
        if (rc != RC_OK)
                return link_fail(l, err);
        return add_rights(l, sqlite3_last_insert_rowid(l->db), t, err);
}

enum rc sqlite_token_add(struct backend *b, const struct hub_token *t, struct err *err)
{
        enum rc rc = sqlite_begin(b, err);

        if (rc != RC_OK)
                return rc;
        rc = add_token(&sqlite_of(b)->writer, t, err);
        if (rc == RC_OK)
                return sqlite_commit(b, err);
        sqlite_rollback(b);
        return rc;
}

static enum rc read_rights(struct link *l, int64_t key, struct arena *a, struct hub_token *t,
                           struct err *err)
{
        struct hub_right *rights = NULL;
        sqlite3_stmt *stmt = NULL;
        size_t count = 0, room = 0;
        enum rc rc = link_first(l, &stmt, err, SQL_RIGHT_LIST, "i", key);

        for (; rc == RC_OK; rc = link_step(l, stmt, err)) {
                rights = arena_grow(a, rights, count, &room, sizeof(*rights));
                rights[count++] = (struct hub_right){.collection = sqlite3_column_int64(stmt, 0),
                                                     .id = column_text(stmt, 1, a),
                                                     .may_write = sqlite3_column_int(stmt, 2) != 0};
        }
        t->rights = rights;
        t->right_count = count;
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc read_token(struct link *l, sqlite3_stmt *stmt, struct arena *a,
                          struct hub_token *ret, struct err *err)
{
        *ret = (struct hub_token){.name = column_text(stmt, 1, a),
                                  .label = column_text(stmt, 2, a),
                                  .created_us = sqlite3_column_int64(stmt, 4)};
        if (sqlite3_column_bytes(stmt, 3) != HASH_BYTES)
                return err_set(err, RC_FAIL, "the token %s is damaged", ret->name);
        memcpy(ret->hash, sqlite3_column_blob(stmt, 3), HASH_BYTES);
        return read_rights(l, sqlite3_column_int64(stmt, 0), a, ret, err);
}

static enum rc find_token(struct backend *b, enum sql which, const char *key, struct arena *a,
                          struct hub_token *ret, struct err *err)
{
        struct link *l = reader_take(b);
        struct hub_token found;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = link_first(l, &stmt, err, which, "t", key);

        if (rc == RC_OK)
                rc = read_token(l, stmt, a, &found, err);
        sqlite3_reset(stmt);
        reader_return(b, l);
        if (rc == RC_OK)
                *ret = found;
        return rc;
}

enum rc sqlite_token_by_label(struct backend *b, const char *label, struct arena *a,
                              struct hub_token *ret, struct err *err)
{
        return find_token(b, SQL_TOKEN_BY_LABEL, label, a, ret, err);
}

enum rc sqlite_token_by_name(struct backend *b, const char *name, struct arena *a,
                             struct hub_token *ret, struct err *err)
{
        return find_token(b, SQL_TOKEN_BY_NAME, name, a, ret, err);
}

enum rc sqlite_token_list(struct backend *b, struct arena *a, struct hub_token **ret,
                          size_t *ret_count, struct err *err)
{
        struct link *l = reader_take(b);
        struct hub_token *list = NULL;
        sqlite3_stmt *stmt = NULL;
        size_t count = 0, room = 0;
        enum rc rc = link_first(l, &stmt, err, SQL_TOKEN_LIST, "");

        while (rc == RC_OK) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                rc = read_token(l, stmt, a, &list[count++], err);
                if (rc == RC_OK)
                        rc = link_step(l, stmt, err);
        }
        sqlite3_reset(stmt);
        reader_return(b, l);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc sqlite_token_revoke(struct backend *b, const char *name, struct err *err)
{
        struct link *l = &sqlite_of(b)->writer;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = link_first(l, &stmt, err, SQL_TOKEN_REVOKE, "ti", name, clock_now_ms() * 1000);

        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "there is no token %s", name);
        return rc == RC_OK ? link_finish(l, stmt, err) : rc;
}
