/*
 * Whether the values of a thing can be together: an agreement that ends before it begins, a rota
 * without hours. Asked of who types it only: what others have said is taken as it came.
 */
#include <string.h>

#include "ops_private.h"

struct asking {
        struct ops *ops;
        const struct thing *now;
        const struct act *act;
};

/* What the field is once this is done; NULL: nothing. `ret_said`: the act says so. */
static const char *then_is(const struct asking *q, const char *field, bool *ret_said)
{
        const struct act_set *set = act_sets_field(q->act, field);
        const char *text = set ? set->value : thing_text(q->now, field);

        *ret_said |= set != NULL;
        return text && *text ? text : NULL;
}

static enum rc judge_agreement(const struct asking *q, struct err *err)
{
        bool dated = false, named = false;
        const char *since = then_is(q, "since", &dated), *until = then_is(q, "until", &dated);
        const char *giver = then_is(q, "giver", &named), *taker = then_is(q, "taker", &named);

        /* canonical: text in the order of time */
        if (dated && since && until && strcmp(until, since) <= 0)
                return err_set(err, RC_INVALID,
                               "until must be after since: %.10s is not after %.10s", until, since);
        if (named && giver && taker && strcmp(giver, taker) == 0)
                return err_set(err, RC_INVALID,
                               "giver and taker are both %.60s; nobody owes help "
                               "to themselves",
                               giver);
        return RC_OK;
}

static enum rc judge_zone(const struct asking *q, struct err *err)
{
        bool zoned = false;
        const char *zone = then_is(q, "timezone", &zoned);

        if (!zoned || !zone || !q->ops->law || clock_zone(q->ops->law, zone))
                return RC_OK;
        return err_set(
                err, RC_INVALID,
                "timezone takes a State, such as FR, CET, or UTC; not \"%.60s\" (nearest: %s)",
                zone, clock_zone_nearest(q->ops->law, zone));
}

static enum rc judge_rota(const struct asking *q, struct err *err)
{
        bool counted = false;
        const char *hours = then_is(q, "shift_hours", &counted);
        enum rc rc = judge_zone(q, err);

        if (rc != RC_OK)
                return rc;
        if (counted && hours && strcmp(hours, "0") == 0)
                return err_set(err, RC_INVALID,
                               "shift_hours takes 1 or more; a shift has an hour "
                               "at least");
        return RC_OK;
}

enum rc together_check(struct ops *ops, const struct state *st, const struct act *act,
                       struct err *err)
{
        const struct asking q = {ops, &st->folded.thing, act};

        if (st->kind == &kind_agreement)
                return judge_agreement(&q, err);
        if (st->kind == &kind_expert)
                return judge_zone(&q, err);
        return st->kind == &kind_rota ? judge_rota(&q, err) : RC_OK;
}
