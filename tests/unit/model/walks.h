/*
 * Requests and deployments on their way: consoles that each know a part, and do with it what the
 * machine offers, filled in as people do; now and then wrongly.
 */
#ifndef MUSTER_TESTS_MODEL_WALKS_H
#define MUSTER_TESTS_MODEL_WALKS_H

#include "histories.h"
#include "model/machine.h"

#define WALK_ACTS     48
#define WALK_CONSOLES 3
#define WALK_ITEM     "identity--00000000-0000-4000-8000-0000000000e1"
#define WALK_OTHER    "identity--00000000-0000-4000-8000-0000000000e2"

struct walk {
        struct arena arena;
        struct random random;
        const struct machine *m;
        const struct act *acts[WALK_ACTS];
        size_t count;
        bool knows[WALK_CONSOLES][WALK_ACTS];
};

void walk_init(struct walk *w, const struct machine *m, uint64_t seed);
void walk_finish(struct walk *w);

/* An act by the operator of a console who has seen what that console knows; not in the walk yet. */
struct act *walk_act(struct walk *w, int console, const char *verb);
void walk_set(struct walk *w, struct act *act, const struct folded *seen, const char *field,
              const char *value);
void walk_move(struct walk *w, struct act *act, const struct folded *seen, const char *field,
               const char *item, bool remove);
/* What the verb leads to, says and needs. */
void walk_fill(struct walk *w, struct act *act, const struct folded *seen);
void walk_undo(struct walk *w, struct act *undo, const struct folded *seen,
               const struct act *undone);
void walk_add(struct walk *w, int console, const struct act *act);

void walk_known(struct walk *w, int console, struct folded *ret);
void walk_all(struct walk *w, struct folded *ret);

/* Filled in and added by console 0, which must be allowed to; returns the act. */
const struct act *walk_do(struct walk *w, const char *verb);
/* The same by another console, which then knows all. */
const struct act *walk_do_by(struct walk *w, int console, const char *verb);

/* A history at random. The same seed gives the same. */
void walk_make(struct walk *w, const struct machine *m, uint64_t seed);

#endif
