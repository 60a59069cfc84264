/*
 * Walks: one statement per shape of a query, prepared once per connection. Lists of values are
 * bound as JSON.
 */
#include "backend_sqlite.h"

#include <inttypes.h>

#include "base/json.h"

#define LIST_BYTES_MAX (1u << 20)

/* What a query asks for; the shape is the sum. */
enum {
        SHAPE_IDS = 1,
        SHAPE_TYPES = 2,
        SHAPE_SPECS = 4,
        SHAPE_FIRST = 8,
        SHAPE_LAST = 16,
        SHAPE_TIMES = 32,
        SHAPE_BYTES = 64,
};
_Static_assert(SHAPE_BYTES * 2 == WALKS, "a place for each shape");

#define LIST(n) " IN (SELECT value FROM json_each(?" #n "))"
#define OTHER(op)                                                                                  \
        "NOT EXISTS (SELECT 1 FROM object v WHERE v.collection = o.collection AND v.id = o.id"     \
        " AND v.version_ns " op " o.version_ns)"

static unsigned shape_of(const struct hub_query *q)
{
        bool all = q->versions & HUB_ALL;

        return (q->id_count ? SHAPE_IDS : 0) | (q->type_count ? SHAPE_TYPES : 0) |
               (q->spec_count ? SHAPE_SPECS : 0) |
               (!all && (q->versions & HUB_FIRST) ? SHAPE_FIRST : 0) |
               (!all && (q->versions & HUB_LAST) ? SHAPE_LAST : 0) |
               (!all && q->time_count ? SHAPE_TIMES : 0) | (q->without_bytes ? 0 : SHAPE_BYTES);
}

static void write_versions(unsigned shape, struct str *sql)
{
        const char *sep = " AND (";

        if (shape & SHAPE_FIRST) {
                str_addf(sql, "%s%s", sep, OTHER("<"));
                sep = " OR ";
        }
        if (shape & SHAPE_LAST) {
                str_addf(sql, "%s%s", sep, OTHER(">"));
                sep = " OR ";
        }
        if (shape & SHAPE_TIMES)
                str_addf(sql, "%siif(o.version IS NULL, o.added, o.version_ns / 1000)%s", sep,
                         LIST(6));
        if (shape & (SHAPE_FIRST | SHAPE_LAST | SHAPE_TIMES))
                str_addc(sql, ')');
}

static void write_walk(unsigned shape, struct str *sql)
{
        str_addf(sql,
                 "SELECT o.id, o.type, o.spec, o.version, o.version_ns, o.added%s FROM object o"
                 " INDEXED BY %s WHERE o.collection = ?1 AND o.added > ?2",
                 shape & SHAPE_BYTES ? ", o.bytes" : "",
                 shape & SHAPE_IDS ? "object_version" : "object_added");
        if (shape & SHAPE_IDS)
                str_add(sql, " AND o.id" LIST(3));
        if (shape & SHAPE_TYPES)
                str_add(sql, " AND o.type" LIST(4));
        if (shape & SHAPE_SPECS)
                str_add(sql, " AND o.spec" LIST(5));
        write_versions(shape, sql);
        str_add(sql, " ORDER BY o.added");
}

static enum rc statement(struct link *l, unsigned shape, sqlite3_stmt **ret, struct err *err)
{
        CLEANUP(str_finish) struct str sql = {0};
        enum rc rc = RC_OK;

        str_init(&sql, 4096);
        if (!l->walks[shape]) {
                write_walk(shape, &sql);
                rc = link_prepare(l, str_text(&sql), &l->walks[shape], err);
        }
        if (rc == RC_OK)
                *ret = l->walks[shape];
        return rc;
}

static void bind_texts(sqlite3_stmt *stmt, int place, const char *const *list, size_t count)
{
        CLEANUP(str_finish) struct str json = {0};

        if (!count)
                return;
        str_init(&json, LIST_BYTES_MAX);
        for (size_t i = 0; i < count; i++) {
                str_addc(&json, i ? ',' : '[');
                json_quote(list[i], &json);
        }
        str_addc(&json, ']');
        sqlite3_bind_text(stmt, place, str_text(&json), (int)json.len, SQLITE_TRANSIENT);
}

static void bind_times(sqlite3_stmt *stmt, int place, const int64_t *list, size_t count)
{
        CLEANUP(str_finish) struct str json = {0};

        if (!count)
                return;
        str_init(&json, LIST_BYTES_MAX);
        for (size_t i = 0; i < count; i++)
                str_addf(&json, "%c%" PRId64, i ? ',' : '[', list[i]);
        str_addc(&json, ']');
        sqlite3_bind_text(stmt, place, str_text(&json), (int)json.len, SQLITE_TRANSIENT);
}

/* Binding by the place: what a shape does not name is not bound. */
static void bind(sqlite3_stmt *stmt, unsigned shape, const struct hub_query *q)
{
        sqlite3_bind_int64(stmt, 1, q->collection);
        sqlite3_bind_int64(stmt, 2, q->after_us);
        bind_texts(stmt, 3, q->ids, q->id_count);
        bind_texts(stmt, 4, q->types, q->type_count);
        bind_texts(stmt, 5, q->specs, q->spec_count);
        if (shape & SHAPE_TIMES)
                bind_times(stmt, 6, q->times_us, q->time_count);
}

static void read_row(sqlite3_stmt *stmt, unsigned shape, struct hub_object *ret)
{
        *ret = (struct hub_object){
                .id = (const char *)sqlite3_column_text(stmt, 0),
                .type = (const char *)sqlite3_column_text(stmt, 1),
                .spec = (const char *)sqlite3_column_text(stmt, 2),
                .version = (const char *)sqlite3_column_text(stmt, 3),
                .version_ns = sqlite3_column_int64(stmt, 4),
                .added_us = sqlite3_column_int64(stmt, 5),
        };
        if (shape & SHAPE_BYTES) {
                ret->bytes = sqlite3_column_blob(stmt, 6);
                ret->len = (size_t)sqlite3_column_bytes(stmt, 6);
        }
}

enum rc link_walk(struct link *l, const struct hub_query *q,
                  bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                  struct err *err)
{
        unsigned shape = shape_of(q);
        sqlite3_stmt *stmt = NULL;
        bool goes_on = true;
        enum rc rc = statement(l, shape, &stmt, err);

        if (rc != RC_OK)
                return rc;
        bind(stmt, shape, q);
        while (goes_on && (rc = link_step(l, stmt, err)) == RC_OK) {
                struct hub_object o;

                read_row(stmt, shape, &o);
                goes_on = take(ctx, &o);
        }
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
        if (rc != RC_OK && rc != RC_NOTFOUND)
                return rc;
        *ret_more = !goes_on;
        return RC_OK;
}

enum rc sqlite_walk(struct backend *b, const struct hub_query *q,
                    bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                    struct err *err)
{
        struct link *l = reader_take(b);
        enum rc rc = link_walk(l, q, take, ctx, ret_more, err);

        reader_return(b, l);
        return rc;
}
