#include "model/playbook.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

static const char *plain(const char *text, struct arena *a)
{
        return text && *text ? variable_plain(text, a) : "";
}

/* Prose is a question by itself. */
static const char *ask_whether(const char *word, const struct step *s, struct arena *a)
{
        const char *prose = s->condition ? "" : plain(s->condition_text, a);

        if (s->condition)
                return arena_printf(a, "%s %s", word, condition_words(s->condition, a));
        return *prose ? prose : word;
}

static const char *ask_which(const struct step *s, struct arena *a)
{
        const char *what = plain(s->switch_text, a);

        if (!*what)
                return "Which way:";
        return s->switch_variable ? arena_printf(a, "Which way: %s", what) : what;
}

const char *step_title(const struct step *s, struct arena *a)
{
        if (s->name && *s->name)
                return s->name;
        switch (s->type) {
        case STEP_IF: return ask_whether("If", s, a);
        case STEP_WHILE: return ask_whether("While", s, a);
        case STEP_SWITCH: return ask_which(s, a);
        case STEP_PARALLEL: return "All of these at once";
        case STEP_PLAYBOOK: return "Another playbook";
        default: return s->id;
        }
}

const struct actor *step_agent(const struct playbook *p, const struct step *s)
{
        return s->agent >= 0 && (size_t)s->agent < p->agent_count ? &p->agents[s->agent] : NULL;
}

const char *step_answer_word(const struct step *s, const char *answer)
{
        if (s->type == STEP_IF)
                return strcmp(answer, "true") == 0 ? "yes" : "no";
        if (s->type == STEP_SWITCH && strcmp(answer, "default") == 0)
                return "otherwise";
        return answer;
}

const char *step_answer_at(const struct step *s, size_t i)
{
        static const char *const of_if[] = {"true", "false"}, *const of_while[] = {"again",
                                                                                   "leave"};

        switch (s->type) {
        case STEP_IF: return i < ARRAY_LEN(of_if) ? of_if[i] : NULL;
        case STEP_WHILE: return i < ARRAY_LEN(of_while) ? of_while[i] : NULL;
        case STEP_SWITCH: return i < s->branch_count ? s->branches[i].label : NULL;
        default: return NULL;
        }
}

/* Its place among the answers by a letter, or by yes and no; SIZE_MAX: it is neither. */
static size_t answer_picked(const struct step *s, const char *text)
{
        static const char letters[] = STEP_ANSWER_LETTERS;
        const char *letter = *text && !text[1] ? strchr(letters, *text) : NULL;

        if (s->type != STEP_SWITCH && (strcasecmp(text, "yes") == 0 || strcasecmp(text, "y") == 0))
                return 0;
        if (s->type != STEP_SWITCH && (strcasecmp(text, "no") == 0 || strcasecmp(text, "n") == 0))
                return 1;
        return letter ? (size_t)(letter - letters) : SIZE_MAX;
}

const char *step_answer_read(const struct step *s, const char *text)
{
        const char *way, *alike = NULL;
        size_t at;

        for (size_t i = 0; (way = step_answer_at(s, i)); i++) {
                if (strcmp(way, text) == 0)
                        return way;
                if (!alike &&
                    (strcasecmp(way, text) == 0 || strcasecmp(step_answer_word(s, way), text) == 0))
                        alike = way;
        }
        at = answer_picked(s, text);
        way = !alike && at != SIZE_MAX ? step_answer_at(s, at) : alike;
        return way ? way : text;
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
