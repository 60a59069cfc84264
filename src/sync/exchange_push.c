/*
 * What waits goes out: a window of it at a time, references first, in batches that are halved where
 * they are refused, until the culprit is alone.
 */
#include <string.h>

#include "base/log.h"
#include "base/text.h"

#include "sync_private.h"

#define BATCH_MAX 100
#define BYTES_MAX (INT64_C(4) << 20) /* of a batch, even where the server takes more */
#define HOLD_MS   (15 * MINUTE_MS)

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

static void load(struct exchange *x)
{
        struct push *p = &x->push;
        struct err err = {0};

        p->wanted = false;
        if (push_fill(x, &err) != RC_OK) {
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
        int64_t most = x->r.max_bytes ? x->r.max_bytes / 10 * 8 : BYTES_MAX;

        return (size_t)(most < BYTES_MAX ? most : BYTES_MAX);
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

size_t push_open_count(const struct push *p)
{
        size_t count = 0;

        for (size_t i = p->batch.from; i < p->batch.to; i++)
                count += !p->items[i].settled;
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
        size_t last = p->batch.to - 1, middle;
        const char *words;

        if (push_open_count(p) > 1 && p->todo_count + 2 <= RANGES_MAX) {
                middle = p->batch.from + (p->batch.to - p->batch.from) / 2;
                p->todo[p->todo_count++] = (struct range){middle, p->batch.to};
                p->todo[p->todo_count++] = (struct range){p->batch.from, middle};
                return;
        }
        while (last > p->batch.from && p->items[last].settled)
                last--;
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
        AUTO_FREE char *url = xasprintf("%sobjects/", x->collection_url);
        struct push *p = &x->push;

        write_batch(x);
        if (p->batch.from == p->batch.to)
                return;
        call_start(x, &p->call, &(struct ask){.url = url, .body = &p->body, .done = on_posted});
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
