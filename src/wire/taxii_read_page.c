/*
 * What comes with every turn: envelopes, manifests, and how a POST went.
 */
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "wire/taxii.h"

#include "stix_private.h"

/* A server says that there is more, or names what to ask for next, or both; "" is none. */
static enum rc read_paging(const struct json_t *head, struct arena *a, bool *ret_more,
                           const char **ret_next, struct err *err)
{
        const char *next = NULL;
        enum rc rc = taxii_want_bool(head, "", "more", ret_more, err);

        if (rc == RC_OK)
                rc = taxii_want(head, "", "next", a, &next, err);
        if (rc == RC_OK)
                *ret_next = next && *next ? next : NULL;
        return rc;
}

enum rc taxii_read_page(const char *body, size_t len, struct arena *a, struct taxii_page *ret,
                        struct err *err)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        struct taxii_page p = {0};
        struct taxii_span *list;
        struct jspan rest, item;
        size_t count = 0;
        enum rc rc = taxii_doc_read(body, len, &d, err);

        if (rc == RC_OK)
                rc = taxii_doc_list(&d, "objects", &rest, &count, err);
        if (rc == RC_OK)
                rc = read_paging(d.head, a, &p.more, &p.next, err);
        if (rc != RC_OK)
                return rc;
        list = arena_array(a, count + 1, sizeof(*list));
        while (jspan_next_item(&rest, &item))
                list[p.count++] = (struct taxii_span){item.bytes, item.len};
        p.objects = list;
        *ret = p;
        return RC_OK;
}

static enum rc read_entry(const struct json_t *obj, const char *where, struct arena *a,
                          struct taxii_entry *ret, struct err *err)
{
        struct taxii_entry e = {.date_us = TAXII_NO_TIME};
        enum rc rc = json_need_text(obj, where, "id", &e.id, err);

        e.id = arena_strdup(a, e.id);
        if (rc == RC_OK)
                rc = taxii_want(obj, where, "version", a, &e.version, err);
        if (rc == RC_OK)
                rc = taxii_want(obj, where, "date_added", a, &e.date_text, err);
        if (rc == RC_OK && e.date_text && taxii_date_read(e.date_text, &e.date_us, err) != RC_OK)
                rc = err_wrap(err, RC_INVALID, "%s.date_added", where);
        if (rc == RC_OK)
                *ret = e;
        return rc;
}

enum rc taxii_read_manifest(const char *body, size_t len, struct arena *a,
                            struct taxii_manifest *ret, struct err *err)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        CLEANUP(taxii_walk_finish) struct taxii_walk w = {0};
        struct taxii_manifest m = {0};
        struct taxii_entry *list;
        enum rc rc = taxii_doc_read(body, len, &d, err);

        if (rc == RC_OK)
                rc = taxii_walk_begin(&w, &d, "objects", err);
        if (rc == RC_OK)
                rc = read_paging(d.head, a, &m.more, &m.next, err);
        if (rc != RC_OK)
                return rc;
        list = arena_array(a, w.count + 1, sizeof(*list));
        while ((rc = taxii_walk_next(&w, err)) == RC_OK) {
                rc = read_entry(w.item, w.where, a, &list[m.count++], err);
                if (rc != RC_OK)
                        return rc;
        }
        if (rc != RC_NOTFOUND)
                return rc;
        m.entries = list;
        *ret = m;
        return RC_OK;
}

/* ---- status ------------------------------------------------------------------------------------
 */

static enum rc read_details(const struct taxii_doc *d, const char *name, struct arena *a,
                            const struct taxii_detail **ret, size_t *ret_count, struct err *err)
{
        CLEANUP(taxii_walk_finish) struct taxii_walk w = {0};
        struct taxii_detail *list;
        size_t count = 0;
        enum rc rc = taxii_walk_begin(&w, d, name, err);

        if (rc != RC_OK)
                return rc;
        list = arena_array(a, w.count + 1, sizeof(*list));
        while ((rc = taxii_walk_next(&w, err)) == RC_OK) {
                struct taxii_detail *one = &list[count++];

                rc = taxii_want(w.item, w.where, "id", a, &one->id, err);
                if (rc == RC_OK)
                        rc = taxii_want(w.item, w.where, "version", a, &one->version, err);
                if (rc == RC_OK)
                        rc = taxii_want_clean(w.item, w.where, "message", a, &one->message, err);
                if (rc != RC_OK)
                        return rc;
                if (!one->id)
                        return err_set(err, RC_INVALID, "%s.id is missing", w.where);
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

static enum rc read_counts(const struct json_t *head, struct taxii_status *s, struct err *err)
{
        enum rc rc = taxii_want_count(head, "total_count", -1, &s->total, err);

        if (rc == RC_OK)
                rc = taxii_want_count(head, "success_count", -1, &s->success, err);
        if (rc == RC_OK)
                rc = taxii_want_count(head, "failure_count", -1, &s->failure, err);
        if (rc == RC_OK)
                rc = taxii_want_count(head, "pending_count", -1, &s->pending, err);
        return rc;
}

static enum rc read_state(const struct json_t *head, struct arena *a, struct taxii_status *s,
                          struct err *err)
{
        const char *state = NULL;
        enum rc rc = taxii_want(head, "", "id", a, &s->id, err);

        if (rc == RC_OK)
                rc = json_need_text(head, "", "status", &state, err);
        if (rc != RC_OK)
                return rc;
        s->complete = strcmp(state, "complete") == 0;
        if (!s->complete && strcmp(state, "pending") != 0)
                return err_set(err, RC_INVALID, "status is neither complete nor pending");
        return taxii_want(head, "", "request_timestamp", a, &s->request_date, err);
}

enum rc taxii_read_status(const char *body, size_t len, struct arena *a, struct taxii_status *ret,
                          struct err *err)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        struct taxii_status s = {0};
        enum rc rc = taxii_doc_read(body, len, &d, err);

        if (rc == RC_OK)
                rc = read_state(d.head, a, &s, err);
        if (rc == RC_OK)
                rc = read_counts(d.head, &s, err);
        if (rc == RC_OK)
                rc = read_details(&d, "successes", a, &s.successes, &s.success_count, err);
        if (rc == RC_OK)
                rc = read_details(&d, "failures", a, &s.failures, &s.failure_count, err);
        if (rc == RC_OK)
                rc = read_details(&d, "pendings", a, &s.pendings, &s.pending_count, err);
        if (rc == RC_OK)
                *ret = s;
        return rc;
}
