#include "store/operators.h"

#include "base/clock.h"
#include "store_private.h"

#define COLUMNS "name, role, pin, added, pin_set, seen, failures, failed"

static int64_t time_at(sqlite3_stmt *stmt, int column)
{
        return sqlite3_column_type(stmt, column) == SQLITE_NULL
                       ? CLOCK_NONE
                       : sqlite3_column_int64(stmt, column);
}

static void read_operator(sqlite3_stmt *stmt, struct arena *a, struct operator_entry *ret)
{
        *ret = (struct operator_entry){.name = sql_text(stmt, 0, a),
                                       .role = sqlite3_column_int(stmt, 1),
                                       .pin = sql_text(stmt, 2, a),
                                       .added_ms = sqlite3_column_int64(stmt, 3),
                                       .pin_set_ms = sqlite3_column_int64(stmt, 4),
                                       .seen_ms = time_at(stmt, 5),
                                       .failures = sqlite3_column_int64(stmt, 6),
                                       .failed_ms = time_at(stmt, 7)};
}

enum rc operator_add(struct store *s, const struct operator_entry *o, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc != RC_OK)
                return rc;
        return sql_do(s, err,
                      "INSERT INTO operator(name, role, pin, added, pin_set)"
                      " VALUES(?1, ?2, ?3, ?4, ?5)",
                      "titii", o->name, (int64_t)o->role, o->pin, o->added_ms, o->pin_set_ms);
}

enum rc operator_save(struct store *s, const struct operator_entry *o, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        if (rc != RC_OK)
                return rc;
        return sql_do(s, err,
                      "UPDATE operator SET role = ?2, pin = ?3, pin_set = ?4, failures = ?5,"
                      " seen = nullif(?6, ?8), failed = nullif(?7, ?8) WHERE name = ?1",
                      "titiiiii", o->name, (int64_t)o->role, o->pin, o->pin_set_ms, o->failures,
                      o->seen_ms, o->failed_ms, CLOCK_NONE);
}

enum rc operator_drop(struct store *s, const char *name, struct err *err)
{
        enum rc rc = store_refuse_readonly(s, err);

        return rc == RC_OK ? sql_do(s, err, "DELETE FROM operator WHERE name = ?1", "t", name) : rc;
}

enum rc operator_get(struct store *s, const char *name, struct arena *a, struct operator_entry *ret,
                     struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, "SELECT " COLUMNS " FROM operator WHERE name = ?1",
                               "t", name);

        if (rc != RC_OK)
                return rc;
        read_operator(stmt, a, ret);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc operator_list(struct store *s, struct arena *a, struct operator_entry **ret,
                      size_t *ret_count, struct err *err)
{
        struct operator_entry *list = arena_array(a, OPERATORS_MAX, sizeof(*list));
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err, "SELECT " COLUMNS " FROM operator ORDER BY name LIMIT ?1",
                          "i", (int64_t)OPERATORS_MAX);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                read_operator(stmt, a, &list[count++]);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc operator_count(struct store *s, int role, int64_t *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err, "SELECT count(*) FROM operator WHERE ?1 < 0 OR role = ?1",
                          "i", (int64_t)role);

        if (rc != RC_OK)
                return rc;
        *ret = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}
