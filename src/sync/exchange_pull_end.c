/*
 * The end of a walk: there, and only there, the watermark moves.
 */
#include "base/log.h"

#include "sync_private.h"

#define RECONCILE_MS (24 * 60 * MINUTE_MS)
#define POLL_MS      (30 * SECOND_MS)
#define AT_ONCE_NS   INT64_C(1000000000) /* a long poll that ends before was none */

static bool reconcile_is_due(const struct exchange *x)
{
        int64_t last = x->r.reconciled_ms, now = clock_now_ms();

        return !x->r.ordered && (last == CLOCK_NONE || now - last >= RECONCILE_MS || last > now);
}

static void rest(struct exchange *x)
{
        struct pull *p = &x->pull;
        bool at_once = p->waits && !p->brought && clock_mono_ns() - p->asked_ns < AT_ONCE_NS;
        int64_t now = clock_now_ms();

        pull_forget(p);
        ops_receive_stop(x->ops);
        p->restarts = 0;
        if (p->limit > PAGE_LIMIT)
                p->limit = PAGE_LIMIT;
        if (x->once)
                p->due_ms = CLOCK_NONE;
        else if (x->r.ordered)
                p->due_ms = at_once ? now + SECOND_MS : now;
        else
                p->due_ms = now + POLL_MS;
        x->pending = delivery_count(x->ops->store, &x->r);
        x->push.wanted = x->push.wanted || (x->pending && !x->once);
}

static void move_watermark(struct exchange *x)
{
        struct pull *p = &x->pull;
        int64_t was = pull_watermark_us(x);

        if (!p->last || (was != TAXII_NO_TIME && p->last_us <= was))
                return;
        set_text(&x->watermark, p->last);
        x->dirty = true;
}

/* Row 8: what a walk from the beginning or the manifest finds, the increments had missed. */
static void reconciled(struct exchange *x, bool had_watermark)
{
        struct pull *p = &x->pull;

        x->r.reconciled_ms = clock_now_ms();
        x->r.unsteady = x->r.unsteady || (had_watermark && p->fresh && !p->broken) || p->doubts;
        x->dirty = true;
}

static void conclude(struct exchange *x)
{
        bool had_watermark = x->watermark != NULL;

        if (set_back_is_sure(x)) {
                set_back(x, x->pull.last);
                x->pull.doubts = had_watermark = false;
        } else {
                move_watermark(x);
        }
        if (x->pull.whole)
                reconciled(x, had_watermark);
}

void pull_complete(struct exchange *x)
{
        struct pull *p = &x->pull;
        bool is_whole = p->whole, doubts = set_back_is_likely(x);
        struct err err = {0};

        if (ops_receive_end(x->ops, &err) != RC_OK) {
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "keeping what came: %s", err.text);
                return;
        }
        if (is_whole)
                gone_end(x);
        conclude(x);
        x->dirty = x->dirty || x->r.incomplete != (p->lost > 0);
        x->r.incomplete = p->lost > 0;
        x->r.synced_ms = clock_now_ms();
        exchange_success(x);
        if (!is_whole && (doubts || reconcile_is_due(x))) {
                pull_begin(x, WALK_MISSING, true);
                p->doubts = doubts;
        } else {
                rest(x);
        }
        exchange_save(x);
}

void pull_give_up(struct exchange *x, const char *why)
{
        if (!pull_keep(x))
                return;
        exchange_success(x);
        x->r.incomplete = true;
        set_text(&x->error, why);
        x->dirty = true;
        log_line("sync", "%s: %s", x->r.name, why);
        rest(x);
        exchange_save(x);
}
