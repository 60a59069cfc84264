/*
 * The packed flags of all rows of a kind in memory, four bytes a row: learnt in one walk when
 * nothing else is to be done, kept up by who puts a row. With them the rows of a set are counted
 * without a walk.
 */
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define ASK_EVERY 256        /* rows between two questions whether to stop */
#define NO_ROW    UINT32_MAX /* no row's flags: never are all bits set */

struct known_flags {
        uint32_t *of; /* by row id */
        size_t count;
        int64_t version; /* of the database, as others wrote it */
        struct walk walk;
        unsigned steps;
        bool is_whole; /* of all rows */
};

void flags_forget(struct table *t)
{
        if (!t->known)
                return;
        walk_finish(&t->known->walk);
        free(t->known->of);
        free(TAKE(t->known));
}

static void note(struct known_flags *k, int64_t rid, unsigned flags)
{
        size_t at = (size_t)rid;

        if (at >= k->count) {
                size_t count = at + at / 4 + 1024;

                k->of = xreallocarray(k->of, count, sizeof(*k->of));
                memset(k->of + k->count, 0xff, (count - k->count) * sizeof(*k->of));
                k->count = count;
        }
        k->of[at] = flags;
}

void flags_note(struct table *t, int64_t rid, unsigned flags)
{
        if (t->known)
                note(t->known, rid, flags);
}

void flags_drop(struct table *t, int64_t rid)
{
        if (t->known)
                note(t->known, rid, NO_ROW);
}

bool flags_are_known(struct store *s, const struct table *t)
{
        return t->known && t->known->is_whole && t->known->version == store_data_version(s);
}

/* Of another state of the database nothing is known. */
static struct known_flags *begin(struct table *t, int64_t version)
{
        struct known_flags *k = t->known;

        if (!k)
                k = t->known = xcalloc(1, sizeof(*k));
        else if (k->version == version)
                return k;
        walk_finish(&k->walk);
        walk_init_newest(&k->walk, t->kind, true);
        if (k->count)
                memset(k->of, 0xff, k->count * sizeof(*k->of));
        k->is_whole = false;
        k->version = version;
        return k;
}

enum rc flags_learn(struct store *s, struct table *t, struct err *err)
{
        struct known_flags *k = begin(t, store_data_version(s));
        enum rc rc = RC_NOTFOUND;

        while (!k->is_whole && (rc = walk_next(s, &k->walk, err)) == RC_OK) {
                note(k, walk_rid(&k->walk), walk_flags(&k->walk));
                if (++k->steps % ASK_EVERY != 0 || !store_is_interrupted(s))
                        continue;
                rc = walk_pause(s, &k->walk, err);
                return rc == RC_OK ? RC_BUSY : rc;
        }
        if (rc != RC_NOTFOUND)
                return rc;
        walk_finish(&k->walk);
        k->is_whole = true;
        return flags_are_known(s, t) ? RC_OK : RC_BUSY;
}

int64_t flags_count(const struct table *t, const struct plan *p)
{
        const struct known_flags *k = t->known;
        struct rids sets;
        int64_t n = 0;

        plan_join_sets(p, k->count, &sets);
        for (size_t w = 0; w < sets.count; w++)
                for (uint64_t in = sets.words[w]; in; in &= in - 1) {
                        size_t rid = w * 64 + (size_t)__builtin_ctzll(in);

                        n += rid < k->count && k->of[rid] != NO_ROW &&
                             plan_flags_pass(p, k->of[rid]);
                }
        free(sets.words);
        return n;
}
