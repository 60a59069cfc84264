/*
 * fold(base version or nothing, acts) -> fields, heads, log. Pure: the result depends on the *set*
 * of acts only; order, repetition and route of arrival cannot matter (test_fold*.c).
 *
 * 1. Acts are taken in their total order (hlc, console, id), doubles by id once (act_order).
 * 2. An act is kept in the log as *not applied*, and counts for nothing else, where in the state
 *    added up so far (values, heads and all) its verb may not be done: reason, text, guard of
 *    model/rules.h. Likewise an act with a verb not known here, one that is too large, a second
 *    opening; and an undo unless the act that it undoes is earlier in the order, applied, not
 *    undone by an earlier applied act, and set something (an opening and an undo stay as they
 *    are). An undo asks no guard of the fields that it sets: it may undo what closed a thing; but
 * the state of a machine (model/machine.h) it takes back along an arrow only, and settling chooses
 *    one of the states in conflict.
 *    Where it would have moved a machine, and its author had not seen what moved it before, it
 *    stands among the heads of the state as a conflict all the same, until an applied act names it
 *    or leads to the same state (model/missed.h). What is shown it does not change, and settling
 *    can't choose it: a verb of the machine leads there.
 * 3. Per scalar field, and per element of a set-valued field, the *heads* are the applied acts
 *    touching it that no other applied act touching it names in its `was`. (A circle of names has
 *    no head: then all of them are.)
 * 4. No head: the base's value. One head, or several with one value: that value. Else a
 *    *conflict*: shown is the value of the greatest (hlc, console, id); for tlp the most
 *    restrictive, where a withdrawn one counts as the base's.
 * 5. A base version is the word of its creator: acts of the creator's own unit with created <=
 *    base.modified are contained in it and count for the log only (they are already in what it
 *    says), where the base is given.
 * 6. A field counts only where the verb may set it (verb_may_set), the kind has it, and its value
 *    is one: a known id of a scale (made canonical), an instant, a number, a STIX id, within its
 *    size. Else that field is passed over and the rest of the act counts. An act that both adds
 *    and removes an element adds it.
 * 7. A value of NULL withdraws: the base's shows. A value of "" is our word that there is none.
 */
#ifndef MUSTER_MODEL_FOLD_H
#define MUSTER_MODEL_FOLD_H

#include "model/act.h"

struct fold_head {
        const struct act *act;
        const char *value; /* NULL = withdrawn, or element removed */
        bool late;         /* not applied, and its author could not know: model/missed.h */
};

/* What a scalar field, or one element of a set, has on top. */
struct fold_heads {
        int field;               /* index in the kind            */
        const char *item;        /* element, or NULL for a scalar */
        struct fold_head *heads; /* in total order          */
        size_t count;
        bool conflict;
};

struct fold_entry {
        const struct act *act;
        bool applied;
        const char *why_not; /* sentence where not applied */
};

/*
 * thing: the fields' values; id, revoked from the base; created_by and created_ms the base's, else
 * the opening act's unit and time; modified_ns the greater of the base's and the newest applied
 * act's created. Its fields ref, created and modified say the same. A set shows its first
 * VALUE_ITEMS_MAX members.
 */
struct folded {
        struct thing thing;
        bool field_is_ours[KIND_FIELDS_MAX]; /* shown comes from an act, not the base */
        bool field_conflict[KIND_FIELDS_MAX];
        struct fold_heads *heads; /* by field, then element; those touched by an act */
        size_t head_count;
        struct fold_entry *log; /* in total order */
        size_t log_count;
        size_t conflicts; /* fields or elements in conflict */
        const char *ref;  /* the reference given by the opening act, or NULL */
};

/* base may be NULL. Everything in *ret lives in the arena or is borrowed from base and acts. */
void fold(const struct kind *kind, const struct thing *base, const struct act *const *acts,
          size_t act_count, struct arena *a, struct folded *ret);

/* Ids that a new act must name in `was` for this field (and these elements, for a set; no elements
 * given: all): the current heads, in total order, the newest ACT_WAS_MAX of them. */
size_t fold_was(const struct folded *f, int field, const char *const *items, size_t item_count,
                struct arena *a, const char *const **ret_ids);

/* What an act must set to say again what is shown (an undo does): our word, "" where that is none,
 * or NULL where the base's shows. Scalar fields. */
const char *fold_word(const struct folded *f, int field);

/* Canonical text of the whole result; equal results give equal bytes. */
struct str;
void fold_print(const struct folded *f, struct str *out);

#endif
