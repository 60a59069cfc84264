/*
 * The window: what waits, with what must go along, judged and in the order of sending.
 */
#include <stdlib.h>
#include <string.h>

#include "sync_private.h"

#define WINDOW_MAX  1000 /* versions */
#define RELEASE_MAX 200  /* of what is held, looked at each time; all have their turn */

static bool went_along(struct exchange *x, const struct version *v)
{
        return v->vid ? seen_has(&x->push.along, &v->vid, sizeof(v->vid))
                      : seen_has(&x->push.along, v->id, strlen(v->id));
}

static bool is_there(const struct push *p, int64_t vid)
{
        for (size_t i = 0; vid && i < p->count; i++)
                if (p->items[i].v.vid == vid)
                        return true;
        return false;
}

/* Row 23: medallion takes the `version` of an extension's definition ("1.0.0") for a time, and
 * fails for everybody from then on. Nobody needs the definition to read what uses it. */
static bool is_poison(const struct exchange *x, const struct version *v)
{
        return !x->r.ordered && strcmp(v->type, "extension-definition") == 0;
}

static void add(struct exchange *x, const struct version *list, size_t count, bool waits,
                bool again)
{
        struct push *p = &x->push;

        for (size_t i = 0; i < count; i++) {
                struct item it = {.v = list[i], .waits = waits, .again = again};

                if (is_there(p, it.v.vid) || (!waits && !again && is_poison(x, &it.v)))
                        continue;
                it.settled = !again && went_along(x, &it.v);
                if (!it.settled || waits)
                        p->items[p->count++] = it;
        }
}

/* Row 22: nothing goes that nobody could read; and nothing above the ceiling. Why it stays, in the
 * arena; NULL: it goes. */
static const char *judge(struct exchange *x, const struct item *it, enum delivery_state *ret)
{
        struct err err = {0};
        enum rc rc = ops_may_send(x->ops, &it->v, x->r.ceiling, &err);

        *ret = rc == RC_DENIED ? DELIVERY_HELD : DELIVERY_QUARANTINED;
        if (rc != RC_OK)
                return arena_strdup(&x->push.a, err.text);
        if (x->r.max_bytes && (int64_t)it->v.len + HEAD_BYTES > x->r.max_bytes)
                return "it is larger than the server takes";
        return NULL;
}

/* What is written is little, so that others do not wait. */
static enum rc judge_all(struct exchange *x, struct err *err)
{
        struct push *p = &x->push;
        const char **whys = arena_array(&p->a, p->count + 1, sizeof(*whys));
        enum delivery_state *states = arena_array(&p->a, p->count + 1, sizeof(*states));
        bool any = false;
        enum rc rc;

        for (size_t i = 0; i < p->count; i++) {
                whys[i] = p->items[i].settled ? NULL : judge(x, &p->items[i], &states[i]);
                any = any || whys[i];
        }
        if (!any)
                return RC_OK;
        rc = store_begin(x->ops->store, err);
        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < p->count; i++)
                if (whys[i])
                        push_put(x, &p->items[i], states[i], whys[i]);
        rc = store_commit(x->ops->store, err);
        if (rc != RC_OK)
                store_rollback(x->ops->store);
        return rc;
}

/* What was held and may go by now, since a marking was changed. */
static enum rc release(struct exchange *x, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct delivery *list = NULL;
        size_t count = 0;
        enum rc rc = delivery_list(x->ops->store, x->r.id, DELIVERY_HELD, &a, &list, &count, err);

        x->held = (int64_t)count;
        for (size_t i = 0; rc == RC_OK && i < count && i < RELEASE_MAX; i++) {
                const struct delivery *d = &list[x->push.release_at++ % count];
                struct version v;

                if (version_by_vid(x->ops->store, d->vid, &a, &v, NULL) != RC_OK ||
                    ops_may_send(x->ops, &v, x->r.ceiling, NULL) != RC_OK)
                        continue;
                rc = delivery_retry(x->ops->store, x->r.id, d->vid, err);
                x->held--;
        }
        return rc;
}

struct lists {
        struct version *waiting, *again, *things, *along;
        size_t waiting_count, again_count, thing_count, along_count;
};

static bool is_in(const struct version *list, size_t count, int64_t vid)
{
        for (size_t i = 0; i < count; i++)
                if (list[i].vid == vid)
                        return true;
        return false;
}

/* What was published waits behind the others; what somebody wrote meanwhile is for the next window,
 * since its things were not published yet. */
static enum rc read_published(struct exchange *x, struct lists *l, struct err *err)
{
        struct version *all = NULL;
        size_t count = 0, keep = 0;
        enum rc rc;

        if (!l->thing_count)
                return RC_OK;
        rc = delivery_waiting(x->ops->store, &x->r, WINDOW_MAX, &x->push.a, &all, &count, err);
        while (rc == RC_OK && keep < count &&
               (is_in(l->waiting, l->waiting_count, all[keep].vid) ||
                is_in(l->things, l->thing_count, all[keep].vid)))
                keep++;
        if (rc != RC_OK)
                return rc;
        l->waiting = all;
        l->waiting_count = keep;
        return RC_OK;
}

static enum rc read_lists(struct exchange *x, struct lists *l, struct err *err)
{
        struct arena *a = &x->push.a;
        struct store *s = x->ops->store;
        enum rc rc = release(x, err);

        if (rc == RC_OK)
                rc = delivery_again(s, &x->r, WINDOW_MAX, a, &l->again, &l->again_count, err);
        if (rc == RC_OK)
                rc = delivery_waiting(s, &x->r, WINDOW_MAX, a, &l->waiting, &l->waiting_count, err);
        if (rc == RC_OK)
                rc = ops_publish(x->ops, l->waiting, l->waiting_count, a, &l->things,
                                 &l->thing_count, err);
        if (rc == RC_OK)
                rc = read_published(x, l, err);
        if (rc == RC_OK && l->waiting_count + l->again_count)
                rc = ops_companions(x->ops, l->waiting, l->waiting_count, a, &l->along,
                                    &l->along_count, err);
        return rc;
}

static int compare_items(const void *a, const void *b)
{
        return ops_send_order(&((const struct item *)a)->v, &((const struct item *)b)->v);
}

enum rc push_fill(struct exchange *x, struct err *err)
{
        struct push *p = &x->push;
        struct lists l = {0};
        enum rc rc = read_lists(x, &l, err);

        if (rc != RC_OK)
                return rc;
        p->items = arena_array(&p->a,
                               l.waiting_count + l.again_count + l.thing_count + l.along_count + 1,
                               sizeof(*p->items));
        add(x, l.waiting, l.waiting_count, true, false);
        add(x, l.again, l.again_count, false, true);
        if (!p->count)
                return RC_OK;
        add(x, l.things, l.thing_count, false, false);
        add(x, l.along, l.along_count, false, false);
        rc = judge_all(x, err);
        qsort(p->items, p->count, sizeof(*p->items), compare_items);
        p->todo[0] = (struct range){0, p->count};
        p->todo_count = 1;
        return rc;
}
