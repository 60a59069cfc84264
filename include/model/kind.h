/*
 * Kinds and their fields: THE tables. Store, wire, fold, forms, filter, columns, help and reports
 * are driven by them; a new field is one row in src/model/kinds.c, a new kind one table.
 */
#ifndef MUSTER_MODEL_KIND_H
#define MUSTER_MODEL_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "model/enums.h"

#define KIND_FIELDS_MAX 64 /* a set of fields is a uint64_t */

enum field_type {
        FIELD_LINE,  /* one line of text                                     */
        FIELD_TEXT,  /* text with line breaks                                */
        FIELD_ENUM,  /* a closed scale, see .list; also packed in the flags  */
        FIELD_WORD,  /* an id of a word list, see .words                     */
        FIELD_WORDS, /* a set of them                                        */
        FIELD_TIME,  /* an instant                                           */
        FIELD_REF,   /* the STIX id of a thing                               */
        FIELD_REFS,  /* a set of them                                        */
        FIELD_COUNT, /* a whole number                                       */
};

enum field_flag {
        FIELD_FORM = 1 << 0,    /* a person may fill it in: forms, new, set  */
        FIELD_COLUMN = 1 << 1,  /* may be a column of the list               */
        FIELD_SORT = 1 << 2,    /* has an index; sort: takes it              */
        FIELD_SEARCH = 1 << 3,  /* words of the filter line look here (FTS)  */
        FIELD_DERIVED = 1 << 4, /* follows from others; never in an act      */
        FIELD_NEEDED = 1 << 5,  /* a new thing must have it                  */
        FIELD_STATE = 1 << 6,   /* moves by verbs with a guard, not by set   */
        FIELD_PERSON = 1 << 7,  /* an operator: "me" is understood           */
        /* What an act says of a field's group besides what was asked for: */
        FIELD_STAMP = 1 << 8,    /* when: the time that it happened           */
        FIELD_WHO = 1 << 9,      /* who, unless another is named: who is signed on */
        FIELD_WHY = 1 << 10,     /* why: the reason, and the other way round  */
        FIELD_MINUTES = 1 << 11, /* FIELD_COUNT: a span of time; "4h" is understood */
        FIELD_AHEAD = 1 << 12,   /* a time to come: due<4h is within 4 hours, due=4h in 4 hours */
        FIELD_OFFERS = 1 << 13,  /* .words only offers: other words are taken too */
        FIELD_LINES = 1 << 14,   /* of a set each member is a sentence, on a line of its own */
};

struct item_form; /* model/item.h */

struct field {
        const char *name;  /* in filters, commands, JSON, acts             */
        const char *label; /* in front of its value                        */
        const char *head;  /* column head, capitals                        */
        const char *help;  /* what it takes, one line; see field_help      */
        enum field_type type;
        unsigned flags;
        const struct enum_list *list; /* FIELD_ENUM                                   */
        const char *words;            /* FIELD_WORD(S): name of the list in data/words */
        const char *kinds; /* kinds that a person may name in it, with blanks; NULL = any */
        const char *group; /* fields of one group are set by one act; or NULL */
        int width;         /* columns a list gives it; 0 = what is left    */
        int holds_h;       /* hours after its group's stamp; 0 = for good  */
        /* A set whose members have a form of their own: only such count. NULL = any text. */
        bool (*accepts)(const char *item);
        /* The same where people have another way to type it; of a FIELD_LINE its only value. NULL
         */
        const struct item_form *form;
};

struct kind {
        const char *name, *plural; /* "incident", "incidents"                      */
        const char *prefix;        /* "INC"                                        */
        const char *stix_type;     /* the wire type that carries it                */
        const char *stix_alias;    /* another that others write for it, or NULL    */
        const struct field *fields;
        size_t field_count;
        const char *listed; /* names of the fields that a list on paper shows, with blanks */
        const char *default_filter; /* the line its list starts with                */
        const char *title;          /* the field that names a thing of this kind     */
        const char *newest;         /* the FIELD_TIME that its own order is by       */
        const char *derived;        /* made from other things, never by itself: says how; or NULL */
        enum tlp tlp_least;         /* what one that nobody has marked counts as, at least */
};

extern const struct kind kind_incident, kind_participant, kind_log, kind_clock;
extern const struct kind kind_expert, kind_team, kind_equipment, kind_agreement, kind_rota;
extern const struct kind kind_request, kind_deployment, kind_playbook, kind_run;

/* All kinds, for lists and lookups. */
size_t kind_count(void);
const struct kind *kind_at(size_t i);

const struct kind *kind_find(const char *name);        /* singular or plural; NULL */
const struct kind *kind_of_prefix(const char *prefix); /* "INC"; NULL             */
/* By wire type or alias, as it stands in front of "--" of an id; NULL. Of several that one type can
 * be (an identity is an expert, a team, a participant) the first. */
const struct kind *kind_of_type(const char *type, size_t len);
/* The one after it; NULL: no other. */
const struct kind *kind_of_type_after(const struct kind *kind, const char *type, size_t len);
const char *kind_nearest(const char *name); /* never NULL              */

int field_index(const struct kind *kind, const char *name); /* -1 = none */
const struct field *field_find(const struct kind *kind, const char *name);
/* Among those with all the flags; NULL where none has them. */
const char *field_nearest(const struct kind *kind, const char *name, unsigned flags);
bool field_is_set(const struct field *field); /* FIELD_WORDS, FIELD_REFS */
/* Whether it is of the kinds that a person may name in the field. */
bool field_takes(const struct field *field, const struct kind *kind);

struct arena;
struct words;
/* What it takes, in a line: its help, in which {words} stands for the words of its list in force,
 * and {notes} for the same with what is noted of each. Of a long list the first; of one that is not
 * there, or with words NULL, its name. In the arena, or as long as the field. */
const char *field_help(const struct field *field, const struct words *words, struct arena *a);

/*
 * Flags word, 32 bits: each FIELD_ENUM of a kind has as many bits as its scale needs, in table
 * order from bit 8; bits 0 to 7 are the marks below. Sort indexes end with it, so that most filters
 * never leave the index.
 */
enum thing_mark {
        MARK_UNACKED = 1 << 0,  /* nobody here has taken note of it yet        */
        MARK_CONFLICT = 1 << 1, /* some field has more than one head           */
        MARK_REVOKED = 1 << 2,  /* withdrawn by its creator                    */
        MARK_FOREIGN = 1 << 3,  /* another unit's thing                        */
        MARK_SYSTEM = 1 << 4,   /* log: written by an act, not by a person     */
};
#define FLAGS_FIRST_ENUM_BIT 8
#define FLAGS_ENUM_BITS      5 /* at most, so that a word has a bit for each value of a scale */
int field_flags_shift(const struct kind *kind, int field); /* -1 where the field is no FIELD_ENUM */
/* The bits of a field behind its shift: 0 = not set, else rank + 1. 0 where it is no FIELD_ENUM. */
unsigned field_flags_mask(const struct field *field);

#endif
