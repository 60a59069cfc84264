#include "store/bookings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/booking.h"
#include "store_private.h"

#define SQL_MAX 400

struct ids {
        const char **list;
        size_t count, room;
};

static bool has_id(const struct ids *ids, const char *id)
{
        for (size_t i = 0; i < ids->count; i++)
                if (strcmp(ids->list[i], id) == 0)
                        return true;
        return false;
}

static void add_id(struct ids *ids, const char *id, struct arena *a)
{
        if (has_id(ids, id))
                return;
        ids->list = arena_grow(a, ids->list, ids->count, &ids->room, sizeof(*ids->list));
        ids->list[ids->count++] = id;
}

/* ---- groups ---------------------------------------------------------------------------------- */

/* A field of one kind that ties a resource to others. */
struct tie {
        const struct kind *kind;
        const char *field;
        uint64_t ranks; /* 0: any */
};
static const struct tie team_members = {&kind_team, "members", 0},
                        kit_parts = {&kind_equipment, "kit", 0};

/* The ids in the first column, each once. */
static enum rc take_ids(struct store *s, sqlite3_stmt *stmt, enum rc rc, struct arena *a,
                        struct ids *ids, struct err *err)
{
        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                add_id(ids, sql_text(stmt, 0, a), a);
        sqlite3_reset(stmt);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* Ids of those whose field names it; of a tie with `ranks` those of which the state is one of them.
 */
static enum rc naming(struct store *s, const struct tie *t, const char *id, struct arena *a,
                      struct ids *ids, struct err *err)
{
        const char *table = table_of(s, t->kind)->name;
        char sql[SQL_MAX], state[64] = "";
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        if (t->ranks)
                snprintf(state, sizeof(state), " AND %lld >> t.f_state & 1", (long long)t->ranks);
        snprintf(sql, sizeof(sql),
                 "SELECT t.id FROM %s_item i JOIN %s t ON t.rid = i.rid"
                 " WHERE i.field = ?1 AND i.item = ?2%s",
                 table, table, state);
        rc = sql_first(s, &stmt, err, sql, "it", (int64_t)field_index(t->kind, t->field), id);
        return take_ids(s, stmt, rc, a, ids, err);
}

/* Ids that the field of a thing names. */
static enum rc named(struct store *s, const struct tie *t, const char *id, struct arena *a,
                     struct ids *ids, struct err *err)
{
        struct row row;
        enum rc rc = thing_by_id(s, id, a, &row, NULL);
        const struct value *v;

        if (rc != RC_OK || row.thing.kind != t->kind)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        (void)err;
        v = thing_value(&row.thing, t->field);
        for (size_t i = 0; i < v->count; i++)
                add_id(ids, v->items[i], a);
        if (v->text && *v->text)
                add_id(ids, v->text, a);
        return RC_OK;
}

enum rc bookings_groups(struct store *s, const char *resource, struct arena *a, const char ***ret,
                        size_t *ret_count, struct err *err)
{
        struct ids ids = {0};
        enum rc rc = naming(s, &team_members, resource, a, &ids, err);

        if (rc == RC_OK)
                rc = named(s, &kit_parts, resource, a, &ids, err);
        if (rc != RC_OK)
                return rc;
        *ret = ids.list;
        *ret_count = ids.count;
        return RC_OK;
}

enum rc bookings_members(struct store *s, const char *const *resources, size_t count,
                         struct arena *a, const char ***ret, size_t *ret_count, struct err *err)
{
        struct ids ids = {0};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                add_id(&ids, resources[i], a);
                rc = named(s, &team_members, resources[i], a, &ids, err);
                if (rc == RC_OK)
                        rc = naming(s, &kit_parts, resources[i], a, &ids, err);
        }
        if (rc != RC_OK)
                return rc;
        *ret = ids.list;
        *ret_count = ids.count;
        return RC_OK;
}

/* ---- deployments ----------------------------------------------------------------------------- */

struct bookings {
        struct booked *list;
        size_t count, room, max;
        int64_t since_ms;
        const char *except;
};

static bool is_listed(const struct bookings *b, const char *id)
{
        for (size_t i = 0; i < b->count; i++)
                if (strcmp(b->list[i].deployment.thing.id, id) == 0)
                        return true;
        return false;
}

static enum rc add_booked(struct store *s, const char *id, const char *via, struct arena *a,
                          struct bookings *b, struct err *err)
{
        struct booked one = {.via = via};
        enum rc rc;

        if (b->count == b->max || is_listed(b, id) || (b->except && strcmp(id, b->except) == 0))
                return RC_OK;
        rc = thing_by_id(s, id, a, &one.deployment, err);
        if (rc != RC_OK || booking_over(&one.deployment.thing) <= b->since_ms ||
            one.deployment.thing.revoked)
                return rc;
        b->list = arena_grow(a, b->list, b->count, &b->room, sizeof(*b->list));
        b->list[b->count++] = one;
        return RC_OK;
}

static enum rc add_naming(struct store *s, const char *resource, const char *via, struct arena *a,
                          struct bookings *b, struct err *err)
{
        const struct tie resources = {&kind_deployment, "resources", booking_states()};
        struct ids ids = {0};
        enum rc rc = naming(s, &resources, resource, a, &ids, err);

        for (size_t i = 0; rc == RC_OK && i < ids.count; i++)
                rc = add_booked(s, ids.list[i], via, a, b, err);
        return rc;
}

static int compare_from(const void *pa, const void *pb)
{
        const struct booked *a = pa, *b = pb;
        int64_t from_a = thing_ms(&a->deployment.thing, "from");
        int64_t from_b = thing_ms(&b->deployment.thing, "from");

        if (from_a != from_b)
                return (from_a > from_b) - (from_a < from_b);
        return strcmp(a->deployment.thing.id, b->deployment.thing.id);
}

enum rc bookings_of(struct store *s, const char *resource, int64_t since_ms, const char *except,
                    size_t max, struct arena *a, struct booked **ret, size_t *ret_count,
                    struct err *err)
{
        struct bookings b = {.max = max, .since_ms = since_ms, .except = except};
        const char **groups = NULL;
        size_t count = 0;
        enum rc rc = add_naming(s, resource, NULL, a, &b, err);

        if (rc == RC_OK)
                rc = bookings_groups(s, resource, a, &groups, &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = add_naming(s, groups[i], groups[i], a, &b, err);
        if (rc != RC_OK)
                return rc;
        if (b.count)
                qsort(b.list, b.count, sizeof(*b.list), compare_from);
        *ret = b.list;
        *ret_count = b.count;
        return RC_OK;
}

/* ---- rotas ----------------------------------------------------------------------------------- */

/* What a rota says of a person ends with the id. */
enum rc bookings_rotas(struct store *s, const char *expert, struct arena *a, const char ***ret,
                       size_t *ret_count, struct err *err)
{
        const char *table = table_of(s, &kind_rota)->name;
        struct ids ids = {0};
        char sql[SQL_MAX];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        snprintf(sql, sizeof(sql),
                 "SELECT t.id FROM %s_item i JOIN %s t ON t.rid = i.rid"
                 " WHERE i.field IN (?1, ?2) AND substr(i.item, -length(?3)) = ?3",
                 table, table);
        rc = sql_first(s, &stmt, err, sql, "iit", (int64_t)field_index(&kind_rota, "members"),
                       (int64_t)field_index(&kind_rota, "overrides"), expert);
        rc = take_ids(s, stmt, rc, a, &ids, err);
        if (rc != RC_OK)
                return rc;
        *ret = ids.list;
        *ret_count = ids.count;
        return RC_OK;
}
