/*
 * The resources that are pages of what a collection holds: objects, manifest, versions; and the
 * wait for what is not there yet.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hub/api.h"

#define PAGE_BYTES_MAX (4u * 1024 * 1024) /* but for one object, which may be larger */

struct page {
        void (*add)(struct page *p, const struct hub_object *o);
        struct str *members;
        size_t count, limit;
        int64_t first_us, last_us;
};

static void add_object(struct page *p, const struct hub_object *o)
{
        taxii_page_add(p->members, o->bytes, o->len, p->count == 0);
}

static void add_entry(struct page *p, const struct hub_object *o)
{
        char version[TAXII_DATE_MAX], added[TAXII_DATE_MAX];
        struct taxii_entry entry = {.id = o->id, .date_text = added, .date_us = o->added_us};

        entry.version = api_version_of(o, version);
        taxii_date_print(o->added_us, added);
        taxii_manifest_add(p->members, &entry, p->count == 0);
}

static void add_version(struct page *p, const struct hub_object *o)
{
        char printed[TAXII_DATE_MAX];

        taxii_versions_add(p->members, api_version_of(o, printed), p->count == 0);
}

static bool take(void *ctx, const struct hub_object *o)
{
        struct page *p = ctx;

        if (p->count == p->limit || (p->count && p->members->len + o->len > PAGE_BYTES_MAX))
                return false;
        p->add(p, o);
        if (!p->count++)
                p->first_us = o->added_us;
        p->last_us = o->added_us;
        return true;
}

static void add_date(struct api_call *call, const char *name, int64_t us)
{
        char date[TAXII_DATE_MAX];

        taxii_date_print(us, date);
        api_header(call, name, date);
}

static enum api_step finish(struct api_call *call, const struct page *p, bool more)
{
        struct hub_reply *r = &call->reply;

        taxii_page_begin(&r->body, more, more ? api_write_next(p->last_us, &call->arena) : NULL);
        str_addn(&r->body, str_text(p->members), p->members->len);
        taxii_page_end(&r->body, !p->count);
        if (p->count) {
                add_date(call, "X-TAXII-Date-Added-First", p->first_us);
                add_date(call, "X-TAXII-Date-Added-Last", p->last_us);
        }
        return api_reply(call, 200);
}

/* One page. `must`: that there is nothing is an error. */
static enum api_step answer(struct api_call *call, const struct api_query *q,
                            void (*add)(struct page *p, const struct hub_object *o), bool must)
{
        CLEANUP(str_finish) struct str members = {0};
        struct page page = {.add = add, .members = &members, .limit = q->limit};
        struct hub_query query = q->query;
        struct err err = {0};
        bool more = false;
        enum rc rc;

        str_init(&members, TAXII_BYTES_MAX);
        query.limit = q->limit;
        rc = call->backend->ops->walk(call->backend, &query, take, &page, &more, &err);
        if (rc != RC_OK)
                return api_fail(call, rc, &err);
        if (members.over)
                return api_fail(call, RC_FAIL, &(struct err){.text = "an object is too large"});
        if (!page.count && call->wait_ms && !call->waits_no_more)
                return API_WAIT;
        if (!page.count && must)
                return api_refuse(call, 404, "There is no such object in this collection.");
        return finish(call, &page, more);
}

/* ---- waiting (RFC 7240) -----------------------------------------------------------------------
 */

/* Seconds of "wait=N" among the preferences; 0: none. */
static long wait_asked(const char *prefer)
{
        while (prefer && *prefer) {
                char *end;
                long n;

                prefer += strspn(prefer, " \t,");
                if (strncasecmp(prefer, "wait=", 5) == 0) {
                        n = strtol(prefer + 5, &end, 10);
                        if (end > prefer + 5 && n > 0)
                                return n < API_WAIT_MAX_S ? n : API_WAIT_MAX_S;
                }
                prefer += strcspn(prefer, ",");
        }
        return 0;
}

static void prepare_wait(struct api_call *call)
{
        long seconds = wait_asked(call->request.prefer);

        if (!seconds || call->wait_ms)
                return;
        call->wait_ms = seconds * 1000;
        api_header(call, "Preference-Applied", arena_printf(&call->arena, "wait=%ld", seconds));
}

/* ---- resources --------------------------------------------------------------------------------
 */

/* Asked again after a wait, it must see what came since: so `seq` is read first. */
static enum api_step look_again(struct api_call *call)
{
        struct err err = {0};
        enum rc rc = call->backend->ops->collection_find(call->backend, call->collection.id,
                                                         &call->arena, &call->collection, &err);

        return rc == RC_OK ? API_BODY : api_fail(call, rc, &err);
}

/* Who asks remembers what is in no object here, held or removed: since then this hub was set back
 * to an older state. */
static enum api_step check_known(struct api_call *call, const struct api_query *q)
{
        const struct backend_ops *ops = call->backend->ops;
        struct err err = {0};
        bool known = true;
        enum rc rc = RC_OK;

        if (q->must_know && ops->knows)
                rc = ops->knows(call->backend, call->collection.key, q->known_us, q->known_id,
                                &known, &err);
        if (rc != RC_OK)
                return api_fail(call, rc, &err);
        return known ? API_BODY : api_refuse(call, 410, "This hub has not met what must be known.");
}

enum api_step api_objects(struct api_call *call)
{
        struct api_query q;

        if (call->wait_ms && look_again(call) == API_REPLY)
                return API_REPLY;
        if (api_read_query(call, &q) == API_REPLY || check_known(call, &q) == API_REPLY)
                return API_REPLY;
        prepare_wait(call);
        return answer(call, &q, add_object, false);
}

enum api_step api_manifest(struct api_call *call)
{
        struct api_query q;

        if (api_read_query(call, &q) == API_REPLY)
                return API_REPLY;
        q.query.without_bytes = true;
        return answer(call, &q, add_entry, false);
}

static void only_this(struct api_call *call, struct api_query *q)
{
        q->query.ids = &call->words[1];
        q->query.id_count = 1;
        q->query.type_count = 0;
}

enum api_step api_object(struct api_call *call)
{
        struct api_query q;

        if (api_read_query(call, &q) == API_REPLY)
                return API_REPLY;
        only_this(call, &q);
        return answer(call, &q, add_object, true);
}

enum api_step api_versions(struct api_call *call)
{
        struct api_query q;

        if (api_read_query(call, &q) == API_REPLY)
                return API_REPLY;
        only_this(call, &q);
        q.query.versions = HUB_ALL;
        q.query.without_bytes = true;
        return answer(call, &q, add_version, true);
}

enum api_step api_delete(struct api_call *call)
{
        struct api_query *q = arena_alloc(&call->arena, sizeof(*q));

        if (api_read_query(call, q) == API_REPLY)
                return API_REPLY;
        only_this(call, q);
        q->query.without_bytes = true;
        call->unwanted = q;
        return API_WRITE;
}

enum rc api_delete_write(struct api_call *call, struct err *err)
{
        size_t count = 0;
        enum rc rc = call->backend->ops->remove(call->backend, &call->unwanted->query,
                                                call->who.name, &count, err);

        if (rc != RC_OK)
                return rc;
        if (!count)
                api_refuse(call, 404, "There is no such object in this collection.");
        else
                call->reply.status = 200;
        return RC_OK;
}
