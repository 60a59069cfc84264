#include "model/booking.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "model/item.h"
#include "model/machine.h"

#define FOR_GOOD INT64_C(253402300799000) /* 9999-12-31: nobody said when it ends */

const char *const booking_fields[BOOKING_FIELDS] = {"state",      "resources", "quantities",
                                                    "from",       "until",     "returned",
                                                    "rest_hours", "rest_until"};

static bool is_hard(int state)
{
        switch (state) {
        case DEPLOYMENT_CONFIRMED:
        case DEPLOYMENT_MOBILISING:
        case DEPLOYMENT_IN_TRANSIT:
        case DEPLOYMENT_ON_SITE:
        case DEPLOYMENT_REMOTE_READY:
        case DEPLOYMENT_OPERATIONAL:
        case DEPLOYMENT_HANDING_OVER:
        case DEPLOYMENT_DEMOBILISING:
        case DEPLOYMENT_RECALLED:
        case DEPLOYMENT_SUSPENDED: return true;
        default: return false;
        }
}

static bool is_rest(int state)
{
        return state == DEPLOYMENT_RETURNED || state == DEPLOYMENT_RESTING;
}

/* Who is back rests from then on, also where nobody has written that yet; and is free before the
 * planned end. */
static struct span rest_of(const struct thing *t, int state)
{
        struct span rest = {thing_ms(t, "returned"), thing_ms(t, "rest_until")};

        if (state == DEPLOYMENT_RETURNED)
                rest.until_ms =
                        machine_says_ms(&machine_deployment, "rest", "rest_until", t, rest.from_ms);
        if (rest.until_ms == CLOCK_NONE)
                rest.until_ms = rest.from_ms;
        return rest;
}

size_t booking_of(const struct thing *deployment, const char *name,
                  struct booking ret[BOOKINGS_OF_ONE])
{
        int state = machine_state(&machine_deployment, deployment);
        struct booking b = {.deployment = deployment->id, .name = name};

        if (is_rest(state)) {
                b.span = rest_of(deployment, state);
                b.hold = HOLD_REST;
        } else if (state == DEPLOYMENT_ALERTED || is_hard(state)) {
                b.span = (struct span){thing_ms(deployment, "from"), thing_ms(deployment, "until")};
                if (b.span.until_ms == CLOCK_NONE)
                        b.span.until_ms = FOR_GOOD;
                b.hold = is_hard(state) ? HOLD_HARD : HOLD_SOFT;
                b.under_way = is_hard(state) && state != DEPLOYMENT_CONFIRMED;
        } else {
                return 0;
        }
        if (b.span.from_ms == CLOCK_NONE || b.span.from_ms >= b.span.until_ms)
                return 0;
        ret[0] = b;
        return 1;
}

static bool is_equipment(const char *id)
{
        return kind_of_type(id, ident_type_len(id)) == &kind_equipment;
}

bool booking_binds(const struct booking *b, const char *resource)
{
        return b->hold != HOLD_REST || !is_equipment(resource);
}

bool booking_is_of_people(const struct value *resources)
{
        for (size_t i = 0; i < resources->count; i++)
                if (!is_equipment(resources->items[i]))
                        return true;
        return resources->count == 0;
}

int booking_takes(const struct value *quantities, const char *resource)
{
        int takes = 0;

        for (size_t i = 0; i < quantities->count; i++) {
                struct quantity_item q;

                if (quantity_item_read(quantities->items[i], &q) && q.count > takes &&
                    strcmp(q.id, resource) == 0)
                        takes = q.count;
        }
        return takes;
}

int64_t booking_over(const struct thing *deployment)
{
        struct booking own[BOOKINGS_OF_ONE];
        size_t count = booking_of(deployment, "", own);
        int64_t over = thing_ms(deployment, "until"), rest = thing_ms(deployment, "rest_until");

        if (count && own[0].hold == HOLD_HARD)
                return INT64_MAX;
        if (rest > over)
                over = rest;
        if (count && own[0].span.until_ms > over)
                over = own[0].span.until_ms;
        return over == CLOCK_NONE ? INT64_MAX : over;
}

uint64_t booking_states(void)
{
        uint64_t states = 0;

        for (int state = 0; state < 64; state++)
                if (state == DEPLOYMENT_ALERTED || is_rest(state) || is_hard(state))
                        states |= UINT64_C(1) << state;
        return states;
}
