/*
 * Projections made again from versions and acts, in batches, unseen until all are there
 * (store/things.h): who reads meanwhile has the old rows, who writes waits for a batch at most, and
 * a rebuild that is stopped leaves everything as it was. What was written meanwhile is taken from
 * the versions that came in behind its beginning.
 */
#include <string.h>

#include "base/mem.h"
#include "ops/import.h"

#include "ops_private.h"

#define BATCH_OBJECTS 1000
#define PROGRESS_EACH 500

struct rebuilding {
        struct admission ad;
        struct arena a;
        const struct rebuild_options *o;
        int64_t vid; /* all that came in until then was looked at */
        int64_t done, all, in_batch;
        int64_t in_wal; /* objects since the last checkpoint */
        struct pace pace;
        bool open, is_late;
};

/* ---- transactions ------------------------------------------------------------------------------
 */

static enum rc begin_batch(struct rebuilding *r, struct err *err)
{
        enum rc rc;

        if (r->open)
                return RC_OK;
        rc = admission_begin(&r->ad, err);
        r->open = rc == RC_OK;
        r->in_batch = 0;
        pace_begin(&r->pace, r->ad.ops);
        return rc;
}

static bool batch_is_full(const struct rebuilding *r)
{
        return r->in_batch >= BATCH_OBJECTS || pace_slice_is_over(&r->pace);
}

static enum rc end_batch(struct rebuilding *r, struct err *err)
{
        enum rc rc = RC_OK;

        if (r->open) {
                r->open = false;
                rc = admission_settle(&r->ad, err);
                if (rc == RC_OK)
                        rc = store_commit(r->ad.ops->store, err);
                store_rollback(r->ad.ops->store);
                pace_rest(REST_NS);
                r->in_wal += r->in_batch;
        }
        if (r->in_wal >= BATCH_OBJECTS) {
                store_checkpoint(r->ad.ops->store);
                r->in_wal = 0;
        }
        if (rc == RC_OK && r->o->stop && r->o->stop(r->o->ctx))
                return err_set(err, RC_FAIL, "stopped; everything is as it was");
        return rc;
}

/* ---- one version -------------------------------------------------------------------------------
 */

static enum rc put_log(struct rebuilding *r, const struct stix_object *o, struct err *err)
{
        struct row row;

        enum rc rc;

        row_of_object(r->ad.ops, &r->ad.names, o, &r->a, &row);
        rc = remark_show(&r->ad, &r->a, &row, err);
        return rc == RC_OK ? thing_put(r->ad.ops->store, &row, NULL, err) : rc;
}

/* Own things have no version to be found by, but an opening. What comes late is all there is of a
 * change. */
static enum rc take(struct rebuilding *r, const struct version *v, struct err *err)
{
        struct stix_object o;
        enum rc rc = stix_read(v->bytes, v->len, &r->a, &o, err);

        if (rc == RC_OK && o.content)
                rc = playbook_take(&r->ad, o.id, o.content, v->vid, err);
        if (rc == RC_OK && (o.what == STIX_THING || o.what == STIX_PART))
                rc = admit_links(r->ad.ops, &o, r->is_late, &r->a, err);
        if (rc != RC_OK)
                return rc;
        if (r->is_late && o.what == STIX_MARKING)
                return meta_set(r->ad.ops->store, META_MARKINGS, "1", err);
        if (!o.thing)
                return RC_OK;
        if (o.what == STIX_THING) {
                id_set_add(&r->ad.dirty, o.id);
                return RC_OK;
        }
        if (o.act && (r->is_late || strcmp(o.act->verb, "open") == 0))
                id_set_add(&r->ad.dirty, o.act->target);
        return put_log(r, &o, err);
}

static enum rc each(void *ctx, const struct version *v, struct err *err)
{
        struct rebuilding *r = ctx;
        enum rc rc = begin_batch(r, err);

        arena_reset(&r->a);
        if (rc == RC_OK)
                rc = take(r, v, err);
        r->in_batch++;
        if (rc == RC_OK && batch_is_full(r))
                rc = end_batch(r, err);
        if (r->o->progress && ++r->done % PROGRESS_EACH == 0)
                r->o->progress(r->o->ctx, r->done < r->all ? r->done : r->all, r->all);
        return rc == RC_OK ? rc : err_wrap(err, rc, "%s", v->id);
}

/* ---- what was written meanwhile ----------------------------------------------------------------
 */

static enum rc take_late(struct rebuilding *r, const char *const *ids, size_t count,
                         struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct version v;

                arena_reset(&a);
                rc = version_newest(r->ad.ops->store, ids[i], false, &a, &v, err);
                if (rc == RC_OK)
                        rc = each(r, &v, err);
        }
        return rc == RC_OK ? end_batch(r, err) : rc;
}

/* Nothing is left to take while the lock is held: then the new rows are shown. */
static enum rc show(struct rebuilding *r, struct err *err)
{
        struct store *s = r->ad.ops->store;

        for (;;) {
                CLEANUP(arena_finish) struct arena a = {0};
                const char **ids = NULL;
                size_t count = 0;
                enum rc rc = store_begin(s, err);

                if (rc == RC_OK)
                        rc = version_ids_after(s, r->vid, BATCH_OBJECTS, &a, &ids, &count, &r->vid,
                                               err);
                if (rc == RC_OK && count == 0)
                        rc = things_fresh_show(s, err);
                if (rc == RC_OK && count == 0)
                        return store_commit(s, err);
                store_rollback(s);
                if (rc == RC_OK)
                        rc = take_late(r, ids, count, err);
                if (rc != RC_OK)
                        return rc;
        }
}

static enum rc run(struct rebuilding *r, struct err *err)
{
        struct store *s = r->ad.ops->store;
        enum rc rc = version_each(s, true, each, r, err);

        if (rc == RC_OK)
                rc = end_batch(r, err);
        if (rc == RC_OK)
                rc = things_bulk_end(s, err);
        r->is_late = true;
        return rc == RC_OK ? show(r, err) : rc;
}

static enum rc rebuild(struct ops *ops, const struct rebuild_options *o, struct err *err)
{
        struct rebuilding r = {.ad = {.ops = ops}, .o = o};
        struct store_stats stats;
        enum rc rc = store_stats(ops->store, &stats, err);

        if (rc == RC_OK)
                rc = things_fresh_begin(ops->store, &r.vid, err);
        if (rc == RC_OK) {
                r.all = stats.objects;
                rc = run(&r, err);
                rc = rc == RC_BUSY ? RC_FAIL : rc;
        }
        if (rc == RC_OK && o->progress)
                o->progress(o->ctx, r.all, r.all);
        admission_finish(&r.ad);
        arena_finish(&r.a);
        things_fresh_end(ops->store);
        if (rc != RC_OK)
                return err_wrap(err, rc, "rebuilding what boards show");
        rc = things_drop_unused(ops->store, err);
        store_checkpoint(ops->store);
        return rc;
}

enum rc ops_rebuild(struct ops *ops, const struct rebuild_options *o, struct err *err)
{
        enum rc rc = rebuild(ops, o, err);

        ops_breathe_no_more(ops);
        return rc;
}
