#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BLOCK 8192
#define ARENA_ALIGN 16

struct arena_block {
        struct arena_block *next;
        size_t size, used;
        _Alignas(ARENA_ALIGN) char bytes[];
};

struct arena_kept {
        struct arena_kept *next;
        void (*release)(void *object);
        void *object;
};

void arena_init(struct arena *a)
{
        *a = (struct arena){0};
}

void arena_keep(struct arena *a, void (*release)(void *object), void *object)
{
        struct arena_kept *k = xmalloc(sizeof(*k));
        *k = (struct arena_kept){a->kept, release, object};
        a->kept = k;
}

static void release_kept(struct arena *a)
{
        struct arena_kept *next;
        for (struct arena_kept *k = TAKE(a->kept); k; k = next) {
                next = k->next;
                k->release(k->object);
                free(k);
        }
}

void arena_finish(struct arena *a)
{
        struct arena_block *next;
        release_kept(a);
        for (struct arena_block *b = a->head; b; b = next) {
                next = b->next;
                free(b);
        }
        *a = (struct arena){0};
}

void arena_reset(struct arena *a)
{
#ifdef MUSTER_ARENA_MALLOC
        arena_finish(a);
        return;
#endif
        release_kept(a);
        struct arena_block *keep = a->head;
        if (keep && keep->size <= 16 * ARENA_BLOCK) {
                a->head = keep->next;
                arena_finish(a);
                keep->next = NULL;
                keep->used = 0;
                a->head = keep;
                return;
        }
        arena_finish(a);
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
        struct arena_block *b = xmalloc(sizeof(*b) + size);
        *b = (struct arena_block){.next = a->head, .size = size};
        a->head = b;
        return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
        size_t need = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
#ifdef MUSTER_ARENA_MALLOC
        struct arena_block *b = add_block(a, size);
        need = size;
#else
        struct arena_block *b = a->head;
        if (!b || b->size - b->used < need)
                b = add_block(a, need > ARENA_BLOCK ? need : ARENA_BLOCK);
#endif
        void *p = b->bytes + b->used;
        b->used += need;
        a->used += size;
        return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
        size_t total;
        if (__builtin_mul_overflow(count, size, &total))
                total = SIZE_MAX / 2;
        return arena_alloc(a, total);
}

void *arena_grow(struct arena *a, void *list, size_t count, size_t *room, size_t size)
{
        void *larger;

        if (count < *room)
                return list;
        *room = *room ? *room * 2 : 8;
        larger = arena_array(a, *room, size);
        return count ? memcpy(larger, list, count * size) : larger;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
        char *p = arena_alloc(a, len + 1);
        memcpy(p, s, len);
        return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
        return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
        char small[256];
        va_list ap;
        va_start(ap, fmt);
        int n = vsnprintf(small, sizeof(small), fmt, ap);
        va_end(ap);
        if (n < (int)sizeof(small))
                return arena_strndup(a, small, n < 0 ? 0 : (size_t)n);
        char *p = arena_alloc(a, (size_t)n + 1);
        va_start(ap, fmt);
        vsnprintf(p, (size_t)n + 1, fmt, ap);
        va_end(ap);
        return p;
}
