/*
 * Histories with real concurrency, for the laws of folding: consoles that each know only a part,
 * act on what they know, and now and then pass on some of it; and, on request, acts that no honest
 * console would make.
 */
#ifndef MUSTER_TESTS_MODEL_HISTORIES_H
#define MUSTER_TESTS_MODEL_HISTORIES_H

#include <stdbool.h>
#include <stdint.h>

#include "model/fold.h"

#define HISTORY_ACTS     96
#define HISTORY_CONSOLES 5

struct random {
        uint64_t state;
};
uint32_t random_below(struct random *r, uint32_t n);

struct history {
        struct arena arena;
        struct random random;
        const struct thing *base; /* NULL: a thing of our own */
        const struct act *acts[HISTORY_ACTS];
        size_t count;
        int consoles;
        bool knows[HISTORY_CONSOLES][HISTORY_ACTS];
};

/* The same seed gives the same history. */
void history_make(struct history *h, uint64_t seed, bool hostile);
void history_finish(struct history *h);

/* What console i makes of what it knows now; what all make of all. */
void history_fold_known(struct history *h, int console, struct folded *ret);
void history_fold_all(struct history *h, struct folded *ret);

/* A new act by someone who has seen all; NULL value: withdraws. It is not in the history yet. */
struct act *history_act(struct history *h, const char *verb);
void act_give(struct history *h, struct act *act, const struct folded *seen, const char *field,
              const char *value);
void act_give_element(struct history *h, struct act *act, const struct folded *seen,
                      const char *field, const char *item, bool remove);
void act_make_undo(struct history *h, struct act *undo, const struct folded *seen,
                   const struct folded *without, const struct act *undone);

#endif
