#include "store/clocks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store_private.h"

#define SQL_MAX 400

static const char *table_name(struct store *s)
{
        return table_of(s, &kind_clock)->name;
}

static int64_t incident_field(void)
{
        return field_index(&kind_clock, "incident");
}

/* ---- writing ------------------------------------------------------------------------------- */

/* Ids of the rows that an incident has. */
static enum rc list_rows(struct store *s, const char *incident, struct arena *a, const char ***ret,
                         size_t *ret_count, struct err *err)
{
        char sql[SQL_MAX];
        sqlite3_stmt *stmt = NULL;
        const char **ids = NULL;
        size_t count = 0, room = 0;
        enum rc rc;

        snprintf(sql, sizeof(sql),
                 "SELECT c.id FROM %s_item i JOIN %s c ON c.rid = i.rid"
                 " WHERE i.field = ?1 AND i.item = ?2",
                 table_name(s), table_name(s));
        rc = sql_first(s, &stmt, err, sql, "it", incident_field(), incident);
        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                ids = arena_grow(a, ids, count, &room, sizeof(*ids));
                ids[count++] = sql_text(stmt, 0, a);
        }
        sqlite3_reset(stmt);
        *ret = ids;
        *ret_count = count;
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static bool is_among(const char *id, const struct row *rows, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(rows[i].thing.id, id) == 0)
                        return true;
        return false;
}

static enum rc shown_ref(struct store *s, const char *incident, struct arena *a, const char **ret,
                         struct err *err)
{
        char sql[SQL_MAX];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        snprintf(sql, sizeof(sql), "SELECT ref FROM %s WHERE id = ?1",
                 table_of(s, &kind_incident)->name);
        rc = sql_first(s, &stmt, err, sql, "t", incident);
        if (rc == RC_OK)
                *ret = sql_text(stmt, 0, a);
        sqlite3_reset(stmt);
        return rc == RC_NOTFOUND ? err_set(err, RC_FAIL, "%s has no row", incident) : rc;
}

static enum rc put_rows(struct store *s, const char *incident, const struct row *rows, size_t count,
                        struct arena *a, struct err *err)
{
        const char *ref = NULL;
        enum rc rc = count ? shown_ref(s, incident, a, &ref, err) : RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct row row = rows[i];

                row.ref = ref;
                rc = thing_put(s, &row, NULL, err);
        }
        return rc;
}

enum rc clocks_put(struct store *s, const char *incident, const struct row *rows, size_t count,
                   struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char **had = NULL;
        size_t had_count = 0;
        enum rc rc = list_rows(s, incident, &a, &had, &had_count, err);

        if (rc == RC_OK)
                rc = put_rows(s, incident, rows, count, &a, err);
        for (size_t i = 0; rc == RC_OK && i < had_count; i++)
                if (!is_among(had[i], rows, count))
                        rc = thing_drop(s, &kind_clock, had[i], err);
        return rc;
}

enum rc clocks_show_ref(struct store *s, int64_t incident_rid, const char *ref, struct err *err)
{
        struct shown shown = {0};
        char sql[SQL_MAX];

        ref_of_owner(ref, &shown);
        snprintf(sql, sizeof(sql),
                 "UPDATE %s SET ref = ?3, ref_key = ?4 WHERE rid IN (SELECT rid FROM %s_item"
                 " WHERE field = ?1 AND item = (SELECT id FROM %s WHERE rid = ?2))",
                 table_name(s), table_name(s), table_of(s, &kind_incident)->name);
        return sql_do(s, err, sql, "iitt", incident_field(), incident_rid, shown.ref, shown.key);
}

enum rc clocks_owners(struct store *s, struct arena *a, const char ***ret, size_t *ret_count,
                      struct err *err)
{
        char sql[SQL_MAX];
        sqlite3_stmt *stmt = NULL;
        int64_t all = 0;
        enum rc rc;

        snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table_name(s));
        rc = sql_number(s, sql, NULL, 0, &all, err);
        if (rc != RC_OK)
                return rc;
        const char **ids = arena_array(a, (size_t)all + 1, sizeof(*ids));
        size_t count = 0;
        snprintf(sql, sizeof(sql),
                 "SELECT DISTINCT item FROM %s_item WHERE field = ?1 ORDER BY item", table_name(s));
        rc = sql_first(s, &stmt, err, sql, "i", incident_field());
        for (; rc == RC_OK && count < (size_t)all; rc = sql_step(s, stmt, err))
                ids[count++] = sql_text(stmt, 0, a);
        sqlite3_reset(stmt);
        *ret = ids;
        *ret_count = count;
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* ---- points of time ------------------------------------------------------------------------ */

static const char *const point_columns[] = {
        [CLOCK_POINT_QUARTER] = "f_quarter",
        [CLOCK_POINT_HOUR] = "f_hour",
        [CLOCK_POINT_DUE] = "f_due",
};

static enum rc count_point(struct store *s, enum clock_point point, int64_t from_ms, int64_t to_ms,
                           int64_t *all, struct err *err)
{
        const char *column = point_columns[point], *t = table_name(s);
        char sql[SQL_MAX];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM %s INDEXED BY %s_by_%s"
                 " WHERE %s > ?1 AND %s <= ?2 AND f_state = %d",
                 t, t, column, column, column, CLOCK_RUNNING);
        rc = sql_first(s, &stmt, err, sql, "ii", from_ms, to_ms);
        if (rc == RC_OK)
                *all += sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return rc;
}

static void read_crossing(sqlite3_stmt *stmt, enum clock_point point, struct arena *a,
                          struct clock_crossing *ret)
{
        *ret = (struct clock_crossing){.point = point,
                                       .incident = sql_text(stmt, 0, a),
                                       .ref = sql_text(stmt, 1, a),
                                       .label = sql_text(stmt, 2, a),
                                       .at_ms = sqlite3_column_int64(stmt, 3),
                                       .due_ms = sqlite3_column_int64(stmt, 4)};
}

static enum rc list_point(struct store *s, enum clock_point point, int64_t from_ms, int64_t to_ms,
                          size_t max, struct arena *a, struct clock_crossing *list, size_t *count,
                          struct err *err)
{
        const char *column = point_columns[point], *t = table_name(s);
        size_t end = *count + max;
        char sql[SQL_MAX];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        snprintf(sql, sizeof(sql),
                 "SELECT f_incident, ref, f_label, %s, f_due FROM %s INDEXED BY %s_by_%s"
                 " WHERE %s > ?1 AND %s <= ?2 AND f_state = %d ORDER BY %s DESC LIMIT ?3",
                 column, t, t, column, column, column, CLOCK_RUNNING, column);
        rc = sql_first(s, &stmt, err, sql, "iii", from_ms, to_ms, (int64_t)max);
        for (; rc == RC_OK && *count < end; rc = sql_step(s, stmt, err))
                read_crossing(stmt, point, a, &list[(*count)++]);
        sqlite3_reset(stmt);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* Newest first; at one moment what is worse comes first. */
static int compare_crossings(const void *va, const void *vb)
{
        const struct clock_crossing *a = va, *b = vb;

        if (a->at_ms != b->at_ms)
                return a->at_ms > b->at_ms ? -1 : 1;
        if (a->point != b->point)
                return (int)b->point - (int)a->point;
        return strcmp(a->ref, b->ref);
}

enum rc clocks_crossed(struct store *s, int64_t from_ms, int64_t to_ms, size_t max, struct arena *a,
                       struct clock_crossing **ret, size_t *ret_count, int64_t *ret_all,
                       struct err *err)
{
        struct clock_crossing *list = arena_array(a, 3 * max + 1, sizeof(*list));
        size_t count = 0;
        int64_t all = 0;
        enum rc rc = RC_OK;

        for (int p = CLOCK_POINT_QUARTER; rc == RC_OK && p <= CLOCK_POINT_DUE; p++) {
                rc = count_point(s, (enum clock_point)p, from_ms, to_ms, &all, err);
                if (rc == RC_OK && all > 0)
                        rc = list_point(s, (enum clock_point)p, from_ms, to_ms, max, a, list,
                                        &count, err);
        }
        if (rc != RC_OK)
                return rc;
        if (count)
                qsort(list, count, sizeof(*list), compare_crossings);
        *ret = list;
        *ret_count = count < max ? count : max;
        *ret_all = all;
        return RC_OK;
}

enum rc clocks_ahead(struct store *s, int64_t now_ms, struct arena *a, struct clock_ahead *ret,
                     struct err *err)
{
        struct clock_ahead ahead = {.due_ms = CLOCK_NONE};
        char sql[SQL_MAX];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        snprintf(sql, sizeof(sql),
                 "SELECT ref, f_label, f_due FROM %s INDEXED BY %s_by_f_due"
                 " WHERE f_due > ?1 AND f_state = %d ORDER BY f_due LIMIT 1",
                 table_name(s), table_name(s), CLOCK_RUNNING);
        rc = sql_first(s, &stmt, err, sql, "i", now_ms);
        if (rc == RC_OK)
                ahead = (struct clock_ahead){.ref = sql_text(stmt, 0, a),
                                             .label = sql_text(stmt, 1, a),
                                             .due_ms = sqlite3_column_int64(stmt, 2)};
        sqlite3_reset(stmt);
        if (rc == RC_OK || rc == RC_NOTFOUND)
                rc = count_point(s, CLOCK_POINT_DUE, INT64_MIN + 1, now_ms, &ahead.overdue, err);
        if (rc == RC_OK)
                *ret = ahead;
        return rc;
}
