#include "ops/pool.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/mem.h"
#include "model/rota.h"
#include "store/scan.h"
#include "store/versions.h"

#include "ops_private.h"

#define RENEW_MAX  500 /* versions that are looked at one by one */
#define WASTE_MAX  (2 * 1024 * 1024)
#define TURNS_MS   INT64_C(3600000) /* so long turns are good for */
#define ROTA_PARTS ARRAY_LEN(rota_fields)

static const char *const rota_fields[] = {"members", "starts", "shift_hours", "timezone",
                                          "overrides"};

struct reading {
        struct ops *ops;
        struct pool *pool;
        bool yields;
        bool found, refused; /* a row; one that the pool has no place for */
};

/* ---- rows ------------------------------------------------------------------------------------ */

static enum rc take_resource(void *ctx, const struct row *row, struct err *err)
{
        struct reading *r = ctx;

        (void)err;
        r->found = true;
        r->refused |= !pool_put(r->pool, &row->thing, row->rid, row->ref);
        return RC_OK;
}

static enum rc take_deployment(void *ctx, const struct row *row, struct err *err)
{
        struct reading *r = ctx;

        (void)err;
        r->found = true;
        pool_put_deployment(r->pool, &row->thing, row->rid, row->ref);
        return RC_OK;
}

static enum rc take_rota(void *ctx, const struct row *row, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct reading *r = ctx;
        struct duty *duties;
        size_t count;

        (void)err;
        if (row->thing.revoked)
                return RC_OK;
        count = roster_turns_of(r->ops, &row->thing, r->ops->pool.turns_ms, &a, &duties);
        for (size_t i = 0; i < count; i++)
                if (duties[i].id)
                        pool_add_turn(r->pool, duties[i].id, &duties[i].span);
        return RC_OK;
}

/* All of a kind, or the one with the id. */
static enum rc read_resources(struct reading *r, const struct kind *kind, const char *id,
                              struct err *err)
{
        const struct scan scan = {
                .kind = kind, .fields = roster_fields, .field_count = ROSTER_FIELDS, .id = id};

        return things_scan(r->ops->store, &scan, take_resource, r, err);
}

static enum rc read_deployments(struct reading *r, const char *id, struct err *err)
{
        const struct scan scan = {.kind = &kind_deployment,
                                  .fields = booking_fields,
                                  .field_count = BOOKING_FIELDS,
                                  .id = id,
                                  .ranked = id ? NULL : "state",
                                  .ranks = booking_states(),
                                  .yields = r->yields};

        return things_scan(r->ops->store, &scan, take_deployment, r, err);
}

static enum rc read_turns(struct reading *r, int64_t now_ms, struct err *err)
{
        const struct scan scan = {
                .kind = &kind_rota, .fields = rota_fields, .field_count = ROTA_PARTS};

        r->ops->pool.turns_ms = now_ms;
        pool_clear_turns(r->pool);
        return things_scan(r->ops->store, &scan, take_rota, r, err);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static enum rc read_all(struct ops *ops, int64_t now_ms, bool yields, struct err *err)
{
        struct reading r = {.ops = ops, .pool = pool_create(), .yields = yields};
        int64_t vid = 0;
        enum rc rc = version_last(ops->store, &vid, err);

        for (size_t i = 0; rc == RC_OK && i < POOL_KINDS; i++)
                rc = read_resources(&r, pool_kind(i), NULL, err);
        if (rc == RC_OK)
                rc = read_deployments(&r, NULL, err);
        if (rc == RC_OK)
                rc = read_turns(&r, now_ms, err);
        if (rc != RC_OK) {
                pool_release(r.pool);
                return rc;
        }
        pool_release(ops->pool.facts);
        ops->pool.facts = r.pool;
        ops->pool.vid = vid;
        ops->pool.bytes = pool_bytes(r.pool);
        return RC_OK;
}

/* ---- what has changed ------------------------------------------------------------------------ */

/* The row may be in the table of any kind that its type can be. Units that are called something
 * else give other references to what is theirs. */
static enum rc renew_one(struct reading *r, const char *id, bool *ret_turns, struct err *err)
{
        size_t len = ident_type_len(id);
        const struct roster_facts *had = pool_find(r->pool, id);
        enum rc rc = RC_OK;

        r->found = false;
        for (const struct kind *k = kind_of_type(id, len); rc == RC_OK && k && !r->found;
             k = kind_of_type_after(k, id, len)) {
                if (rosters_are_kept(k))
                        rc = read_resources(r, k, id, err);
                else if (k == &kind_deployment)
                        rc = read_deployments(r, id, err);
                else if (k == &kind_participant)
                        r->refused = true;
                *ret_turns |= k == &kind_rota;
        }
        r->refused |= had && !r->found;
        return rc;
}

/* RC_NOTFOUND: it must be read as a whole. */
static enum rc renew(struct ops *ops, bool *ret_turns, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct reading r = {.ops = ops, .pool = ops->pool.facts};
        const char **ids = NULL;
        size_t count = 0;
        int64_t vid = 0;
        enum rc rc = version_things_after(ops->store, ops->pool.vid, RENEW_MAX, &a, &ids, &count,
                                          &vid, err);

        if (rc == RC_OK && count == RENEW_MAX)
                return RC_NOTFOUND;
        for (size_t i = 0; rc == RC_OK && !r.refused && i < count; i++)
                if (i == 0 || strcmp(ids[i], ids[i - 1]) != 0)
                        rc = renew_one(&r, ids[i], ret_turns, err);
        if (rc != RC_OK)
                return rc;
        ops->pool.vid = vid;
        return r.refused || pool_bytes(r.pool) > 2 * ops->pool.bytes + WASTE_MAX ? RC_NOTFOUND
                                                                                 : RC_OK;
}

static enum rc bring_up(struct ops *ops, int64_t now_ms, struct err *err)
{
        struct reading r = {.ops = ops, .pool = ops->pool.facts};
        bool turns = false;
        enum rc rc = r.pool ? renew(ops, &turns, err) : RC_NOTFOUND;

        if (rc == RC_NOTFOUND)
                return read_all(ops, now_ms, false, err);
        turns |= now_ms < ops->pool.turns_ms || now_ms >= ops->pool.turns_ms + TURNS_MS;
        return rc == RC_OK && turns ? read_turns(&r, now_ms, err) : rc;
}

enum rc ops_pool(struct ops *ops, struct arena *keep, const struct pool **ret, struct err *err)
{
        int64_t now_ms = clock_now_ms();
        bool one = store_read_begin(ops->store);
        enum rc rc = bring_up(ops, now_ms, err);

        if (one)
                store_read_end(ops->store);
        if (rc != RC_OK)
                return rc;
        pool_settle(ops->pool.facts, now_ms);
        arena_keep(keep, pool_release, pool_share(ops->pool.facts));
        *ret = ops->pool.facts;
        return RC_OK;
}

enum rc ops_pool_prepare(struct ops *ops, struct err *err)
{
        int64_t now_ms = clock_now_ms();
        bool one;
        enum rc rc;

        if (ops->pool.facts)
                return RC_OK;
        one = store_read_begin(ops->store);
        rc = read_all(ops, now_ms, true, err);
        if (one)
                store_read_end(ops->store);
        if (rc == RC_OK)
                pool_settle(ops->pool.facts, now_ms);
        return rc;
}
