/*
 * A small kind of people for the tests of tables: it has a field of each type that they treat in a
 * way of its own.
 */
#ifndef TESTS_UNIT_MODEL_ROSTER_KIND_H
#define TESTS_UNIT_MODEL_ROSTER_KIND_H

#include "model/kind.h"

extern const struct kind kind_person; /* named "expert" */

#endif
