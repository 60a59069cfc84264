/*
 * The walk: page after page from a little before the watermark to the end (standards 1.3).
 */
#include <stdlib.h>
#include <string.h>

#include "sync_private.h"

#define OVERLAP_US    (5 * MINUTE_MS * 1000)
#define LIMIT_MAX     8000 /* where a server can't say how to go on */
#define RESTARTS_MAX  3
#define STALE_MAX     2    /* pages in a row that bring nothing: it turns in a circle */
#define NEXT_MAX      4000 /* bytes of a `next` */
#define NEXT_TOO_LONG "how it says to go on is too long"

/* ---- what is asked -----------------------------------------------------------------------------
 */

/* Row 4: limit and all that was asked at first go with every `next`. */
void pull_ask(struct exchange *x, const char *folder, int wait_s,
              void (*done)(struct exchange *x, const struct http_reply *reply))
{
        CLEANUP(str_finish) struct str url = {0};
        struct pull *p = &x->pull;

        str_init(&url, HTTP_URL_MAX);
        str_addf(&url, "%s%s/?limit=%d", x->collection_url, folder, p->limit);
        if (p->from) {
                str_add(&url, "&added_after=");
                http_escape(&url, p->from);
        }
        str_add(&url, "&match%5Bversion%5D=all");
        if (x->r.ordered && !p->sure && !p->next)
                set_back_ask(x, &url);
        if (p->next) {
                str_add(&url, "&next=");
                http_escape(&url, p->next);
        }
        if (url.over)
                pull_give_up(x, NEXT_TOO_LONG);
        else
                call_start(x, &p->call,
                           &(struct ask){.url = str_text(&url), .wait_s = wait_s, .done = done});
}

static void set_from(struct pull *p, int64_t us)
{
        char text[TAXII_DATE_MAX];

        p->from_us = us;
        if (us != TAXII_NO_TIME)
                taxii_date_print(us, text);
        set_text(&p->from, us == TAXII_NO_TIME ? NULL : text);
}

int64_t pull_watermark_us(const struct exchange *x)
{
        int64_t us;

        return x->watermark && taxii_date_read(x->watermark, &us, NULL) == RC_OK ? us
                                                                                 : TAXII_NO_TIME;
}

void pull_forget(struct pull *p)
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
        arena_finish(&p->back.a);
        p->back = (struct kept){0};
        seen_clear(&p->there);
        arena_finish(&p->missing_arena);
        free(p->missing);
        p->missing = NULL;
        p->missing_count = p->missing_cap = p->missing_at = 0;
}

void pull_begin(struct exchange *x, enum walk_what what, bool whole)
{
        struct pull *p = &x->pull;
        int64_t from = whole ? TAXII_NO_TIME : pull_watermark_us(x);

        pull_forget(p);
        p->what = what;
        p->walking = true;
        p->whole = from == TAXII_NO_TIME;
        if (p->whole && what == WALK_OBJECTS)
                ops_receive_begin(x->ops, NULL); /* without it, it takes longer */
        if (from != TAXII_NO_TIME && !x->r.ordered)
                from -= OVERLAP_US;
        set_from(p, from);
}

void pull_stop(struct exchange *x)
{
        call_stop(x, &x->pull.call);
        pull_forget(&x->pull);
        ops_receive_stop(x->ops);
        x->pull.restarts = 0;
        x->pull.sure = x->pull.doubts = false;
        if (x->pull.due_ms != CLOCK_NONE)
                x->pull.due_ms = 0;
}

/* ---- what comes in -----------------------------------------------------------------------------
 */

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

        if (reply->too_large) {
                ask_for_less(x, reply);
        } else if (reply->rc == RC_OK && p->next &&
                   (reply->status == 400 || reply->status == 404)) {
                start_over(x, reply);
        } else if (reply->rc == RC_OK && reply->status == 410 && x->r.ordered && !p->sure) {
                set_back(x, NULL);
                pull_begin(x, WALK_OBJECTS, true);
        } else if (reply->rc == RC_OK && reply->status == 500 && x->r.failures > 0) {
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
                pull_give_up(x, NEXT_TOO_LONG);
        } else {
                set_text(&p->next, next);
        }
        return true;
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

static void ask_for_page(struct exchange *x);

/* The server is at the next page while this one is kept. */
static void go_on(struct exchange *x)
{
        if (x->pull.walking)
                ask_for_page(x);
        http_push(x->http);
        if (pull_keep_is_due(x))
                pull_keep(x);
}

static void on_page(struct exchange *x, const struct http_reply *reply)
{
        struct pull *p = &x->pull;
        struct taxii_page page;
        int64_t last_us = TAXII_NO_TIME;
        size_t unseen = 0;

        if (!reply_is_ok(reply)) {
                if (pull_keep(x))
                        refused_page(x, reply);
                return;
        }
        if (!pull_take(x, reply, &page, &unseen))
                return;
        p->sure = true;
        pull_note_date(x, reply->date_last);
        if (reply->date_last)
                taxii_date_read(reply->date_last, &last_us, NULL);
        if (pull_go_on(x, page.more, page.next, last_us, unseen))
                go_on(x);
        else if (pull_keep(x))
                ended(x);
}

static void ask_for_page(struct exchange *x)
{
        struct pull *p = &x->pull;
        bool waits = p->waits && !p->next && !p->brought;

        p->asked_ns = clock_mono_ns();
        pull_ask(x, "objects", waits ? WAIT_S : 0, on_page);
}

/* A walk that is not the first waits at an ordered server until there is something. */
static void begin_due(struct exchange *x)
{
        bool waits = x->r.ordered && !x->once && x->pull.ran && !x->silent;

        pull_begin(x, x->pull.broken ? WALK_MISSING : WALK_OBJECTS, false);
        x->pull.waits = waits;
        x->pull.doubts = false;
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
