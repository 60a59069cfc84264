/*
 * Input that is put together of several events: what is pasted, kept whole until its end so that
 * nothing in it is a key, and double clicks.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui_private.h"

#define PAUSE_NS  1000000000ll /* a paste whose end was lost ends here */
#define TWICE_NS  400000000ll
#define BYTES_MAX (64 * 1024 + 8) /* more than anybody takes, so that they can say so */

void paste_begin(struct paste *p)
{
        if (!p->bytes)
                p->bytes = xmalloc(BYTES_MAX + 1);
        p->on = true;
        p->len = 0;
        p->ns = clock_mono_ns();
}

void paste_add(struct paste *p, uint32_t cp)
{
        char utf8[4];
        size_t bytes = text_put(cp == '\r' ? '\n' : cp, utf8);
        p->ns = clock_mono_ns();
        if (cp == 0 || p->len + bytes > BYTES_MAX)
                return;
        memcpy(p->bytes + p->len, utf8, bytes);
        p->len += bytes;
}

const char *paste_end(struct paste *p)
{
        p->on = false;
        p->bytes[p->len] = '\0';
        return p->bytes;
}

bool paste_is_lost(const struct paste *p)
{
        return p->on && clock_mono_ns() - p->ns > PAUSE_NS;
}

void paste_finish(struct paste *p)
{
        free(p->bytes);
        *p = (struct paste){0};
}

bool click_is_twice(struct click *last, int x, int y)
{
        int64_t now = clock_mono_ns();
        bool twice = x == last->x && y == last->y && last->ns && now - last->ns < TWICE_NS;
        *last = (struct click){.x = x, .y = y, .ns = twice ? 0 : now};
        return twice;
}
