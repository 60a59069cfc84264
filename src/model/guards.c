/*
 * The guards of the verbs: whether it may be done to the thing as it is now. They look at the thing
 * and at the act only, so that every console answers alike (model/fold.h).
 */
#include <string.h>

#include "base/clock.h"
#include "model/guards.h"

static bool is_closed(const struct thing *now)
{
        return thing_rank(now, "status") == STATUS_CLOSED;
}

const char *guard_ack(const struct thing *now, const struct act *act)
{
        const struct act_set *set = act_sets_field(act, "acked");
        const char *acked = thing_text(now, "acked");

        if (acked && *acked)
                return "already acknowledged";
        if (is_closed(now))
                return "it is closed";
        return set && set->value && *set->value ? NULL : "it does not say when it was acknowledged";
}

const char *guard_status(const struct thing *now, const struct act *act)
{
        const struct act_set *set = act_sets_field(act, "status");
        int from = thing_rank(now, "status");
        int to = set && set->value ? enum_rank(&enum_status, set->value) : -1;

        if (to < 0)
                return "it does not say which status";
        if (to == from)
                return "it has that status already";
        if (from == STATUS_CLOSED && to != STATUS_ACTIVE)
                return "it is closed; reopening makes it active first";
        if (from == STATUS_CLOSED && !act_has_reason(act))
                return "reopening needs a reason";
        if (to == STATUS_CLOSED && !act_has_reason(act))
                return "closing needs a reason";
        return NULL;
}

const char *guard_marking(const struct thing *now, const struct act *act)
{
        if (rule_is_downgrade(now, act) && !act_has_reason(act))
                return "a lower marking needs a reason";
        return NULL;
}

/* A review that is due before the decision was taken is a typing error. */
const char *guard_decide(const struct thing *now, const struct act *act)
{
        const char *review = act_detail(act, "review");
        int64_t ms;

        (void)now;
        if (!review)
                return NULL;
        if (stamp_parse_ms(review, &ms, NULL) != RC_OK)
                return "its review time is no time";
        return ms > act->occurred_ms ? NULL : "its review time is over already";
}
