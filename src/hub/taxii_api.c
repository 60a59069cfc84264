/*
 * Routes, and what every request must have before it is answered.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hub/api.h"

#define REPLY_BYTES_MAX (TAXII_BYTES_MAX + 65536u)

enum { NOBODY = 1, READS = 2, WRITES = 4, SENDS = 8 }; /* NOBODY: of anybody, in any words */

/* THE table of resources. A star stands for any one word. */
struct route {
        const char *method, *path;
        unsigned needs; /* READS, WRITES: a right on the collection in words[0]; SENDS: a body */
        enum api_step (*answer)(struct api_call *call);
        enum rc (*write)(struct api_call *call, struct err *err);
};
static const struct route routes[] = {
        {"GET", "health", NOBODY, api_health, NULL},
        {"GET", "taxii2", 0, api_discovery, NULL},
        {"GET", "api", 0, api_root, NULL},
        {"GET", "api/status/*", 0, api_status, NULL},
        {"GET", "api/collections", 0, api_collections, NULL},
        {"GET", "api/collections/*", READS, api_collection, NULL},
        {"GET", "api/collections/*/manifest", READS, api_manifest, NULL},
        {"GET", "api/collections/*/objects", READS, api_objects, NULL},
        {"POST", "api/collections/*/objects", WRITES | SENDS, api_post, api_post_write},
        {"GET", "api/collections/*/objects/*", READS, api_object, NULL},
        {"DELETE", "api/collections/*/objects/*", WRITES, api_delete, api_delete_write},
        {"GET", "api/collections/*/objects/*/versions", READS, api_versions, NULL},
};

/* ---- replies ----------------------------------------------------------------------------------
 */

void api_init(struct api_call *call, struct backend *b)
{
        *call = (struct api_call){.backend = b, .request = {.content_length = -1}};
        str_init(&call->reply.body, REPLY_BYTES_MAX);
}

void api_finish(struct api_call *call)
{
        str_finish(&call->reply.body);
        arena_finish(&call->arena);
}

void api_header(struct api_call *call, const char *name, const char *value)
{
        if (call->reply.header_count < API_HEADERS_MAX)
                call->reply.headers[call->reply.header_count++] =
                        (struct hub_pair){name, arena_strdup(&call->arena, value)};
}

static const char *title_of(int status)
{
        switch (status) {
        case 400: return "The request is not understood";
        case 401: return "Who are you?";
        case 403: return "No right to do this";
        case 404: return "There is no such thing";
        case 405: return "This can't be done here";
        case 406: return "No such content can be given";
        case 410: return "It is not there any more";
        case 413: return "Too large";
        case 415: return "No such content is taken";
        case 422: return "The content can't be processed";
        case 429: return "Too often";
        case 503: return "Busy";
        default: return "The hub failed";
        }
}

enum api_step api_reply(struct api_call *call, int status)
{
        call->reply.status = status;
        call->reply.type = TAXII_TYPE;
        return API_REPLY;
}

enum api_step api_refuse(struct api_call *call, int status, const char *fmt, ...)
{
        char text[1024];
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        str_clear(&call->reply.body);
        taxii_write_error(status, title_of(status), text, &call->reply.body);
        return api_reply(call, status);
}

enum api_step api_fail(struct api_call *call, enum rc rc, const struct err *err)
{
        call->failure = *err;
        call->reply.header_count = 0;
        if (rc != RC_BUSY)
                return api_refuse(call, 500, "The hub could not read or write what it keeps.");
        api_header(call, "Retry-After", "2");
        return api_refuse(call, 503, "The hub is busy; ask again in a moment.");
}

enum api_step api_too_often(struct api_call *call, unsigned wait_s)
{
        char seconds[16];

        snprintf(seconds, sizeof(seconds), "%u", wait_s);
        call->reply.header_count = 0;
        api_header(call, "Retry-After", seconds);
        return api_refuse(call, 429, "You ask too often; ask again in %u s.", wait_s);
}

/* ---- routes -----------------------------------------------------------------------------------
 */

/* Goes along path and pattern; what is at a star is copied. The slash at the end may be missing. */
static bool matches(const char *pattern, const char *path, struct api_call *call)
{
        size_t stars = 0;

        if (*path != '/')
                return false;
        for (path++; *pattern; path += *path == '/') {
                size_t want = strcspn(pattern, "/"), have = strcspn(path, "/");

                if (!have)
                        return false;
                if (*pattern == '*')
                        call->words[stars++] = arena_strndup(&call->arena, path, have);
                else if (want != have || strncmp(pattern, path, want) != 0)
                        return false;
                pattern += want + (pattern[want] == '/');
                path += have;
        }
        return !*path;
}

static enum api_step refuse_method(struct api_call *call, const char *allow)
{
        api_header(call, "Allow", allow);
        return api_refuse(call, 405, "Here one may: %s.", allow);
}

static enum api_step find_route(struct api_call *call)
{
        char allow[64] = "";

        for (size_t i = 0; i < ARRAY_LEN(routes); i++) {
                size_t len = strlen(allow);

                if (!matches(routes[i].path, call->request.path, call))
                        continue;
                call->route = &routes[i];
                if (strcmp(routes[i].method, call->request.method) == 0)
                        return API_BODY;
                snprintf(allow + len, sizeof(allow) - len, "%s%s", len ? ", " : "",
                         routes[i].method);
        }
        if (call->route)
                return refuse_method(call, allow);
        return api_refuse(call, 404, "TAXII begins at /taxii2/.");
}

/* ---- what is asked for, and sent --------------------------------------------------------------
 */

/* The value of a parameter in [s, end), without quotes; NULL where it is not there. */
static char *parameter(const char *s, const char *end, const char *name, struct arena *a)
{
        size_t len = strlen(name);

        while ((s = memchr(s, ';', (size_t)(end - s)))) {
                s += 1 + strspn(s + 1, " \t");
                if ((size_t)(end - s) > len && strncasecmp(s, name, len) == 0 && s[len] == '=') {
                        s += len + 1;
                        s += *s == '"';
                        return arena_strndup(a, s, strcspn(s, "\";, \t"));
                }
        }
        return NULL;
}

static bool is_type(const char *s, size_t len, const char *name)
{
        return len == strlen(name) && strncasecmp(s, name, len) == 0;
}

/* One media range: is it what we speak? */
static bool is_ours(const char *s, const char *end, bool any, struct arena *a)
{
        size_t len = strcspn(s, ";, \t");
        const char *version, *q;

        if ((size_t)(end - s) < len)
                len = (size_t)(end - s);
        q = parameter(s, end, "q", a);
        if (q && strtod(q, NULL) == 0)
                return false;
        if (any && (is_type(s, len, "*/*") || is_type(s, len, "application/*")))
                return true;
        version = parameter(s, end, "version", a);
        return is_type(s, len, "application/taxii+json") &&
               (!version || strcmp(version, "2.1") == 0);
}

/* Whoever says nothing takes anything. */
static bool accepts_ours(const char *accept, struct arena *a)
{
        const char *s = accept;

        while (s && *s) {
                s += strspn(s, " \t,");
                if (*s && is_ours(s, s + strcspn(s, ","), true, a))
                        return true;
                s += strcspn(s, ",");
        }
        return !accept;
}

static enum api_step check_content(struct api_call *call)
{
        const struct hub_request *r = &call->request;
        const char *type = r->content_type;

        if (!type || !is_ours(type, type + strlen(type), false, &call->arena))
                return api_refuse(call, 415, "Send %s.", TAXII_TYPE);
        if (r->content_encoding && strcasecmp(r->content_encoding, "identity") != 0)
                return api_refuse(call, 415, "Send it without Content-Encoding.");
        if (r->content_length > (int64_t)TAXII_BYTES_MAX)
                return api_refuse(call, 413, "At most %u bytes are taken at once.",
                                  TAXII_BYTES_MAX);
        return API_BODY;
}

/* ---- who asks ---------------------------------------------------------------------------------
 */

static enum api_step check_who(struct api_call *call)
{
        const struct hub_request *r = &call->request;
        struct err err = {0};
        enum rc rc = token_recognise(call->backend, r->authorization, r->certificate, &call->arena,
                                     &call->who, &err);

        if (rc == RC_OK)
                return API_BODY;
        if (rc != RC_DENIED)
                return api_fail(call, rc, &err);
        api_header(call, "WWW-Authenticate", "Bearer realm=\"muster-hub\"");
        api_header(call, "WWW-Authenticate", "Basic realm=\"muster-hub\", charset=\"UTF-8\"");
        return api_refuse(call, 401, "%s", err.text);
}

static enum api_step check_right(struct api_call *call)
{
        const struct hub_right *right;
        struct err err = {0};
        enum rc rc = call->backend->ops->collection_find(call->backend, call->words[0],
                                                         &call->arena, &call->collection, &err);

        if (rc == RC_NOTFOUND)
                return api_refuse(call, 404, "There is no collection of this name here.");
        if (rc != RC_OK)
                return api_fail(call, rc, &err);
        right = token_right(&call->who, call->collection.key);
        if (!right)
                return api_refuse(call, 403, "%s has no right on this collection.", call->who.name);
        if ((call->route->needs & WRITES) && !right->may_write)
                return api_refuse(call, 403, "%s may only read this collection.", call->who.name);
        return API_BODY;
}

/* ---- a call -----------------------------------------------------------------------------------
 */

enum api_step api_begin(struct api_call *call)
{
        enum api_step step = find_route(call);
        unsigned needs = call->route ? call->route->needs : 0;

        if (step == API_BODY && !(needs & NOBODY))
                step = check_who(call);
        if (step == API_BODY && !(needs & NOBODY) &&
            !accepts_ours(call->request.accept, &call->arena))
                step = api_refuse(call, 406, "This hub speaks %s.", TAXII_TYPE);
        if (step == API_BODY && (needs & SENDS))
                step = check_content(call);
        if (step == API_BODY && (needs & (READS | WRITES)))
                step = check_right(call);
        return step;
}

enum api_step api_answer(struct api_call *call)
{
        return call->route->answer(call);
}

enum rc api_write(struct api_call *call, struct err *err)
{
        str_clear(&call->reply.body); /* of a transaction that was rolled back */
        return call->route->write(call, err);
}
