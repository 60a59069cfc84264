/*
 * What a manifest may name: equipment that goes, by its serial number or its reference. And of what
 * is on the manifest only may it be said that it is back, or missing.
 */
#include <string.h>

#include "model/after.h"
#include "store/bookings.h"

#include "ops_private.h"

#define MANIFEST "manifest"
#define ALL      "all"
#define BLANKS   " ,\t\r\n"

enum rc goods_read(struct ops *ops, const struct thing *deployment, struct arena *a,
                   struct goods *ret, struct err *err)
{
        const struct value *resources = thing_value(deployment, "resources");
        const char **members = NULL;
        size_t count = 0;
        enum rc rc = bookings_members(ops->store, resources->items, resources->count, a, &members,
                                      &count, err);

        *ret = (struct goods){.rows = arena_array(a, count + 1, sizeof(*ret->rows))};
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct row *row = &ret->rows[ret->count];

                if (thing_by_id(ops->store, members[i], a, row, NULL) == RC_OK)
                        ret->count += row->thing.kind == &kind_equipment;
        }
        return rc;
}

static bool is_called(const struct row *row, const char *named)
{
        const char *serial = thing_text(&row->thing, "serial");

        return strcmp(row->ref, named) == 0 || (serial && strcmp(serial, named) == 0);
}

bool goods_are_listed(const struct row *row, const char *list, struct arena *a)
{
        for (size_t len; list && *(list += strspn(list, BLANKS)); list += len) {
                len = strcspn(list, BLANKS);
                if (is_called(row, arena_strndup(a, list, len)))
                        return true;
        }
        return false;
}

static bool goes(const struct goods *g, const char *named)
{
        for (size_t i = 0; i < g->count; i++)
                if (is_called(&g->rows[i], named))
                        return true;
        return false;
}

static enum rc check_taken(struct ops *ops, const struct thing *now, const struct act *act,
                           struct arena *a, struct err *err)
{
        struct goods g = {.rows = NULL};
        enum rc rc = goods_read(ops, now, a, &g, err);

        for (size_t i = 0; rc == RC_OK && i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];

                if (strcmp(e->field, MANIFEST) == 0 && !e->remove && !goes(&g, e->item))
                        return err_set(err, RC_INVALID, "%s is the serial of nothing that goes",
                                       e->item);
        }
        return rc;
}

static enum rc check_listed(const struct thing *now, const char *list, struct arena *a,
                            struct err *err)
{
        const struct value *manifest = thing_value(now, MANIFEST);

        for (size_t len; list && *(list += strspn(list, BLANKS)); list += len) {
                const char *item;

                len = strcspn(list, BLANKS);
                item = arena_strndup(a, list, len);
                if (strcmp(item, ALL) != 0 && !value_has(manifest, item))
                        return err_set(err, RC_INVALID, "%s is not on the manifest", item);
        }
        return RC_OK;
}

enum rc manifest_check(struct ops *ops, const struct state *st, const struct act *act,
                       struct arena *a, struct err *err)
{
        const struct thing *now = &st->folded.thing;
        enum rc rc;

        if (st->kind != &kind_deployment)
                return RC_OK;
        rc = check_listed(now, act_detail(act, "checked_in"), a, err);
        if (rc == RC_OK)
                rc = check_listed(now, act_detail(act, "missing"), a, err);
        return rc == RC_OK && act_moves(act, MANIFEST, false) ? check_taken(ops, now, act, a, err)
                                                              : rc;
}
