#include <string.h>

#include "base/mem.h"
#include "play/plan.h"

static const char *branch_title(const struct plan_row *row)
{
        const char *label = row->title;

        if (!label || !*label)
                return row->glyph == PLAN_PARALLEL ? "at once" : "otherwise";
        if (row->glyph == PLAN_PARALLEL)
                return label;
        if (strcmp(label, "true") == 0)
                return "yes";
        if (strcmp(label, "false") == 0)
                return "no";
        return strcmp(label, "default") == 0 ? "otherwise" : label;
}

const char *plan_title(const struct plan_row *row, struct arena *a)
{
        switch (row->kind) {
        case PLAN_STEP: return row->title;
        case PLAN_BRANCH: return branch_title(row);
        case PLAN_FAILURE: return "if it fails";
        case PLAN_GOTO: return arena_printf(a, "on at %s", row->number);
        case PLAN_MORE: return "more than can be shown";
        }
        return "";
}
