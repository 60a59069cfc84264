#include "base/json.h"

#include <string.h>

#include <jansson.h>

#include "base/jsplit.h"
#include "base/mem.h"
#include "base/text.h"

void json_start(void)
{
        json_object_seed(0);
}

/* Bytes of the string that begins at s, with its quotes; a quote behind an odd number of
 * backslashes is of the string. */
static size_t string_bytes(const char *s, size_t len)
{
        const char *end = s + len, *quote = s;
        while ((quote = memchr(quote + 1, '"', (size_t)(end - quote - 1)))) {
                const char *p = quote;
                while (p[-1] == '\\')
                        p--;
                if ((quote - p) % 2 == 0)
                        return (size_t)(quote - s) + 1;
        }
        return len;
}

/* jansson goes down one call per level. */
static bool is_too_deep(const char *s, size_t len)
{
        int depth = 0;
        for (size_t i = 0; i < len; i++) {
                if (s[i] == '"')
                        i += string_bytes(s + i, len - i) - 1;
                else if (s[i] == '[' || s[i] == '{')
                        depth++;
                else if (s[i] == ']' || s[i] == '}')
                        depth--;
                if (depth > JSPLIT_DEPTH_MAX)
                        return true;
        }
        return false;
}

/* Reads again with less asked of it where that is why it failed. */
static json_t *load(const char *bytes, size_t len, bool *twice, json_error_t *why)
{
        size_t flags = JSON_ALLOW_NUL | (twice ? JSON_REJECT_DUPLICATES : 0);
        for (;;) {
                size_t wish = flags;
                json_t *j = json_loadb(bytes, len, flags, why);
                if (!j && json_error_code(why) == json_error_duplicate_key && twice) {
                        flags &= ~(size_t)JSON_REJECT_DUPLICATES;
                        *twice = true;
                } else if (!j && strstr(why->text, "too big integer")) {
                        flags |= JSON_DECODE_INT_AS_REAL;
                }
                if (j || flags == wish)
                        return j;
        }
}

static enum rc parse(const char *bytes, size_t len, struct json_t **ret, bool *twice,
                     struct err *err)
{
        json_error_t why;
        if (is_too_deep(bytes, len))
                return err_set(err, RC_INVALID, "nested deeper than %d levels", JSPLIT_DEPTH_MAX);
        json_t *j = load(bytes, len, twice, &why);
        if (!j) {
                AUTO_FREE char *text = text_clean(why.text, strlen(why.text), false);
                return err_set(err, RC_INVALID, "line %d, column %d: %s", why.line, why.column,
                               text);
        }
        *ret = j;
        return RC_OK;
}

enum rc json_parse(const char *bytes, size_t len, struct json_t **ret, struct err *err)
{
        return parse(bytes, len, ret, NULL, err);
}

enum rc json_parse_strictly(const char *bytes, size_t len, struct json_t **ret, bool *ret_twice,
                            struct err *err)
{
        bool twice = false;
        enum rc rc = parse(bytes, len, ret, &twice, err);
        if (rc == RC_OK)
                *ret_twice = twice;
        return rc;
}

void json_free(struct json_t *j)
{
        json_decref(j);
}

void json_cleanup(struct json_t **pj)
{
        json_decref(*pj);
        *pj = NULL;
}

enum json_kind json_kind(const struct json_t *j)
{
        if (!j)
                return JSON_NONE;
        switch (json_typeof(j)) {
        case JSON_OBJECT: return JSON_OBJ;
        case JSON_ARRAY: return JSON_LIST;
        case JSON_STRING: return JSON_TEXT;
        case JSON_INTEGER: return JSON_INT;
        case JSON_REAL: return JSON_NUMBER;
        case JSON_TRUE:
        case JSON_FALSE: return JSON_BOOL;
        default: return JSON_NUL;
        }
}

const char *json_kind_name(enum json_kind kind)
{
        switch (kind) {
        case JSON_NONE: return "nothing";
        case JSON_NUL: return "null";
        case JSON_BOOL: return "true or false";
        case JSON_INT: return "a whole number";
        case JSON_NUMBER: return "a number";
        case JSON_TEXT: return "a string";
        case JSON_LIST: return "a list";
        case JSON_OBJ: return "an object";
        }
        return "something else";
}

struct json_t *json_get(const struct json_t *obj, const char *key)
{
        return json_object_get(obj, key);
}

static struct json_t *step(const struct json_t *j, const char *key)
{
        if (!json_is_array(j))
                return json_object_get(j, key);
        size_t i = 0;
        for (const char *d = key; *d; d++) {
                if (*d < '0' || *d > '9' || i > 100000000)
                        return NULL;
                i = i * 10 + (size_t)(*d - '0');
        }
        return json_array_get(j, i);
}

struct json_t *json_path(const struct json_t *obj, const char *path)
{
        struct json_t *j = NULL;
        const struct json_t *at = obj;
        while (at && *path) {
                char key[256];
                size_t len = strcspn(path, ".");
                if (len >= sizeof(key))
                        return NULL;
                memcpy(key, path, len);
                key[len] = '\0';
                at = j = step(at, key);
                path += len + (path[len] == '.');
        }
        return j;
}

size_t json_len(const struct json_t *j)
{
        return json_is_array(j) ? json_array_size(j) : json_object_size(j);
}

struct json_t *json_at(const struct json_t *list, size_t i)
{
        return json_array_get(list, i);
}

void json_each(const struct json_t *obj, bool (*fn)(void *ctx, const char *key, struct json_t *v),
               void *ctx)
{
        union {
                const struct json_t *in;
                json_t *out;
        } o = {.in = obj}; /* jansson's iterator takes no const, but changes nothing */
        for (void *it = json_object_iter(o.out); it; it = json_object_iter_next(o.out, it))
                if (!fn(ctx, json_object_iter_key(it), json_object_iter_value(it)))
                        return;
}

const char *json_text(const struct json_t *j, const char *fallback)
{
        return json_is_string(j) ? json_string_value(j) : fallback;
}

size_t json_text_len(const struct json_t *j)
{
        return json_string_length(j);
}

int64_t json_int(const struct json_t *j, int64_t fallback)
{
        if (json_is_integer(j))
                return json_integer_value(j);
        if (!json_is_real(j))
                return fallback;
        double d = json_real_value(j);
        return d > -9.2e18 && d < 9.2e18 ? (int64_t)d : fallback;
}

bool json_bool(const struct json_t *j, bool fallback)
{
        return json_is_boolean(j) ? json_is_true(j) : fallback;
}

static const char *dot(const char *where)
{
        return where[0] ? "." : "";
}

enum rc json_want_text(const struct json_t *obj, const char *where, const char *key,
                       const char **ret, struct err *err)
{
        struct json_t *j = json_object_get(obj, key);
        if (j && !json_is_string(j))
                return err_set(err, RC_INVALID, "%s%s%s is not a string", where, dot(where), key);
        *ret = j ? json_string_value(j) : NULL;
        return RC_OK;
}

enum rc json_need_text(const struct json_t *obj, const char *where, const char *key,
                       const char **ret, struct err *err)
{
        const char *text = NULL;
        enum rc rc = json_want_text(obj, where, key, &text, err);
        if (rc == RC_OK && !text)
                return err_set(err, RC_INVALID, "%s%s%s is missing", where, dot(where), key);
        if (rc == RC_OK)
                *ret = text;
        return rc;
}
