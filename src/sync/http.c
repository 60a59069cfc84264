#include "sync/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "sync/http_request.h"

#define REDIRECTS_MAX  3
#define RETRY_AFTER_MS INT64_C(86400000) /* nobody is let off for longer */
#define NS_PER_MS      1000000
#define RUN_MS_MAX     60000

struct transfer {
        struct transfer *next;
        int64_t ticket;
        CURL *easy;
        struct curl_slist *headers;
        char *url;
        struct http_request request; /* its url is not used */
        void (*done)(void *ctx, const struct http_reply *reply);
        void *ctx;
        struct str body;
        int redirects;
        int64_t begun_ns;
        bool answered;  /* a byte of an answer came */
        bool head_ends; /* the blank line behind its headers did, which libcurl does not ask for */
        int64_t answered_ms;
        char error[CURL_ERROR_SIZE];
};

struct http {
        CURLM *multi;
        struct transfer *all;
        int64_t last_ticket;
};

/* ---- opening and closing -----------------------------------------------------------------------
 */

enum rc http_open(struct http **ret, struct err *err)
{
        struct http *h;

        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
                return err_set(err, RC_FAIL, "libcurl can't be started");
        h = xcalloc(1, sizeof(*h));
        h->multi = curl_multi_init();
        if (!h->multi)
                mem_die();
        *ret = h;
        return RC_OK;
}

static void transfer_free(struct http *h, struct transfer *t)
{
        if (t->easy) {
                curl_multi_remove_handle(h->multi, t->easy);
                curl_easy_cleanup(t->easy);
        }
        curl_slist_free_all(t->headers);
        str_finish(&t->body);
        free(t->url);
        free(t);
}

void http_close(struct http *h)
{
        if (!h)
                return;
        while (h->all) {
                struct transfer *t = h->all;

                h->all = t->next;
                transfer_free(h, t);
        }
        curl_multi_cleanup(h->multi);
        curl_global_cleanup();
        free(h);
}

/* ---- a request ---------------------------------------------------------------------------------
 */

static size_t take_body(char *bytes, size_t size, size_t count, void *ctx)
{
        struct transfer *t = ctx;

        (void)size;
        t->answered = true;
        str_addn(&t->body, bytes, count);
        return t->body.over ? 0 : count;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *ctx)
{
        struct transfer *t = ctx;

        (void)size;
        if (!t->answered)
                t->answered_ms = clock_now_ms();
        t->answered = true;
        if (count > 5 && memcmp(bytes, "HTTP/", 5) == 0)
                t->head_ends = false; /* of another one: 100 goes before */
        else if (count > 0 && (bytes[0] == '\r' || bytes[0] == '\n'))
                t->head_ends = true;
        return count;
}

static void listen_to(struct transfer *t)
{
        CURL *e = t->easy;

        curl_easy_setopt(e, CURLOPT_PRIVATE, t);
        curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->error);
        curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
        curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
}

/* Asks for t->url, at first or again elsewhere. */
static void go(struct http *h, struct transfer *t)
{
        str_clear(&t->body);
        t->body.over = false;
        t->answered = t->head_ends = false;
        t->begun_ns = clock_mono_ns();
        curl_easy_setopt(t->easy, CURLOPT_URL, t->url);
        /* NULL: as no_proxy says */
        curl_easy_setopt(t->easy, CURLOPT_NOPROXY, http_url_is_loopback(t->url) ? "*" : NULL);
        curl_multi_add_handle(h->multi, t->easy);
}

enum rc http_start(struct http *h, const struct http_request *r,
                   void (*done)(void *ctx, const struct http_reply *reply), void *ctx,
                   int64_t *ret_ticket, struct err *err)
{
        struct transfer *t;

        if (!http_url_is_allowed(r->url, err))
                return RC_DENIED;
        if (r->auth && !http_same_origin(r->url, r->auth->origin))
                return err_set(
                        err, RC_DENIED,
                        "it is at another address than the one that the credentials are for");
        t = xcalloc(1, sizeof(*t));
        t->easy = curl_easy_init();
        if (!t->easy)
                mem_die();
        t->url = xstrdup(r->url);
        t->request = *r;
        t->done = done;
        t->ctx = ctx;
        t->ticket = ++h->last_ticket;
        str_init(&t->body, r->body_max);
        listen_to(t);
        t->headers = http_request_tell(t->easy, r);
        t->next = h->all;
        h->all = t;
        go(h, t);
        *ret_ticket = t->ticket;
        return RC_OK;
}

static void unlink_transfer(struct http *h, struct transfer *t)
{
        struct transfer **at = &h->all;

        while (*at != t)
                at = &(*at)->next;
        *at = t->next;
}

void http_cancel(struct http *h, int64_t ticket)
{
        for (struct transfer *t = h->all; t; t = t->next) {
                if (t->ticket != ticket)
                        continue;
                unlink_transfer(h, t);
                transfer_free(h, t);
                return;
        }
}

/* ---- an answer ---------------------------------------------------------------------------------
 */

static enum rc judge(CURLcode code)
{
        switch (code) {
        case CURLE_OK: return RC_OK;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_LOGIN_DENIED: return RC_DENIED;
        case CURLE_WRITE_ERROR:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_URL_MALFORMAT: return RC_INVALID;
        default: return RC_OFFLINE;
        }
}

static const char *header_of(const struct transfer *t, const char *name)
{
        struct curl_header *header = NULL;

        if (curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
                return NULL;
        return header->value;
}

/* By the middle of the second that it says. What comes out of a cache says nothing of now. */
static int64_t ahead_of_us(const struct transfer *t)
{
        const char *date = header_of(t, "Date");
        time_t said = date && !header_of(t, "Age") ? curl_getdate(date, NULL) : -1;

        return said < 0 ? CLOCK_NONE : (int64_t)said * 1000 + 500 - t->answered_ms;
}

static void fill_reply(const struct transfer *t, struct http_reply *r)
{
        curl_off_t after = 0;
        const char *type = NULL;

        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &r->status);
        curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
        curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &after);
        r->type = type ? type : "";
        r->body = str_text(&t->body);
        r->body_len = t->body.len;
        r->date_first = header_of(t, "X-TAXII-Date-Added-First");
        r->date_last = header_of(t, "X-TAXII-Date-Added-Last");
        r->ahead_ms = ahead_of_us(t);
        if (after > 0)
                r->retry_after_ms = after > RETRY_AFTER_MS / 1000 ? RETRY_AFTER_MS : after * 1000;
}

static char *sentence(const struct transfer *t, CURLcode code)
{
        const char *text = t->error[0] ? t->error : curl_easy_strerror(code);

        if (t->body.over)
                return xasprintf("the answer is larger than %zu bytes", t->request.body_max);
        return text_clean(text, strlen(text), false);
}

/* The transfer is not in the list any more; its `done` may start others. */
static void finish(struct http *h, struct transfer *t, enum rc rc, const char *why)
{
        struct http_reply reply = {
                .rc = rc, .ahead_ms = CLOCK_NONE, .retry_after_ms = -1, .type = "", .why = why};

        reply.too_large = t->body.over;
        if (rc == RC_OK)
                fill_reply(t, &reply);
        t->done(t->ctx, &reply);
        transfer_free(h, t);
}

static bool is_redirect(long status)
{
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Where to ask instead; NULL with a sentence where nowhere. */
static const char *new_place(const struct transfer *t, long status, const char **ret_why)
{
        const char *place = NULL;

        curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &place);
        if (t->redirects == REDIRECTS_MAX)
                *ret_why = "it sends us on more than 3 times";
        else if (!place || !http_url_is_allowed(place, NULL) || !http_same_origin(place, t->url))
                *ret_why = "it sends us to another address: a login?";
        else if (t->request.body && status != 307 && status != 308)
                *ret_why = "it answers a POST with another address";
        else
                return place;
        return NULL;
}

static void end(struct http *h, struct transfer *t, CURLcode code)
{
        AUTO_FREE char *text = sentence(t, code);
        const char *why = text, *place = NULL;
        enum rc rc = judge(code);
        long status = 0;

        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
        if (rc == RC_OK && !t->head_ends) {
                rc = RC_OFFLINE;
                why = "the line was cut within the answer";
        }
        if (rc == RC_OK && is_redirect(status)) {
                place = new_place(t, status, &why);
                if (!place)
                        rc = RC_DENIED;
        }
        if (!place) {
                unlink_transfer(h, t);
                finish(h, t, rc, rc == RC_OK ? NULL : why);
                return;
        }
        t->redirects++;
        curl_multi_remove_handle(h->multi, t->easy);
        char *old = t->url; /* `place` may be a part of it */
        t->url = xstrdup(place);
        free(old);
        go(h, t);
}

/* ---- running -----------------------------------------------------------------------------------
 */

static bool end_finished(struct http *h)
{
        bool any = false;
        CURLMsg *m;
        int left;

        while ((m = curl_multi_info_read(h->multi, &left))) {
                struct transfer *t = NULL;

                if (m->msg != CURLMSG_DONE)
                        continue;
                curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t);
                end(h, t, m->data.result);
                any = true;
        }
        return any;
}

static int64_t silence_left_ms(const struct transfer *t)
{
        if (t->answered || t->request.first_ms <= 0)
                return RUN_MS_MAX;
        return t->request.first_ms - (clock_mono_ns() - t->begun_ns) / NS_PER_MS;
}

static bool end_silent(struct http *h)
{
        for (struct transfer *t = h->all; t; t = t->next) {
                if (silence_left_ms(t) > 0)
                        continue;
                unlink_transfer(h, t);
                finish(h, t, RC_OFFLINE, "nobody answers");
                return true;
        }
        return false;
}

static int64_t patience_ms(const struct http *h, int64_t timeout_ms)
{
        int64_t ms = timeout_ms < RUN_MS_MAX ? timeout_ms : RUN_MS_MAX;

        for (const struct transfer *t = h->all; t; t = t->next) {
                int64_t left = silence_left_ms(t);

                ms = left < ms ? left : ms;
        }
        return ms > 0 ? ms : 0;
}

void http_run(struct http *h, int64_t timeout_ms)
{
        int running = 0;

        curl_multi_perform(h->multi, &running);
        if (end_finished(h))
                return;
        curl_multi_poll(h->multi, NULL, 0, (int)patience_ms(h, timeout_ms), NULL);
        curl_multi_perform(h->multi, &running);
        if (!end_finished(h))
                end_silent(h);
}

void http_push(struct http *h)
{
        int running = 0;

        curl_multi_perform(h->multi, &running);
}

void http_wake(struct http *h)
{
        curl_multi_wakeup(h->multi);
}

size_t http_running(const struct http *h)
{
        size_t count = 0;

        for (const struct transfer *t = h->all; t; t = t->next)
                count++;
        return count;
}
