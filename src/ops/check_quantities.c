/*
 * How many of its equipment a deployment takes: of something that goes, once, and not more than
 * there is. Asked of who types it only.
 */
#include <string.h>

#include "model/item.h"
#include "model/roster_count.h"
#include "store/bookings.h"

#include "ops_private.h"

static bool is_among(const char *const *ids, size_t count, const char *id)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(ids[i], id) == 0)
                        return true;
        return false;
}

/* Another member for the same thing. */
static bool is_said_again(const struct value *v, size_t at, const char *id)
{
        struct quantity_item other;

        for (size_t i = 0; i < v->count; i++)
                if (i != at && quantity_item_read(v->items[i], &other) && strcmp(other.id, id) == 0)
                        return true;
        return false;
}

/* What stood there before is not what this act says. */
static bool is_said_now(const struct act *act, const char *item)
{
        for (size_t i = 0; i < act->element_count; i++)
                if (!act->elements[i].remove && strcmp(act->elements[i].field, "quantities") == 0 &&
                    strcmp(act->elements[i].item, item) == 0)
                        return true;
        return false;
}

static enum rc check_one(struct ops *ops, const struct quantity_item *q, struct arena *a,
                         struct err *err)
{
        struct row row;

        if (thing_by_id(ops->store, q->id, a, &row, NULL) != RC_OK ||
            row.thing.kind != &kind_equipment)
                return RC_OK;
        int there = roster_quantity_of(&row.thing);
        if (q->count <= there)
                return RC_OK;
        return err_set(err, RC_INVALID, "quantities: there %s only %d of %s %s, not %d",
                       there == 1 ? "is" : "are", there, row.ref,
                       thing_text(&row.thing, row.thing.kind->title), q->count);
}

static const char *called(struct ops *ops, const char *id, struct arena *a)
{
        struct row row;

        return thing_by_id(ops->store, id, a, &row, NULL) == RC_OK ? row.ref : id;
}

enum rc quantities_check(struct ops *ops, const struct thing *after, const struct act *act,
                         struct arena *a, struct err *err)
{
        const struct value *quantities = thing_value(after, "quantities");
        const struct value *resources = thing_value(after, "resources");
        const char **members = NULL;
        size_t count = 0;
        enum rc rc = bookings_members(ops->store, resources->items, resources->count, a, &members,
                                      &count, err);

        for (size_t i = 0; rc == RC_OK && i < quantities->count; i++) {
                struct quantity_item q;

                if (!is_said_now(act, quantities->items[i]) ||
                    !quantity_item_read(quantities->items[i], &q))
                        continue;
                if (!is_among(members, count, q.id))
                        return err_set(err, RC_INVALID, "quantities: %s is not among the resources",
                                       called(ops, q.id, a));
                if (is_said_again(quantities, i, q.id))
                        return err_set(err, RC_INVALID,
                                       "quantities names %s twice; take the other out with -",
                                       called(ops, q.id, a));
                rc = check_one(ops, &q, a, err);
        }
        return rc;
}
