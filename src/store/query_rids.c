/*
 * Sets of row ids as bits, and the test of a row against a plan: what every row of a scan goes
 * through.
 */
#include <string.h>

#include "store_private.h"

bool rids_has(const struct rids *set, int64_t rid)
{
        size_t word = (uint64_t)rid / 64;

        return word < set->count && (set->words[word] >> ((uint64_t)rid % 64) & 1);
}

void rids_set(struct rids *set, int64_t rid, bool value)
{
        size_t word = (uint64_t)rid / 64;
        uint64_t bit = 1ull << ((uint64_t)rid % 64);

        if (word >= set->count) {
                size_t count = word + word / 2 + 64;

                if (!value)
                        return;
                set->words = xreallocarray(set->words, count, sizeof(*set->words));
                memset(set->words + set->count, 0, (count - set->count) * sizeof(*set->words));
                set->count = count;
        }
        if (value)
                set->words[word] |= bit;
        else
                set->words[word] &= ~bit;
}

size_t rids_size(const struct rids *set)
{
        size_t size = 0;

        for (size_t i = 0; i < set->count; i++)
                size += (size_t)__builtin_popcountll(set->words[i]);
        return size;
}

void plan_join_sets(const struct plan *p, size_t last, struct rids *ret)
{
        size_t words = last / 64 + 1;

        *ret = (struct rids){xreallocarray(NULL, words, sizeof(*ret->words)), words};
        memset(ret->words, 0xff, words * sizeof(*ret->words));
        for (size_t i = 0; i < p->set_count; i++) {
                const struct rids *set = &p->sets[i].rids;

                for (size_t w = 0; w < words; w++) {
                        uint64_t in = w < set->count ? set->words[w] : 0;

                        ret->words[w] &= p->sets[i].negated ? ~in : in;
                }
        }
}

bool plan_flags_pass(const struct plan *p, unsigned flags)
{
        if ((flags & p->need) != p->need || (flags & p->avoid))
                return false;
        for (size_t i = 0; i < p->enum_count; i++)
                if (!(p->enums[i].allowed >> ((flags >> p->enums[i].shift) & p->enums[i].mask) & 1))
                        return false;
        return true;
}

bool plan_passes(const struct plan *p, int64_t rid, unsigned flags)
{
        if (!plan_flags_pass(p, flags))
                return false;
        for (size_t i = 0; i < p->set_count; i++)
                if (rids_has(&p->sets[i].rids, rid) == p->sets[i].negated)
                        return false;
        return true;
}
