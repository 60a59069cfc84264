/*
 * The playbooks of a file: where they stand in it.
 */
#include <string.h>

#include "base/jspan.h"
#include "wire/cacao_reading.h"

struct file_reading {
        struct arena *a;
        int64_t now_ms;
        bool twice; /* the file has a member twice, somewhere */
        struct cacao_doc *docs;
        size_t count, room;
};

static bool is_full(const struct file_reading *f)
{
        return f->count >= CACAO_DOCS_MAX;
}

static struct cacao_doc *add_doc(struct file_reading *f, const char *bytes, size_t len,
                                 const char *where)
{
        f->docs = arena_grow(f->a, f->docs, f->count, &f->room, sizeof(*f->docs));
        f->docs[f->count] = (struct cacao_doc){.bytes = bytes, .len = len, .where = where};
        return &f->docs[f->count++];
}

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without the byte order mark and the blanks around it. */
static struct jspan trim(struct jspan s)
{
        size_t mark = s.len >= 3 && memcmp(s.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

        s.bytes += mark;
        s.len -= mark;
        while (s.len && is_blank(s.bytes[0])) {
                s.bytes++;
                s.len--;
        }
        while (s.len && is_blank(s.bytes[s.len - 1]))
                s.len--;
        return s;
}

static bool has_type(const struct json_t *j, const char *type)
{
        return strcmp(json_text(json_get(j, "type"), ""), type) == 0;
}

/* ---- STIX objects and lists ------------------------------------------------------------------ */

static void read_carried(struct file_reading *f, const struct json_t *object, const char *where)
{
        const char *bytes = NULL;
        struct err err = {0};
        struct cacao_doc *doc;
        size_t len = 0;
        enum rc rc = cacao_carried(object, f->a, &bytes, &len, &err);

        if (rc == RC_NOTFOUND || is_full(f))
                return;
        doc = add_doc(f, bytes, len, where);
        if (rc != RC_OK) {
                cacao_refuse(f->a, err.text, doc);
                return;
        }
        cacao_read(bytes, len, f->now_ms, f->a, doc);
        doc->where = where;
}

static const char *item_name(struct file_reading *f, const char *list, size_t i)
{
        return arena_printf(f->a, "%s%s%zu", list, *list ? "." : "", i);
}

static void read_objects(struct file_reading *f, const struct json_t *list, const char *name)
{
        for (size_t i = 0; i < json_len(list) && !is_full(f); i++)
                read_carried(f, json_at(list, i), item_name(f, name, i));
}

/* A list that holds a playbook is one of playbooks. */
static bool has_playbook(const struct json_t *list)
{
        for (size_t i = 0; i < json_len(list); i++)
                if (has_type(json_at(list, i), "playbook"))
                        return true;
        return false;
}

static void read_playbooks(struct file_reading *f, const struct json_t *list, struct jspan span)
{
        struct jspan rest = jspan_inside(span), item;

        for (size_t i = 0; jspan_next_item(&rest, &item) && !is_full(f); i++)
                cacao_read_tree(json_at(list, i), f->twice, f->now_ms, f->a,
                                add_doc(f, item.bytes, item.len, item_name(f, "", i)));
}

/* The span holds exactly what the tree says. */
static void read_json(struct file_reading *f, const struct json_t *j, struct jspan span,
                      const char *where)
{
        if (json_kind(j) == JSON_LIST && has_playbook(j))
                read_playbooks(f, j, span);
        else if (json_kind(j) == JSON_LIST)
                read_objects(f, j, where);
        else if (has_type(j, "playbook"))
                cacao_read_tree(j, f->twice, f->now_ms, f->a,
                                add_doc(f, span.bytes, span.len, where));
        else if (json_kind(json_get(j, "objects")) == JSON_LIST)
                read_objects(f, json_get(j, "objects"), "objects");
        else
                read_carried(f, j, where);
}

/* ---- Markdown -------------------------------------------------------------------------------- */

/* Takes one line off the text, without its end. */
static bool next_line(struct jspan *rest, struct jspan *ret)
{
        const char *end;

        if (!rest->len)
                return false;
        end = memchr(rest->bytes, '\n', rest->len);
        ret->bytes = rest->bytes;
        ret->len = end ? (size_t)(end - rest->bytes) : rest->len;
        rest->bytes += ret->len + (end != NULL);
        rest->len -= ret->len + (end != NULL);
        return true;
}

static bool is_fence(struct jspan line)
{
        size_t i = 0;

        while (i < line.len && line.bytes[i] == ' ')
                i++;
        return line.len - i >= 3 &&
               (memcmp(line.bytes + i, "```", 3) == 0 || memcmp(line.bytes + i, "~~~", 3) == 0);
}

/* Fences hold much else: what does not speak of a playbook is passed over. */
static void read_fence(struct file_reading *f, struct jspan text, size_t line)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        const char *where = arena_printf(f->a, "line-%zu", line);
        struct err err = {0};

        text = trim(text);
        if (!text.len || (text.bytes[0] != '{' && text.bytes[0] != '[') || is_full(f))
                return;
        if (cacao_parse(text.bytes, text.len, &j, &f->twice, &err) != RC_OK) {
                if (memmem(text.bytes, text.len, "\"playbook\"", 10))
                        cacao_refuse(f->a, err.text, add_doc(f, text.bytes, text.len, where));
                return;
        }
        if (has_type(j, "playbook") || (json_kind(j) == JSON_LIST && has_playbook(j)))
                read_json(f, j, text, where);
}

static void read_fences(struct file_reading *f, struct jspan text)
{
        struct jspan line;
        const char *begin = NULL; /* of what stands in the fence */
        size_t number = 0, first = 0;

        while (next_line(&text, &line)) {
                number++;
                if (!is_fence(line))
                        continue;
                if (begin)
                        read_fence(f, (struct jspan){begin, (size_t)(line.bytes - begin)}, first);
                begin = begin ? NULL : text.bytes;
                first = number + 1;
        }
}

/* ---- the file -------------------------------------------------------------------------------- */

static enum cacao_verdict worst(const struct file_reading *f)
{
        enum cacao_verdict v = CACAO_OK;

        for (size_t i = 0; i < f->count; i++)
                if (f->docs[i].verdict > v)
                        v = f->docs[i].verdict;
        return v;
}

static void read_any(struct file_reading *f, struct jspan text, struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        char first = text.len ? text.bytes[0] : '\0';

        if (first != '{' && first != '[') {
                read_fences(f, text);
                err_set(err, RC_INVALID,
                        "holds no playbook: a document begins with \"{\" or \"[\", or stands in a "
                        "text between lines of ```");
        } else if (cacao_parse(text.bytes, text.len, &j, &f->twice, err) == RC_OK) {
                read_json(f, j, text, "");
                err_set(err, RC_INVALID, "holds no playbook");
        }
}

void cacao_read_file(const char *bytes, size_t len, int64_t now_ms, struct arena *a,
                     struct cacao_file *ret)
{
        struct file_reading f = {.a = a, .now_ms = now_ms};
        struct err err = {0};

        if (len > CACAO_FILE_MAX)
                err_set(&err, RC_INVALID, "is larger than %u bytes", CACAO_FILE_MAX);
        else
                read_any(&f, trim((struct jspan){bytes, len}), &err);
        if (!f.count)
                cacao_refuse(a, err.text, add_doc(&f, bytes, len, ""));
        *ret = (struct cacao_file){worst(&f), f.docs, f.count};
}
