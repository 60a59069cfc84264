/*
 * Which steps of an edited checklist are steps of the version that was edited. Two are the same
 * where type, what they say, and what they stand in are the same; in doubt they are not, since what
 * was done of the one would be said of the other. A branch with another name is the same where all
 * that is in it is, and no other branch has just that in it.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/playbook_list_reading.h"

#define CELLS_MAX (4 * 1024 * 1024) /* of the table of what two chains have in common */

struct side {
        const struct step *steps;
        size_t count;
        const char **keys;
        int *same; /* which of the other side; -1: none yet */
};

struct matching {
        struct arena *a;
        struct side was, now;
};

/* Some steps one after the other, of both sides. */
struct stretch {
        const int *was, *now;
        size_t was_count, now_count;
};

static struct side side_of(const struct step *steps, size_t count, struct arena *a)
{
        struct side s = {.steps = steps, .count = count};

        s.keys = arena_array(a, count + 1, sizeof(*s.keys));
        s.same = arena_array(a, count + 1, sizeof(*s.same));
        for (size_t i = 0; i < count; i++) {
                s.keys[i] = list_key(&steps[i], a);
                s.same[i] = -1;
        }
        return s;
}

static bool could_be(const struct matching *m, int was, int now)
{
        return m->was.same[was] < 0 && m->now.same[now] < 0 &&
               strcmp(m->was.keys[was], m->now.keys[now]) == 0;
}

/* ---- within a chain -------------------------------------------------------------------------- */

static void match_branches(struct matching *m, int was, int now);

static void match(struct matching *m, int was, int now)
{
        m->was.same[was] = now;
        m->now.same[now] = was;
        match_branches(m, was, now);
}

static void match_ends(struct matching *m, struct stretch *s)
{
        while (s->was_count && s->now_count && could_be(m, *s->was, *s->now)) {
                match(m, *s->was++, *s->now++);
                s->was_count--;
                s->now_count--;
        }
        while (s->was_count && s->now_count &&
               could_be(m, s->was[s->was_count - 1], s->now[s->now_count - 1]))
                match(m, s->was[--s->was_count], s->now[--s->now_count]);
}

/* The most that comes in the same order in both. */
static void match_common(struct matching *m, const struct stretch *s)
{
        size_t wide = s->now_count + 1;
        AUTO_FREE uint16_t *most = NULL;

        if (!s->was_count || !s->now_count || (s->was_count + 1) > CELLS_MAX / wide)
                return;
        most = xcalloc((s->was_count + 1) * wide, sizeof(*most));
        for (size_t i = s->was_count; i-- > 0;)
                for (size_t k = s->now_count; k-- > 0;) {
                        uint16_t *cell = &most[i * wide + k];

                        if (could_be(m, s->was[i], s->now[k]))
                                *cell = (uint16_t)(cell[wide + 1] + 1);
                        else
                                *cell = cell[wide] > cell[1] ? cell[wide] : cell[1];
                }
        for (size_t i = 0, k = 0; i < s->was_count && k < s->now_count;) {
                const uint16_t *cell = &most[i * wide + k];

                if (could_be(m, s->was[i], s->now[k]))
                        match(m, s->was[i++], s->now[k++]);
                else if (cell[wide] >= cell[1])
                        i++;
                else
                        k++;
        }
}

struct left {
        const char *key;
        int at;
};

static int compare_left(const void *pa, const void *pb)
{
        const struct left *a = pa, *b = pb;

        return strcmp(a->key, b->key);
}

/* Those not matched yet whose key only they have, by their keys. */
static size_t left_of(const struct side *side, const int *list, size_t count, struct arena *a,
                      struct left **ret)
{
        struct left *all = arena_array(a, count + 1, sizeof(*all));
        size_t n = 0, alone = 0, next;

        for (size_t i = 0; i < count; i++)
                if (side->same[list[i]] < 0)
                        all[n++] = (struct left){side->keys[list[i]], list[i]};
        qsort(all, n, sizeof(*all), compare_left);
        for (size_t i = 0; i < n; i = next) {
                for (next = i + 1; next < n && strcmp(all[next].key, all[i].key) == 0;)
                        next++;
                if (next == i + 1)
                        all[alone++] = all[i];
        }
        *ret = all;
        return alone;
}

/* What stands elsewhere in the same chain now. */
static void match_moved(struct matching *m, const struct stretch *s)
{
        struct left *was, *now;
        size_t was_count = left_of(&m->was, s->was, s->was_count, m->a, &was);
        size_t now_count = left_of(&m->now, s->now, s->now_count, m->a, &now);

        for (size_t i = 0, k = 0; i < was_count && k < now_count;) {
                int order = strcmp(was[i].key, now[k].key);

                if (order == 0)
                        match(m, was[i].at, now[k].at);
                i += order <= 0;
                k += order >= 0;
        }
}

static void match_chains(struct matching *m, int was, int stop, int now)
{
        struct stretch s;

        s.was_count = list_chain(m->was.steps, m->was.count, was, stop, m->a, &s.was);
        s.now_count = list_chain(m->now.steps, m->now.count, now, -1, m->a, &s.now);
        match_ends(m, &s);
        match_common(m, &s);
        match_moved(m, &s);
}

/* ---- within a block -------------------------------------------------------------------------- */

static const char **branch_keys(const struct side *side, const struct step *s, struct arena *a)
{
        const char **keys = arena_array(a, s->branch_count + 1, sizeof(*keys));

        for (size_t i = 0; i < s->branch_count; i++)
                keys[i] = list_branch_key(side->steps, side->count, s, i);
        return keys;
}

/* The branches of a step on both sides, with the names that they are matched by. */
struct branches {
        const struct step *step[2];
        const char **keys[2];
        bool *matched[2];
        int stop; /* where a chain of the first side ends besides at its end */
};

static bool says_same(const struct matching *m, int was, int stop, int now);

static bool block_says_same(const struct matching *m, int was, int now)
{
        const struct step *x = &m->was.steps[was], *y = &m->now.steps[now];
        const char **x_keys = branch_keys(&m->was, x, m->a);
        const char **y_keys = branch_keys(&m->now, y, m->a);
        bool same = x->branch_count == y->branch_count;

        for (size_t i = 0; same && i < x->branch_count; i++)
                same = strcmp(x_keys[i], y_keys[i]) == 0 &&
                       says_same(m, x->branches[i].step, x->type == STEP_WHILE ? was : -1,
                                 y->branches[i].step);
        return same;
}

/* Whether all that is in two chains is the same, and something is. */
static bool says_same(const struct matching *m, int was, int stop, int now)
{
        struct stretch s;

        s.was_count = list_chain(m->was.steps, m->was.count, was, stop, m->a, &s.was);
        s.now_count = list_chain(m->now.steps, m->now.count, now, -1, m->a, &s.now);
        if (s.was_count != s.now_count)
                return false;
        for (size_t i = 0; i < s.was_count; i++)
                if (strcmp(m->was.keys[s.was[i]], m->now.keys[s.now[i]]) != 0 ||
                    !block_says_same(m, s.was[i], s.now[i]))
                        return false;
        return true;
}

static bool is_of_same(const struct matching *m, const struct branches *b, size_t i, size_t k)
{
        return !b->matched[0][i] && !b->matched[1][k] &&
               m->was.steps[b->step[0]->branches[i].step].type != STEP_END &&
               says_same(m, b->step[0]->branches[i].step, b->stop, b->step[1]->branches[k].step);
}

/* The one branch of the other side that has the same in it as the i-th of this; SIZE_MAX: none, or
 * several. */
static size_t only_one(const struct matching *m, const struct branches *b, int side, size_t i)
{
        size_t found = SIZE_MAX;

        for (size_t k = 0; k < b->step[!side]->branch_count; k++) {
                if (!is_of_same(m, b, side ? k : i, side ? i : k))
                        continue;
                if (found != SIZE_MAX)
                        return SIZE_MAX;
                found = k;
        }
        return found;
}

static void match_pair(struct matching *m, struct branches *b, size_t i, size_t k)
{
        b->matched[0][i] = b->matched[1][k] = true;
        match_chains(m, b->step[0]->branches[i].step, b->stop, b->step[1]->branches[k].step);
}

/* A branch that got another name, and nothing else. */
static void match_renamed(struct matching *m, struct branches *b)
{
        for (size_t i = 0; i < b->step[0]->branch_count; i++) {
                size_t k = b->matched[0][i] ? SIZE_MAX : only_one(m, b, 0, i);

                if (k != SIZE_MAX && only_one(m, b, 1, k) == i)
                        match_pair(m, b, i, k);
        }
}

static void match_branches(struct matching *m, int was, int now)
{
        const struct step *x = &m->was.steps[was], *y = &m->now.steps[now];
        struct branches b = {.step = {x, y},
                             .keys = {branch_keys(&m->was, x, m->a), branch_keys(&m->now, y, m->a)},
                             .matched = {arena_array(m->a, x->branch_count + 1, sizeof(bool)),
                                         arena_array(m->a, y->branch_count + 1, sizeof(bool))},
                             .stop = x->type == STEP_WHILE ? was : -1};
        const size_t *x_before = list_count_before(b.keys[0], x->branch_count, m->a);
        const size_t *y_before = list_count_before(b.keys[1], y->branch_count, m->a);

        for (size_t i = 0; i < x->branch_count; i++)
                for (size_t k = 0; k < y->branch_count; k++)
                        if (x_before[i] == y_before[k] && strcmp(b.keys[0][i], b.keys[1][k]) == 0)
                                match_pair(m, &b, i, k);
        match_renamed(m, &b);
}

const int *list_match(const struct list_building *b, int start, const struct playbook *was)
{
        struct matching m = {.a = b->a,
                             .was = side_of(was->steps, was->step_count, b->a),
                             .now = side_of(b->steps, b->step_count, b->a)};

        match_chains(&m, was->start, -1, start);
        return m.now.same;
}
