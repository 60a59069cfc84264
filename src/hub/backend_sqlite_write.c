/*
 * Objects into SQLite, and out of it again; and what became of them.
 */
#include "backend_sqlite.h"

#include "base/clock.h"

#define STATUS_KEPT_US (48 * 3600 * 1000000ll) /* the standard asks for 24 hours */

enum rc sqlite_begin(struct backend *b, struct err *err)
{
        return link_do(&sqlite_of(b)->writer, err, SQL_BEGIN, "");
}

enum rc sqlite_commit(struct backend *b, struct err *err)
{
        enum rc rc = link_do(&sqlite_of(b)->writer, err, SQL_COMMIT, "");

        if (rc != RC_OK)
                sqlite_rollback(b);
        return rc;
}

void sqlite_rollback(struct backend *b)
{
        struct link *l = &sqlite_of(b)->writer;

        if (!sqlite3_get_autocommit(l->db)) /* SQLite has done so by itself where a disk is full */
                link_do(l, NULL, SQL_ROLLBACK, "");
}

/* ---- adding -----------------------------------------------------------------------------------
 */

/* The row is locked from here to the commit. Gives back `added` of the last of them. */
static enum rc grow(struct link *l, int64_t collection, size_t count, int64_t *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        int64_t added;
        enum rc rc = link_first(l, &stmt, err, SQL_COLLECTION_GROW, "iii", collection,
                                (int64_t)count, clock_now_ms() * 1000);

        if (rc != RC_OK)
                return rc;
        added = sqlite3_column_int64(stmt, 0);
        rc = link_finish(l, stmt, err);
        if (rc == RC_OK)
                *ret = added;
        return rc;
}

static enum rc compare(struct link *l, int64_t collection, const struct hub_object *o,
                       enum hub_added *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = link_first(l, &stmt, err, SQL_OBJECT_SAME, "itib", collection, o->id,
                                o->version_ns, o->bytes, o->len);

        if (rc != RC_OK)
                return rc;
        *ret = sqlite3_column_int(stmt, 0) ? HUB_HELD : HUB_HELD_OTHERWISE;
        return link_finish(l, stmt, err);
}

static enum rc add_one(struct link *l, int64_t collection, const struct hub_object *o,
                       enum hub_added *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                link_first(l, &stmt, err, SQL_OBJECT_ADD, "iititttb", collection, o->added_us,
                           o->id, o->version_ns, o->version, o->type, o->spec, o->bytes, o->len);

        if (rc == RC_NOTFOUND)
                return compare(l, collection, o, ret, err);
        if (rc != RC_OK)
                return rc;
        *ret = HUB_NEW;
        return link_finish(l, stmt, err);
}

enum rc sqlite_add(struct backend *b, int64_t collection, struct hub_object *objects, size_t count,
                   enum hub_added *ret_added, struct err *err)
{
        struct link *l = &sqlite_of(b)->writer;
        int64_t last = 0;
        enum rc rc = count ? grow(l, collection, count, &last, err) : RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                objects[i].added_us = last - (int64_t)(count - 1 - i);
                rc = add_one(l, collection, &objects[i], &ret_added[i], err);
        }
        return rc;
}

/* ---- removing ---------------------------------------------------------------------------------
 */

struct removed {
        struct arena arena;
        struct hub_object *list;
        size_t count, room;
};

static bool note_removed(void *ctx, const struct hub_object *o)
{
        struct removed *r = ctx;

        r->list = arena_grow(&r->arena, r->list, r->count, &r->room, sizeof(*r->list));
        r->list[r->count++] = (struct hub_object){.id = arena_strdup(&r->arena, o->id),
                                                  .version = arena_strdup(&r->arena, o->version),
                                                  .added_us = o->added_us};
        return true;
}

static enum rc remove_one(struct link *l, int64_t collection, const struct hub_object *o,
                          const char *by, struct err *err)
{
        enum rc rc = link_do(l, err, SQL_OBJECT_REMOVE, "ii", collection, o->added_us);

        return rc == RC_OK ? link_do(l, err, SQL_REMOVAL_ADD, "ititti", clock_now_ms() * 1000, by,
                                     collection, o->id, o->version, o->added_us)
                           : rc;
}

enum rc sqlite_remove(struct backend *b, const struct hub_query *q, const char *by,
                      size_t *ret_count, struct err *err)
{
        struct link *l = &sqlite_of(b)->writer;
        struct removed removed = {0};
        bool more;
        enum rc rc = link_walk(l, q, note_removed, &removed, &more, err);

        for (size_t i = 0; rc == RC_OK && i < removed.count; i++)
                rc = remove_one(l, q->collection, &removed.list[i], by, err);
        if (rc == RC_OK)
                *ret_count = removed.count;
        arena_finish(&removed.arena);
        return rc;
}

enum rc sqlite_knows(struct backend *b, int64_t collection, int64_t added_us, const char *id,
                     bool *ret, struct err *err)
{
        struct link *l = reader_take(b);
        sqlite3_stmt *stmt = NULL;
        enum rc rc = link_first(l, &stmt, err, SQL_KNOWS, "iit", collection, added_us, id);

        if (rc == RC_OK) {
                *ret = sqlite3_column_int(stmt, 0) != 0;
                sqlite3_reset(stmt);
        }
        reader_return(b, l);
        return rc;
}

/* ---- statuses ---------------------------------------------------------------------------------
 */

enum rc sqlite_status_put(struct backend *b, const struct hub_status *s, struct err *err)
{
        struct link *l = &sqlite_of(b)->writer;
        enum rc rc =
                link_do(l, err, SQL_STATUS_ADD, "ttit", s->id, s->owner, s->at_us, s->document);

        return rc == RC_OK ? link_do(l, err, SQL_STATUS_FORGET, "i", s->at_us - STATUS_KEPT_US)
                           : rc;
}

enum rc sqlite_status_get(struct backend *b, const char *id, const char *owner, struct arena *a,
                          const char **ret, struct err *err)
{
        struct link *l = reader_take(b);
        sqlite3_stmt *stmt = NULL;
        enum rc rc = link_first(l, &stmt, err, SQL_STATUS_GET, "tt", id, owner);

        if (rc == RC_OK)
                *ret = column_text(stmt, 0, a);
        sqlite3_reset(stmt);
        reader_return(b, l);
        return rc;
}

static enum rc read_seq(struct link *l, struct hub_seq *s, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = link_first(l, &stmt, err, SQL_COLLECTION_SEQ, "i", s->collection);

        if (rc != RC_OK)
                return rc;
        s->seq = sqlite3_column_int64(stmt, 0);
        return link_finish(l, stmt, err);
}

enum rc sqlite_seqs(struct backend *b, struct hub_seq *list, size_t count, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = read_seq(&sqlite_of(b)->writer, &list[i], err);
        return rc;
}
