/*
 * Pages of a remote come in: decoded ahead of who writes them, as a file is.
 */
#include "ops/receive.h"

#include "base/mem.h"

#include "ops_private.h"

/* The thread of the keys is in the same process, for the scheduler in the same group: it must not
 * find the group's share of a processor used up. */
#define REST_RECEIVING_NS 5000000

struct receiving {
        struct admission ad;
        const struct receive_options *o;
        struct received done, committed; /* all of it, and what can't be lost any more */
        struct intake *intake;
        struct id_set ours; /* that others acted on, and this console last of our unit */
        struct arena item;
        struct pace pace;
        bool open;
};

static void refuse(struct receiving *r, const char *why)
{
        r->done.refused++;
        if (r->o->refusal)
                r->o->refusal(r->o->ctx, why);
}

static enum rc begin(struct receiving *r, struct err *err)
{
        enum rc rc;

        if (r->open)
                return RC_OK;
        rc = admission_begin(&r->ad, err);
        r->open = rc == RC_OK;
        pace_begin(&r->pace, r->ad.ops);
        intake_run_ahead(r->intake, !r->pace.console);
        return rc;
}

static enum rc commit(struct receiving *r, struct err *err)
{
        enum rc rc = RC_OK;

        if (r->open)
                rc = admission_commit(&r->ad, "sync", r->o->from, err);
        r->open = false;
        if (rc == RC_OK)
                r->committed = r->done;
        return rc;
}

static enum rc commit_slice(struct receiving *r, struct err *err)
{
        enum rc rc;

        if (!pace_slice_is_over(&r->pace))
                return RC_OK;
        rc = commit(r, err);
        pace_rest(REST_RECEIVING_NS);
        return rc;
}

static void count(struct receiving *r, enum version_result result)
{
        switch (result) {
        case VERSION_NEW: r->done.created++; break;
        case VERSION_UPDATE: r->done.updated++; break;
        case VERSION_KNOWN: r->done.unchanged++; break;
        }
}

/* Marked by nobody, and met for the first time: counts as what its remote says, for good. */
static bool counts_as_default(struct receiving *r, const struct incoming *in)
{
        const struct version v = {.id = in->object.id,
                                  .modified_ns = in->object.modified_ns,
                                  .bytes = in->bytes,
                                  .len = in->len,
                                  .known_sha = in->sha};
        enum version_result known;

        return r->o->default_marking >= 0 && !in->object.marking_count &&
               !(in->object.act && act_sets_field(in->object.act, "tlp")) &&
               !is_definition(&in->object) &&
               version_look(r->ad.ops->store, &v, &known, NULL) == RC_OK && known == VERSION_NEW;
}

static enum rc judge(struct receiving *r, const struct incoming *in, bool by_default,
                     struct err *err)
{
        struct ops *ops = r->ad.ops;
        enum tlp ours = ops->default_marking;
        enum rc rc;

        if (by_default)
                ops->default_marking = (enum tlp)r->o->default_marking;
        rc = admit_judge(ops, &in->object, &r->item, err);
        ops->default_marking = ours;
        return rc;
}

static enum rc take(struct receiving *r, const struct incoming *in, struct err *err)
{
        struct admitted done;
        struct err why = {0};
        bool by_default;
        enum rc rc = begin(r, err);

        if (rc != RC_OK)
                return rc;
        arena_reset(&r->item);
        by_default = counts_as_default(r, in);
        rc = judge(r, in, by_default, &why);
        if (rc == RC_DENIED) {
                refuse(r, why.text);
                return RC_OK;
        }
        if (rc != RC_OK)
                return err_set(err, rc, "%s", why.text);
        if (is_echo_of_ours(r->ad.ops, in)) {
                r->done.unchanged++;
                return RC_OK;
        }
        if (by_default)
                rc = marking_put(r->ad.ops->store, in->object.id, r->o->default_marking, err);
        if (rc == RC_OK)
                rc = admit_write(&r->ad, in, &r->item, &done, err);
        if (rc != RC_OK)
                return rc;
        count(r, is_builtin(in) ? VERSION_KNOWN : done.result);
        return commit_slice(r, err);
}

/* ---- pages -------------------------------------------------------------------------------------
 */

static enum rc take_all(struct receiving *r, struct err *err)
{
        const struct incoming *in = NULL;
        enum rc rc;

        while ((rc = intake_next(r->intake, &in, err)) == RC_OK) {
                if (in->refused) {
                        refuse(r, in->refused);
                        continue;
                }
                rc = take(r, in, err);
                if (rc != RC_OK)
                        return rc;
        }
        return rc == RC_NOTFOUND ? commit(r, err) : rc;
}

/* A thing of ours is more than its last snapshot says when others acted on it meanwhile. One
 * console tells of that: the one that acted last. */
static enum rc publish(struct receiving *r, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version *list;
        size_t count = 0;
        enum rc rc = RC_OK;

        if (r->ours.count)
                rc = publish_things(r->ad.ops, &r->ours, true, &a, &list, &count, err);
        r->done.published = (int64_t)count;
        return rc;
}

enum rc ops_receive(struct ops *ops, const struct taxii_span *spans, size_t count,
                    const struct receive_options *o, struct received *ret, struct err *err)
{
        struct receiving r = {.ad = {.ops = ops}, .o = o};
        enum rc rc;

        r.ad.ours = &r.ours;

        if (ops->readonly)
                return err_set(err, RC_DENIED, "%s is opened read-only", store_path(ops->store));
        r.intake = intake_open_spans(spans, count);
        intake_run_ahead(r.intake, !store_console_present(ops->store));
        rc = take_all(&r, err);
        intake_close(r.intake);
        admission_finish(&r.ad);
        if (rc == RC_OK)
                rc = publish(&r, err);
        ops_breathe_no_more(ops);
        id_set_finish(&r.ours);
        arena_finish(&r.item);
        r.committed.published = r.done.published;
        *ret = r.committed;
        return rc;
}

enum rc ops_receive_begin(struct ops *ops, struct err *err)
{
        return store_console_present(ops->store) ? RC_OK : store_set_bulk(ops->store, true, err);
}

void ops_receive_stop(struct ops *ops)
{
        store_set_bulk(ops->store, false, NULL);
}

enum rc ops_receive_end(struct ops *ops, struct err *err)
{
        enum rc rc;

        ops_breathe(ops);
        rc = admit_resolve_markings(ops, err);
        if (rc == RC_OK)
                rc = store_set_bulk(ops->store, false, err);
        if (rc == RC_OK)
                store_checkpoint(ops->store);
        ops_breathe_no_more(ops);
        return rc;
}

bool ops_holds(struct ops *ops, const char *id, int64_t modified_ns)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version *list = NULL;
        size_t count = 0;

        if (version_list_bare(ops->store, id, &a, &list, &count, NULL) != RC_OK)
                return false;
        for (size_t i = 0; i < count; i++)
                if (list[i].modified_ns == modified_ns)
                        return true;
        return false;
}
