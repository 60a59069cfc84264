/*
 * What became of a batch: by what the server says, for as long as it says "pending"; and where that
 * is not enough, by reading it back (row 21).
 */
#include <string.h>

#include "sync_private.h"

#define POLL_MAX_MS   (30 * SECOND_MS)
#define GIVE_UP_MS    (10 * MINUTE_MS)
#define STATUS_MAX    (4u * 1024 * 1024)
#define STATUS_ID_MAX 1000

/* ---- the end -----------------------------------------------------------------------------------
 */

static void settle_all(struct exchange *x)
{
        struct push *p = &x->push;

        for (size_t i = p->batch.from; i < p->batch.to; i++)
                if (!p->items[i].settled)
                        push_settle(x, &p->items[i]);
        push_batch_done(x);
}

void confirm_doubt(struct exchange *x, const char *why)
{
        struct push *p = &x->push;

        for (size_t i = p->batch.from; i < p->batch.to; i++)
                if (!p->items[i].settled)
                        push_put(x, &p->items[i], DELIVERY_UNCONFIRMED, why);
        push_batch_done(x);
}

static void conclude(struct exchange *x, bool says_all)
{
        struct push *p = &x->push;

        if (says_all && (x->r.ordered || !x->r.can_read)) {
                settle_all(x);
        } else if (x->r.can_read) {
                p->reads = true;
                p->read_at = p->read_to = p->batch.from;
        } else {
                confirm_doubt(x, "sent; the server does not say whether it was kept");
        }
}

/* ---- status ------------------------------------------------------------------------------------
 */

static bool is_version(const struct version *v, const struct taxii_detail *d)
{
        int64_t ns;

        if (strcmp(v->id, d->id) != 0)
                return false;
        return !d->version || stamp_parse_ns(d->version, strlen(d->version), &ns, NULL) != RC_OK ||
               ns == v->modified_ns;
}

static void take_failure(struct exchange *x, const struct taxii_detail *d)
{
        struct push *p = &x->push;

        for (size_t i = p->batch.from; i < p->batch.to; i++) {
                struct item *it = &p->items[i];

                if (!it->settled && is_version(&it->v, d))
                        push_put(x, it, DELIVERY_QUARANTINED,
                                 d->message && *d->message
                                         ? d->message
                                         : "refused by the server without a word");
        }
}

static void wait_for_it(struct exchange *x, const char *id)
{
        struct push *p = &x->push;

        if (!p->status_id) {
                set_text(&p->status_id, id);
                p->poll_ms = SECOND_MS;
                p->give_up_ms = clock_now_ms() + GIVE_UP_MS;
        } else {
                p->poll_ms = p->poll_ms * 2 < POLL_MAX_MS ? p->poll_ms * 2 : POLL_MAX_MS;
        }
        p->due_ms = clock_now_ms() + p->poll_ms;
        if (clock_now_ms() >= p->give_up_ms)
                conclude(x, false);
}

static void take_status(struct exchange *x, const struct taxii_status *s)
{
        bool has_id = s->id && *s->id && strlen(s->id) <= STATUS_ID_MAX;

        for (size_t i = 0; i < s->failure_count; i++)
                take_failure(x, &s->failures[i]);
        if (s->complete)
                conclude(x, s->success >= 0 && s->success >= (int64_t)push_open_count(&x->push));
        else if (has_id)
                wait_for_it(x, s->id);
        else
                conclude(x, false);
}

void confirm_begin(struct exchange *x, const struct http_reply *reply)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct taxii_status s;

        x->push.posted = true;
        if (taxii_read_status(reply->body, reply->body_len, &a, &s, NULL) == RC_OK)
                take_status(x, &s);
        else
                conclude(x, false);
}

static void on_status(struct exchange *x, const struct http_reply *reply)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct taxii_status s;

        if (reply->rc != RC_OK || reply->status == 401 || reply->status == 403)
                exchange_fail_reply(x, "asking what became of it", reply);
        else if (reply->status == 404)
                conclude(x, false);
        else if (reply_is_ok(reply) &&
                 taxii_read_status(reply->body, reply->body_len, &a, &s, NULL) == RC_OK)
                take_status(x, &s);
        else
                wait_for_it(x, x->push.status_id);
}

static void ask_for_status(struct exchange *x)
{
        AUTO_FREE char *url = url_below(x->root, "status", x->push.status_id);

        call_start(x, &x->push.call,
                   &(struct ask){.url = url, .body_max = STATUS_MAX, .done = on_status});
}

bool confirm_turn(struct exchange *x)
{
        struct push *p = &x->push;

        if (p->reads)
                readback_ask(x);
        else if (clock_now_ms() >= p->due_ms)
                ask_for_status(x);
        else
                return false;
        return p->call.busy || !p->posted;
}
