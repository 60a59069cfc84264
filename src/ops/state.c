/*
 * A thing as base and acts: the newest version that is not our own snapshot, and what was done.
 */
#include <string.h>

#include "base/ident.h"
#include "base/mem.h"

#include "ops/playbook_twins.h"
#include "ops/run_book.h"

#include "ops_private.h"

const struct kind *kind_of_id(const char *id)
{
        return kind_of_type(id, ident_type_len(id));
}

enum rc act_load(struct ops *ops, const char *act_id, struct arena *a, const struct act **ret,
                 struct err *err)
{
        struct stix_object o;
        struct version v;
        enum rc rc = version_newest(ops->store, act_id, false, a, &v, err);

        if (rc == RC_OK)
                rc = stix_read(v.bytes, v.len, a, &o, err);
        if (rc != RC_OK)
                return rc;
        if (!o.act)
                return err_set(err, RC_NOTFOUND, "%s is no act", act_id);
        *ret = o.act;
        return RC_OK;
}

enum rc version_then(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                     struct version *ret, struct err *err)
{
        struct version *list = NULL;
        size_t count = 0;
        enum rc rc = version_list_bare(ops->store, id, a, &list, &count, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = count; i > 0; i--) {
                const struct version *v = &list[i - 1];

                if (v->received_ms > at_ms || (v->is_own && v->is_state))
                        continue;
                return version_by_vid(ops->store, v->vid, a, ret, err);
        }
        return RC_NOTFOUND;
}

/* Of two contents of a playbook under one time. */
static enum rc read_shown(struct ops *ops, const struct version *newest, int64_t at_ms,
                          struct arena *a, struct stix_object *ret, struct err *err)
{
        struct version v;
        enum rc rc = playbook_shown(ops, newest, at_ms, a, &v, err);

        if (rc != RC_OK || v.vid == newest->vid)
                return rc;
        return stix_read(v.bytes, v.len, a, ret, err);
}

static enum rc load_base(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                         struct state *st, struct err *err)
{
        struct version v;
        enum rc rc = at_ms == CLOCK_NONE ? version_newest(ops->store, id, true, a, &v, NULL)
                                         : version_then(ops, id, at_ms, a, &v, err);
        int tlp;

        if (rc == RC_NOTFOUND)
                return RC_OK;
        if (rc != RC_OK)
                return err_set(err, rc, "%s can't be read", id);
        rc = stix_read(v.bytes, v.len, a, &st->base, err);
        if (rc == RC_OK && st->base.content)
                rc = read_shown(ops, &v, at_ms, a, &st->base, err);
        if (rc != RC_OK || !st->base.thing)
                return rc;
        st->has_base = true;
        st->base_thing = *st->base.thing;
        tlp = marking_of(ops, &st->base, &st->unresolved);
        if (tlp >= 0)
                thing_set(&st->base_thing, "tlp", enum_id(&enum_tlp, tlp));
        st->kind = st->base_thing.kind;
        return RC_OK;
}

static enum rc load_acts(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                         struct state *st, struct err *err)
{
        struct version *list = NULL;
        size_t count = 0;
        enum rc rc = thing_acts(ops->store, id, a, &list, &count, err);

        if (rc != RC_OK)
                return rc;
        st->acts = arena_array(a, count + 1, sizeof(*st->acts));
        for (size_t i = 0; i < count; i++) {
                struct stix_object o;

                rc = stix_read(list[i].bytes, list[i].len, a, &o, err);
                if (rc != RC_OK)
                        return rc;
                if (o.act && (at_ms == CLOCK_NONE || o.act->created_ms <= at_ms))
                        st->acts[st->act_count++] = o.act;
        }
        return RC_OK;
}

/* Without a base a thing is of the kind that the first of its acts says. */
static void kind_from_acts(struct state *st)
{
        const struct act *first = NULL;

        for (size_t i = 0; !st->has_base && i < st->act_count; i++)
                if (st->acts[i]->kind && act_kind(st->acts[i]) &&
                    (!first || act_compare(&st->acts[i], &first) < 0))
                        first = st->acts[i];
        if (first)
                st->kind = act_kind(first);
}

static void fold_state(struct state *st, const char *id, struct arena *a)
{
        fold(st->kind, st->has_base ? &st->base_thing : NULL, st->acts, st->act_count, a,
             &st->folded);
        if (!st->folded.thing.id)
                st->folded.thing.id = arena_strdup(a, id);
        st->exists = st->has_base || st->folded.thing.created_by;
}

/* An event sets no field: of the fold only the time is another. */
static void add_to_book(struct state *st, const struct act *act)
{
        struct thing *t = &st->folded.thing;
        int64_t ns = act->created_ms * NS_PER_MS;

        run_book_add(st->book, act);
        if (t->modified_ns != CLOCK_NONE && ns <= t->modified_ns)
                return;
        t->modified_ns = ns;
        stamp_format(act->created_ms, st->stamp);
        thing_set(t, "modified", st->stamp);
}

void state_add(struct state *st, const struct act *act, struct arena *a)
{
        const struct act **acts;
        struct act *one;

        if (st->book) {
                add_to_book(st, act);
                return;
        }
        acts = arena_array(a, st->act_count + 1, sizeof(*acts));
        one = arena_alloc(a, sizeof(*one));
        *one = *act;
        if (st->act_count)
                memcpy(acts, st->acts, st->act_count * sizeof(*acts));
        acts[st->act_count++] = one;
        st->acts = acts;
        fold_state(st, act->target, a);
}

enum rc state_load(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                   struct state *ret, struct err *err)
{
        struct state st = {.kind = kind_of_id(id)};
        enum rc rc = load_base(ops, id, at_ms, a, &st, err);

        if (rc == RC_OK)
                rc = load_acts(ops, id, at_ms, a, &st, err);
        if (rc != RC_OK)
                return rc;
        kind_from_acts(&st);
        if (st.kind)
                fold_state(&st, id, a);
        *ret = st;
        return RC_OK;
}
