/*
 * The form that starts the clocks of a regime: from when, for whom, by whose days. Below it stands
 * what follows from it, as the log will have it.
 */
#include "ui/clock_forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/rules.h"
#include "ui/form.h"
#include "ui/incident_cmds.h"

#define DETAILS_MAX 4

struct starting {
        struct view *view;
        struct arena arena;
        struct kind kind;
        struct field fields[DETAILS_MAX];
        const char *regime;
        const char *id; /* NULL: several, each from its own time */
};

static void starting_free(void *ctx)
{
        struct starting *s = ctx;
        arena_finish(&s->arena);
        free(s);
}

static struct ops_request request_of(const struct starting *s, const struct ops_field *typed,
                                     size_t count, struct ops_field details[DETAILS_MAX])
{
        size_t n = 0;
        details[n++] = (struct ops_field){"rule", s->regime};
        for (size_t i = 0; i < count && n < DETAILS_MAX; i++)
                if (typed[i].value[0])
                        details[n++] = typed[i];
        return (struct ops_request){
                .verb = "start", .details = details, .detail_count = n, .occurred_ms = CLOCK_NONE};
}

static enum rc start_given(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                           struct err *err)
{
        const struct starting *s = ctx;
        struct ops_field details[DETAILS_MAX];
        const struct ops_request r = request_of(s, fields, count, details);
        (void)ui;
        return thing_do_now(s->view, &r, err);
}

static char *what_follows(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                          bool *ret_refused)
{
        const struct starting *s = ctx;
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops_field details[DETAILS_MAX];
        const struct ops_request r = request_of(s, fields, count, details);
        const char *sentence = NULL;
        struct err err = {0};
        if (!s->id)
                return NULL;
        *ret_refused = ops_foresee(ui_ops(ui), s->id, &r, &a, &sentence, &err) != RC_OK;
        return xstrdup(*ret_refused ? err.text : sentence);
}

static bool has_variants(const struct clock_regime *regime)
{
        for (size_t i = 0; regime && i < regime->rule_count; i++)
                if (regime->rules[i].variant)
                        return true;
        return false;
}

static void add_field(struct starting *s, const char *name, const char *help)
{
        struct field *f = &s->fields[s->kind.field_count++];
        *f = detail_field(verb_detail(verb_find(&kind_incident, "start"), name));
        if (help)
                f->help = help;
}

static struct starting *starting_new(struct view *v, const char *regime)
{
        struct starting *s = xcalloc(1, sizeof(*s));
        s->view = v;
        s->regime = arena_strdup(&s->arena, regime);
        s->kind = (struct kind){.name = "start", .plural = "starts", .fields = s->fields};
        add_field(s, "anchor", "empty: the time below; or -2h, 24 Nov 01:04, in UTC");
        add_field(s, "state", NULL);
        if (has_variants(clock_regime_find(ui_ops(v->ui)->law, regime)))
                add_field(s, "variant", NULL);
        return s;
}

void clock_start_open(struct view *v, const char *regime)
{
        struct list *list = ((struct list_view *)v->state)->list;
        struct starting *s = starting_new(v, regime);
        struct row row;
        if (list_target_count(list) == 1 && thing_target(v, &s->arena, &row))
                s->id = arena_strdup(&s->arena, row.thing.id);
        AUTO_FREE char *who = thing_about(v);
        AUTO_FREE char *title = xasprintf("%s: start the clocks of %s", who, regime);
        AUTO_FREE char *draft = xasprintf("start.%s.%s", regime, s->id ? s->id : "several");
        list_keep_targets(list);
        form_open(v->ui, &(struct form){.title = title,
                                        .submit = "Start them",
                                        .draft = draft,
                                        .kind = &s->kind,
                                        .follows = what_follows,
                                        .accept = start_given,
                                        .ctx = s,
                                        .free_ctx = starting_free});
}
