#include "wire/stix.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/text.h"

#include "stix_private.h"

#define CUT_SIGN    "\u2026"
#define FINDING_MAX 256
#define REFUSAL_MAX 512

void stix_find(struct stix_reading *r, const char *sentence)
{
        if (r->o->finding_count < ARRAY_LEN(r->o->findings))
                r->o->findings[r->o->finding_count++] = sentence;
}

void stix_findf(struct stix_reading *r, const char *fmt, ...)
{
        char text[FINDING_MAX];
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        stix_find(r, stix_clean(r->a, text, strlen(text), false, sizeof(text)));
}

enum rc stix_refuse(const struct stix_reading *r, struct err *err, const char *fmt, ...)
{
        char text[REFUSAL_MAX];
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        return err_set(err, RC_INVALID, "%s: %s", r->o->id, text);
}

/* ---- text ---------------------------------------------------------------------------------- */

static const char *cut(struct arena *a, const char *s, size_t len, size_t max)
{
        size_t keep = max - strlen(CUT_SIGN);

        if (len <= max)
                return arena_strndup(a, s, len);
        while (keep > 0 && ((unsigned char)s[keep] & 0xc0) == 0x80)
                keep--;
        return arena_printf(a, "%.*s" CUT_SIGN, (int)keep, s);
}

const char *stix_clean(struct arena *a, const char *s, size_t len, bool lines, size_t max)
{
        AUTO_FREE char *clean = NULL;

        if (text_is_clean(s, len, lines))
                return cut(a, s, len, max);
        clean = text_clean(s, len, lines);
        return cut(a, clean, strlen(clean), max);
}

const char *stix_clean_line(struct arena *a, const struct json_t *text)
{
        return stix_clean(a, json_text(text, ""), json_text_len(text), false, VALUE_LINE_MAX);
}

const char *stix_clean_text(struct arena *a, const struct json_t *text)
{
        return stix_clean(a, json_text(text, ""), json_text_len(text), true, VALUE_TEXT_MAX);
}

/* ---- members ------------------------------------------------------------------------------- */

struct json_t *stix_member(struct stix_reading *r, const struct json_t *obj, const char *key,
                           enum json_kind kind)
{
        struct json_t *v = json_get(obj, key);

        if (!v || json_kind(v) == kind)
                return v;
        stix_findf(r, "%s is not %s", key, json_kind_name(kind));
        return NULL;
}

const char *stix_member_line(struct stix_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = stix_member(r, obj, key, JSON_TEXT);

        return v ? stix_clean_line(r->a, v) : NULL;
}

const char *stix_member_text(struct stix_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = stix_member(r, obj, key, JSON_TEXT);

        return v ? stix_clean_text(r->a, v) : NULL;
}

const char *stix_id_of(struct stix_reading *r, const struct json_t *v)
{
        const char *id = json_text(v, NULL);
        size_t len = json_text_len(v);

        return id && ident_is_stix(id, len) ? arena_strndup(r->a, id, len) : NULL;
}

const char *stix_member_id(struct stix_reading *r, const char *key)
{
        const struct json_t *v = json_get(r->json, key);
        const char *id = v ? stix_id_of(r, v) : NULL;

        if (v && !id)
                stix_findf(r, "%s is not an identifier", key);
        return id;
}

size_t stix_member_ids(struct stix_reading *r, const char *key, const char *const **ret)
{
        const struct json_t *list = stix_member(r, r->json, key, JSON_LIST);
        size_t count = json_len(list), kept = 0;
        const char **ids = NULL;

        if (!count)
                return 0;
        ids = arena_array(r->a, count, sizeof(*ids));
        for (size_t i = 0; i < count; i++) {
                ids[kept] = stix_id_of(r, json_at(list, i));
                kept += ids[kept] != NULL;
        }
        if (kept < count)
                stix_findf(r, "%s holds what is not an identifier", key);
        *ret = ids;
        return kept;
}

size_t stix_member_lines(struct stix_reading *r, const struct json_t *obj, const char *key,
                         const char *const **ret)
{
        const struct json_t *list = stix_member(r, obj, key, JSON_LIST);
        size_t count = json_len(list), kept = 0;
        const char **lines = NULL;

        if (!count)
                return 0;
        lines = arena_array(r->a, count, sizeof(*lines));
        for (size_t i = 0; i < count; i++) {
                const struct json_t *v = json_at(list, i);

                if (json_kind(v) == JSON_TEXT && json_text_len(v) > 0)
                        lines[kept++] = stix_clean_line(r->a, v);
        }
        if (kept < count)
                stix_findf(r, "%s holds what is not a word", key);
        *ret = lines;
        return kept;
}

struct json_t *stix_extension(struct stix_reading *r, const char *id)
{
        struct json_t *ext = json_get(json_get(r->json, "extensions"), id);

        if (!ext || json_kind(ext) == JSON_OBJ)
                return ext;
        stix_findf(r, "the extension %s is not an object", id);
        return NULL;
}
