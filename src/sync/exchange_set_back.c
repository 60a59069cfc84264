/*
 * A server that was set back: an old copy of its database was put back, or a new one stands in its
 * place. What it had shown stays here; what of ours it may have lost goes there once more.
 *
 * An ordered server is asked by the first request of a line whether it knows the watermark, and the
 * act that was sent last (TAXII_MUST_KNOW). Others show what the watermark belongs to in every
 * walk, since walks overlap: where one does not, it is looked whether the whole collection ends
 * before it.
 */
#include "base/log.h"

#include "sync_private.h"

void set_back_ask(const struct exchange *x, struct str *url)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *act = "";

        delivery_last_act(x->ops->store, &x->r, &a, &act, NULL);
        if (!x->pull.from && !*act)
                return;
        str_add(url, "&" TAXII_MUST_KNOW "=");
        http_escape(url, act);
}

static bool shows_watermark(const struct exchange *x)
{
        const struct pull *p = &x->pull;

        return p->last ? p->last_us >= pull_watermark_us(x) : p->brought;
}

/* Who is known to show too little in increments is looked through once a day anyhow. */
bool set_back_is_likely(const struct exchange *x)
{
        return x->watermark && !x->r.ordered && !x->r.unsteady && !x->pull.whole &&
               !shows_watermark(x);
}

bool set_back_is_sure(const struct exchange *x)
{
        return x->watermark && !x->r.ordered && x->pull.whole && !x->pull.lost &&
               !shows_watermark(x);
}

/* What was sent and could not be read back is not there now. */
static void forget_doubts(struct exchange *x)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct delivery *list = NULL;
        struct err err = {0};
        size_t count = 0;
        enum rc rc = delivery_list(x->ops->store, x->r.id, DELIVERY_UNCONFIRMED, &a, &list, &count,
                                   &err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = delivery_done(x->ops->store, x->r.id, list[i].vid, &err);
        if (rc != RC_OK)
                log_line("sync", "%s: %s", x->r.name, err.text);
}

void set_back(struct exchange *x, const char *last)
{
        log_line("sync", "%s: it was set back to an older state: all of ours goes there again",
                 x->r.name);
        push_stop(x);
        seen_clear(&x->push.along);
        forget_doubts(x);
        set_text(&x->watermark, last);
        x->r.sent_vid = 0;
        x->pending = delivery_count(x->ops->store, &x->r);
        x->dirty = true;
        exchange_save(x);
}
