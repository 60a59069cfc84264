/*
 * The forms behind incidents: a new one, and the fields that no verb of their own moves.
 */
#include "ui/incident_cmds.h"

#include <string.h>

#include "base/clock.h"
#include "model/rules.h"
#include "ui/form.h"

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

static enum rc edit_given(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                          struct err *err)
{
        struct view *v = ctx;
        (void)ui;
        if (!count)
                return err_set(err, RC_INVALID, "nothing was changed; Esc leaves");
        return incident_do_now(v,
                               &(struct ops_request){.verb = "set",
                                                     .fields = fields,
                                                     .field_count = count,
                                                     .occurred_ms = CLOCK_NONE},
                               err);
}

/* Fields that are not moved by a verb of their own. */
static size_t plain_fields(const char **ret)
{
        size_t n = 0;
        for (size_t i = 0; i < kind_incident.field_count; i++) {
                const struct field *f = &kind_incident.fields[i];
                bool own_verb = strcmp(f->name, "tlp") == 0;
                for (size_t k = 0; k < verb_count() && !own_verb; k++) {
                        const struct verb *verb = verb_at(k);
                        own_verb = verb->field && strcmp(verb->field, f->name) == 0 &&
                                   verb->group && strcmp(verb->group, "state") == 0;
                }
                if ((f->flags & FIELD_FORM) && !own_verb)
                        ret[n++] = f->name;
        }
        ret[n] = NULL;
        return n;
}

enum rc incident_cmd_edit(struct ui *ui, struct view *v, struct err *err)
{
        const char *names[KIND_FIELDS_MAX + 1];
        const struct row *row = list_current(list_of(v));
        if (!row)
                return err_set(err, RC_NOTFOUND, "no incident is chosen");
        plain_fields(names);
        list_unmark(list_of(v));
        list_keep_targets(list_of(v));
        AUTO_FREE char *title = xasprintf("Edit %s", row->ref);
        AUTO_FREE char *draft = xasprintf("edit.%s", row->thing.id);
        form_open(ui, &(struct form){.title = title,
                                     .submit = "Save the changes",
                                     .draft = draft,
                                     .kind = &kind_incident,
                                     .fields = names,
                                     .now = &row->thing,
                                     .accept = edit_given,
                                     .ctx = v});
        return RC_OK;
}

static void show_new(struct view *v, const char *id)
{
        struct ui *ui = v->ui;
        struct list *list = list_of(v);
        struct arena a;
        struct row row;
        arena_init(&a);
        ui_touched(ui, TOPIC_INCIDENTS | TOPIC_LOG);
        const char *ref =
                thing_by_id(ui_ops(ui)->store, id, &a, &row, NULL) == RC_OK ? row.ref : "";
        if (list_go_to_id(list, id))
                ui_notice(ui, NOTICE_DONE, "%s is open; u can't undo an opening, S closes it", ref);
        else
                ui_notice(ui, NOTICE_DONE, "%s is open; the filter does not show it", ref);
        arena_finish(&a);
}

static enum rc new_given(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                         struct err *err)
{
        char id[STIX_ID_MAX];
        struct ops_request r = {
                .verb = "open", .fields = fields, .field_count = count, .occurred_ms = CLOCK_NONE};
        enum rc rc = ops_new(ui_ops(ui), &kind_incident, &r, id, err);
        if (rc == RC_OK)
                show_new(ctx, id);
        return rc;
}

enum rc incident_cmd_new(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        form_open(ui, &(struct form){.title = "New incident",
                                     .submit = "Open the incident",
                                     .draft = "incident.new",
                                     .kind = &kind_incident,
                                     .accept = new_given,
                                     .ctx = v});
        return RC_OK;
}
