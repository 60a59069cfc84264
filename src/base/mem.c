#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*die_hook)(void);

void mem_on_die(void (*hook)(void))
{
        die_hook = hook;
}

void mem_die(void)
{
        if (die_hook)
                die_hook();
        abort();
}

static void *or_die(void *p)
{
        if (!p)
                mem_die();
        return p;
}

void *xmalloc(size_t size)
{
        return or_die(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
        return or_die(calloc(count ? count : 1, size ? size : 1));
}

void *xreallocarray(void *p, size_t count, size_t size)
{
        return or_die(reallocarray(p, count ? count : 1, size ? size : 1));
}

char *xstrdup(const char *s)
{
        return or_die(strdup(s));
}

char *xstrndup(const char *s, size_t max)
{
        return or_die(strndup(s, max));
}

char *xasprintf(const char *fmt, ...)
{
        char *s = NULL;
        va_list ap;
        va_start(ap, fmt);
        int n = vasprintf(&s, fmt, ap);
        va_end(ap);
        return or_die(n < 0 ? NULL : s);
}

void mem_free_cleanup(void *pp)
{
        void *p;
        memcpy(&p, pp, sizeof(p));
        free(p);
}
