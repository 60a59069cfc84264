/*
 * Things that named a marking nobody had defined, after definitions came in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "ops_private.h"

#define PER_COMMIT 1000

static enum rc look_again(struct admission *ad, const char *id, struct arena *a, struct err *err)
{
        struct stix_object o;
        struct version v;
        struct row row;
        enum rc rc;

        if (kind_of_id(id) != &kind_log) {
                id_set_add(&ad->dirty, id);
                return RC_OK;
        }
        rc = version_newest(ad->ops->store, id, false, a, &v, err);
        if (rc == RC_OK)
                rc = stix_read(v.bytes, v.len, a, &o, err);
        if (rc != RC_OK || !o.thing)
                return rc;
        row_of_object(ad->ops, &ad->names, &o, a, &row);
        return thing_put(ad->ops->store, &row, NULL, err);
}

static enum rc look_at(struct admission *ad, const char **ids, size_t count, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        enum rc rc = admission_begin(ad, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                arena_reset(&a);
                rc = look_again(ad, ids[i], &a, err);
        }
        if (rc == RC_OK)
                rc = admission_settle(ad, err);
        if (rc == RC_OK)
                rc = store_commit(ad->ops->store, err);
        store_rollback(ad->ops->store);
        return rc;
}

enum rc admit_resolve_markings(struct ops *ops, struct err *err)
{
        CLEANUP(admission_finish) struct admission ad = {.ops = ops};
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *changed = meta_get(ops->store, META_MARKINGS);
        const char **ids = NULL;
        size_t count = 0;
        enum rc rc;

        if (!changed || strcmp(changed, "1") != 0)
                return RC_OK;
        rc = things_unresolved(ops->store, &a, &ids, &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i += PER_COMMIT)
                rc = look_at(&ad, ids + i, count - i < PER_COMMIT ? count - i : PER_COMMIT, err);
        return rc == RC_OK ? meta_set(ops->store, META_MARKINGS, "0", err) : rc;
}
