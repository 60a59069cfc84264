/*
 * Objects that are added: read on the thread that has the connection, written on the one that
 * writes. Each object is judged alone; only a body that is no envelope is refused as a whole.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/jsplit.h"
#include "base/text.h"
#include "hub/api.h"

#define OBJECT_BYTES_MAX (TAXII_BYTES_MAX - 65536u) /* so that a page can hold it */
#define SHOWN_MAX        300                        /* of what is said to be an id */

struct post {
        struct hub_object *objects; /* those that are sound */
        struct taxii_detail *failures;
        size_t count, failure_count;
};

/* ---- one object -------------------------------------------------------------------------------
 */

static const char *shown(const struct json_t *j, struct arena *a)
{
        const char *text = json_text(j, "");
        AUTO_FREE char *clean = text_clean(text, strnlen(text, SHOWN_MAX), false);

        return arena_strdup(a, clean);
}

static bool is_plain(const struct json_t *j)
{
        const char *text = json_text(j, NULL);

        return text && strlen(text) == json_text_len(j);
}

static enum rc read_identity(const struct json_t *j, struct arena *a, struct hub_object *o,
                             struct err *err)
{
        const struct json_t *id = json_get(j, "id"), *type = json_get(j, "type");

        if (!is_plain(id) || !ident_is_stix(json_text(id, ""), json_text_len(id)))
                return err_set(err, RC_INVALID, "id is not a STIX id, type--UUID");
        o->id = arena_strdup(a, json_text(id, ""));
        if (!is_plain(type) || strlen(json_text(type, "")) != ident_type_len(o->id) ||
            strncmp(json_text(type, ""), o->id, ident_type_len(o->id)) != 0)
                return err_set(err, RC_INVALID, "type is not the one in its id");
        o->type = arena_strdup(a, json_text(type, ""));
        return RC_OK;
}

static enum rc read_time(const struct json_t *j, const char *name, struct arena *a,
                         const char **ret, int64_t *ret_ns, struct err *err)
{
        const struct json_t *value = json_get(j, name);
        const char *text = json_text(value, "");

        if (!value)
                return RC_NOTFOUND;
        if (!is_plain(value) || stamp_parse_ns(text, strlen(text), ret_ns, NULL) != RC_OK)
                return err_set(err, RC_INVALID,
                               "%s is not a time such as "
                               "2026-11-26T10:00:00.000Z",
                               name);
        *ret = arena_strdup(a, text);
        return RC_OK;
}

/* `modified`, else `created`, else none. Both must be readable where they are there. */
static enum rc read_version(const struct json_t *j, struct arena *a, struct hub_object *o,
                            bool *ret_dated, struct err *err)
{
        int64_t created_ns = HUB_VERSION_NONE, modified_ns = HUB_VERSION_NONE;
        const char *created = NULL, *modified = NULL;
        enum rc rc = read_time(j, "created", a, &created, &created_ns, err);

        if (rc != RC_INVALID)
                rc = read_time(j, "modified", a, &modified, &modified_ns, err);
        if (rc == RC_INVALID)
                return rc;
        o->version = modified ? modified : created;
        o->version_ns = modified ? modified_ns : created_ns;
        *ret_dated = o->version != NULL;
        return RC_OK;
}

/* Objects of STIX 2.0 do not say so; observables of 2.1, which have no times, need not. */
static enum rc read_spec(const struct json_t *j, bool dated, struct arena *a, struct hub_object *o,
                         struct err *err)
{
        const struct json_t *spec = json_get(j, "spec_version");

        if (spec && (!is_plain(spec) || strlen(json_text(spec, "")) > 16))
                return err_set(err, RC_INVALID, "spec_version is not a version");
        o->spec = spec ? arena_strdup(a, json_text(spec, "")) : dated ? "2.0" : "2.1";
        return RC_OK;
}

static enum rc read_object(const struct json_t *j, struct arena *a, struct hub_object *o,
                           struct err *err)
{
        bool dated = false;
        enum rc rc;

        if (json_kind(j) != JSON_OBJ)
                return err_set(err, RC_INVALID, "is not an object");
        rc = read_identity(j, a, o, err);
        if (rc == RC_OK)
                rc = read_version(j, a, o, &dated, err);
        return rc == RC_OK ? read_spec(j, dated, a, o, err) : rc;
}

static void fail_object(struct post *p, const struct json_t *j, const char *why, struct arena *a)
{
        const char *version = shown(json_get(j, "modified"), a);

        p->failures[p->failure_count] = (struct taxii_detail){
                .id = shown(json_get(j, "id"), a),
                .version = version,
                .message = arena_printf(a, "object %zu: %s", p->count + p->failure_count + 1, why)};
        p->failure_count++;
}

static void take_object(struct post *p, const char *bytes, size_t len, struct arena *a)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        struct hub_object o = {.bytes = bytes, .len = len};
        struct err err = {0};
        enum rc rc = RC_OK;

        if (len > OBJECT_BYTES_MAX)
                rc = err_set(&err, RC_INVALID, "is larger than %u bytes", OBJECT_BYTES_MAX);
        if (rc == RC_OK)
                rc = json_parse(bytes, len, &j, &err);
        if (rc == RC_OK)
                rc = read_object(j, a, &o, &err);
        if (rc == RC_OK)
                p->objects[p->count++] = o;
        else
                fail_object(p, j, err.text, a);
}

/* ---- the envelope -----------------------------------------------------------------------------
 */

/* The spans that jsplit gives are borrowed for one step; the objects stay for the whole call. */
static enum rc split(struct api_call *call, const struct jsplit_source *src,
                     const struct jsplit_shape *shape, struct post *p, struct err *err)
{
        CLEANUP(jsplit_cleanup) struct jsplit *js = NULL;
        const char *bytes;
        size_t len;
        enum rc rc = jsplit_open(src, shape, &js, err);

        while (rc == RC_OK && (rc = jsplit_next(js, &bytes, &len, err)) == RC_OK)
                take_object(p, arena_strndup(&call->arena, bytes, len), len, &call->arena);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static struct post *make_post(size_t objects, struct arena *a)
{
        struct post *p = arena_alloc(a, sizeof(*p));

        p->objects = arena_array(a, objects + 1, sizeof(*p->objects));
        p->failures = arena_array(a, objects + 1, sizeof(*p->failures));
        return p;
}

enum api_step api_post(struct api_call *call)
{
        struct jsplit_memory memory = {.bytes = call->request.body ? call->request.body : "",
                                       .len = call->request.body_len};
        struct jsplit_source src = jsplit_from_memory(&memory);
        struct jsplit_shape shape;
        struct err err = {0};
        enum rc rc = jsplit_scan(&src, &shape, &err);

        if (rc != RC_OK)
                return api_refuse(call, 422, "The body is not JSON that is taken: %s.", err.text);
        if (shape.form != JSPLIT_ENVELOPE)
                return api_refuse(call, 422, "The body is not an envelope, {\"objects\":[...]}.");
        if (shape.objects > API_POST_MAX)
                return api_refuse(call, 413, "At most %d objects are taken at once.", API_POST_MAX);
        call->post = make_post(shape.objects, &call->arena);
        rc = split(call, &src, &shape, call->post, &err);
        if (rc != RC_OK)
                return api_refuse(call, 422, "The body can't be taken apart: %s.", err.text);
        return API_WRITE;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static const struct taxii_detail *describe(const struct post *p, const enum hub_added *added,
                                           struct arena *a)
{
        struct taxii_detail *list = arena_array(a, p->count + 1, sizeof(*list));

        for (size_t i = 0; i < p->count; i++) {
                const struct hub_object *o = &p->objects[i];
                char printed[TAXII_DATE_MAX];

                list[i].id = o->id;
                list[i].version = arena_strdup(a, api_version_of(o, printed));
                if (added[i] == HUB_HELD)
                        list[i].message = "was here already";
                if (added[i] == HUB_HELD_OTHERWISE)
                        list[i].message = "was here already with another content, which stays";
        }
        return list;
}

static enum rc put_status(struct api_call *call, const char *id, int64_t at_us, struct err *err)
{
        struct hub_status status = {.id = id,
                                    .owner = call->who.name,
                                    .at_us = at_us,
                                    .document = str_text(&call->reply.body)};

        if (call->reply.body.over)
                return err_set(err, RC_FAIL, "the status of a POST is too long");
        return call->backend->ops->status_put(call->backend, &status, err);
}

enum rc api_post_write(struct api_call *call, struct err *err)
{
        struct post *p = call->post;
        enum hub_added *added = arena_array(&call->arena, p->count + 1, sizeof(*added));
        int64_t now_us = clock_now_ms() * 1000;
        char id[UUID_TEXT], date[TAXII_DATE_MAX];
        struct taxii_status status = {.id = id,
                                      .request_date = date,
                                      .complete = true,
                                      .total = (int64_t)(p->count + p->failure_count),
                                      .success = (int64_t)p->count,
                                      .success_count = p->count,
                                      .failure = (int64_t)p->failure_count,
                                      .failures = p->failures,
                                      .failure_count = p->failure_count};
        enum rc rc = call->backend->ops->add(call->backend, call->collection.key, p->objects,
                                             p->count, added, err);

        if (rc != RC_OK)
                return rc;
        ident_uuid4(id);
        taxii_date_print(now_us, date);
        status.successes = describe(p, added, &call->arena);
        taxii_write_status(&status, &call->reply.body);
        api_reply(call, 202);
        return put_status(call, id, now_us, err);
}
