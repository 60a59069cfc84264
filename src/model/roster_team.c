/*
 * Teams: what their members can do together, and which member fills which place.
 */
#include <string.h>

#include "base/str.h"
#include "model/item.h"
#include "model/roster.h"

#define MISSING_BYTES 1000

/* ---- what the members can do --------------------------------------------------------------- */

/* Sets are sorted and without doubles, and stay so: a merge. */
static const struct value *joined(const struct value *x, const struct value *y, struct arena *a)
{
        struct value *v = arena_alloc(a, sizeof(*v));
        const char **items = arena_array(a, x->count + y->count + 1, sizeof(*items));
        size_t i = 0, k = 0;

        while (i < x->count || k < y->count) {
                int order = i == x->count   ? 1
                            : k == y->count ? -1
                                            : strcmp(x->items[i], y->items[k]);

                items[v->count++] = order <= 0 ? x->items[i] : y->items[k];
                i += order <= 0;
                k += order >= 0;
        }
        v->items = items;
        return v;
}

static const struct value *shared(const struct value *x, const struct value *y, struct arena *a)
{
        struct value *v = arena_alloc(a, sizeof(*v));
        const char **items = arena_array(a, x->count + 1, sizeof(*items));

        for (size_t i = 0; i < x->count; i++)
                if (value_has(y, x->items[i]))
                        items[v->count++] = x->items[i];
        v->items = items;
        return v;
}

static void join_languages(struct roster_facts *team, const struct roster_facts *m, struct arena *a)
{
        size_t count = team->language_count;
        struct roster_language *list = arena_array(a, count + m->language_count + 1, sizeof(*list));

        if (count)
                memcpy(list, team->languages, count * sizeof(*list));
        for (size_t i = 0; i < m->language_count; i++) {
                size_t at = 0;

                while (at < count && strcmp(list[at].code, m->languages[i].code) != 0)
                        at++;
                if (at == count)
                        list[count++] = m->languages[i];
                else if (list[at].level < m->languages[i].level)
                        list[at].level = m->languages[i].level;
        }
        team->languages = list;
        team->language_count = count;
}

static void join_expiries(struct roster_facts *team, const struct roster_facts *m, struct arena *a)
{
        size_t count = team->expiry_count;
        struct roster_expiry *list = arena_array(a, count + m->expiry_count + 1, sizeof(*list));

        if (count)
                memcpy(list, team->expiries, count * sizeof(*list));
        for (size_t i = 0; i < m->expiry_count; i++) {
                list[count] = m->expiries[i];
                list[count++].what = arena_printf(a, "%s of %s", m->expiries[i].what,
                                                  m->name ? m->name : "a member");
        }
        team->expiries = list;
        team->expiry_count = count;
}

void roster_facts_of_team(struct roster_facts *team, const struct roster_facts *members,
                          size_t member_count, struct arena *a)
{
        for (size_t i = 0; i < member_count; i++) {
                const struct roster_facts *m = &members[i];

                team->roles = joined(team->roles, m->roles, a);
                team->skills = joined(team->skills, m->skills, a);
                team->papers = i ? shared(team->papers, m->papers, a) : m->papers;
                team->clearance =
                        !i || m->clearance < team->clearance ? m->clearance : team->clearance;
                join_languages(team, m, a);
                join_expiries(team, m, a);
        }
}

/* ---- places: as many as can be filled at once, by augmenting paths ------------------------- */

struct filling {
        struct need_item *needs;
        size_t need_count;
        const struct roster_facts *members;
        size_t member_count;
        size_t *place;  /* of each member: its need, or need_count */
        int *taken;     /* of each need: how many fill it           */
        bool *was_seen; /* of each need, in one search              */
};

static bool fits(const struct filling *f, size_t member, size_t need)
{
        return f->members[member].roles && value_has(f->members[member].roles, f->needs[need].role);
}

/* Finds the member a place, where needed by moving others. Each need is looked at once a search, so
 * it goes no deeper than there are needs. */
static bool give_place(struct filling *f, size_t member)
{
        for (size_t n = 0; n < f->need_count; n++) {
                if (f->was_seen[n] || !fits(f, member, n))
                        continue;
                f->was_seen[n] = true;
                if (f->taken[n] < f->needs[n].count) {
                        f->taken[n]++;
                        f->place[member] = n;
                        return true;
                }
                for (size_t other = 0; other < f->member_count; other++)
                        if (f->place[other] == n && other != member && give_place(f, other)) {
                                f->place[member] = n;
                                return true;
                        }
        }
        return false;
}

static void init(struct filling *f, const struct value *needs, struct arena *a)
{
        f->needs = arena_array(a, needs->count + 1, sizeof(*f->needs));
        for (size_t i = 0; i < needs->count; i++)
                if (need_item_read(needs->items[i], &f->needs[f->need_count]))
                        f->need_count++;
        f->place = arena_array(a, f->member_count + 1, sizeof(*f->place));
        for (size_t i = 0; i < f->member_count; i++)
                f->place[i] = f->need_count;
        f->taken = arena_array(a, f->need_count + 1, sizeof(*f->taken));
        f->was_seen = arena_array(a, f->need_count + 1, sizeof(*f->was_seen));
}

static void describe(const struct filling *f, struct arena *a, struct roster_filled *ret)
{
        CLEANUP(str_finish) struct str missing = {.s = NULL};

        str_init(&missing, MISSING_BYTES);
        for (size_t n = 0; n < f->need_count; n++) {
                int left = f->needs[n].count - f->taken[n];

                ret->places += f->needs[n].count;
                ret->filled += f->taken[n];
                if (left > 0)
                        str_addf(&missing, "%s%d %s", missing.len ? ", " : "", left,
                                 f->needs[n].role);
        }
        if (ret->places)
                ret->text = arena_printf(a, "%d of %d", ret->filled, ret->places);
        ret->missing = arena_strdup(a, str_text(&missing));
}

void roster_fill(const struct value *needs, const struct roster_facts *members, size_t member_count,
                 struct arena *a, struct roster_filled *ret)
{
        struct filling f = {.members = members, .member_count = member_count};

        init(&f, needs, a);
        for (size_t i = 0; i < member_count; i++) {
                memset(f.was_seen, 0, f.need_count * sizeof(*f.was_seen));
                give_place(&f, i);
        }
        *ret = (struct roster_filled){.places = 0};
        describe(&f, a, ret);
}
