/*
 * Requests of the two lanes, what is remembered of them, and how long one waits after a failure.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypt.h"
#include "base/log.h"
#include "base/text.h"

#include "sync_private.h"

#define FIRST_MS       (30 * SECOND_MS)           /* until an answer begins */
#define LONG_POLL_MS   (WAIT_S * SECOND_MS + 800) /* noticed, and shown, within 5 s */
#define TIMEOUT_MS     (5 * MINUTE_MS)
#define BACKOFF_MS     SECOND_MS
#define BACKOFF_MAX_MS MINUTE_MS
#define REFUSED_MS     MINUTE_MS
#define REFUSED_MAX_MS (15 * MINUTE_MS)
#define SAVE_MS        (30 * SECOND_MS) /* a time alone is not worth a commit more often */

void set_text(char **at, const char *text)
{
        char *copy = text ? xstrdup(text) : NULL;

        free(*at);
        *at = copy;
}

/* ---- requests ----------------------------------------------------------------------------------
 */

/* Row 14: other types are read as what they hold, and told of once. */
static void look_at_type(struct exchange *x, const struct http_reply *reply)
{
        static const char ours[] = "application/taxii+json";

        if (x->warned || !reply_is_ok(reply) || strncmp(reply->type, ours, strlen(ours)) == 0)
                return;
        x->warned = true;
        log_line("sync", "%s: answers come as \"%s\"", x->r.name, reply->type);
}

static void look_at_clock(struct exchange *x, const struct http_reply *reply)
{
        int64_t was = x->r.ahead_ms, is = reply->ahead_ms;

        if (is == CLOCK_NONE)
                return;
        if (was != CLOCK_NONE && is - was < CLOCK_STEADY_MS && was - is < CLOCK_STEADY_MS)
                return;
        x->r.ahead_ms = is;
        x->dirty = true;
}

static void on_done(void *ctx, const struct http_reply *reply)
{
        struct call *c = ctx;

        c->busy = false;
        look_at_type(c->x, reply);
        look_at_clock(c->x, reply);
        c->done(c->x, reply);
}

void call_start(struct exchange *x, struct call *c, const struct ask *ask)
{
        const struct http_request request = {
                .url = ask->url,
                .auth = &x->auth,
                .body = ask->body ? str_text(ask->body) : NULL,
                .body_len = ask->body ? ask->body->len : 0,
                .body_max = ask->body_max ? ask->body_max : TAXII_BYTES_MAX,
                .wait_s = ask->wait_s,
                .first_ms = ask->wait_s ? LONG_POLL_MS : FIRST_MS,
                .timeout_ms = TIMEOUT_MS,
        };
        struct err err = {0};

        c->x = x;
        c->done = ask->done;
        if (http_start(x->http, &request, on_done, c, &c->ticket, &err) == RC_OK)
                c->busy = true;
        else
                exchange_fail(x, EXCHANGE_REFUSED, -1, "%s", err.text);
}

void call_stop(struct exchange *x, struct call *c)
{
        if (c->busy)
                http_cancel(x->http, c->ticket);
        c->busy = false;
}

bool reply_is_ok(const struct http_reply *reply)
{
        return reply->rc == RC_OK && reply->status >= 200 && reply->status < 300;
}

bool reply_is_of_server(const struct http_reply *reply)
{
        return reply->rc != RC_OK || reply->status == 401 || reply->status == 429 ||
               reply->status == 503;
}

char *url_below(const char *base, const char *folder, const char *name)
{
        CLEANUP(str_finish) struct str url = {0};

        str_init(&url, HTTP_URL_MAX);
        str_addf(&url, "%s%s/", base, folder);
        http_escape(&url, name);
        str_addc(&url, '/');
        return str_take(&url);
}

/* ---- what is remembered ------------------------------------------------------------------------
 */

void exchange_save(struct exchange *x)
{
        struct err err = {0};
        enum rc rc;

        if (!x->dirty && clock_now_ms() - x->saved_ms < SAVE_MS)
                return;
        x->r.root = x->root;
        x->r.watermark = x->watermark;
        x->r.error = x->error ? x->error : x->push.error;
        x->r.shut = x->error ? x->how == EXCHANGE_REFUSED : x->push.error != NULL;
        rc = remote_save(x->ops->store, &x->r, &err);
        if (rc == RC_NOTFOUND)
                x->over = true;
        if (rc != RC_OK) {
                log_line("sync", "%s: %s", x->r.name, err.text);
                return;
        }
        x->dirty = false;
        x->saved_ms = clock_now_ms();
}

/* ---- failures ----------------------------------------------------------------------------------
 */

/* Doubles, with the upper half by chance: consoles that lost one server do not come back at once.
 */
static int64_t backoff_ms(enum exchange_state how, int64_t failures)
{
        int64_t ms = how == EXCHANGE_REFUSED ? REFUSED_MS : BACKOFF_MS;
        int64_t most = how == EXCHANGE_REFUSED ? REFUSED_MAX_MS : BACKOFF_MAX_MS;
        uint32_t chance;

        for (int64_t i = 1; i < failures && ms < most; i++)
                ms *= 2;
        if (ms > most)
                ms = most;
        crypt_random(&chance, sizeof(chance));
        return ms / 2 + (int64_t)chance % (ms / 2 + 1);
}

void exchange_stop(struct exchange *x)
{
        find_stop(x);
        pull_stop(x);
        push_stop(x);
}

static void fail(struct exchange *x, enum exchange_state how, int64_t retry_after_ms,
                 const char *sentence)
{
        int64_t wait;

        exchange_stop(x);
        set_text(&x->error, sentence);
        x->r.failures++;
        wait = backoff_ms(how, x->r.failures);
        if (retry_after_ms > wait)
                wait = retry_after_ms;
        x->failed = x->silent = true;
        x->how = how;
        if (how == EXCHANGE_REFUSED) {
                x->found = false;
                set_text(&x->root, NULL);
        }
        x->r.tried_ms = clock_now_ms();
        x->r.next_try_ms = x->next_ms = x->r.tried_ms + wait;
        x->r.told_ms = retry_after_ms > 0 ? x->r.tried_ms + retry_after_ms : CLOCK_NONE;
        x->over = x->over || x->once;
        x->dirty = true;
        log_line("sync", "%s: %s", x->r.name, sentence);
        exchange_save(x);
}

void exchange_fail(struct exchange *x, enum exchange_state how, int64_t retry_after_ms,
                   const char *fmt, ...)
{
        struct err err = {0};
        AUTO_FREE char *clean = NULL;
        va_list args;

        va_start(args, fmt);
        vsnprintf(err.text, sizeof(err.text), fmt, args);
        va_end(args);
        clean = text_clean(err.text, strlen(err.text), false);
        fail(x, how, retry_after_ms, clean);
}

static const char *meaning(long status)
{
        switch (status) {
        case 401: return "it does not take our credentials";
        case 403: return "we have no access";
        case 404: return "it is not there, or access was withdrawn";
        case 406: return "it does not speak TAXII 2.1";
        case 429: return "we ask too often";
        case 503: return "it is too busy";
        default: return status >= 500 ? "it has failed" : "it refuses";
        }
}

char *reply_sentence(const char *what, const struct http_reply *reply)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *words;

        if (reply->rc != RC_OK)
                return xasprintf("%s: %s", what, reply->why);
        words = taxii_read_refusal(reply->body, reply->body_len, &a);
        return xasprintf("%s: %ld, %s%s%s%s", what, reply->status, meaning(reply->status),
                         *words ? " (\"" : "", words, *words ? "\")" : "");
}

void exchange_fail_reply(struct exchange *x, const char *what, const struct http_reply *reply)
{
        AUTO_FREE char *sentence = reply_sentence(what, reply);
        bool refused = reply->status >= 400 && reply->status < 500 && reply->status != 429 &&
                       reply->status != 408;

        if (reply->rc == RC_DENIED)
                refused = true;
        exchange_fail(x, refused ? EXCHANGE_REFUSED : EXCHANGE_OFFLINE, reply->retry_after_ms, "%s",
                      sentence);
}

void exchange_success(struct exchange *x)
{
        x->r.tried_ms = clock_now_ms();
        x->silent = false;
        if (!x->r.failures && !x->error && x->r.next_try_ms == CLOCK_NONE)
                return;
        x->r.failures = 0;
        x->r.next_try_ms = x->r.told_ms = CLOCK_NONE;
        set_text(&x->error, NULL);
        x->how = EXCHANGE_OFFLINE;
        x->dirty = true;
}
