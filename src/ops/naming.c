#include "ops/naming.h"

#include "store/alike.h"

#include "ops_private.h"

enum rc ops_naming(struct ops *ops, const struct kind *kind, const char *field, const char *id,
                   struct arena *a, struct row **ret, size_t *ret_count, struct err *err)
{
        int64_t *rids = NULL;
        struct row *rows;
        size_t count = 0;
        enum rc rc =
                things_with_item(ops->store, kind, field, id, NAMING_MAX, a, &rids, &count, err);

        rows = arena_array(a, count + 1, sizeof(*rows));
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = thing_by_rid(ops->store, kind, rids[i], a, &rows[i], err);
        *ret = rows;
        *ret_count = rc == RC_OK ? count : 0;
        return rc;
}
