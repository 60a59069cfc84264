/*
 * One thing, with everything that happened to it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/when.h"
#include "model/words.h"

#include "app/showing.h"

#include "app_private.h"

#define PAGE        200
#define ENTRIES_MAX 20000

/* ---- reading ------------------------------------------------------------------------------- */

static bool is_known(const struct showing *s, const struct row *entry)
{
        return s->at_ms == CLOCK_NONE || thing_ms(&entry->thing, "recorded") <= s->at_ms;
}

/* The store gives them newest first, a page at a time. */
static enum rc read_log(struct showing *s, struct ops *ops, struct err *err)
{
        int64_t before = 0;
        size_t count = 0, cap = 0;
        enum rc rc = RC_OK;

        do {
                struct row *rows = NULL;

                rc = thing_log(ops->store, s->view.row.thing.id, before, PAGE, s->arena, &rows,
                               &count, err);
                if (rc != RC_OK)
                        return rc;
                if (s->log_count + count > cap) {
                        cap = 2 * cap + PAGE;
                        s->log = xreallocarray(s->log, cap, sizeof(*s->log));
                }
                for (size_t i = 0; i < count; i++)
                        if (is_known(s, &rows[i]))
                                s->log[s->log_count++] = rows[i];
                before = count ? rows[count - 1].rid : 0;
        } while (count == PAGE && s->log_count < ENTRIES_MAX);
        for (size_t i = 0; i < s->log_count / 2; i++) {
                struct row swap = s->log[i];

                s->log[i] = s->log[s->log_count - 1 - i];
                s->log[s->log_count - 1 - i] = swap;
        }
        return rc;
}

const struct fold_entry *showing_entry(const struct showing *s, const char *id)
{
        for (size_t i = 0; i < s->view.folded.log_count; i++)
                if (strcmp(s->view.folded.log[i].act->id, id) == 0)
                        return &s->view.folded.log[i];
        return NULL;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void copy_text(struct json_t *obj, const char *name, const struct thing *t,
                      const char *field)
{
        const char *text = thing_text(t, field);

        json_set(obj, name, text ? json_new_text(text) : json_new_null());
}

/* The entry that corrects it, of those known then. */
const struct act *showing_corrector(const struct showing *s, const char *id)
{
        for (size_t i = s->view.folded.log_count; i > 0; i--) {
                const struct fold_entry *entry = &s->view.folded.log[i - 1];
                const char *corrects = act_detail(entry->act, "corrects");

                if (entry->applied && corrects && strcmp(corrects, id) == 0)
                        return entry->act;
        }
        return NULL;
}

static void add_details(struct json_t *obj, const struct act *act)
{
        struct json_t *details;

        if (!act->detail_count)
                return;
        details = json_new_obj();
        for (size_t i = 0; i < act->detail_count; i++)
                json_set_text(details, act->details[i].name, act->details[i].value);
        json_set(obj, "detail", details);
}

static struct json_t *json_of_entry(const struct showing *s, const struct row *row)
{
        const struct fold_entry *entry = showing_entry(s, row->thing.id);
        const struct act *by = showing_corrector(s, row->thing.id);
        struct json_t *obj = json_new_obj();

        copy_text(obj, "occurred", &row->thing, "occurred");
        copy_text(obj, "recorded", &row->thing, "recorded");
        copy_text(obj, "operator", &row->thing, "operator");
        copy_text(obj, "role", &row->thing, "role");
        copy_text(obj, "console", &row->thing, "console");
        copy_text(obj, "verb", &row->thing, "verb");
        copy_text(obj, "text", &row->thing, "text");
        copy_text(obj, "reason", &row->thing, "reason");
        json_set_text(obj, "id", row->thing.id);
        copy_text(obj, "scope", &row->thing, "scope");
        copy_text(obj, "corrects", &row->thing, "corrects");
        json_set(obj, "corrected_by", by ? json_new_text(by->id) : json_new_null());
        if (entry)
                add_details(obj, entry->act);
        json_set_bool(obj, "applied", !entry || entry->applied);
        if (entry && !entry->applied)
                json_set_text(obj, "why_not", entry->why_not);
        return obj;
}

bool showing_is_decision(const struct fold_entry *entry)
{
        return entry->applied && entry->act->verb && strcmp(entry->act->verb, "decide") == 0;
}

static struct json_t *json_of_decision(const struct showing *s, const struct act *act)
{
        const struct act *by = showing_corrector(s, act->id);
        struct json_t *obj = json_new_obj();
        char at[STAMP_BYTES];

        stamp_format(act->occurred_ms, at);
        json_set_text(obj, "id", act->id);
        json_set_text(obj, "occurred", at);
        json_set_text(obj, "operator", act->operator);
        for (size_t i = 0; i < act->detail_count; i++)
                json_set_text(obj, act->details[i].name, act->details[i].value);
        json_set(obj, "corrected_by", by ? json_new_text(by->id) : json_new_null());
        return obj;
}

static struct json_t *json_of_ids(const struct row *rows, size_t count)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < count; i++)
                json_push_text(list, rows[i].thing.id);
        return list;
}

/* Who else names it. */
static struct json_t *json_of_named(const struct showing *s, const char *field)
{
        struct row *rows = NULL;
        size_t count = 0;

        if (ops_named_by(s->ops, &s->view.row.thing, field, s->at_ms, s->arena, &rows, &count,
                         NULL) != RC_OK)
                count = 0;
        return json_of_ids(rows, count);
}

static void show_json(const struct showing *s)
{
        const struct row row = s->view.row;
        struct json_t *obj = json_of_row(&row);
        struct json_t *timeline = json_new_list(), *conflicts = json_new_list();
        struct json_t *decisions = json_new_list();
        const struct folded *f = &s->view.folded;

        for (size_t i = 0; i < s->log_count; i++)
                json_push(timeline, json_of_entry(s, &s->log[i]));
        for (size_t i = 0; i < f->head_count; i++)
                if (f->heads[i].conflict)
                        json_push(conflicts, json_of_conflict(f, &f->heads[i]));
        for (size_t i = 0; i < f->log_count; i++)
                if (showing_is_decision(&f->log[i]))
                        json_push(decisions, json_of_decision(s, f->log[i].act));
        if (row.thing.kind == &kind_incident) {
                json_set(obj, "duplicates", json_of_named(s, "duplicate_of"));
                json_set(obj, "linked_from", json_of_named(s, "links"));
                json_set(obj, "requests", json_of_ids(s->help.requests, s->help.request_count));
                json_set(obj, "deployments",
                         json_of_ids(s->help.deployments, s->help.deployment_count));
                json_set(obj, "clocks", json_of_clocks(&s->clocks, s->arena));
        }
        json_set(obj, "timeline", timeline);
        json_set(obj, "conflicts", conflicts);
        json_add_parts(obj, &s->view);
        if (s->view.row.thing.kind == &kind_rota)
                json_add_duties(obj, &s->duties);
        if (s->run)
                json_add_run(obj, s->run);
        if (s->playbook.doc.bytes) {
                json_add_playbook(obj, s->ops, &s->playbook, s->arena);
                json_add_playbook_times(obj, &s->times);
        }
        json_set(obj, "decisions", decisions);
        print_json(obj);
}

/* ---- the command --------------------------------------------------------------------------- */

static enum rc show(struct showing *s, struct ops *ops, const char *ref, bool json, struct err *err)
{
        const char *id;
        s->ops = ops;
        enum rc rc = ops_resolve(ops, ref, s->arena, &id, err);

        if (rc == RC_OK)
                rc = ops_view(ops, id, s->at_ms, s->arena, &s->view, err);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_incident)
                clocks_derive(ops->law, &s->view.folded, s->arena, &s->clocks);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_incident && s->at_ms == CLOCK_NONE)
                rc = ops_help_of(ops, id, s->arena, &s->help, err);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_rota)
                rc = ops_duties(ops, &s->view.row.thing,
                                s->at_ms == CLOCK_NONE ? clock_now_ms() : s->at_ms, s->arena,
                                &s->duties, err);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_run && s->at_ms == CLOCK_NONE)
                rc = ops_run_open(ops, id, &s->run, err);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_playbook)
                rc = ops_playbook(ops, id, s->arena, &s->playbook, err);
        if (rc == RC_OK && s->playbook.doc.bytes)
                rc = ops_playbook_times(ops, id, s->arena, &s->times, err);
        if (rc == RC_OK)
                rc = read_log(s, ops, err);
        if (rc != RC_OK)
                return rc;
        if (json)
                show_json(s);
        else
                showing_print(s);
        return RC_OK;
}

int cmd_show(struct app *app, const struct args *args)
{
        const char *at = args_option(args, "--at");
        struct showing s = {.app = app, .arena = &app->arena, .at_ms = CLOCK_NONE};
        struct err err = {0};
        struct ops ops;
        enum rc rc;

        if (at && when_read_known(at, clock_now_ms(), &s.at_ms, &err) != RC_OK)
                return usage_fail("--at: %s", err.text);
        rc = app_open(app, APP_READ, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = show(&s, &ops, args->words[0], args_option(args, "--json") != NULL, &err);
        free(s.log);
        ops_run_close(s.run);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
