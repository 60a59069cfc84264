/*
 * What an act sets, adds, removes, replaces and says besides. Its lists are counted before memory
 * is taken.
 */
#include "wire/stix.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"

#include "stix_private.h"

#define NAME_MAX_BYTES 64

bool stix_is_name(const char *s)
{
        size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-");

        return len > 0 && len <= NAME_MAX_BYTES && s[len] == '\0';
}

static bool fail(struct act_reading *ar, enum rc rc)
{
        ar->rc = rc;
        return false;
}

/* Names of fields are stored and shown; those of fields not known here may be newer than we are. */
static const char *field_name(struct act_reading *ar, const char *key)
{
        if (stix_is_name(key))
                return arena_strdup(ar->r->a, key);
        ar->rc = stix_refuse(ar->r, ar->err, "the act names a field that can't be one");
        return NULL;
}

/* Over-long values stay whole: passing over them is the fold's to decide, alike everywhere. */
static const char *set_value(const struct act_reading *ar, const char *field,
                             const struct json_t *v)
{
        const struct field *known = ar->kind ? field_find(ar->kind, field) : NULL;
        bool lines = known && known->type == FIELD_TEXT;

        return stix_clean(ar->r->a, json_text(v, ""), json_text_len(v), lines, SIZE_MAX);
}

static bool add_set(void *ctx, const char *key, struct json_t *v)
{
        struct act_reading *ar = ctx;
        struct act_set *set = &ar->sets[ar->act->set_count];

        set->field = field_name(ar, key);
        if (!set->field)
                return false;
        if (json_kind(v) == JSON_TEXT)
                set->value = set_value(ar, set->field, v);
        else if (json_kind(v) != JSON_NUL)
                return fail(ar, stix_refuse(ar->r, ar->err, "act.set.%s is not a string", key));
        ar->act->set_count++;
        return true;
}

static bool add_element(struct act_reading *ar, const char *field, const struct json_t *item)
{
        if (json_kind(item) != JSON_TEXT)
                return fail(ar, stix_refuse(ar->r, ar->err, "act: %s %s what is not a string",
                                            ar->remove ? "remove" : "add", field));
        ar->elements[ar->act->element_count++] = (struct act_element){
                .field = field,
                .item = stix_clean_line(ar->r->a, item),
                .remove = ar->remove,
        };
        return true;
}

static bool add_elements(void *ctx, const char *key, struct json_t *items)
{
        struct act_reading *ar = ctx;
        const char *field = field_name(ar, key);

        if (!field)
                return false;
        if (json_kind(items) != JSON_LIST)
                return fail(ar, stix_refuse(ar->r, ar->err, "act.%s.%s is not a list",
                                            ar->remove ? "remove" : "add", key));
        for (size_t i = 0; i < json_len(items); i++)
                if (!add_element(ar, field, json_at(items, i)))
                        return false;
        return true;
}

static bool add_was(void *ctx, const char *key, struct json_t *ids)
{
        struct act_reading *ar = ctx;
        struct act_was *was = &ar->was[ar->act->was_count];
        size_t count = json_len(ids);
        const char **copies = NULL;

        was->field = field_name(ar, key);
        if (!was->field)
                return false;
        if (json_kind(ids) != JSON_LIST || count > ACT_WAS_MAX)
                return fail(ar,
                            stix_refuse(ar->r, ar->err, "act.was.%s is not a list of at most %d",
                                        key, ACT_WAS_MAX));
        copies = arena_array(ar->r->a, count, sizeof(*copies));
        for (size_t i = 0; i < count; i++) {
                const struct json_t *id = json_at(ids, i);

                if (!ident_is_stix(json_text(id, ""), json_text_len(id)))
                        return fail(ar,
                                    stix_refuse(ar->r, ar->err,
                                                "act.was.%s holds what is not an identifier", key));
                copies[i] = arena_strndup(ar->r->a, json_text(id, ""), json_text_len(id));
        }
        was->ids = copies;
        was->count = count;
        ar->act->was_count++;
        return true;
}

static bool count_items(void *ctx, const char *key, struct json_t *items)
{
        (void)key;
        *(size_t *)ctx += json_kind(items) == JSON_LIST ? json_len(items) : 0;
        return true;
}

static enum rc want_object(struct act_reading *ar, const struct json_t *ext, const char *key,
                           const struct json_t **ret)
{
        const struct json_t *v = json_get(ext, key);

        if (v && json_kind(v) != JSON_OBJ)
                return stix_refuse(ar->r, ar->err, "act.%s is not an object", key);
        *ret = v;
        return RC_OK;
}

/* What sets nothing can be left out where it can't be read: the rest of the act counts. */
static bool add_detail(void *ctx, const char *key, struct json_t *v)
{
        struct act_reading *ar = ctx;

        if (!stix_is_name(key) || json_kind(v) != JSON_TEXT) {
                stix_find(ar->r, "a detail of the act is not a name and a string");
                return true;
        }
        ar->details[ar->act->detail_count++] = (struct act_detail){
                .name = arena_strdup(ar->r->a, key),
                .value = stix_clean(ar->r->a, json_text(v, ""), json_text_len(v), true, SIZE_MAX)};
        return true;
}

/* Servers may write members in another order; ours is by name, so that all copies agree. */
static int compare_sets(const void *a, const void *b)
{
        return strcmp(((const struct act_set *)a)->field, ((const struct act_set *)b)->field);
}

static int compare_details(const void *a, const void *b)
{
        return strcmp(((const struct act_detail *)a)->name, ((const struct act_detail *)b)->name);
}

static int compare_was(const void *a, const void *b)
{
        return strcmp(((const struct act_was *)a)->field, ((const struct act_was *)b)->field);
}

static int compare_elements(const void *va, const void *vb)
{
        const struct act_element *a = va, *b = vb;
        int order = strcmp(a->field, b->field);

        if (!order)
                order = strcmp(a->item, b->item);
        return order ? order : (int)a->remove - (int)b->remove;
}

enum rc stix_read_act_sets(struct act_reading *ar, const struct json_t *ext)
{
        const struct json_t *set = NULL, *was = NULL;
        enum rc rc = want_object(ar, ext, "set", &set);

        if (rc == RC_OK)
                rc = want_object(ar, ext, "was", &was);
        if (rc != RC_OK)
                return rc;
        if (json_len(set) > ACT_FIELDS_MAX || json_len(was) > ACT_FIELDS_MAX)
                return stix_refuse(ar->r, ar->err, "the act names more than %d fields",
                                   ACT_FIELDS_MAX);
        ar->sets = arena_array(ar->r->a, json_len(set), sizeof(*ar->sets));
        ar->was = arena_array(ar->r->a, json_len(was), sizeof(*ar->was));
        json_each(set, add_set, ar);
        if (ar->rc == RC_OK)
                json_each(was, add_was, ar);
        return ar->rc;
}

enum rc stix_read_act_elements(struct act_reading *ar, const struct json_t *ext)
{
        const struct json_t *add = NULL, *remove = NULL;
        enum rc rc = want_object(ar, ext, "add", &add);
        size_t count = 0;

        if (rc == RC_OK)
                rc = want_object(ar, ext, "remove", &remove);
        if (rc != RC_OK)
                return rc;
        json_each(add, count_items, &count);
        json_each(remove, count_items, &count);
        if (count > ACT_ELEMENTS_MAX)
                return stix_refuse(ar->r, ar->err, "the act changes more than %d elements",
                                   ACT_ELEMENTS_MAX);
        ar->elements = arena_array(ar->r->a, count, sizeof(*ar->elements));
        json_each(add, add_elements, ar);
        ar->remove = true;
        if (ar->rc == RC_OK)
                json_each(remove, add_elements, ar);
        return ar->rc;
}

enum rc stix_read_act_details(struct act_reading *ar, const struct json_t *ext)
{
        const struct json_t *detail = NULL;
        enum rc rc = want_object(ar, ext, "detail", &detail);

        if (rc != RC_OK)
                return rc;
        if (json_len(detail) > ACT_DETAILS_MAX)
                return stix_refuse(ar->r, ar->err, "the act has more than %d details",
                                   ACT_DETAILS_MAX);
        ar->details = arena_array(ar->r->a, json_len(detail), sizeof(*ar->details));
        json_each(detail, add_detail, ar);
        return ar->rc;
}

void stix_order_act(struct act_reading *ar)
{
        struct act *act = ar->act;

        qsort(ar->sets, act->set_count, sizeof(*ar->sets), compare_sets);
        qsort(ar->elements, act->element_count, sizeof(*ar->elements), compare_elements);
        qsort(ar->was, act->was_count, sizeof(*ar->was), compare_was);
        qsort(ar->details, act->detail_count, sizeof(*ar->details), compare_details);
        act->details = ar->details;
        act->sets = ar->sets;
        act->elements = ar->elements;
        act->was = ar->was;
}
