/*
 * Playbooks as checklists: a list becomes a playbook, a playbook a list.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/str.h"
#include "wire/cacao.h"
#include "wire/playbook_list.h"

#include "app_private.h"

/* Standard output, or the file that --out names: whole or not at all. */
static int put(const struct args *args, const struct str *text)
{
        CLEANUP(outfile_drop) struct outfile out = {.fd = -1};
        const char *path = args_option(args, "--out");
        struct err err = {0};
        enum rc rc = outfile_open(path ? path : "-", &out, &err);

        if (rc == RC_OK)
                rc = outfile_write(&out, str_text(text), text->len, &err);
        if (rc == RC_OK)
                rc = outfile_done(&out, &err);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

static int refuse(const char *path, struct err *err)
{
        err_wrap(err, err->rc, "%s", path);
        return app_fail(err->rc, err);
}

/* Where there is a database it is by its unit, which may then make versions of it. */
static void author(struct app *app, char ret[STIX_ID_MAX])
{
        CLEANUP(ops_close) struct ops ops = {0};

        if (app_open(app, APP_READ, false, &ops, NULL) == RC_OK)
                snprintf(ret, STIX_ID_MAX, "%s", ops.unit);
        else
                ident_stix("identity", ret);
}

/* On standard error: the document itself may go to standard output. */
static void tell_findings(const struct str *text)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct cacao_doc doc;

        cacao_read(str_text(text), text->len, clock_now_ms(), &a, &doc);
        if (doc.finding_count)
                fprintf(stderr, "%s:\n", cacao_verdict_name(doc.verdict));
        for (size_t i = 0; i < doc.finding_count; i++)
                fprintf(stderr, "  %s%s%s\n", doc.findings[i].path,
                        *doc.findings[i].path ? ": " : "", doc.findings[i].message);
}

static void tell_id(const char *id)
{
        fprintf(stderr,
                "the same list gives another playbook next time, unless it says which one below "
                "its "
                "heading:\nId: %s\n",
                id);
}

int cmd_playbook_new(struct app *app, const struct args *args)
{
        const char *from = args_option(args, "--from");
        AUTO_FREE char *text = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        char id[STIX_ID_MAX], by[STIX_ID_MAX];
        const struct playbook_list_head head = {.name = args->count ? args->words[0] : NULL,
                                                .id = id,
                                                .created_by = by,
                                                .now_ns = clock_now_ms() * 1000000};
        const struct playbook *p = NULL;
        struct err err = {0};
        size_t len;
        enum rc rc;
        int status;

        str_init(&out, PLAYBOOK_BYTES_MAX);
        if (!from)
                return usage_fail("playbook new needs --from FILE, a list in Markdown");
        ident_stix("playbook", id);
        author(app, by);
        rc = file_read(from, PLAYBOOK_LIST_BYTES_MAX, &text, &len, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        if (playbook_list_read(text, len, &head, &a, &p, &err) != RC_OK)
                return refuse(from, &err);
        cacao_write(p, &out);
        str_addc(&out, '\n');
        status = put(args, &out);
        if (status == DONE)
                tell_findings(&out);
        if (status == DONE && strcmp(p->id, id) == 0)
                tell_id(id);
        return status;
}

int cmd_playbook_list(struct app *app, const struct args *args)
{
        AUTO_FREE char *text = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        struct cacao_file file;
        struct err err = {0};
        size_t len;
        enum rc rc = file_read(args->words[0], CACAO_FILE_MAX, &text, &len, &err);

        (void)app;
        str_init(&out, PLAYBOOK_BYTES_MAX);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        cacao_read_file(text, len, clock_now_ms(), &a, &file);
        if (file.doc_count != 1 || file.verdict >= CACAO_VIEW_ONLY)
                err_set(&err, RC_INVALID, "is not one playbook that can be run");
        else
                playbook_list_write(file.docs[0].playbook, &out, &err);
        return err.text[0] ? refuse(args->words[0], &err) : put(args, &out);
}
