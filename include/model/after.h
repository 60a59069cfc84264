/*
 * What an act says, and what a thing has after it: for guards, which see nothing else. "" is not
 * set. Pure; all text is borrowed.
 */
#ifndef MUSTER_MODEL_AFTER_H
#define MUSTER_MODEL_AFTER_H

#include "model/act.h"

bool thing_has(const struct thing *now, const char *field); /* anything at all */

/* A value that the act gives to a scalar; NULL, CLOCK_NONE = none. */
const char *act_says(const struct act *act, const char *field);
int64_t act_says_ms(const struct act *act, const char *field);
bool act_touches(const struct act *act, const char *field); /* sets it, or a member of it */
/* How many members it puts in, or takes out. */
size_t act_moves(const struct act *act, const char *field, bool remove);

const char *after_text(const struct thing *now, const struct act *act, const char *field);
int64_t after_ms(const struct thing *now, const struct act *act, const char *field);
bool after_has(const struct thing *now, const struct act *act, const char *field, const char *item);
/* Whether a set has any member. */
bool after_any(const struct thing *now, const struct act *act, const char *field);

#endif
