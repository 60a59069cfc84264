/*
 * What comes back of ours. Servers that parse what they keep write it with other blanks: the same
 * version, and no second content of it. OpenCTI gives objects ids of its own and keeps those they
 * came with in its extension. What it sends back of ours would be a second thing beside it.
 */
#include <string.h>

#include "base/json.h"
#include "base/mem.h"

#include "ops_private.h"

#define NAMES_MAX 100 /* ids that one object is looked up by */

struct echo {
        struct ops *ops;
        const struct stix_object *object;
        int looked;
        bool found;
};

static bool is_ours(struct echo *e, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version v;
        struct row row;

        if (!id || e->looked++ >= NAMES_MAX || strcmp(id, e->object->id) == 0)
                return false;
        if (thing_by_id(e->ops->store, id, &a, &row, NULL) == RC_OK)
                return !(row.flags & MARK_FOREIGN);
        return version_newest(e->ops->store, id, false, &a, &v, NULL) == RC_OK && v.is_own;
}

static void look_in(struct echo *e, const struct json_t *ids)
{
        for (size_t i = 0; i < json_len(ids) && !e->found; i++)
                e->found = is_ours(e, json_text(json_at(ids, i), NULL));
}

static bool look_in_extension(void *ctx, const char *key, struct json_t *extension)
{
        struct echo *e = ctx;

        (void)key;
        look_in(e, json_get(extension, "stix_ids"));
        return !e->found;
}

/* Our own identity names nobody who made it. */
static bool is_said_by_us(const struct ops *ops, const struct stix_object *o)
{
        return strcmp(o->id, ops->unit) == 0 ||
               (o->created_by && strcmp(o->created_by, ops->unit) == 0);
}

/* Of ours, held with that id and time, and other bytes that say the same. */
static bool is_written_anew(struct ops *ops, const struct incoming *in)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct stix_object *o = &in->object;
        struct version *list = NULL, held;
        size_t count = 0;

        if (!is_said_by_us(ops, o) ||
            version_list_bare(ops->store, o->id, &a, &list, &count, NULL) != RC_OK)
                return false;
        for (size_t i = 0; i < count; i++)
                if (list[i].modified_ns == o->modified_ns &&
                    memcmp(list[i].sha, in->sha, HASH_BYTES) != 0 &&
                    version_by_vid(ops->store, list[i].vid, &a, &held, NULL) == RC_OK &&
                    stix_same_content(held.bytes, held.len, in->bytes, in->len))
                        return true;
        return false;
}

bool is_builtin(const struct incoming *in)
{
        for (size_t i = 0; is_definition(&in->object) && i < EXPORT_BUILTINS; i++)
                if (strcmp(in->object.id, export_builtin_id(i)) == 0)
                        return stix_same_content(export_builtin(i), strlen(export_builtin(i)),
                                                 in->bytes, in->len);
        return false;
}

bool is_echo_of_ours(struct ops *ops, const struct incoming *in)
{
        static const char word[] = "stix_ids";
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        struct echo e = {.ops = ops, .object = &in->object};

        if (is_written_anew(ops, in))
                return true;
        if (!memmem(in->bytes, in->len, word, strlen(word)) ||
            json_parse(in->bytes, in->len, &json, NULL) != RC_OK)
                return false;
        look_in(&e, json_get(json, "x_opencti_stix_ids"));
        if (!e.found)
                json_each(json_get(json, "extensions"), look_in_extension, &e);
        return e.found;
}
