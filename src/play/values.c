/*
 * The values of variables: of a step, of those around it, of its playbook.
 */
#include <string.h>

#include "play_private.h"

/* ---- where a name leads -------------------------------------------------------------------- */

/* A variable as it is declared, and its value here. */
struct found {
        const struct variable *variable; /* NULL: asked for by a step, declared by none */
        struct run_value *value;         /* NULL: no step has touched the step's variables */
        struct run_step *step;           /* whose variables they are */
};

static struct named_value *find_named(const struct run_frame *frame, const char *name)
{
        struct named_value *n = frame->named;

        while (n && strcmp(n->name, name) != 0)
                n = n->next;
        return n;
}

static bool find_in_frame(struct run_frame *frame, const char *name, struct found *ret)
{
        const struct playbook *p = frame->playbook;
        int at = variable_find(p->variables, p->variable_count, name);
        struct named_value *named = at < 0 ? find_named(frame, name) : NULL;

        if (at >= 0)
                *ret = (struct found){&p->variables[at], &frame->values[at], NULL};
        else if (named)
                *ret = (struct found){NULL, &named->value, NULL};
        return at >= 0 || named;
}

static bool find(struct run_frame *frame, struct run_step *step, const char *name,
                 struct found *ret)
{
        for (struct run_step *s = step; s && s->frame == frame; s = s->around) {
                const struct step *def = s->step;
                int at = variable_find(def->variables, def->variable_count, name);

                if (at < 0)
                        continue;
                *ret = (struct found){&def->variables[at], s->values ? &s->values[at] : NULL, s};
                return true;
        }
        return find_in_frame(frame, name, ret);
}

bool run_value_read(const struct run *run, const struct run_step *step, const char *name,
                    struct run_value *ret)
{
        struct run_step *s = step ? run->steps[step->serial] : NULL;
        struct found found;

        if (!find(s ? s->frame : run->machine->frame, s, name, &found))
                return false;
        if (found.value)
                *ret = *found.value;
        else
                *ret = (struct run_value){.value = found.variable->value};
        return true;
}

const char *run_value(const struct run *run, const struct run_step *step, const char *name)
{
        struct run_value v;

        return run_value_read(run, step, name, &v) ? v.value : NULL;
}

const char *play_frame_value(struct run_frame *frame, const char *name)
{
        struct found found;

        return find_in_frame(frame, name, &found) ? found.value->value : NULL;
}

const char *play_seen_value(void *ctx, const char *name)
{
        const struct seeing *seeing = ctx;

        return run_value(seeing->run, seeing->step, name);
}

/* ---- giving a value ------------------------------------------------------------------------ */

static bool is_asked_for(const struct run_step *s, const char *name)
{
        for (size_t i = 0; s && i < s->step->out_count; i++)
                if (strcmp(s->step->out_args[i], name) == 0)
                        return true;
        return false;
}

const char *play_set_why_not(struct run_machine *m, struct run_step *s, const struct play_event *e)
{
        struct found found;
        struct err err = {0};

        if (!e->variable || !*e->variable)
                return "it names no variable";
        if (strlen(e->value) > VARIABLE_VALUE_MAX)
                return "the value is too long";
        if (!find(s ? s->frame : m->frame, s, e->variable, &found)) {
                if (is_asked_for(s, e->variable))
                        return NULL;
                return arena_printf(&m->arena, "there is no variable %s", e->variable);
        }
        if (!found.variable)
                return NULL;
        if (found.variable->constant)
                return arena_printf(&m->arena, "%s is constant", e->variable);
        if (variable_check(found.variable, e->value, &err) != RC_OK)
                return arena_strdup(&m->arena, err.text);
        return NULL;
}

static struct run_value *own_values(struct run_machine *m, const struct variable *list,
                                    size_t count)
{
        struct run_value *values = arena_array(&m->arena, count + 1, sizeof(*values));

        for (size_t i = 0; i < count; i++)
                values[i].value = list[i].value;
        return values;
}

static struct run_value *name_value(struct run_machine *m, struct run_frame *frame,
                                    const char *name)
{
        struct named_value *n = arena_alloc(&m->arena, sizeof(*n));

        *n = (struct named_value){.name = name, .next = frame->named};
        frame->named = n;
        return &n->value;
}

static struct run_value *place_of_value(struct run_machine *m, struct run_frame *frame,
                                        struct run_step *s, const char *name)
{
        struct found found;

        if (!find(frame, s, name, &found))
                return name_value(m, frame, name);
        if (!found.value) {
                const struct step *def = found.step->step;

                found.step->values = own_values(m, def->variables, def->variable_count);
                found.value = &found.step->values[found.variable - def->variables];
        }
        return found.value;
}

void play_set(struct run_machine *m, struct run_step *s, const struct play_event *e)
{
        struct run_value *v = place_of_value(m, s ? s->frame : m->frame, s, e->variable);
        bool seen = !v->by || (e->was && strcmp(e->was, v->by->id) == 0);
        bool conflict = !seen && (v->conflict || strcmp(v->value, e->value) != 0);

        m->run.conflicts += conflict;
        m->run.conflicts -= v->conflict;
        *v = (struct run_value){.value = e->value, .by = e, .conflict = conflict};
}

/* ---- playbooks within a playbook ----------------------------------------------------------- */

/* Takes over the value where the playbook has such a variable and it may be given. */
static void hand_in(struct run_machine *m, struct run_frame *inner, const char *name)
{
        const struct playbook *p = inner->playbook;
        int at = variable_find(p->variables, p->variable_count, name);
        const char *value = run_value(&m->run, inner->around, name);

        if (at >= 0 && value && !p->variables[at].constant &&
            variable_check(&p->variables[at], value, NULL) == RC_OK)
                inner->values[at].value = value;
}

struct run_frame *play_frame(struct run_machine *m, const struct playbook *p,
                             struct run_step *around, struct run_frame *outer)
{
        struct run_frame *frame = arena_alloc(&m->arena, sizeof(*frame));

        *frame = (struct run_frame){.playbook = p, .around = around, .outer = outer};
        frame->values = own_values(m, p->variables, p->variable_count);
        for (size_t i = 0; around && i < around->step->in_count; i++)
                hand_in(m, frame, around->step->in_args[i]);
        return frame;
}

void play_give_back(struct run_machine *m, struct run_frame *inner)
{
        struct run_step *s = inner->around;

        for (size_t i = 0; i < s->step->out_count; i++) {
                const char *name = s->step->out_args[i];
                struct found mine, theirs;

                if (!find_in_frame(inner, name, &theirs) || !theirs.value->value)
                        continue;
                if (find(s->frame, s, name, &mine) && mine.variable &&
                    (mine.variable->constant ||
                     variable_check(mine.variable, theirs.value->value, NULL) != RC_OK))
                        continue;
                *place_of_value(m, s->frame, s, name) =
                        (struct run_value){.value = theirs.value->value, .by = theirs.value->by};
        }
}
