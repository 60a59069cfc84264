/*
 * What a server says of itself and of its collections, and what it says when it refuses.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/taxii.h"

#include "stix_private.h"

/* ---- discovery, API root, collections ----------------------------------------------------------
 */

enum rc taxii_read_discovery(const char *body, size_t len, struct arena *a,
                             struct taxii_discovery *ret, struct err *err)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        struct taxii_discovery t = {0};
        enum rc rc = taxii_doc_read(body, len, &d, err);

        if (rc == RC_OK)
                rc = taxii_want_clean(d.head, "", "title", a, &t.title, err);
        if (rc == RC_OK)
                rc = taxii_want_clean(d.head, "", "description", a, &t.description, err);
        if (rc == RC_OK)
                rc = taxii_want_clean(d.head, "", "contact", a, &t.contact, err);
        if (rc == RC_OK)
                rc = taxii_want(d.head, "", "default", a, &t.preferred, err);
        if (rc == RC_OK)
                rc = taxii_want_texts(d.head, "api_roots", a, &t.roots, &t.root_count, err);
        if (rc == RC_OK)
                *ret = t;
        return rc;
}

/* Servers write blanks into it, and capitals. */
static bool is_2_1(const char *version)
{
        AUTO_FREE char *folded = text_fold(version);
        size_t len = 0;

        for (const char *p = folded; *p; p++)
                if (*p != ' ')
                        folded[len++] = *p;
        folded[len] = '\0';
        return strcmp(folded, TAXII_TYPE) == 0 || strcmp(folded, "taxii-2.1") == 0;
}

enum rc taxii_read_root(const char *body, size_t len, struct arena *a, struct taxii_root *ret,
                        struct err *err)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        struct taxii_root r = {0};
        const char *const *versions = NULL;
        size_t count = 0;
        enum rc rc = taxii_doc_read(body, len, &d, err);

        if (rc == RC_OK)
                rc = taxii_want_clean(d.head, "", "title", a, &r.title, err);
        if (rc == RC_OK)
                rc = taxii_want_clean(d.head, "", "description", a, &r.description, err);
        if (rc == RC_OK)
                rc = taxii_want_count(d.head, "max_content_length", 0, &r.max_content_bytes, err);
        if (rc == RC_OK)
                rc = taxii_want_texts(d.head, "versions", a, &versions, &count, err);
        if (rc == RC_OK)
                rc = taxii_want_bool(d.head, "", TAXII_ORDERED, &r.ordered, err);
        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < count; i++)
                r.speaks_2_1 = r.speaks_2_1 || is_2_1(versions[i]);
        *ret = r;
        return RC_OK;
}

static enum rc read_collection(const struct json_t *obj, const char *where, struct arena *a,
                               struct taxii_collection *ret, struct err *err)
{
        struct taxii_collection c = {0};
        enum rc rc = json_need_text(obj, where, "id", &c.id, err);

        c.id = arena_strdup(a, c.id);
        if (rc == RC_OK)
                rc = taxii_want(obj, where, "alias", a, &c.alias, err);
        if (rc == RC_OK)
                rc = taxii_want_clean(obj, where, "title", a, &c.title, err);
        if (rc == RC_OK)
                rc = taxii_want_clean(obj, where, "description", a, &c.description, err);
        if (rc == RC_OK)
                rc = taxii_want_bool(obj, where, "can_read", &c.can_read, err);
        if (rc == RC_OK)
                rc = taxii_want_bool(obj, where, "can_write", &c.can_write, err);
        if (rc == RC_OK)
                *ret = c;
        return rc;
}

enum rc taxii_read_collection(const char *body, size_t len, struct arena *a,
                              struct taxii_collection *ret, struct err *err)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        enum rc rc = taxii_doc_read(body, len, &d, err);

        return rc == RC_OK ? read_collection(d.head, "", a, ret, err) : rc;
}

enum rc taxii_read_collections(const char *body, size_t len, struct arena *a,
                               struct taxii_collection **ret, size_t *ret_count, struct err *err)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        CLEANUP(taxii_walk_finish) struct taxii_walk w = {0};
        struct taxii_collection *list = NULL;
        size_t count = 0;
        enum rc rc = taxii_doc_read(body, len, &d, err);

        if (rc == RC_OK)
                rc = taxii_walk_begin(&w, &d, "collections", err);
        if (rc != RC_OK)
                return rc;
        list = arena_array(a, w.count + 1, sizeof(*list));
        while ((rc = taxii_walk_next(&w, err)) == RC_OK) {
                rc = read_collection(w.item, w.where, a, &list[count++], err);
                if (rc != RC_OK)
                        return rc;
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

/* ---- refusals ----------------------------------------------------------------------------------
 */

#define REFUSAL_LOOK    (64u * 1024) /* bytes of a body that are looked at */
#define REFUSAL_COLUMNS 160

static const char *one_line(const char *s, size_t len, struct arena *a)
{
        AUTO_FREE char *clean = text_clean(s, len, false);
        char cut[REFUSAL_COLUMNS * 4 + 8];
        const char *from = clean + strspn(clean, " ");

        text_cut(from, REFUSAL_COLUMNS, "…", cut, sizeof(cut));
        return arena_strdup(a, cut);
}

static const char *first_text(const struct json_t *obj, const char *const *keys)
{
        for (size_t i = 0; keys[i]; i++) {
                const char *text = json_text(json_get(obj, keys[i]), NULL);

                if (text && *text)
                        return text;
        }
        return NULL;
}

static const char *refusal_of(const struct json_t *obj, struct arena *a)
{
        static const char *const heads[] = {"title", "name", "error", NULL};
        static const char *const details[] = {"description", "message", "detail", NULL};
        const char *head = first_text(obj, heads), *detail = first_text(obj, details);
        AUTO_FREE char *both = NULL;

        if (!head && !detail)
                return "";
        if (!head || !detail)
                return one_line(head ? head : detail, strlen(head ? head : detail), a);
        both = xasprintf("%s: %s", head, detail);
        return one_line(both, strlen(both), a);
}

/* What is between <title> and </title>. */
static const char *title_of(const char *s, size_t len, struct arena *a)
{
        const char *end = s + len;
        const char *from = memmem(s, len, "<title>", 7);
        const char *to = from ? memmem(from, (size_t)(end - from), "</title>", 8) : NULL;

        return to ? one_line(from + 7, (size_t)(to - from) - 7, a) : "";
}

const char *taxii_read_refusal(const char *body, size_t len, struct arena *a)
{
        CLEANUP(taxii_doc_finish) struct taxii_doc d = {0};
        struct jspan text;

        if (len > REFUSAL_LOOK)
                len = REFUSAL_LOOK;
        if (taxii_doc_read(body, len, &d, NULL) == RC_OK)
                return refusal_of(d.head, a);
        text = taxii_text(body, len);
        if (!text.len || strchr("{[", text.bytes[0]))
                return "";
        return text.bytes[0] == '<' ? title_of(text.bytes, text.len, a)
                                    : one_line(text.bytes, text.len, a);
}
