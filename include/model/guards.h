/*
 * The guards of the verbs, and the table whose rows name them (src/model/verbs.c). Everybody else
 * asks model/rules.h.
 */
#ifndef MUSTER_MODEL_GUARDS_H
#define MUSTER_MODEL_GUARDS_H

#include "model/rules.h"

extern const struct verb verb_rows[];
extern const size_t verb_row_count;

/* NULL: may be done; else a sentence why not. */
const char *guard_ack(const struct thing *now, const struct act *act);
const char *guard_status(const struct thing *now, const struct act *act);
const char *guard_marking(const struct thing *now, const struct act *act);
const char *guard_start(const struct thing *now, const struct act *act);
const char *guard_stop(const struct thing *now, const struct act *act);
const char *guard_file(const struct thing *now, const struct act *act);
const char *guard_decide(const struct thing *now, const struct act *act);

#endif
