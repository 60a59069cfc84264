/*
 * How many there are: from the counts that thing_put keeps by flags, so that no number on the
 * screen costs a scan.
 */
#include <stdio.h>
#include <stdlib.h>

#include "store/query.h"
#include "store_private.h"

enum rc query_total(struct store *s, const struct kind *kind, int64_t *ret, struct err *err)
{
        return sql_number(s, "SELECT sum(n) FROM thing_count WHERE kind = ?1", kind->name, 0, ret,
                          err);
}

/* SQL that tells what status:open does not find by its flags: what is revoked, and what is closed
 * by its packed status where the kind has one. */
static void over_sql(const struct kind *kind, char out[96])
{
        int status = field_index(kind, "status"), len;

        len = snprintf(out, 96, "flags & %d", MARK_REVOKED);
        if (status >= 0 && kind->fields[status].list == &enum_status)
                snprintf(out + len, 96 - (size_t)len, " OR (flags >> %d & %u) = %d",
                         field_flags_shift(kind, status), field_flags_mask(&kind->fields[status]),
                         STATUS_CLOSED + 1);
}

enum rc query_count_marks(struct store *s, const struct kind *kind, unsigned marks, int64_t *ret,
                          struct err *err)
{
        char sql[256], over[96];

        over_sql(kind, over);
        snprintf(
                sql, sizeof(sql),
                "SELECT sum(n) FROM thing_count WHERE kind = ?1 AND (flags & %u) = %u AND NOT (%s)",
                marks, marks, over);
        return sql_number(s, sql, kind->name, 0, ret, err);
}

/* Read in the index of the time alone, so it costs what is parked now, however many there are. */
static enum rc count_parked(struct store *s, const struct kind *kind, int64_t now_ms, int64_t *ret,
                            struct err *err)
{
        const struct table *t = table_of(s, kind);
        int field = field_index(kind, "parked_until");
        char sql[400], over[96], column[COLUMN_NAME];
        sqlite3_stmt *stmt = NULL;

        *ret = 0;
        if (!t || field < 0 || !column_sorted(kind, field, column))
                return RC_OK;
        over_sql(kind, over);
        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM %s INDEXED BY %s_by_%s"
                 " WHERE %s > ?1 AND flags & %d AND NOT (%s)",
                 t->name, t->name, column, column, MARK_UNACKED, over);
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

/* Adds up the rows that pass; those of a plan that needs more than flags stay at -1. */
static enum rc sum_plans(struct store *s, const struct kind *kind, const struct plan *plans,
                         size_t count, int64_t *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, "SELECT flags, n FROM thing_count WHERE kind = ?1",
                               "t", kind->name);

        for (size_t i = 0; i < count; i++)
                ret[i] = plans[i].set_count ? -1 : 0;
        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                for (size_t i = 0; i < count; i++)
                        if (ret[i] >= 0 &&
                            plan_flags_pass(&plans[i], (unsigned)sqlite3_column_int64(stmt, 0)))
                                ret[i] += sqlite3_column_int64(stmt, 1);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

void plan_count(struct store *s, const struct kind *kind, const struct plan *p, int64_t *ret)
{
        int64_t sum;

        if (sum_plans(s, kind, p, 1, &sum, NULL) == RC_OK)
                *ret = sum;
}

enum rc query_count_flags(struct store *s, const struct kind *kind, const struct filter *filters,
                          size_t count, int64_t *ret, struct err *err)
{
        struct plan *plans = xcalloc(count + 1, sizeof(*plans));
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = plan_prepare(&plans[i], &filters[i], err);
        if (rc == RC_OK)
                rc = sum_plans(s, kind, plans, count, ret, err);
        for (size_t i = 0; i < count; i++)
                plan_finish(&plans[i]);
        free(plans);
        return rc;
}
