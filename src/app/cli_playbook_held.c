/*
 * Playbooks that are held: started, compared, given back; and the library that comes with Muster.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "ops/runs.h"

#include "app_private.h"

#define REF_COLUMNS 12

/* ---- the library --------------------------------------------------------------------------- */

int cmd_playbook_library(struct app *app, const struct args *args)
{
        struct err err = {0};
        struct ops ops;
        int count = 0;
        enum rc rc = app_open(app, APP_WRITE, true, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_import_library(&ops, NULL, &count, &err);
        ops_close(&ops);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        if (args_option(args, "--json")) {
                struct json_t *obj = json_new_obj();

                json_set_int(obj, "new", count);
                print_json(obj);
        } else {
                printf("%d new playbooks\n", count);
        }
        return DONE;
}

/* ---- suggestions --------------------------------------------------------------------------- */

static void print_suggestions(const struct playbook_suggestion *list, size_t count, bool json)
{
        struct json_t *all = json ? json_new_list() : NULL;

        for (size_t i = 0; i < count; i++) {
                if (json) {
                        struct json_t *obj = json_of_row(&list[i].row);

                        json_set_text(obj, "why", list[i].why);
                        json_set_int(obj, "reasons", list[i].reasons);
                        json_push(all, obj);
                        continue;
                }
                print_cell(list[i].row.ref, REF_COLUMNS);
                print_cell(thing_text(&list[i].row.thing, "title"), 0);
                printf(" (");
                print_cell(list[i].why, 0);
                printf(")\n");
        }
        if (json)
                print_json(all);
}

int cmd_playbook_suggest(struct app *app, const struct args *args)
{
        struct playbook_suggestion *list = NULL;
        struct err err = {0};
        const char *id = NULL;
        size_t count = 0;
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_resolve(&ops, args->words[0], &app->arena, &id, &err);
        if (rc == RC_OK)
                rc = ops_playbooks_suggest(&ops, id, &app->arena, &list, &count, &err);
        if (rc == RC_OK)
                print_suggestions(list, count, args_option(args, "--json") != NULL);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

/* ---- starting ------------------------------------------------------------------------------ */

/* One of the library comes in when it is first asked for by its name; in a dry run it must be here.
 */
static enum rc find_in_library(struct app *app, struct ops *ops, const char *said, bool may_write,
                               const char **ret, struct err *err)
{
        struct row row;
        int count = 0;
        enum rc rc = ops_library_id(said, &app->arena, ret, err);

        if (rc != RC_OK || thing_by_id(ops->store, *ret, &app->arena, &row, NULL) == RC_OK)
                return rc;
        return may_write ? ops_import_library(ops, said, &count, err) : RC_NOTFOUND;
}

static enum rc find_playbook(struct app *app, struct ops *ops, const char *said, bool may_write,
                             const char **ret, struct err *err)
{
        enum rc rc = ops_resolve(ops, said, &app->arena, ret, err);

        if (rc == RC_NOTFOUND && find_in_library(app, ops, said, may_write, ret, NULL) == RC_OK) {
                err_clear(err);
                return RC_OK;
        }
        return rc;
}

static enum rc read_starting(struct app *app, struct ops *ops, const struct args *args,
                             struct run_starting *ret, struct err *err)
{
        bool dry = args_option(args, "--dry-run") != NULL;
        const char *incident = args_option(args, "--incident");
        enum rc rc = find_playbook(app, ops, args->words[0], !dry, &ret->playbook, err);

        ret->hash = args_option(args, "--content");
        ret->title = args_option(args, "--title");
        ret->despite = args_option(args, "--reason");
        if (rc == RC_OK && incident)
                rc = ops_resolve(ops, incident, &app->arena, &ret->incident, err);
        return rc;
}

static enum rc show_dry(struct ops *ops, const struct run_starting *s, bool json, struct err *err)
{
        CLEANUP(ops_run_cleanup) struct ops_run *run = NULL;
        enum rc rc = ops_run_try(ops, s, &run, err);

        if (rc != RC_OK)
                return rc;
        if (json) {
                struct json_t *obj = json_of_row(ops_run_row(run));

                json_add_run(obj, run);
                print_json(obj);
        } else {
                print_cell(thing_text(&ops_run_row(run)->thing, "title"), 0);
                printf("\n");
                print_run(run);
        }
        return RC_OK;
}

static bool lacks_reason(struct ops *ops, const struct run_starting *s, const struct err *err)
{
        CLEANUP(ops_run_cleanup) struct ops_run *run = NULL;
        struct run_starting with = *s;

        with.despite = "-";
        return err->rc == RC_INVALID && !s->despite && ops_run_try(ops, &with, &run, NULL) == RC_OK;
}

int cmd_playbook_run(struct app *app, const struct args *args)
{
        bool dry = args_option(args, "--dry-run"), json = args_option(args, "--json");
        struct run_starting s = {.playbook = NULL};
        struct err err = {0};
        char id[STIX_ID_MAX];
        struct ops ops;
        int status = DONE;
        enum rc rc = app_open(app, dry ? APP_READ : APP_WRITE, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = read_starting(app, &ops, args, &s, &err);
        bool asked = rc == RC_OK;
        if (rc == RC_OK && dry)
                rc = show_dry(&ops, &s, json, &err);
        else if (rc == RC_OK)
                rc = ops_run_start(&ops, &s, id, &err);
        if (rc == RC_OK && !dry)
                status = print_thing(app, &ops, id, json);
        if (rc != RC_OK)
                status = asked && lacks_reason(&ops, &s, &err) ? app_fail_for_reason(rc, &err)
                                                               : app_fail(rc, &err);
        ops_close(&ops);
        return status;
}

/* ---- another version ----------------------------------------------------------------------- */

struct comparing {
        struct app *app;
        struct ops *ops;
        struct ops_run *run; /* NULL: of a playbook */
        struct playbook_diff diff;
        struct run_move move;
        char from[HASH_TEXT], to[HASH_TEXT];
};

static enum rc compare_run(struct comparing *c, const char *id, const char *to, struct err *err)
{
        enum rc rc = ops_run_open(c->ops, id, &c->run, err);

        if (rc != RC_OK)
                return rc;
        if (!to)
                to = ops_run_newer(c->run);
        if (!to || !ops_run_playbook(c->run))
                return err_set(err, RC_NOTFOUND, "there is no newer version of its playbook");
        snprintf(c->from, HASH_TEXT, "%s", ops_run_playbook(c->run)->hash);
        snprintf(c->to, HASH_TEXT, "%s", to);
        return ops_run_compare(c->run, to, &c->app->arena, &c->diff, &c->move, err);
}

static enum rc compare_versions(struct comparing *c, const char *id, const char *from,
                                const char *to, struct err *err)
{
        struct playbook_version *list = NULL;
        struct held_playbook was, now;
        size_t count = 0;
        enum rc rc = ops_playbook_versions(c->ops, id, &c->app->arena, &list, &count, err);

        if (rc == RC_OK && count < 2 && !(from && to))
                rc = err_set(err, RC_NOTFOUND, "only one version of it is held");
        if (rc != RC_OK)
                return rc;
        snprintf(c->from, HASH_TEXT, "%s", from ? from : list[1].hash);
        snprintf(c->to, HASH_TEXT, "%s", to ? to : list[0].hash);
        rc = ops_playbook_content(c->ops, c->from, &c->app->arena, &was, err);
        if (rc == RC_OK)
                rc = ops_playbook_content(c->ops, c->to, &c->app->arena, &now, err);
        if (rc == RC_OK && (!was.doc.playbook || !now.doc.playbook))
                rc = err_set(err, RC_INVALID, "one of them can't be read");
        if (rc == RC_OK)
                playbook_diff(was.doc.playbook, now.doc.playbook, &c->app->arena, &c->diff);
        return rc;
}

static const char *change_name(enum playbook_change_kind kind)
{
        static const char *const names[] = {[CHANGE_ADDED] = "added",
                                            [CHANGE_REMOVED] = "removed",
                                            [CHANGE_CHANGED] = "changed"};

        return names[kind];
}

static void print_change(const struct playbook_change *ch)
{
        printf("  %s: %s%s", change_name(ch->kind), ch->number ? ch->number : "",
               ch->number ? " " : "");
        print_cell(ch->title, 0);
        if (ch->before) {
                printf(" (before: ");
                print_cell(ch->before, 0);
                printf(")");
        }
        printf("%s", ch->what ? ": " : "");
        print_cell(ch->what ? ch->what : "", 0);
        printf("\n");
}

static void print_losses(const char *what, const struct run_loss *list, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                printf("  %s: %s by ", what, play_verb_row(list[i].event->verb)->name);
                print_cell(list[i].event->who, 0);
                printf(": ");
                print_cell(list[i].why, 0);
                printf("\n");
        }
}

static void print_diff(const struct comparing *c)
{
        printf("%.12s -> %.12s: %zu steps added, %zu removed, %zu changed\n", c->from, c->to,
               c->diff.added, c->diff.removed, c->diff.changed);
        if (c->diff.head) {
                printf("  playbook: ");
                print_cell(c->diff.head, 0);
                printf("\n");
        }
        for (size_t i = 0; i < c->diff.count; i++)
                print_change(&c->diff.changes[i]);
        print_losses("would be lost", c->move.losses, c->run ? c->move.count : 0);
        print_losses("would wait", c->move.waiting, c->run ? c->move.waiting_count : 0);
}

static struct json_t *json_losses(const struct run_loss *list, size_t count)
{
        struct json_t *all = json_new_list();

        for (size_t i = 0; i < count; i++) {
                struct json_t *one = json_new_obj();

                json_set_text(one, "entry", list[i].event->id);
                json_set_text(one, "why", list[i].why);
                json_push(all, one);
        }
        return all;
}

static void json_diff(const struct comparing *c)
{
        struct json_t *obj = json_new_obj(), *changes = json_new_list();

        for (size_t i = 0; i < c->diff.count; i++) {
                const struct playbook_change *ch = &c->diff.changes[i];
                struct json_t *one = json_new_obj();

                json_set_text(one, "change", change_name(ch->kind));
                json_set_text(one, ch->variable ? "variable" : "step", ch->id);
                json_set_text(one, "title", ch->title);
                json_set_text_or_null(one, "number", ch->number);
                json_set_text_or_null(one, "before", ch->before);
                json_set_text_or_null(one, "what", ch->what);
                json_push(changes, one);
        }
        json_set_text(obj, "from", c->from);
        json_set_text(obj, "to", c->to);
        json_set_text_or_null(obj, "playbook", c->diff.head);
        json_set(obj, "changes", changes);
        json_set(obj, "losses", json_losses(c->move.losses, c->run ? c->move.count : 0));
        json_set(obj, "waiting", json_losses(c->move.waiting, c->run ? c->move.waiting_count : 0));
        print_json(obj);
}

int cmd_playbook_diff(struct app *app, const struct args *args)
{
        const char *from = args_option(args, "--from"), *to = args_option(args, "--to"), *id = NULL;
        struct err err = {0};
        struct row row;
        struct ops ops;
        struct comparing c = {.app = app, .ops = &ops};
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_resolve(&ops, args->words[0], &app->arena, &id, &err);
        if (rc == RC_OK)
                rc = thing_by_id(ops.store, id, &app->arena, &row, &err);
        if (rc == RC_OK)
                rc = row.thing.kind == &kind_run ? compare_run(&c, id, to, &err)
                                                 : compare_versions(&c, id, from, to, &err);
        if (rc == RC_OK && args_option(args, "--json"))
                json_diff(&c);
        else if (rc == RC_OK)
                print_diff(&c);
        ops_run_close(c.run);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

/* ---- the document -------------------------------------------------------------------------- */

static enum rc write_document(const char *path, const struct held_playbook *p, struct err *err)
{
        CLEANUP(outfile_drop) struct outfile out = {.fd = -1};
        enum rc rc = outfile_open(path, &out, err);

        if (rc == RC_OK)
                rc = outfile_write(&out, p->doc.bytes, p->doc.len, err);
        return rc == RC_OK ? outfile_done(&out, err) : rc;
}

int cmd_playbook_export(struct app *app, const struct args *args)
{
        const char *content = args_option(args, "--content"), *id = NULL;
        struct held_playbook p;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_resolve(&ops, args->words[0], &app->arena, &id, &err);
        if (rc == RC_OK)
                rc = content ? ops_playbook_content(&ops, content, &app->arena, &p, &err)
                             : ops_playbook(&ops, id, &app->arena, &p, &err);
        if (rc == RC_OK && strcmp(p.row.thing.id, id) != 0)
                rc = err_set(&err, RC_NOTFOUND, "%s never had that content", args->words[0]);
        if (rc == RC_OK && thing_rank(&p.row.thing, "tlp") > (int)ops.ceiling)
                rc = err_set(&err, RC_DENIED, "%s is above the ceiling of this console", p.row.ref);
        if (rc == RC_OK)
                rc = write_document(args->words[1], &p, &err);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
