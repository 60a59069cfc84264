/*
 * The verbs: what can be done to a thing, what each may set, and from which state. A new verb is a
 * row in src/model/rules.c; commands, menus and the wire know it by its name.
 */
#ifndef MUSTER_MODEL_RULES_H
#define MUSTER_MODEL_RULES_H

#include "model/act.h"

/* What an act of a verb may set. Derived fields never, but for `ref` by an opening. */
enum verb_sets {
        SETS_NONE,  /* a note                                                      */
        SETS_FIELD, /* .field and the fields of its group                          */
        SETS_FORM,  /* any FIELD_FORM that is not FIELD_STATE                       */
        SETS_ALL,   /* an opening: all but derived ones, and `ref`                 */
        SETS_UNDO,  /* the fields that the undone act set, states too               */
        SETS_HEADS, /* fields for which its `was` names two acts or more, states too */
};

struct verb {
        const char *kind;  /* "incident"; NULL = any kind */
        const char *name;  /* "ack"                       */
        const char *did;   /* "acknowledged"              */
        const char *help;  /* one line                    */
        const char *field; /* the one field that it sets (with its group), or NULL: see .sets */
        enum verb_sets sets;
        bool needs_reason; /* always; a guard may ask for one in some states */
        bool needs_text;   /* a note */
        /* NULL when the verb may be done to the thing as it is now; else why not ("it is closed").
         * The sentence is borrowed. Guards look at scalar fields of `now` and at the act. */
        const char *(*guard)(const struct thing *now, const struct act *act);
};

size_t verb_count(void);
const struct verb *verb_at(size_t i);
const struct verb *verb_find(const struct kind *kind, const char *name); /* NULL */
const char *verb_nearest(const struct kind *kind, const char *name);     /* never NULL */

/* Reason, text and guard together: NULL = may be done now, else why not. Borrowed. What an opening,
 * an undo needs of other acts is in model/fold.h. */
const char *verb_why_not(const struct verb *verb, const struct thing *now, const struct act *act);

/* The fields (bit i = field i) that this act of the verb may set; for SETS_UNDO all but derived
 * ones: the fold narrows it to what the undone act set. */
uint64_t verb_may_set(const struct verb *verb, const struct kind *kind, const struct act *act);

/* A lower marking, or none where there was one: needs a reason. */
bool rule_is_downgrade(const struct thing *now, const struct act *act);

#endif
