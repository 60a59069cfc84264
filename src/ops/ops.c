#include "ops/ops.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ident.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/pool.h"
#include "ops/import.h"
#include "store/journal.h"

#include "ops_private.h"

static enum rc read_tlp(struct ops *ops, const char *key, enum tlp fallback, enum tlp *ret,
                        struct err *err)
{
        AUTO_FREE char *text = meta_get(ops->store, key);
        int rank = text ? enum_rank(&enum_tlp, text) : (int)fallback;

        if (rank < 0)
                return err_set(err, RC_INVALID, "%s: its %s is not a TLP label",
                               store_path(ops->store), key);
        *ret = (enum tlp)rank;
        return RC_OK;
}

enum rc ops_read_meta(struct ops *ops, struct err *err)
{
        AUTO_FREE char *exercise = meta_get(ops->store, META_EXERCISE);
        enum rc rc;

        ops->unit = meta_get(ops->store, META_UNIT);
        ops->console = meta_get(ops->store, META_CONSOLE);
        if (!ops->unit != !ops->console)
                return err_set(err, RC_INVALID, "%s is damaged: it does not say which %s it is of",
                               store_path(ops->store), ops->unit ? "console" : "unit");
        if (!ops->unit)
                return err_set(err, RC_NOTFOUND, "%s has no unit yet; muster init makes one",
                               store_path(ops->store));
        ops->unit_name = meta_get(ops->store, META_UNIT_NAME);
        if (!ops->unit_name)
                ops->unit_name = xstrdup("");
        ops->desk = meta_get(ops->store, META_DESK);
        ops->exercise = exercise && strcmp(exercise, "1") == 0;
        rc = read_tlp(ops, META_CEILING, TLP_RED, &ops->ceiling, err);
        if (rc == RC_OK)
                rc = read_tlp(ops, META_DEFAULT, TLP_AMBER, &ops->default_marking, err);
        return rc;
}

static enum rc settle_unit(struct ops *ops, const struct ops_options *o, struct err *err)
{
        const struct ops_unit u = {.name = o->unit_name, .ceiling = -1};
        struct err why = {0};
        enum rc rc = ops_read_meta(ops, &why);

        if (rc == RC_NOTFOUND && (o->mode & STORE_CREATE))
                return unit_make(ops, &u, err);
        if (rc == RC_NOTFOUND)
                rc = RC_INVALID;
        return rc == RC_OK ? rc : err_set(err, rc, "%s", why.text);
}

/* Where another process does it, waits for it: its rows are as good, and if it ends we go on. */
static enum rc rebuild_stale(struct ops *ops, const struct ops_options *how, struct err *err)
{
        static const struct timespec step = {.tv_nsec = 50000000};
        const struct rebuild_options o = {.progress = how->progress, .ctx = how->ctx};

        while (things_are_stale(ops->store)) {
                struct err why = {0};
                enum rc rc = ops_rebuild(ops, &o, &why);

                if (rc != RC_OK && rc != RC_BUSY)
                        return err_set(err, rc, "%s", why.text);
                if (rc == RC_BUSY)
                        nanosleep(&step, NULL);
        }
        return RC_OK;
}

/* What waits from a run that was stopped half-way. */
static enum rc catch_up(struct ops *ops, const struct ops_options *how, struct err *err)
{
        enum rc rc;

        if (ops->readonly)
                return RC_OK;
        rc = rebuild_stale(ops, how, err);
        if (rc == RC_OK)
                rc = things_drop_unused(ops->store, err);
        if (rc == RC_OK)
                rc = clocks_follow_law(ops, err);
        return rc == RC_OK ? admit_resolve_markings(ops, err) : rc;
}

enum rc ops_open(const struct ops_options *o, struct ops *ret, struct err *err)
{
        CLEANUP(ops_close)
        struct ops ops = {.words = o->words,
                          .law = o->law,
                          .pin_cost = o->pin_cost ? o->pin_cost : &crypt_cost_usual};
        enum rc rc = store_open(o->path, o->mode, &ops.store, err);

        if (rc != RC_OK)
                return rc;
        ops.readonly = store_is_readonly(ops.store);
        ops.sign_in = o->sign_in && !ops.readonly; /* reading needs no name */
        ops.operator= ops.sign_in ? NULL : o->operator;
        ops.role = ops.sign_in ? NULL : o->role;
        ops.review_significant = o->review_significant;
        rc = settle_unit(&ops, o, err);
        if (o->default_marking && *o->default_marking >= 0)
                ops.default_marking = (enum tlp) * o->default_marking;
        if (rc == RC_OK)
                rc = catch_up(&ops, o, err);
        if (rc != RC_OK)
                return rc;
        *ret = ops;
        ops = (struct ops){0};
        return RC_OK;
}

void ops_close(struct ops *ops)
{
        if (!ops)
                return;
        if (ops->store && ops->unit && !ops->readonly) {
                store_rollback(ops->store);
                journal_sign(ops->store, NULL);
        }
        store_close(ops->store);
        pool_release(ops->pool.facts);
        free(ops->unit);
        free(ops->unit_name);
        free(ops->desk);
        free(ops->console);
        arena_finish(&ops->names);
        *ops = (struct ops){0};
}
