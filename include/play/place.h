/*
 * A place in a run: which step, in which branch, in which round, for the how manieth time. It is
 * text, so that an act can carry it and any console says the same; it follows from the playbook and
 * the way taken alone.
 *
 *   action--U                     a step of the playbook's main line
 *   action--U#2                   the same, reached a second time
 *   parallel--U.3/action--U       in the third branch of a parallel step
 *   if-condition--U.true/...      where the condition held; .false
 *   while-condition--U.2/...      in the second round
 *   playbook-action--U.in/...     in the playbook that was taken in there
 *
 * In the id of a step "/", ".", "#", "%", blanks and controls are written as %XX.
 */
#ifndef MUSTER_PLAY_PLACE_H
#define MUSTER_PLAY_PLACE_H

#include "base/str.h"
#include "model/playbook.h"

#define PLACE_MAX    8192 /* bytes */
#define PLACE_ID_MAX 200  /* bytes of a step's id in a playbook that can be run */

/* Appends the place of a step. `around`: the place of the step in whose branch it is, NULL on the
 * main line; `type` that step's; branch from 0, of a while the round from 1. Visit from 1. */
void place_add(struct str *out, const char *around, enum step_type type, int branch, const char *id,
               int visit);

/* Whether it may be one in a run of this playbook, reached or not: each step is one of the
 * playbook's, as far as it can be told without those taken in. */
bool place_fits(const struct playbook *p, const char *place);

#endif
