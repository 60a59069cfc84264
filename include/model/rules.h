/*
 * The verbs: what can be done to a thing, what each may set, and from which state. A new verb is a
 * row in src/model/verbs.c, of a request, a deployment or a rota in verbs_request.c,
 * verbs_deployment.c or verbs_rota.c, of whom can be asked in verbs_contact.c; commands, menus and
 * the wire know it by its name.
 */
#ifndef MUSTER_MODEL_RULES_H
#define MUSTER_MODEL_RULES_H

#include "model/act.h"

/* What an act of a verb may set. Derived fields never, but for `ref` by an opening. */
enum verb_sets {
        SETS_NONE,  /* a note                                                      */
        SETS_FIELD, /* .field and the fields of its group                          */
        SETS_FORM,  /* any FIELD_FORM that is not FIELD_STATE, and its stamp        */
        SETS_ALL,   /* an opening: all but derived ones, and `ref`                 */
        SETS_UNDO,  /* the fields that the undone act set, states too               */
        SETS_HEADS, /* fields for which its `was` names two acts or more, states too */
};

/* A detail that acts of a verb may have (struct act_detail): what a form asks for, and what the
 * command line takes besides fields. Read as a field of that type would be. */
struct detail_row {
        const char *name;  /* "options"                                    */
        const char *label; /* in front of its value                        */
        const char *help;  /* what it takes, one line                      */
        enum field_type type;
        bool needed;       /* without it the act is not applied            */
        bool person;       /* an operator: "me" is understood; a needed one that is not given is
                              who is signed on, and said to have done it */
        bool own;          /* said by the program; nobody is asked         */
        bool told;         /* the act's sentence tells it                  */
        bool ahead;        /* FIELD_TIME: a time to come                   */
        const char *words; /* FIELD_WORD(S): name of the list, or NULL     */
        const char *kinds; /* FIELD_REF: kinds that may be named, with blanks; NULL = any */
        const char *joint; /* in the sentence, behind others: NULL = "; " and the label   */
};

struct verb {
        const char *kind;  /* "incident"; NULL = any kind */
        const char *name;  /* "ack"                       */
        const char *did;   /* "acknowledged"              */
        const char *label; /* "acknowledge": in menus and the palette     */
        const char *words; /* others that people type for it, with blanks, or NULL        */
        const char *group; /* heading in a menu that holds all verbs, or NULL: in no menu */
        char letter;       /* its key there: no other verb of the kind has it             */
        const char *help;  /* one line                    */
        const char *field; /* the one field that it sets (with its group), or NULL: see .sets */
        const char *also;  /* names of more fields that it may set, with blanks, or NULL */
        const char *asks;  /* the same, and a form asks for them */
        const char *value; /* what it sets .field to: nothing is asked; or NULL          */
        enum verb_sets sets;
        bool needs_reason; /* always; a guard may ask for one in some states */
        bool needs_text;   /* a note */
        bool tells;        /* its sentence begins with .did, and says what changed after that */
        bool own_text;     /* who makes the act writes its sentence, and works out from its details
                              what it sets: nobody is asked for .field */
        bool again;        /* what a set has already may be said again: with another reason */
        bool derives;      /* what it sets follows from its details: a form asks for those only */
        bool said; /* its entry of the log is what a person wrote: shown where the acts of the
                      system are hidden, and it may be corrected */
        const struct detail_row *details; /* up to one without a name; NULL = none */
        /* The state of the thing alone, whatever the act would say: NULL = it may be done, else
         * why not ("it is closed"). Menus ask it; it stands before the guard. */
        const char *(*may)(const struct thing *now);
        /* NULL when the verb may be done to the thing as it is now; else why not ("it is closed").
         * The sentence is borrowed. Guards look at scalar fields of `now` and at the act. */
        const char *(*guard)(const struct thing *now, const struct act *act);
};

size_t verb_count(void);
const struct verb *verb_at(size_t i);
const struct verb *verb_find(const struct kind *kind, const char *name); /* NULL */
const char *verb_nearest(const struct kind *kind, const char *name);     /* never NULL */
/* The verb that a person wants who would set the field: the one that sets just this value before
 * the one that sets any, and that before one of its group. NULL: none. */
const struct verb *verb_of_field(const struct kind *kind, const struct field *f, const char *value);
bool verb_is_said(const char *name); /* .said of any verb of that name */

/* Whether it can be done to the thing at all, before anything is said: NULL, or why not. Borrowed.
 */
const char *verb_may_not(const struct verb *verb, const struct thing *now);

/* Reason, text, details and guard together: NULL = may be done now, else why not. Borrowed. What an
 * opening, an undo needs of other acts is in model/fold.h. */
const char *verb_why_not(const struct verb *verb, const struct thing *now, const struct act *act);

/* The row of a detail; NULL where the verb has none of that name. */
const struct detail_row *verb_detail(const struct verb *verb, const char *name);
/* Whether its form asks for this field besides what it sets. */
bool verb_asks(const struct verb *verb, const char *field);
/* A needed detail that the act does not have; NULL = none. */
const struct detail_row *verb_lacks(const struct verb *verb, const struct act *act);
/* The same as the field that would take such a value (value_read). */
struct field detail_field(const struct detail_row *row);

/* What it puts into the field follows from the rest of the act: the number of an offer, an answer.
 * Sentences leave it out. */
bool verb_implies(const struct verb *verb, const struct field *field);
/* The fields (bit i = field i) that this act of the verb may set; for SETS_UNDO all but derived
 * ones: the fold narrows it to what the undone act set. */
uint64_t verb_may_set(const struct verb *verb, const struct kind *kind, const struct act *act);
bool verb_may_set_field(const struct verb *verb, const struct kind *kind, const struct act *act,
                        const struct field *field); /* one of them */

/* A lower marking, or none where there was one: needs a reason. */
bool rule_is_downgrade(const struct thing *now, const struct act *act);

#endif
