#include "ops/playbook_edit.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "wire/playbook_list.h"

#define FINDINGS_BYTES_MAX (256 * 1024)
#define NS_PER_MS          1000000

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

/* ---- back ------------------------------------------------------------------------------------ */

static bool is_list(const char *text, size_t len)
{
        size_t n = 0;

        while (n < len && strchr(" \t\r\n", text[n]))
                n++;
        return n == len || (text[n] != '{' && text[n] != '[');
}

static enum rc from_list(const struct playbook *was, const char *text, size_t len, struct arena *a,
                         struct str *out, struct err *err)
{
        const struct playbook_list_head head = {
                .id = was->id, .created_by = was->created_by, .now_ns = clock_now_ms() * NS_PER_MS};
        const struct playbook *read;
        enum rc rc = playbook_list_read(text, len, &head, a, &read, err);
        struct playbook p;

        if (rc != RC_OK)
                return rc;
        p = *read;
        if (p.modified_ns <= was->modified_ns)
                p.modified_ns = clock_now_ms() * NS_PER_MS;
        cacao_write(&p, out);
        return RC_OK;
}

static enum rc from_document(const struct playbook *was, const char *text, size_t len,
                             struct arena *a, struct str *out, struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        struct cacao_doc doc;
        char stamp[STAMP_BYTES];
        enum rc rc = json_parse(text, len, &j, err);

        if (rc != RC_OK)
                return rc;
        cacao_read(text, len, CLOCK_NONE, a, &doc);
        if (doc.playbook && doc.playbook->modified_ns > was->modified_ns) {
                str_addn(out, text, len);
                return RC_OK;
        }
        stamp_format(clock_now_ms(), stamp);
        json_set_text(j, "modified", stamp);
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

static enum rc judge(const struct held_playbook *was, const struct cacao_doc *doc,
                     char **ret_findings, struct err *err)
{
        if (doc->playbook && strcmp(doc->playbook->id, was->doc.playbook->id) != 0)
                return err_set(err, RC_CONFLICT, "its id was changed: that is another playbook");
        if (doc->verdict <= CACAO_WARN)
                return RC_OK;
        *ret_findings = findings_of(doc);
        return err_set(err, RC_INVALID, "%s", worst_of(doc));
}

enum rc ops_playbook_save(struct ops *ops, const struct held_playbook *p, const char *text,
                          size_t len, char **ret_findings, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str made = {0}, before = {0};
        const struct import_options o = {.name = "what was edited"};
        struct import_result done;
        struct cacao_doc doc;
        const char *suffix;
        enum rc rc;

        *ret_findings = NULL;
        str_init(&made, PLAYBOOK_EDIT_MAX);
        str_init(&before, PLAYBOOK_EDIT_MAX);
        rc = ops_playbook_edit(p, &before, &suffix, err);
        if (rc == RC_OK && before.len == len && memcmp(before.s, text, len) == 0)
                return err_set(err, RC_CONFLICT, "nothing was changed");
        if (rc == RC_OK)
                rc = (is_list(text, len) ? from_list : from_document)(p->doc.playbook, text, len,
                                                                      &a, &made, err);
        if (rc == RC_OK && made.over)
                rc = err_set(err, RC_INVALID, "it is too large");
        if (rc != RC_OK)
                return rc;
        cacao_read(made.s, made.len, clock_now_ms(), &a, &doc);
        rc = judge(p, &doc, ret_findings, err);
        return rc == RC_OK ? ops_import_playbooks(ops, made.s, made.len, &o, &done, err) : rc;
}
