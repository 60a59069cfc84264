#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "model/playbook.h"

struct finding {
        const char *variable;
        struct arena *a;
        const char **words;
        size_t count, room;
};

static void add(struct finding *f, const char *word)
{
        for (size_t i = 0; i < f->count; i++)
                if (strcmp(f->words[i], word) == 0)
                        return;
        f->words = arena_grow(f->a, f->words, f->count, &f->room, sizeof(*f->words));
        f->words[f->count++] = word;
}

/* Nothing is equal to what only bounds it. */
static bool names_values(const struct condition *c)
{
        return c->op == OP_EQUAL || c->op == OP_UNEQUAL || c->op == OP_IN;
}

/* As deep as CONDITION_DEPTH_MAX. */
static void look_at(struct finding *f, const struct condition *c)
{
        if (!c)
                return;
        if (c->kind == CONDITION_COMPARE && names_values(c) &&
            strcmp(c->variable, f->variable) == 0)
                for (size_t i = 0; i < c->literal_count; i++)
                        add(f, c->literals[i]);
        look_at(f, c->left);
        look_at(f, c->right);
}

static void look_at_cases(struct finding *f, const struct step *s)
{
        if (!s->switch_variable || strcmp(s->switch_variable, f->variable) != 0)
                return;
        for (size_t i = 0; i < s->branch_count; i++)
                if (s->branches[i].label && strcmp(s->branches[i].label, "default") != 0)
                        add(f, s->branches[i].label);
}

size_t playbook_words(const struct playbook *p, const char *variable, struct arena *a,
                      const char *const **ret)
{
        struct finding f = {.variable = variable, .a = a};

        for (size_t i = 0; i < p->step_count; i++) {
                look_at_cases(&f, &p->steps[i]);
                look_at(&f, p->steps[i].condition);
        }
        *ret = f.words;
        return f.count;
}

static bool is_either(const char *text, const char *word, const char *letter)
{
        return strcasecmp(text, word) == 0 || strcasecmp(text, letter) == 0;
}

const char *playbook_value_read(const struct playbook *p, const struct variable *v,
                                const char *text, struct arena *a)
{
        const char *const *words;
        const char *known = text;
        size_t count;

        if (v && v->type == VARIABLE_BOOL && is_either(text, "yes", "y"))
                return "true";
        if (v && v->type == VARIABLE_BOOL && is_either(text, "no", "n"))
                return "false";
        if (!v || v->type != VARIABLE_STRING)
                return text;
        count = playbook_words(p, v->name, a, &words);
        for (size_t i = count; i > 0; i--) {
                if (strcmp(words[i - 1], text) == 0)
                        return text;
                if (strcasecmp(words[i - 1], text) == 0)
                        known = words[i - 1];
        }
        return known;
}
