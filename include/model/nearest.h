/*
 * "Did you mean": the candidate nearest to what was typed. What begins with it, or has it as one of
 * its words, is nearer than what is spelt like it; of equals the first offered stays.
 */
#ifndef MUSTER_MODEL_NEAREST_H
#define MUSTER_MODEL_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

struct nearest {
        const char *typed;
        const char *best; /* borrowed from who offered it; NULL while nothing was */
        size_t distance;
};

void nearest_init(struct nearest *n, const char *typed);
bool nearest_offer(struct nearest *n, const char *candidate); /* true: it is the best so far */

#endif
