#include "model/condition.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "model/variable.h"

#define VALUE_SUFFIX "__:value"
#define LITERALS_MAX 64

/* ---- reading ------------------------------------------------------------------------------- */

struct parser {
        const char *at;
        struct arena *a;
        int depth;
};

static const struct condition *parse_or(struct parser *p);

static void skip_blanks(struct parser *p)
{
        p->at += strspn(p->at, " \t\r\n");
}

static bool take(struct parser *p, const char *sign)
{
        size_t len = strlen(sign);

        skip_blanks(p);
        if (strncmp(p->at, sign, len) != 0)
                return false;
        p->at += len;
        return true;
}

static bool ends_word(char c)
{
        return !c || strchr(" \t\r\n()[],=<>!'\"", c);
}

static bool take_word(struct parser *p, const char *word)
{
        size_t len = strlen(word);

        skip_blanks(p);
        if (strncasecmp(p->at, word, len) != 0 || !ends_word(p->at[len]))
                return false;
        p->at += len;
        return true;
}

/* "__name__:value": the name; NULL where there is none here. */
static const char *take_variable(struct parser *p)
{
        const char *end;

        skip_blanks(p);
        if (strncmp(p->at, "__", 2) != 0 || !(end = strstr(p->at + 2, VALUE_SUFFIX)))
                return NULL;
        for (const char *s = p->at; s < end; s++)
                if (ends_word(*s) || *s == ':')
                        return NULL;
        if (!ends_word(end[strlen(VALUE_SUFFIX)]))
                return NULL;
        const char *name = arena_strndup(p->a, p->at, (size_t)(end + 2 - p->at));

        p->at = end + strlen(VALUE_SUFFIX);
        return name;
}

static const char *take_literal(struct parser *p)
{
        const char *begin, *end;

        skip_blanks(p);
        begin = p->at;
        if (*begin == '\'' || *begin == '"') {
                end = strchr(begin + 1, *begin);
                if (!end)
                        return NULL;
                p->at = end + 1;
                return arena_strndup(p->a, begin + 1, (size_t)(end - begin - 1));
        }
        for (end = begin; !ends_word(*end); end++)
                ;
        if (end == begin)
                return NULL;
        p->at = end;
        return arena_strndup(p->a, begin, (size_t)(end - begin));
}

/* ('a', 'b'); also in square brackets */
static bool parse_list(struct parser *p, struct condition *c)
{
        const char **list = arena_array(p->a, LITERALS_MAX, sizeof(*list));
        const char *close = take(p, "(") ? ")" : take(p, "[") ? "]" : NULL;

        if (!close)
                return false;
        do {
                const char *one = c->literal_count < LITERALS_MAX ? take_literal(p) : NULL;

                if (!one)
                        return false;
                list[c->literal_count++] = one;
        } while (take(p, ","));
        c->literals = list;
        return take(p, close);
}

static bool parse_operator(struct parser *p, enum condition_op *ret)
{
        static const struct {
                const char *sign;
                enum condition_op op;
        } signs[] = {{"==", OP_EQUAL},   {"!=", OP_UNEQUAL},  {"<>", OP_UNEQUAL},
                     {"<=", OP_AT_MOST}, {">=", OP_AT_LEAST}, {"=", OP_EQUAL},
                     {"<", OP_LESS},     {">", OP_MORE}};

        for (size_t i = 0; i < ARRAY_LEN(signs); i++)
                if (take(p, signs[i].sign)) {
                        *ret = signs[i].op;
                        return true;
                }
        if (!take_word(p, "IN"))
                return false;
        *ret = OP_IN;
        return true;
}

static const struct condition *parse_comparison(struct parser *p)
{
        struct condition *c = arena_alloc(p->a, sizeof(*c));
        const char *literal;

        c->variable = take_variable(p);
        if (!c->variable)
                return NULL;
        if (!parse_operator(p, &c->op)) {
                c->kind = CONDITION_IS;
                return c;
        }
        c->kind = CONDITION_COMPARE;
        if (c->op == OP_IN)
                return parse_list(p, c) ? c : NULL;
        c->other = take_variable(p);
        if (c->other)
                return c;
        literal = take_literal(p);
        if (!literal)
                return NULL;
        const char **one = arena_array(p->a, 1, sizeof(*one));

        one[0] = literal;
        c->literals = one;
        c->literal_count = 1;
        return c;
}

static const struct condition *join(struct parser *p, enum condition_kind kind,
                                    const struct condition *left, const struct condition *right)
{
        struct condition *c = arena_alloc(p->a, sizeof(*c));

        if (!left)
                return NULL;
        *c = (struct condition){.kind = kind, .left = left, .right = right};
        return c;
}

static const struct condition *parse_not(struct parser *p)
{
        const struct condition *inner = NULL;

        if (++p->depth > CONDITION_DEPTH_MAX)
                return NULL;
        if (take_word(p, "NOT"))
                inner = join(p, CONDITION_NOT, parse_not(p), NULL);
        else if (!take(p, "("))
                inner = parse_comparison(p);
        else if ((inner = parse_or(p)) && !take(p, ")"))
                inner = NULL;
        p->depth--;
        return inner;
}

static const struct condition *parse_and(struct parser *p)
{
        const struct condition *left = parse_not(p), *right;

        for (int terms = 1; left && take_word(p, "AND"); terms++) {
                right = terms < CONDITION_DEPTH_MAX ? parse_not(p) : NULL;
                left = right ? join(p, CONDITION_AND, left, right) : NULL;
        }
        return left;
}

static const struct condition *parse_or(struct parser *p)
{
        const struct condition *left = parse_and(p), *right;

        for (int terms = 1; left && take_word(p, "OR"); terms++) {
                right = terms < CONDITION_DEPTH_MAX ? parse_and(p) : NULL;
                left = right ? join(p, CONDITION_OR, left, right) : NULL;
        }
        return left;
}

const struct condition *condition_parse(const char *text, struct arena *a)
{
        struct parser p = {.at = text, .a = a};
        const struct condition *c = parse_or(&p);

        skip_blanks(&p);
        return *p.at ? NULL : c;
}

/* ---- answering ----------------------------------------------------------------------------- */

static bool is_bool(const char *s)
{
        return strcasecmp(s, "true") == 0 || strcasecmp(s, "false") == 0;
}

/* < 0, 0, > 0 */
static int compare(const char *a, const char *b)
{
        int order;

        if (variable_compare_numbers(a, b, &order))
                return order;
        return is_bool(a) && is_bool(b) ? strcasecmp(a, b) : strcmp(a, b);
}

static enum truth truth_of(bool yes)
{
        return yes ? TRUTH_YES : TRUTH_NO;
}

static enum truth compares(const struct condition *c, const char *left, const char *right)
{
        int order = compare(left, right);

        switch (c->op) {
        case OP_UNEQUAL: return truth_of(order != 0);
        case OP_LESS: return truth_of(order < 0);
        case OP_AT_MOST: return truth_of(order <= 0);
        case OP_MORE: return truth_of(order > 0);
        case OP_AT_LEAST: return truth_of(order >= 0);
        default: return truth_of(order == 0);
        }
}

static enum truth holds(const struct condition *c, const char *(*value)(void *, const char *),
                        void *ctx)
{
        const char *left = value(ctx, c->variable);
        const char *other = c->other ? value(ctx, c->other) : NULL;

        if (!left || (c->other && !other))
                return TRUTH_UNKNOWN;
        if (c->kind == CONDITION_IS)
                return is_bool(left) ? truth_of(strcasecmp(left, "true") == 0) : TRUTH_UNKNOWN;
        if (c->other)
                return compares(c, left, other);
        for (size_t i = 0; c->op == OP_IN && i < c->literal_count; i++)
                if (compare(left, c->literals[i]) == 0)
                        return TRUTH_YES;
        return c->op == OP_IN ? TRUTH_NO : compares(c, left, c->literals[0]);
}

enum truth condition_holds(const struct condition *c, const char *(*value)(void *, const char *),
                           void *ctx)
{
        enum truth left, right, decides = c->kind == CONDITION_OR ? TRUTH_YES : TRUTH_NO;

        if (c->kind == CONDITION_COMPARE || c->kind == CONDITION_IS)
                return holds(c, value, ctx);
        left = condition_holds(c->left, value, ctx);
        if (c->kind == CONDITION_NOT)
                return left == TRUTH_UNKNOWN ? left : truth_of(left == TRUTH_NO);
        right = condition_holds(c->right, value, ctx);
        if (left == decides || right == decides)
                return decides;
        return left == TRUTH_UNKNOWN ? left : right;
}

void condition_variables(const struct condition *c, void (*fn)(void *ctx, const char *name),
                         void *ctx)
{
        if (c->left)
                condition_variables(c->left, fn, ctx);
        if (c->right)
                condition_variables(c->right, fn, ctx);
        if (c->variable)
                fn(ctx, c->variable);
        if (c->other)
                fn(ctx, c->other);
}
