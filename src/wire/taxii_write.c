/*
 * TAXII 2.1 documents as the hub writes them. Members without a value are left out.
 */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "wire/taxii.h"

#define STIX_TYPE "application/stix+json;version=2.1"
#define LAST_PAGE "\"more\":false,"

/* ---- members ----------------------------------------------------------------------------------
 */

/* The comma before every member but the first of an object or a list. */
static void begin_member(struct str *out, const char *name)
{
        if (!strchr("{[", out->s[out->len - 1]))
                str_addc(out, ',');
        if (name)
                str_addf(out, "\"%s\":", name);
}

static void add_text(struct str *out, const char *name, const char *value)
{
        if (!value)
                return;
        begin_member(out, name);
        json_quote(value, out);
}

static void add_bool(struct str *out, const char *name, bool value)
{
        begin_member(out, name);
        str_add(out, value ? "true" : "false");
}

static void add_number(struct str *out, const char *name, int64_t value)
{
        if (value < 0)
                return;
        begin_member(out, name);
        str_addf(out, "%" PRId64, value);
}

static void add_texts(struct str *out, const char *name, const char *const *list, size_t count)
{
        begin_member(out, name);
        str_addc(out, '[');
        for (size_t i = 0; i < count; i++)
                add_text(out, NULL, list[i]);
        str_addc(out, ']');
}

/* ---- documents --------------------------------------------------------------------------------
 */

void taxii_write_discovery(const struct taxii_discovery *d, struct str *out)
{
        str_addc(out, '{');
        add_text(out, "title", d->title);
        add_text(out, "description", d->description);
        add_text(out, "contact", d->contact);
        add_text(out, "default", d->preferred);
        add_texts(out, "api_roots", d->roots, d->root_count);
        str_addc(out, '}');
}

void taxii_write_root(const struct taxii_root *r, struct str *out)
{
        static const char *const versions[] = {TAXII_TYPE};

        str_addc(out, '{');
        add_text(out, "title", r->title);
        add_text(out, "description", r->description);
        add_texts(out, "versions", versions, r->speaks_2_1 ? 1 : 0);
        if (r->max_content_bytes > 0)
                add_number(out, "max_content_length", r->max_content_bytes);
        if (r->ordered)
                add_bool(out, TAXII_ORDERED, true);
        str_addc(out, '}');
}

void taxii_write_collection(const struct taxii_collection *c, struct str *out)
{
        static const char *const types[] = {STIX_TYPE};

        str_addc(out, '{');
        add_text(out, "id", c->id);
        add_text(out, "title", c->title);
        add_text(out, "description", c->description);
        add_text(out, "alias", c->alias);
        add_bool(out, "can_read", c->can_read);
        add_bool(out, "can_write", c->can_write);
        add_texts(out, "media_types", types, 1);
        str_addc(out, '}');
}

void taxii_write_collections(const struct taxii_collection *list, size_t count, struct str *out)
{
        str_addc(out, '{');
        if (count) {
                begin_member(out, "collections");
                str_addc(out, '[');
                for (size_t i = 0; i < count; i++) {
                        begin_member(out, NULL);
                        taxii_write_collection(&list[i], out);
                }
                str_addc(out, ']');
        }
        str_addc(out, '}');
}

static void add_details(struct str *out, const char *name, const struct taxii_detail *list,
                        size_t count)
{
        if (!count)
                return;
        begin_member(out, name);
        str_addc(out, '[');
        for (size_t i = 0; i < count; i++) {
                begin_member(out, NULL);
                str_addc(out, '{');
                add_text(out, "id", list[i].id);
                add_text(out, "version", list[i].version);
                add_text(out, "message", list[i].message);
                str_addc(out, '}');
        }
        str_addc(out, ']');
}

void taxii_write_status(const struct taxii_status *s, struct str *out)
{
        str_addc(out, '{');
        add_text(out, "id", s->id);
        add_text(out, "status", s->complete ? "complete" : "pending");
        add_text(out, "request_timestamp", s->request_date);
        add_number(out, "total_count", s->total);
        add_number(out, "success_count", s->success);
        add_details(out, "successes", s->successes, s->success_count);
        add_number(out, "failure_count", s->failure);
        add_details(out, "failures", s->failures, s->failure_count);
        add_number(out, "pending_count", s->pending);
        add_details(out, "pendings", s->pendings, s->pending_count);
        str_addc(out, '}');
}

void taxii_write_error(int http_status, const char *title, const char *description, struct str *out)
{
        str_addc(out, '{');
        add_text(out, "title", title);
        add_text(out, "description", description);
        begin_member(out, "http_status");
        str_addf(out, "\"%d\"}", http_status);
}

/* ---- piece by piece ---------------------------------------------------------------------------
 */

void taxii_page_begin(struct str *out, bool more, const char *next)
{
        if (!more) {
                str_add(out, "{" LAST_PAGE);
                return;
        }
        str_addc(out, '{');
        add_bool(out, "more", true);
        add_text(out, "next", next);
        str_addc(out, ',');
}

static void begin_list(struct str *out, const char *name, bool first)
{
        if (first)
                str_addf(out, "\"%s\":[", name);
        else
                str_addc(out, ',');
}

void taxii_page_add(struct str *out, const char *bytes, size_t len, bool first)
{
        begin_list(out, "objects", first);
        str_addn(out, bytes, len);
}

void taxii_manifest_add(struct str *out, const struct taxii_entry *e, bool first)
{
        begin_list(out, "objects", first);
        str_addc(out, '{');
        add_text(out, "id", e->id);
        add_text(out, "date_added", e->date_text);
        add_text(out, "version", e->version);
        add_text(out, "media_type", STIX_TYPE);
        str_addc(out, '}');
}

void taxii_versions_add(struct str *out, const char *version, bool first)
{
        begin_list(out, "versions", first);
        json_quote(version, out);
}

/* Takes back what announced members: the comma, and that there is no more. */
static void end_empty(struct str *out)
{
        const size_t last = strlen(LAST_PAGE);

        if (out->len > last && memcmp(out->s + out->len - last, LAST_PAGE, last) == 0)
                out->len -= last;
        else
                out->len--;
        str_addc(out, '}');
}

void taxii_page_end(struct str *out, bool empty)
{
        if (empty)
                end_empty(out);
        else
                str_add(out, "]}");
}
