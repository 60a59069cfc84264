/*
 * Members of sets that have a form of their own: how people type one, and what it is. A field names
 * its form in .form; value_read then takes what people type, and accept_item only what is
 * canonical. All times are UTC, all text is borrowed. Pure.
 *
 *   form         canonical               typed
 *   period       FROM/UNTIL (span.h)     tomorrow 08:00/+8h; the second time counts from the first
 *   language     CODE, CODE:LEVEL        ro, ro:c1, Romanian C1, French (native)
 *   need         ROLE:COUNT              2 x incident-responder, forensics:2, architect
 *   certificate  NAME, NAME@DAY          OSCP, GCIH@2027-05-31: good until that day is over
 *   turn         NN IDENTITY             1 EXP-0003; without a number: as they stand
 *   override     FROM/UNTIL=IDENTITY     tomorrow 08:00/+8h=EXP-0003
 *   quantity     COUNT ID                EQP-0012=3, 3 x EQP-0012
 *
 * Commas part members; blanks do where what is in front of them is a member by itself, the longest
 * first. Only certificates are parted by commas alone.
 */
#ifndef MUSTER_MODEL_ITEM_H
#define MUSTER_MODEL_ITEM_H

#include "model/enums.h"
#include "model/span.h"
#include "model/thing.h"

#define ITEM_NAME_BYTES 300 /* of a code, a role, a name, an id, with its NUL */
#define ITEM_COUNT_MAX  999 /* people of a role, places in a rota */

struct item_form {
        const char *takes; /* in sentences: "a period, as tomorrow 08:00/+8h" */
        bool commas_only;  /* a blank never parts two of them */
        bool (*accepts)(const char *item);
        /* One member. `place`: how many stand in front of it. RC_INVALID says what is wrong. */
        enum rc (*read)(const struct field *field, const char *typed, size_t place,
                        const struct value_context *ctx, struct arena *a, const char **ret,
                        struct err *err);
};

extern const struct item_form item_period, item_language, item_need, item_certificate, item_turn,
        item_override, item_quantity;

/* What a canonical member says. False: it is none. */

struct language_item {
        char code[ITEM_NAME_BYTES];
        int level; /* enum_cefr; -1 = not said */
};
bool language_item_read(const char *item, struct language_item *ret);

struct need_item {
        char role[ITEM_NAME_BYTES];
        int count;
};
bool need_item_read(const char *item, struct need_item *ret);

struct certificate_item {
        char name[ITEM_NAME_BYTES];
        int64_t until_ms; /* the midnight behind its last day; CLOCK_NONE = for good */
};
bool certificate_item_read(const char *item, struct certificate_item *ret);

struct turn_item {
        int place; /* by which they take turns */
        char id[ITEM_NAME_BYTES];
};
bool turn_item_read(const char *item, struct turn_item *ret);

#define ITEM_QUANTITY_MAX 999999
struct quantity_item {
        int count;
        char id[ITEM_NAME_BYTES];
};
bool quantity_item_read(const char *item, struct quantity_item *ret);

/* The id of whom a turn, an override or a quantity names, within the member; NULL: the field has
 * others. */
const char *item_who(const struct field *field, const char *item);

struct override_item {
        struct span span;
        char id[ITEM_NAME_BYTES];
};
bool override_item_read(const char *item, struct override_item *ret);
/* In the arena. */
const char *override_item_write(const struct span *span, const char *id, struct arena *a);

#endif
