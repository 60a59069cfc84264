/*
 * The walk: page after page from a little before the watermark to the end, and only there the
 * watermark moves (standards 1.3).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#include "sync_private.h"

#define RESTARTS_MAX 3
#define STALE_MAX    2    /* pages in a row that bring nothing: it turns in a circle */
#define NEXT_MAX     4000 /* bytes of a `next` */
#define AT_ONCE_NS   INT64_C(1000000000) /* a long poll that ends before was none */

/* ---- what is asked -----------------------------------------------------------------------------
 */

/* Row 4: limit and all that was asked at first go with every `next`. */
char *pull_url(const struct exchange *x, const char *folder)
{
        CLEANUP(str_finish) struct str url;
        const struct pull *p = &x->pull;

        str_init(&url, HTTP_URL_MAX);
        str_addf(&url, "%s%s/?limit=%d", x->collection_url, folder, p->limit);
        if (p->from) {
                str_add(&url, "&added_after=");
                http_escape(&url, p->from);
        }
        str_add(&url, "&match%5Bversion%5D=all");
        if (p->next) {
                str_add(&url, "&next=");
                http_escape(&url, p->next);
        }
        return str_take(&url);
}

static void set_from(struct pull *p, int64_t us)
{
        char text[TAXII_DATE_MAX];

        p->from_us = us;
        if (us != TAXII_NO_TIME)
                taxii_date_print(us, text);
        set_text(&p->from, us == TAXII_NO_TIME ? NULL : text);
}

static int64_t watermark_us(const struct exchange *x)
{
        int64_t us;

        return x->watermark && taxii_date_read(x->watermark, &us, NULL) == RC_OK ? us
                                                                                 : TAXII_NO_TIME;
}

static void forget(struct pull *p)
{
        p->walking = p->waits = p->whole = p->brought = false;
        p->what = WALK_OBJECTS;
        set_text(&p->from, NULL);
        set_text(&p->next, NULL);
        set_text(&p->last, NULL);
        p->from_us = p->last_us = TAXII_NO_TIME;
        p->stale = 0;
        p->fresh = p->lost = 0;
        seen_clear(&p->seen);
        arena_finish(&p->missing_arena);
        free(p->missing);
        p->missing = NULL;
        p->missing_count = p->missing_cap = p->missing_at = 0;
}

void pull_begin(struct exchange *x, enum walk_what what, bool whole)
{
        struct pull *p = &x->pull;
        int64_t from = whole ? TAXII_NO_TIME : watermark_us(x);

        forget(p);
        p->what = what;
        p->walking = true;
        p->whole = from == TAXII_NO_TIME;
        if (from != TAXII_NO_TIME && !x->r.ordered)
                from -= OVERLAP_US;
        set_from(p, from);
}

void pull_stop(struct exchange *x)
{
        call_stop(x, &x->pull.call);
        forget(&x->pull);
        x->pull.restarts = 0;
        if (x->pull.due_ms != CLOCK_NONE)
                x->pull.due_ms = 0;
}

/* ---- what comes in -----------------------------------------------------------------------------
 */

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
}

bool pull_take(struct exchange *x, const struct http_reply *reply, struct taxii_page *ret,
               size_t *ret_unseen, struct arena *a)
{
        const struct receive_options o = {.from = x->r.name,
                                          .default_marking = x->r.default_marking,
                                          .refusal = on_refusal,
                                          .ctx = x};
        struct received got = {0};
        struct err err = {0};
        size_t unseen = 0;

        if (taxii_read_page(reply->body, reply->body_len, a, ret, &err) != RC_OK) {
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "listing the objects: %s", err.text);
                return false;
        }
        for (size_t i = 0; i < ret->count; i++)
                unseen += seen_add(&x->pull.seen, ret->objects[i].bytes, ret->objects[i].len);
        if (unseen && ops_receive(x->ops, ret->objects, ret->count, &o, &got, &err) != RC_OK) {
                count(x, &got);
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "keeping what came: %s", err.text);
                return false;
        }
        count(x, &got);
        x->pull.brought = x->pull.brought || ret->count;
        *ret_unseen = unseen;
        return true;
}

void pull_note_date(struct exchange *x, const char *text)
{
        struct pull *p = &x->pull;
        int64_t us;

        if (!text || taxii_date_read(text, &us, NULL) != RC_OK)
                return;
        if (p->last && us <= p->last_us)
                return;
        p->last_us = us;
        set_text(&p->last, text);
}

/* ---- the end of a walk -------------------------------------------------------------------------
 */

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

        forget(p);
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
        int64_t was = watermark_us(x);

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
        x->r.unsteady = x->r.unsteady || (had_watermark && p->fresh && !p->broken);
        x->dirty = true;
}

void pull_complete(struct exchange *x)
{
        struct pull *p = &x->pull;
        bool had_watermark = x->watermark != NULL;
        bool is_whole = p->whole;
        struct err err = {0};

        if (ops_receive_end(x->ops, &err) != RC_OK) {
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "keeping what came: %s", err.text);
                return;
        }
        move_watermark(x);
        if (is_whole)
                reconciled(x, had_watermark);
        x->dirty = x->dirty || x->r.incomplete != (p->lost > 0);
        x->r.incomplete = p->lost > 0;
        x->r.synced_ms = clock_now_ms();
        exchange_success(x);
        if (!is_whole && reconcile_is_due(x))
                pull_begin(x, WALK_MISSING, true);
        else
                rest(x);
        exchange_save(x);
}

void pull_give_up(struct exchange *x, const char *why)
{
        exchange_success(x);
        x->r.incomplete = true;
        set_text(&x->error, why);
        x->dirty = true;
        log_line("sync", "%s: %s", x->r.name, why);
        rest(x);
        exchange_save(x);
}

/* Row 11: a server that does not say when it added what it lists may say it in the manifest. */
static void ended(struct exchange *x)
{
        struct pull *p = &x->pull;

        if (!p->brought || p->last) {
                pull_complete(x);
                return;
        }
        p->what = WALK_DATES;
        set_text(&p->next, NULL);
        p->stale = 0;
}

/* ---- pages -------------------------------------------------------------------------------------
 */

static void start_over(struct exchange *x, const struct http_reply *reply)
{
        int restarts = ++x->pull.restarts;

        if (restarts > RESTARTS_MAX) {
                exchange_fail_reply(x, "listing the objects", reply);
                return;
        }
        pull_begin(x, WALK_OBJECTS, x->pull.whole);
}

/* Row 13. */
static void ask_for_less(struct exchange *x, const struct http_reply *reply)
{
        if (x->pull.limit == 1) {
                exchange_fail_reply(x, "listing the objects", reply);
                return;
        }
        x->pull.limit /= 2;
        pull_begin(x, WALK_OBJECTS, x->pull.whole);
}

static void refused_page(struct exchange *x, const struct http_reply *reply)
{
        struct pull *p = &x->pull;

        if (reply->too_large)
                ask_for_less(x, reply);
        else if (reply->rc == RC_OK && p->next && (reply->status == 400 || reply->status == 404))
                start_over(x, reply);
        else if (reply->rc == RC_OK && reply->status == 500 && x->r.failures > 0) {
                p->broken = true;
                pull_begin(x, WALK_MISSING, true);
        } else {
                exchange_fail_reply(x, "listing the objects", reply);
        }
}

/* Rows 5 and 6: more of them, and no word how to go on. The page after this one begins a moment
 * before its last date, since others may share that date. */
static void go_on_by_date(struct exchange *x, int64_t last_us, size_t unseen)
{
        struct pull *p = &x->pull;

        if (last_us != TAXII_NO_TIME && unseen &&
            (p->from_us == TAXII_NO_TIME || last_us - 1 > p->from_us)) {
                set_from(p, last_us - 1);
                return;
        }
        p->limit *= 2;
        if (p->limit > LIMIT_MAX)
                pull_give_up(x, "it says that there is more, but not how to get it");
}

bool pull_go_on(struct exchange *x, bool more, const char *next, int64_t last_us, size_t unseen)
{
        struct pull *p = &x->pull;

        p->stale = unseen ? 0 : p->stale + 1;
        if (!more)
                return false;
        if (!next) {
                set_text(&p->next, NULL);
                go_on_by_date(x, last_us, unseen);
        } else if (p->stale >= STALE_MAX) {
                pull_give_up(x, "its pages repeat themselves and do not end");
        } else if (strlen(next) > NEXT_MAX) {
                pull_give_up(x, "how it says to go on is too long");
        } else {
                set_text(&p->next, next);
        }
        return true;
}

static void on_page(struct exchange *x, const struct http_reply *reply)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct taxii_page page;
        int64_t last_us = TAXII_NO_TIME;
        size_t unseen = 0;

        if (!reply_is_ok(reply)) {
                refused_page(x, reply);
                return;
        }
        if (!pull_take(x, reply, &page, &unseen, &a))
                return;
        pull_note_date(x, reply->date_last);
        if (reply->date_last)
                taxii_date_read(reply->date_last, &last_us, NULL);
        if (!pull_go_on(x, page.more, page.next, last_us, unseen))
                ended(x);
}

static void ask_for_page(struct exchange *x)
{
        struct pull *p = &x->pull;
        bool waits = p->waits && !p->next && !p->brought;
        AUTO_FREE char *url = pull_url(x, "objects");

        p->asked_ns = clock_mono_ns();
        call_start(x, &p->call,
                   &(struct ask){.url = url, .wait_s = waits ? WAIT_S : 0, .done = on_page});
}

/* A walk that is not the first waits at an ordered server until there is something. */
static void begin_due(struct exchange *x)
{
        bool waits = x->r.ordered && !x->once && x->pull.ran;

        pull_begin(x, x->pull.broken ? WALK_MISSING : WALK_OBJECTS, false);
        x->pull.waits = waits;
        x->pull.ran = true;
}

bool pull_turn(struct exchange *x)
{
        struct pull *p = &x->pull;

        if (p->call.busy)
                return true;
        if (!x->r.can_read)
                p->due_ms = CLOCK_NONE;
        if (!p->walking && (p->due_ms == CLOCK_NONE || clock_now_ms() < p->due_ms))
                return false;
        if (!p->walking)
                begin_due(x);
        if (p->what == WALK_OBJECTS)
                ask_for_page(x);
        else
                manifest_ask(x);
        return p->call.busy;
}
