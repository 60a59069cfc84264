/*
 * All rows of a kind in the order of one sort, eight bytes a row: written down by who walked the
 * index to its end anyway. As long as nobody writes, the next filter with the same sort is a pass
 * over memory and not another walk. Who reads in it holds it, and goes on in what it was.
 */
#include <stdlib.h>

#include "store_private.h"

#define ROWS_MOST 2000000 /* 16 MB: of more rows no order is kept */

struct order {
        struct table *of; /* until all rows are written down */
        int field;
        bool down;
        int64_t version, changes; /* of the database, by others and by this connection */
        struct order_row *rows;
        size_t count, room;
        uint32_t last; /* the greatest row id */
        unsigned holds;
};

void order_drop(struct order *o)
{
        if (!o)
                return;
        if (o->of && o->of->begun == o)
                o->of->begun = NULL;
        if (--o->holds)
                return;
        free(o->rows);
        free(o);
}

static bool is_as_it_was(struct store *s, const struct order *o)
{
        return o->changes == sqlite3_total_changes64(s->db) && o->version == store_data_version(s);
}

struct order *order_known(struct store *s, struct table *t, int field, bool down)
{
        struct order *o = t->order;

        if (!o || o->field != field || o->down != down || !is_as_it_was(s, o))
                return NULL;
        o->holds++;
        return o;
}

struct order_view order_view(const struct order *o)
{
        return (struct order_view){o->rows, o->count, o->last};
}

struct order *order_begin(struct store *s, struct table *t, int field, bool down)
{
        int64_t version = store_data_version(s), rows;
        struct order *o;

        if (t->begun || query_total(s, t->kind, &rows, NULL) != RC_OK || rows > ROWS_MOST)
                return NULL;
        if (t->order && !is_as_it_was(s, t->order))
                order_drop(TAKE(t->order));
        o = xcalloc(1, sizeof(*o));
        *o = (struct order){.of = t,
                            .field = field,
                            .down = down,
                            .version = version,
                            .changes = sqlite3_total_changes64(s->db),
                            .holds = 1,
                            .room = (size_t)rows};
        o->rows = xreallocarray(NULL, o->room + 1, sizeof(*o->rows));
        t->begun = o;
        return o;
}

bool order_add(struct order *o, int64_t rid, unsigned flags)
{
        if (o->count == o->room || rid > UINT32_MAX)
                return false;
        o->rows[o->count++] = (struct order_row){(uint32_t)rid, flags};
        if (rid > o->last)
                o->last = (uint32_t)rid;
        return true;
}

void order_keep(struct store *s, struct table *t, struct order *o)
{
        if (o->count < o->room || !is_as_it_was(s, o)) {
                order_drop(o);
                return;
        }
        order_drop(t->order);
        t->order = o;
        t->begun = NULL;
        o->of = NULL;
}
