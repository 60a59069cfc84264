#include "ops/readiness.h"

#include "base/clock.h"
#include "base/mem.h"
#include "model/marking.h"
#include "ops/pool.h"
#include "store/query.h"

#include "ops_private.h"

/* Whom a team, a kit or an expert stands for; of a deployment what it takes of each. */
static enum rc take_out(struct ops *ops, const char *id, struct going *out, struct arena *a,
                        struct err *err)
{
        struct row row;
        enum rc rc = thing_by_id(ops->store, id, a, &row, err);

        if (rc != RC_OK)
                return rc;
        if (row.thing.kind == &kind_deployment)
                return going_add(ops, &row.thing, a, out, err);
        if (!rosters_are_kept(row.thing.kind))
                return err_set(err, RC_INVALID, "%s is no deployment, team, expert or equipment",
                               row.ref);
        return going_add_members(ops, &id, 1, NULL, a, out, err);
}

#define DAY_MS (24 * INT64_C(3600000))

/* Who was revoked by its author is not there to be counted. */
static void leave_out_revoked(const struct pool *pool, struct arena *a, struct readiness_pool *ret)
{
        struct roster_facts *list;
        size_t revoked = 0, count = 0;

        for (size_t i = 0; i < ret->count; i++)
                revoked += pool_is_revoked(pool, &ret->facts[i]);
        if (!revoked)
                return;
        list = arena_array(a, ret->count - revoked + 1, sizeof(*list));
        for (size_t i = 0; i < ret->count; i++)
                if (!pool_is_revoked(pool, &ret->facts[i]))
                        list[count++] = ret->facts[i];
        ret->facts = list;
        ret->count = count;
}

/* What the deployments that are thought away take counts as there before and as gone then; else who
 * is confirmed already would be missing both times. */
static void give_back(const struct going *out, struct arena *a, struct readiness_pool *ret)
{
        struct roster_facts *list;

        if (!out->deployment_count)
                return;
        list = arena_array(a, ret->count + 1, sizeof(*list));
        for (size_t i = 0; i < ret->count; i++) {
                list[i] = ret->facts[i];
                roster_facts_without(&list[i], out->deployments, out->deployment_count, a);
        }
        ret->facts = list;
}

/* Facts of experts and equipment, with those taken out. */
static enum rc read_pool(struct ops *ops, const struct going *out, struct arena *a,
                         struct readiness_pool *ret, struct err *err)
{
        const struct pool *pool = NULL;
        enum rc rc = ops_pool(ops, a, &pool, err);

        if (rc != RC_OK)
                return rc;
        *ret = (struct readiness_pool){.taken = out->list, .taken_count = out->count};
        ret->facts = pool_facts(pool, NULL, &ret->count);
        leave_out_revoked(pool, a, ret);
        give_back(out, a, ret);
        return RC_OK;
}

/* Of all of the kind that are held; where counts can't tell, the console's ceiling. */
static enum tlp strictest_of(struct ops *ops, const struct kind *kind)
{
        struct filter filters[TLP_RED + 1];
        const char *ids[TLP_RED + 1];
        int64_t counts[TLP_RED + 1];
        int tlp = TLP_RED;

        for (int i = 0; i <= TLP_RED; i++) {
                ids[i] = enum_id(&enum_tlp, i);
                filters[i] = (struct filter){.kind = kind, .sort_field = -1, .term_count = 1};
                filters[i].terms[0] = (struct filter_term){.what = FILTER_FIELD,
                                                           .field = field_index(kind, "tlp"),
                                                           .values = &ids[i],
                                                           .value_count = 1};
        }
        if (query_count_flags(ops->store, kind, filters, TLP_RED + 1, counts, NULL) != RC_OK)
                return ops->ceiling;
        while (tlp > TLP_CLEAR && counts[tlp] == 0)
                tlp--;
        return counts[tlp] < 0 ? ops->ceiling : (enum tlp)tlp;
}

static enum tlp strictest_counted(struct ops *ops)
{
        return tlp_strictest(strictest_of(ops, &kind_expert), strictest_of(ops, &kind_equipment));
}

enum rc ops_readiness(struct ops *ops, const char *const *without, size_t count, struct arena *a,
                      struct readiness_sum *ret, struct err *err)
{
        int64_t now_ms = clock_now_ms();
        const struct readiness_when when = {.span = {now_ms, now_ms + DAY_MS},
                                            .zone = &calendar_utc,
                                            .now_ms = now_ms,
                                            .days = READINESS_DAYS};
        struct readiness_sum sum = {.now_ms = now_ms};
        struct readiness_pool pool;
        struct going out = {.count = 0};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = take_out(ops, without[i], &out, a, err);
        if (rc == RC_OK)
                rc = read_pool(ops, &out, a, &pool, err);
        if (rc != RC_OK)
                return rc;
        readiness_read(&pool, &when, a, &sum.is);
        sum.marking = strictest_counted(ops);
        *ret = sum;
        return RC_OK;
}

/* Counted are people, or where only equipment is asked for, equipment. */
enum rc ops_readiness_second(struct ops *ops, const char *id, const char *const *without,
                             size_t count, struct arena *a, struct second_sum *ret, struct err *err)
{
        struct row *about = arena_array(a, 1, sizeof(*about));
        struct second_sum sum = {.now_ms = clock_now_ms(), .about = about};
        struct readiness_pool pool;
        struct going out = {.count = 0};
        size_t going;
        enum rc rc = thing_by_id(ops->store, id, a, about, err);

        if (rc == RC_OK)
                rc = needs_read(ops, about, a, &sum.needs, err);
        if (rc == RC_OK)
                rc = needs_taken(ops, about, a, &out, err);
        going = out.count;
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = take_out(ops, without[i], &out, a, err);
        if (rc == RC_OK)
                rc = read_pool(ops, &out, a, &pool, err);
        if (rc != RC_OK)
                return rc;
        readiness_second(&pool, needs_kind(&sum.needs), going, &sum.needs, sum.now_ms, a,
                         &sum.second);
        sum.marking = strictest_counted(ops);
        if (thing_rank(&about->thing, "tlp") > (int)sum.marking)
                sum.marking = (enum tlp)thing_rank(&about->thing, "tlp");
        *ret = sum;
        return RC_OK;
}
