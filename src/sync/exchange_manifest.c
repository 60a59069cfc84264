/*
 * What the manifest is good for: the watermark where pages do not tell it, what increments have
 * missed, and what can't be listed but can be got one by one.
 */
#include <string.h>

#include "sync_private.h"

#define SINGLE_MAX  200    /* more are got by a walk from the beginning */
#define MISSING_MAX 100000 /* the rest is found at the next reconcile */

/* ---- one object after the other ----------------------------------------------------------------
 */

static void on_single(struct exchange *x, const struct http_reply *reply)
{
        struct taxii_page page;
        size_t unseen;

        if (reply_is_of_server(reply)) {
                exchange_fail_reply(x, "getting an object", reply);
                return;
        }
        if (!reply_is_ok(reply))
                x->pull.lost++;
        else if (!pull_take(x, reply, &page, &unseen) || !pull_keep(x))
                return;
        if (x->pull.missing_at == x->pull.missing_count)
                pull_complete(x);
}

static void ask_for_single(struct exchange *x)
{
        struct pull *p = &x->pull;
        AUTO_FREE char *object =
                url_below(x->collection_url, "objects", p->missing[p->missing_at++]);
        AUTO_FREE char *url = xasprintf("%s?limit=%d&match%%5Bversion%%5D=all", object, p->limit);

        call_start(x, &p->call, &(struct ask){.url = url, .done = on_single});
}

/* ---- the manifest ------------------------------------------------------------------------------
 */

static void add_missing(struct pull *p, const char *id)
{
        if (p->missing_count >= MISSING_MAX || !seen_add(&p->seen, id, strlen(id)))
                return;
        if (p->missing_count == p->missing_cap) {
                p->missing_cap = p->missing_cap ? p->missing_cap * 2 : 64;
                p->missing = xreallocarray(p->missing, p->missing_cap, sizeof(*p->missing));
        }
        p->missing[p->missing_count++] = arena_strdup(&p->missing_arena, id);
}

/* True where this walk had not seen it. */
static bool look_at(struct exchange *x, const struct taxii_entry *e)
{
        AUTO_FREE char *key = xasprintf("%s %s", e->id, e->version ? e->version : "");
        int64_t ns = CLOCK_NONE;

        if (!seen_add(&x->pull.seen, key, strlen(key)))
                return false;
        pull_note_date(x, e->date_text);
        x->pull.brought = true;
        if (x->pull.what != WALK_MISSING)
                return true;
        if (e->version)
                stamp_parse_ns(e->version, strlen(e->version), &ns, NULL);
        if (!ops_holds(x->ops, e->id, ns))
                add_missing(&x->pull, e->id);
        return true;
}

static void manifest_ended(struct exchange *x)
{
        struct pull *p = &x->pull;

        if (p->what == WALK_DATES || !p->missing_count) {
                pull_complete(x);
        } else if (p->broken || p->missing_count <= SINGLE_MAX) {
                p->what = WALK_SINGLE;
                seen_clear(&p->seen);
        } else {
                pull_begin(x, WALK_OBJECTS, true);
        }
}

/* Not every server has one. */
static void without_manifest(struct exchange *x, const struct http_reply *reply)
{
        struct pull *p = &x->pull;

        if (reply->rc == RC_OK && p->what == WALK_DATES)
                pull_complete(x);
        else if (reply->rc == RC_OK && !p->broken && reply->status != 429 && reply->status != 503)
                pull_begin(x, WALK_OBJECTS, true);
        else
                exchange_fail_reply(x, "reading the manifest", reply);
}

static void on_manifest(struct exchange *x, const struct http_reply *reply)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct taxii_manifest m = {0};
        int64_t last_us = TAXII_NO_TIME;
        struct err err = {0};
        size_t unseen = 0;

        if (!reply_is_ok(reply)) {
                without_manifest(x, reply);
                return;
        }
        if (taxii_read_manifest(reply->body, reply->body_len, &a, &m, &err) != RC_OK) {
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "reading the manifest: %s", err.text);
                return;
        }
        for (size_t i = 0; i < m.count; i++) {
                unseen += look_at(x, &m.entries[i]);
                if (m.entries[i].date_us > last_us)
                        last_us = m.entries[i].date_us;
        }
        if (!pull_go_on(x, m.more, m.next, last_us, unseen))
                manifest_ended(x);
}

void manifest_ask(struct exchange *x)
{
        if (x->pull.what == WALK_SINGLE)
                ask_for_single(x);
        else
                pull_ask(x, "manifest", 0, on_manifest);
}
