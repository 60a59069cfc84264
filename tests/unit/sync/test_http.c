#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "server.h"
#include "sync/http.h"

TestSuite(http);

struct said {
        bool done;
        enum rc rc;
        long status;
        char body[256], why[256], type[64], last[64];
        size_t body_len;
        int64_t retry_after_ms;
};

static void on_done(void *ctx, const struct http_reply *r)
{
        struct said *s = ctx;

        s->done = true;
        s->rc = r->rc;
        s->status = r->status;
        s->body_len = r->body_len;
        s->retry_after_ms = r->retry_after_ms;
        snprintf(s->body, sizeof(s->body), "%s", r->body ? r->body : "");
        snprintf(s->why, sizeof(s->why), "%s", r->why ? r->why : "");
        snprintf(s->type, sizeof(s->type), "%s", r->type);
        snprintf(s->last, sizeof(s->last), "%s", r->date_last ? r->date_last : "");
}

static void finish(struct http *h, struct said *s)
{
        int64_t end = clock_mono_ns() + 20 * INT64_C(1000000000);

        while (!s->done && clock_mono_ns() < end)
                http_run(h, 1000);
        cr_assert(s->done);
}

struct pair {
        struct http *h;
        struct server s;
};

static void start(struct pair *p)
{
        struct err err = {0};

        server_start(&p->s);
        cr_assert_eq(http_open(&p->h, &err), RC_OK);
}

static void stop(struct pair *p)
{
        http_close(p->h);
        server_stop(&p->s);
}

static struct said get(struct pair *p, const char *path, struct http_request r)
{
        AUTO_FREE char *url = xasprintf("%s%s", p->s.url, path);
        struct said s = {0};
        struct err err = {0};
        int64_t ticket;

        r.url = url;
        if (!r.timeout_ms)
                r.timeout_ms = 10000;
        if (!r.body_max)
                r.body_max = 1000;
        cr_assert_eq(http_start(p->h, &r, on_done, &s, &ticket, &err), RC_OK, "%s", err.text);
        finish(p->h, &s);
        return s;
}

Test(http, an_answer_comes_whole_with_what_its_head_says)
{
        struct said s;
        struct pair p;

        start(&p);
        server_say(&p.s, "GET /a/", 200,
                   "X-TAXII-Date-Added-Last: 2026-11-24T11:00:00.000000Z\r\nRetry-After: 7\r\n",
                   "{\"a\":1}");
        s = get(&p, "/a/", (struct http_request){0});
        cr_assert_eq(s.rc, RC_OK, "%s", s.why);
        cr_assert_eq(s.status, 200);
        cr_assert_str_eq(s.body, "{\"a\":1}");
        cr_assert_str_eq(s.type, "application/taxii+json;version=2.1");
        cr_assert_str_eq(s.last, "2026-11-24T11:00:00.000000Z");
        cr_assert_eq(s.retry_after_ms, 7000);
        s = get(&p, "/b/", (struct http_request){0});
        cr_assert_eq(s.status, 404);
        cr_assert_eq(s.retry_after_ms, -1);
        stop(&p);
}

Test(http, retry_after_may_be_a_date)
{
        struct said s;
        struct pair p;

        start(&p);
        server_say(&p.s, "GET /a/", 503, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n", "");
        s = get(&p, "/a/", (struct http_request){0});
        cr_assert_eq(s.retry_after_ms, 86400000, "and is never longer than a day");
        stop(&p);
}

Test(http, a_body_is_capped_while_it_comes)
{
        AUTO_FREE char *large = xmalloc(100001);
        struct said s;
        struct pair p;

        memset(large, 'x', 100000);
        large[100000] = '\0';
        start(&p);
        server_say(&p.s, "GET /a/", 200, NULL, large);
        s = get(&p, "/a/", (struct http_request){.body_max = 99999});
        cr_assert_eq(s.rc, RC_INVALID);
        cr_assert(strstr(s.why, "larger than 99999 bytes"), "%s", s.why);
        s = get(&p, "/a/", (struct http_request){.body_max = 100000});
        cr_assert_eq(s.rc, RC_OK);
        cr_assert_eq(s.body_len, 100000);
        stop(&p);
}

/* 64 KiB of blanks. */
Test(http, a_body_is_capped_after_inflating)
{
        static const char bomb[] =
                "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xed\xc1\x81\x00\x00\x00"
                "\x00\x80\x20\x95\xfd\x29\x17\xa9\x0a\x00\x00\x00\x00\x00\x00\x00"
                "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                "\x00\x00\x00\x00\x00\x00\x00\x00\x6a\x94\x19\x2c\xb4\x00\x00\x01"
                "\x00";
        struct said s;
        struct pair p;

        start(&p);
        server_add(&p.s, &(struct canned){.when = "GET /a/",
                                          .status = 200,
                                          .headers = "Content-Encoding: gzip\r\n",
                                          .body = bomb,
                                          .body_len = sizeof(bomb) - 1});
        s = get(&p, "/a/", (struct http_request){.body_max = 1000});
        cr_assert_eq(s.rc, RC_INVALID);
        cr_assert(strstr(s.why, "larger than 1000 bytes"), "%s", s.why);
        cr_assert(strstr(server_asked(&p.s, "GET /a/", 0), "Accept-Encoding: gzip\r\n"));
        stop(&p);
}

Test(http, a_cut_answer_is_none)
{
        struct said s;
        struct pair p;

        start(&p);
        server_add(&p.s, &(struct canned){.when = "GET /a/",
                                          .status = 200,
                                          .body = "{\"objects\":[]}",
                                          .how = HOW_CUT});
        s = get(&p, "/a/", (struct http_request){0});
        cr_assert_eq(s.rc, RC_OFFLINE);
        cr_assert_neq(s.why[0], '\0');
        stop(&p);
}

Test(http, silence_ends_after_its_time)
{
        struct said s;
        struct pair p;

        start(&p);
        server_add(&p.s, &(struct canned){.when = "GET /a/", .status = 200, .how = HOW_SILENT});
        s = get(&p, "/a/", (struct http_request){.first_ms = 50});
        cr_assert_eq(s.rc, RC_OFFLINE);
        cr_assert_str_eq(s.why, "nobody answers");
        cr_assert_eq(http_running(p.h), 0);
        stop(&p);
}

Test(http, an_answer_that_trickles_ends_after_its_time)
{
        struct said s;
        struct pair p;

        start(&p);
        server_add(&p.s, &(struct canned){.when = "GET /a/", .status = 200, .how = HOW_SLOW});
        s = get(&p, "/a/", (struct http_request){.timeout_ms = 100, .body_max = 1u << 20});
        cr_assert_eq(s.rc, RC_OFFLINE);
        cr_assert_neq(s.why[0], '\0');
        cr_assert_eq(http_running(p.h), 0);
        stop(&p);
}

Test(http, redirects_stay_at_home)
{
        static const char *const away[] = {"http://localhost/b/", "https://127.0.0.1/b/",
                                           "file:///etc/passwd", "http://user@127.0.0.1/"};
        struct said s;
        struct pair p;

        start(&p);
        server_say(&p.s, "GET /a/", 308, "Location: /b/\r\n", "");
        server_say(&p.s, "GET /b/", 301, "Location: c/\r\n", "");
        server_say(&p.s, "GET /b/c/", 200, NULL, "{}");
        s = get(&p, "/a/", (struct http_request){0});
        cr_assert_eq(s.status, 200, "%s", s.why);
        server_say(&p.s, "GET /turn/", 302, "Location: /turn/\r\n", "");
        s = get(&p, "/turn/", (struct http_request){0});
        cr_assert_eq(s.rc, RC_DENIED);
        cr_assert_eq(server_count(&p.s, "GET /turn/"), 4);
        for (size_t i = 0; i < ARRAY_LEN(away); i++) {
                AUTO_FREE char *line = xasprintf("Location: %s\r\n", away[i]);

                server_forget(&p.s);
                server_say(&p.s, "GET /away/", 302, line, "");
                s = get(&p, "/away/", (struct http_request){0});
                cr_assert_eq(s.rc, RC_DENIED, "%s", away[i]);
                server_forget(&p.s);
        }
        stop(&p);
}

Test(http, a_post_is_only_sent_on_as_a_post)
{
        const struct http_request post = {.body = "{\"objects\":[]}", .body_len = 14};
        struct said s;
        struct pair p;

        start(&p);
        server_say(&p.s, "POST /a/", 308, "Location: /b/\r\n", "");
        server_say(&p.s, "POST /b/", 202, NULL, "{}");
        server_say(&p.s, "POST /c/", 302, "Location: /b/\r\n", "");
        s = get(&p, "/a/", post);
        cr_assert_eq(s.status, 202, "%s", s.why);
        cr_assert(strstr(server_asked(&p.s, "POST /b/", 0), "{\"objects\":[]}"));
        s = get(&p, "/c/", post);
        cr_assert_eq(s.rc, RC_DENIED);
        stop(&p);
}

Test(http, credentials_go_to_their_origin_only)
{
        struct http_auth auth = {.bearer = "s3cret"};
        struct said s = {0};
        struct err err = {0};
        int64_t ticket;
        struct pair p;

        start(&p);
        auth.origin = "http://localhost/";
        AUTO_FREE char *url = xasprintf("%s/a/", p.s.url);
        cr_assert_eq(http_start(p.h, &(struct http_request){.url = url, .auth = &auth}, on_done, &s,
                                &ticket, &err),
                     RC_DENIED);
        cr_assert_null(strstr(err.text, "s3cret"));
        auth.origin = p.s.url;
        server_say(&p.s, "GET /a/", 200, NULL, "{}");
        s = get(&p, "/a/", (struct http_request){.auth = &auth});
        cr_assert(strstr(server_asked(&p.s, "GET /a/", 0), "Authorization: Bearer s3cret\r\n"));
        auth = (struct http_auth){.origin = p.s.url, .user = "eu", .password = "pw"};
        s = get(&p, "/a/", (struct http_request){.auth = &auth});
        cr_assert(strstr(server_asked(&p.s, "GET /a/", 1), "Authorization: Basic ZXU6cHc=\r\n"));
        stop(&p);
}

Test(http, what_was_given_up_is_not_told)
{
        struct said s = {0};
        int64_t ticket;
        struct pair p;

        start(&p);
        AUTO_FREE char *url = xasprintf("%s/a/", p.s.url);
        cr_assert_eq(
                http_start(p.h,
                           &(struct http_request){.url = url, .body_max = 10, .timeout_ms = 1000},
                           on_done, &s, &ticket, NULL),
                RC_OK);
        cr_assert_eq(http_running(p.h), 1);
        http_cancel(p.h, ticket);
        http_cancel(p.h, ticket);
        cr_assert_eq(http_running(p.h), 0);
        http_run(p.h, 0);
        cr_assert_not(s.done);
        stop(&p);
}

static void *wake(void *ctx)
{
        http_wake(ctx);
        return NULL;
}

Test(http, another_thread_may_wake_it)
{
        int64_t begun = clock_mono_ns();
        pthread_t thread;
        struct pair p;

        start(&p);
        cr_assert_eq(pthread_create(&thread, NULL, wake, p.h), 0);
        http_run(p.h, 20000);
        pthread_join(thread, NULL);
        cr_assert_lt(clock_mono_ns() - begun, INT64_C(10000000000));
        stop(&p);
}
