/*
 * Which member fills which place of a team: as many places as can be at once, by augmenting paths.
 */
#include <string.h>

#include "base/str.h"
#include "model/item.h"
#include "model/roster.h"

#define MISSING_BYTES 1000

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
