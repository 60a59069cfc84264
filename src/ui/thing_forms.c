/*
 * The forms of every kind: a new thing, and the fields that no verb of their own moves.
 */
#include "ui/thing_cmds.h"

#include <string.h>

#include "base/clock.h"
#include "model/rules.h"
#include "ui/form.h"
#include "ui/things_view.h"

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
        return thing_do_now(v,
                            &(struct ops_request){.verb = "set",
                                                  .fields = fields,
                                                  .field_count = count,
                                                  .occurred_ms = CLOCK_NONE},
                            err);
}

/* A verb of the kind says where it stands, such as its status. */
static bool has_own_verb(const struct kind *kind, const struct field *f)
{
        bool own = strcmp(f->name, "tlp") == 0;
        for (size_t i = 0; i < verb_count() && !own; i++) {
                const struct verb *verb = verb_at(i);
                own = verb->field && strcmp(verb->field, f->name) == 0 && verb->group &&
                      strcmp(verb->group, "state") == 0 && verb_find(kind, verb->name) == verb;
        }
        return own;
}

static void plain_fields(const struct kind *kind, const char *ret[KIND_FIELDS_MAX + 1])
{
        size_t n = 0;
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];
                if ((f->flags & FIELD_FORM) && !has_own_verb(kind, f))
                        ret[n++] = f->name;
        }
        ret[n] = NULL;
}

enum rc thing_cmd_edit(struct ui *ui, struct view *v, struct err *err)
{
        const char *names[KIND_FIELDS_MAX + 1];
        struct list *list = list_of(v);
        const struct row *row = list_current(list);
        if (!row)
                return err_set(err, RC_NOTFOUND, "no %s is chosen", list_noun(list, 1));
        plain_fields(list_kind(list), names);
        list_unmark(list);
        list_keep_targets(list);
        AUTO_FREE char *title = xasprintf("Edit %s", row->ref);
        AUTO_FREE char *draft = xasprintf("edit.%s", row->thing.id);
        form_open(ui, &(struct form){.title = title,
                                     .submit = "Save the changes",
                                     .draft = draft,
                                     .kind = list_kind(list),
                                     .fields = names,
                                     .now = &row->thing,
                                     .accept = edit_given,
                                     .ctx = v});
        return RC_OK;
}

/* ---- a new one ---- */

static void show_new(struct view *v, const char *id)
{
        const struct things_setup *setup = things_setup_of(v);
        struct ui *ui = v->ui;
        struct list *list = list_of(v);
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        arena_init(&a);
        ui_touched(ui, topics_of_kind(list_kind(list)));
        const char *ref =
                thing_by_id(ui_ops(ui)->store, id, &a, &row, NULL) == RC_OK ? row.ref : "";
        const char *opened = setup->opened ? setup->opened : "is added";
        const char *undo = setup->undo_new ? setup->undo_new : "u can't undo that";
        ui_notice(ui, NOTICE_DONE, "%s %s; %s", ref, opened,
                  list_go_to_id(list, id) ? undo : "the filter does not show it");
}

static enum rc new_given(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                         struct err *err)
{
        char id[STIX_ID_MAX];
        struct ops_request r = {
                .verb = "open", .fields = fields, .field_count = count, .occurred_ms = CLOCK_NONE};
        enum rc rc = ops_new(ui_ops(ui), list_kind(list_of(ctx)), &r, id, err);
        if (rc == RC_OK)
                show_new(ctx, id);
        return rc;
}

enum rc thing_cmd_new(struct ui *ui, struct view *v, struct err *err)
{
        const struct list *list = list_of(v);
        const struct things_setup *setup = things_setup_of(v);
        (void)err;
        AUTO_FREE char *title = xasprintf("New %s", list_noun(list, 1));
        AUTO_FREE char *submit = setup->submit_new ? xstrdup(setup->submit_new)
                                                   : xasprintf("Add the %s", list_noun(list, 1));
        AUTO_FREE char *draft = xasprintf("%s.new", list_kind(list)->name);
        form_open(ui, &(struct form){.title = title,
                                     .submit = submit,
                                     .draft = draft,
                                     .kind = list_kind(list),
                                     .accept = new_given,
                                     .ctx = v});
        return RC_OK;
}
