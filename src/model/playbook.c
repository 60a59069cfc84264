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
