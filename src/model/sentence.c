#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/act.h"
#include "model/item.h"
#include "model/rules.h"
#include "model/when.h"
#include "model/words.h"

#define SENTENCE_BYTES_MAX 8192
#define VALUE_COLUMNS      60 /* a longer value is cut */
#define CHANGES_MAX        12 /* then "and 3 more"     */
#define ITEMS_MAX          24

struct sentence {
        const struct thing *before; /* or NULL */
        const struct words *words;  /* or NULL */
        const struct verb *verb;    /* or NULL */
        struct str out;
        size_t changes, left_out;
};

static const struct field *find(const struct sentence *s, const char *name)
{
        return s->before ? field_find(s->before->kind, name) : NULL;
}

static bool is_implied(const struct sentence *s, const char *name)
{
        const struct field *field = find(s, name);

        return s->verb && field && verb_implies(s->verb, field);
}

static bool changes_anything(const struct sentence *s, const struct act *act)
{
        size_t i = 0;

        while (i < act->element_count && is_implied(s, act->elements[i].field))
                i++;
        return act->set_count || i < act->element_count;
}

static void add_cut(struct str *out, const char *text)
{
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);
        char cut[4 * VALUE_COLUMNS + 8];

        text_cut(clean, VALUE_COLUMNS, "…", cut, sizeof(cut));
        str_add(out, cut);
}

static void add_time(struct str *out, const char *text)
{
        char stamp[STAMP_BYTES];
        int64_t ms;

        if (stamp_parse_ms(text, &ms, NULL) != RC_OK) {
                add_cut(out, text);
                return;
        }
        stamp_format_s(ms, stamp);
        str_add(out, stamp);
}

static void add_value(struct sentence *s, const struct field *field, const char *value)
{
        const struct enum_item *item;
        char span[WHEN_BYTES];

        if (field && field->type == FIELD_ENUM) {
                item = enum_at(field->list, enum_rank(field->list, value));
                add_cut(&s->out, item ? item->label : value);
        } else if (field && field->type == FIELD_TIME) {
                add_time(&s->out, value);
        } else if (field && (field->flags & FIELD_MINUTES)) {
                minutes_show(strtoll(value, NULL, 10), span);
                str_add(&s->out, span);
        } else if (field && field->words && s->words) {
                add_cut(&s->out, word_label(s->words, field->words, value));
        } else if (field && (field->flags & FIELD_SEARCH)) {
                str_addc(&s->out, '"');
                add_cut(&s->out, value);
                str_addc(&s->out, '"');
        } else {
                add_cut(&s->out, value);
        }
}

/* False where there are too many changes to tell. */
static bool add_name(struct sentence *s, const struct field *field, const char *name)
{
        if (s->changes == CHANGES_MAX) {
                s->left_out++;
                return false;
        }
        if (s->changes++)
                str_add(&s->out, ", ");
        add_cut(&s->out, field ? field->label : name);
        return true;
}

/* When, who and why of a group are told by the entry itself. */
static bool goes_along(const struct field *field, const struct act *act, const char *new)
{
        if (!field || act->set_count < 2)
                return false;
        if (field->flags & (FIELD_STAMP | FIELD_WHY))
                return true;
        return (field->flags & FIELD_WHO) &&
               (!new || (act->operator&& strcmp(new, act->operator) == 0));
}

static void add_set(struct sentence *s, const struct act *act, const struct act_set *set)
{
        const struct field *field = find(s, set->field);
        const char *old = field ? thing_text(s->before, field->name) : NULL;
        const char *new = set->value && * set->value ? set->value : NULL;

        if (goes_along(field, act, new) || !add_name(s, field, set->field))
                return;
        if (field && field->type == FIELD_TEXT) {
                str_add(&s->out, new ? " changed" : " withdrawn");
                return;
        }
        if (!new) {
                str_addc(&s->out, ' ');
                if (old) {
                        add_value(s, field, old);
                        str_addc(&s->out, ' ');
                }
                str_add(&s->out, "withdrawn");
                return;
        }
        if (old && strcmp(old, new) == 0) {
                str_add(&s->out, " stays ");
        } else if (old) {
                str_addc(&s->out, ' ');
                add_value(s, field, old);
                str_add(&s->out, " -> ");
        } else {
                str_add(&s->out, " set to ");
        }
        add_value(s, field, new);
}

/* Whom a member names is told whole, however long the rest is. */
static void add_item(struct sentence *s, const struct field *field, const char *item)
{
        const char *who = field ? item_who(field, item) : NULL;

        if (!who) {
                add_value(s, field, item);
                return;
        }
        AUTO_FREE char *front = xasprintf("%.*s", (int)(who - item), item);
        add_cut(&s->out, front);
        add_cut(&s->out, who);
}

static bool is_first_of_field(const struct act *act, size_t i)
{
        for (size_t k = 0; k < i; k++)
                if (strcmp(act->elements[k].field, act->elements[i].field) == 0)
                        return false;
        return true;
}

static void add_elements(struct sentence *s, const struct act *act, const char *name)
{
        const struct field *field = find(s, name);
        size_t shown = 0, more = 0;

        if (is_implied(s, name))
                return;
        if (!add_name(s, field, name))
                return;
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *element = &act->elements[i];

                if (strcmp(element->field, name) != 0)
                        continue;
                if (shown++ >= ITEMS_MAX) {
                        more++;
                        continue;
                }
                str_add(&s->out, element->remove ? " -" : " +");
                add_item(s, field, element->item);
        }
        if (more)
                str_addf(&s->out, " and %zu more", more);
}

static void add_changes(struct sentence *s, const struct act *act)
{
        size_t fields = 0;

        for (size_t i = 0; i < act->set_count; i++)
                add_set(s, act, &act->sets[i]);
        for (size_t i = 0; i < act->element_count && fields < ACT_FIELDS_MAX; i++) {
                if (!is_first_of_field(act, i))
                        continue;
                fields++;
                add_elements(s, act, act->elements[i].field);
        }
        if (s->left_out)
                str_addf(&s->out, " and %zu more", s->left_out);
}

static const char *title_of(const struct act *act)
{
        const struct act_set *set = act_sets_field(act, "title");

        if (!set)
                set = act_sets_field(act, "name");
        return set && set->value && *set->value ? set->value : NULL;
}

/* A verb may name who did what its operator only wrote down. */
static const char *doer_of(const struct act *act, const struct verb *verb)
{
        for (const struct detail_row *row = verb ? verb->details : NULL; row && row->name; row++)
                if (row->person && row->needed && act_detail(act, row->name))
                        return act_detail(act, row->name);
        return act->operator;
}

static void add_done(struct sentence *s, const struct act *act, const struct verb *verb)
{
        const char *doer = doer_of(act, verb);

        str_add(&s->out, verb ? verb->did : "done");
        if (!doer)
                return;
        str_add(&s->out, " by ");
        add_cut(&s->out, doer);
        if (act->operator&& strcmp(act->operator, doer) != 0) {
                str_add(&s->out, " (entered by ");
                add_cut(&s->out, act->operator);
                str_addc(&s->out, ')');
        }
}

static void add_detail(struct sentence *s, const struct detail_row *row, const char *value)
{
        const struct field field = detail_field(row);
        AUTO_FREE char *clean = NULL;

        if (row->type != FIELD_TEXT) {
                add_value(s, &field, value);
                return;
        }
        clean = text_clean(value, strlen(value), false);
        str_add(&s->out, clean);
}

/* Those that the verb tells; the first needs no name. */
static void add_details(struct sentence *s, const struct act *act, const struct verb *verb)
{
        bool named = changes_anything(s, act) && !(verb && verb->tells);

        for (const struct detail_row *row = verb ? verb->details : NULL; row && row->name; row++) {
                const char *value = row->told ? act_detail(act, row->name) : NULL;

                if (!value)
                        continue;
                str_add(&s->out, !named ? ": " : row->joint ? row->joint : "; ");
                if (named && !row->joint) {
                        str_add(&s->out, row->label);
                        str_addc(&s->out, ' ');
                }
                add_detail(s, row, value);
                named = true;
        }
}

/* Undoing and settling say what they are; the other verbs are told by what they change. */
static void add_verb(struct sentence *s, const struct act *act, const struct verb *verb)
{
        if (verb && (verb->sets == SETS_UNDO || verb->sets == SETS_HEADS))
                str_addf(&s->out, "%s: ", verb->did);
        if (changes_anything(s, act) && !(verb && verb->tells))
                add_changes(s, act);
        else
                add_done(s, act, verb);
}

static const struct verb *verb_of(const struct act *act, const struct thing *before)
{
        const struct verb *verb = verb_find(before ? before->kind : NULL, act->verb);

        for (size_t i = 0; !verb && act->verb && i < verb_count(); i++)
                if (strcmp(verb_at(i)->name, act->verb) == 0)
                        verb = verb_at(i);
        return verb;
}

char *act_sentence(const struct act *act, const struct thing *before, const struct words *words)
{
        const struct verb *verb = verb_of(act, before);
        struct sentence s = {.before = before, .words = words, .verb = verb};

        if (verb && (verb->needs_text || (verb->own_text && act->text && *act->text)))
                return xstrdup(act->text ? act->text : "");
        str_init(&s.out, SENTENCE_BYTES_MAX);
        if (verb && verb->sets == SETS_ALL) {
                const char *title = title_of(act);

                add_done(&s, act, verb);
                if (title) {
                        str_add(&s.out, ": ");
                        add_cut(&s.out, title);
                }
        } else if (act_sets_field(act, "acked") && verb && verb->sets == SETS_FIELD) {
                add_done(&s, act, verb);
        } else {
                add_verb(&s, act, verb);
        }
        add_details(&s, act, verb);
        if (verb && verb->tells && changes_anything(&s, act)) {
                str_add(&s.out, "; ");
                add_changes(&s, act);
        }
        if (act_has_reason(act)) {
                AUTO_FREE char *reason = text_clean(act->reason, strlen(act->reason), false);

                str_add(&s.out, ": ");
                str_add(&s.out, reason);
        }
        return str_take(&s.out);
}
