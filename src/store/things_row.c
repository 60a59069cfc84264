/*
 * Rows of the kinds' tables in and out, by field type.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store_private.h"

#define ITEM_SEPARATOR "\x1f"

int64_t row_newest(const struct row *row)
{
        return thing_ms(&row->thing, row->thing.kind->newest);
}

static unsigned pack_enums(const struct thing *t, int add)
{
        unsigned flags = 0;

        for (size_t i = 0; i < t->kind->field_count; i++) {
                const struct field *f = &t->kind->fields[i];
                int rank;

                if (f->type != FIELD_ENUM || !t->values[i].text)
                        continue;
                rank = enum_rank(f->list, t->values[i].text);
                if (rank >= 0)
                        flags |= (unsigned)(rank + add) << field_flags_shift(t->kind, (int)i);
        }
        return flags;
}

#define MARKS ((1u << FLAGS_FIRST_ENUM_BIT) - 1)

unsigned row_flags(const struct row *row)
{
        return (row->flags & MARKS) | pack_enums(&row->thing, 1);
}

/* ---- sets ------------------------------------------------------------------------------------ */

char *items_join(const struct value *v, struct arena *a)
{
        return v->count ? arena_strdup(a, value_join(v, ITEM_SEPARATOR, a)) : NULL;
}

const char *const *items_split(const char *joined, struct arena *a, size_t *ret_count)
{
        size_t count = 0, room = 1;
        const char **items;

        if (!joined) {
                *ret_count = 0;
                return NULL;
        }
        for (const char *p = joined; *p; p++)
                room += *p == *ITEM_SEPARATOR;
        items = arena_array(a, room, sizeof(*items));
        while (count < room) {
                size_t len = strcspn(joined, ITEM_SEPARATOR);

                items[count++] = arena_strndup(a, joined, len);
                joined += len + (joined[len] != '\0');
        }
        *ret_count = count;
        return items;
}

/* ---- in -------------------------------------------------------------------------------------- */

static void bind_time(sqlite3_stmt *stmt, int at, const char *text)
{
        int64_t ms;

        if (stamp_parse_ms(text, &ms, NULL) == RC_OK)
                sqlite3_bind_int64(stmt, at, ms);
        else
                sqlite3_bind_null(stmt, at);
}

static void bind_count(sqlite3_stmt *stmt, int at, const char *text)
{
        char *end;
        long long n = strtoll(text, &end, 10);

        if (end != text && *end == '\0')
                sqlite3_bind_int64(stmt, at, n);
        else
                sqlite3_bind_null(stmt, at);
}

static void bind_value(sqlite3_stmt *stmt, int at, const struct field *f, const struct value *v,
                       struct arena *a)
{
        int rank;

        if (field_is_set(f)) {
                sqlite3_bind_text(stmt, at, items_join(v, a), -1, SQLITE_STATIC);
        } else if (!v->text || !*v->text) {
                sqlite3_bind_null(stmt, at);
        } else if (f->type == FIELD_ENUM) {
                rank = enum_rank(f->list, v->text);
                if (rank < 0)
                        sqlite3_bind_null(stmt, at);
                else
                        sqlite3_bind_int(stmt, at, rank);
        } else if (f->type == FIELD_TIME) {
                bind_time(stmt, at, v->text);
        } else if (f->type == FIELD_COUNT) {
                bind_count(stmt, at, v->text);
        } else {
                sqlite3_bind_text(stmt, at, v->text, -1, SQLITE_STATIC);
        }
}

/* All but rid and the reference's columns. */
void row_bind(sqlite3_stmt *stmt, const struct table *t, const struct row *row, struct arena *a)
{
        const struct thing *thing = &row->thing;
        int64_t newest = row_newest(row);
        int bits = (thing->revoked ? BIT_REVOKED : 0) | (row->unresolved ? BIT_UNRESOLVED : 0) |
                   (row->tlp_given ? BIT_TLP_GIVEN : 0);

        sqlite3_bind_text(stmt, COL_ID + 1, thing->id, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, COL_CREATED_BY + 1, thing->created_by, -1, SQLITE_STATIC);
        sqlite3_bind_int64(stmt, COL_CREATED + 1, thing->created_ms);
        sqlite3_bind_int64(stmt, COL_MODIFIED + 1, thing->modified_ns);
        sqlite3_bind_int64(stmt, COL_NEWEST + 1, newest);
        sqlite3_bind_int64(stmt, COL_AGE + 1, newest == CLOCK_NONE ? INT64_MAX : -newest);
        sqlite3_bind_int64(stmt, COL_FLAGS + 1, row_flags(row));
        sqlite3_bind_int64(stmt, COL_OURS + 1, (int64_t)row->ours);
        sqlite3_bind_int(stmt, COL_BITS + 1, bits);
        for (size_t i = 0; i < t->kind->field_count; i++)
                bind_value(stmt, COL_FIRST_FIELD + (int)i + 1, &t->kind->fields[i],
                           &thing->values[i], a);
}

/* ---- out ------------------------------------------------------------------------------------- */

static const char *read_time(sqlite3_stmt *stmt, int column, struct arena *a)
{
        char stamp[STAMP_BYTES];

        stamp_format(sqlite3_column_int64(stmt, column), stamp);
        return arena_strdup(a, stamp);
}

void row_read_value(sqlite3_stmt *stmt, int column, const struct field *f, struct arena *a,
                    struct value *ret)
{
        if (sqlite3_column_type(stmt, column) == SQLITE_NULL)
                return;
        if (field_is_set(f))
                ret->items = items_split(sql_text(stmt, column, a), a, &ret->count);
        else if (f->type == FIELD_ENUM)
                ret->text = enum_id(f->list, sqlite3_column_int(stmt, column));
        else if (f->type == FIELD_TIME)
                ret->text = read_time(stmt, column, a);
        else
                ret->text = sql_text(stmt, column, a);
}

void row_read(sqlite3_stmt *stmt, const struct table *t, struct arena *a, struct row *ret)
{
        int bits = sqlite3_column_int(stmt, COL_BITS);

        *ret = (struct row){.rid = sqlite3_column_int64(stmt, COL_RID), .matches = true};
        thing_init(&ret->thing, t->kind, sql_text(stmt, COL_ID, a));
        ret->thing.created_by = sql_text(stmt, COL_CREATED_BY, a);
        ret->thing.created_ms = sqlite3_column_int64(stmt, COL_CREATED);
        ret->thing.modified_ns = sqlite3_column_int64(stmt, COL_MODIFIED);
        ret->thing.revoked = bits & BIT_REVOKED;
        for (size_t i = 0; i < t->kind->field_count; i++)
                row_read_value(stmt, COL_FIRST_FIELD + (int)i, &t->kind->fields[i], a,
                               &ret->thing.values[i]);
        ret->flags = ((unsigned)sqlite3_column_int64(stmt, COL_FLAGS) & MARKS) |
                     pack_enums(&ret->thing, 0);
        ret->ref = sql_text(stmt, COL_REF, a);
        ret->ours = (uint64_t)sqlite3_column_int64(stmt, COL_OURS);
        ret->unresolved = bits & BIT_UNRESOLVED;
        ret->tlp_given = bits & BIT_TLP_GIVEN;
}
