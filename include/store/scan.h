/*
 * A scan: some fields of many rows of a kind, one after the other by row id, for work that looks at
 * each of them and needs little of it.
 */
#ifndef MUSTER_STORE_SCAN_H
#define MUSTER_STORE_SCAN_H

#include "store/things.h"

struct scan {
        const struct kind *kind;
        const char *const *fields; /* names; one that the kind does not have is passed over */
        size_t field_count;
        const char *id;     /* only this thing; NULL: all                                     */
        const char *ranked; /* a FIELD_ENUM of which only some ranks are looked for; or NULL  */
        uint64_t ranks;     /* a bit for each of them                                         */
        bool yields;        /* may be interrupted (store_set_interrupt): RC_BUSY              */
};

/* Of a row there are its id, rid, thing.revoked, ref and those fields; until `take` gives back.
 * Something else than RC_OK from it ends the scan and comes back. */
enum rc things_scan(struct store *s, const struct scan *scan,
                    enum rc (*take)(void *ctx, const struct row *row, struct err *err), void *ctx,
                    struct err *err);

#endif
