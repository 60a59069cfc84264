/*
 * A walk along an index that can stop and go on: where it goes on is the last row's whole key,
 * never a count.
 */
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

static void bind_bound(sqlite3_stmt *stmt, int at, const struct bound *b)
{
        if (at == 0)
                return;
        switch (b->type) {
        case BOUND_NULL: sqlite3_bind_null(stmt, at); break;
        case BOUND_NUMBER: sqlite3_bind_int64(stmt, at, b->number); break;
        case BOUND_TEXT: sqlite3_bind_text(stmt, at, b->text, -1, SQLITE_STATIC); break;
        case BOUND_END: sqlite3_bind_zeroblob(stmt, at, 0); break;
        }
}

static void bind_number(sqlite3_stmt *stmt, const char *name, int64_t value)
{
        int at = sqlite3_bind_parameter_index(stmt, name);

        if (at)
                sqlite3_bind_int64(stmt, at, value);
}

static enum rc start(struct store *s, struct walk *w, struct err *err)
{
        enum rc rc = w->stmt ? RC_OK : sql_prepare(s, w->sql, &w->stmt, err);

        if (rc != RC_OK)
                return rc;
        bind_bound(w->stmt, sqlite3_bind_parameter_index(w->stmt, ":key"), &w->key);
        bind_bound(w->stmt, sqlite3_bind_parameter_index(w->stmt, ":high"), &w->high);
        bind_bound(w->stmt, sqlite3_bind_parameter_index(w->stmt, ":text"), &w->text);
        bind_number(w->stmt, ":tie", w->tie);
        bind_number(w->stmt, ":flags", w->flags);
        bind_number(w->stmt, ":rid", w->rid);
        bind_number(w->stmt, ":field", w->field);
        w->running = true;
        return RC_OK;
}

enum rc walk_next(struct store *s, struct walk *w, struct err *err)
{
        enum rc rc = RC_OK;

        if (w->done)
                return RC_NOTFOUND;
        if (!w->running)
                rc = start(s, w, err);
        if (rc == RC_OK)
                rc = sql_step(s, w->stmt, err);
        if (rc == RC_OK)
                return rc;
        w->running = false;
        w->done = rc == RC_NOTFOUND;
        return rc;
}

int64_t walk_rid(const struct walk *w)
{
        return sqlite3_column_int64(w->stmt, 0);
}

unsigned walk_flags(const struct walk *w)
{
        return (unsigned)sqlite3_column_int64(w->stmt, 1);
}

static void take_place(struct walk *w, sqlite3_stmt *stmt, int at)
{
        w->tie = sqlite3_column_int64(stmt, at);
        free(w->key.text);
        w->key = (struct bound){.type = BOUND_NULL};
        if (sqlite3_column_type(stmt, at + 1) == SQLITE_TEXT) {
                w->key.type = BOUND_TEXT;
                w->key.text = xstrdup((const char *)sqlite3_column_text(stmt, at + 1));
        } else if (sqlite3_column_type(stmt, at + 1) == SQLITE_INTEGER) {
                w->key.type = BOUND_NUMBER;
                w->key.number = sqlite3_column_int64(stmt, at + 1);
        }
}

/* Asked while the walk's own statement is open: of the same picture of the database. */
static enum rc ask_place(struct store *s, struct walk *w, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, w->place, "i", w->rid);

        if (rc != RC_OK)
                return rc;
        take_place(w, stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc walk_pause(struct store *s, struct walk *w, struct err *err)
{
        enum rc rc = RC_OK;

        if (!w->running)
                return RC_OK;
        w->rid = sqlite3_column_int64(w->stmt, 0);
        w->flags = sqlite3_column_int64(w->stmt, 1);
        if (w->place)
                rc = ask_place(s, w, err);
        else
                take_place(w, w->stmt, 2);
        sqlite3_reset(w->stmt);
        w->running = false;
        return rc;
}

void walk_finish(struct walk *w)
{
        sqlite3_finalize(w->stmt);
        free(w->sql);
        free(w->place);
        free(w->key.text);
        free(w->high.text);
        free(w->text.text);
        *w = (struct walk){.done = true};
}

/* Before the first row of a walk up, or behind the last of a walk down. */
static void start_at_end(struct walk *w, bool down)
{
        w->tie = down ? INT64_MAX : INT64_MIN;
        w->flags = down ? INT64_MAX : -1;
        w->rid = down ? INT64_MAX : 0;
}

void walk_init_all(struct walk *w, const struct kind *kind, int field, bool down)
{
        const char *k = kind->name, *tie = column_tie(kind, field), *dir = down ? " DESC" : "";
        char col[COLUMN_NAME];

        *w = (struct walk){0};
        column_sorted(kind, field, col);
        w->sql = xasprintf("SELECT rid, flags FROM thing_%s INDEXED BY thing_%s_by_%s"
                           " WHERE (%s, %s, flags, rid) %c (:key, :tie, :flags, :rid)"
                           " ORDER BY %s%s, %s%s, flags%s, rid%s",
                           k, k, col, col, tie, down ? '<' : '>', col, dir, tie, dir, dir, dir);
        w->place = xasprintf("SELECT %s, %s FROM thing_%s WHERE rid = ?1", tie, col, k);
        start_at_end(w, down);
        if (field_sorts_as_text(&kind->fields[field])) {
                w->key.type = down ? BOUND_END : BOUND_TEXT;
                w->key.text = down ? NULL : xstrdup("");
        } else {
                w->key = (struct bound){.type = BOUND_NUMBER,
                                        .number = down ? INT64_MAX : INT64_MIN};
        }
}

void walk_init_key(struct walk *w, const struct kind *kind, int field, const struct bound *key,
                   bool down)
{
        const char *k = kind->name, *tie = column_tie(kind, field), *dir = down ? " DESC" : "";
        char col[COLUMN_NAME];

        *w = (struct walk){0};
        column_sorted(kind, field, col);
        w->sql = xasprintf("SELECT rid, flags FROM thing_%s INDEXED BY thing_%s_by_%s"
                           " WHERE %s IS :high AND (%s, flags, rid) %c (:tie, :flags, :rid)"
                           " ORDER BY %s%s, flags%s, rid%s",
                           k, k, col, col, tie, down ? '<' : '>', tie, dir, dir, dir);
        w->place = xasprintf("SELECT %s, %s FROM thing_%s WHERE rid = ?1", tie, col, k);
        start_at_end(w, down);
        w->high = *key;
        if (key->text)
                w->high.text = xstrdup(key->text);
}

void walk_init_newest(struct walk *w, const struct kind *kind, bool down)
{
        const char *k = kind->name, *dir = down ? " DESC" : "";

        *w = (struct walk){0};
        w->sql = xasprintf("SELECT rid, flags FROM thing_%s"
                           " INDEXED BY thing_%s_by_newest"
                           " WHERE (newest, flags, rid) %c (:tie, :flags, :rid)"
                           " ORDER BY newest%s, flags%s, rid%s",
                           k, k, down ? '<' : '>', dir, dir, dir);
        w->place = xasprintf("SELECT newest, newest FROM thing_%s WHERE rid = ?1", k);
        start_at_end(w, down);
}
