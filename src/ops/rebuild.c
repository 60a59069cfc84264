/*
 * Projections made again from versions and acts, in one transaction: who reads meanwhile has the
 * old rows, and a rebuild that is stopped leaves them as they were.
 */
#include <string.h>

#include "base/mem.h"
#include "ops/import.h"

#include "ops_private.h"

#define SETTLE_EACH   1000
#define PROGRESS_EACH 500

struct rebuilding {
        struct admission ad;
        struct arena a;
        void (*progress)(void *ctx, int64_t done, int64_t all);
        void *ctx;
        int64_t done, all;
};

static enum rc put_log(struct rebuilding *r, const struct stix_object *o, struct err *err)
{
        struct row row;

        row_of_object(r->ad.ops, &r->ad.names, o, &r->a, &row);
        return thing_put(r->ad.ops->store, &row, NULL, err);
}

/* Own things have no version to be found by, but an opening. */
static enum rc take(struct rebuilding *r, const struct version *v, struct err *err)
{
        struct stix_object o;
        enum rc rc = stix_read(v->bytes, v->len, &r->a, &o, err);

        if (rc != RC_OK || !o.thing)
                return rc;
        if (o.what == STIX_THING) {
                id_set_add(&r->ad.dirty, o.id);
                return RC_OK;
        }
        if (o.act && strcmp(o.act->verb, "open") == 0)
                id_set_add(&r->ad.dirty, o.act->target);
        return put_log(r, &o, err);
}

static enum rc each(void *ctx, const struct version *v, struct err *err)
{
        struct rebuilding *r = ctx;
        enum rc rc;

        arena_reset(&r->a);
        rc = take(r, v, err);
        if (rc == RC_OK && r->ad.dirty.count >= SETTLE_EACH)
                rc = admission_settle(&r->ad, err);
        if (r->progress && ++r->done % PROGRESS_EACH == 0)
                r->progress(r->ctx, r->done, r->all);
        return rc == RC_OK ? rc : err_wrap(err, rc, "%s", v->id);
}

static enum rc run(struct rebuilding *r, struct err *err)
{
        struct store *s = r->ad.ops->store;
        enum rc rc = admission_begin(&r->ad, err);

        if (rc == RC_OK)
                rc = things_reset(s, err);
        if (rc == RC_OK)
                rc = version_each(s, true, each, r, err);
        if (rc == RC_OK)
                rc = admission_settle(&r->ad, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        if (rc == RC_OK)
                rc = things_bulk_end(s, err);
        return rc;
}

enum rc ops_rebuild(struct ops *ops, void (*progress)(void *ctx, int64_t done, int64_t all),
                    void *ctx, struct err *err)
{
        struct rebuilding r = {.ad = {.ops = ops}, .progress = progress, .ctx = ctx};
        struct store_stats stats;
        enum rc rc = RC_OK;

        if (progress) {
                rc = store_stats(ops->store, &stats, err);
                r.all = stats.objects;
        }
        if (rc == RC_OK)
                rc = run(&r, err);
        if (rc == RC_OK && progress)
                progress(ctx, r.all, r.all);
        admission_finish(&r.ad);
        arena_finish(&r.a);
        if (rc == RC_OK)
                store_checkpoint(ops->store);
        return rc == RC_OK ? rc : err_wrap(err, rc, "rebuilding what boards show");
}
