#include "store/references.h"

#include <stdio.h>

#include "store_private.h"

#define SQL_MAX 256

/* Of the set of tables that this connection reads and writes. */
static const char *sql_of(const struct store *s, const char *before, const char *behind,
                          char sql[SQL_MAX])
{
        snprintf(sql, SQL_MAX, "%s %s_reference %s", before, s->tables_of, behind);
        return sql;
}

enum rc reference_put(struct store *s, const char *from, const struct reference *list, size_t count,
                      bool was_there, struct err *err)
{
        char sql[SQL_MAX];
        enum rc rc = RC_OK;

        if (was_there)
                rc = sql_do(s, err, sql_of(s, "DELETE FROM", "WHERE source = ?1", sql), "t", from);
        sql_of(s, "INSERT OR IGNORE INTO", "(source, member, target, place) VALUES(?1, ?2, ?3, ?4)",
               sql);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = sql_do(s, err, sql, "ttti", from, list[i].member, list[i].to, (int64_t)i);
        return rc;
}

static enum rc count_to(struct store *s, const char *id, int64_t *ret, struct err *err)
{
        char sql[SQL_MAX];

        sql_of(s, "SELECT count(DISTINCT source) FROM", "WHERE target = ?1", sql);
        return sql_number(s, sql, id, 0, ret, err);
}

enum rc reference_to(struct store *s, const char *id, size_t max, struct arena *a,
                     const char ***ret, size_t *ret_count, struct err *err)
{
        int64_t all;
        char sql[SQL_MAX];
        enum rc rc = count_to(s, id, &all, err);

        if (rc != RC_OK)
                return rc;
        sql_of(s, "SELECT DISTINCT source FROM", "WHERE target = ?1 ORDER BY source LIMIT ?2", sql);
        return sql_texts(s, sql, id, (uint64_t)all < max ? (size_t)all : max, a, ret, ret_count,
                         err);
}

enum rc reference_count_from(struct store *s, const char *id, int64_t *ret, struct err *err)
{
        char sql[SQL_MAX];

        sql_of(s, "SELECT count(*) FROM", "WHERE source = ?1", sql);
        return sql_number(s, sql, id, 0, ret, err);
}
