/*
 * A document is looked at whole by jsplit_scan() first: size, UTF-8, structure, depth. Then its
 * lists are walked as spans, and only what is small is made a tree of: so no server can have us
 * build one that is a hundred times as large as what it sent.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "wire/taxii.h"

#include "stix_private.h"

#define MEMBERS_MAX 200000         /* of a list */
#define SMALL_MAX   (1024u * 1024) /* bytes of what is made a tree of */

void taxii_doc_finish(struct taxii_doc *d)
{
        json_free(d->head);
}

/* ---- taking apart ------------------------------------------------------------------------------
 */

struct jspan taxii_text(const char *body, size_t len)
{
        while (len && strchr(" \t\r\n", body[0])) {
                body++;
                len--;
        }
        return (struct jspan){body, len};
}

static bool is_markup(const char *body, size_t len)
{
        struct jspan text = taxii_text(body, len);

        return text.len && text.bytes[0] == '<';
}

static enum rc scan(const char *body, size_t len, struct jspan *ret, struct err *err)
{
        struct jsplit_memory m = {.bytes = body, .len = len};
        struct jsplit_source src = jsplit_from_memory(&m);
        struct jsplit_shape shape;

        if (len > TAXII_BYTES_MAX)
                return err_set(err, RC_INVALID, "the answer is larger than %u MiB",
                               TAXII_BYTES_MAX >> 20);
        if (is_markup(body, len))
                return err_set(err, RC_INVALID,
                               "the answer is a web page, not TAXII: a login or a proxy?");
        if (jsplit_scan(&src, &shape, err) != RC_OK)
                return err_wrap(err, RC_INVALID, "the answer is no JSON");
        *ret = jspan_value(body, len);
        if (ret->bytes[0] != '{')
                return err_set(err, RC_INVALID, "the answer is no TAXII document");
        return RC_OK;
}

static enum rc count_items(struct jspan list, const char *name, size_t *ret, struct err *err)
{
        struct jspan item;
        size_t count = 0;

        while (jspan_next_item(&list, &item))
                if (++count > MEMBERS_MAX)
                        return err_set(err, RC_INVALID, "%s has more than %d members", name,
                                       MEMBERS_MAX);
        *ret = count;
        return RC_OK;
}

static enum rc take_list(struct jspan value, const char *name, struct jspan *ret, size_t *ret_count,
                         struct err *err)
{
        *ret = (struct jspan){value.bytes, 0};
        *ret_count = 0;
        if (jspan_is(value, "null"))
                return RC_OK;
        if (value.bytes[0] != '[')
                return err_set(err, RC_INVALID, "%s is not a list", name);
        *ret = jspan_inside(value);
        return count_items(*ret, name, ret_count, err);
}

static void add_member(struct str *out, struct jspan key, struct jspan value)
{
        str_add(out, out->len > 1 ? ",\"" : "\"");
        str_addn(out, key.bytes, key.len);
        str_add(out, "\":");
        str_addn(out, value.bytes, value.len);
}

static bool is_long_list(struct jspan key)
{
        static const char *const names[] = {"objects", "collections", "successes", "failures",
                                            "pendings"};

        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (jspan_is(key, names[i]))
                        return true;
        return false;
}

static enum rc parse_small(struct str *text, struct json_t **ret, struct err *err)
{
        if (text->over)
                return err_set(err, RC_INVALID, "the answer is no TAXII document: too large");
        return json_parse(text->s, text->len, ret, err);
}

/* An object without its lists. */
static enum rc read_head(struct jspan object, struct json_t **ret, struct err *err)
{
        CLEANUP(str_finish) struct str small = {0};
        struct jspan rest = jspan_inside(object), key, value;

        str_init(&small, SMALL_MAX);
        str_addc(&small, '{');
        while (jspan_next_member(&rest, &key, &value))
                if (!is_long_list(key))
                        add_member(&small, key, value);
        str_addc(&small, '}');
        return parse_small(&small, ret, err);
}

/* The last member of that name counts, as everywhere. */
static struct jspan find_member(struct jspan object, const char *name)
{
        struct jspan rest = jspan_inside(object), key, value, found = {0};

        while (jspan_next_member(&rest, &key, &value))
                if (jspan_is(key, name))
                        found = value;
        return found;
}

enum rc taxii_doc_list(const struct taxii_doc *d, const char *name, struct jspan *ret,
                       size_t *ret_count, struct err *err)
{
        struct jspan value = find_member(d->object, name);

        if (value.len)
                return take_list(value, name, ret, ret_count, err);
        *ret = (struct jspan){0};
        *ret_count = 0;
        return RC_OK;
}

enum rc taxii_doc_read(const char *body, size_t len, struct taxii_doc *ret, struct err *err)
{
        enum rc rc = scan(body, len, &ret->object, err);

        return rc == RC_OK ? read_head(ret->object, &ret->head, err) : rc;
}

/* ---- members -----------------------------------------------------------------------------------
 */

enum rc taxii_want(const struct json_t *obj, const char *where, const char *key, struct arena *a,
                   const char **ret, struct err *err)
{
        const struct json_t *value = json_get(obj, key);
        const char *text = NULL;
        enum rc rc;

        if (json_kind(value) == JSON_INT) {
                *ret = arena_printf(a, "%" PRId64, json_int(value, 0));
                return RC_OK;
        }
        rc = json_kind(value) == JSON_NUL ? RC_OK : json_want_text(obj, where, key, &text, err);
        if (rc == RC_OK)
                *ret = arena_strdup(a, text);
        return rc;
}

enum rc taxii_want_clean(const struct json_t *obj, const char *where, const char *key,
                         struct arena *a, const char **ret, struct err *err)
{
        const char *text = NULL;
        enum rc rc = taxii_want(obj, where, key, a, &text, err);

        if (rc == RC_OK && text) {
                AUTO_FREE char *clean = text_clean(text, strlen(text), false);

                *ret = arena_strdup(a, clean);
        }
        return rc;
}

enum rc taxii_want_bool(const struct json_t *obj, const char *where, const char *key, bool *ret,
                        struct err *err)
{
        const struct json_t *value = json_get(obj, key);

        switch (json_kind(value)) {
        case JSON_NONE:
        case JSON_NUL: *ret = false; return RC_OK;
        case JSON_BOOL: *ret = json_bool(value, false); return RC_OK;
        default:
                return err_set(err, RC_INVALID, "%s%s%s is not true or false", where,
                               *where ? "." : "", key);
        }
}

enum rc taxii_want_count(const struct json_t *obj, const char *key, int64_t none, int64_t *ret,
                         struct err *err)
{
        const struct json_t *value = json_get(obj, key);

        switch (json_kind(value)) {
        case JSON_NONE:
        case JSON_NUL: *ret = none; return RC_OK;
        case JSON_INT:
        case JSON_NUMBER: *ret = json_int(value, none); break;
        default: return err_set(err, RC_INVALID, "%s is not a number", key);
        }
        if (*ret < 0)
                *ret = none;
        return RC_OK;
}

enum rc taxii_want_texts(const struct json_t *obj, const char *key, struct arena *a,
                         const char *const **ret, size_t *ret_count, struct err *err)
{
        const struct json_t *list = json_get(obj, key);
        const char **texts;
        size_t count = json_len(list);

        if (json_kind(list) != JSON_NONE && json_kind(list) != JSON_NUL &&
            json_kind(list) != JSON_LIST)
                return err_set(err, RC_INVALID, "%s is not a list", key);
        texts = arena_array(a, count + 1, sizeof(*texts));
        for (size_t i = 0; i < count; i++) {
                texts[i] = arena_strdup(a, json_text(json_at(list, i), NULL));
                if (!texts[i])
                        return err_set(err, RC_INVALID, "%s.%zu is not a string", key, i);
        }
        *ret = texts;
        *ret_count = count;
        return RC_OK;
}

/* ---- lists ------------------------------------------------------------------------------------
 */

void taxii_walk_finish(struct taxii_walk *w)
{
        json_free(w->item);
}

enum rc taxii_walk_begin(struct taxii_walk *w, const struct taxii_doc *d, const char *name,
                         struct err *err)
{
        w->name = name;
        return taxii_doc_list(d, name, &w->rest, &w->count, err);
}

enum rc taxii_walk_next(struct taxii_walk *w, struct err *err)
{
        struct jspan span;

        json_free(TAKE(w->item));
        if (!jspan_next_item(&w->rest, &span))
                return RC_NOTFOUND;
        snprintf(w->where, sizeof(w->where), "%s.%zu", w->name, w->at++);
        if (span.bytes[0] != '{')
                return err_set(err, RC_INVALID, "%s is not an object", w->where);
        if (span.len > SMALL_MAX)
                return err_set(err, RC_INVALID, "%s is too large", w->where);
        if (json_parse(span.bytes, span.len, &w->item, err) != RC_OK)
                return err_wrap(err, RC_INVALID, "%s", w->where);
        return RC_OK;
}
