/*
 * Items of a checklist -> a playbook.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "model/marking.h"
#include "playbook_list_private.h"

#define DUTY_OFFICER "duty-officer"
#define NAMES_SPACE  "5b6f0c0e-3d0b-4c52-9a6e-8f7a2f5d1c33" /* of ids made from names */

struct building {
        struct arena *a;
        struct playbook *p;
        struct step *steps;
        struct actor *agents;
        struct variable *variables;
        size_t step_count, step_room, agent_room, variable_room;
        struct err *err;
};

static enum rc expected(const struct building *b, const struct list_item *item, const char *what)
{
        return err_set(b->err, RC_INVALID, "line %d: expected %s", item->line, what);
}

static const char *make_id(const struct building *b, const char *type, const char *place)
{
        char uuid[UUID_TEXT];

        ident_uuid5(strstr(b->p->id, "--") + 2, place, uuid);
        return arena_printf(b->a, "%s--%s", type, uuid);
}

/* ---- the head -------------------------------------------------------------------------------- */

static size_t split(struct arena *a, const char *s, const char *const **ret)
{
        const char **list = arena_array(a, strlen(s) + 1, sizeof(*list));
        size_t count = 0;

        while (*s) {
                size_t len;

                s += strspn(s, ", ");
                len = strcspn(s, ",");
                while (len && s[len - 1] == ' ')
                        len--;
                if (len)
                        list[count++] = arena_strndup(a, s, len);
                s += strcspn(s, ",");
        }
        *ret = list;
        return count;
}

static bool read_percent(const char *s, int *ret)
{
        size_t len = strlen(s);

        if (!len || len > 3 || strspn(s, "0123456789") != len)
                return false;
        *ret = atoi(s);
        return *ret <= 100;
}

static bool read_id(const char *s, const char *type, const char **ret)
{
        if (!ident_is_stix(s, strlen(s)) || strncmp(s, type, strlen(type)) != 0)
                return false;
        *ret = s;
        return true;
}

static bool read_time(const char *s, int64_t *ret)
{
        return stamp_parse_ns(s, strlen(s), ret, NULL) == RC_OK;
}

static const char *read_field(struct building *b, const struct list_field *f)
{
        struct playbook *p = b->p;
        const struct {
                const char *key;
                const char *const **ret;
                size_t *ret_count;
        } lists[] = {
                {"Types", &p->types, &p->type_count},
                {"Activities", &p->activities, &p->activity_count},
                {"Sectors", &p->sectors, &p->sector_count},
                {"Labels", &p->labels, &p->label_count},
        };

        for (size_t i = 0; i < ARRAY_LEN(lists); i++)
                if (strcmp(f->key, lists[i].key) == 0) {
                        *lists[i].ret_count = split(b->a, f->value, lists[i].ret);
                        return NULL;
                }
        if (strcmp(f->key, "Id") == 0)
                return read_id(f->value, "playbook--", &p->id) ? NULL : "playbook--UUID";
        if (strcmp(f->key, "By") == 0)
                return read_id(f->value, "identity--", &p->created_by) ? NULL : "identity--UUID";
        if (strcmp(f->key, "Created") == 0)
                return read_time(f->value, &p->created_ns) ? NULL : "a time with its zone";
        if (strcmp(f->key, "Modified") == 0)
                return read_time(f->value, &p->modified_ns) ? NULL : "a time with its zone";
        if (strcmp(f->key, "Priority") == 0)
                return read_percent(f->value, &p->priority) ? NULL : "a number up to 100";
        if (strcmp(f->key, "Severity") == 0)
                return read_percent(f->value, &p->severity) ? NULL : "a number up to 100";
        if (strcmp(f->key, "Impact") == 0)
                return read_percent(f->value, &p->impact) ? NULL : "a number up to 100";
        if (strcmp(f->key, "TLP") == 0)
                return (p->tlp = tlp_read(f->value)) >= 0 ? NULL : "a TLP label";
        return "Id, By, Created, Modified, Types, Activities, Sectors, Labels, Severity, Priority, "
               "Impact or TLP";
}

static enum rc read_head(struct building *b, const struct list_tree *t,
                         const struct playbook_list_head *head)
{
        struct playbook *p = b->p;
        char uuid[UUID_TEXT];

        *p = (struct playbook){.name = head->name ? head->name : t->title,
                               .description = t->description,
                               .spec_version = "cacao-2.0",
                               .id = head->id,
                               .created_by = head->created_by,
                               .created_ns = head->now_ns,
                               .modified_ns = head->now_ns,
                               .valid_from_ms = CLOCK_NONE,
                               .valid_until_ms = CLOCK_NONE,
                               .priority = -1,
                               .severity = -1,
                               .impact = -1,
                               .tlp = -1,
                               .exception = -1};
        for (size_t i = 0; i < t->field_count; i++) {
                const char *wanted = read_field(b, &t->fields[i]);

                if (wanted)
                        return err_set(b->err, RC_INVALID, "line %d: expected %s",
                                       t->fields[i].line, wanted);
        }
        if (!p->name || !*p->name)
                return err_set(b->err, RC_INVALID, "line 1: expected \"# NAME\"");
        ident_uuid5(NAMES_SPACE, p->name, uuid);
        if (!p->id)
                p->id = arena_printf(b->a, "playbook--%s", uuid);
        return RC_OK;
}

/* ---- variables ------------------------------------------------------------------------------- */

static const char *variable_named(const struct building *b, const char *s, size_t len)
{
        return arena_printf(b->a, "__%.*s__", (int)len, s);
}

static const struct variable *find_variable(const struct building *b, const char *name)
{
        for (size_t i = 0; i < b->p->variable_count; i++)
                if (strcmp(b->variables[i].name, name) == 0)
                        return &b->variables[i];
        return NULL;
}

static int compare_variables(const void *pa, const void *pb)
{
        const struct variable *a = pa, *b = pb;

        return strcmp(a->name, b->name);
}

/* "leak bool = true: What it says" */
static enum rc read_variable(struct building *b, const struct list_item *item)
{
        const char *s = item->text, *colon = strstr(s, ": ");
        const char *name = variable_named(b, s, strcspn(s, " :"));
        struct variable v = {.name = name, .description = colon ? colon + 2 : NULL};
        const char *type = s + strcspn(s, " :");
        char *rest, *value;

        type += strspn(type, " ");
        rest = colon && colon < type
                       ? arena_strdup(b->a, "")
                       : arena_strndup(b->a, type, colon ? (size_t)(colon - type) : strlen(type));
        value = strstr(rest, " = ");
        if (value) {
                *value = '\0';
                v.value = value + 3;
        }
        v.type = variable_type_of(rest);
        v.type_name = variable_type_name(v.type);
        if (!variable_is_name(name, strlen(name)) || !v.type_name || item->first ||
            find_variable(b, name))
                return expected(b, item, "\"NAME TYPE: WHAT IT SAYS\", each name once");
        if (v.value && variable_check(&v, v.value, b->err) != RC_OK)
                return err_wrap(b->err, RC_INVALID, "line %d", item->line);
        b->variables = arena_grow(b->a, b->variables, b->p->variable_count, &b->variable_room,
                                  sizeof(*b->variables));
        b->variables[b->p->variable_count++] = v;
        return RC_OK;
}

static enum rc read_variables(struct building *b, const struct list_tree *t)
{
        enum rc rc = RC_OK;

        for (const struct list_item *i = t->variables.first; i && rc == RC_OK; i = i->next)
                rc = read_variable(b, i);
        if (b->p->variable_count)
                qsort(b->variables, b->p->variable_count, sizeof(*b->variables), compare_variables);
        b->p->variables = b->variables;
        return rc;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static enum rc add_step(struct building *b, const struct list_item *item, enum step_type type,
                        const char *place, int *ret)
{
        struct step *s;

        if (b->step_count >= PLAYBOOK_STEPS_MAX)
                return expected(b, item, "no more steps than a playbook may have");
        b->steps = arena_grow(b->a, b->steps, b->step_count, &b->step_room, sizeof(*b->steps));
        s = &b->steps[b->step_count];
        *s = (struct step){.type = type,
                           .type_name = step_type_name(type),
                           .id = make_id(b, step_type_name(type), place),
                           .agent = -1,
                           .on_completion = -1,
                           .on_success = -1,
                           .on_failure = -1,
                           .playbook_version_ns = CLOCK_NONE};
        *ret = (int)b->step_count++;
        return RC_OK;
}

/* Agents are numbered as they come; sorted at the end. */
static int find_agent(struct building *b, const char *role)
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
                (struct actor){.id = make_id(b, "group", arena_printf(b->a, "role %s", name)),
                               .type = "group",
                               .name = name};
        return (int)b->p->agent_count++;
}

static enum rc read_gives(struct building *b, const struct list_item *item, const char *gives,
                          struct step *s)
{
        const char *const *words;
        const char **names;

        s->out_count = split(b->a, gives, &words);
        names = arena_array(b->a, s->out_count + 1, sizeof(*names));
        for (size_t i = 0; i < s->out_count; i++) {
                names[i] = variable_named(b, words[i], strlen(words[i]));
                if (!find_variable(b, names[i]))
                        return expected(b, item, "names of \"## Variables\" behind \"gives\"");
        }
        s->out_args = names;
        return RC_OK;
}

static enum rc build_action(struct building *b, const struct list_item *item, const char *place,
                            int *ret)
{
        struct list_marks m;
        struct step_command *c = arena_alloc(b->a, sizeof(*c));
        struct step *s;
        enum rc rc = list_marks_read(item, b->a, &m, b->err);

        if (rc == RC_OK && item->first)
                return expected(b, item->first, "no steps below one that is no block");
        if (rc == RC_OK)
                rc = add_step(b, item, STEP_ACTION, place, ret);
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

static enum rc build_chain(struct building *b, const struct list_item *block, const char *place,
                           const char *end_name, int *ret);

/* Children that are branches of a block, each behind its word. */
static enum rc build_branches(struct building *b, const struct list_item *item, const char *place,
                              int at)
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
                const char *rest, *below = arena_printf(b->a, "%s.%zu", place, n + 1);
                enum list_word word = list_word_of(i->text, &rest);

                if (cases && word == WORD_DEFAULT && !i->next)
                        rest = "default";
                else if (word != (cases ? WORD_CASE : WORD_BRANCH))
                        return expected(b, i,
                                        cases ? "\"- case VALUE\", then \"- default\""
                                              : "\"- branch NAME\"");
                for (size_t k = 0; cases && k < n; k++)
                        if (strcmp(list[k].label, rest) == 0)
                                return expected(b, i, "each case once");
                list[n].label = cases ? rest : NULL;
                rc = build_chain(b, i, below, cases ? NULL : rest, &list[n++].step);
        }
        if (rc == RC_OK && n < (cases ? 1 : 2))
                return expected(b, item, cases ? "a case below it" : "two branches below it");
        b->steps[at].branches = list;
        b->steps[at].branch_count = n;
        return rc;
}

/* A word alone that is a variable is asked for its value. */
static const char *condition_of(const struct building *b, const char *text)
{
        const char *name = variable_named(b, text, strlen(text));

        return find_variable(b, name) ? arena_printf(b->a, "%s%s", name, VARIABLE_SUFFIX) : text;
}

/* *item moves to the else, where there is one. */
static enum rc build_condition(struct building *b, const struct list_item **item,
                               const char *condition, const char *place, int at)
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
        rc = build_chain(b, *item, arena_printf(b->a, "%s.1", place), NULL, &list[0].step);
        if (rc != RC_OK || !both || !other || list_word_of(other->text, &rest) != WORD_ELSE ||
            *rest)
                return rc;
        *item = other;
        return build_chain(b, other, arena_printf(b->a, "%s.2", place), NULL, &list[1].step);
}

static enum rc build_run(struct building *b, const struct list_item *item, const char *rest, int at)
{
        const char *id = arena_strndup(b->a, rest, strcspn(rest, " "));
        const char *name = rest + strlen(id);

        name += strspn(name, " ");
        if (!read_id(id, "playbook--", &b->steps[at].playbook_id) || item->first)
                return expected(b, item, "\"- run playbook--UUID NAME\"");
        b->steps[at].name = *name ? name : NULL;
        b->steps[at].description = item->said;
        return item->body ? expected(b, item, "\"> \" before the text of a run") : RC_OK;
}

static enum rc build_block(struct building *b, const struct list_item **item, enum list_word word,
                           const char *rest, const char *place, int *ret)
{
        static const enum step_type types[] = {
                [WORD_IF] = STEP_IF,         [WORD_WHILE] = STEP_WHILE,
                [WORD_SWITCH] = STEP_SWITCH, [WORD_PARALLEL] = STEP_PARALLEL,
                [WORD_RUN] = STEP_PLAYBOOK,
        };
        enum rc rc = add_step(b, *item, types[word], place, ret);
        struct step *s;

        if (rc != RC_OK)
                return rc;
        s = &b->steps[*ret];
        if (word == WORD_RUN)
                return build_run(b, *item, rest, *ret);
        if ((*item)->body)
                return expected(b, *item, "\"> \" before the text of a block");
        s->description = (*item)->said;
        if (word == WORD_IF || word == WORD_WHILE)
                return build_condition(b, item, rest, place, *ret);
        if (word == WORD_PARALLEL) {
                s->name = *rest ? rest : NULL;
                return build_branches(b, *item, place, *ret);
        }
        s->switch_text = condition_of(b, rest);
        if (s->switch_text != rest)
                s->switch_variable = variable_named(b, rest, strlen(rest));
        return build_branches(b, *item, place, *ret);
}

/* What stands below a block, or the list itself, one after the other to an end. */
static enum rc build_chain(struct building *b, const struct list_item *block, const char *place,
                           const char *end_name, int *ret)
{
        int before = -1, at = -1;
        size_t n = 0;
        enum rc rc = RC_OK;

        if (!block->first)
                return expected(b, block, "steps below it, indented");
        if (block->body)
                return expected(b, block, "steps below it, and no text");
        for (const struct list_item *i = block->first; i && rc == RC_OK; i = i->next) {
                const char *here = arena_printf(b->a, "%s.%zu", place, ++n), *rest;
                enum list_word word = list_word_of(i->text, &rest);

                if (word == WORD_ELSE || word == WORD_CASE || word == WORD_DEFAULT ||
                    word == WORD_BRANCH)
                        return expected(b, i, "this word only where its block is");
                rc = word == WORD_NONE ? build_action(b, i, here, &at)
                                       : build_block(b, &i, word, rest, here, &at);
                if (rc == RC_OK && before >= 0)
                        b->steps[before].on_completion = at;
                else if (rc == RC_OK)
                        *ret = at;
                before = at;
        }
        if (rc == RC_OK)
                rc = add_step(b, block, STEP_END, arena_printf(b->a, "%s.end", place), &at);
        if (rc == RC_OK) {
                b->steps[at].name = end_name;
                b->steps[before].on_completion = at;
        }
        return rc;
}

/* ---- in their order -------------------------------------------------------------------------- */

struct place_of {
        const char *id;
        int was;
};

static int compare_places(const void *pa, const void *pb)
{
        const struct place_of *a = pa, *b = pb;

        return strcmp(a->id, b->id);
}

static void sort_agents(struct building *b)
{
        size_t n = b->p->agent_count;
        struct place_of *places = arena_array(b->a, n + 1, sizeof(*places));
        struct actor *sorted = arena_array(b->a, n + 1, sizeof(*sorted));
        int *now = arena_array(b->a, n + 1, sizeof(*now));

        for (size_t i = 0; i < n; i++)
                places[i] = (struct place_of){b->agents[i].id, (int)i};
        qsort(places, n, sizeof(*places), compare_places);
        for (size_t i = 0; i < n; i++) {
                sorted[i] = b->agents[places[i].was];
                now[places[i].was] = (int)i;
        }
        for (size_t i = 0; i < b->step_count; i++)
                if (b->steps[i].agent >= 0)
                        b->steps[i].agent = now[b->steps[i].agent];
        b->p->agents = sorted;
}

static int compare_cases(const void *pa, const void *pb)
{
        const struct step_branch *a = pa, *b = pb;
        bool last_a = strcmp(a->label, "default") == 0, last_b = strcmp(b->label, "default") == 0;

        return last_a != last_b ? last_a - last_b : strcmp(a->label, b->label);
}

static void sort_steps(struct building *b)
{
        size_t n = b->step_count;
        struct place_of *places = arena_array(b->a, n, sizeof(*places));
        struct step *sorted = arena_array(b->a, n, sizeof(*sorted));
        int *now = arena_array(b->a, n, sizeof(*now));

        for (size_t i = 0; i < n; i++)
                places[i] = (struct place_of){b->steps[i].id, (int)i};
        qsort(places, n, sizeof(*places), compare_places);
        for (size_t i = 0; i < n; i++) {
                sorted[i] = b->steps[places[i].was];
                now[places[i].was] = (int)i;
        }
        for (size_t i = 0; i < n; i++) {
                struct step *s = &sorted[i];
                struct step_branch *list = (struct step_branch *)s->branches;

                s->on_completion = s->on_completion < 0 ? -1 : now[s->on_completion];
                for (size_t k = 0; k < s->branch_count; k++)
                        list[k].step = list[k].step < 0 ? -1 : now[list[k].step];
                if (s->type == STEP_SWITCH)
                        qsort(list, s->branch_count, sizeof(*list), compare_cases);
        }
        b->p->start = now[b->p->start];
        b->p->steps = sorted;
        b->p->step_count = n;
}

enum rc playbook_list_read(const char *text, size_t len, const struct playbook_list_head *head,
                           struct arena *a, const struct playbook **ret, struct err *err)
{
        struct list_tree tree = {0};
        struct playbook *p = arena_alloc(a, sizeof(*p));
        struct building b = {.a = a, .p = p, .err = err};
        int start = -1, first = -1;
        enum rc rc = list_tree_read(text, len, a, &tree, err);

        if (rc == RC_OK)
                rc = read_head(&b, &tree, head);
        if (rc == RC_OK)
                rc = read_variables(&b, &tree);
        if (rc == RC_OK)
                rc = add_step(&b, &tree.steps, STEP_START, "start", &start);
        if (rc == RC_OK)
                rc = build_chain(&b, &tree.steps, "step", NULL, &first);
        if (rc != RC_OK)
                return rc;
        b.steps[start].on_completion = first;
        p->start = start;
        if (p->agent_count)
                sort_agents(&b);
        sort_steps(&b);
        *ret = p;
        return RC_OK;
}
