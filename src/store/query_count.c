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

void plan_count(struct store *s, const struct kind *kind, const struct plan *p, int64_t *ret)
{
        sqlite3_stmt *stmt = NULL;
        int64_t sum = 0;
        enum rc rc =
                sql_prepare(s, "SELECT flags, n FROM thing_count WHERE kind = ?1", &stmt, NULL);

        if (rc == RC_OK)
                sqlite3_bind_text(stmt, 1, kind->name, -1, SQLITE_STATIC);
        while (rc == RC_OK && (rc = sql_step(s, stmt, NULL)) == RC_OK)
                if (plan_flags_pass(p, (unsigned)sqlite3_column_int64(stmt, 0)))
                        sum += sqlite3_column_int64(stmt, 1);
        sqlite3_finalize(stmt);
        if (rc == RC_NOTFOUND)
                *ret = sum;
}
