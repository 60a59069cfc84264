/*
 * What steps are called and say, with the values of variables in their texts. A step that nobody
 * has reached yet sees what it would see if it were reached now; of a playbook that nobody has
 * started that is what the playbook supposes.
 */
#include <string.h>

#include "base/mem.h"

#include "play_private.h"

static const char *supposed(const struct variable *list, size_t count, const char *name,
                            bool *ret_known)
{
        int at = variable_find(list, count, name);

        *ret_known = at >= 0;
        return at >= 0 ? list[at].value : NULL;
}

/* Beyond its own variables: in the steps around it, and in its playbook. */
static const char *seen_outside(const struct outlook *o, const char *name)
{
        const struct playbook *p = o->playbook;
        bool known;

        if (o->around && o->around->playbook == p)
                return run_value(o->run, o->around, name);
        if (o->around && o->around->inner && o->around->inside == p)
                return play_frame_value(o->around->inner, name);
        if (o->run && o->run->playbook == p)
                return run_value(o->run, NULL, name);
        return supposed(p->variables, p->variable_count, name, &known);
}

static const char *seen(void *outlook, const char *name)
{
        const struct outlook *o = outlook;
        const char *value;
        bool own;

        if (o->reached)
                return run_value(o->run, o->reached, name);
        value = supposed(o->step->variables, o->step->variable_count, name, &own);
        return own ? value : seen_outside(o, name);
}

const char *play_fill(const struct outlook *o, const char *text, size_t max, struct arena *a)
{
        struct outlook looking = *o;
        AUTO_FREE char *filled = NULL;
        size_t len;

        if (!variable_next(text, &len))
                return strlen(text) <= max ? text : arena_strndup(a, text, max);
        filled = variable_fill(text, seen, &looking, max);
        return arena_strdup(a, filled);
}

const char *plan_fill(const struct run *run, const struct plan_row *row, const char *text,
                      size_t max, struct arena *a)
{
        const struct outlook o = {.run = run,
                                  .around = row->around,
                                  .reached = row->run_step,
                                  .playbook = row->playbook,
                                  .step = row->step};

        return play_fill(&o, text, max, a);
}

const char *run_title(const struct run *run, const struct run_step *step, struct arena *a)
{
        const struct outlook o = {
                .run = run, .reached = step, .playbook = step->playbook, .step = step->step};

        return play_fill(&o, step_title(step->step, a), RUN_TITLE_MAX, a);
}
