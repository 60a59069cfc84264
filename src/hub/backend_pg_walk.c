/*
 * Walks: pages by the place where the last one ended, so that neither the server nor we hold more
 * than one. One statement per shape of a query, prepared once per connection.
 */
#include "hub/backend_pg.h"

#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>

#define ROWS_MAX  1000               /* of a page */
#define BYTES_MAX (4u * 1024 * 1024) /* of the objects before the last one of a page */

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
_Static_assert(SHAPE_BYTES * 2 == PG_WALKS, "a place for each shape");

/* $1 collection, $2 after, $3 rows, $4 bytes, $5 ids, $6 types, $7 specs, $8 times */
static const Oid arg_types[PG_ARGS_MAX] = {PG_INT,       PG_INT,       PG_INT,       PG_INT,
                                           PG_TEXT_LIST, PG_TEXT_LIST, PG_TEXT_LIST, PG_INT_LIST};

#define COLUMNS "o.id, o.type, o.spec, o.version, o.version_ns, o.added"
/* Asked row by row: a join might read the whole table. */
#define EDGE(which)                                                                                \
        "o.version_ns = (SELECT " which "(v.version_ns) FROM object v"                             \
        " WHERE v.collection = o.collection AND v.id = o.id)"

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
                str_addf(sql, "%s%s", sep, EDGE("min"));
                sep = " OR ";
        }
        if (shape & SHAPE_LAST) {
                str_addf(sql, "%s%s", sep, EDGE("max"));
                sep = " OR ";
        }
        if (shape & SHAPE_TIMES)
                str_addf(sql,
                         "%sCASE WHEN o.version IS NULL THEN o.added"
                         " ELSE o.version_ns / 1000 END = ANY($8)",
                         sep);
        if (shape & (SHAPE_FIRST | SHAPE_LAST | SHAPE_TIMES))
                str_addc(sql, ')');
}

/* Where ids are asked for they are looked up, OFFSET 0 says so; else the order is that of the key.
 */
static void write_page(unsigned shape, struct str *sql)
{
        str_addf(sql, "SELECT o.* FROM %s o WHERE o.collection = $1 AND o.added > $2",
                 shape & SHAPE_IDS ? "(SELECT * FROM object WHERE collection = $1"
                                     " AND id = ANY($5) OFFSET 0)"
                                   : "object");
        if (shape & SHAPE_TYPES)
                str_add(sql, " AND o.type = ANY($6)");
        if (shape & SHAPE_SPECS)
                str_add(sql, " AND o.spec = ANY($7)");
        write_versions(shape, sql);
        str_add(sql, " ORDER BY o.added LIMIT $3");
}

static void write_walk(unsigned shape, struct str *sql)
{
        if (!(shape & SHAPE_BYTES)) {
                str_add(sql, "SELECT " COLUMNS " FROM (");
                write_page(shape, sql);
                str_add(sql, ") o ORDER BY o.added");
                return;
        }
        str_add(sql, "SELECT " COLUMNS ", o.bytes FROM (SELECT o.*,"
                     " sum(octet_length(o.bytes)) OVER (ORDER BY o.added)"
                     " - octet_length(o.bytes) AS before FROM (");
        write_page(shape, sql);
        str_add(sql, ") o) o WHERE o.before < $4 ORDER BY o.added");
}

/* ---- a page -----------------------------------------------------------------------------------
 */

static enum rc ask(struct pg_link *l, unsigned shape, const struct pg_args *a, PGresult **ret,
                   struct err *err)
{
        CLEANUP(str_finish) struct str sql = {0};
        char name[16];
        enum rc rc = pg_link_connect(l, err);

        snprintf(name, sizeof(name), "w%u", shape);
        str_init(&sql, 4096);
        if (rc == RC_OK && !l->walks[shape]) {
                write_walk(shape, &sql);
                rc = pg_link_prepare(l, name, str_text(&sql), arg_types, PG_ARGS_MAX, err);
        }
        if (rc != RC_OK)
                return rc;
        l->walks[shape] = true;
        return pg_ask(l, name, a, ret, err);
}

/* A page is asked for again where the connection turns out to be lost. */
static enum rc ask_page(struct pg_link *l, unsigned shape, PGresult **ret, struct err *err,
                        const char *letters, ...)
{
        bool was_connected = l->conn != NULL;
        struct err own = {0};
        struct pg_args a;
        va_list list;
        enum rc rc;

        va_start(list, letters);
        pg_args_set(&a, letters, list);
        va_end(list);
        rc = ask(l, shape, &a, ret, &own);
        if (rc != RC_OK && was_connected && !l->conn) {
                PQclear(TAKE(*ret));
                err_clear(&own);
                rc = ask(l, shape, &a, ret, &own);
        }
        return rc == RC_OK ? rc : err_set(err, rc, "%s", own.text);
}

static void read_row(const PGresult *r, int row, unsigned shape, struct hub_object *ret)
{
        *ret = (struct hub_object){
                .id = PQgetvalue(r, row, 0),
                .type = PQgetvalue(r, row, 1),
                .spec = PQgetvalue(r, row, 2),
                .version = pg_is_null(r, row, 3) ? NULL : PQgetvalue(r, row, 3),
                .version_ns = pg_int(r, row, 4),
                .added_us = pg_int(r, row, 5),
        };
        if (shape & SHAPE_BYTES) {
                ret->bytes = PQgetvalue(r, row, 6);
                ret->len = (size_t)PQgetlength(r, row, 6);
        }
}

struct walk {
        const struct hub_query *query;
        unsigned shape;
        struct pg_list ids, types, specs, times;
        int64_t after_us, rows;
        bool (*take)(void *ctx, const struct hub_object *o);
        void *ctx;
        bool stopped, at_end;
};

static enum rc walk_page(struct pg_link *l, struct walk *w, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        size_t bytes = 0;
        enum rc rc =
                ask_page(l, w->shape, &r, err, "iiiiTTTI", w->query->collection, w->after_us,
                         w->rows, (int64_t)BYTES_MAX, &w->ids, &w->types, &w->specs, &w->times);

        if (rc != RC_OK)
                return rc;
        for (int row = 0; row < PQntuples(r) && !w->stopped; row++) {
                struct hub_object o;

                read_row(r, row, w->shape, &o);
                bytes += o.len;
                w->after_us = o.added_us;
                w->stopped = !w->take(w->ctx, &o);
        }
        w->at_end = PQntuples(r) < w->rows && bytes < BYTES_MAX;
        return RC_OK;
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void list_texts(struct pg_list *list, const char *const *texts, size_t count)
{
        pg_list_begin(list, PG_TEXT, count);
        for (size_t i = 0; i < count; i++)
                pg_list_add_text(list, texts[i]);
}

static void begin_walk(struct walk *w)
{
        const struct hub_query *q = w->query;

        w->shape = shape_of(q);
        w->after_us = q->after_us;
        w->rows = q->limit && q->limit < ROWS_MAX ? (int64_t)q->limit + 1 : ROWS_MAX;
        list_texts(&w->ids, q->ids, q->id_count);
        list_texts(&w->types, q->types, q->type_count);
        list_texts(&w->specs, q->specs, q->spec_count);
        pg_list_begin(&w->times, PG_INT, q->time_count);
        for (size_t i = 0; i < q->time_count; i++)
                pg_list_add_int(&w->times, q->times_us[i]);
}

static void finish_walk(struct walk *w)
{
        pg_list_finish(&w->ids);
        pg_list_finish(&w->types);
        pg_list_finish(&w->specs);
        pg_list_finish(&w->times);
}

enum rc pg_link_walk(struct pg_link *l, const struct hub_query *q,
                     bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                     struct err *err)
{
        struct walk w = {.query = q, .take = take, .ctx = ctx};
        enum rc rc = RC_OK;

        begin_walk(&w);
        while (rc == RC_OK && !w.stopped && !w.at_end)
                rc = walk_page(l, &w, err);
        finish_walk(&w);
        if (rc == RC_OK)
                *ret_more = w.stopped;
        return rc;
}

enum rc pg_walk(struct backend *b, const struct hub_query *q,
                bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                struct err *err)
{
        struct pg_link *l = pg_reader_take(b);
        enum rc rc = pg_link_walk(l, q, take, ctx, ret_more, err);

        pg_reader_return(b, l);
        return rc;
}
