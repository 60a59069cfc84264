/*
 * Deployments that take the same: both of them for good, or asked for only. Of things of which
 * there are several it is so where together they take more than there are.
 */
#include <string.h>

#include "base/mem.h"
#include "model/roster_count.h"
#include "store/bookings.h"

#include "ops/rosters.h"
#include "ops_private.h"

static unsigned holds_of(enum roster_shared how)
{
        return how == SHARED_BOOKED ? HOLD_BIT(HOLD_HARD)
                                    : HOLD_BIT(HOLD_HARD) | HOLD_BIT(HOLD_SOFT);
}

/* Of what there is one of, whoever is there at the same time; of several, whoever is there while
 * more is taken than there is. */
static bool takes_it_too(const struct roster_facts *f, const struct booking *own,
                         const struct booking *other, enum roster_shared how)
{
        bool both_hard = own->hold == HOLD_HARD && other->hold == HOLD_HARD;
        const struct span both = span_both(&own->span, &other->span);
        struct span over;

        return other->hold != HOLD_REST && both_hard == (how == SHARED_BOOKED) &&
               spans_meet(&other->span, &own->span) &&
               (roster_quantity(f) == 1 || roster_is_over(f, &both, holds_of(how), &over));
}

/* What a resource is held by besides, and by the deployment itself: the last. */
static enum rc read_shared(struct ops *ops, const char *id, const struct thing *deployment,
                           const struct booking *own, struct arena *a, struct roster_facts *ret,
                           struct err *err)
{
        struct booking *others = NULL, *all;
        struct row row;
        size_t count = 0;
        enum rc rc =
                ops_bookings(ops, id, own->span.from_ms, deployment->id, a, &others, &count, err);

        if (rc != RC_OK)
                return rc;
        all = arena_array(a, count + 1, sizeof(*all));
        if (count)
                memcpy(all, others, count * sizeof(*all));
        all[count] = *own;
        all[count].takes = booking_takes(thing_value(deployment, "quantities"), id);
        *ret = (struct roster_facts){.id = id, .bookings = all, .booking_count = count + 1};
        if (count && thing_by_id(ops->store, id, a, &row, NULL) == RC_OK)
                ret->quantity = roster_quantity_of(&row.thing);
        return RC_OK;
}

enum rc rosters_overlaps(struct ops *ops, const struct thing *deployment, enum roster_shared how,
                         struct arena *a, struct roster_overlap **ret, size_t *ret_count,
                         struct err *err)
{
        const struct value *resources = thing_value(deployment, "resources");
        struct booking own[BOOKINGS_OF_ONE];
        size_t own_count = booking_of(deployment, "", own), member_count = 0, count = 0, room = 0;
        struct roster_overlap *list = NULL;
        const char **members = NULL;
        enum rc rc = RC_OK;

        *ret = NULL;
        *ret_count = 0;
        if (own_count == 0 || own[0].hold == HOLD_REST || deployment->revoked ||
            (how == SHARED_BOOKED && own[0].hold != HOLD_HARD))
                return RC_OK;
        rc = bookings_members(ops->store, resources->items, resources->count, a, &members,
                              &member_count, err);
        for (size_t i = 0; rc == RC_OK && i < member_count; i++) {
                struct roster_facts f = {.booking_count = 0};

                rc = read_shared(ops, members[i], deployment, &own[0], a, &f, err);
                for (size_t k = 0; rc == RC_OK && k + 1 < f.booking_count; k++) {
                        if (!takes_it_too(&f, &own[0], &f.bookings[k], how))
                                continue;
                        list = arena_grow(a, list, count, &room, sizeof(*list));
                        list[count++] = (struct roster_overlap){members[i], f.bookings[k]};
                }
        }
        if (rc != RC_OK)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

const char *roster_shared_field(enum roster_shared how)
{
        return how == SHARED_BOOKED ? "overlaps" : "contested";
}

enum rc rosters_tell_shared(struct ops *ops, enum roster_shared how, struct arena *a,
                            struct row *row, struct err *err)
{
        struct roster_overlap *list = NULL;
        size_t count = 0;
        enum rc rc = rosters_overlaps(ops, &row->thing, how, a, &list, &count, err);
        const char **ids = arena_array(a, count + 1, sizeof(*ids));

        for (size_t i = 0; i < count; i++)
                ids[i] = list[i].with.deployment;
        thing_set_items(&row->thing, roster_shared_field(how), ids, count, a);
        if (count && how == SHARED_BOOKED)
                row->flags |= MARK_CONFLICT;
        return rc;
}
