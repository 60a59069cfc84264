/*
 * The guards of the verbs, and the tables whose rows name them (src/model/verbs.c, verbs_*.c).
 * Everybody else asks model/rules.h.
 */
#ifndef MUSTER_MODEL_GUARDS_H
#define MUSTER_MODEL_GUARDS_H

#include "model/rules.h"

/* One table in parts, each up to a row without a name. */
extern const struct verb *const verb_tables[];
extern const size_t verb_table_count;
extern const struct verb verbs_of_requests[], verbs_of_deployments[], verbs_of_rotas[];
extern const struct verb verbs_of_runs[], verbs_of_contacts[];

/* What every act has that may be written down long after it happened. */
#define ROW_LATE                                                                                   \
        {                                                                                          \
                .name = "late", .label = "late because",                                           \
                .help = "why it is written down more than 5 minutes after it happened",            \
                .type = FIELD_LINE                                                                 \
        }

/* src/model/verb_details.c */
extern const struct detail_row outlook_details[], hold_details[], decision_details[],
        note_details[], correct_details[], review_details[], update_details[], close_details[],
        status_details[], merge_details[], start_details[], stop_details[], file_details[];

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

/* Both kinds that last from a time until another: src/model/guards_deployment.c */
const char *guard_times(const struct thing *now, const struct act *act);

/* src/model/guards_request.c */
const char *may_ask(const struct thing *now);
const char *may_confirm(const struct thing *now);
const char *guard_submit(const struct thing *now, const struct act *act);
const char *guard_resubmit(const struct thing *now, const struct act *act);
const char *guard_ask(const struct thing *now, const struct act *act);
const char *guard_confirm(const struct thing *now, const struct act *act);
const char *guard_take(const struct thing *now, const struct act *act);
const char *guard_decision(const struct thing *now, const struct act *act);
const char *guard_offer(const struct thing *now, const struct act *act);
const char *guard_accept(const struct thing *now, const struct act *act);
const char *guard_decline_offer(const struct thing *now, const struct act *act);
const char *guard_expire(const struct thing *now, const struct act *act);
const char *guard_rank(const struct thing *now, const struct act *act);
const char *guard_inform(const struct thing *now, const struct act *act);

/* src/model/guards_deployment.c */
const char *guard_alert(const struct thing *now, const struct act *act);
const char *guard_confirm_deployment(const struct thing *now, const struct act *act);
const char *guard_depart(const struct thing *now, const struct act *act);
const char *guard_remote_ready(const struct thing *now, const struct act *act);
const char *guard_operational(const struct thing *now, const struct act *act);
const char *guard_return(const struct thing *now, const struct act *act);
const char *guard_close_deployment(const struct thing *now, const struct act *act);
const char *guard_extend(const struct thing *now, const struct act *act);
const char *guard_substitute(const struct thing *now, const struct act *act);
const char *guard_check_in(const struct thing *now, const struct act *act);
const char *guard_manifest(const struct thing *now, const struct act *act);

#endif
