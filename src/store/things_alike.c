#include "store/alike.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store_private.h"

static enum rc no_such(const struct kind *kind, const char *field, struct err *err)
{
        return err_set(err, RC_INVALID, "%s has no such field %s", kind->name, field);
}

/* The row ids that a statement gives, to its end. */
static enum rc gather(struct store *s, sqlite3_stmt *stmt, size_t max, struct arena *a,
                      int64_t **ret, size_t *ret_count, struct err *err)
{
        int64_t *rids = NULL;
        size_t count = 0, room = 0;
        enum rc rc;

        while ((rc = sql_step(s, stmt, err)) == RC_OK)
                if (count < max) {
                        rids = arena_grow(a, rids, count, &room, sizeof(*rids));
                        rids[count++] = sqlite3_column_int64(stmt, 0);
                }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = rids;
        *ret_count = count;
        return RC_OK;
}

enum rc things_with_item(struct store *s, const struct kind *kind, const char *field,
                         const char *item, size_t max, struct arena *a, int64_t **ret,
                         size_t *ret_count, struct err *err)
{
        const struct table *t = table_of(s, kind);
        int at = field_index(kind, field);
        char sql[256];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        if (!t || at < 0 || !field_has_items(&kind->fields[at]))
                return no_such(kind, field, err);
        snprintf(sql, sizeof(sql),
                 "SELECT rid FROM %s_item WHERE field = ?1 AND item = ?2"
                 " ORDER BY at DESC, rid DESC LIMIT ?3",
                 t->name);
        rc = sql_get(s, sql, &stmt, err);
        if (rc != RC_OK)
                return rc;
        sql_bind(stmt, "iti", (int64_t)at, item, (int64_t)max);
        return gather(s, stmt, max, a, ret, ret_count, err);
}

/* ---- people ---------------------------------------------------------------------------------- */

static enum rc open_of(struct store *s, const struct table *t, const char *column,
                       struct person_load *p, struct err *err)
{
        int status = field_index(t->kind, "status");
        char sql[256], open[64] = "1";

        if (status >= 0 && t->kind->fields[status].list == &enum_status)
                snprintf(open, sizeof(open), "(flags >> %d & %u) <> %d",
                         field_flags_shift(t->kind, status),
                         field_flags_mask(&t->kind->fields[status]), STATUS_CLOSED + 1);
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s WHERE %s = ?1 AND %s", t->name, column,
                 open);
        return sql_number(s, sql, p->name, 0, &p->open, err);
}

static enum rc names_of(struct store *s, sqlite3_stmt *stmt, size_t max, struct arena *a,
                        struct person_load *people, size_t *ret_count, struct err *err)
{
        enum rc rc;

        while ((rc = sql_step(s, stmt, err)) == RC_OK)
                if (*ret_count < max)
                        people[(*ret_count)++].name = sql_text(stmt, 0, a);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc things_people(struct store *s, const struct kind *kind, const char *field, size_t recent,
                      size_t max, struct arena *a, struct person_load **ret, size_t *ret_count,
                      struct err *err)
{
        const struct table *t = table_of(s, kind);
        struct person_load *people = arena_array(a, max ? max : 1, sizeof(*people));
        int at = field_index(kind, field);
        char column[COLUMN_NAME], sql[512];
        sqlite3_stmt *stmt = NULL;
        size_t count = 0;
        enum rc rc;

        if (!t || at < 0 || !column_sorted(kind, at, column))
                return no_such(kind, field, err);
        snprintf(sql, sizeof(sql),
                 "SELECT who FROM (SELECT %s AS who FROM %s ORDER BY newest DESC LIMIT ?1)"
                 " WHERE who IS NOT NULL AND who <> '' GROUP BY who"
                 " ORDER BY count(*) DESC, who LIMIT ?2",
                 column, t->name);
        rc = sql_get(s, sql, &stmt, err);
        if (rc != RC_OK)
                return rc;
        sql_bind(stmt, "ii", (int64_t)recent, (int64_t)max);
        rc = names_of(s, stmt, max, a, people, &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = open_of(s, t, column, &people[i], err);
        if (rc != RC_OK)
                return rc;
        *ret = people;
        *ret_count = count;
        return RC_OK;
}

/* ---- time ------------------------------------------------------------------------------------ */

/* The kind's table, and the sorted column of a field of time; NULL: the field is none. */
static const struct table *timed(struct store *s, const struct kind *kind, const char *field,
                                 char column[COLUMN_NAME])
{
        const struct table *t = table_of(s, kind);
        int at = field_index(kind, field);

        return t && at >= 0 && kind->fields[at].type == FIELD_TIME &&
                               column_sorted(kind, at, column)
                       ? t
                       : NULL;
}

enum rc things_next_time(struct store *s, const struct kind *kind, const char *field,
                         int64_t after_ms, int64_t *ret_ms, struct err *err)
{
        char column[COLUMN_NAME], sql[256];
        const struct table *t = timed(s, kind, field, column);
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        if (!t)
                return no_such(kind, field, err);
        snprintf(sql, sizeof(sql), "SELECT min(%s) FROM %s WHERE %s > ?1", column, t->name, column);
        rc = sql_first(s, &stmt, err, sql, "i", after_ms);
        if (rc != RC_OK)
                return rc;
        *ret_ms = sqlite3_column_type(stmt, 0) == SQLITE_NULL ? CLOCK_NONE
                                                              : sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc things_past(struct store *s, const struct kind *kind, const char *field, int64_t now_ms,
                    size_t max, struct arena *a, int64_t **ret, size_t *ret_count, struct err *err)
{
        char column[COLUMN_NAME], sql[256];
        const struct table *t = timed(s, kind, field, column);
        int64_t *rids = arena_array(a, max + 1, sizeof(*rids));
        sqlite3_stmt *stmt = NULL;
        size_t count = 0;
        enum rc rc;

        if (!t)
                return no_such(kind, field, err);
        snprintf(sql, sizeof(sql), "SELECT rid FROM %s WHERE %s <= ?1 ORDER BY %s LIMIT ?2",
                 t->name, column, column);
        rc = sql_first(s, &stmt, err, sql, "ii", now_ms, (int64_t)max);
        for (; rc == RC_OK && count < max; rc = sql_step(s, stmt, err))
                rids[count++] = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        if (rc != RC_OK && rc != RC_NOTFOUND)
                return rc;
        *ret = rids;
        *ret_count = count;
        return RC_OK;
}

enum rc things_reached(struct store *s, const struct kind *kind, const char *field, int64_t from_ms,
                       int64_t to_ms, size_t max, struct arena *a, int64_t **ret, size_t *ret_count,
                       size_t *ret_all, struct err *err)
{
        char column[COLUMN_NAME], sql[512];
        const struct table *t = timed(s, kind, field, column);
        int64_t *rids = arena_array(a, max + 1, sizeof(*rids));
        sqlite3_stmt *stmt = NULL;
        size_t all = 0;
        enum rc rc;

        if (!t)
                return no_such(kind, field, err);
        snprintf(sql, sizeof(sql), "SELECT rid FROM %s WHERE %s > ?1 AND %s <= ?2 ORDER BY %s DESC",
                 t->name, column, column, column);
        rc = sql_first(s, &stmt, err, sql, "ii", from_ms, to_ms);
        for (; rc == RC_OK; rc = sql_step(s, stmt, err), all++)
                if (all < max)
                        rids[all] = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = rids;
        *ret_count = all < max ? all : max;
        *ret_all = all;
        return RC_OK;
}
