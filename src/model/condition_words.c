#include "base/str.h"
#include "model/condition.h"
#include "model/variable.h"

#define WORDS_MAX 4096

static const char *const operators[] = {
        [OP_EQUAL] = "is",      [OP_UNEQUAL] = "is not",
        [OP_LESS] = "is below", [OP_AT_MOST] = "is at most",
        [OP_MORE] = "is above", [OP_AT_LEAST] = "is at least",
        [OP_IN] = "is",
};

struct saying {
        struct str *out;
        struct arena *a;
};

static void say(const struct saying *s, const struct condition *c);

static void say_name(const struct saying *s, const char *variable)
{
        str_add(s->out, variable_plain(arena_printf(s->a, "%s" VARIABLE_SUFFIX, variable), s->a));
}

static void say_comparison(const struct saying *s, const struct condition *c)
{
        say_name(s, c->variable);
        str_addf(s->out, " %s ", operators[c->op]);
        if (c->other)
                say_name(s, c->other);
        for (size_t i = 0; i < c->literal_count; i++) {
                if (i)
                        str_add(s->out, i + 1 < c->literal_count ? ", " : " or ");
                str_add(s->out, *c->literals[i] ? c->literals[i] : "empty");
        }
}

/* In brackets where it would read as belonging to what is beside it. */
static void say_part(const struct saying *s, const struct condition *part,
                     enum condition_kind within)
{
        bool apart =
                (part->kind == CONDITION_OR || part->kind == CONDITION_AND) && part->kind != within;

        if (apart)
                str_add(s->out, "(");
        say(s, part);
        if (apart)
                str_add(s->out, ")");
}

static void say_two(const struct saying *s, const struct condition *c, const char *between)
{
        say_part(s, c->left, c->kind);
        str_add(s->out, between);
        say_part(s, c->right, c->kind);
}

static void say_not(const struct saying *s, const struct condition *c)
{
        bool apart = c->left->kind == CONDITION_COMPARE;

        str_add(s->out, apart ? "not (" : "not ");
        say_part(s, c->left, CONDITION_NOT);
        if (apart)
                str_add(s->out, ")");
}

static void say(const struct saying *s, const struct condition *c)
{
        switch (c->kind) {
        case CONDITION_COMPARE: say_comparison(s, c); break;
        case CONDITION_IS: say_name(s, c->variable); break;
        case CONDITION_NOT: say_not(s, c); break;
        case CONDITION_AND: say_two(s, c, " and "); break;
        case CONDITION_OR: say_two(s, c, " or "); break;
        }
}

const char *condition_words(const struct condition *c, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, WORDS_MAX);
        say(&(struct saying){&out, a}, c);
        return arena_strdup(a, str_text(&out));
}
