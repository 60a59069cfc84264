#include "base/json.h"

#include <string.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

/* jansson answers NULL where memory is out, and where text is not UTF-8, which is seen to before.
 */
static struct json_t *made(json_t *j)
{
        if (!j)
                mem_die();
        return j;
}

struct json_t *json_new_obj(void)
{
        return made(json_object());
}

struct json_t *json_new_list(void)
{
        return made(json_array());
}

struct json_t *json_new_text(const char *s)
{
        size_t len = strlen(s);
        if (text_is_utf8(s, len))
                return made(json_stringn_nocheck(s, len));
        AUTO_FREE char *clean = text_clean(s, len, true);
        return made(json_string_nocheck(clean));
}

struct json_t *json_new_int(int64_t v)
{
        return made(json_integer(v));
}

struct json_t *json_new_bool(bool v)
{
        return json_boolean(v);
}

struct json_t *json_new_null(void)
{
        return json_null();
}

struct json_t *json_share(struct json_t *j)
{
        return json_incref(j);
}

void json_set(struct json_t *obj, const char *key, struct json_t *value)
{
        size_t len = strlen(key);
        AUTO_FREE char *clean = text_is_utf8(key, len) ? NULL : text_clean(key, len, false);
        if (value && json_object_set_new_nocheck(obj, clean ? clean : key, value) != 0)
                mem_die();
}

void json_drop(struct json_t *obj, const char *key)
{
        json_object_del(obj, key);
}

void json_set_text(struct json_t *obj, const char *key, const char *s)
{
        if (s)
                json_set(obj, key, json_new_text(s));
}

void json_set_int(struct json_t *obj, const char *key, int64_t v)
{
        json_set(obj, key, json_new_int(v));
}

void json_set_bool(struct json_t *obj, const char *key, bool v)
{
        json_set(obj, key, json_new_bool(v));
}

void json_push(struct json_t *list, struct json_t *value)
{
        if (value && json_array_append_new(list, value) != 0)
                mem_die();
}

void json_push_text(struct json_t *list, const char *s)
{
        json_push(list, json_new_text(s));
}

static int add_piece(const char *piece, size_t len, void *ctx)
{
        str_addn(ctx, piece, len);
        return 0;
}

void json_print(const struct json_t *j, int indent, struct str *out)
{
        size_t flags = JSON_SORT_KEYS | JSON_ENCODE_ANY;
        flags |= indent > 0 ? JSON_INDENT((size_t)indent & 0x1f) : JSON_COMPACT;
        if (json_dump_callback(j, add_piece, out, flags) != 0)
                mem_die();
}

static const char *short_escape(char c)
{
        switch (c) {
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\b': return "\\b";
        case '\f': return "\\f";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: return NULL;
        }
}

/* The same bytes as json_print() gives for the same text. */
void json_quote(const char *s, struct str *out)
{
        size_t len = strlen(s), run = 0;
        AUTO_FREE char *clean = text_is_utf8(s, len) ? NULL : text_clean(s, len, true);
        str_addc(out, '"');
        for (s = clean ? clean : s; s[run];) {
                char c = s[run];
                if ((unsigned char)c >= 0x20 && c != '"' && c != '\\') {
                        run++;
                        continue;
                }
                str_addn(out, s, run);
                if (short_escape(c))
                        str_add(out, short_escape(c));
                else
                        str_addf(out, "\\u%04X", (unsigned)c);
                s += run + 1;
                run = 0;
        }
        str_addn(out, s, run);
        str_addc(out, '"');
}
