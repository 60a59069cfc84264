/*
 * What came from a server and is not there any more (standards 1.2 row 27): known once a walk has
 * gone through all that it lists. It is listed, and stays here as it is.
 */
#include <string.h>

#include "base/jspan.h"
#include "base/log.h"
#include "store/gone.h"

#include "sync_private.h"

/* The first walk ever can miss nothing. */
bool gone_is_asked(const struct exchange *x)
{
        return x->pull.whole && x->watermark;
}

void gone_note(struct exchange *x, const char *id, size_t len)
{
        if (gone_is_asked(x))
                seen_add(&x->pull.there, id, len);
}

static void note_object(struct exchange *x, const struct taxii_span *object)
{
        struct jspan rest = jspan_inside((struct jspan){object->bytes, object->len}), key, value;

        while (jspan_next_member(&rest, &key, &value)) {
                if (!jspan_is(key, "id") || value.len < 2)
                        continue;
                gone_note(x, value.bytes + 1, value.len - 2);
                return;
        }
}

void gone_note_page(struct exchange *x, const struct taxii_page *page)
{
        for (size_t i = 0; gone_is_asked(x) && i < page->count; i++)
                note_object(x, &page->objects[i]);
}

static bool is_there(void *ctx, const char *id)
{
        const struct seen *there = ctx;

        return seen_has(there, id, strlen(id));
}

/* A server that lists nothing at all is not taken for one that has lost everything. */
void gone_end(struct exchange *x)
{
        size_t count = x->pull.there.count;
        struct err err = {0};
        enum rc rc;

        if (!gone_is_asked(x) || !count || count >= SEEN_MAX)
                return;
        ops_breathe(x->ops);
        rc = gone_find(x->ops->store, &x->r, is_there, &x->pull.there, clock_now_ms(), &err);
        ops_breathe_no_more(x->ops);
        if (rc != RC_OK)
                log_line("sync", "%s: %s", x->r.name, err.text);
        else
                x->wrote = true;
}
