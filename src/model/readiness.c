#include "model/readiness.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS (24 * INT64_C(3600000))

const char *readiness_what_name(enum readiness_what what)
{
        static const char *const names[] = {"role", "language", "community"};

        return names[what];
}

/* One expert, as every group of his or hers sees it. */
struct seen {
        const char *ref;
        bool out, left;
        bool free[READINESS_DAYS];
};

struct making {
        struct arena *arena;
        struct readiness_group *list;
        size_t count, room;
};

/* ---- experts --------------------------------------------------------------------------------- */

static bool is_there(enum roster_status status)
{
        return status == ROSTER_READY || status == ROSTER_ON_CALL || status == ROSTER_UNVERIFIED;
}

static struct seen see(const struct roster_facts *f, bool out, int64_t now_ms, struct arena *a)
{
        struct seen s = {.ref = f->ref, .out = out};

        if (out)
                return s;
        s.left = is_there(roster_status_at(f, &roster_rules_default, now_ms));
        for (int day = 0; day < READINESS_DAYS; day++) {
                struct span span = {now_ms + day * DAY_MS, now_ms + (day + 1) * DAY_MS};

                s.free[day] = !roster_busy_why(f, &span, now_ms, a);
        }
        return s;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static struct readiness_group *group_of(struct making *m, enum readiness_what what, const char *key)
{
        for (size_t i = 0; i < m->count; i++)
                if (m->list[i].what == what && strcmp(m->list[i].key, key) == 0)
                        return &m->list[i];
        m->list = arena_grow(m->arena, m->list, m->count, &m->room, sizeof(*m->list));
        m->list[m->count] = (struct readiness_group){.what = what, .key = key};
        return &m->list[m->count++];
}

/* Rooms of the lists of names grow by doubling: a full one has a power of two. */
static void add_name(struct arena *a, const char ***list, size_t *count, const char *ref)
{
        size_t n = *count;

        if ((n & (n - 1)) == 0) {
                const char **more = arena_array(a, n ? 2 * n : 1, sizeof(*more));

                if (n)
                        memcpy(more, *list, n * sizeof(*more));
                *list = more;
        }
        (*list)[(*count)++] = ref;
}

static void add_to(struct making *m, enum readiness_what what, const char *key,
                   const struct seen *s)
{
        struct readiness_group *g = group_of(m, what, key);

        if (s->out)
                add_name(m->arena, &g->out, &g->out_count, s->ref);
        else if (s->left)
                add_name(m->arena, &g->left, &g->left_count, s->ref);
        else
                add_name(m->arena, &g->busy, &g->busy_count, s->ref);
        for (int day = 0; day < READINESS_DAYS; day++) {
                if (!s->free[day])
                        continue;
                g->alone[day] = g->free[day] == 0 ? s->ref : NULL;
                g->free[day]++;
        }
}

static void add_expert(struct making *m, const struct roster_facts *f, const struct seen *s)
{
        for (size_t i = 0; i < f->roles->count; i++)
                add_to(m, READINESS_ROLE, f->roles->items[i], s);
        for (size_t i = 0; i < f->language_count; i++)
                add_to(m, READINESS_LANGUAGE, f->languages[i].code, s);
        if (f->community && *f->community)
                add_to(m, READINESS_COMMUNITY, f->community, s);
}

static int compare_groups(const void *pa, const void *pb)
{
        const struct readiness_group *a = pa, *b = pb;

        return a->what != b->what ? (int)a->what - (int)b->what : strcmp(a->key, b->key);
}

/* ---- gaps ------------------------------------------------------------------------------------ */

static bool same(const char *a, const char *b)
{
        return a == b || (a && b && strcmp(a, b) == 0);
}

static void find_gaps(const struct readiness_group *g, struct readiness_sum *r, size_t *room,
                      struct arena *a)
{
        for (int day = 0, end; day < READINESS_DAYS; day = end) {
                end = day + 1;
                if (g->free[day] > 1)
                        continue;
                while (end < READINESS_DAYS && g->free[end] == g->free[day] &&
                       same(g->alone[end], g->alone[day]))
                        end++;
                r->gaps = arena_grow(a, r->gaps, r->gap_count, room, sizeof(*r->gaps));
                r->gaps[r->gap_count++] = (struct readiness_gap){
                        .group = g,
                        .span = {r->now_ms + day * DAY_MS, r->now_ms + end * DAY_MS},
                        .alone = g->alone[day]};
        }
}

void readiness_make(const struct roster_facts *experts, const bool *out, size_t count,
                    int64_t now_ms, struct arena *a, struct readiness_sum *ret)
{
        struct making m = {.arena = a};
        struct readiness_sum r = {.now_ms = now_ms, .experts = count};
        size_t room = 0;

        for (size_t i = 0; i < count; i++) {
                struct seen s = see(&experts[i], out[i], now_ms, a);

                r.left += s.left;
                add_expert(&m, &experts[i], &s);
        }
        if (m.count)
                qsort(m.list, m.count, sizeof(*m.list), compare_groups);
        r.groups = m.list;
        r.group_count = m.count;
        for (size_t i = 0; i < m.count; i++)
                find_gaps(&m.list[i], &r, &room, a);
        *ret = r;
}
