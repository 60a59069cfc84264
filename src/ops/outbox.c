#include "ops/outbox.h"

#include "store/remotes.h"
#include "store/versions.h"

#include "ops_private.h"

struct decision {
        struct ops *ops;
        const char *op, *id; /* NULL: all that were refused */
        const char *why;     /* of a drop; NULL: waits again */
        int64_t remote, count;
        struct arena a;
};

static enum rc decide_version(struct decision *d, int64_t remote, int64_t vid, struct err *err)
{
        struct store *s = d->ops->store;
        struct err gone = {0};
        enum rc rc = d->why ? delivery_drop(s, remote, vid, d->why, &gone)
                            : delivery_retry(s, remote, vid, &gone);

        if (rc == RC_NOTFOUND)
                return RC_OK;
        if (rc != RC_OK)
                return err_set(err, rc, "%s", gone.text);
        d->count++;
        return RC_OK;
}

static enum rc decide_refused(struct decision *d, struct err *err)
{
        struct delivery *list = NULL;
        size_t count = 0;
        enum rc rc = delivery_list(d->ops->store, d->remote, DELIVERY_QUARANTINED, &d->a, &list,
                                   &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = decide_version(d, d->remote, list[i].vid, err);
        if (rc == RC_OK && !d->count)
                return err_set(err, RC_NOTFOUND, "nothing was refused there");
        return rc;
}

static enum rc decide_object(struct decision *d, struct err *err)
{
        struct version *versions = NULL;
        struct remote *remotes = NULL;
        size_t version_count = 0, remote_count = 0;
        enum rc rc = version_list_bare(d->ops->store, d->id, &d->a, &versions, &version_count, err);

        if (rc == RC_OK)
                rc = remote_list(d->ops->store, &d->a, &remotes, &remote_count, err);
        for (size_t i = 0; rc == RC_OK && i < remote_count; i++) {
                if (d->remote != REMOTES_ALL && d->remote != remotes[i].id)
                        continue;
                for (size_t j = 0; rc == RC_OK && j < version_count; j++)
                        rc = decide_version(d, remotes[i].id, versions[j].vid, err);
        }
        if (rc == RC_OK && !d->count)
                return err_set(err, RC_NOTFOUND,
                               d->why ? "nothing of %s waits, or was held back or refused"
                                      : "nothing of %s was held back, refused or dropped",
                               d->id);
        return rc;
}

static enum rc decide(struct decision *d, int64_t *ret_count, struct err *err)
{
        struct store *s = d->ops->store;
        enum rc rc = ops_need_writer(d->ops, err);

        if (rc == RC_OK)
                rc = store_begin(s, err);
        if (rc != RC_OK)
                return rc;
        rc = d->id ? decide_object(d, err) : decide_refused(d, err);
        if (rc == RC_OK)
                rc = journal_tell(d->ops, d->op, d->ops->operator, d->id, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        store_rollback(s);
        if (rc == RC_OK)
                *ret_count = d->count;
        return rc;
}

enum rc ops_outbox_retry(struct ops *ops, const char *id, int64_t remote, int64_t *ret_count,
                         struct err *err)
{
        struct decision d = {.ops = ops, .op = "outbox.retry", .id = id, .remote = remote};
        enum rc rc = decide(&d, ret_count, err);

        arena_finish(&d.a);
        return rc;
}

enum rc ops_outbox_retry_all(struct ops *ops, int64_t remote, int64_t *ret_count, struct err *err)
{
        return ops_outbox_retry(ops, NULL, remote, ret_count, err);
}

enum rc ops_outbox_drop(struct ops *ops, const char *id, int64_t remote, const char *reason,
                        int64_t *ret_count, struct err *err)
{
        struct decision d = {.ops = ops, .op = "outbox.drop", .id = id, .remote = remote};
        enum rc rc;

        d.why = arena_printf(&d.a, "dropped by %s%s%s", ops->operator? ops->operator: "nobody",
                             reason && *reason ? ": " : "", reason ? reason : "");
        rc = decide(&d, ret_count, err);
        arena_finish(&d.a);
        return rc;
}
