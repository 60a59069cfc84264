/*
 * Ids, each once: open addressing over borrowed memory of its own arena.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "ops_private.h"

static size_t hash_of(const char *id)
{
        uint64_t h = 14695981039346656037ull;

        for (; *id; id++)
                h = (h ^ (unsigned char)*id) * 1099511628211ull;
        return (size_t)(h ^ (h >> 32));
}

/* Where it is or belongs; there is always an empty slot. */
static size_t place_of(const struct id_set *set, const char *id)
{
        size_t at = hash_of(id) & (set->cap - 1);

        while (set->slots[at] && strcmp(set->slots[at], id) != 0)
                at = (at + 1) & (set->cap - 1);
        return at;
}

static void grow(struct id_set *set)
{
        struct id_set more = {.cap = set->cap ? set->cap * 2 : 64};

        more.slots = xcalloc(more.cap, sizeof(*more.slots));
        for (size_t i = 0; i < set->cap; i++)
                if (set->slots[i])
                        more.slots[place_of(&more, set->slots[i])] = set->slots[i];
        free(set->slots);
        set->slots = more.slots;
        set->cap = more.cap;
}

bool id_set_add(struct id_set *set, const char *id)
{
        size_t at;

        if (2 * (set->count + 1) > set->cap)
                grow(set);
        at = place_of(set, id);
        if (set->slots[at])
                return false;
        set->slots[at] = arena_strdup(&set->arena, id);
        set->count++;
        return true;
}

bool id_set_has(const struct id_set *set, const char *id)
{
        return set->cap && set->slots[place_of(set, id)];
}

static int compare(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **id_set_list(const struct id_set *set, struct arena *a)
{
        const char **list = arena_array(a, set->count + 1, sizeof(*list));
        size_t count = 0;

        for (size_t i = 0; i < set->cap; i++)
                if (set->slots[i])
                        list[count++] = set->slots[i];
        qsort(list, count, sizeof(*list), compare);
        return list;
}

void id_set_clear(struct id_set *set)
{
        if (set->count)
                memset(set->slots, 0, set->cap * sizeof(*set->slots));
        set->count = 0;
        arena_reset(&set->arena);
}

void id_set_finish(struct id_set *set)
{
        free(set->slots);
        arena_finish(&set->arena);
        *set = (struct id_set){0};
}
