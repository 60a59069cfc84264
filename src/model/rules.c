#include "model/rules.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* ---- guards -------------------------------------------------------------------------------- */

static bool is_closed(const struct thing *now)
{
        return thing_rank(now, "status") == STATUS_CLOSED;
}

static const char *guard_ack(const struct thing *now, const struct act *act)
{
        const struct act_set *set = act_sets_field(act, "acked");
        const char *acked = thing_text(now, "acked");

        if (acked && *acked)
                return "already acknowledged";
        if (is_closed(now))
                return "it is closed";
        return set && set->value && *set->value ? NULL : "it does not say when it was acknowledged";
}

static const char *guard_status(const struct thing *now, const struct act *act)
{
        const struct act_set *set = act_sets_field(act, "status");
        int from = thing_rank(now, "status");
        int to = set && set->value ? enum_rank(&enum_status, set->value) : -1;

        if (to < 0)
                return "it does not say which status";
        if (to == from)
                return "it has that status already";
        if (from == STATUS_CLOSED && to != STATUS_ACTIVE)
                return "it is closed; reopening makes it active first";
        if (from == STATUS_CLOSED && !act_has_reason(act))
                return "reopening needs a reason";
        if (to == STATUS_CLOSED && !act_has_reason(act))
                return "closing needs a reason";
        return NULL;
}

static const char *guard_marking(const struct thing *now, const struct act *act)
{
        if (rule_is_downgrade(now, act) && !act_has_reason(act))
                return "a lower marking needs a reason";
        return NULL;
}

/* ---- the table ----------------------------------------------------------------------------- */

static const struct verb verbs[] = {
        {.name = "open",
         .did = "opened",
         .help = "makes a new thing with the fields given",
         .sets = SETS_ALL},
        {.kind = "incident",
         .name = "ack",
         .did = "acknowledged",
         .help = "says that somebody here has taken note of it",
         .field = "acked",
         .sets = SETS_FIELD,
         .guard = guard_ack},
        {.kind = "incident",
         .name = "severity",
         .did = "severity changed",
         .help = "says how bad it is: none, low, medium, high, critical",
         .field = "severity",
         .sets = SETS_FIELD},
        {.kind = "incident",
         .name = "status",
         .did = "status changed",
         .help = "moves it on: active, contained, recovering, closed; closing and reopening "
                 "need a reason",
         .field = "status",
         .sets = SETS_FIELD,
         .guard = guard_status},
        {.kind = "incident",
         .name = "owner",
         .did = "owner changed",
         .help = "gives it to an operator or a team",
         .field = "owner",
         .sets = SETS_FIELD},
        {.name = "set",
         .did = "changed",
         .help = "changes fields; a lower marking needs a reason",
         .sets = SETS_FORM,
         .guard = guard_marking},
        {.name = "note",
         .did = "noted",
         .help = "writes a note into its log and changes nothing",
         .sets = SETS_NONE,
         .needs_text = true},
        {.name = "undo",
         .did = "undone",
         .help = "puts back what an earlier act changed, as a new entry",
         .sets = SETS_UNDO},
        {.name = "settle",
         .did = "settled",
         .help = "chooses the value of a field in conflict",
         .sets = SETS_HEADS,
         .guard = guard_marking},
};

static bool is_of_kind(const struct verb *verb, const struct kind *kind)
{
        return !verb->kind || (kind && strcmp(verb->kind, kind->name) == 0);
}

size_t verb_count(void)
{
        return ARRAY_LEN(verbs);
}

const struct verb *verb_at(size_t i)
{
        return i < ARRAY_LEN(verbs) ? &verbs[i] : NULL;
}

const struct verb *verb_find(const struct kind *kind, const char *name)
{
        for (size_t i = 0; name && i < ARRAY_LEN(verbs); i++)
                if (is_of_kind(&verbs[i], kind) && strcmp(verbs[i].name, name) == 0)
                        return &verbs[i];
        return NULL;
}

const char *verb_nearest(const struct kind *kind, const char *name)
{
        const char *nearest = verbs[0].name;
        size_t least = SIZE_MAX;

        for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
                size_t distance = text_distance(name, verbs[i].name);

                if (is_of_kind(&verbs[i], kind) && distance < least) {
                        least = distance;
                        nearest = verbs[i].name;
                }
        }
        return nearest;
}

const char *verb_why_not(const struct verb *verb, const struct thing *now, const struct act *act)
{
        if (verb->needs_reason && !act_has_reason(act))
                return "it needs a reason";
        if (verb->needs_text && (!act->text || !act->text[strspn(act->text, " \t\r\n")]))
                return "it needs a text";
        return verb->guard ? verb->guard(now, act) : NULL;
}

/* ---- what may be set ----------------------------------------------------------------------- */

static bool in_group(const struct kind *kind, const struct field *field, const char *name)
{
        const struct field *first = field_find(kind, name);

        if (!first)
                return false;
        return field == first ||
               (field->group && first->group && strcmp(field->group, first->group) == 0);
}

static bool names_heads(const struct act *act, const char *field)
{
        for (size_t i = 0; i < act->was_count; i++)
                if (act->was[i].count > 1 && strcmp(act->was[i].field, field) == 0)
                        return true;
        return false;
}

static bool may_set(const struct verb *verb, const struct kind *kind, const struct act *act,
                    const struct field *field)
{
        if (field->flags & FIELD_DERIVED)
                return verb->sets == SETS_ALL && strcmp(field->name, "ref") == 0;
        switch (verb->sets) {
        case SETS_NONE: return false;
        case SETS_FIELD: return in_group(kind, field, verb->field);
        case SETS_FORM: return (field->flags & FIELD_FORM) && !(field->flags & FIELD_STATE);
        case SETS_HEADS: return names_heads(act, field->name);
        case SETS_ALL:
        case SETS_UNDO: return true;
        }
        return false;
}

uint64_t verb_may_set(const struct verb *verb, const struct kind *kind, const struct act *act)
{
        uint64_t may = 0;

        for (size_t i = 0; i < kind->field_count; i++)
                if (may_set(verb, kind, act, &kind->fields[i]))
                        may |= UINT64_C(1) << i;
        return may;
}

bool rule_is_downgrade(const struct thing *now, const struct act *act)
{
        for (size_t i = 0; i < now->kind->field_count; i++) {
                const struct field *field = &now->kind->fields[i];
                const struct act_set *set;
                int to;

                if (field->list != &enum_tlp)
                        continue;
                set = act_sets_field(act, field->name);
                to = set && set->value ? enum_rank(&enum_tlp, set->value) : -1;
                if (set && to < thing_rank(now, field->name))
                        return true;
        }
        return false;
}
