#include "ops/overlaps.h"

#include <string.h>

#include "base/mem.h"
#include "model/booking.h"

#include "ops_private.h"

/* What is held here of an id; false: nothing that is known well enough to be named. */
static bool find(struct ops *ops, const char *id, struct arena *a, struct row *ret)
{
        return thing_by_id(ops->store, id, a, ret, NULL) == RC_OK;
}

static void tell_both(const struct span *a, const struct span *b, struct overlap *o)
{
        const struct span both = span_both(a, b);

        o->from_ms = both.from_ms;
        o->until_ms = both.until_ms;
}

enum rc ops_overlaps(struct ops *ops, const char *id, struct arena *a, struct overlaps *ret,
                     struct err *err)
{
        struct overlaps found = {.count = 0};
        struct roster_overlap *list = NULL;
        struct booking own[BOOKINGS_OF_ONE];
        size_t count = 0;
        enum rc rc = thing_by_id(ops->store, id, a, &found.deployment, err);

        if (rc == RC_OK && found.deployment.thing.kind == &kind_deployment)
                rc = rosters_overlaps(ops, &found.deployment.thing, SHARED_BOOKED, a, &list, &count,
                                      err);
        if (rc != RC_OK)
                return rc;
        if (count)
                booking_of(&found.deployment.thing, found.deployment.ref, own);
        found.list = arena_array(a, count + 1, sizeof(*found.list));
        for (size_t i = 0; i < count; i++) {
                struct overlap *o = &found.list[found.count];

                if (!find(ops, list[i].resource, a, &o->resource) ||
                    !find(ops, list[i].with.deployment, a, &o->other))
                        continue;
                tell_both(&own[0].span, &list[i].with.span, o);
                found.count++;
        }
        *ret = found;
        return RC_OK;
}

static const char *title_of(const struct row *row)
{
        const char *title = thing_text(&row->thing, row->thing.kind->title);

        return title ? title : "";
}

const char *overlap_sentence(const struct overlaps *of, const struct overlap *o, struct arena *a)
{
        return arena_printf(a, "%s %s is booked for %s and for %s %s", o->resource.ref,
                            title_of(&o->resource), of->deployment.ref, o->other.ref,
                            title_of(&o->other));
}
