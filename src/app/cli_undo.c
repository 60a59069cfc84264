/*
 * muster undo: takes back the last change of this console, as the key u does.
 */
#include <stdio.h>

#include "base/json.h"
#include "base/mem.h"
#include "ops/ops.h"

#include "app_private.h"

static void say(const struct args *args, bool dry_run, const char *what)
{
        if (args_option(args, "--json")) {
                struct json_t *j = json_new_obj();

                json_set_text(j, dry_run ? "would_be_undone" : "undone", what);
                print_json(j);
        } else {
                printf("%s: %s\n", dry_run ? "would be undone" : "undone", what);
        }
}

int cmd_undo(struct app *app, const struct args *args)
{
        bool dry_run = args_option(args, "--dry-run") != NULL;
        AUTO_FREE char *what = NULL;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, dry_run ? APP_READ : APP_WRITE, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = dry_run ? ops_undo_what(&ops, &what, &err) : ops_undo(&ops, &what, &err);
        ops_close(&ops);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        say(args, dry_run, what);
        return DONE;
}
