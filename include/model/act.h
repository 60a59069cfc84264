/*
 * An act: the immutable record of what somebody did, when, why. The state of a thing is what its
 * acts add up to (model/fold.h). On the wire it is a STIX note with our extension (wire/stix.h).
 */
#ifndef MUSTER_MODEL_ACT_H
#define MUSTER_MODEL_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/thing.h"

/* An act beyond these is never applied (model/fold.h); who makes acts stays below. */
#define ACT_FIELDS_MAX   64   /* scalars set, and fields with a `was` */
#define ACT_ELEMENTS_MAX 1024 /* elements put in or taken out         */
#define ACT_WAS_MAX      256  /* acts named for one field             */
#define ACT_DETAILS_MAX  32   /* details, each at most VALUE_TEXT_MAX */

/* One scalar field set; NULL value withdraws our word (the base's shows again). */
struct act_set {
        const char *field;
        const char *value;
};

/* One element put into or taken out of a set-valued field. */
struct act_element {
        const char *field;
        const char *item;
        bool remove;
};

/* The acts whose values of `field` its author saw and replaces. */
struct act_was {
        const char *field;
        const char *const *ids;
        size_t count;
};

/* What belongs to the act and not to the thing, and so sets nothing: the options of a decision, the
 * authority of a filing. Which a verb takes is in its row (model/rules.h); others are kept. */
struct act_detail {
        const char *name;
        const char *value;
};

struct act {
        const char *id;       /* note--UUID                               */
        const char *ref;      /* "LOG-0042", given by its console, or NULL */
        const char *target;   /* STIX id of the thing                     */
        const char *kind;     /* of the thing, where its id does not say; or NULL */
        const char *verb;     /* "ack", see model/rules.h                 */
        const char *text;     /* plain sentence, or the note's own text   */
        const char *reason;   /* or NULL                                  */
        const char *undoes;   /* id of the act that this one undoes, or NULL */
        const char *operator; /* who                                      */
        const char *role;     /* or NULL                                  */
        const char *console;  /* 16 hex digits                            */
        const char *unit;     /* created_by_ref                           */
        int64_t hlc;
        int64_t occurred_ms; /* when it happened                        */
        int64_t created_ms;  /* when it was recorded                    */
        const struct act_set *sets;
        size_t set_count;
        const struct act_element *elements;
        size_t element_count;
        const struct act_was *was;
        size_t was_count;
        const struct act_detail *details; /* by name */
        size_t detail_count;
};

/* Total order of acts: (hlc, console, id). For qsort over const struct act *. */
int act_compare(const void *a, const void *b);
/* The total order, then every other member, so that two acts are equal only where all they say is.
 */
int act_compare_all(const struct act *a, const struct act *b);

/* The acts in total order, each id once, in the arena. Of several contents under one id (nobody
 * honest makes them) the greatest by act_compare_all stays, whichever came first. */
const struct act **act_order(const struct act *const *acts, size_t count, struct arena *a,
                             size_t *ret_count);

bool act_was_names(const struct act *act, const char *field, const char *id);
const struct act_set *act_sets_field(const struct act *act, const char *field); /* NULL */
const char *act_detail(const struct act *act, const char *name); /* its value, or NULL */
bool act_is_too_large(const struct act *act);
/* Of its target as far as the act itself tells; NULL where no table is known. */
const struct kind *act_kind(const struct act *act);
bool act_has_reason(const struct act *act); /* more than blanks */

/* Writes the plain sentence of an act: "acknowledged by duarte", "severity medium -> critical: two
 * hospitals down"; a note's is its own text. `before` is the thing as its author saw it, or NULL;
 * words may be NULL (ids are shown then). One line but for a note; long values are cut. malloc'ed.
 */
char *act_sentence(const struct act *act, const struct thing *before, const struct words *words);

#endif
