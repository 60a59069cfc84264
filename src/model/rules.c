#include "model/rules.h"

#include <string.h>

#include "base/text.h"
#include "model/guards.h"
#include "model/machine.h"

static bool is_of_kind(const struct verb *verb, const struct kind *kind)
{
        return !verb->kind || (kind && strcmp(verb->kind, kind->name) == 0);
}

size_t verb_count(void)
{
        size_t count = 0;

        while (verb_at(count))
                count++;
        return count;
}

const struct verb *verb_at(size_t i)
{
        for (size_t t = 0; t < verb_table_count; t++)
                for (const struct verb *verb = verb_tables[t]; verb->name; verb++)
                        if (i-- == 0)
                                return verb;
        return NULL;
}

const struct verb *verb_find(const struct kind *kind, const char *name)
{
        for (size_t t = 0; name && t < verb_table_count; t++)
                for (const struct verb *verb = verb_tables[t]; verb->name; verb++)
                        if (is_of_kind(verb, kind) && strcmp(verb->name, name) == 0)
                                return verb;
        return NULL;
}

bool verb_is_said(const char *name)
{
        for (size_t t = 0; name && t < verb_table_count; t++)
                for (const struct verb *verb = verb_tables[t]; verb->name; verb++)
                        if (verb->said && strcmp(verb->name, name) == 0)
                                return true;
        return false;
}

const char *verb_nearest(const struct kind *kind, const char *name)
{
        const char *nearest = verb_at(0)->name;
        const struct verb *verb;
        size_t least = SIZE_MAX;

        for (size_t i = 0; (verb = verb_at(i)); i++) {
                size_t distance = text_distance(name, verb->name);

                if (is_of_kind(verb, kind) && distance < least) {
                        least = distance;
                        nearest = verb->name;
                }
        }
        return nearest;
}

const char *verb_may_not(const struct verb *verb, const struct thing *now)
{
        const char *why = machine_may_not(verb, now);

        return !why && verb->may ? verb->may(now) : why;
}

const char *verb_why_not(const struct verb *verb, const struct thing *now, const struct act *act)
{
        const char *why = verb_may_not(verb, now);

        if (why)
                return why;
        if (verb->needs_reason && !act_has_reason(act))
                return "it needs a reason";
        if (verb->needs_text && (!act->text || !act->text[strspn(act->text, " \t\r\n")]))
                return "it needs a text";
        if (verb_lacks(verb, act))
                return "it lacks a detail that it needs";
        why = verb->guard ? verb->guard(now, act) : NULL;
        return why ? why : machine_why_not(verb, now, act);
}

/* ---- details ------------------------------------------------------------------------------- */

const struct detail_row *verb_detail(const struct verb *verb, const char *name)
{
        for (const struct detail_row *row = verb->details; name && row && row->name; row++)
                if (strcmp(row->name, name) == 0)
                        return row;
        return NULL;
}

const struct detail_row *verb_lacks(const struct verb *verb, const struct act *act)
{
        for (const struct detail_row *row = verb->details; row && row->name; row++) {
                const char *value = row->needed ? act_detail(act, row->name) : "none is needed";

                if (!value || !value[strspn(value, " \t\r\n")])
                        return row;
        }
        return NULL;
}

struct field detail_field(const struct detail_row *row)
{
        return (struct field){.name = row->name,
                              .label = row->label,
                              .help = row->help,
                              .type = row->type,
                              .flags = FIELD_FORM | (row->person ? FIELD_PERSON : 0) |
                                       (row->ahead ? FIELD_AHEAD : 0),
                              .words = row->words,
                              .kinds = row->kinds};
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

/* The time of a group that a form may fill in. */
static bool stamps_form(const struct kind *kind, const struct field *field)
{
        for (size_t i = 0; (field->flags & FIELD_STAMP) && i < kind->field_count; i++)
                if ((kind->fields[i].flags & FIELD_FORM) && kind->fields[i].group &&
                    strcmp(kind->fields[i].group, field->group) == 0)
                        return true;
        return false;
}

bool verb_asks(const struct verb *verb, const char *field)
{
        return text_has_word(verb->asks, " ", field);
}

bool verb_implies(const struct verb *verb, const struct field *field)
{
        return field->accepts && (verb->derives || text_has_word(verb->also, " ", field->name));
}

bool verb_may_set_field(const struct verb *verb, const struct kind *kind, const struct act *act,
                        const struct field *field)
{
        if (field->flags & FIELD_DERIVED)
                return verb->sets == SETS_ALL && strcmp(field->name, "ref") == 0;
        if (text_has_word(verb->also, " ", field->name) || verb_asks(verb, field->name))
                return true;
        switch (verb->sets) {
        case SETS_NONE: return false;
        case SETS_FIELD: return in_group(kind, field, verb->field);
        case SETS_FORM:
                return ((field->flags & FIELD_FORM) && !(field->flags & FIELD_STATE)) ||
                       stamps_form(kind, field);
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
                if (verb_may_set_field(verb, kind, act, &kind->fields[i]))
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

const struct verb *verb_of_field(const struct kind *kind, const struct field *f, const char *value)
{
        const struct verb *verb, *named = verb_find(kind, f->name), *group = NULL;

        for (size_t i = 0; (verb = verb_at(i)); i++) {
                const struct field *first = verb->field ? field_find(kind, verb->field) : NULL;

                if (!first || verb->sets != SETS_FIELD || verb_find(kind, verb->name) != verb)
                        continue;
                if (first == f && verb->value && value && strcmp(verb->value, value) == 0)
                        return verb;
                if (first == f && !verb->value && !named)
                        named = verb;
                if (first->group && f->group && strcmp(first->group, f->group) == 0 && !group)
                        group = verb;
        }
        return named ? named : group;
}
