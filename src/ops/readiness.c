#include "ops/readiness.h"

#include "base/clock.h"
#include "ops/rosters.h"
#include "ops/walk.h"
#include "store/bookings.h"

#include "ops_private.h"

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
                return err_set(err, RC_INVALID, "%s is no deployment, team, expert or equipment",
                               row.ref);
        }
        rc = bookings_members(ops->store, ids, count, a, &members, &member_count, err);
        for (size_t i = 0; rc == RC_OK && i < member_count; i++)
                id_set_add(out, members[i]);
        return rc;
}

#define DAY_MS (24 * INT64_C(3600000))

struct pool {
        struct ops *ops;
        struct roster_facts *list;
        size_t count, room;
};

static enum rc take_facts(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct pool *p = ctx;
        enum rc rc;

        p->list = arena_grow(a, p->list, p->count, &p->room, sizeof(*p->list));
        rc = ops_roster_facts(p->ops, row, a, &p->list[p->count], err);
        p->count += rc == RC_OK;
        return rc;
}

static enum rc read_kind(struct pool *p, const struct kind *kind, struct arena *a, struct err *err)
{
        const struct filter all = {.kind = kind, .sort_field = field_index(kind, "name")};

        return ops_walk(p->ops, &all, a, take_facts, p, err);
}

enum rc ops_readiness(struct ops *ops, const char *const *without, size_t count, struct arena *a,
                      struct readiness_sum *ret, struct err *err)
{
        int64_t now_ms = clock_now_ms();
        const struct span day = {now_ms, now_ms + DAY_MS};
        struct readiness_sum sum = {.now_ms = now_ms};
        struct readiness_pool pool;
        struct id_set out = {0};
        struct pool p = {.ops = ops};
        enum rc rc = read_kind(&p, &kind_expert, a, err);

        if (rc == RC_OK)
                rc = read_kind(&p, &kind_equipment, a, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = take_out(ops, without[i], &out, a, err);
        if (rc == RC_OK) {
                pool = (struct readiness_pool){.facts = p.list,
                                               .count = p.count,
                                               .taken = id_set_list(&out, a),
                                               .taken_count = out.count};
                readiness_left(&pool, &day, a, &sum.lines, &sum.line_count);
                readiness_gaps(&pool, &calendar_utc, now_ms, READINESS_DAYS, a, &sum.gaps,
                               &sum.gap_count);
                *ret = sum;
        }
        id_set_finish(&out);
        return rc;
}

/* Whose needs they are is about people or about equipment, so the pool is. */
enum rc ops_readiness_second(struct ops *ops, const char *id, const char *const *without,
                             size_t count, struct arena *a, struct second_sum *ret, struct err *err)
{
        struct row *about = arena_array(a, 1, sizeof(*about));
        struct second_sum sum = {.now_ms = clock_now_ms(), .about = about};
        struct readiness_pool pool;
        struct id_set out = {0};
        struct pool p = {.ops = ops};
        enum rc rc = thing_by_id(ops->store, id, a, about, err);

        if (rc == RC_OK)
                rc = needs_read(ops, about, a, &sum.needs, err);
        if (rc == RC_OK)
                rc = needs_taken(ops, about, a, &out, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = take_out(ops, without[i], &out, a, err);
        if (rc == RC_OK)
                rc = read_kind(&p, needs_kind(&sum.needs), a, err);
        if (rc == RC_OK) {
                pool = (struct readiness_pool){.facts = p.list,
                                               .count = p.count,
                                               .taken = id_set_list(&out, a),
                                               .taken_count = out.count};
                readiness_second(&pool, &sum.needs, sum.now_ms, a, &sum.second);
                *ret = sum;
        }
        id_set_finish(&out);
        return rc;
}
