#include "model/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "model_private.h"

#define SLOTS_LEAST 1024
#define RIDS_LEAST  1024

const struct kind *pool_kind(size_t i)
{
        static const struct kind *const kinds[POOL_KINDS] = {&kind_expert, &kind_equipment,
                                                             &kind_team};

        return kinds[i];
}

size_t pool_kind_number(const struct kind *kind)
{
        size_t i = 0;

        while (i < POOL_KINDS && pool_kind(i) != kind)
                i++;
        return i;
}

/* ---- life ---------------------------------------------------------------------------------- */

struct pool *pool_create(void)
{
        struct pool *p = xcalloc(1, sizeof(*p));

        p->holders = 1;
        for (size_t i = 0; i < POOL_KINDS; i++)
                roster_reader_init(&p->readers[i], pool_kind(i));
        return p;
}

struct pool *pool_share(struct pool *p)
{
        p->holders++;
        return p;
}

void pool_release(void *pool)
{
        struct pool *p = pool;

        if (!p || --p->holders > 0)
                return;
        for (size_t i = 0; i < POOL_KINDS; i++)
                free(p->rids[i]);
        free(p->words);
        free(p->sets);
        free(p->facts);
        free(p->notes);
        free(p->teams);
        free(p->deployments);
        free(p->deployment_rids);
        free(p->takes);
        free(p->bookings);
        free(p->turns);
        arena_finish(&p->arena);
        arena_finish(&p->turn_arena);
        arena_finish(&p->one);
        free(p);
}

size_t pool_bytes(const struct pool *p)
{
        return p->arena.used;
}

void *pool_grow(void *list, size_t count, size_t *room, size_t size)
{
        if (count < *room)
                return list;
        *room = *room ? *room + *room / 2 : 64;
        return xreallocarray(list, *room, size);
}

void pool_map_rid(uint32_t **map, size_t *room, int64_t rid, uint32_t value)
{
        size_t at = (size_t)rid, more;

        if (at >= *room) {
                more = at + at / 4 + RIDS_LEAST;
                *map = xreallocarray(*map, more, sizeof(**map));
                memset(*map + *room, 0, (more - *room) * sizeof(**map));
                *room = more;
        }
        (*map)[at] = value;
}

/* ---- words and sets, each there once --------------------------------------------------------- */

static uint32_t hash_bytes(const void *bytes, size_t len)
{
        const char *at = bytes;
        uint64_t h = len, part;

        for (; len; at += sizeof(part), len -= len < sizeof(part) ? len : sizeof(part)) {
                part = 0;
                memcpy(&part, at, len < sizeof(part) ? len : sizeof(part));
                h = (h ^ part) * 0x9e3779b97f4a7c15u;
                h ^= h >> 29;
        }
        return (uint32_t)(h ^ h >> 32);
}

struct pool_word *pool_word_of(const char *text)
{
        return (struct pool_word *)((uintptr_t)text - offsetof(struct pool_word, text));
}

/* Where it stands, or the free place for it. */
static struct pool_word **word_slot(const struct pool *p, const char *text, uint32_t hash)
{
        size_t at = hash & (p->word_room - 1);

        while (p->words[at] && (p->words[at]->hash != hash || strcmp(p->words[at]->text, text)))
                at = (at + 1) & (p->word_room - 1);
        return &p->words[at];
}

static void make_room_for_word(struct pool *p)
{
        struct pool_word **old = p->words;
        size_t room = p->word_room;

        if (2 * p->word_count < room)
                return;
        p->word_room = room ? 2 * room : SLOTS_LEAST;
        p->words = xcalloc(p->word_room, sizeof(*p->words));
        for (size_t i = 0; i < room; i++)
                if (old[i])
                        *word_slot(p, old[i]->text, old[i]->hash) = old[i];
        free(old);
}

const char *pool_text(struct pool *p, const char *text)
{
        struct pool_word **slot, *w;
        uint32_t hash;
        size_t len;

        if (!text)
                return NULL;
        len = strlen(text);
        hash = hash_bytes(text, len);
        make_room_for_word(p);
        slot = word_slot(p, text, hash);
        if (*slot)
                return (*slot)->text;
        w = arena_alloc(&p->arena, sizeof(*w) + len + 1);
        w->hash = hash;
        memcpy(w->text, text, len + 1);
        *slot = w;
        p->word_count++;
        return w->text;
}

static bool same_set(const struct value *a, const struct value *b)
{
        return a->count == b->count &&
               (!a->count || memcmp(a->items, b->items, a->count * sizeof(*a->items)) == 0);
}

/* Words that are the same are one text, so that sets are compared by address. */
static const struct value **set_slot(const struct pool *p, const struct value *v)
{
        size_t at = hash_bytes(v->items, v->count * sizeof(*v->items)) & (p->set_room - 1);

        while (p->sets[at] && !same_set(p->sets[at], v))
                at = (at + 1) & (p->set_room - 1);
        return &p->sets[at];
}

static void make_room_for_set(struct pool *p)
{
        const struct value **old = p->sets;
        size_t room = p->set_room;

        if (2 * p->set_count < room)
                return;
        p->set_room = room ? 2 * room : SLOTS_LEAST;
        p->sets = xcalloc(p->set_room, sizeof(*p->sets));
        for (size_t i = 0; i < room; i++)
                if (old[i])
                        *set_slot(p, old[i]) = old[i];
        free(old);
}

static const struct value *keep_set(struct pool *p, const struct value *v)
{
        static const struct value none;
        const char *items[VALUE_ITEMS_MAX];
        struct value key = {.items = items}, *kept;
        const struct value **slot;

        for (; key.count < v->count && key.count < VALUE_ITEMS_MAX; key.count++)
                items[key.count] = pool_text(p, v->items[key.count]);
        if (!key.count)
                return &none;
        make_room_for_set(p);
        slot = set_slot(p, &key);
        if (*slot)
                return *slot;
        kept = arena_alloc(&p->arena, sizeof(*kept));
        *kept = key;
        kept->items = memcpy(arena_array(&p->arena, key.count, sizeof(*items)), items,
                             key.count * sizeof(*items));
        *slot = kept;
        p->set_count++;
        return kept;
}

/* ---- resources ------------------------------------------------------------------------------- */

static void *keep_array(struct pool *p, const void *list, size_t count, size_t size)
{
        return count ? memcpy(arena_array(&p->arena, count, size), list, count * size) : NULL;
}

/* What was read into an arena of its own, into the pool. */
static void keep_facts(struct pool *p, const struct roster_facts *read, struct roster_facts *ret)
{
        struct roster_facts f = *read;
        struct roster_language *languages;
        struct roster_expiry *expiries;

        f.id = pool_text(p, read->id);
        f.ref = arena_strdup(&p->arena, read->ref);
        f.name = arena_strdup(&p->arena, read->name);
        f.holder = pool_text(p, read->holder);
        f.community = pool_text(p, read->community);
        f.category = pool_text(p, read->category);
        f.remote = pool_text(p, read->remote);
        f.condition = pool_text(p, read->condition);
        f.kit = pool_text(p, read->kit);
        f.roles = keep_set(p, read->roles);
        f.skills = keep_set(p, read->skills);
        f.states = keep_set(p, read->states);
        f.communities = keep_set(p, read->communities);
        f.papers = keep_set(p, read->papers);
        f.members = keep_set(p, read->members);
        f.leave = keep_array(p, read->leave, read->leave_count, sizeof(*f.leave));
        f.on_call = keep_array(p, read->on_call, read->on_call_count, sizeof(*f.on_call));
        f.languages = languages =
                keep_array(p, read->languages, read->language_count, sizeof(*languages));
        for (size_t i = 0; i < f.language_count; i++)
                languages[i].code = pool_text(p, read->languages[i].code);
        f.expiries = expiries =
                keep_array(p, read->expiries, read->expiry_count, sizeof(*expiries));
        for (size_t i = 0; i < f.expiry_count; i++)
                expiries[i].what = pool_text(p, read->expiries[i].what);
        *ret = f;
}

/* Its place; SIZE_MAX: there is none for it. */
static size_t place_for(struct pool *p, const char *id, size_t kind, const char *ref)
{
        const struct roster_facts *had = pool_find(p, id);
        size_t room = p->room;

        if (had && (had->kind != pool_kind(kind) || strcmp(had->ref, ref) != 0))
                return SIZE_MAX;
        if (had)
                return pool_place(p, had);
        if (p->closed || p->first[kind + 1] < p->count)
                return SIZE_MAX;
        p->facts = pool_grow(p->facts, p->count, &p->room, sizeof(*p->facts));
        p->notes = pool_grow(p->notes, p->count, &room, sizeof(*p->notes));
        p->facts[p->count] = (struct roster_facts){.by_name = 0};
        p->notes[p->count] = (struct pool_note){.rid = 0};
        for (size_t i = kind + 1; i <= POOL_KINDS; i++)
                p->first[i] = p->count + 1;
        return p->count++;
}

/* Names of those that are put again seldom change: their places among all stay then. */
static void keep_name(struct pool *p, const struct roster_facts *had, struct roster_facts *f)
{
        if (had->name && f->name && strcmp(had->name, f->name) == 0)
                f->by_name = had->by_name;
        p->named = p->named && f->by_name;
}

static void keep_team(struct pool *p, size_t place)
{
        size_t at = place - p->first[POOL_KINDS - 1];

        p->teams = pool_grow(p->teams, at, &p->team_room, sizeof(*p->teams));
        p->teams[at] = p->facts[place];
}

bool pool_put(struct pool *p, const struct thing *t, int64_t rid, const char *ref)
{
        size_t kind = pool_kind_number(t->kind);
        size_t place = kind < POOL_KINDS ? place_for(p, t->id, kind, ref) : SIZE_MAX;
        struct roster_facts facts, had;
        struct pool_note *note;

        if (place == SIZE_MAX)
                return false;
        arena_reset(&p->one);
        roster_facts_read_by(&p->readers[kind], t, ref, NULL, 0, &p->one, &facts);
        had = p->facts[place];
        keep_facts(p, &facts, &p->facts[place]);
        keep_name(p, &had, &p->facts[place]);
        pool_word_of(p->facts[place].id)->place = (uint32_t)place + 1;
        pool_map_rid(&p->rids[kind], &p->rid_room[kind], rid, (uint32_t)place + 1);
        note = &p->notes[place];
        note->rid = rid;
        note->revoked = t->revoked;
        note->on_call = p->facts[place].on_call;
        note->on_call_count = p->facts[place].on_call_count;
        if (t->kind == &kind_team)
                keep_team(p, place);
        p->grouped = p->merged = p->turned = false;
        return true;
}

/* ---- asking ---------------------------------------------------------------------------------- */

const struct roster_facts *pool_facts(const struct pool *p, const struct kind *kind,
                                      size_t *ret_count)
{
        size_t i = kind ? pool_kind_number(kind) : 0, end = kind ? i + 1 : POOL_KINDS - 1;

        *ret_count = i < POOL_KINDS ? p->first[end] - p->first[i] : 0;
        return *ret_count ? p->facts + p->first[i] : NULL;
}

const struct roster_facts *pool_find(const struct pool *p, const char *id)
{
        const struct pool_word *w =
                p->word_room ? *word_slot(p, id, hash_bytes(id, strlen(id))) : NULL;

        return w && w->place ? &p->facts[w->place - 1] : NULL;
}

const struct roster_facts *pool_find_rid(const struct pool *p, const struct kind *kind, int64_t rid)
{
        size_t i = pool_kind_number(kind);

        if (i == POOL_KINDS || rid < 0 || (size_t)rid >= p->rid_room[i] || !p->rids[i][rid])
                return NULL;
        return &p->facts[p->rids[i][rid] - 1];
}

size_t pool_size(const struct pool *p)
{
        return p->count;
}

size_t pool_place(const struct pool *p, const struct roster_facts *f)
{
        return (size_t)(f - p->facts);
}

bool pool_is_revoked(const struct pool *p, const struct roster_facts *f)
{
        return p->notes[pool_place(p, f)].revoked;
}
