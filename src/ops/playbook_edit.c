#include "ops/playbook_edit.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/outbox.h"
#include "wire/playbook_list.h"

#define FINDINGS_BYTES_MAX (256 * 1024)
#define NS_PER_MS          1000000
#define DRAFT_BYTES_MAX    (1u << 20) /* of what is kept of a text that was refused */

/* ---- to text --------------------------------------------------------------------------------- */

static enum rc indented(const struct held_playbook *p, struct str *out, struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        enum rc rc = json_parse(p->doc.bytes, p->doc.len, &j, err);

        if (rc == RC_OK) {
                json_print(j, 2, out);
                str_addc(out, '\n');
        }
        return rc;
}

enum rc ops_playbook_edit(const struct held_playbook *p, struct str *out, const char **ret_suffix,
                          struct err *err)
{
        if (!p->doc.playbook)
                return err_set(err, RC_INVALID, "it can't be read");
        *ret_suffix = ".md";
        if (playbook_list_write(p->doc.playbook, out, NULL) == RC_OK)
                return RC_OK;
        str_clear(out);
        *ret_suffix = ".json";
        return indented(p, out, err);
}

/* ---- what was refused ------------------------------------------------------------------------ */

static char *draft_key(const struct held_playbook *p)
{
        return xasprintf("playbook.edit.%s", p->row.thing.id);
}

enum rc ops_playbook_edit_on(struct ops *ops, const struct held_playbook *p, struct str *out,
                             const char **ret_suffix, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *key = draft_key(p);
        const char *body;
        int64_t at_ms;
        enum rc rc = ops_playbook_edit(p, out, ret_suffix, err);

        if (rc != RC_OK || draft_get(ops->store, key, &a, &body, &at_ms, NULL) != RC_OK)
                return rc;
        str_clear(out);
        str_add(out, body);
        return RC_OK;
}

static bool keep_draft(struct ops *ops, const struct held_playbook *p, const char *text, size_t len)
{
        AUTO_FREE char *key = draft_key(p);
        AUTO_FREE char *body = len <= DRAFT_BYTES_MAX ? xstrndup(text, len) : NULL;

        return body && draft_put(ops->store, key, body, clock_now_ms(), NULL) == RC_OK;
}

static void drop_draft(struct ops *ops, const struct held_playbook *p)
{
        AUTO_FREE char *key = draft_key(p);

        draft_drop(ops->store, key, NULL);
}

/* ---- back ------------------------------------------------------------------------------------ */

static bool is_list(const char *text, size_t len)
{
        size_t n = 0;

        while (n < len && strchr(" \t\r\n", text[n]))
                n++;
        return n == len || (text[n] != '{' && text[n] != '[');
}

/* What was edited, and what comes of it. */
struct saving {
        const struct ops *ops;
        const struct playbook *was;
        const char *new_id; /* NULL: it is our own */
        int64_t now_ms;
        struct arena *a;
};

static enum rc check_id(const struct playbook *was, const char *id, struct err *err)
{
        if (id && strcmp(id, was->id) == 0)
                return RC_OK;
        return err_set(err, RC_CONFLICT, "its id was changed: that is another playbook");
}

/* What no list says stays as it was; what was signed is no more. */
static void keep_head(const struct playbook *was, struct playbook *p)
{
        p->valid_from_ms = was->valid_from_ms;
        p->valid_until_ms = was->valid_until_ms;
        p->revoked = was->revoked;
        p->derived_from = was->derived_from;
        p->derived_count = was->derived_count;
        p->related_to = was->related_to;
        p->related_count = was->related_count;
        p->references = was->references;
        p->reference_count = was->reference_count;
}

static void derive(const struct saving *s, struct playbook *p)
{
        const char **from = arena_array(s->a, 1, sizeof(*from));

        from[0] = s->was->id;
        p->derived_from = from;
        p->derived_count = 1;
        p->created_by = s->ops->unit;
        p->created_ns = p->modified_ns = s->now_ms * NS_PER_MS;
}

static enum rc from_list(const struct saving *s, const char *text, size_t len, struct str *out,
                         struct err *err)
{
        struct playbook_list_head head = {.id = s->was->id,
                                          .created_by = s->was->created_by,
                                          .now_ns = s->now_ms * NS_PER_MS,
                                          .was = s->was};
        const struct playbook *read;
        enum rc rc = playbook_list_read(text, len, &head, s->a, &read, err);
        struct playbook p;

        if (rc == RC_OK)
                rc = check_id(s->was, read->id, err);
        head.new_id = s->new_id;
        if (rc == RC_OK && s->new_id)
                rc = playbook_list_read(text, len, &head, s->a, &read, err);
        if (rc != RC_OK)
                return rc;
        p = *read;
        keep_head(s->was, &p);
        if (s->new_id)
                derive(s, &p);
        else if (p.modified_ns <= s->was->modified_ns)
                p.modified_ns = s->now_ms * NS_PER_MS;
        cacao_write(&p, out);
        return RC_OK;
}

static void derive_document(const struct saving *s, const char *stamp, struct json_t *j)
{
        struct json_t *from = json_new_list();

        json_push_text(from, s->was->id);
        json_set(j, "derived_from", from);
        json_set_text(j, "id", s->new_id);
        json_set_text(j, "created_by", s->ops->unit);
        json_set_text(j, "created", stamp);
}

static enum rc from_document(const struct saving *s, const char *text, size_t len, struct str *out,
                             struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        struct cacao_doc doc;
        char stamp[STAMP_BYTES];
        enum rc rc = json_parse(text, len, &j, err);

        if (rc != RC_OK)
                return rc;
        cacao_read(text, len, CLOCK_NONE, s->a, &doc);
        rc = doc.playbook ? check_id(s->was, doc.playbook->id, err) : RC_OK;
        if (rc != RC_OK)
                return rc;
        if (!s->new_id && doc.playbook && doc.playbook->modified_ns > s->was->modified_ns) {
                str_addn(out, text, len);
                return RC_OK;
        }
        stamp_format(s->now_ms, stamp);
        json_set_text(j, "modified", stamp);
        json_drop(j, "signatures");
        if (s->new_id)
                derive_document(s, stamp, j);
        json_print(j, 2, out);
        return RC_OK;
}

static char *findings_of(const struct cacao_doc *doc)
{
        struct str out;

        str_init(&out, FINDINGS_BYTES_MAX);
        for (size_t i = 0; i < doc->finding_count; i++) {
                const struct cacao_finding *f = &doc->findings[i];

                str_addf(&out, "%-9s  %s%s%s\n", cacao_verdict_name(f->verdict), f->path,
                         *f->path ? ": " : "", f->message);
        }
        return str_take(&out);
}

static const char *worst_of(const struct cacao_doc *doc)
{
        for (size_t i = 0; i < doc->finding_count; i++)
                if (doc->findings[i].verdict == doc->verdict)
                        return doc->findings[i].message;
        return "it can't be run";
}

static enum rc judge(const struct cacao_doc *doc, char **ret_findings, struct err *err)
{
        if (doc->verdict <= CACAO_WARN)
                return RC_OK;
        *ret_findings = findings_of(doc);
        return err_set(err, RC_INVALID, "%s", worst_of(doc));
}

static enum rc check_changed(const struct held_playbook *p, const char *text, size_t len,
                             struct err *err)
{
        CLEANUP(str_finish) struct str before = {0};
        const char *suffix;
        enum rc rc;

        str_init(&before, PLAYBOOK_EDIT_MAX);
        rc = ops_playbook_edit(p, &before, &suffix, err);
        if (rc == RC_OK && before.len == len && memcmp(before.s, text, len) == 0)
                return err_set(err, RC_CONFLICT, "nothing was changed");
        return rc;
}

static enum rc write_new(const struct saving *s, const char *text, size_t len, struct str *out,
                         struct err *err)
{
        enum rc rc = (is_list(text, len) ? from_list : from_document)(s, text, len, out, err);

        return rc == RC_OK && out->over ? err_set(err, RC_INVALID, "it is too large") : rc;
}

static enum rc save(struct ops *ops, const struct held_playbook *p, const char *text, size_t len,
                    struct playbook_saved *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str made = {0};
        const struct import_options o = {.name = "what was edited"};
        struct saving s = {.ops = ops, .was = p->doc.playbook, .now_ms = clock_now_ms(), .a = &a};
        struct import_result done;
        struct cacao_doc doc;
        char id[STIX_ID_MAX];
        enum rc rc;

        str_init(&made, PLAYBOOK_EDIT_MAX);
        ident_stix("playbook", id);
        s.new_id = ret->is_derived ? id : NULL;
        rc = write_new(&s, text, len, &made, err);
        if (rc != RC_OK)
                return rc;
        cacao_read(made.s, made.len, s.now_ms, &a, &doc);
        rc = judge(&doc, &ret->findings, err);
        if (rc == RC_OK)
                cacao_carrier_id(&doc, ret->id);
        return rc == RC_OK ? ops_import_playbooks(ops, made.s, made.len, &o, &done, err) : rc;
}

static bool is_empty(const char *text, size_t len)
{
        while (len && strchr(" \t\r\n", text[len - 1]))
                len--;
        return len == 0;
}

enum rc ops_playbook_save(struct ops *ops, const struct held_playbook *p, const char *text,
                          size_t len, struct playbook_saved *ret, struct err *err)
{
        const char *by = p->doc.playbook ? p->doc.playbook->created_by : NULL;
        enum rc rc = is_empty(text, len)
                             ? err_set(err, RC_CONFLICT, "given up, nothing was changed")
                             : check_changed(p, text, len, err);

        *ret = (struct playbook_saved){.is_derived = !by || strcmp(by, ops->unit) != 0};
        if (rc == RC_OK && (rc = save(ops, p, text, len, ret, err)) != RC_OK)
                ret->is_kept = keep_draft(ops, p, text, len);
        else
                drop_draft(ops, p);
        return rc;
}
