/*
 * The guards of the verbs: whether it may be done to the thing as it is now. They look at the thing
 * and at the act only, so that every console answers alike (model/fold.h).
 */
#include <string.h>

#include "base/clock.h"
#include "model/after.h"
#include "model/guards.h"
#include "model/holds.h"

#define PARK_MOST_MS (30ll * 24 * 3600 * 1000)

static bool is_closed(const struct thing *now)
{
        return thing_rank(now, "status") == STATUS_CLOSED;
}

/* ---- the state alone ----------------------------------------------------------------------- */

const char *may_while_open(const struct thing *now)
{
        return is_closed(now) ? "it is closed" : NULL;
}

const char *may_ack(const struct thing *now)
{
        return thing_has(now, "acked") ? "already acknowledged" : may_while_open(now);
}

const char *may_reopen(const struct thing *now)
{
        return is_closed(now) ? NULL : "it is not closed";
}

const char *may_unpark(const struct thing *now)
{
        return thing_ms(now, "parked_until") == CLOCK_NONE ? "it is not parked" : NULL;
}

const char *may_unhold(const struct thing *now)
{
        return value_is_empty(thing_value(now, HOLD_FIELD)) ? "nothing is held" : NULL;
}

const char *may_merge(const struct thing *now)
{
        return is_closed(now) ? "it is closed; nothing is merged into what is closed" : NULL;
}

/* ---- what the act says --------------------------------------------------------------------- */

const char *guard_ack(const struct thing *now, const struct act *act)
{
        const struct act_set *set = act_sets_field(act, "acked");

        (void)now;
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

/* ---- claims -------------------------------------------------------------------------------- */

static bool all_three(const struct act *act, const char *what, const char *who, const char *why)
{
        bool any = act_says(act, what) || act_says(act, who) || act_says(act, why);

        return !any || (act_says(act, what) && act_says(act, who) && act_says(act, why));
}

#define LEVEL_WHOLE "a level needs who claims it and why, all three together"
#define HELD_WHOLE  "it needs what was decided against, who decided and why, all three together"

const char *guard_open(const struct thing *now, const struct act *act)
{
        (void)now;
        if (!all_three(act, "level", "claimant", "rationale"))
                return LEVEL_WHOLE;
        return hold_of(act) && !act_detail(act, HOLD_DECIDER) ? HELD_WHOLE : NULL;
}

/* Nothing escalates by itself: a named person claims a level and says why, up or down. */
const char *guard_escalate(const struct thing *now, const struct act *act)
{
        (void)now;
        return act_says(act, "level") && all_three(act, "level", "claimant", "rationale")
                       ? NULL
                       : LEVEL_WHOLE;
}

const char *guard_hold(const struct thing *now, const struct act *act)
{
        (void)now;
        return hold_of(act) && act_detail(act, HOLD_DECIDER) ? NULL : HELD_WHOLE;
}

/* Derived is what it is while nobody says anything. */
const char *guard_cross_border(const struct thing *now, const struct act *act)
{
        const char *value = act_says(act, "cross_border");

        (void)now;
        return value && strcmp(value, "derived") == 0
                       ? "it is confirmed by yes or denied by no; it is derived by itself"
                       : NULL;
}

/* ---- time ---------------------------------------------------------------------------------- */

/* A snooze always ends. */
const char *guard_park(const struct thing *now, const struct act *act)
{
        int64_t until = act_says_ms(act, "parked_until");

        (void)now;
        if (until == CLOCK_NONE)
                return "it does not say until when";
        if (until <= act->occurred_ms)
                return "that time is over already";
        return until - act->occurred_ms <= PARK_MOST_MS ? NULL : "at most 30 days ahead";
}

const char *guard_update(const struct thing *now, const struct act *act)
{
        int64_t due = act_says_ms(act, "update_due");

        (void)now;
        return due != CLOCK_NONE && due <= act->occurred_ms
                       ? "the next update would be due before this one"
                       : NULL;
}

/* ---- others -------------------------------------------------------------------------------- */

/* A circle over several things is for who writes the act to refuse: a guard sees one thing only. */
const char *guard_duplicate(const struct thing *now, const struct act *act)
{
        const char *of = act_says(act, "duplicate_of");
        const char *status = act_says(act, "status");

        if (!of)
                return "it does not say of which";
        if (now->id && strcmp(of, now->id) == 0)
                return "nothing is a duplicate of itself";
        if (!is_closed(now) && !(status && enum_rank(&enum_status, status) == STATUS_CLOSED))
                return "a duplicate is closed";
        return NULL;
}

const char *guard_merge(const struct thing *now, const struct act *act)
{
        const char *merged = act_detail(act, "merged");

        if (merged && now->id && strcmp(merged, now->id) == 0)
                return "nothing is merged into itself";
        return guard_marking(now, act);
}

const char *guard_link(const struct thing *now, const struct act *act)
{
        for (size_t i = 0; now->id && i < act->element_count; i++)
                if (strcmp(act->elements[i].field, "links") == 0 && !act->elements[i].remove &&
                    strcmp(act->elements[i].item, now->id) == 0)
                        return "nothing is linked to itself";
        return NULL;
}
