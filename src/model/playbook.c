#include "model/playbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const type_names[] = {
        [STEP_START] = "start",           [STEP_END] = "end",
        [STEP_ACTION] = "action",         [STEP_PLAYBOOK] = "playbook-action",
        [STEP_PARALLEL] = "parallel",     [STEP_IF] = "if-condition",
        [STEP_WHILE] = "while-condition", [STEP_SWITCH] = "switch-condition",
};

const char *step_type_name(enum step_type type)
{
        return (size_t)type < ARRAY_LEN(type_names) ? type_names[type] : NULL;
}

enum step_type step_type_of(const char *name)
{
        for (size_t i = 0; name && i < ARRAY_LEN(type_names); i++)
                if (strcmp(type_names[i], name) == 0)
                        return (enum step_type)i;
        return STEP_UNKNOWN;
}

/* Prose is a question by itself. */
static const char *ask_of(const char *word, const char *what, bool prose, struct arena *a)
{
        const char *plain = what && *what ? variable_plain(what, a) : "";

        if (prose && *plain)
                return plain;
        return *plain ? arena_printf(a, "%s %s", word, plain) : word;
}

const char *step_title(const struct step *s, struct arena *a)
{
        if (s->name && *s->name)
                return s->name;
        switch (s->type) {
        case STEP_IF: return ask_of("If", s->condition_text, !s->condition, a);
        case STEP_WHILE: return ask_of("While", s->condition_text, !s->condition, a);
        case STEP_SWITCH: return ask_of("Which way:", s->switch_text, !s->switch_variable, a);
        case STEP_PARALLEL: return "All of these at once";
        case STEP_PLAYBOOK: return "Another playbook";
        default: return s->id;
        }
}

const char *step_answer_word(const struct step *s, const char *answer)
{
        if (s->type == STEP_IF)
                return strcmp(answer, "true") == 0 ? "yes" : "no";
        if (s->type == STEP_SWITCH && strcmp(answer, "default") == 0)
                return "otherwise";
        return answer;
}

static int compare_id(const void *id, const void *step)
{
        return strcmp(id, ((const struct step *)step)->id);
}

int playbook_step(const struct playbook *p, const char *id)
{
        const struct step *s = NULL;

        if (id && p->step_count)
                s = bsearch(id, p->steps, p->step_count, sizeof(*s), compare_id);
        return s ? (int)(s - p->steps) : -1;
}

void step_each_next(const struct step *s, void (*fn)(void *ctx, int next), void *ctx)
{
        const int after[] = {s->on_completion, s->on_success, s->on_failure};

        for (size_t i = 0; i < s->branch_count; i++)
                if (s->branches[i].step >= 0)
                        fn(ctx, s->branches[i].step);
        for (size_t i = 0; i < ARRAY_LEN(after); i++)
                if (after[i] >= 0)
                        fn(ctx, after[i]);
}
