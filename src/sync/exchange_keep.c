/*
 * What an answer brings comes into the database: at once, but for the pages of a walk from the
 * beginning while nobody waits for them. Those are kept back until there are many, since one large
 * transaction costs far less than its pages one by one.
 */
#include <string.h>

#include "base/log.h"

#include "sync_private.h"

#define BACK_BYTES_MAX (9u * 1024 * 1024) /* some 16 commits of 100,000 objects */
#define BACK_NS_MAX    INT64_C(1000000000)

static void on_refusal(void *ctx, const char *sentence)
{
        struct exchange *x = ctx;

        if (!seen_add(&x->refused, sentence, strlen(sentence)))
                return;
        x->refused_count++;
        x->r.refused++;
        x->dirty = true;
        log_line("sync", "%s: refused: %s", x->r.name, sentence);
}

static void count(struct exchange *x, const struct received *got)
{
        int64_t fresh = got->created + got->updated;

        x->pull.fresh += fresh;
        x->received += fresh;
        x->merged += got->updated;
        x->r.received += fresh;
        if (fresh)
                x->dirty = x->wrote = true;
        if (got->published && x->r.can_write && !x->push.error)
                x->push.wanted = true;
}

bool pull_keep(struct exchange *x)
{
        const struct receive_options o = {.from = x->r.name,
                                          .default_marking = x->r.default_marking,
                                          .refusal = on_refusal,
                                          .ctx = x};
        struct kept back = x->pull.back;
        struct received got = {0};
        struct err err = {0};
        enum rc rc = RC_OK;

        x->pull.back = (struct kept){0};
        if (back.count)
                rc = ops_receive(x->ops, back.spans, back.count, &o, &got, &err);
        arena_finish(&back.a);
        count(x, &got);
        if (rc != RC_OK)
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "keeping what came: %s", err.text);
        return rc == RC_OK;
}

bool pull_keep_is_due(const struct exchange *x)
{
        const struct pull *p = &x->pull;

        return !p->whole || p->what != WALK_OBJECTS || p->back.bytes >= BACK_BYTES_MAX ||
               clock_mono_ns() - p->back.since_ns >= BACK_NS_MAX ||
               store_console_present(x->ops->store);
}

static void keep_back(struct kept *b, const struct taxii_page *page)
{
        if (!b->count)
                b->since_ns = clock_mono_ns();
        for (size_t i = 0; i < page->count; i++) {
                b->spans = arena_grow(&b->a, b->spans, b->count, &b->room, sizeof(*b->spans));
                b->spans[b->count++] = page->objects[i];
                b->bytes += page->objects[i].len;
        }
}

bool pull_take(struct exchange *x, const struct http_reply *reply, struct taxii_page *ret,
               size_t *ret_unseen)
{
        struct pull *p = &x->pull;
        const char *body = arena_strndup(&p->back.a, reply->body, reply->body_len);
        struct err err = {0};
        size_t unseen = 0;

        if (taxii_read_page(body, reply->body_len, &p->back.a, ret, &err) != RC_OK) {
                if (pull_keep(x))
                        exchange_fail(x, EXCHANGE_OFFLINE, -1, "listing the objects: %s", err.text);
                return false;
        }
        x->silent = false;
        for (size_t i = 0; i < ret->count; i++)
                unseen += seen_add(&p->seen, ret->objects[i].bytes, ret->objects[i].len);
        if (unseen)
                keep_back(&p->back, ret);
        gone_note_page(x, ret);
        p->brought = p->brought || ret->count;
        *ret_unseen = unseen;
        return true;
}
