#include "model/holds.h"

#include <string.h>

#include "base/clock.h"
#include "model/machine.h"

#define S(state) (UINT32_C(1) << DEPLOYMENT_##state)

#define HARD_TO_THE_END                                                                            \
        (S(CONFIRMED) | S(MOBILISING) | S(IN_TRANSIT) | S(ON_SITE) | S(REMOTE_READY) |             \
         S(OPERATIONAL) | S(HANDING_OVER) | S(DEMOBILISING) | S(RECALLED) | S(SUSPENDED))
#define HARD_TO_THE_RETURN (S(RETURNED) | S(RESTING) | S(CLOSED))

static void add(const struct thing *t, enum hold hold, int64_t from_ms, int64_t until_ms,
                struct booking *ret, size_t *count)
{
        if (from_ms != CLOCK_NONE && until_ms != CLOCK_NONE && from_ms < until_ms)
                ret[(*count)++] = (struct booking){.span = {from_ms, until_ms},
                                                   .hold = hold,
                                                   .deployment = t->id,
                                                   .name = thing_text(t, "ref")};
}

size_t holds_of(const struct thing *deployment, struct booking ret[HOLDS_MAX])
{
        uint32_t state = UINT32_C(1) << machine_state(&machine_deployment, deployment);
        int64_t from = thing_ms(deployment, "from"), until = thing_ms(deployment, "until");
        int64_t departed = thing_ms(deployment, "departed");
        int64_t returned = thing_ms(deployment, "returned");
        size_t count = 0;

        if (departed != CLOCK_NONE && departed < from)
                from = departed;
        if (state & S(ALERTED))
                add(deployment, HOLD_SOFT, from, until, ret, &count);
        if (state & HARD_TO_THE_END)
                add(deployment, HOLD_HARD, from, until, ret, &count);
        if (state & HARD_TO_THE_RETURN)
                add(deployment, HOLD_HARD, from, returned == CLOCK_NONE ? until : returned, ret,
                    &count);
        if (state & S(RESTING))
                add(deployment, HOLD_REST, returned, thing_ms(deployment, "rest_until"), ret,
                    &count);
        return count;
}

/* ---- with one another ---------------------------------------------------------------------- */

static bool is_apart(const struct booking *a, const struct booking *b)
{
        return !spans_meet(&a->span, &b->span) ||
               (a->deployment && b->deployment && strcmp(a->deployment, b->deployment) == 0);
}

bool booking_bars(const struct booking *held, const struct booking *wanted)
{
        return held->hold != HOLD_SOFT && wanted->hold != HOLD_REST && !is_apart(held, wanted);
}

bool bookings_clash(const struct booking *a, const struct booking *b)
{
        bool firm = a->hold != HOLD_SOFT && b->hold != HOLD_SOFT;

        return firm && (a->hold == HOLD_HARD || b->hold == HOLD_HARD) && !is_apart(a, b);
}

static struct span common(const struct span *a, const struct span *b)
{
        return (struct span){a->from_ms > b->from_ms ? a->from_ms : b->from_ms,
                             a->until_ms < b->until_ms ? a->until_ms : b->until_ms};
}

size_t bookings_meet(const struct booking *a, size_t a_count, const struct booking *b,
                     size_t b_count, bool (*meets)(const struct booking *, const struct booking *),
                     struct booking_pair *ret, size_t max)
{
        size_t count = 0;

        for (size_t i = 0; i < a_count; i++)
                for (size_t k = 0; k < b_count; k++) {
                        if (!meets(&a[i], &b[k]))
                                continue;
                        if (count < max)
                                ret[count] = (struct booking_pair){&a[i], &b[k],
                                                                   common(&a[i].span, &b[k].span)};
                        count++;
                }
        return count;
}
