#include "model/slot.h"

void slot_init(struct slot *s, int field, const char *item, struct slot_entry *entries)
{
        *s = (struct slot){.field = field,
                           .item = item,
                           .entries = entries,
                           .head = SLOT_NONE,
                           .tail = SLOT_NONE};
}

void slot_add(struct slot *s, const struct slot_entry *entry, bool on_top)
{
        size_t e = s->used++;

        s->entries[e] = *entry;
        s->entries[e].prev = s->entries[e].next = SLOT_NONE;
        if (!on_top)
                return;
        s->entries[e].prev = s->tail;
        if (s->tail == SLOT_NONE)
                s->head = e;
        else
                s->entries[s->tail].next = e;
        s->tail = e;
}

size_t slot_find(const struct slot *s, size_t act)
{
        size_t low = 0, high = s->used;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (s->entries[middle].act < act)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < s->used && s->entries[low].act == act ? low : SLOT_NONE;
}

void slot_drop(struct slot *s, size_t entry)
{
        struct slot_entry *e = &s->entries[entry];

        if (s->head != entry && e->prev == SLOT_NONE)
                return;
        if (e->prev == SLOT_NONE)
                s->head = e->next;
        else
                s->entries[e->prev].next = e->next;
        if (e->next == SLOT_NONE)
                s->tail = e->prev;
        else
                s->entries[e->next].prev = e->prev;
        e->prev = e->next = SLOT_NONE;
}

size_t slot_first(const struct slot *s)
{
        if (s->head != SLOT_NONE)
                return s->head;
        return s->used ? 0 : SLOT_NONE;
}

size_t slot_next(const struct slot *s, size_t entry)
{
        if (s->head != SLOT_NONE)
                return s->entries[entry].next;
        return entry + 1 < s->used ? entry + 1 : SLOT_NONE;
}

size_t slot_last(const struct slot *s)
{
        if (s->tail != SLOT_NONE)
                return s->tail;
        return s->used ? s->used - 1 : SLOT_NONE;
}
