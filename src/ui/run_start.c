/*
 * Starting a playbook: chosen for an incident, those that fit it first, each with its reason; shown
 * dry; started.
 */
#include <stdio.h>
#include <string.h>

#include "ui/list.h"
#include "ui/picker.h"
#include "ui/playbooks_view.h"
#include "ui/prompt.h"
#include "ui/rows_found.h"
#include "ui/run_view.h"
#include "ui_private.h"

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

/* ---- what there is to choose from ------------------------------------------------------------ */

struct offer {
        struct arena *a;
        struct picker_row *rows;
        size_t count;
        const char *incident; /* "" = none */
        const char *ref;      /* its reference */
};

/* What is taken says for what it is: "incident playbook". */
static void add_offer(struct offer *o, const char *group, const struct row *row, const char *why)
{
        const char *title = thing_text(&row->thing, "title");
        if (o->count == PICKER_ROWS_MAX)
                return;
        for (size_t i = 0; i < o->count; i++)
                if (strstr(o->rows[i].take, row->thing.id))
                        return;
        struct picker_row *r = &o->rows[o->count++];
        *r = (struct picker_row){.group = group,
                                 .text = title ? title : row->ref,
                                 .name = row->ref,
                                 .chord = "",
                                 .take = arena_printf(o->a, "%s %s", o->incident, row->thing.id)};
        r->why = why;
        if (why)
                r->more = arena_printf(o->a, "%s %s fits by: %s", row->ref, r->text, why);
        else if (*o->incident)
                r->more = arena_printf(o->a, "%s %s: nothing that is known of %s points to it",
                                       row->ref, r->text, o->ref);
        r->match = arena_printf(o->a, "%s %s %s", r->text, row->ref, why ? why : "");
}

static void add_suggestions(struct ui *ui, struct offer *o)
{
        struct playbook_suggestion *found;
        size_t count;
        if (!*o->incident ||
            ops_playbooks_suggest(ui_ops(ui), o->incident, o->a, &found, &count, NULL) != RC_OK)
                return;
        for (size_t i = 0; i < count; i++)
                add_offer(o, arena_printf(o->a, "Fits %s, the best first", o->ref), &found[i].row,
                          found[i].why);
}

static enum rc add_others(struct ui *ui, struct offer *o, struct err *err)
{
        struct row *rows;
        size_t count;
        enum rc rc = rows_found(ui, &kind_playbook, "-verdict:view-only,refused sort:title",
                                PICKER_ROWS_MAX, o->a, &rows, &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                add_offer(o, *o->incident ? "Others" : NULL, &rows[i], NULL);
        return rc;
}

static void chosen(struct ui *ui, const char *typed, const char *take)
{
        struct err err = {0};
        if (!take) {
                ui_notice(ui, NOTICE_FAIL, "no playbook has %s", typed);
                return;
        }
        AUTO_FREE char *incident = xstrndup(take, strcspn(take, " "));
        enum rc rc = run_view_try(ui, take + strcspn(take, " ") + 1, incident, &err);
        if (rc != RC_OK)
                ui_say_failure(ui, rc, &err);
}

enum rc run_cmd_choose(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *ref = NULL, *id = v->ops->current ? v->ops->current(v, &ref) : NULL;
        arena_init(&a);
        struct offer o = {.a = &a, .incident = id ? arena_strdup(&a, id) : ""};
        o.rows = arena_array(&a, PICKER_ROWS_MAX, sizeof(*o.rows));
        if (!id)
                return err_set(err, RC_NOTFOUND, "no incident is chosen");
        o.ref = ref ? arena_strdup(&a, ref) : "";
        add_suggestions(ui, &o);
        enum rc rc = add_others(ui, &o, err);
        if (rc != RC_OK)
                return rc;
        if (!o.count) {
                playbook_offer_library(ui);
                return RC_OK;
        }
        picker_open(ui, &(struct picker){.title = arena_printf(&a, "A playbook for %s", ref),
                                         .sign = "p",
                                         .initial = "",
                                         .hint = "type to search; Enter shows the marked one, "
                                                 "p then starts it",
                                         .rows = o.rows,
                                         .count = o.count,
                                         .taken = chosen});
        return RC_OK;
}

/* ---- starting -------------------------------------------------------------------------------- */

static enum rc start(struct ui *ui, struct view *v, const char *despite, struct err *err)
{
        const struct run_view *st = state_of(v);
        AUTO_FREE char *playbook = xstrdup(st->playbook), *incident = xstrdup(st->incident);
        const struct run_starting s = {
                .playbook = playbook, .incident = *incident ? incident : NULL, .despite = despite};
        char id[STIX_ID_MAX];
        enum rc rc = ops_run_start(ui_ops(ui), &s, id, err);
        if (rc == RC_OK)
                rc = run_view_open(ui, id, err);
        if (rc != RC_OK)
                return rc;
        ui_touched(ui, TOPIC_PLAYBOOKS | TOPIC_INCIDENTS | TOPIC_LOG);
        ui_notice(ui, NOTICE_DONE, "%s is running%s%s", ops_run_row(state_of(v)->run)->ref,
                  state_of(v)->has_about ? " on " : "",
                  state_of(v)->has_about ? state_of(v)->about.ref : "");
        return RC_OK;
}

static enum rc why_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        if (!*text)
                return err_set(err, RC_INVALID,
                               "say why it is started all the same; Esc leaves it");
        return start(ui, ctx, text, err);
}

/* One that was revoked, does not hold now or was changed since it was signed: it asks why. */
enum rc run_cmd_start(struct ui *ui, struct view *v, struct err *err)
{
        enum rc rc = start(ui, v, NULL, err);
        if (rc != RC_CONFLICT)
                return rc;
        prompt_open(ui, &(struct prompt){.sign = "why start it all the same",
                                         .hint = err->text,
                                         .history = "reason",
                                         .accept = why_given,
                                         .ctx = v});
        err_clear(err);
        return RC_OK;
}
