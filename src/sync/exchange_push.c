/*
 * What waits goes out: a window of it at a time, references first, in batches that are halved where
 * they are refused, until the culprit is alone.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

#include "sync_private.h"

#define WINDOW_MAX  1000 /* versions */
#define BATCH_MAX   100
#define BYTES_MAX   (INT64_C(4) << 20) /* of a batch, where the server says nothing */
#define HEAD_BYTES  64                 /* of an envelope */
#define HOLD_MS     (15 * MINUTE_MS)
#define RELEASE_MAX 200

void push_stop(struct exchange *x)
{
        struct push *p = &x->push;

        call_stop(x, &p->call);
        arena_finish(&p->a);
        set_text(&p->status_id, NULL);
        set_text(&p->read_next, NULL);
        str_clear(&p->body);
        p->items = NULL;
        p->count = p->todo_count = 0;
        p->posted = p->reads = false;
        p->wanted = true;
}

/* ---- what became of one ------------------------------------------------------------------------
 */

static void log_failure(struct exchange *x, enum rc rc, const struct err *err)
{
        if (rc != RC_OK)
                log_line("sync", "%s: %s", x->r.name, err->text);
}

static void note_along(struct exchange *x, const struct item *it)
{
        if (it->v.vid)
                seen_add(&x->push.along, &it->v.vid, sizeof(it->v.vid));
        else
                seen_add(&x->push.along, it->v.id, strlen(it->v.id));
}

void push_put(struct exchange *x, struct item *it, enum delivery_state state, const char *why)
{
        AUTO_FREE char *clean = text_clean(why, strlen(why), false);
        const struct delivery d = {.remote = x->r.id,
                                   .vid = it->v.vid,
                                   .state = state,
                                   .why = clean,
                                   .object = it->v.id,
                                   .at_ms = clock_now_ms(),
                                   .tries = 1};
        struct err err = {0};

        it->settled = true;
        if (!it->v.vid) {
                note_along(x, it);
                return;
        }
        log_failure(x, delivery_put(x->ops->store, &d, &err), &err);
        x->wrote = x->dirty = true;
        x->refused_count += state == DELIVERY_QUARANTINED;
        x->r.refused += state == DELIVERY_QUARANTINED;
        x->held += state == DELIVERY_HELD;
}

void push_settle(struct exchange *x, struct item *it)
{
        struct err err = {0};

        it->settled = true;
        if (!it->waits)
                note_along(x, it);
        if (it->again)
                log_failure(x, delivery_done(x->ops->store, x->r.id, it->v.vid, &err), &err);
        x->sent += it->v.vid != 0;
        x->r.sent += it->v.vid != 0;
        x->dirty = true;
}

/* The cursor stands before the first that is not settled. */
static void move_cursor(struct exchange *x)
{
        const struct push *p = &x->push;
        int64_t first = INT64_MAX, last = x->r.sent_vid;

        for (size_t i = 0; i < p->count; i++) {
                const struct item *it = &p->items[i];

                if (!it->waits)
                        continue;
                if (!it->settled && it->v.vid < first)
                        first = it->v.vid;
                if (it->v.vid > last)
                        last = it->v.vid;
        }
        if (first <= last)
                last = first - 1;
        if (last <= x->r.sent_vid)
                return;
        x->r.sent_vid = last;
        x->dirty = true;
}

static void remember(struct exchange *x)
{
        move_cursor(x);
        exchange_save(x);
        x->pending = delivery_count(x->ops->store, &x->r);
}

/* ---- the window --------------------------------------------------------------------------------
 */

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

static void add(struct exchange *x, const struct version *list, size_t count, bool waits,
                bool again)
{
        struct push *p = &x->push;

        for (size_t i = 0; i < count; i++) {
                struct item it = {.v = list[i], .waits = waits, .again = again};

                if (is_there(p, it.v.vid))
                        continue;
                it.settled = !again && went_along(x, &it.v);
                if (!it.settled || waits)
                        p->items[p->count++] = it;
        }
}

/* Row 22: nothing goes that nobody could read; and nothing above the ceiling. */
static void judge(struct exchange *x, struct item *it)
{
        struct err err = {0};
        enum rc rc;

        if (it->settled)
                return;
        rc = ops_may_send(x->ops, &it->v, x->r.ceiling, &err);
        if (rc == RC_DENIED)
                push_put(x, it, DELIVERY_HELD, err.text);
        else if (rc != RC_OK)
                push_put(x, it, DELIVERY_QUARANTINED, err.text);
        else if (x->r.max_bytes && (int64_t)it->v.len + HEAD_BYTES > x->r.max_bytes)
                push_put(x, it, DELIVERY_QUARANTINED, "it is larger than the server takes");
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
                struct version v;

                if (version_by_vid(x->ops->store, list[i].vid, &a, &v, NULL) != RC_OK ||
                    ops_may_send(x->ops, &v, x->r.ceiling, NULL) != RC_OK)
                        continue;
                rc = delivery_retry(x->ops->store, x->r.id, list[i].vid, err);
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

static enum rc fill_window(struct exchange *x, struct err *err)
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
        rc = store_begin(x->ops->store, err);
        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < p->count; i++)
                judge(x, &p->items[i]);
        rc = store_commit(x->ops->store, err);
        if (rc != RC_OK)
                store_rollback(x->ops->store);
        qsort(p->items, p->count, sizeof(*p->items), compare_items);
        p->todo[0] = (struct range){0, p->count};
        p->todo_count = 1;
        return rc;
}

static void load(struct exchange *x)
{
        struct push *p = &x->push;
        struct err err = {0};

        p->wanted = false;
        if (fill_window(x, &err) != RC_OK) {
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "reading what waits: %s", err.text);
                return;
        }
        if (!p->count)
                arena_finish(&p->a);
}

static void window_done(struct exchange *x)
{
        struct push *p = &x->push;

        remember(x);
        push_stop(x);
        p->wanted = x->pending > 0;
        set_text(&p->error, NULL);
        exchange_success(x);
        exchange_save(x);
}

/* ---- a batch -----------------------------------------------------------------------------------
 */

static size_t room_of(const struct exchange *x)
{
        return (size_t)(x->r.max_bytes ? x->r.max_bytes * 8 / 10 : BYTES_MAX);
}

/* Writes the first of a range, as many as go into one batch; the rest stays to be done. */
static void write_batch(struct exchange *x)
{
        struct push *p = &x->push;
        struct range *todo = &p->todo[p->todo_count - 1];
        size_t at = todo->from, count = 0;

        str_clear(&p->body);
        str_add(&p->body, "{\"objects\":[");
        for (; at < todo->to && count < BATCH_MAX; at++) {
                const struct version *v = &p->items[at].v;

                if (p->items[at].settled)
                        continue;
                if (count && p->body.len + v->len + HEAD_BYTES > room_of(x))
                        break;
                if (count++)
                        str_addc(&p->body, ',');
                str_addn(&p->body, v->bytes, v->len);
        }
        str_add(&p->body, "]}");
        p->batch = (struct range){todo->from, at};
        todo->from = at;
        if (todo->from == todo->to)
                p->todo_count--;
        if (!count)
                p->batch.to = p->batch.from;
}

static size_t open_count(const struct push *p, size_t *ret_last)
{
        size_t count = 0;

        for (size_t i = p->batch.from; i < p->batch.to; i++) {
                if (p->items[i].settled)
                        continue;
                *ret_last = i;
                count++;
        }
        return count;
}

void push_batch_done(struct exchange *x)
{
        struct push *p = &x->push;

        p->posted = p->reads = false;
        p->batch = (struct range){0, 0};
        set_text(&p->status_id, NULL);
        remember(x);
}

static void split(struct exchange *x, const struct http_reply *reply)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct push *p = &x->push;
        size_t last = 0, middle;
        const char *words;

        if (open_count(p, &last) > 1 && p->todo_count + 2 <= RANGES_MAX) {
                middle = p->batch.from + (p->batch.to - p->batch.from) / 2;
                p->todo[p->todo_count++] = (struct range){middle, p->batch.to};
                p->todo[p->todo_count++] = (struct range){p->batch.from, middle};
                return;
        }
        words = taxii_read_refusal(reply->body, reply->body_len, &a);
        push_put(
                x, &p->items[last], DELIVERY_QUARANTINED,
                arena_printf(&a, "refused with %ld%s%s", reply->status, *words ? ": " : "", words));
        push_batch_done(x);
}

/* It may not be written, whatever the collection says of itself: what is there may still be read.
 */
static void hold(struct exchange *x, const struct http_reply *reply)
{
        struct push *p = &x->push;
        AUTO_FREE char *sentence = reply_sentence("sending", reply);

        push_stop(x);
        p->wanted = false;
        p->hold_ms = clock_now_ms() + HOLD_MS;
        set_text(&p->error, sentence);
        log_line("sync", "%s: %s", x->r.name, sentence);
        x->dirty = true;
        exchange_save(x);
}

static void on_posted(struct exchange *x, const struct http_reply *reply)
{
        if (reply_is_ok(reply))
                confirm_begin(x, reply);
        else if (reply->rc == RC_OK &&
                 (reply->status == 400 || reply->status == 413 || reply->status == 422))
                split(x, reply);
        else if (reply->rc == RC_OK &&
                 (reply->status == 403 || reply->status == 404 || reply->status == 405))
                hold(x, reply);
        else
                exchange_fail_reply(x, "sending", reply);
}

static void post(struct exchange *x)
{
        CLEANUP(str_finish) struct str url;
        struct push *p = &x->push;

        write_batch(x);
        if (p->batch.from == p->batch.to)
                return;
        str_init(&url, HTTP_URL_MAX);
        str_addf(&url, "%sobjects/", x->collection_url);
        call_start(x, &p->call,
                   &(struct ask){.url = str_text(&url), .body = &p->body, .done = on_posted});
}

bool push_turn(struct exchange *x)
{
        struct push *p = &x->push;

        if (p->call.busy)
                return true;
        if (!x->r.can_write) {
                p->wanted = false;
                return false;
        }
        if (p->error && clock_now_ms() < p->hold_ms)
                return false;
        if (p->posted)
                return confirm_turn(x);
        if (p->wanted && !p->count)
                load(x);
        while (!x->failed && !p->call.busy && p->todo_count)
                post(x);
        if (!x->failed && !p->call.busy && p->count)
                window_done(x);
        return p->call.busy || p->wanted;
}
