/*
 * Collections and tokens in PostgreSQL.
 */
#include "hub/backend_pg.h"

#include <libpq-fe.h>
#include <string.h>

#include "base/clock.h"

/* ---- collections ------------------------------------------------------------------------------
 */

enum rc pg_collection_add(struct backend *b, struct hub_collection *c, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        struct err own = {0};
        enum rc rc = pg_do(&pg_of(b)->writer, &r, &own, PG_COLLECTION_ADD, "tttt", c->id, c->alias,
                           c->title, c->description);

        if (rc == RC_CONFLICT)
                return err_set(err, rc, "there is a collection %s already",
                               c->alias ? c->alias : c->id);
        if (rc != RC_OK)
                return err_set(err, rc, "%s", own.text);
        c->key = pg_int(r, 0, 0);
        return RC_OK;
}

static void read_collection(const PGresult *r, int row, struct arena *a, struct hub_collection *ret)
{
        *ret = (struct hub_collection){
                .key = pg_int(r, row, 0),
                .id = pg_text(r, row, 1, a),
                .alias = pg_text(r, row, 2, a),
                .title = pg_text(r, row, 3, a),
                .description = pg_text(r, row, 4, a),
                .seq = pg_int(r, row, 5),
        };
}

enum rc pg_collection_find(struct backend *b, const char *name, struct arena *a,
                           struct hub_collection *ret, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        struct pg_link *l = pg_reader_take(b);
        enum rc rc = pg_read(l, &r, err, PG_COLLECTION_FIND, "t", name);

        pg_reader_return(b, l);
        if (rc != RC_OK)
                return rc;
        if (!PQntuples(r))
                return err_set(err, RC_NOTFOUND, "there is no collection %s", name);
        read_collection(r, 0, a, ret);
        return RC_OK;
}

enum rc pg_collection_list(struct backend *b, struct arena *a, struct hub_collection **ret,
                           size_t *ret_count, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        struct pg_link *l = pg_reader_take(b);
        enum rc rc = pg_read(l, &r, err, PG_COLLECTION_LIST, "");

        pg_reader_return(b, l);
        if (rc != RC_OK)
                return rc;
        *ret_count = (size_t)PQntuples(r);
        *ret = arena_array(a, *ret_count + 1, sizeof(**ret));
        for (size_t i = 0; i < *ret_count; i++)
                read_collection(r, (int)i, a, &(*ret)[i]);
        return RC_OK;
}

/* ---- tokens -----------------------------------------------------------------------------------
 */

enum rc pg_token_add(struct backend *b, const struct hub_token *t, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        CLEANUP(pg_list_finish) struct pg_list collections = {0}, writes = {0};
        struct err own = {0};
        enum rc rc;

        pg_list_begin(&collections, PG_INT, t->right_count);
        pg_list_begin(&writes, PG_INT, t->right_count);
        for (size_t i = 0; i < t->right_count; i++) {
                pg_list_add_int(&collections, t->rights[i].collection);
                pg_list_add_int(&writes, t->rights[i].may_write);
        }
        rc = pg_do(&pg_of(b)->writer, &r, &own, PG_TOKEN_ADD, "ttbiII", t->name, t->label, t->hash,
                   sizeof(t->hash), t->created_us, &collections, &writes);
        if (rc == RC_CONFLICT)
                return err_set(err, rc, "there is a token %s already; token revoke %s first",
                               t->name, t->name);
        return rc == RC_OK ? rc : err_set(err, rc, "%s", own.text);
}

static void read_token(const PGresult *r, int row, struct arena *a, struct hub_token *ret)
{
        *ret = (struct hub_token){.name = pg_text(r, row, 1, a),
                                  .label = pg_text(r, row, 2, a),
                                  .created_us = pg_int(r, row, 4)};
        if (PQgetlength(r, row, 3) == (int)sizeof(ret->hash))
                memcpy(ret->hash, PQgetvalue(r, row, 3), sizeof(ret->hash));
}

/* Rows of one token stand together: gives back the row behind them. */
static int read_rights(const PGresult *r, int row, struct arena *a, struct hub_token *ret)
{
        int64_t key = pg_int(r, row, 0);
        struct hub_right *list = NULL;
        size_t room = 0;

        for (; row < PQntuples(r) && pg_int(r, row, 0) == key; row++) {
                if (pg_is_null(r, row, 5))
                        continue;
                list = arena_grow(a, list, ret->right_count, &room, sizeof(*list));
                list[ret->right_count++] = (struct hub_right){.collection = pg_int(r, row, 5),
                                                              .id = pg_text(r, row, 6, a),
                                                              .may_write = pg_bool(r, row, 7)};
        }
        ret->rights = list;
        return row;
}

static enum rc find_token(struct backend *b, enum pg_sql which, const char *key, struct arena *a,
                          struct hub_token *ret, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        struct pg_link *l = pg_reader_take(b);
        enum rc rc = pg_read(l, &r, err, which, "t", key);

        pg_reader_return(b, l);
        if (rc != RC_OK)
                return rc;
        if (!PQntuples(r))
                return RC_NOTFOUND;
        read_token(r, 0, a, ret);
        read_rights(r, 0, a, ret);
        return RC_OK;
}

enum rc pg_token_by_label(struct backend *b, const char *label, struct arena *a,
                          struct hub_token *ret, struct err *err)
{
        return find_token(b, PG_TOKEN_BY_LABEL, label, a, ret, err);
}

enum rc pg_token_by_name(struct backend *b, const char *name, struct arena *a,
                         struct hub_token *ret, struct err *err)
{
        return find_token(b, PG_TOKEN_BY_NAME, name, a, ret, err);
}

enum rc pg_token_list(struct backend *b, struct arena *a, struct hub_token **ret, size_t *ret_count,
                      struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        struct pg_link *l = pg_reader_take(b);
        struct hub_token *list;
        size_t count = 0;
        enum rc rc = pg_read(l, &r, err, PG_TOKEN_LIST, "");

        pg_reader_return(b, l);
        if (rc != RC_OK)
                return rc;
        list = arena_array(a, (size_t)PQntuples(r) + 1, sizeof(*list));
        for (int row = 0; row < PQntuples(r); count++) {
                read_token(r, row, a, &list[count]);
                row = read_rights(r, row, a, &list[count]);
        }
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc pg_token_revoke(struct backend *b, const char *name, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        enum rc rc = pg_do(&pg_of(b)->writer, &r, err, PG_TOKEN_REVOKE, "ti", name,
                           clock_now_ms() * 1000);

        if (rc == RC_OK && !PQntuples(r))
                return err_set(err, RC_NOTFOUND, "there is no token %s", name);
        return rc;
}
