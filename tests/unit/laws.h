/* How often a law is tried. */
#ifndef MUSTER_TESTS_UNIT_LAWS_H
#define MUSTER_TESTS_UNIT_LAWS_H

#include <stdint.h>

/* `usual`, or MUSTER_LAWS times as many. */
uint64_t laws_seeds(uint64_t usual);

#endif
