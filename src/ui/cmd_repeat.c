/*
 * The last act again, on what is marked or current now.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/rules.h"
#include "ui/list.h"
#include "ui/prompt.h"
#include "ui_private.h"

static char *own(const char *s)
{
        return s ? xstrdup(s) : NULL;
}

void repeat_finish(struct repeat *r)
{
        for (size_t i = 0; i < r->field_count; i++) {
                free(r->names[i]);
                free(r->values[i]);
        }
        free(r->names);
        free(r->values);
        free(r->cmd);
        free(r->verb);
        free(r->reason);
        free(r->text);
        *r = (struct repeat){0};
}

/* What has details is about one thing and one time: a decision is not made again by a key. */
void ui_remember(struct ui *ui, const char *cmd, const struct ops_request *request)
{
        if (request->detail_count) {
                repeat_finish(&ui->repeat);
                return;
        }
        struct repeat r = {
                .cmd = xstrdup(cmd),
                .verb = own(request->verb),
                .reason = own(request->reason),
                .text = own(request->text),
                .names = xcalloc(request->field_count + 1, sizeof(*r.names)),
                .values = xcalloc(request->field_count + 1, sizeof(*r.values)),
                .field_count = request->field_count,
        };
        for (size_t i = 0; i < r.field_count; i++) {
                r.names[i] = own(request->fields[i].name);
                r.values[i] = own(request->fields[i].value);
        }
        repeat_finish(&ui->repeat);
        ui->repeat = r;
}

bool repeat_is_possible(const struct ui *ui, const struct view *v)
{
        const struct cmd *cmd = ui->repeat.cmd ? cmd_find(ui, ui->repeat.cmd) : NULL;
        (void)v;
        return cmd && cmd_is_possible(ui, cmd);
}

static size_t targets(struct ui *ui, struct view *v, struct arena *a, const char *const **ret)
{
        struct list *list = view_list(v);
        if (list)
                return list_targets(list, a, ret);
        const char *ref, **one = arena_array(a, 1, sizeof(*one));
        one[0] = ui_pane(ui)->opened && v->ops->current ? v->ops->current(v, &ref) : NULL;
        *ret = one;
        return one[0] ? 1 : 0;
}

static enum rc again(struct ui *ui, const char *const *ids, size_t count, struct err *err)
{
        const struct repeat *r = &ui->repeat;
        struct arena a;
        arena_init(&a);
        struct ops_field *fields = arena_array(&a, r->field_count + 1, sizeof(*fields));
        for (size_t i = 0; i < r->field_count; i++)
                fields[i] = (struct ops_field){.name = r->names[i], .value = r->values[i]};
        struct ops_request request = {
                .verb = r->verb,
                .fields = fields,
                .field_count = r->field_count,
                .reason = r->reason,
                .text = r->text,
                .occurred_ms = CLOCK_NONE,
        };
        struct list *list = view_list(ui_view(ui));
        enum rc rc = ops_do_all(ui->ops, ids, count, &request, err);
        arena_finish(&a);
        if (rc != RC_OK)
                return rc;
        if (list) {
                list_keep_targets(list);
                list_touch(list);
        }
        ui_touched(ui, TOPIC_ALL);
        return RC_OK;
}

/* Several: asked first, with the things as they were when it was asked. */
struct several {
        char **ids;
        size_t count;
};

static void free_several(void *ctx)
{
        struct several *s = ctx;
        for (size_t i = 0; i < s->count; i++)
                free(s->ids[i]);
        free(s->ids);
        free(s);
}

static void confirmed(struct ui *ui, void *ctx)
{
        struct several *s = ctx;
        struct err err = {0};
        struct list *list = view_list(ui_view(ui));
        enum rc rc = again(ui, (const char *const *)s->ids, s->count, &err);
        if (rc != RC_OK) {
                ui_say_failure(ui, rc, &err);
                return;
        }
        if (list)
                list_unmark(list);
        ui_notice(ui, NOTICE_DONE, "%zu times: %s again", s->count, ui->repeat.verb);
}

static void ask(struct ui *ui, const char *const *ids, size_t count)
{
        struct several *s = xcalloc(1, sizeof(*s));
        s->ids = xcalloc(count, sizeof(*s->ids));
        for (; s->count < count; s->count++)
                s->ids[s->count] = xstrdup(ids[s->count]);
        const char *verb = ui->repeat.verb;
        AUTO_FREE char *question = xasprintf("Repeat %s on %zu marked?", verb, count);
        AUTO_FREE char *yes = xasprintf("%s %zu", verb, count);
        confirm_open(ui,
                     &(struct confirm){
                             .question = question,
                             .consequence = "All of them or none, each with its line in the log",
                             .yes = yes,
                             .confirmed = confirmed,
                             .ctx = s,
                             .free_ctx = free_several,
                     });
}

/* The thing may be another one than the one under the cursor: named. */
static void say_done(struct ui *ui, const char *id)
{
        struct arena a;
        struct row row;
        arena_init(&a);
        if (thing_by_id(ui->ops->store, id, &a, &row, NULL) == RC_OK) {
                const struct verb *verb = verb_find(row.thing.kind, ui->repeat.verb);
                ui_notice(ui, NOTICE_DONE, "%s: %s; u undoes it", row.ref,
                          verb ? verb->did : ui->repeat.verb);
        }
        arena_finish(&a);
}

enum rc repeat_last(struct ui *ui, struct view *v, struct err *err)
{
        struct arena a;
        const char *const *ids = NULL;
        arena_init(&a);
        size_t count = targets(ui, v, &a, &ids);
        enum rc rc = RC_OK;
        if (!count)
                rc = err_set(err, RC_NOTFOUND, "there is nothing to repeat it on");
        else if (count > 1)
                ask(ui, ids, count);
        else
                rc = again(ui, ids, count, err);
        if (rc == RC_OK && count == 1)
                say_done(ui, ids[0]);
        arena_finish(&a);
        return rc;
}
