/*
 * How many there are: from the counts that thing_put keeps by flags, so that no number on the
 * screen costs a scan.
 */
#include <stdio.h>

#include "store/query.h"
#include "store_private.h"

enum rc query_total(struct store *s, const struct kind *kind, int64_t *ret, struct err *err)
{
        return sql_number(s, "SELECT sum(n) FROM thing_count WHERE kind = ?1", kind->name, 0, ret,
                          err);
}

/* SQL that tells closed things by their packed status; "0" where the kind has none. */
static void closed_sql(const struct kind *kind, char out[96])
{
        int status = field_index(kind, "status");

        snprintf(out, 96, "0");
        if (status >= 0 && kind->fields[status].list == &enum_status)
                snprintf(out, 96, "(flags >> %d & 7) = %d", field_flags_shift(kind, status),
                         STATUS_CLOSED + 1);
}

enum rc query_count_marks(struct store *s, const struct kind *kind, unsigned marks, int64_t *ret,
                          struct err *err)
{
        char sql[256], closed[96];

        closed_sql(kind, closed);
        snprintf(
                sql, sizeof(sql),
                "SELECT sum(n) FROM thing_count WHERE kind = ?1 AND (flags & %u) = %u AND NOT (%s)",
                marks, marks, closed);
        return sql_number(s, sql, kind->name, 0, ret, err);
}

/* Read in the index of the time alone, so it costs what is parked now, however many there are. */
static enum rc count_parked(struct store *s, const struct kind *kind, int64_t now_ms, int64_t *ret,
                            struct err *err)
{
        const struct table *t = table_of(s, kind);
        int field = field_index(kind, "parked_until");
        char sql[400], closed[96], column[COLUMN_NAME];
        sqlite3_stmt *stmt = NULL;

        *ret = 0;
        if (!t || field < 0 || !column_sorted(kind, field, column))
                return RC_OK;
        closed_sql(kind, closed);
        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM %s INDEXED BY %s_by_%s"
                 " WHERE %s > ?1 AND flags & %d AND NOT (%s)",
                 t->name, t->name, column, column, MARK_UNACKED, closed);
        enum rc rc = sql_first(s, &stmt, err, sql, "i", now_ms);
        if (rc != RC_OK)
                return rc;
        *ret = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc query_count_unacked(struct store *s, const struct kind *kind, int64_t now_ms, int64_t *ret,
                            struct err *err)
{
        int64_t all = 0, parked = 0;
        enum rc rc = query_count_marks(s, kind, MARK_UNACKED, &all, err);

        if (rc == RC_OK)
                rc = count_parked(s, kind, now_ms, &parked, err);
        if (rc == RC_OK)
                *ret = all - parked;
        return rc;
}

void plan_count(struct store *s, const struct kind *kind, const struct plan *p, int64_t *ret)
{
        sqlite3_stmt *stmt = NULL;
        int64_t sum = 0;
        enum rc rc =
                sql_prepare(s, "SELECT flags, n FROM thing_count WHERE kind = ?1", &stmt, NULL);

        if (rc == RC_OK)
                sqlite3_bind_text(stmt, 1, kind->name, -1, SQLITE_STATIC);
        while (rc == RC_OK && (rc = sql_step(s, stmt, NULL)) == RC_OK)
                if (plan_passes(p, 0, (unsigned)sqlite3_column_int64(stmt, 0)))
                        sum += sqlite3_column_int64(stmt, 1);
        sqlite3_finalize(stmt);
        if (rc == RC_NOTFOUND)
                *ret = sum;
}
