/* Playbooks made at random, for the laws that hold of all of them. A seed gives the same again. */
#ifndef MUSTER_TESTS_UNIT_BOOKS_RANDOM_H
#define MUSTER_TESTS_UNIT_BOOKS_RANDOM_H

#include "unit/books.h"

struct random {
        uint64_t state; /* not 0 */
};
uint32_t random_below(struct random *r, uint32_t n);
struct random random_of(uint64_t seed);

enum book_kind {
        BOOK_SOUND, /* as people write them: it can be brought to an end */
        BOOK_VALID, /* sound, and nothing leads back but a while: CACAO lets it be run */
        BOOK_WILD,  /* steps that lead anywhere, circles and all */
};

/* Everything lives in the arena. */
const struct playbook *book_random(struct random *r, struct arena *a, enum book_kind kind);

#endif
