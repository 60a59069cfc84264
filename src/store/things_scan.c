#include "store/scan.h"

#include "store_private.h"

#define SCAN_FIRST_FIELD 4 /* behind rid, id, ref and bits */
#define ASK_EVERY        32

struct columns {
        int field[KIND_FIELDS_MAX]; /* of the kind */
        int count;
};

static void choose_columns(const struct scan *scan, struct columns *ret)
{
        ret->count = 0;
        for (size_t i = 0; i < scan->field_count && ret->count < KIND_FIELDS_MAX; i++) {
                int field = field_index(scan->kind, scan->fields[i]);

                if (field >= 0)
                        ret->field[ret->count++] = field;
        }
}

static void add_ranks(const struct scan *scan, struct str *sql)
{
        const char *sep = "";

        str_addf(sql, " AND f_%s IN (", scan->ranked);
        for (int rank = 0; rank < 64; rank++)
                if (scan->ranks >> rank & 1) {
                        str_addf(sql, "%s%d", sep, rank);
                        sep = ", ";
                }
        str_add(sql, ")");
}

static void write_sql(const struct scan *scan, const struct table *t, const struct columns *c,
                      struct str *sql)
{
        str_add(sql, "SELECT rid, id, ref, bits");
        for (int i = 0; i < c->count; i++)
                str_addf(sql, ", f_%s", scan->kind->fields[c->field[i]].name);
        str_addf(sql, " FROM %s WHERE %s", t->name, scan->id ? "id = ?1" : "1");
        if (scan->ranked)
                add_ranks(scan, sql);
}

static void read_row(sqlite3_stmt *stmt, const struct scan *scan, const struct columns *c,
                     struct arena *a, struct row *ret)
{
        *ret = (struct row){.rid = sqlite3_column_int64(stmt, 0)};
        thing_init(&ret->thing, scan->kind, sql_text(stmt, 1, a));
        ret->ref = sql_text(stmt, 2, a);
        ret->thing.revoked = sqlite3_column_int(stmt, 3) & BIT_REVOKED;
        for (int i = 0; i < c->count; i++)
                row_read_value(stmt, SCAN_FIRST_FIELD + i, &scan->kind->fields[c->field[i]], a,
                               &ret->thing.values[c->field[i]]);
}

enum rc things_scan(struct store *s, const struct scan *scan,
                    enum rc (*take)(void *ctx, const struct row *row, struct err *err), void *ctx,
                    struct err *err)
{
        CLEANUP(str_finish) struct str sql = {0};
        CLEANUP(arena_finish) struct arena one = {0};
        const struct table *t = table_of(s, scan->kind);
        struct columns columns;
        sqlite3_stmt *stmt = NULL;
        struct row row;
        enum rc rc;

        choose_columns(scan, &columns);
        str_init(&sql, SQL_BYTES_MAX);
        write_sql(scan, t, &columns, &sql);
        rc = sql_get(s, str_text(&sql), &stmt, err);
        if (rc != RC_OK)
                return rc;
        if (scan->id)
                sql_bind(stmt, "t", scan->id);
        for (size_t seen = 1; (rc = sql_step(s, stmt, err)) == RC_OK; seen++) {
                arena_reset(&one);
                read_row(stmt, scan, &columns, &one, &row);
                rc = take(ctx, &row, err);
                if (rc == RC_OK && scan->yields && seen % ASK_EVERY == 0 && store_is_interrupted(s))
                        rc = RC_BUSY;
                if (rc != RC_OK)
                        break;
        }
        sqlite3_reset(stmt);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}
