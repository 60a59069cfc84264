/*
 * A walk along an index that can stop and go on: where it goes on is the last row's whole key,
 * never a count.
 */
#include <stdio.h>
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
        sqlite3_stmt **stmt = &w->stmt[w->stage];
        enum rc rc = *stmt ? RC_OK : sql_prepare(s, w->sql[w->stage], stmt, err);

        if (rc != RC_OK)
                return rc;
        bind_bound(*stmt, sqlite3_bind_parameter_index(*stmt, ":key"), &w->key);
        bind_bound(*stmt, sqlite3_bind_parameter_index(*stmt, ":high"), &w->high);
        bind_bound(*stmt, sqlite3_bind_parameter_index(*stmt, ":text"), &w->text);
        bind_number(*stmt, ":tie", w->tie);
        bind_number(*stmt, ":flags", w->flags);
        bind_number(*stmt, ":rid", w->rid);
        bind_number(*stmt, ":field", w->field);
        w->running = true;
        return RC_OK;
}

enum rc walk_next(struct store *s, struct walk *w, struct err *err)
{
        while (w->stage < WALK_STAGES && w->sql[w->stage]) {
                enum rc rc = w->running ? RC_OK : start(s, w, err);

                if (rc == RC_OK)
                        rc = sql_step(s, w->stmt[w->stage], err);
                if (rc == RC_OK)
                        return rc;
                w->running = false;
                if (rc != RC_NOTFOUND)
                        return rc;
                w->stage++;
        }
        return RC_NOTFOUND;
}

int64_t walk_rid(const struct walk *w)
{
        return sqlite3_column_int64(w->stmt[w->stage], 0);
}

unsigned walk_flags(const struct walk *w)
{
        return (unsigned)sqlite3_column_int64(w->stmt[w->stage], 1);
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
        sqlite3_stmt *stmt = w->stmt[w->stage];
        enum rc rc = RC_OK;

        w->rid = sqlite3_column_int64(stmt, 0);
        w->flags = sqlite3_column_int64(stmt, 1);
        if (w->place)
                rc = ask_place(s, w, err);
        else
                take_place(w, stmt, 2);
        sqlite3_reset(stmt);
        w->running = false;
        w->stage = 0;
        return rc;
}

void walk_finish(struct walk *w)
{
        for (int i = 0; i < WALK_STAGES; i++) {
                sqlite3_finalize(w->stmt[i]);
                free(w->sql[i]);
        }
        free(w->place);
        free(w->key.text);
        free(w->high.text);
        free(w->text.text);
        *w = (struct walk){0};
}

/* Before the first row of a walk up, or behind the last of a walk down. */
static void start_at_end(struct walk *w, bool down)
{
        w->tie = down ? INT64_MAX : INT64_MIN;
        w->flags = down ? INT64_MAX : -1;
        w->rid = down ? INT64_MAX : 0;
}

/* One stage: a stretch of an index, and in which order. */
struct stretch {
        const char *kind, *index, *where;
        const char *order[4]; /* NULL behind the last */
        bool down;
};

static char *write_stretch(const struct stretch *st)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, SQL_BYTES_MAX);
        str_addf(&out,
                 "SELECT rid, flags FROM thing_%s INDEXED BY thing_%s_by_%s WHERE %s ORDER BY ",
                 st->kind, st->kind, st->index, st->where);
        for (int i = 0; i < 4 && st->order[i]; i++)
                str_addf(&out, "%s%s%s", i ? ", " : "", st->order[i], st->down ? " DESC" : "");
        return str_take(&out);
}

/* Rows with the same tie, then those behind it; `same` says which rows at all, as "column = :key
 * AND ". */
static void write_ties(struct walk *w, const struct stretch *st, const char *same, const char *tie)
{
        AUTO_FREE char *rest = xasprintf("%s%s = :tie AND (flags, rid) %c (:flags, :rid)", same,
                                         tie, st->down ? '<' : '>');
        AUTO_FREE char *behind = xasprintf("%s%s %c :tie", same, tie, st->down ? '<' : '>');
        struct stretch one = *st;

        one.where = rest;
        memcpy(one.order, (const char *[4]){"flags", "rid"}, sizeof(one.order));
        w->sql[0] = write_stretch(&one);
        one.where = behind;
        memcpy(one.order, (const char *[4]){tie, "flags", "rid"}, sizeof(one.order));
        w->sql[1] = write_stretch(&one);
}

void walk_init_all(struct walk *w, const struct kind *kind, int field, bool down)
{
        const char *tie = column_tie(kind, field);
        char col[COLUMN_NAME], same[COLUMN_NAME + 16], behind[COLUMN_NAME + 16];
        struct stretch st = {.kind = kind->name, .index = col, .down = down};

        *w = (struct walk){0};
        column_sorted(kind, field, col);
        snprintf(same, sizeof(same), "%s = :key AND ", col);
        snprintf(behind, sizeof(behind), "%s %c :key", col, down ? '<' : '>');
        write_ties(w, &st, same, tie);
        st.where = behind;
        memcpy(st.order, (const char *[4]){col, tie, "flags", "rid"}, sizeof(st.order));
        w->sql[2] = write_stretch(&st);
        w->place = xasprintf("SELECT %s, %s FROM thing_%s WHERE rid = ?1", tie, col, kind->name);
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
        const char *tie = column_tie(kind, field);
        char col[COLUMN_NAME], same[COLUMN_NAME + 16];
        const struct stretch st = {.kind = kind->name, .index = col, .down = down};

        *w = (struct walk){0};
        column_sorted(kind, field, col);
        snprintf(same, sizeof(same), "%s IS :high AND ", col);
        write_ties(w, &st, same, tie);
        w->place = xasprintf("SELECT %s, %s FROM thing_%s WHERE rid = ?1", tie, col, kind->name);
        start_at_end(w, down);
        w->high = *key;
        if (key->text)
                w->high.text = xstrdup(key->text);
}

void walk_init_newest(struct walk *w, const struct kind *kind, bool down)
{
        const struct stretch st = {.kind = kind->name, .index = "newest", .down = down};

        *w = (struct walk){0};
        write_ties(w, &st, "", "newest");
        w->place = xasprintf("SELECT newest, newest FROM thing_%s WHERE rid = ?1", kind->name);
        start_at_end(w, down);
}
