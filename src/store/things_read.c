/*
 * Reading rows: by id, by reference, and the log of a thing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "store_private.h"

/* A row that the statement is at, then no more of it. */
static enum rc take_row(struct store *s, struct table *t, sqlite3_stmt *stmt, struct arena *a,
                        struct row *ret, struct err *err)
{
        enum rc rc = sql_step(s, stmt, err);

        if (rc == RC_OK) {
                row_read(stmt, t, a, ret);
                sqlite3_reset(stmt);
        }
        return rc;
}

static enum rc find_in(struct store *s, struct table *t, const char *id, struct arena *a,
                       struct row *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, t, TABLE_BY_ID, &stmt, err);

        if (rc != RC_OK)
                return rc;
        sqlite3_bind_text(stmt, 1, id, -1, SQLITE_STATIC);
        return take_row(s, t, stmt, a, ret, err);
}

enum rc thing_by_id(struct store *s, const char *id, struct arena *a, struct row *ret,
                    struct err *err)
{
        size_t len = ident_type_len(id);

        for (const struct kind *k = kind_of_type(id, len); k; k = kind_of_type_after(k, id, len)) {
                enum rc rc = find_in(s, table_of(s, k), id, a, ret, err);

                if (rc != RC_NOTFOUND)
                        return rc;
        }
        return err_set(err, RC_NOTFOUND, "nothing is known about %.300s", id);
}

enum rc thing_by_rid(struct store *s, const struct kind *kind, int64_t rid, struct arena *a,
                     struct row *ret, struct err *err)
{
        struct table *t = table_of(s, kind);
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        if (!t)
                return err_set(err, RC_NOTFOUND, "there is no table of this kind");
        rc = table_get(s, t, TABLE_BY_RID, &stmt, err);
        if (rc != RC_OK)
                return rc;
        sqlite3_bind_int64(stmt, 1, rid);
        rc = take_row(s, t, stmt, a, ret, err);
        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "no %s has row id %lld", kind->name, (long long)rid);
        return rc;
}

/* ---- by reference ---------------------------------------------------------------------------- */

struct found {
        struct row *rows;
        size_t count, max;
};

static bool has_row(const struct found *f, const struct row *row)
{
        for (size_t i = 0; i < f->count; i++)
                if (strcmp(f->rows[i].thing.id, row->thing.id) == 0)
                        return true;
        return false;
}

static enum rc find_refs(struct store *s, enum table_sql which, const char *text, struct arena *a,
                         struct found *f, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < s->table_count && f->count < f->max; i++) {
                struct table *t = &s->tables[i];
                sqlite3_stmt *stmt = NULL;

                if (t->kind->derived)
                        continue;
                rc = table_get(s, t, which, &stmt, err);
                if (rc != RC_OK)
                        return rc;
                sql_bind(stmt, "ti", text, (int64_t)f->max);
                while (f->count < f->max && (rc = sql_step(s, stmt, err)) == RC_OK) {
                        row_read(stmt, t, a, &f->rows[f->count]);
                        f->count += !has_row(f, &f->rows[f->count]);
                }
                sqlite3_reset(stmt);
                if (rc == RC_NOTFOUND)
                        rc = RC_OK;
        }
        return rc;
}

enum rc thing_by_ref(struct store *s, const char *text, size_t max, struct arena *a,
                     struct row **ret, size_t *ret_count, struct err *err)
{
        struct found f = {.rows = arena_array(a, max ? max : 1, sizeof(*f.rows)), .max = max};
        char usual[REF_MAX] = "";
        struct ref_parts parts;
        enum rc rc = RC_OK;

        if (ref_parse(text, &parts))
                ref_format(&parts, usual);
        if (*text)
                rc = find_refs(s, TABLE_EXACT_REF, *usual ? usual : text, a, &f, err);
        if (rc == RC_OK && *text)
                rc = find_refs(s, TABLE_BEGINS_REF, text, a, &f, err);
        if (rc == RC_OK && *usual)
                rc = find_refs(s, TABLE_BEGINS_REF, usual, a, &f, err);
        if (rc != RC_OK)
                return rc;
        *ret = f.rows;
        *ret_count = f.count;
        return RC_OK;
}

/* ---- by the beginning of an id --------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum rc ids_in(struct store *s, const struct table *t, const char *prefix, size_t max,
                      struct arena *a, const char **list, size_t *count, struct err *err)
{
        char sql[160];
        sqlite3_stmt *stmt = NULL;
        size_t end = *count + max;
        enum rc rc;

        snprintf(sql, sizeof(sql),
                 "SELECT id FROM thing_%s WHERE id >= ?1 AND id < ?1 || char(1114111)"
                 " ORDER BY id LIMIT ?2",
                 t->kind->name);
        rc = sql_first(s, &stmt, err, sql, "ti", prefix, (int64_t)max);
        for (; rc == RC_OK && *count < end; rc = sql_step(s, stmt, err))
                list[(*count)++] = sql_text(stmt, 0, a);
        sqlite3_reset(stmt);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc thing_ids(struct store *s, const char *prefix, size_t max, struct arena *a,
                  const char ***ret, size_t *ret_count, struct err *err)
{
        const char **list = arena_array(a, max * s->table_count + 1, sizeof(*list));
        size_t count = 0;
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++)
                if (!s->tables[i].kind->derived)
                        rc = ids_in(s, &s->tables[i], prefix, max, a, list, &count, err);
        if (rc != RC_OK)
                return rc;
        if (count)
                qsort(list, count, sizeof(*list), compare_ids);
        *ret = list;
        *ret_count = count < max ? count : max;
        return RC_OK;
}

/* ---- the log of a thing ---------------------------------------------------------------------- */

/* Where the page before ended: (at, rid) of its last row. */
static enum rc log_cursor(struct store *s, int64_t before_rid, int64_t *ret_at, int64_t *ret_rid,
                          struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        *ret_at = INT64_MAX;
        *ret_rid = INT64_MAX;
        if (before_rid == 0)
                return RC_OK;
        rc = sql_first(s, &stmt, err, "SELECT newest FROM thing_log WHERE rid = ?1", "i",
                       before_rid);
        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "no log entry has row id %lld", (long long)before_rid);
        if (rc != RC_OK)
                return rc;
        *ret_at = sqlite3_column_int64(stmt, 0);
        *ret_rid = before_rid;
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc thing_log(struct store *s, const char *about, int64_t before_rid, size_t max,
                  struct arena *a, struct row **ret, size_t *ret_count, struct err *err)
{
        struct row *list = NULL;
        int64_t at, rid, field = field_index(&kind_log, "about");
        size_t count = 0, room = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = log_cursor(s, before_rid, &at, &rid, err);

        if (rc != RC_OK)
                return rc;
        rc = sql_first(s, &stmt, err,
                       "SELECT rid FROM thing_log_item WHERE field = ?1 AND item = ?2"
                       " AND (at, rid) < (?3, ?4) ORDER BY at DESC, rid DESC LIMIT ?5",
                       "itiii", field, about, at, rid, (int64_t)max);
        while (rc == RC_OK) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                rc = thing_by_rid(s, &kind_log, sqlite3_column_int64(stmt, 0), a, &list[count],
                                  err);
                if (rc != RC_OK) {
                        sqlite3_reset(stmt);
                        return rc;
                }
                count++;
                rc = sql_step(s, stmt, err);
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc thing_log_count(struct store *s, const char *about, int64_t *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT count(*) FROM thing_log_item WHERE field = ?1 AND item = ?2",
                               "it", (int64_t)field_index(&kind_log, "about"), about);

        if (rc != RC_OK)
                return rc;
        *ret = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

/* ---- unresolved markings --------------------------------------------------------------------- */

static enum rc unresolved_in(struct store *s, const struct table *t, struct arena *a,
                             const char ***list, size_t *count, struct err *err)
{
        char sql[128];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        snprintf(sql, sizeof(sql), "SELECT id FROM thing_%s WHERE bits & %d ORDER BY id",
                 t->kind->name, BIT_UNRESOLVED);
        rc = sql_first(s, &stmt, err, sql, "");
        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                if ((*count & (*count + 1)) == 0) {
                        const char **more = arena_array(a, *count * 2 + 2, sizeof(*more));

                        if (*count)
                                memcpy(more, *list, *count * sizeof(*more));
                        *list = more;
                }
                (*list)[(*count)++] = sql_text(stmt, 0, a);
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc things_unresolved(struct store *s, struct arena *a, const char ***ret, size_t *ret_count,
                          struct err *err)
{
        const char **list = NULL;
        size_t count = 0;
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++)
                rc = unresolved_in(s, &s->tables[i], a, &list, &count, err);
        if (rc != RC_OK)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}
