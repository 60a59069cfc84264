#include "ops/substitute.h"

#include <string.h>

#include "model/booking.h"

#include "ops_private.h"

#define BETWEEN     " ,;"
#define INTERPRETER "interpreter" /* of the place, not of those who go */

static bool is_person(struct ops *ops, const char *ref, struct arena *a)
{
        const char *id = ops_resolve_value(ops, ref, a);
        struct row row;

        return id && thing_by_id(ops->store, id, a, &row, NULL) == RC_OK &&
               row.thing.kind != &kind_equipment;
}

static bool people_come_in(struct ops *ops, const char *resources, struct arena *a)
{
        for (const char *at = resources + strspn(resources, BETWEEN); *at;
             at += strspn(at, BETWEEN)) {
                size_t len = strcspn(at, BETWEEN);
                size_t sign = *at == '+' || *at == '-';

                if (*at != '-' && is_person(ops, arena_strndup(a, at + sign, len - sign), a))
                        return true;
                at += len;
        }
        return false;
}

const char *substitute_not_looked_at(struct ops *ops, const struct thing *deployment,
                                     const char *resources, struct arena *a)
{
        const struct value *checks = thing_value(deployment, "checks");
        struct booking taken[BOOKINGS_OF_ONE];
        const char *list = NULL;

        if (!booking_of(deployment, "", taken) || taken[0].hold != HOLD_HARD ||
            !people_come_in(ops, resources, a))
                return NULL;
        for (size_t i = 0; i < checks->count; i++)
                if (strcmp(checks->items[i], INTERPRETER) != 0)
                        list = arena_printf(a, "%s%s-%s", list ? list : "", list ? " " : "",
                                            checks->items[i]);
        return list;
}
