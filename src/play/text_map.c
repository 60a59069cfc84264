#include <stdlib.h>
#include <string.h>

#include "play_private.h"

struct text_map_slot {
        const char *key; /* NULL: free */
        uint32_t hash;
        void *value;
};

/* FNV-1a */
static uint32_t hash_of(const char *key)
{
        uint32_t hash = 2166136261u;

        for (; *key; key++)
                hash = (hash ^ (unsigned char)*key) * 16777619u;
        return hash;
}

static struct text_map_slot *find(const struct text_map *map, const char *key, uint32_t hash)
{
        size_t at = hash & (map->room - 1);

        while (map->slots[at].key &&
               (map->slots[at].hash != hash || strcmp(map->slots[at].key, key) != 0))
                at = (at + 1) & (map->room - 1);
        return &map->slots[at];
}

static void grow(struct text_map *map)
{
        struct text_map larger = {.room = map->room ? map->room * 2 : 64, .count = map->count};

        larger.slots = xcalloc(larger.room, sizeof(*larger.slots));
        for (size_t i = 0; i < map->room; i++)
                if (map->slots[i].key)
                        *find(&larger, map->slots[i].key, map->slots[i].hash) = map->slots[i];
        free(map->slots);
        *map = larger;
}

void **text_map_put(struct text_map *map, const char *key)
{
        uint32_t hash = hash_of(key);
        struct text_map_slot *slot;

        if (map->count * 2 >= map->room)
                grow(map);
        slot = find(map, key, hash);
        if (!slot->key) {
                *slot = (struct text_map_slot){.key = key, .hash = hash};
                map->count++;
        }
        return &slot->value;
}

void *text_map_get(const struct text_map *map, const char *key)
{
        return map->room ? find(map, key, hash_of(key))->value : NULL;
}

void text_map_finish(struct text_map *map)
{
        free(map->slots);
        *map = (struct text_map){0};
}
