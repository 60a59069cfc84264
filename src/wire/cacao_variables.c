/*
 * Whether the variables that steps name are there.
 */
#include <string.h>

#include "wire/cacao_reading.h"

struct looking {
        struct cacao_reading *r;
        const struct step *step;
        const char *key;
        const struct step **scopes; /* steps that have variables of their own */
        size_t scope_count;
};

/* A step sees its own variables, those of the steps around it and those of the playbook; which
 * steps are around it depends on the way, so that of any step counts. */
static const struct variable *find(const struct looking *l, const char *name)
{
        const struct playbook *p = l->r->p;
        const struct step *s = l->step;
        int i = variable_find(s->variables, s->variable_count, name);

        if (i >= 0)
                return &s->variables[i];
        i = variable_find(p->variables, p->variable_count, name);
        if (i >= 0)
                return &p->variables[i];
        for (size_t k = 0; k < l->scope_count; k++) {
                i = variable_find(l->scopes[k]->variables, l->scopes[k]->variable_count, name);
                if (i >= 0)
                        return &l->scopes[k]->variables[i];
        }
        return NULL;
}

static void look(void *ctx, const char *name)
{
        const struct looking *l = ctx;

        if (!find(l, name))
                cacao_find(l->r, CACAO_WARN, l->key,
                           "names %s, which is no variable of the playbook", name);
}

static void look_in(struct looking *l, const char *key, const char *text)
{
        char name[VARIABLE_NAME_MAX + 1];
        size_t len;

        l->key = key;
        while (text && (text = variable_next(text, &len))) {
                memcpy(name, text, len);
                name[len] = '\0';
                look(l, name);
                text += len;
        }
}

static void check_out_args(struct looking *l)
{
        for (size_t i = 0; i < l->step->out_count; i++) {
                const struct variable *v = find(l, l->step->out_args[i]);

                if (v && v->constant)
                        cacao_find(l->r, CACAO_WARN, "out_args", "gives the constant %s a value",
                                   v->name);
        }
}

static void check_step(struct looking *l)
{
        const struct step *s = l->step;

        look_in(l, "name", s->name);
        look_in(l, "description", s->description);
        for (size_t i = 0; i < s->command_count; i++) {
                look_in(l, "commands", s->commands[i].text);
                look_in(l, "commands", s->commands[i].content);
        }
        l->key = "in_args";
        for (size_t i = 0; i < s->in_count; i++)
                look(l, s->in_args[i]);
        l->key = "out_args";
        for (size_t i = 0; i < s->out_count; i++)
                look(l, s->out_args[i]);
        check_out_args(l);
        l->key = "condition";
        if (s->condition)
                condition_variables(s->condition, look, l);
        l->key = "switch";
        if (s->switch_variable)
                look(l, s->switch_variable);
}

void cacao_check_variables(struct cacao_reading *r)
{
        const struct playbook *p = r->p;
        struct looking l = {.r = r};

        l.scopes = arena_array(r->a, p->step_count + 1, sizeof(*l.scopes));
        for (size_t i = 0; i < p->step_count; i++)
                if (p->steps[i].variable_count)
                        l.scopes[l.scope_count++] = &p->steps[i];
        cacao_enter(r, "workflow", 0);
        for (size_t i = 0; i < p->step_count; i++) {
                l.step = &p->steps[i];
                cacao_enter(r, l.step->id, 0);
                check_step(&l);
                cacao_leave(r);
        }
        cacao_leave(r);
}
