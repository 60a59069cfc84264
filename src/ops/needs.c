/*
 * What a thing needs that people or equipment can be sent to, and who goes to it already.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "model/machine.h"
#include "model/rank.h"
#include "ops/naming.h"

#include "ops_private.h"

/* Somebody may still have to go for it. */
static bool is_open(const struct thing *request)
{
        switch (machine_state(&machine_request, request)) {
        case REQUEST_REFUSED:
        case REQUEST_ENDED:
        case REQUEST_REPORTED:
        case REQUEST_CLOSED:
        case REQUEST_WITHDRAWN:
        case REQUEST_EXPIRED: return false;
        default: return !request->revoked;
        }
}

static enum rc add_requests(struct ops *ops, const struct thing *incident, struct arena *a,
                            struct rank_needs *needs, struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc =
                ops_naming(ops, &kind_request, "incident", incident->id, a, &rows, &count, err);

        for (size_t i = 0; i < count; i++) {
                struct rank_needs one;

                if (!is_open(&rows[i].thing))
                        continue;
                rank_needs_read(&rows[i].thing, a, &one);
                rank_needs_add(needs, &one, a);
        }
        return rc;
}

enum rc needs_read(struct ops *ops, const struct row *about, struct arena *a,
                   struct rank_needs *ret, struct err *err)
{
        const struct kind *kind = about->thing.kind;

        *ret = (struct rank_needs){.clearance = -1, .from_ms = CLOCK_NONE, .until_ms = CLOCK_NONE};
        if (kind == &kind_incident)
                return add_requests(ops, &about->thing, a, ret, err);
        if (kind != &kind_request && kind != &kind_deployment)
                return err_set(err, RC_INVALID,
                               "%s is no incident, request or deployment; nobody is sent to it",
                               about->ref);
        rank_needs_read(&about->thing, a, ret);
        return RC_OK;
}

const struct kind *needs_kind(const struct rank_needs *n)
{
        bool people = (n->roles && n->roles->count) || (n->skills && n->skills->count) ||
                      n->language_count || n->headcount;

        return n->categories && n->categories->count && !people ? &kind_equipment : &kind_expert;
}

/* ---- who goes already ------------------------------------------------------------------------ */

static enum rc add_resources(struct ops *ops, const struct thing *deployment, struct arena *a,
                             struct going *ret, struct err *err)
{
        struct booking held[BOOKINGS_OF_ONE];

        if (deployment->revoked || !booking_of(deployment, "", held))
                return RC_OK;
        return going_add(ops, deployment, a, ret, err);
}

enum rc needs_taken(struct ops *ops, const struct row *about, struct arena *a, struct going *ret,
                    struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc;

        if (about->thing.kind == &kind_deployment)
                return add_resources(ops, &about->thing, a, ret, err);
        rc = ops_naming(ops, &kind_deployment, about->thing.kind->name, about->thing.id, a, &rows,
                        &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = add_resources(ops, &rows[i].thing, a, ret, err);
        return rc;
}
