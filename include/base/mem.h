/*
 * Memory: allocation that dies, cleanup attributes, and arenas.
 *
 * Running out of memory ends the program through the die hook (which restores the terminal); every
 * size that can be reached from outside is capped before it gets here.
 */
#ifndef MUSTER_BASE_MEM_H
#define MUSTER_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* Called once, just before abort(), when memory is out. Set by main before anything else runs. */
void mem_on_die(void (*hook)(void));

/* Memory is out: for where a library says so. */
_Noreturn void mem_die(void);

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *p, size_t count, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t max);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

void mem_free_cleanup(void *pp); /* for AUTO_FREE only */

#define AUTO_FREE   __attribute__((cleanup(mem_free_cleanup)))
#define CLEANUP(fn) __attribute__((cleanup(fn)))

/* Hands the pointer over: its value, and the variable is NULL from then on. */
#define TAKE(p)                                                                                    \
        ({                                                                                         \
                __typeof__(p) take_ = (p);                                                         \
                (p) = NULL;                                                                        \
                take_;                                                                             \
        })

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/*
 * An arena gives many small items that are all released by one call: one per view load and one per
 * decoded document. In builds with MUSTER_ARENA_MALLOC each item is a malloc of its own, so that
 * AddressSanitizer sees through it. Memory comes zeroed.
 */
struct arena_block;
struct arena_kept;
struct arena {
        struct arena_block *head;
        size_t used; /* bytes handed out since init or reset */
        struct arena_kept *kept;
};

void arena_init(struct arena *a);
void arena_finish(struct arena *a); /* zeroed arena is fine; may be used again after */
void arena_reset(struct arena *a);  /* forget the items, keep a block for reuse      */
/* What items of the arena point to and others share: `release` is called with it when the arena is
 * finished or reset. */
void arena_keep(struct arena *a, void (*release)(void *object), void *object);
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t count, size_t size);
/* The list, in a larger place where `count` fills its room; NULL with room 0 at first. */
void *arena_grow(struct arena *a, void *list, size_t count, size_t *room, size_t size);
char *arena_strdup(struct arena *a, const char *s); /* NULL stays NULL */
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_printf(struct arena *a, const char *fmt, ...)
        __attribute__((format(printf, 2, 3), nonnull(2)));

#endif
