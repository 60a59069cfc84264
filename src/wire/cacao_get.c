#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/ident.h"
#include "base/str.h"
#include "base/text.h"
#include "wire/cacao_reading.h"

#define CUT_SIGN    "\u2026"
#define MESSAGE_MAX 400
#define WHERE_MAX   1200

/* ---- findings ------------------------------------------------------------------------------ */

static const char *join_path(struct cacao_reading *r, const char *key)
{
        CLEANUP(str_finish) struct str path = {0};

        str_init(&path, WHERE_MAX);
        for (size_t i = 0; i < r->depth; i++) {
                str_add(&path, i ? "." : "");
                if (r->path[i].key)
                        str_add(&path, r->path[i].key);
                else
                        str_addf(&path, "%zu", r->path[i].index);
        }
        if (key)
                str_add_sep(&path, ".", key);
        AUTO_FREE char *clean = text_clean(str_text(&path), path.len, false);

        return arena_strdup(r->a, clean);
}

void cacao_find(struct cacao_reading *r, enum cacao_verdict verdict, const char *key,
                const char *fmt, ...)
{
        char text[MESSAGE_MAX];
        va_list ap;

        if (r->finding_count >= CACAO_FINDINGS_MAX) {
                r->finding_more++;
                if (verdict <= r->verdict)
                        return;
                r->finding_count--; /* what decides is always shown */
        }
        if (verdict > r->verdict)
                r->verdict = verdict;
        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);

        r->findings = arena_grow(r->a, r->findings, r->finding_count, &r->finding_room,
                                 sizeof(*r->findings));
        r->findings[r->finding_count++] = (struct cacao_finding){
                .verdict = verdict,
                .path = join_path(r, key),
                .message = arena_strdup(r->a, clean),
        };
}

bool cacao_is_one_of(const char *text, const char *const *words, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(text, words[i]) == 0)
                        return true;
        return false;
}

void cacao_enter(struct cacao_reading *r, const char *key, size_t index)
{
        r->path[r->depth].key = key;
        r->path[r->depth++].index = index;
}

void cacao_leave(struct cacao_reading *r)
{
        r->depth--;
}

/* ---- text ---------------------------------------------------------------------------------- */

static const char *clean_bytes(struct cacao_reading *r, const char *s, size_t len, const char *key,
                               bool lines, size_t max)
{
        AUTO_FREE char *clean = NULL;
        size_t keep = max - strlen(CUT_SIGN);

        if (!text_is_clean(s, len, lines)) {
                clean = text_clean(s, len, lines);
                s = clean;
                len = strlen(clean);
        }
        if (len <= max)
                return arena_strndup(r->a, s, len);
        cacao_find(r, CACAO_WARN, key, "is longer than %zu bytes, the rest is cut off", max);
        while (keep > 0 && ((unsigned char)s[keep] & 0xc0) == 0x80)
                keep--;
        return arena_printf(r->a, "%.*s" CUT_SIGN, (int)keep, s);
}

const char *cacao_clean(struct cacao_reading *r, const struct json_t *v, const char *key,
                        bool lines, size_t max)
{
        return clean_bytes(r, json_text(v, ""), json_text_len(v), key, lines, max);
}

const char *cacao_id_of(struct cacao_reading *r, const char *text, size_t len)
{
        size_t before = 0;

        while (before < len && strchr(" \t\r\n", text[before]))
                before++;
        while (len > before && strchr(" \t\r\n", text[len - 1]))
                len--;
        return clean_bytes(r, text + before, len - before, NULL, false, CACAO_ID_MAX);
}

/* ---- members ------------------------------------------------------------------------------- */

struct json_t *cacao_member(struct cacao_reading *r, const struct json_t *obj, const char *key,
                            enum json_kind kind)
{
        struct json_t *v = json_get(obj, key);

        if (!v || json_kind(v) == kind)
                return v;
        if (json_kind(v) != JSON_NUL)
                cacao_find(r, CACAO_WARN, key, "is not %s", json_kind_name(kind));
        return NULL;
}

const char *cacao_line(struct cacao_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = cacao_member(r, obj, key, JSON_TEXT);

        return v ? cacao_clean(r, v, key, false, CACAO_LINE_MAX) : NULL;
}

const char *cacao_text(struct cacao_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = cacao_member(r, obj, key, JSON_TEXT);

        return v ? cacao_clean(r, v, key, true, PLAYBOOK_TEXT_MAX) : NULL;
}

const char *cacao_id(struct cacao_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = cacao_member(r, obj, key, JSON_TEXT);
        const char *id = v ? cacao_id_of(r, json_text(v, ""), json_text_len(v)) : NULL;

        if (id && strlen(id) != json_text_len(v))
                cacao_find(r, CACAO_WARN, key, CACAO_BLANKS);
        return id;
}

bool cacao_bool(struct cacao_reading *r, const struct json_t *obj, const char *key)
{
        return json_bool(cacao_member(r, obj, key, JSON_BOOL), false);
}

int64_t cacao_number(struct cacao_reading *r, const struct json_t *obj, const char *key,
                     int64_t least, int64_t most, int64_t none)
{
        const struct json_t *v = cacao_member(r, obj, key, JSON_INT);
        int64_t n = json_int(v, none);

        if (!v || (n >= least && n <= most))
                return n;
        cacao_find(r, CACAO_WARN, key, "is not between %lld and %lld", (long long)least,
                   (long long)most);
        return none;
}

/* A fraction of three digits or more, and Z. */
static bool is_exact(const char *stamp)
{
        const char *point = strchr(stamp, '.');
        size_t digits = point ? strspn(point + 1, "0123456789") : 0;

        return digits >= 3 && strcmp(point + 1 + digits, "Z") == 0;
}

int64_t cacao_time_ns(struct cacao_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = cacao_member(r, obj, key, JSON_TEXT);
        int64_t ns = CLOCK_NONE;

        if (!v)
                return CLOCK_NONE;
        if (stamp_parse_ns(json_text(v, ""), json_text_len(v), &ns, NULL) != RC_OK)
                cacao_find(r, CACAO_WARN, key, "is not a timestamp");
        else if (!is_exact(json_text(v, "")))
                cacao_find(r, CACAO_WARN, key, "is not a timestamp in UTC with milliseconds");
        return ns;
}

/* A year of the 23rd to 26th century, which nanoseconds don't hold: 400 years earlier, when days
 * fell on the same dates. */
static bool parse_far(const char *text, size_t len, int64_t *ret_ms)
{
        char near[STAMP_BYTES * 2];
        int64_t ns;

        if (len >= sizeof(near) || len < 4 || strspn(text, "0123456789") != 4 ||
            strncmp(text, "2262", 4) < 0 || strncmp(text, "2600", 4) > 0)
                return false;
        snprintf(near, sizeof(near), "%04ld%s", strtol(text, NULL, 10) - 400, text + 4);
        if (stamp_parse_ns(near, strlen(near), &ns, NULL) != RC_OK)
                return false;
        *ret_ms = ns / 1000000 - (ns % 1000000 < 0) + 146097LL * 24 * 3600 * 1000;
        return true;
}

int64_t cacao_time_ms(struct cacao_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = json_get(obj, key);
        int64_t ns, ms;

        if (parse_far(json_text(v, ""), json_text_len(v), &ms))
                return ms;
        ns = cacao_time_ns(r, obj, key);
        return ns == CLOCK_NONE ? ns : ns / 1000000 - (ns % 1000000 < 0);
}

/* ---- lists and maps ----------------------------------------------------------------------------
 */

size_t cacao_count(struct cacao_reading *r, const struct json_t *v, const char *key, size_t max)
{
        size_t count = json_len(v);

        if (count <= max)
                return count;
        cacao_find(r, CACAO_VIEW_ONLY, key, "has more than %zu members, the rest is left out", max);
        return max;
}

size_t cacao_lines(struct cacao_reading *r, const struct json_t *obj, const char *key,
                   const char *const **ret)
{
        const struct json_t *list = cacao_member(r, obj, key, JSON_LIST);
        size_t count = cacao_count(r, list, key, PLAYBOOK_LIST_MAX), kept = 0;
        const char **lines;

        if (!count)
                return 0;
        lines = arena_array(r->a, count, sizeof(*lines));
        for (size_t i = 0; i < count; i++) {
                const struct json_t *v = json_at(list, i);

                if (json_kind(v) == JSON_TEXT && json_text_len(v) > 0)
                        lines[kept++] = cacao_clean(r, v, key, false, CACAO_LINE_MAX);
        }
        if (kept < count)
                cacao_find(r, CACAO_WARN, key, "holds what is not a word");
        *ret = lines;
        return kept;
}

const char *cacao_payload(struct cacao_reading *r, const struct json_t *obj, const char *key,
                          const char *key_b64)
{
        const struct json_t *coded = cacao_member(r, obj, key_b64, JSON_TEXT);
        AUTO_FREE char *bytes = NULL;
        size_t len;

        if (!coded)
                return cacao_text(r, obj, key);
        if (!base64_decode(json_text(coded, ""), json_text_len(coded), PLAYBOOK_TEXT_MAX, &bytes,
                           &len)) {
                cacao_find(r, CACAO_WARN, key_b64, "is not base64 of at most %d bytes",
                           PLAYBOOK_TEXT_MAX);
                return cacao_text(r, obj, key);
        }
        if (!text_is_utf8(bytes, len))
                cacao_find(r, CACAO_WARN, key_b64, "is not text in UTF-8");
        return clean_bytes(r, bytes, len, key_b64, true, PLAYBOOK_TEXT_MAX);
}

struct gathering {
        struct cacao_reading *r;
        struct cacao_entry *entries;
        size_t count, max;
};

static bool gather(void *ctx, const char *key, struct json_t *v)
{
        struct gathering *g = ctx;

        if (g->count == g->max)
                return false;
        g->entries[g->count] = (struct cacao_entry){cacao_id_of(g->r, key, strlen(key)), v};
        if (strcmp(g->entries[g->count].id, key) != 0)
                cacao_find(g->r, CACAO_WARN, g->entries[g->count].id, CACAO_BLANKS);
        g->count++;
        return true;
}

static int compare_entries(const void *a, const void *b)
{
        return strcmp(((const struct cacao_entry *)a)->id, ((const struct cacao_entry *)b)->id);
}

size_t cacao_entries(struct cacao_reading *r, const struct json_t *map, const char *key, size_t max,
                     struct cacao_entry **ret)
{
        size_t count = cacao_count(r, map, key, max), kept = 0;
        struct gathering g = {.r = r, .max = count};

        if (!count)
                return 0;
        g.entries = arena_array(r->a, count, sizeof(*g.entries));
        cacao_enter(r, key, 0);
        json_each(map, gather, &g);
        cacao_leave(r);
        qsort(g.entries, g.count, sizeof(*g.entries), compare_entries);
        for (size_t i = 0; i < g.count; i++) {
                if (kept && strcmp(g.entries[kept - 1].id, g.entries[i].id) == 0)
                        cacao_find(r, CACAO_VIEW_ONLY, key, "has %s twice", g.entries[i].id);
                else
                        g.entries[kept++] = g.entries[i];
        }
        *ret = g.entries;
        return kept;
}
