/*
 * The guards of the verbs, and the table whose rows name them (src/model/verbs.c). Everybody else
 * asks model/rules.h.
 */
#ifndef MUSTER_MODEL_GUARDS_H
#define MUSTER_MODEL_GUARDS_H

#include "model/rules.h"

extern const struct verb verb_rows[];
extern const size_t verb_row_count;

/* src/model/verb_details.c */
extern const struct detail_row outlook_details[], decision_details[], note_details[],
        correct_details[], review_details[], update_details[], close_details[], status_details[],
        merge_details[], start_details[], stop_details[], file_details[];

/* NULL: may be done; else a sentence why not. `may` looks at the state alone. */
const char *may_ack(const struct thing *now);
const char *may_while_open(const struct thing *now);
const char *may_reopen(const struct thing *now);
const char *may_unpark(const struct thing *now);
const char *may_unhold(const struct thing *now);
const char *may_merge(const struct thing *now);
const char *guard_ack(const struct thing *now, const struct act *act);
const char *guard_status(const struct thing *now, const struct act *act);
const char *guard_marking(const struct thing *now, const struct act *act);
const char *guard_start(const struct thing *now, const struct act *act);
const char *guard_stop(const struct thing *now, const struct act *act);
const char *guard_file(const struct thing *now, const struct act *act);
const char *guard_decide(const struct thing *now, const struct act *act);
const char *guard_open(const struct thing *now, const struct act *act);
const char *guard_escalate(const struct thing *now, const struct act *act);
const char *guard_hold(const struct thing *now, const struct act *act);
const char *guard_cross_border(const struct thing *now, const struct act *act);
const char *guard_park(const struct thing *now, const struct act *act);
const char *guard_update(const struct thing *now, const struct act *act);
const char *guard_duplicate(const struct thing *now, const struct act *act);
const char *guard_merge(const struct thing *now, const struct act *act);
const char *guard_link(const struct thing *now, const struct act *act);

#endif
