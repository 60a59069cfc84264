/*
 * Items of a checklist -> steps of a playbook, in the order of the list.
 */
#include <string.h>

#include "wire/playbook_list_reading.h"

#define DUTY_OFFICER "duty-officer"

enum rc list_step_add(struct list_building *b, const struct list_item *item, enum step_type type,
                      int *ret)
{
        struct step *s;

        if (b->step_count >= PLAYBOOK_STEPS_MAX)
                return list_expected(b, item, "no more steps than a playbook may have");
        b->steps = arena_grow(b->a, b->steps, b->step_count, &b->step_room, sizeof(*b->steps));
        s = &b->steps[b->step_count];
        *s = (struct step){.type = type,
                           .type_name = step_type_name(type),
                           .agent = -1,
                           .on_completion = -1,
                           .on_success = -1,
                           .on_failure = -1,
                           .playbook_version_ns = CLOCK_NONE};
        *ret = (int)b->step_count++;
        return RC_OK;
}

/* Agents are numbered as they come; sorted at the end. */
static int find_agent(struct list_building *b, const char *role)
{
        char *name = arena_strdup(b->a, role);

        for (char *c = name; *c; c++)
                *c = *c == '-' ? ' ' : *c;
        for (size_t i = 0; i < b->p->agent_count; i++)
                if (strcmp(b->agents[i].name, name) == 0)
                        return (int)i;
        b->agents =
                arena_grow(b->a, b->agents, b->p->agent_count, &b->agent_room, sizeof(*b->agents));
        b->agents[b->p->agent_count] =
                (struct actor){.id = list_make_id(b, "group", arena_printf(b->a, "role %s", name)),
                               .type = "group",
                               .name = name};
        return (int)b->p->agent_count++;
}

static enum rc read_gives(struct list_building *b, const struct list_item *item, const char *gives,
                          struct step *s)
{
        const char *const *words;
        const char **names;

        s->out_count = list_split(b->a, gives, &words);
        names = arena_array(b->a, s->out_count + 1, sizeof(*names));
        for (size_t i = 0; i < s->out_count; i++) {
                names[i] = list_variable_name(b, words[i], strlen(words[i]));
                if (!list_variable_of(b, names[i]))
                        return list_expected(b, item, "names of \"## Variables\" behind \"gives\"");
        }
        s->out_args = names;
        return RC_OK;
}

static enum rc build_action(struct list_building *b, const struct list_item *item, int *ret)
{
        struct list_marks m;
        struct step_command *c = arena_alloc(b->a, sizeof(*c));
        struct step *s;
        enum rc rc = list_marks_read(item, b->a, &m, b->err);

        if (rc == RC_OK && item->first)
                return list_expected(b, item->first, "no steps below one that is no block");
        if (rc == RC_OK)
                rc = list_step_add(b, item, STEP_ACTION, ret);
        if (rc != RC_OK)
                return rc;
        s = &b->steps[*ret];
        *c = (struct step_command){.type = "manual", .text = item->body ? item->body : m.name};
        s->name = m.name;
        s->description = item->said;
        s->commands = c;
        s->command_count = 1;
        s->agent = find_agent(b, m.role ? m.role : DUTY_OFFICER);
        s->minutes = m.minutes;
        s->timeout_ms = m.timeout_ms;
        s->delay_ms = m.delay_ms;
        s->two_person = m.two;
        s->mandatory = m.must;
        s->adversary = m.pap;
        return m.gives ? read_gives(b, item, m.gives, s) : RC_OK;
}

/* Children that are branches of a block, each behind its word. */
static enum rc build_branches(struct list_building *b, const struct list_item *item, int at)
{
        enum step_type type = b->steps[at].type;
        bool cases = type == STEP_SWITCH;
        struct step_branch *list;
        size_t count = 0, n = 0;
        enum rc rc = RC_OK;

        for (const struct list_item *i = item->first; i; i = i->next)
                count++;
        list = arena_array(b->a, count + 1, sizeof(*list));
        for (const struct list_item *i = item->first; i && rc == RC_OK; i = i->next) {
                const char *rest;
                enum list_word word = list_word_of(i->text, i->first, &rest);

                if (cases && word == WORD_DEFAULT && !i->next && !*rest)
                        rest = "default";
                else if (word != (cases ? WORD_CASE : WORD_BRANCH))
                        return list_expected(b, i,
                                             cases ? "\"- case VALUE\", then \"- default\""
                                                   : "\"- branch NAME\"");
                for (size_t k = 0; cases && k < n; k++)
                        if (strcmp(list[k].label, rest) == 0)
                                return list_expected(b, i, "each case once");
                list[n].label = cases ? rest : NULL;
                rc = list_build_chain(b, i, cases ? NULL : rest, &list[n++].step);
        }
        if (rc == RC_OK && n < (cases ? 1 : 2))
                return list_expected(b, item, cases ? "a case below it" : "two branches below it");
        b->steps[at].branches = list;
        b->steps[at].branch_count = n;
        return rc;
}

/* A word alone that is a variable is asked for its value. */
static const char *condition_of(const struct list_building *b, const char *text)
{
        const char *name = list_variable_name(b, text, strlen(text));

        return list_variable_of(b, name) ? arena_printf(b->a, "%s%s", name, VARIABLE_SUFFIX) : text;
}

/* *item moves to the else, where there is one. */
static enum rc build_condition(struct list_building *b, const struct list_item **item,
                               const char *condition, int at)
{
        struct step_branch *list = arena_array(b->a, 2, sizeof(*list));
        const struct list_item *other = (*item)->next;
        bool both = b->steps[at].type == STEP_IF;
        const char *rest;
        enum rc rc;

        list[0].label = both ? "true" : NULL;
        list[1] = (struct step_branch){"false", -1};
        b->steps[at].condition_text = condition_of(b, condition);
        b->steps[at].condition = condition_parse(b->steps[at].condition_text, b->a);
        b->steps[at].branches = list;
        b->steps[at].branch_count = both ? 2 : 1;
        rc = list_build_chain(b, *item, NULL, &list[0].step);
        if (rc != RC_OK || !both || !other ||
            list_word_of(other->text, other->first, &rest) != WORD_ELSE || *rest)
                return rc;
        *item = other;
        return list_build_chain(b, other, NULL, &list[1].step);
}

static enum rc build_run(struct list_building *b, const struct list_item *item, const char *rest,
                         int at)
{
        const char *id = arena_strndup(b->a, rest, strcspn(rest, " "));
        const char *name = rest + strlen(id);

        name += strspn(name, " ");
        if (!list_id_read(id, "playbook--", &b->steps[at].playbook_id) || item->first)
                return list_expected(b, item, "\"- run playbook--UUID NAME\"");
        b->steps[at].name = *name ? name : NULL;
        b->steps[at].description = item->said;
        return item->body ? list_expected(b, item, "\"> \" before the text of a run") : RC_OK;
}

static enum rc build_block(struct list_building *b, const struct list_item **item,
                           enum list_word word, const char *rest, int *ret)
{
        static const enum step_type types[] = {
                [WORD_IF] = STEP_IF,         [WORD_WHILE] = STEP_WHILE,
                [WORD_SWITCH] = STEP_SWITCH, [WORD_PARALLEL] = STEP_PARALLEL,
                [WORD_RUN] = STEP_PLAYBOOK,
        };
        enum rc rc = list_step_add(b, *item, types[word], ret);
        struct step *s;

        if (rc != RC_OK)
                return rc;
        s = &b->steps[*ret];
        if (word == WORD_RUN)
                return build_run(b, *item, rest, *ret);
        if ((*item)->body)
                return list_expected(b, *item, "\"> \" before the text of a block");
        s->description = (*item)->said;
        if (word == WORD_IF || word == WORD_WHILE)
                return build_condition(b, item, rest, *ret);
        if (word == WORD_PARALLEL) {
                s->name = *rest ? rest : NULL;
                return build_branches(b, *item, *ret);
        }
        s->switch_text = condition_of(b, rest);
        if (s->switch_text != rest)
                s->switch_variable = list_variable_name(b, rest, strlen(rest));
        return build_branches(b, *item, *ret);
}

/* What stands below a block, or the list itself, one after the other to an end. */
enum rc list_build_chain(struct list_building *b, const struct list_item *block,
                         const char *end_name, int *ret)
{
        int before = -1, at = -1;
        enum rc rc = RC_OK;

        if (!block->first)
                return list_expected(b, block, "steps below it, indented");
        if (block->body)
                return list_expected(b, block, "steps below it, and no text");
        for (const struct list_item *i = block->first; i && rc == RC_OK; i = i->next) {
                const char *rest;
                enum list_word word = list_word_of(i->text, i->first, &rest);

                if (word == WORD_ELSE || word == WORD_CASE || word == WORD_DEFAULT ||
                    word == WORD_BRANCH)
                        return list_expected(b, i, "this word only where its block is");
                rc = word == WORD_NONE ? build_action(b, i, &at)
                                       : build_block(b, &i, word, rest, &at);
                if (rc == RC_OK && before >= 0)
                        b->steps[before].on_completion = at;
                else if (rc == RC_OK)
                        *ret = at;
                before = at;
        }
        if (rc == RC_OK)
                rc = list_step_add(b, block, STEP_END, &at);
        if (rc == RC_OK) {
                b->steps[at].name = end_name;
                b->steps[before].on_completion = at;
        }
        return rc;
}
