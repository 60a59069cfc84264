/*
 * One step of a workflow.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "wire/cacao_reading.h"

/* ---- what it names --------------------------------------------------------------------------- */

/* Index of the step that the text names; -1 with a finding where there is none. */
static int find_step(struct cacao_reading *r, const struct json_t *v, const char *key)
{
        const char *id;
        int index;

        if (json_kind(v) != JSON_TEXT) {
                cacao_find(r, CACAO_VIEW_ONLY, key, "is not the identifier of a step");
                return -1;
        }
        id = cacao_id_of(r, json_text(v, ""), json_text_len(v));
        if (strlen(id) != json_text_len(v))
                cacao_find(r, CACAO_WARN, key, CACAO_BLANKS);
        index = playbook_step(r->p, id);
        if (index < 0)
                cacao_find(r, CACAO_VIEW_ONLY, key, "names a step that does not exist: %s", id);
        return index;
}

/* Version 1 has a list where there is one step in version 2. */
static int read_next(struct cacao_reading *r, const struct json_t *obj, const char *key)
{
        const struct json_t *v = json_get(obj, key);

        if (!v || json_kind(v) == JSON_NUL)
                return -1;
        if (json_kind(v) == JSON_LIST && json_len(v)) {
                cacao_find(r, CACAO_WARN, key, "is a list: its first step is taken");
                v = json_at(v, 0);
        }
        return find_step(r, v, key);
}

static int compare_id(const void *id, const void *actor)
{
        return strcmp(id, ((const struct actor *)actor)->id);
}

static int find_actor(const struct actor *list, size_t count, const char *id)
{
        const struct actor *actor =
                count ? bsearch(id, list, count, sizeof(*list), compare_id) : NULL;

        return actor ? (int)(actor - list) : -1;
}

static void read_who(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        const char *agent = cacao_id(r, obj, "agent"), *const *targets = NULL;
        size_t count = cacao_lines(r, obj, "targets", &targets);
        int *list;

        s->owner = cacao_id(r, obj, "owner");
        if (agent) {
                s->agent = find_actor(r->p->agents, r->p->agent_count, agent);
                if (s->agent < 0)
                        cacao_find(r, CACAO_WARN, "agent", "names an agent that is not defined: %s",
                                   agent);
        }
        if (!count)
                return;
        list = arena_array(r->a, count, sizeof(*list));
        for (size_t i = 0; i < count; i++) {
                const char *id = cacao_id_of(r, targets[i], strlen(targets[i]));

                list[s->target_count] = find_actor(r->p->targets, r->p->target_count, id);
                if (list[s->target_count] >= 0)
                        s->target_count++;
                else
                        cacao_find(r, CACAO_WARN, "targets",
                                   "names a target that is not defined: %s", id);
        }
        s->targets = list;
}

/* Names of variables; some write "__x__:value". */
static size_t read_args(struct cacao_reading *r, const struct json_t *obj, const char *key,
                        const char *const **ret)
{
        const char *const *words = NULL;
        size_t count = cacao_lines(r, obj, key, &words), kept = 0;
        const char **names;

        if (!count)
                return 0;
        names = arena_array(r->a, count, sizeof(*names));
        for (size_t i = 0; i < count; i++) {
                size_t len = strcspn(words[i], ":");

                if (len)
                        names[kept++] = arena_strndup(r->a, words[i], len);
                else
                        cacao_find(r, CACAO_WARN, key, "holds what is not the name of a variable");
        }
        *ret = names;
        return kept;
}

/* ---- the ways on ----------------------------------------------------------------------------- */

static void read_condition(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        s->condition_text = cacao_text(r, obj, "condition");
        if (!s->condition_text || !*s->condition_text) {
                cacao_find(r, CACAO_VIEW_ONLY, "condition", "is missing");
                return;
        }
        s->condition = condition_parse(s->condition_text, r->a);
        if (!s->condition)
                cacao_find(r, CACAO_WARN, "condition",
                           "is not a comparison of variables: a person is asked");
}

/* Both ways of an if, that into a while. */
static void read_branches_of_condition(struct cacao_reading *r, const struct json_t *obj,
                                       struct step *s)
{
        struct step_branch *b = arena_array(r->a, 2, sizeof(*b));

        read_condition(r, obj, s);
        b[0] = (struct step_branch){"true", read_next(r, obj, "on_true")};
        b[1] = (struct step_branch){"false", -1};
        if (!json_get(obj, "on_true"))
                cacao_find(r, CACAO_VIEW_ONLY, "on_true", "is missing");
        if (s->type == STEP_IF)
                b[1].step = read_next(r, obj, "on_false");
        else
                b[0].label = NULL;
        s->branches = b;
        s->branch_count = s->type == STEP_IF ? 2 : 1;
}

static void read_parallel(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        const struct json_t *list = cacao_member(r, obj, "next_steps", JSON_LIST);
        size_t count = cacao_count(r, list, "next_steps", PLAYBOOK_LIST_MAX);
        struct step_branch *b = arena_array(r->a, count + 1, sizeof(*b));

        for (size_t i = 0; i < count; i++)
                b[i].step = find_step(r, json_at(list, i), "next_steps");
        if (count < 2)
                cacao_find(r, count ? CACAO_WARN : CACAO_VIEW_ONLY, "next_steps",
                           "a parallel step has two branches at the least");
        s->branches = b;
        s->branch_count = count;
}

static bool is_default(const char *label)
{
        return strcmp(label, "default") == 0;
}

static int compare_cases(const void *pa, const void *pb)
{
        const struct step_branch *a = pa, *b = pb;

        if (is_default(a->label) != is_default(b->label))
                return is_default(a->label) ? 1 : -1;
        return strcmp(a->label, b->label);
}

static void read_switch(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        const struct json_t *cases = cacao_member(r, obj, "cases", JSON_OBJ);
        const struct condition *asked = NULL;
        struct cacao_entry *entries;
        size_t count = cacao_entries(r, cases, "cases", PLAYBOOK_LIST_MAX, &entries);
        struct step_branch *b = arena_array(r->a, count + 1, sizeof(*b));

        s->switch_text = cacao_text(r, obj, "switch");
        if (s->switch_text)
                asked = condition_parse(s->switch_text, r->a);
        if (asked && asked->kind == CONDITION_IS)
                s->switch_variable = asked->variable;
        else if (s->switch_text && variable_is_name(s->switch_text, strlen(s->switch_text)))
                s->switch_variable = s->switch_text;
        else
                cacao_find(r, s->switch_text ? CACAO_WARN : CACAO_VIEW_ONLY, "switch",
                           s->switch_text ? "is not a variable: a person is asked" : "is missing");
        cacao_enter(r, "cases", 0);
        for (size_t i = 0; i < count; i++) {
                b[i].label = entries[i].id;
                b[i].step = json_kind(entries[i].value) == JSON_LIST
                                    ? find_step(r, json_at(entries[i].value, 0), entries[i].id)
                                    : find_step(r, entries[i].value, entries[i].id);
        }
        cacao_leave(r);
        if (!count)
                cacao_find(r, CACAO_VIEW_ONLY, "cases", "is missing");
        else
                qsort(b, count, sizeof(*b), compare_cases);
        s->branches = b;
        s->branch_count = count;
}

static void read_ways(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        s->on_completion = read_next(r, obj, "on_completion");
        s->on_success = read_next(r, obj, "on_success");
        s->on_failure = read_next(r, obj, "on_failure");
        if (s->on_completion >= 0 && (s->on_success >= 0 || s->on_failure >= 0))
                cacao_find(r, CACAO_WARN, "on_completion",
                           "stands beside on_success or on_failure");
        if (s->type == STEP_END &&
            (s->on_completion >= 0 || s->on_success >= 0 || s->on_failure >= 0))
                cacao_find(r, CACAO_WARN, NULL, "is an end: what follows it is passed over");
        if (s->type == STEP_START && (s->on_success >= 0 || s->on_failure >= 0))
                cacao_find(r, CACAO_WARN, NULL, "is a start: it has on_completion only");
        if (s->type == STEP_IF || s->type == STEP_WHILE)
                read_branches_of_condition(r, obj, s);
        else if (s->type == STEP_PARALLEL)
                read_parallel(r, obj, s);
        else if (s->type == STEP_SWITCH)
                read_switch(r, obj, s);
}

/* ---- the step -------------------------------------------------------------------------------- */

static void read_type(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        s->type_name = cacao_line(r, obj, "type");
        s->type = step_type_of(s->type_name);
        if (!s->type_name) {
                cacao_find(r, CACAO_VIEW_ONLY, "type", "is missing");
                return;
        }
        if (s->type != STEP_UNKNOWN)
                return;
        if (strcmp(s->type_name, "single") == 0)
                s->type = STEP_ACTION; /* version 1 */
        else if (strcmp(s->type_name, "playbook") == 0)
                s->type = STEP_PLAYBOOK; /* version 1 */
        else
                cacao_find(r, CACAO_WARN, "type",
                           "%s is no type of step: it is shown, and done by hand", s->type_name);
}

static void read_extension(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        const struct json_t *all = json_get(obj, "step_extensions");
        const struct json_t *ext = json_get(all, PLAYBOOK_EXT_STEP);

        if (!ext)
                return;
        cacao_enter(r, "step_extensions", 0);
        cacao_enter(r, PLAYBOOK_EXT_STEP, 0);
        s->mandatory = cacao_bool(r, ext, "mandatory");
        s->two_person = cacao_bool(r, ext, "two_person");
        s->adversary = cacao_bool(r, ext, "adversary_infrastructure");
        s->minutes = (int)cacao_number(r, ext, "minutes", 0, 60 * 24 * 366, 0);
        cacao_leave(r);
        cacao_leave(r);
}

static void read_action(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        cacao_read_commands(r, obj, s);
        if (s->type != STEP_ACTION)
                return;
        if (!s->command_count)
                cacao_find(r, CACAO_WARN, "commands", "is missing: the step is done by hand");
        if (!json_get(obj, "agent"))
                cacao_find(r, CACAO_WARN, "agent", "is missing");
}

void cacao_read_step(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        s->type = STEP_UNKNOWN;
        s->agent = s->on_completion = s->on_success = s->on_failure = -1;
        s->playbook_version_ns = CLOCK_NONE;
        if (!ident_is_stix(s->id, strlen(s->id)))
                cacao_find(r, CACAO_WARN, NULL, "is not an identifier: type--UUID");
        if (json_kind(obj) != JSON_OBJ) {
                cacao_find(r, CACAO_VIEW_ONLY, NULL, "is not an object");
                return;
        }
        read_type(r, obj, s);
        s->name = cacao_line(r, obj, "name");
        s->description = cacao_text(r, obj, "description");
        s->delay_ms = cacao_number(r, obj, "delay", 0, PLAYBOOK_DELAY_MAX, 0);
        s->timeout_ms = cacao_number(r, obj, "timeout", 0, PLAYBOOK_DELAY_MAX, 0);
        s->variable_count = cacao_read_variables(r, obj, "step_variables", &s->variables);
        read_who(r, obj, s);
        s->in_count = read_args(r, obj, "in_args", &s->in_args);
        s->out_count = read_args(r, obj, "out_args", &s->out_args);
        read_ways(r, obj, s);
        read_extension(r, obj, s);
        if (s->type == STEP_ACTION || s->type == STEP_UNKNOWN)
                read_action(r, obj, s);
        if (s->type != STEP_PLAYBOOK)
                return;
        s->playbook_id = cacao_id(r, obj, "playbook_id");
        s->playbook_version_ns = cacao_time_ns(r, obj, "playbook_version");
        if (!s->playbook_id)
                cacao_find(r, CACAO_WARN, "playbook_id", "is missing: the step is done by hand");
}

void cacao_read_steps(struct cacao_reading *r, const struct json_t *workflow)
{
        struct cacao_entry *entries;
        size_t count = cacao_entries(r, workflow, "workflow", PLAYBOOK_STEPS_MAX, &entries);
        struct step *steps = arena_array(r->a, count + 1, sizeof(*steps));
        const struct json_t **trees = arena_array(r->a, count + 1, sizeof(const struct json_t *));

        for (size_t i = 0; i < count; i++) {
                steps[i].id = entries[i].id;
                trees[i] = entries[i].value;
        }
        r->p->steps = steps;
        r->p->step_count = count;
        r->step_json = trees;
        cacao_enter(r, "workflow", 0);
        for (size_t i = 0; i < count; i++) {
                cacao_enter(r, steps[i].id, 0);
                cacao_read_step(r, trees[i], &steps[i]);
                cacao_leave(r);
        }
        cacao_leave(r);
}
