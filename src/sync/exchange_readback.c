/*
 * Reading back what was sent: whether it is there, and whether it is the same (rows 21, 24, 25).
 */
#include <string.h>

#include "base/json.h"
#include "wire/stix.h"

#include "sync_private.h"

#define IDS_MAX   20 /* asked for at once: more make the URL too long for some servers */
#define PAGES_MAX 20

/* ---- the same content --------------------------------------------------------------------------
 */

static bool is_same(const struct json_t *ours, const struct json_t *theirs);

static bool is_same_text(const struct json_t *ours, const struct json_t *theirs)
{
        const char *a = json_text(ours, ""), *b = json_text(theirs, "");
        int64_t a_ns, b_ns;

        if (strcmp(a, b) == 0)
                return true;
        return stamp_parse_ns(a, strlen(a), &a_ns, NULL) == RC_OK &&
               stamp_parse_ns(b, strlen(b), &b_ns, NULL) == RC_OK && a_ns == b_ns;
}

static bool is_same_list(const struct json_t *ours, const struct json_t *theirs)
{
        if (json_len(ours) != json_len(theirs))
                return false;
        for (size_t i = 0; i < json_len(ours); i++)
                if (!is_same(json_at(ours, i), json_at(theirs, i)))
                        return false;
        return true;
}

struct comparing {
        const struct json_t *theirs;
        bool same;
};

static bool compare_member(void *ctx, const char *key, struct json_t *ours)
{
        struct comparing *c = ctx;

        c->same = is_same(ours, json_get(c->theirs, key));
        return c->same;
}

static bool is_same_number(const struct json_t *ours, const struct json_t *theirs)
{
        CLEANUP(str_finish) struct str a = {0}, b = {0};

        str_init(&a, 64);
        str_init(&b, 64);
        json_print(ours, 0, &a);
        json_print(theirs, 0, &b);
        return strcmp(str_text(&a), str_text(&b)) == 0;
}

/* All that we said is there and means the same; what a server adds does not matter. */
static bool is_same(const struct json_t *ours, const struct json_t *theirs)
{
        struct comparing c = {.theirs = theirs, .same = true};

        if (json_kind(ours) != json_kind(theirs))
                return false;
        switch (json_kind(ours)) {
        case JSON_OBJ: json_each(ours, compare_member, &c); return c.same;
        case JSON_LIST: return is_same_list(ours, theirs);
        case JSON_TEXT: return is_same_text(ours, theirs);
        case JSON_BOOL: return json_bool(ours, false) == json_bool(theirs, false);
        case JSON_INT:
        case JSON_NUMBER: return is_same_number(ours, theirs);
        default: return true;
        }
}

static bool is_same_object(const struct version *ours, const struct taxii_span *theirs)
{
        CLEANUP(json_cleanup) struct json_t *a = NULL;
        CLEANUP(json_cleanup) struct json_t *b = NULL;

        return json_parse(ours->bytes, ours->len, &a, NULL) == RC_OK &&
               json_parse(theirs->bytes, theirs->len, &b, NULL) == RC_OK && is_same(a, b);
}

/* ---- what comes back ---------------------------------------------------------------------------
 */

static void look_at(struct push *p, const struct taxii_span *span, struct arena *a)
{
        struct stix_object o;

        if (stix_read(span->bytes, span->len, a, &o, NULL) != RC_OK)
                return;
        for (size_t i = p->read_at; i < p->read_to; i++) {
                struct item *it = &p->items[i];

                if (it->settled || strcmp(it->v.id, o.id) != 0 ||
                    it->v.modified_ns != o.modified_ns)
                        continue;
                it->shown = true;
                it->differs = it->differs || !is_same_object(&it->v, span);
        }
}

/* Of those that were asked for. */
static void judge(struct exchange *x)
{
        struct push *p = &x->push;

        for (size_t i = p->read_at; i < p->read_to; i++) {
                struct item *it = &p->items[i];

                if (it->settled)
                        continue;
                if (it->shown && !it->differs)
                        push_settle(x, it);
                else if (it->shown)
                        push_put(x, it, DELIVERY_UNCONFIRMED,
                                 "the server keeps other content under this id and time");
                else
                        push_put(x, it, DELIVERY_UNCONFIRMED,
                                 "sent, but the server does not show it");
        }
        p->read_at = p->read_to;
        set_text(&p->read_next, NULL);
        p->read_pages = 0;
        if (p->read_at == p->batch.to)
                push_batch_done(x);
}

static void on_page(struct exchange *x, const struct http_reply *reply)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct push *p = &x->push;
        struct taxii_page page;
        struct err err = {0};

        if (reply_is_of_server(reply)) {
                exchange_fail_reply(x, "reading back", reply);
                return;
        }
        if (!reply_is_ok(reply) ||
            taxii_read_page(reply->body, reply->body_len, &a, &page, &err) != RC_OK) {
                confirm_doubt(x, "sent; it could not be read back");
                return;
        }
        for (size_t i = 0; i < page.count; i++)
                look_at(p, &page.objects[i], &a);
        if (page.more && page.next && ++p->read_pages < PAGES_MAX)
                set_text(&p->read_next, page.next);
        else
                judge(x);
}

/* The next ids of the batch; those of the page before where it has a next page. */
static void add_ids(struct push *p, struct str *url)
{
        size_t count = 0, at = p->read_at;

        for (; at < p->batch.to && count < IDS_MAX; at++) {
                if (p->items[at].settled)
                        continue;
                str_add(url, count++ ? "%2C" : "");
                http_escape(url, p->items[at].v.id);
        }
        p->read_to = at;
}

void readback_ask(struct exchange *x)
{
        CLEANUP(str_finish) struct str url = {0};
        struct push *p = &x->push;

        str_init(&url, HTTP_URL_MAX);
        str_addf(&url, "%sobjects/?limit=%d&match%%5Bid%%5D=", x->collection_url, PAGE_LIMIT);
        add_ids(p, &url);
        str_add(&url, "&match%5Bversion%5D=all");
        if (p->read_next) {
                str_add(&url, "&next=");
                http_escape(&url, p->read_next);
        }
        call_start(x, &p->call, &(struct ask){.url = str_text(&url), .done = on_page});
}
