/*
 * A set of 64-bit numbers, made of what was met by hashing: 8 bytes for each, at most some
 * millions.
 */
#include <stdlib.h>
#include <string.h>

#include "base/crypt.h"

#include "sync_private.h"

static uint64_t number_of(const struct seen *s, const void *bytes, size_t len)
{
        uint64_t n = crypt_number(bytes, len, s->key);

        return n ? n : 1; /* 0 is an empty slot */
}

static bool put(uint64_t *slots, size_t cap, uint64_t n)
{
        size_t at = n & (cap - 1);

        while (slots[at] && slots[at] != n)
                at = (at + 1) & (cap - 1);
        if (slots[at] == n)
                return false;
        slots[at] = n;
        return true;
}

static void grow(struct seen *s)
{
        size_t cap = s->cap ? s->cap * 2 : 256;
        uint64_t *slots = xcalloc(cap, sizeof(*slots));

        if (!s->cap)
                crypt_random(s->key, sizeof(s->key));
        for (size_t i = 0; i < s->cap; i++)
                if (s->slots[i])
                        put(slots, cap, s->slots[i]);
        free(s->slots);
        s->slots = slots;
        s->cap = cap;
}

bool seen_add(struct seen *s, const void *bytes, size_t len)
{
        if (s->count >= SEEN_MAX)
                return true;
        if (s->count * 4 >= s->cap * 3)
                grow(s);
        if (!put(s->slots, s->cap, number_of(s, bytes, len)))
                return false;
        s->count++;
        return true;
}

bool seen_has(const struct seen *s, const void *bytes, size_t len)
{
        uint64_t n = number_of(s, bytes, len);

        if (!s->cap)
                return false;
        for (size_t at = n & (s->cap - 1); s->slots[at]; at = (at + 1) & (s->cap - 1))
                if (s->slots[at] == n)
                        return true;
        return false;
}

void seen_clear(struct seen *s)
{
        free(s->slots);
        *s = (struct seen){0};
}
