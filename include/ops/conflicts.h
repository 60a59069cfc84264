/*
 * The conflicts of a thing, as a person settles them: what each said, whose word it is, and what
 * stood there before any of them.
 */
#ifndef MUSTER_OPS_CONFLICTS_H
#define MUSTER_OPS_CONFLICTS_H

#include "ops/ops.h"

struct conflict_word {
        const char *value; /* NULL: withdrawn; of a member: taken out */
        const struct act *act;
        const char *unit; /* its name, or NULL */
        bool ours;        /* of this console, else the only one of our unit; one at most */
        bool in_force;
        bool late; /* came too late: settling can't choose it (model/missed.h) */
};

struct conflict {
        const struct field *field;
        const struct fold_heads *heads;
        struct conflict_word *words; /* in total order */
        size_t count;
        const char *before;           /* NULL: nothing, no member */
        const struct act *before_act; /* NULL: its unit said so, or nobody */
};

struct conflicts {
        struct row row;
        struct folded folded;
        struct conflict *items;
        size_t count;
};

/* In the arena. */
enum rc ops_conflicts(struct ops *ops, const char *id, struct arena *a, struct conflicts *ret,
                      struct err *err);
/* As `settle` takes it: this value of theirs, or the one before. In the arena. */
struct ops_field conflict_take(const struct conflict *c, const char *value, struct arena *a);

#endif
