/*
 * A slot: one scalar field of a thing, or one element of a set-valued field, with the acts that
 * count for it in their order, and which of them are on top (model/heads.h keeps one per field and
 * element).
 */
#ifndef MUSTER_MODEL_SLOT_H
#define MUSTER_MODEL_SLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SLOT_NONE SIZE_MAX

struct slot_entry {
        size_t act;        /* its position in the order of acts      */
        const char *value; /* NULL = withdrawn, or element removed   */
        int rank;          /* of the value on a scale; -1            */
        size_t prev, next; /* the list of heads                      */
};

struct slot {
        int field;
        const char *item; /* NULL for a scalar */
        struct slot_entry *entries;
        size_t used;
        size_t head, tail; /* first and last on top */
};

/* `entries` is borrowed and has room for every act that may come. */
void slot_init(struct slot *s, int field, const char *item, struct slot_entry *entries);
/* Acts come in rising order; one that is named already is not on top. */
void slot_add(struct slot *s, const struct slot_entry *entry, bool on_top);
size_t slot_find(const struct slot *s, size_t act); /* entry, or SLOT_NONE */
void slot_drop(struct slot *s, size_t entry);       /* no longer on top; again is fine */

/* The entries on top one after the other; all of them where they name each other in a circle.
 * SLOT_NONE after the last, and where no act counts. */
size_t slot_first(const struct slot *s);
size_t slot_next(const struct slot *s, size_t entry);
size_t slot_last(const struct slot *s);

#endif
