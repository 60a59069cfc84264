/*
 * A condition of a playbook's step as a tree, where it is one that a machine can answer:
 *
 *   __v__:value OP LITERAL   OP is one of = == != <> < <= > >=, IN with a list ('a', 'b')
 *   __v__:value              a bool: true
 *   NOT c, c AND c, c OR c, (c)
 *
 * A literal is 'text', "text", a number, true or false, a bare word, or another variable. Anything
 * else is prose: a person answers it.
 */
#ifndef MUSTER_MODEL_CONDITION_H
#define MUSTER_MODEL_CONDITION_H

#include <stddef.h>

#include "base/mem.h"

#define CONDITION_DEPTH_MAX 32

enum condition_kind {
        CONDITION_COMPARE, /* .variable .op .literals */
        CONDITION_IS,      /* .variable is true       */
        CONDITION_NOT,     /* .left                   */
        CONDITION_AND,
        CONDITION_OR,
};

enum condition_op { OP_EQUAL, OP_UNEQUAL, OP_LESS, OP_AT_MOST, OP_MORE, OP_AT_LEAST, OP_IN };

struct condition {
        enum condition_kind kind;
        enum condition_op op;
        const char *variable;        /* "__v__" */
        const char *other;           /* the variable that it is compared with, or NULL */
        const char *const *literals; /* without quotes; one, or those of IN; NULL with .other */
        size_t literal_count;
        const struct condition *left, *right;
};

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

/* NULL: prose. The tree lives in the arena. */
const struct condition *condition_parse(const char *text, struct arena *a);

/*
 * `value` answers with the value of a variable, NULL where it is not known. What depends on one
 * that is not known is unknown: a person is asked. Two numbers are compared as numbers, else bytes.
 */
enum truth condition_holds(const struct condition *c,
                           const char *(*value)(void *ctx, const char *name), void *ctx);

/* As people say it: "ipcr is monitoring or full". In the arena. */
const char *condition_words(const struct condition *c, struct arena *a);

/* Calls fn for each variable that the condition names, as often as it does. */
void condition_variables(const struct condition *c, void (*fn)(void *ctx, const char *name),
                         void *ctx);

#endif
