/*
 * What deployments take of the resources of a pool, and the turns of rotas.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/pool.h"

#include "model_private.h"

#define HOUR_MS   INT64_C(3600000)
#define MINUTE_MS INT64_C(60000)

/* ---- deployments ------------------------------------------------------------------------------
 */

static const struct value *keep_items(struct pool *p, const struct value *v)
{
        struct value *kept = arena_alloc(&p->arena, sizeof(*kept));
        const char **items = arena_array(&p->arena, v->count + 1, sizeof(*items));

        for (size_t i = 0; i < v->count; i++)
                items[i] = pool_text(p, v->items[i]);
        *kept = (struct value){.items = items, .count = v->count};
        return kept;
}

static size_t deployment_place(const struct pool *p, int64_t rid)
{
        return rid < 0 || (size_t)rid >= p->deployment_rid_room ? 0 : p->deployment_rids[rid];
}

static void map_deployment(struct pool *p, int64_t rid, size_t place)
{
        pool_map_rid(&p->deployment_rids, &p->deployment_rid_room, rid, (uint32_t)place);
}

/* The last takes its place. */
static void drop_deployment(struct pool *p, int64_t rid)
{
        size_t place = deployment_place(p, rid);
        const struct pool_deployment *last;

        if (!place)
                return;
        last = &p->deployments[p->deployment_count - 1];
        map_deployment(p, last->rid, place);
        p->deployments[place - 1] = *last;
        map_deployment(p, rid, 0);
        p->deployment_count--;
        p->grouped = false;
}

void pool_put_deployment(struct pool *p, const struct thing *t, int64_t rid, const char *ref)
{
        struct booking own[BOOKINGS_OF_ONE];
        struct pool_deployment *d;

        drop_deployment(p, rid);
        if (t->revoked || !booking_of(t, "", own))
                return;
        p->deployments = pool_grow(p->deployments, p->deployment_count, &p->deployment_room,
                                   sizeof(*p->deployments));
        d = &p->deployments[p->deployment_count++];
        *d = (struct pool_deployment){.rid = rid,
                                      .id = arena_strdup(&p->arena, t->id),
                                      .name = arena_strdup(&p->arena, ref),
                                      .from_ms = thing_ms(t, "from"),
                                      .over_ms = booking_over(t),
                                      .booking = own[0],
                                      .resources = keep_items(p, thing_value(t, "resources")),
                                      .quantities = keep_items(p, thing_value(t, "quantities"))};
        d->booking.deployment = d->id;
        d->booking.name = d->name;
        map_deployment(p, rid, p->deployment_count);
        p->grouped = false;
}

const struct pool_deployment *pool_deployment(const struct pool *p, int64_t rid)
{
        size_t place = deployment_place(p, rid);

        return place ? &p->deployments[place - 1] : NULL;
}

/* ---- who is taken by which ------------------------------------------------------------------- */

struct begin {
        int64_t from_ms;
        const char *id;
        uint32_t place;
};

static int compare_begins(const void *pa, const void *pb)
{
        const struct begin *a = pa, *b = pb;

        if (a->from_ms != b->from_ms)
                return (a->from_ms > b->from_ms) - (a->from_ms < b->from_ms);
        return strcmp(a->id, b->id);
}

static struct begin *by_begin(const struct pool *p)
{
        struct begin *list = xcalloc(p->deployment_count + 1, sizeof(*list));

        for (size_t i = 0; i < p->deployment_count; i++)
                list[i] = (struct begin){p->deployments[i].from_ms, p->deployments[i].id,
                                         (uint32_t)i};
        if (p->deployment_count)
                qsort(list, p->deployment_count, sizeof(*list), compare_begins);
        return list;
}

/* Pairs of a resource and a deployment, in the order of these. */
struct pair {
        uint32_t resource, deployment;
};
struct pairing {
        struct pool *p;
        struct pair *list;
        size_t count, room;
        uint32_t *seen; /* of each resource: 1 + the deployment that was last paired with it */
};

static void pair_up(struct pairing *g, size_t place, uint32_t deployment)
{
        if (!place || g->seen[place - 1] == deployment + 1)
                return;
        g->seen[place - 1] = deployment + 1;
        g->list = pool_grow(g->list, g->count, &g->room, sizeof(*g->list));
        g->list[g->count++] = (struct pair){(uint32_t)place - 1, deployment};
}

/* By itself; and who is in that team; and what is part of that kit. */
static void pair_resource(struct pairing *g, const char *id, uint32_t deployment)
{
        const struct pool_word *w = pool_word_of(id);
        const struct roster_facts *f = w->place ? &g->p->facts[w->place - 1] : NULL;

        pair_up(g, w->place, deployment);
        for (size_t i = 0; f && i < f->members->count; i++)
                pair_up(g, pool_word_of(f->members->items[i])->place, deployment);
        for (size_t part = w->parts; part; part = g->p->notes[part - 1].next_part)
                pair_up(g, part, deployment);
}

static void find_parts(struct pool *p)
{
        for (size_t i = 0; i < p->word_room; i++)
                if (p->words[i])
                        p->words[i]->parts = 0;
        for (size_t i = p->count; i > 0; i--) {
                struct pool_word *kit;

                if (!p->facts[i - 1].kit || !*p->facts[i - 1].kit)
                        continue;
                kit = pool_word_of(p->facts[i - 1].kit);
                p->notes[i - 1].next_part = kit->parts;
                kit->parts = (uint32_t)i;
        }
}

/* The pairs by resource; of one the order stays. */
static void place_pairs(struct pool *p, const struct pairing *g)
{
        size_t first = 0;

        p->takes = xreallocarray(p->takes, g->count + 1, sizeof(*p->takes));
        p->bookings = xreallocarray(p->bookings, g->count + 1, sizeof(*p->bookings));
        for (size_t i = 0; i < p->count; i++)
                p->notes[i].booked = 0;
        for (size_t i = 0; i < g->count; i++)
                p->notes[g->list[i].resource].booked++;
        for (size_t i = 0; i < p->count; i++) {
                p->notes[i].first = first;
                first += p->notes[i].booked;
                p->notes[i].booked = 0;
        }
        for (size_t i = 0; i < g->count; i++) {
                struct pool_note *n = &p->notes[g->list[i].resource];

                p->takes[n->first + n->booked++] = g->list[i].deployment;
        }
}

static void group(struct pool *p)
{
        AUTO_FREE struct begin *order = by_begin(p);
        AUTO_FREE uint32_t *seen = xcalloc(p->count + 1, sizeof(*seen));
        struct pairing g = {.p = p, .seen = seen};

        find_parts(p);
        for (size_t i = 0; i < p->deployment_count; i++) {
                const struct pool_deployment *d = &p->deployments[order[i].place];

                for (size_t k = 0; k < d->resources->count; k++)
                        pair_resource(&g, d->resources->items[k], order[i].place);
        }
        place_pairs(p, &g);
        free(g.list);
}

/* What is told now is so until then. */
static void tell_until(struct pool *p, int64_t ms)
{
        if (ms > p->now_ms && ms < p->told_until_ms)
                p->told_until_ms = ms;
}

/* Whose end is past and who is not back is still away, from hour to hour. */
static void tell_now(struct pool *p, size_t place)
{
        const struct pool_note *n = &p->notes[place];
        struct booking *list = p->bookings + n->first;
        size_t count = 0;

        for (size_t i = 0; i < n->booked; i++) {
                const struct pool_deployment *d = &p->deployments[p->takes[n->first + i]];

                if (d->over_ms <= p->now_ms || !booking_binds(&d->booking, p->facts[place].id))
                        continue;
                list[count] = d->booking;
                list[count].takes = booking_takes(d->quantities, p->facts[place].id);
                tell_until(p, d->over_ms);
                tell_until(p, d->booking.span.until_ms);
                if (list[count].hold == HOLD_HARD && list[count].span.until_ms <= p->now_ms) {
                        list[count].span.until_ms = p->now_ms + HOUR_MS;
                        tell_until(p, p->now_ms + MINUTE_MS);
                }
                count++;
        }
        p->facts[place].bookings = count ? list : NULL;
        p->facts[place].booking_count = count;
}

/* ---- teams ------------------------------------------------------------------------------------
 */

static void merge_team(struct pool *p, size_t at)
{
        struct roster_facts team = p->teams[at];
        AUTO_FREE struct roster_facts *members = xcalloc(team.members->count + 1, sizeof(*members));
        size_t count = 0;

        for (size_t i = 0; i < team.members->count; i++) {
                uint32_t place = pool_word_of(team.members->items[i])->place;

                if (place && p->facts[place - 1].kind == &kind_expert &&
                    !p->notes[place - 1].revoked)
                        members[count++] = p->facts[place - 1];
        }
        roster_facts_of_team(&team, members, count, &p->arena);
        team.by_name = p->facts[p->first[POOL_KINDS - 1] + at].by_name;
        p->facts[p->first[POOL_KINDS - 1] + at] = team;
}

/* ---- turns ------------------------------------------------------------------------------------
 */

void pool_clear_turns(struct pool *p)
{
        p->turn_count = 0;
        p->turned = false;
}

void pool_add_turn(struct pool *p, const char *expert, const struct span *turn)
{
        const struct roster_facts *f = pool_find(p, expert);

        if (!f)
                return;
        p->turns = pool_grow(p->turns, p->turn_count, &p->turn_room, sizeof(*p->turns));
        p->turns[p->turn_count++] = (struct pool_turn){(uint32_t)pool_place(p, f), *turn};
        p->turned = false;
}

static int compare_turns(const void *pa, const void *pb)
{
        const struct pool_turn *a = pa, *b = pb;

        if (a->place != b->place)
                return a->place < b->place ? -1 : 1;
        return (a->span.from_ms > b->span.from_ms) - (a->span.from_ms < b->span.from_ms);
}

/* Of one expert: those from `first` on, behind what its own record says. Gives back where those of
 * the next one begin. */
static size_t join_turns(struct pool *p, size_t first)
{
        uint32_t place = p->turns[first].place;
        const struct pool_note *n = &p->notes[place];
        struct span *all;
        size_t end = first, count = n->on_call_count;

        while (end < p->turn_count && p->turns[end].place == place)
                end++;
        all = arena_array(&p->turn_arena, count + end - first, sizeof(*all));
        if (count)
                memcpy(all, n->on_call, count * sizeof(*all));
        for (size_t i = first; i < end; i++)
                all[count++] = p->turns[i].span;
        p->facts[place].on_call = all;
        p->facts[place].on_call_count = count;
        return end;
}

static void tell_turns(struct pool *p)
{
        for (size_t i = 0; i < p->count; i++) {
                p->facts[i].on_call = p->notes[i].on_call;
                p->facts[i].on_call_count = p->notes[i].on_call_count;
        }
        arena_reset(&p->turn_arena);
        if (p->turn_count)
                qsort(p->turns, p->turn_count, sizeof(*p->turns), compare_turns);
        for (size_t i = 0; i < p->turn_count;)
                i = join_turns(p, i);
}

static int by_name(const void *a, const void *b)
{
        const struct roster_facts *const *x = a, *const *y = b;

        return facts_compare_names(*x, *y);
}

/* Whoever ranks them compares numbers. */
static void tell_names(struct pool *p)
{
        AUTO_FREE struct roster_facts **list = xcalloc(p->count + 1, sizeof(*list));

        for (size_t i = 0; i < p->count; i++) {
                list[i] = &p->facts[i];
                list[i]->by_name = 0;
        }
        qsort(list, p->count, sizeof(*list), by_name);
        for (size_t i = 0; i < p->count; i++)
                list[i]->by_name = (uint32_t)i + 1;
        p->named = true;
}

void pool_settle(struct pool *p, int64_t now_ms)
{
        bool again = !p->grouped || now_ms < p->now_ms || now_ms >= p->told_until_ms;

        if (!p->named)
                tell_names(p);
        if (!p->merged)
                for (size_t i = p->first[POOL_KINDS - 1]; i < p->count; i++)
                        merge_team(p, i - p->first[POOL_KINDS - 1]);
        if (!p->grouped)
                group(p);
        if (again) {
                p->now_ms = now_ms;
                p->told_until_ms = INT64_MAX;
        }
        for (size_t i = 0; again && i < p->count; i++)
                tell_now(p, i);
        if (!p->turned)
                tell_turns(p);
        p->closed = p->grouped = p->merged = p->turned = true;
}
