#include "play/diff.h"

#include <string.h>

#include "play_private.h"

/* Two versions of one step, with the playbooks whose lists they point into. */
struct pair {
        const struct playbook *p[2];
        const struct step *s[2];
};

static bool is_other(const char *a, const char *b)
{
        return a && b ? strcmp(a, b) != 0 : a != b;
}

static const char *step_id(const struct playbook *p, int step)
{
        return step < 0 ? NULL : p->steps[step].id;
}

static const char *actor_id(const struct actor *list, int at)
{
        return at < 0 ? NULL : list[at].id;
}

/* ---- what of a step ------------------------------------------------------------------------ */

static bool name_differs(const struct pair *d)
{
        return is_other(d->s[0]->name, d->s[1]->name);
}

static bool description_differs(const struct pair *d)
{
        return is_other(d->s[0]->description, d->s[1]->description);
}

static bool type_differs(const struct pair *d)
{
        return d->s[0]->type != d->s[1]->type || is_other(d->s[0]->type_name, d->s[1]->type_name);
}

static bool command_differs(const struct step_command *a, const struct step_command *b)
{
        bool other = is_other(a->type, b->type) || is_other(a->text, b->text) ||
                     is_other(a->content, b->content) || is_other(a->description, b->description) ||
                     a->header_count != b->header_count;

        for (size_t i = 0; !other && i < a->header_count; i++)
                other = is_other(a->headers[i].name, b->headers[i].name) ||
                        is_other(a->headers[i].value, b->headers[i].value);
        return other;
}

static bool commands_differ(const struct pair *d)
{
        bool other = d->s[0]->command_count != d->s[1]->command_count;

        for (size_t i = 0; !other && i < d->s[0]->command_count; i++)
                other = command_differs(&d->s[0]->commands[i], &d->s[1]->commands[i]);
        return other;
}

static bool who_differs(const struct pair *d)
{
        return is_other(d->s[0]->owner, d->s[1]->owner) ||
               is_other(actor_id(d->p[0]->agents, d->s[0]->agent),
                        actor_id(d->p[1]->agents, d->s[1]->agent));
}

static bool targets_differ(const struct pair *d)
{
        bool other = d->s[0]->target_count != d->s[1]->target_count;

        for (size_t i = 0; !other && i < d->s[0]->target_count; i++)
                other = is_other(actor_id(d->p[0]->targets, d->s[0]->targets[i]),
                                 actor_id(d->p[1]->targets, d->s[1]->targets[i]));
        return other;
}

static bool times_differ(const struct pair *d)
{
        return d->s[0]->delay_ms != d->s[1]->delay_ms ||
               d->s[0]->timeout_ms != d->s[1]->timeout_ms || d->s[0]->minutes != d->s[1]->minutes;
}

static bool condition_differs(const struct pair *d)
{
        return is_other(d->s[0]->condition_text, d->s[1]->condition_text) ||
               is_other(d->s[0]->switch_text, d->s[1]->switch_text);
}

static bool branches_differ(const struct pair *d)
{
        bool other = d->s[0]->branch_count != d->s[1]->branch_count;

        for (size_t i = 0; !other && i < d->s[0]->branch_count; i++)
                other = is_other(d->s[0]->branches[i].label, d->s[1]->branches[i].label) ||
                        is_other(step_id(d->p[0], d->s[0]->branches[i].step),
                                 step_id(d->p[1], d->s[1]->branches[i].step));
        return other;
}

/* What was put in between or left out is told of itself. */
static bool goes_elsewhere(const struct pair *d, int was, int now)
{
        const char *x = step_id(d->p[0], was), *y = step_id(d->p[1], now);

        if (!x || !y)
                return x != y;
        return strcmp(x, y) != 0 && playbook_step(d->p[1], x) >= 0 &&
               playbook_step(d->p[0], y) >= 0;
}

static bool way_differs(const struct pair *d)
{
        return goes_elsewhere(d, d->s[0]->on_completion, d->s[1]->on_completion) ||
               goes_elsewhere(d, d->s[0]->on_success, d->s[1]->on_success) ||
               goes_elsewhere(d, d->s[0]->on_failure, d->s[1]->on_failure);
}

static bool names_differ(const char *const *a, size_t a_count, const char *const *b, size_t b_count)
{
        bool other = a_count != b_count;

        for (size_t i = 0; !other && i < a_count; i++)
                other = strcmp(a[i], b[i]) != 0;
        return other;
}

static bool variable_differs(const struct variable *a, const struct variable *b)
{
        return is_other(a->type_name, b->type_name) || is_other(a->value, b->value) ||
               is_other(a->description, b->description) || a->constant != b->constant ||
               a->external != b->external;
}

static bool variables_differ(const struct pair *d)
{
        const struct step *a = d->s[0], *b = d->s[1];
        bool other = a->variable_count != b->variable_count ||
                     names_differ(a->in_args, a->in_count, b->in_args, b->in_count) ||
                     names_differ(a->out_args, a->out_count, b->out_args, b->out_count);

        for (size_t i = 0; !other && i < a->variable_count; i++)
                other = strcmp(a->variables[i].name, b->variables[i].name) != 0 ||
                        variable_differs(&a->variables[i], &b->variables[i]);
        return other;
}

static bool playbook_differs(const struct pair *d)
{
        return is_other(d->s[0]->playbook_id, d->s[1]->playbook_id) ||
               d->s[0]->playbook_version_ns != d->s[1]->playbook_version_ns;
}

static bool mandatory_differs(const struct pair *d)
{
        return d->s[0]->mandatory != d->s[1]->mandatory;
}

static bool two_persons_differ(const struct pair *d)
{
        return d->s[0]->two_person != d->s[1]->two_person;
}

static bool pap_differs(const struct pair *d)
{
        return d->s[0]->adversary != d->s[1]->adversary;
}

static const struct {
        const char *what;
        bool (*differs)(const struct pair *d);
} of_step[] = {
        {"kind of step", type_differs},
        {"name", name_differs},
        {"description", description_differs},
        {"what to do", commands_differ},
        {"who does it", who_differs},
        {"targets", targets_differ},
        {"times", times_differ},
        {"condition", condition_differs},
        {"branches", branches_differ},
        {"playbook", playbook_differs},
        {"values", variables_differ},
        {"what follows", way_differs},
        {"mandatory", mandatory_differs},
        {"two persons", two_persons_differ},
        {"PAP", pap_differs},
};

static const char *step_changes(const struct pair *d, struct arena *a)
{
        const char *what = NULL;

        for (size_t i = 0; i < ARRAY_LEN(of_step); i++)
                if (of_step[i].differs(d))
                        what = what ? arena_printf(a, "%s, %s", what, of_step[i].what)
                                    : of_step[i].what;
        return what;
}

/* ---- lists, both sorted -------------------------------------------------------------------- */

struct diffing {
        const struct playbook *was, *now;
        struct arena *a;
        struct playbook_diff *ret;
        size_t room;
};

static struct playbook_change *add(struct diffing *d, enum playbook_change_kind kind)
{
        struct playbook_diff *ret = d->ret;

        ret->changes = arena_grow(d->a, ret->changes, ret->count, &d->room, sizeof(*ret->changes));
        ret->changes[ret->count] = (struct playbook_change){.kind = kind};
        return &ret->changes[ret->count++];
}

static void add_step(struct diffing *d, enum playbook_change_kind kind, const struct step *was,
                     const struct step *now, const char *what)
{
        struct playbook_change *c = add(d, kind);
        const struct step *s = now ? now : was;

        c->id = s->id;
        c->title = step_title(s, d->a);
        c->before = was && now && is_other(was->name, now->name) ? step_title(was, d->a) : NULL;
        c->was = was;
        c->now = now;
        c->what = what;
        d->ret->added += kind == CHANGE_ADDED;
        d->ret->removed += kind == CHANGE_REMOVED;
        d->ret->changed += kind == CHANGE_CHANGED;
}

static void compare_step(struct diffing *d, const struct step *was, const struct step *now)
{
        struct pair pair = {{d->was, d->now}, {was, now}};
        const char *what = step_changes(&pair, d->a);

        if (what)
                add_step(d, CHANGE_CHANGED, was, now, what);
}

/* < 0: the first is only in the old list; > 0: only in the new one. */
static int compare_ids(const char *was, const char *now)
{
        if (!was || !now)
                return was ? -1 : 1;
        return strcmp(was, now);
}

static void compare_steps(struct diffing *d)
{
        const struct playbook *was = d->was, *now = d->now;
        size_t i = 0, k = 0;

        while (i < was->step_count || k < now->step_count) {
                const struct step *x = i < was->step_count ? &was->steps[i] : NULL;
                const struct step *y = k < now->step_count ? &now->steps[k] : NULL;
                int order = compare_ids(x ? x->id : NULL, y ? y->id : NULL);

                if (order < 0)
                        add_step(d, CHANGE_REMOVED, x, NULL, NULL);
                else if (order > 0)
                        add_step(d, CHANGE_ADDED, NULL, y, NULL);
                else
                        compare_step(d, x, y);
                i += order <= 0;
                k += order >= 0;
        }
}

static void add_variable(struct diffing *d, enum playbook_change_kind kind, const char *name)
{
        struct playbook_change *c = add(d, kind);

        c->id = name;
        c->title = variable_plain(arena_printf(d->a, "%s%s", name, VARIABLE_SUFFIX), d->a);
        c->variable = true;
        c->what = kind == CHANGE_CHANGED ? "type or value" : NULL;
}

static void compare_variables(struct diffing *d)
{
        const struct playbook *was = d->was, *now = d->now;
        size_t i = 0, k = 0;

        while (i < was->variable_count || k < now->variable_count) {
                const struct variable *x = i < was->variable_count ? &was->variables[i] : NULL;
                const struct variable *y = k < now->variable_count ? &now->variables[k] : NULL;
                int order = compare_ids(x ? x->name : NULL, y ? y->name : NULL);

                if (order < 0)
                        add_variable(d, CHANGE_REMOVED, x->name);
                else if (order > 0)
                        add_variable(d, CHANGE_ADDED, y->name);
                else if (variable_differs(x, y))
                        add_variable(d, CHANGE_CHANGED, x->name);
                i += order <= 0;
                k += order >= 0;
        }
}

static const char *compare_heads(const struct diffing *d)
{
        const struct playbook *x = d->was, *y = d->now;
        const struct {
                const char *what;
                bool differs;
        } rows[] = {
                {"name", is_other(x->name, y->name)},
                {"description", is_other(x->description, y->description)},
                {"start", is_other(step_id(x, x->start), step_id(y, y->start))},
                {"exception", is_other(step_id(x, x->exception), step_id(y, y->exception))},
                {"validity", x->revoked != y->revoked || x->valid_from_ms != y->valid_from_ms ||
                                     x->valid_until_ms != y->valid_until_ms},
                {"marking", x->tlp != y->tlp},
        };
        const char *what = NULL;

        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                if (rows[i].differs)
                        what = what ? arena_printf(d->a, "%s, %s", what, rows[i].what)
                                    : rows[i].what;
        return what;
}

void playbook_diff(const struct playbook *was, const struct playbook *now, struct arena *a,
                   struct playbook_diff *ret)
{
        struct diffing d = {.was = was, .now = now, .a = a, .ret = ret};

        *ret = (struct playbook_diff){0};
        ret->head = compare_heads(&d);
        compare_variables(&d);
        compare_steps(&d);
        diff_put_in_order(was, now, a, ret);
}
