#include "ops/send.h"

#include <string.h>

#include "base/mem.h"
#include "store/outbox.h"

#include "ops_private.h"

/* ---- snapshots ---------------------------------------------------------------------------------
 */

/* Things that own acts of the list are about; each once. */
static enum rc find_targets(const struct version *acts, size_t count, struct id_set *ret,
                            struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct stix_object o;

        for (size_t i = 0; i < count; i++) {
                enum rc rc;

                arena_reset(&a);
                if (ident_type_len(acts[i].id) != 4 || memcmp(acts[i].id, "note", 4) != 0)
                        continue;
                rc = stix_read(acts[i].bytes, acts[i].len, &a, &o, err);
                if (rc != RC_OK)
                        return err_wrap(err, rc, "%s", acts[i].id);
                if (o.act)
                        id_set_add(ret, o.act->target);
        }
        return RC_OK;
}

/* RC_NOTFOUND: it is not ours, or not for others. */
static enum rc publish(struct admission *ad, const char *id, bool only_new, struct arena *a,
                       struct version *ret, struct err *err)
{
        struct ops *ops = ad->ops;
        struct snapshot s;
        struct admitted done;
        enum rc rc = snapshot_make(ops, id, a, &s, err);

        if (rc == RC_OK)
                rc = admit(ad, s.bytes, s.len, a, &done, err);
        if (rc == RC_DENIED) {
                err_clear(err);
                return RC_NOTFOUND;
        }
        if (rc == RC_OK)
                rc = version_by_vid(ops->store, done.vid, a, ret, err);
        if (rc == RC_OK && ident_type_len(id) == 4 && memcmp(id, "task", 4) == 0)
                rc = run_publish_steps(ad, id, true, err);
        else if (rc == RC_NOTFOUND && !only_new)
                rc = version_newest(ops->store, id, false, a, ret, NULL);
        if (rc != RC_OK)
                return rc;
        if (!ret->is_own || !ret->is_state)
                return RC_NOTFOUND;
        return outbox_put(ops->store, ret->vid, err);
}

/* Slices, so that who writes at the console does not wait for all of them. */
static enum rc publish_slice(struct admission *ad, const char **ids, size_t count, bool only_new,
                             size_t *at, struct arena *a, struct version *list, size_t *made,
                             struct err *err)
{
        enum rc rc = admission_begin(ad, err);
        int64_t begun = clock_mono_ns();

        while (rc == RC_OK && *at < count && clock_mono_ns() - begun < SLICE_NS) {
                rc = publish(ad, ids[(*at)++], only_new, a, &list[*made], err);
                *made += rc == RC_OK;
                if (rc == RC_NOTFOUND)
                        rc = RC_OK;
        }
        return rc == RC_OK ? admission_commit(ad, "publish", NULL, err) : rc;
}

enum rc publish_things(struct ops *ops, const struct id_set *things, bool only_new, struct arena *a,
                       struct version **ret, size_t *ret_count, struct err *err)
{
        CLEANUP(admission_finish) struct admission ad = {.ops = ops};
        struct version *list = arena_array(a, things->count + 1, sizeof(*list));
        const char **ids = id_set_list(things, a);
        size_t made = 0, at = 0;
        enum rc rc = RC_OK;

        while (rc == RC_OK && at < things->count)
                rc = publish_slice(&ad, ids, things->count, only_new, &at, a, list, &made, err);
        if (rc != RC_OK)
                return rc;
        *ret = list;
        *ret_count = made;
        return RC_OK;
}

enum rc ops_publish(struct ops *ops, const struct version *acts, size_t count, struct arena *a,
                    struct version **ret, size_t *ret_count, struct err *err)
{
        CLEANUP(id_set_finish) struct id_set targets = {0};
        enum rc rc = find_targets(acts, count, &targets, err);

        return rc == RC_OK ? publish_things(ops, &targets, false, a, ret, ret_count, err) : rc;
}

/* ---- what goes along ---------------------------------------------------------------------------
 */

static bool is_named(const char *id, const struct version *list, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (memmem(list[i].bytes, list[i].len, id, strlen(id)))
                        return true;
        return false;
}

static enum rc definition(const char *id, const char *bytes, struct arena *a, struct version *ret,
                          struct err *err)
{
        struct stix_object o;
        enum rc rc = stix_read(bytes, strlen(bytes), a, &o, err);

        if (rc == RC_OK)
                *ret = (struct version){.id = id,
                                        .type = o.type,
                                        .modified_ns = o.modified_ns,
                                        .bytes = bytes,
                                        .len = strlen(bytes)};
        return rc;
}

enum rc ops_companions(struct ops *ops, const struct version *list, size_t count, struct arena *a,
                       struct version **ret, size_t *ret_count, struct err *err)
{
        struct version *found = arena_array(a, EXPORT_BUILTINS + 1, sizeof(*found));
        size_t n = 0;
        enum rc rc = RC_OK;

        if (version_newest(ops->store, ops->unit, false, a, &found[n], NULL) == RC_OK)
                found[n++].vid = 0;
        for (size_t i = 0; rc == RC_OK && i < EXPORT_BUILTINS; i++)
                if (is_named(export_builtin_id(i), list, count))
                        rc = definition(export_builtin_id(i), export_builtin(i), a, &found[n++],
                                        err);
        if (rc != RC_OK)
                return rc;
        *ret = found;
        *ret_count = n;
        return RC_OK;
}

/* ---- what may go -------------------------------------------------------------------------------
 */

enum rc ops_may_send(struct ops *ops, const struct version *v, int ceiling, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct incoming in;
        enum tlp tlp;
        enum rc rc = intake_decode(v->bytes, v->len, &a, &in, err);

        if (rc != RC_OK)
                return rc;
        tlp = tlp_outgoing(ops, &in.object, &a);
        if ((int)tlp <= ceiling)
                return RC_OK;
        return err_set(err, RC_DENIED, "%s is above the ceiling %s", tlp_name(tlp),
                       tlp_name((enum tlp)ceiling));
}

int ops_send_order(const struct version *a, const struct version *b)
{
        int order = export_compare_ids(a->id, b->id);

        if (!order)
                order = (a->modified_ns > b->modified_ns) - (a->modified_ns < b->modified_ns);
        return order ? order : (a->vid > b->vid) - (a->vid < b->vid);
}
