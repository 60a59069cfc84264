/*
 * What surrounds a bulk load.
 */
#include "store_private.h"

/* What the load left unmerged is merged bit by bit by those who write later. */
enum rc things_bulk_end(struct store *s, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++) {
                struct table *t = &s->tables[i];

                if (!t->merge_set || !s->bulk)
                        continue;
                rc = fts_set_bulk(s, t, false, err);
                t->merge_set = false;
        }
        return rc;
}
