/*
 * Which values of an act count: those that the kind table could have made. Acts come from other
 * consoles and from files; what does not fit its field is passed over (model/fold.h).
 */
#ifndef MUSTER_MODEL_ACCEPT_H
#define MUSTER_MODEL_ACCEPT_H

#include <stdbool.h>

#include "base/mem.h"
#include "model/kind.h"

/* A value of a scalar field, made canonical; NULL and "" are fine. It is borrowed or in the arena.
 */
bool accept_value(const struct field *field, const char *text, struct arena *a, const char **ret);
/* A member of a set-valued field. */
bool accept_item(const struct field *field, const char *item);

#endif
