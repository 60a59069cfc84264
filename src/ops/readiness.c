#include "ops/readiness.h"

#include "base/clock.h"
#include "ops/rosters.h"
#include "store/bookings.h"
#include "store/query.h"

#include "ops_private.h"

#define PAGE 500

/* Whom a deployment, a team or an expert stands for. */
static enum rc take_out(struct ops *ops, const char *id, struct id_set *out, struct arena *a,
                        struct err *err)
{
        const char **members = NULL, *const *ids = &id;
        size_t count = 1, member_count = 0;
        struct row row;
        enum rc rc = thing_by_id(ops->store, id, a, &row, err);

        if (rc != RC_OK)
                return rc;
        if (row.thing.kind == &kind_deployment) {
                const struct value *resources = thing_value(&row.thing, "resources");

                ids = resources->items;
                count = resources->count;
        } else if (!rosters_are_kept(row.thing.kind)) {
                return err_set(err, RC_INVALID, "%s is no deployment, team or expert", row.ref);
        }
        rc = bookings_members(ops->store, ids, count, a, &members, &member_count, err);
        for (size_t i = 0; rc == RC_OK && i < member_count; i++)
                id_set_add(out, members[i]);
        return rc;
}

struct experts {
        struct roster_facts *list;
        size_t count, room;
};

static enum rc read_experts(struct ops *ops, struct query *q, struct arena *a, struct experts *e,
                            struct err *err)
{
        enum rc rc = query_run(q, SIZE_MAX, err);

        for (size_t first = 0; rc == RC_OK && first < query_known(q); first += PAGE) {
                struct row *rows = NULL;
                size_t count = 0;

                rc = query_page(q, first, PAGE, a, &rows, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++) {
                        e->list = arena_grow(a, e->list, e->count, &e->room, sizeof(*e->list));
                        rc = ops_roster_facts(ops, &rows[i], a, &e->list[e->count], err);
                        e->count += rc == RC_OK;
                }
        }
        return rc;
}

enum rc ops_readiness(struct ops *ops, const char *const *without, size_t count, struct arena *a,
                      struct readiness_sum *ret, struct err *err)
{
        struct filter all = {.kind = &kind_expert, .sort_field = field_index(&kind_expert, "name")};
        struct experts e = {0};
        struct id_set out = {0};
        struct query *q = NULL;
        bool *is_out;
        enum rc rc = query_open(ops->store, &all, NULL, 0, &q, err);

        if (rc == RC_OK)
                rc = read_experts(ops, q, a, &e, err);
        query_close(q);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = take_out(ops, without[i], &out, a, err);
        if (rc == RC_OK) {
                is_out = arena_array(a, e.count + 1, sizeof(*is_out));
                for (size_t i = 0; i < e.count; i++)
                        is_out[i] = id_set_has(&out, e.list[i].id);
                readiness_make(e.list, is_out, e.count, clock_now_ms(), a, ret);
        }
        id_set_finish(&out);
        return rc;
}
