#include "ui/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void marks_finish(struct marks *m)
{
        free(m->rids);
        *m = (struct marks){0};
}

/* First position whose rid is not below `rid`. */
static size_t lower(const struct marks *m, int64_t rid)
{
        size_t lo = 0, hi = m->count;
        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                if (m->rids[mid] < rid)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

bool marks_has(const struct marks *m, int64_t rid)
{
        size_t at = lower(m, rid);
        return at < m->count && m->rids[at] == rid;
}

static void make_room(struct marks *m)
{
        if (m->count < m->cap)
                return;
        m->cap = m->cap ? m->cap * 2 : 16;
        m->rids = xreallocarray(m->rids, m->cap, sizeof(*m->rids));
}

void marks_push(struct marks *m, int64_t rid)
{
        make_room(m);
        m->rids[m->count++] = rid;
}

static int by_rid(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
        return (x > y) - (x < y);
}

void marks_settle(struct marks *m)
{
        size_t kept = 0;
        if (m->count)
                qsort(m->rids, m->count, sizeof(*m->rids), by_rid);
        for (size_t i = 0; i < m->count; i++)
                if (!kept || m->rids[kept - 1] != m->rids[i])
                        m->rids[kept++] = m->rids[i];
        m->count = kept;
}

void marks_add(struct marks *m, int64_t rid)
{
        size_t at = lower(m, rid);
        if (at < m->count && m->rids[at] == rid)
                return;
        make_room(m);
        memmove(m->rids + at + 1, m->rids + at, (m->count - at) * sizeof(*m->rids));
        m->rids[at] = rid;
        m->count++;
}

void marks_remove(struct marks *m, int64_t rid)
{
        size_t at = lower(m, rid);
        if (at >= m->count || m->rids[at] != rid)
                return;
        memmove(m->rids + at, m->rids + at + 1, (m->count - at - 1) * sizeof(*m->rids));
        m->count--;
}

void marks_clear(struct marks *m)
{
        m->count = 0;
}
