/*
 * Who and what deployments take, of things of which there are several how many: each deployment
 * once, with the members of its teams and the parts of its kits.
 */
#include <string.h>

#include "model/booking.h"
#include "store/bookings.h"

#include "ops_private.h"

static bool is_known(const struct going *g, const char *deployment)
{
        for (size_t i = 0; i < g->deployment_count; i++)
                if (strcmp(g->deployments[i], deployment) == 0)
                        return true;
        return false;
}

enum rc going_add_members(struct ops *ops, const char *const *ids, size_t count,
                          const struct value *quantities, struct arena *a, struct going *ret,
                          struct err *err)
{
        const char **members = NULL;
        size_t member_count = 0;
        enum rc rc = bookings_members(ops->store, ids, count, a, &members, &member_count, err);

        for (size_t i = 0; rc == RC_OK && i < member_count; i++) {
                ret->list = arena_grow(a, ret->list, ret->count, &ret->room, sizeof(*ret->list));
                ret->list[ret->count++] = (struct readiness_taken){
                        members[i], quantities ? booking_takes(quantities, members[i]) : 0};
        }
        return rc;
}

enum rc going_add(struct ops *ops, const struct thing *deployment, struct arena *a,
                  struct going *ret, struct err *err)
{
        const struct value *resources = thing_value(deployment, "resources");

        if (is_known(ret, deployment->id))
                return RC_OK;
        ret->deployments = arena_grow(a, ret->deployments, ret->deployment_count,
                                      &ret->deployment_room, sizeof(*ret->deployments));
        ret->deployments[ret->deployment_count++] = arena_strdup(a, deployment->id);
        return going_add_members(ops, resources->items, resources->count,
                                 thing_value(deployment, "quantities"), a, ret, err);
}
