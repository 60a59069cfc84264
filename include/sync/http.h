/*
 * HTTP as the exchange needs it: requests that run side by side on one curl multi, answers as whole
 * bodies with a cap. The door to libcurl. One thread owns a struct http; http_wake() alone may be
 * called from another.
 *
 * What it sees to (standards 1.2): https verified always, http to loopback only; at most 3
 * redirects, to the same origin, never to http; credentials to the origin they were given for and
 * no other; `Expect:` empty and Content-Length on a POST; bodies capped while they stream; gzip
 * asked for and capped after inflating; proxies as the environment names them.
 */
#ifndef MUSTER_SYNC_HTTP_H
#define MUSTER_SYNC_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct http;
struct str;

struct http_auth {
        const char *origin;                         /* any URL of the origin that they are for */
        const char *bearer;                         /* or NULL */
        const char *user, *password;                /* or NULL */
        const char *cert_file, *key_file, *ca_file; /* or NULL */
};
struct http_request {
        const char *url;
        const struct http_auth *auth; /* borrowed until it is done */
        const char *body;             /* borrowed until it is done; NULL: a GET, else a POST */
        size_t body_len, body_max;    /* of the answer, bytes */
        int wait_s;                   /* > 0: `Prefer: wait=N`, a long poll */
        int64_t first_ms;             /* > 0: until the answer begins, else nobody answers */
        int64_t timeout_ms;           /* of the whole exchange */
};
struct http_reply {
        enum rc rc;     /* RC_OK: there is a status; RC_OFFLINE: nobody answers; RC_DENIED: no trust
                           (TLS, another origin, plain http); RC_INVALID: too large or no HTTP */
        bool too_large; /* then RC_INVALID */
        long status;
        const char *body; /* borrowed during the call */
        size_t body_len;
        const char *type;                   /* content type, "" where none */
        const char *date_first, *date_last; /* X-TAXII-Date-Added-*, NULL where none */
        int64_t retry_after_ms;             /* -1: not said */
        const char *why;                    /* one clean sentence where rc is not RC_OK */
};

enum rc http_open(struct http **ret, struct err *err);
void http_close(struct http *h); /* what runs is given up, its `done` is not called */
/* RC_DENIED at once where the URL must not be asked. `done` is called from http_run(), and may
 * start and cancel others. */
enum rc http_start(struct http *h, const struct http_request *r,
                   void (*done)(void *ctx, const struct http_reply *reply), void *ctx,
                   int64_t *ret_ticket, struct err *err);
void http_cancel(struct http *h, int64_t ticket); /* its `done` is not called; none of it is fine */
/* Waits for at most so long, or until something was done or http_wake() came. */
void http_run(struct http *h, int64_t timeout_ms);
void http_push(struct http *h); /* what was started goes out, while who calls does other work */
void http_wake(struct http *h); /* from any thread */
size_t http_running(const struct http *h);

/* ---- url.c: what may be asked, without libcurl -------------------------------------------------
 */

#define HTTP_URL_MAX 8000 /* bytes of a URL, its query included */

/* Only what no two readers take differently: no user in it, no bytes that would have to be escaped.
 */
bool http_url_is_allowed(const char *url, struct err *err); /* https, or http to loopback */
bool http_url_is_loopback(const char *url);
bool http_same_origin(const char *a, const char *b);
/* A URL as it stands in a document that was got from `base`; malloc'ed, with a slash at its end. */
char *http_resolve(const char *base, const char *url);
/* Appends text as a value of a query or one part of a path. */
void http_escape(struct str *out, const char *text);

#endif
