/*
 * Finding: from what somebody typed, the address of a discovery or of an API root, to the
 * collection.
 */
#include <stdlib.h>
#include <string.h>

#include "sync_private.h"

#define DOCUMENT_MAX (4u * 1024 * 1024)
#define ROOTS_MAX    32

static void ask(struct exchange *x, const char *url,
                void (*done)(struct exchange *x, const struct http_reply *reply))
{
        call_start(x, &x->find.call,
                   &(struct ask){.url = url, .body_max = DOCUMENT_MAX, .done = done});
}

void find_stop(struct exchange *x)
{
        struct finding *f = &x->find;

        call_stop(x, &f->call);
        arena_finish(&f->a);
        *f = (struct finding){0};
}

/* ---- the collection ----------------------------------------------------------------------------
 */

static void try_next_root(struct exchange *x);

static void found(struct exchange *x, const struct taxii_collection *c)
{
        struct finding *f = &x->find;

        free(x->collection_url);
        x->collection_url = url_below(f->root, "collections", c->id);
        x->dirty = x->dirty || !x->root || strcmp(x->root, f->root) != 0 ||
                   x->r.can_read != c->can_read || x->r.can_write != c->can_write ||
                   x->r.ordered != f->found.ordered || x->r.max_bytes != f->found.max_content_bytes;
        set_text(&x->root, f->root);
        x->r.can_read = c->can_read;
        x->r.can_write = c->can_write;
        x->r.ordered = f->found.ordered;
        x->r.max_bytes = f->found.max_content_bytes;
        find_stop(x);
        x->found = true;
        exchange_save(x);
}

static bool is_meant(const struct exchange *x, const struct taxii_collection *c)
{
        return strcmp(c->id, x->r.collection) == 0 ||
               (c->alias && strcmp(c->alias, x->r.collection) == 0);
}

static void on_collections(struct exchange *x, const struct http_reply *reply)
{
        struct finding *f = &x->find;
        struct taxii_collection *list = NULL;
        struct err err = {0};
        size_t count = 0;

        if (!reply_is_ok(reply) && reply->status != 404) {
                exchange_fail_reply(x, "listing the collections", reply);
                return;
        }
        if (reply_is_ok(reply) && taxii_read_collections(reply->body, reply->body_len, &f->a, &list,
                                                         &count, &err) != RC_OK) {
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "listing the collections: %s", err.text);
                return;
        }
        for (size_t i = 0; i < count; i++) {
                if (!is_meant(x, &list[i]))
                        continue;
                found(x, &list[i]);
                return;
        }
        try_next_root(x);
}

/* Some know no alias in a path, some hide what they list: then the list is looked at. */
static void on_collection(struct exchange *x, const struct http_reply *reply)
{
        struct finding *f = &x->find;
        struct taxii_collection c;

        if (reply_is_ok(reply) &&
            taxii_read_collection(reply->body, reply->body_len, &f->a, &c, NULL) == RC_OK) {
                found(x, &c);
                return;
        }
        if (reply->rc != RC_OK || (reply->status != 404 && !reply_is_ok(reply))) {
                exchange_fail_reply(x, "looking for the collection", reply);
                return;
        }
        ask(x, arena_printf(&f->a, "%scollections/", f->root), on_collections);
}

static void look_for_collection(struct exchange *x)
{
        AUTO_FREE char *url = url_below(x->find.root, "collections", x->r.collection);

        ask(x, url, on_collection);
}

/* ---- the API root ------------------------------------------------------------------------------
 */

static void on_root(struct exchange *x, const struct http_reply *reply)
{
        struct finding *f = &x->find;

        if (reply->rc != RC_OK || reply->status == 401) {
                exchange_fail_reply(x, "looking for the API root", reply);
                return;
        }
        if (reply_is_ok(reply) &&
            taxii_read_root(reply->body, reply->body_len, &f->a, &f->found, NULL) == RC_OK &&
            f->found.speaks_2_1)
                look_for_collection(x);
        else
                try_next_root(x);
}

static void try_next_root(struct exchange *x)
{
        struct finding *f = &x->find;

        if (f->at < f->count) {
                f->root = f->roots[f->at++];
                ask(x, f->root, on_root);
        } else if (f->skipped) {
                exchange_fail(
                        x, EXCHANGE_REFUSED, -1,
                        "it names an API root at another address, %s, where our credentials do "
                        "not go: add it with that address if it is right",
                        f->skipped);
        } else {
                exchange_fail(x, EXCHANGE_REFUSED, -1,
                              "there is no collection %s, or no access to it", x->r.collection);
        }
}

/* ---- the discovery -----------------------------------------------------------------------------
 */

static void add_root(struct exchange *x, const char **roots, const char *written)
{
        struct finding *f = &x->find;
        AUTO_FREE char *url = http_resolve(x->r.url, written);

        for (size_t i = 0; i < f->count; i++)
                if (strcmp(roots[i], url) == 0)
                        return;
        if (!http_same_origin(url, x->r.url))
                f->skipped = arena_strdup(&f->a, url);
        else if (f->count < ROOTS_MAX)
                roots[f->count++] = arena_strdup(&f->a, url);
}

static void take_discovery(struct exchange *x, const struct taxii_discovery *d)
{
        struct finding *f = &x->find;
        const char **roots = arena_array(&f->a, ROOTS_MAX + 1, sizeof(*roots));

        f->count = f->at = 0;
        if (d->preferred)
                add_root(x, roots, d->preferred);
        for (size_t i = 0; i < d->root_count; i++)
                add_root(x, roots, d->roots[i]);
        f->roots = roots;
        try_next_root(x);
}

static void on_start(struct exchange *x, const struct http_reply *reply)
{
        struct finding *f = &x->find;
        struct taxii_discovery d = {0};
        struct err err = {0};

        if (reply->rc == RC_OK && reply->status == 404 && !f->guessed) {
                AUTO_FREE char *url = http_resolve(x->r.url, "/taxii2/");

                f->guessed = true;
                ask(x, url, on_start);
                return;
        }
        if (!reply_is_ok(reply)) {
                exchange_fail_reply(x, "looking for the server", reply);
                return;
        }
        if (taxii_read_discovery(reply->body, reply->body_len, &f->a, &d, &err) != RC_OK) {
                exchange_fail(x, EXCHANGE_OFFLINE, -1, "looking for the server: %s", err.text);
                return;
        }
        f->root = x->r.url;
        if (d.root_count || d.preferred)
                take_discovery(x, &d);
        else
                on_root(x, reply);
}

/* An API root that was found before is asked for first. */
static void on_known_root(struct exchange *x, const struct http_reply *reply)
{
        if (reply->rc == RC_OK && reply->status == 404)
                ask(x, x->r.url, on_start);
        else
                on_root(x, reply);
}

bool find_turn(struct exchange *x)
{
        struct finding *f = &x->find;

        if (f->call.busy)
                return true;
        if (x->root && http_same_origin(x->root, x->r.url)) {
                f->root = arena_strdup(&f->a, x->root);
                ask(x, f->root, on_known_root);
        } else {
                ask(x, x->r.url, on_start);
        }
        return !x->failed;
}
