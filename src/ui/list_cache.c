#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui_private.h"

#define SLOTS 256 /* more than the rows of any window */

struct slot {
        struct row_key key;
        struct cell *cells; /* key.w of them */
};

struct row_cache {
        struct slot slots[SLOTS];
};

struct row_cache *row_cache_create(void)
{
        return xcalloc(1, sizeof(struct row_cache));
}

void row_cache_destroy(struct row_cache *rc)
{
        for (size_t i = 0; rc && i < SLOTS; i++)
                free(rc->slots[i].cells);
        free(rc);
}

static bool same(const struct row_key *a, const struct row_key *b)
{
        return a->rid == b->rid && a->minute == b->minute && a->generation == b->generation &&
               a->w == b->w && a->marked == b->marked && a->strong == b->strong &&
               a->faint == b->faint && a->changed == b->changed;
}

static struct cell *cells_of(const struct canvas *c, struct rect r)
{
        return &c->cells[(size_t)r.y * (size_t)c->cols + (size_t)r.x];
}

bool row_cache_get(const struct row_cache *rc, size_t position, const struct row_key *key,
                   struct canvas *c, struct rect r)
{
        const struct slot *slot = &rc->slots[position % SLOTS];
        if (!slot->cells || !same(&slot->key, key))
                return false;
        memcpy(cells_of(c, r), slot->cells, (size_t)r.w * sizeof(*slot->cells));
        return true;
}

void row_cache_keep(struct row_cache *rc, size_t position, const struct row_key *key,
                    const struct canvas *c, struct rect r)
{
        struct slot *slot = &rc->slots[position % SLOTS];
        if (!slot->cells || slot->key.w != r.w)
                slot->cells = xreallocarray(slot->cells, (size_t)r.w, sizeof(*slot->cells));
        slot->key = *key;
        memcpy(slot->cells, cells_of(c, r), (size_t)r.w * sizeof(*slot->cells));
}

void row_cache_drop(struct row_cache *rc, size_t position)
{
        struct slot *slot = &rc->slots[position % SLOTS];
        free(TAKE(slot->cells));
}
