/*
 * The TAXII 2.1 API of the hub: what a request gets, on top of a backend. Knows no socket.
 *
 * A call goes: api_begin() when the headers are there; the body; api_answer(), once or, after a
 * wait, again; for what writes, api_write() between begin and commit of the backend, on the thread
 * that writes. Everything else may run on any thread, a call on one at a time. The reply is
 * complete where a function says API_REPLY.
 */
#ifndef MUSTER_HUB_API_H
#define MUSTER_HUB_API_H

#include "base/mem.h"
#include "base/str.h"
#include "hub/backend.h"
#include "hub/tokens.h"
#include "wire/taxii.h"

#define API_HEADERS_MAX 8
#define API_WAIT_MAX_S  30
#define API_POST_MAX    10000 /* objects of one POST */

struct hub_pair {
        const char *name, *value;
};

/* Everything is borrowed; what was not sent is NULL. */
struct hub_request {
        const char *method, *path;   /* decoded, without the query */
        const struct hub_pair *args; /* of the query, decoded */
        size_t arg_count;
        const char *accept, *content_type, *content_encoding, *authorization, *prefer;
        const char *certificate; /* the name in a verified client certificate */
        int64_t content_length;  /* -1: not said */
        const char *body;
        size_t body_len;
};

struct hub_reply {
        int status;
        const char *type; /* NULL: no body */
        struct str body;
        struct hub_pair headers[API_HEADERS_MAX]; /* borrowed from the call's arena */
        size_t header_count;
};

enum api_step {
        API_REPLY, /* the reply is complete */
        API_BODY,  /* read the body, then api_answer() */
        API_WRITE, /* api_write() on the thread that writes */
        API_WAIT,  /* nothing yet: api_answer() again when `seq` of the collection has grown */
};

struct route;
struct post;
struct api_query;

struct api_call {
        struct backend *backend;
        struct hub_request request;
        struct hub_reply reply;
        struct err failure; /* what went wrong in the machine: for the log, not for who asks */
        struct arena arena;

        /* set by api_begin */
        const struct route *route;
        const char *words[2]; /* what stands at the stars of the route */
        struct hub_token who; /* name NULL: nobody */
        struct hub_collection collection;
        int64_t wait_ms;    /* how long it may wait; 0: not asked for */
        bool waits_no_more; /* set by who lets it wait */
        /* set by api_answer, for api_write */
        struct post *post;          /* what the body holds */
        struct api_query *unwanted; /* what DELETE means */
};

/* Sets up a call; the caller fills request, and reads the reply. */
void api_init(struct api_call *call, struct backend *b);
void api_finish(struct api_call *call);

enum api_step api_begin(struct api_call *call);
enum api_step api_answer(struct api_call *call);
/* RC_OK: the reply says what happened if the transaction is committed. */
enum rc api_write(struct api_call *call, struct err *err);

/* The body of the reply was written: a document of TAXII. */
enum api_step api_reply(struct api_call *call, int status);
/* The reply becomes this error. */
enum api_step api_refuse(struct api_call *call, int status, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
/* The reply becomes 503 or 500; the sentence goes to the log. */
enum api_step api_fail(struct api_call *call, enum rc rc, const struct err *err);
/* The reply becomes 429: ask again after so many seconds. */
enum api_step api_too_often(struct api_call *call, unsigned wait_s);
void api_header(struct api_call *call, const char *name, const char *value);

/* ---- the resources (src/hub/api_*.c), for the table of routes ---------------------------------
 */

enum api_step api_discovery(struct api_call *call);
enum api_step api_root(struct api_call *call);
enum api_step api_collections(struct api_call *call);
enum api_step api_collection(struct api_call *call);
enum api_step api_status(struct api_call *call);
enum api_step api_health(struct api_call *call);
enum api_step api_objects(struct api_call *call);
enum api_step api_manifest(struct api_call *call);
enum api_step api_object(struct api_call *call);
enum api_step api_versions(struct api_call *call);
enum api_step api_post(struct api_call *call);
enum api_step api_delete(struct api_call *call);
enum rc api_post_write(struct api_call *call, struct err *err);
enum rc api_delete_write(struct api_call *call, struct err *err);

/* What the query asks for. API_REPLY: refused, and the reply says why; API_BODY: go on. */
struct api_query {
        struct hub_query query;
        size_t limit;
        bool must_know;       /* the two that this hub must have met: */
        int64_t known_us;     /* added_after; HUB_NO_TIME: none */
        const char *known_id; /* or NULL */
};
enum api_step api_read_query(struct api_call *call, struct api_query *ret);
/* The version of an object: as written, else when it was added, which is printed into `out`. */
const char *api_version_of(const struct hub_object *o, char out[TAXII_DATE_MAX]);
/* An opaque `next`: where a page ended. */
const char *api_write_next(int64_t added_us, struct arena *a);

#endif
