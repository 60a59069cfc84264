/*
 * TAXII 2.1 documents (OASIS Standard, 10 June 2021), read by the client and written by the hub:
 * pure.
 *
 * Times of a server (`date_added`) are microseconds since 1970: what the standard's timestamps
 * hold. A server's own text is kept beside them where it has to be given back. Ids and `next` are
 * opaque. Readers are tolerant as the field demands: what is absent or null is empty; what has the
 * wrong type is RC_INVALID with the path. All texts are borrowed from the arena.
 */
#ifndef MUSTER_WIRE_TAXII_H
#define MUSTER_WIRE_TAXII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct str;

#define TAXII_TYPE    "application/taxii+json;version=2.1"
#define TAXII_ORDERED "x_muster_ordered" /* member of an api-root, see struct taxii_root */
/* Of a query to an ordered server, the id of an object or nothing: where it never had that object,
 * or never gave the time in added_after, it says 410. */
#define TAXII_MUST_KNOW "x_muster_must_know"
#define TAXII_NO_TIME   INT64_MIN
#define TAXII_DATE_MAX  40
#define TAXII_PAGE_MAX  1000 /* objects of a page that the hub gives; more are asked for in vain */
#define TAXII_BYTES_MAX (16u * 1024 * 1024) /* of a body that either side takes */

/* "2026-11-26T10:00:00.000000Z": six digits, which all servers read (section 3.4.1). */
void taxii_date_print(int64_t us, char out[TAXII_DATE_MAX]);
/* Any RFC 3339 time; more digits than six are cut. */
enum rc taxii_date_read(const char *text, int64_t *ret_us, struct err *err);

/* ---- documents ---- */

struct taxii_discovery {
        const char *title, *description, *contact, *preferred; /* "default" */
        const char *const *roots; /* as written: absolute or relative */
        size_t root_count;
};
struct taxii_root {
        const char *title, *description;
        int64_t max_content_bytes; /* 0: not said */
        bool speaks_2_1;
        bool ordered; /* muster-hub: `date_added` has no ties and grows in the order of commit */
};
struct taxii_collection {
        const char *id, *alias, *title, *description; /* alias may be NULL */
        bool can_read, can_write;
};
/* One object that a POST or a status speaks of. */
struct taxii_detail {
        const char *id, *version, *message; /* message may be NULL */
};
struct taxii_status {
        const char *id, *request_date;
        bool complete;
        int64_t total, success, failure, pending; /* -1: not said */
        const struct taxii_detail *successes, *failures, *pendings;
        size_t success_count, failure_count, pending_count;
};
struct taxii_entry { /* of a manifest */
        const char *id, *version, *date_text;
        int64_t date_us;
};
struct taxii_manifest {
        bool more;
        const char *next; /* NULL: none */
        const struct taxii_entry *entries;
        size_t count;
};
/* An envelope: the members of `objects` as the exact bytes written. */
struct taxii_span {
        const char *bytes; /* borrowed from the body */
        size_t len;
};
struct taxii_page {
        bool more;
        const char *next; /* NULL: none */
        const struct taxii_span *objects;
        size_t count;
};

enum rc taxii_read_discovery(const char *body, size_t len, struct arena *a,
                             struct taxii_discovery *ret, struct err *err);
enum rc taxii_read_root(const char *body, size_t len, struct arena *a, struct taxii_root *ret,
                        struct err *err);
enum rc taxii_read_collections(const char *body, size_t len, struct arena *a,
                               struct taxii_collection **ret, size_t *ret_count, struct err *err);
enum rc taxii_read_collection(const char *body, size_t len, struct arena *a,
                              struct taxii_collection *ret, struct err *err);
enum rc taxii_read_status(const char *body, size_t len, struct arena *a, struct taxii_status *ret,
                          struct err *err);
enum rc taxii_read_manifest(const char *body, size_t len, struct arena *a,
                            struct taxii_manifest *ret, struct err *err);
enum rc taxii_read_page(const char *body, size_t len, struct arena *a, struct taxii_page *ret,
                        struct err *err);
/* One clean line out of whatever a server says when it refuses: a TAXII error, {code, name,
 * description}, HTML, nothing. Never fails. */
const char *taxii_read_refusal(const char *body, size_t len, struct arena *a);

/* ---- written by the hub ---- */

void taxii_write_discovery(const struct taxii_discovery *d, struct str *out);
void taxii_write_root(const struct taxii_root *r, struct str *out);
void taxii_write_collection(const struct taxii_collection *c, struct str *out);
void taxii_write_collections(const struct taxii_collection *list, size_t count, struct str *out);
void taxii_write_status(const struct taxii_status *s, struct str *out);
void taxii_write_error(int http_status, const char *title, const char *description,
                       struct str *out);
/* Documents with many members are written piece by piece: begin, add each, end. */
void taxii_page_begin(struct str *out, bool more, const char *next);
void taxii_page_add(struct str *out, const char *bytes, size_t len, bool first);
void taxii_page_end(struct str *out, bool empty); /* an empty page is `{}` */
void taxii_manifest_add(struct str *out, const struct taxii_entry *e, bool first);
void taxii_versions_add(struct str *out, const char *version, bool first);

#endif
