/*
 * A playbook that is held, in one's own editor.
 */
#include <stdio.h>
#include <stdlib.h>

#include "app/editor.h"
#include "base/str.h"
#include "ops/playbook_edit.h"

#include "app_private.h"

/* ret->findings is the caller's. */
static enum rc edit(struct ops *ops, const struct held_playbook *p, struct playbook_saved *ret,
                    struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};
        AUTO_FREE char *now = NULL;
        struct edited_text t = {.text = NULL};
        size_t len = 0;
        enum rc rc;

        str_init(&text, PLAYBOOK_EDIT_MAX);
        rc = ops_playbook_edit_on(ops, p, &text, &t.suffix, err);
        t.text = str_text(&text);
        t.len = text.len;
        if (rc == RC_OK)
                rc = editor_edit(&t, &now, &len, err);
        return rc == RC_OK ? ops_playbook_save(ops, p, now, len, ret, err) : rc;
}

static int refuse(const char *ref, const struct playbook_saved *s, enum rc rc, struct err *err)
{
        int status;

        err_wrap(err, rc, rc == RC_INVALID ? "%s is as it was" : "%s", ref);
        status = app_fail(rc, err);
        if (s->findings)
                fputs(s->findings, stderr);
        if (s->is_kept)
                fprintf(stderr,
                        "what you typed is kept: muster playbook edit %s goes on with it; save an "
                        "empty file to give it up\n",
                        ref);
        return status;
}

static int tell(struct app *app, struct ops *ops, const char *ref, const struct playbook_saved *s,
                bool json)
{
        int status = print_thing(app, ops, s->id, json);

        if (json || status != DONE)
                return status;
        if (s->is_derived)
                printf("is new, your own, derived from %s: that is another's and stays as it is\n",
                       ref);
        else
                printf("%s has a new version; runs stay with theirs\n", ref);
        return DONE;
}

int cmd_playbook_edit(struct app *app, const struct args *args)
{
        struct playbook_saved s = {.findings = NULL};
        struct held_playbook p;
        struct err err = {0};
        const char *id = NULL;
        struct ops ops;
        enum rc rc = app_open(app, APP_WRITE, false, &ops, &err);
        int status;

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_resolve(&ops, args->words[0], &app->arena, &id, &err);
        if (rc == RC_OK)
                rc = ops_playbook(&ops, id, &app->arena, &p, &err);
        if (rc != RC_OK) {
                status = app_fail(rc, &err);
        } else {
                const char *ref = p.row.ref ? p.row.ref : args->words[0];

                rc = edit(&ops, &p, &s, &err);
                status = rc == RC_OK ? tell(app, &ops, ref, &s, args_option(args, "--json") != NULL)
                                     : refuse(ref, &s, rc, &err);
        }
        free(s.findings);
        ops_close(&ops);
        return status;
}
