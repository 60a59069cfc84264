/*
 * Export: a plain STIX bundle. Foreign objects byte for byte as they came, own things as snapshots
 * (made and kept when their content differs from the newest snapshot held), own acts as notes.
 * Sorted, so that equal contents give equal files.
 */
#ifndef MUSTER_OPS_EXPORT_H
#define MUSTER_OPS_EXPORT_H

#include "ops/ops.h"

struct export_options {
        const struct filter
                *filter; /* things to export with what is about them; NULL = everything held */
        int ceiling;     /* enum tlp, or -1: the console's; above it is left out and counted */
};

struct export_result {
        int64_t objects, held_back;
};

/* Calls sink with pieces of the document. */
enum rc ops_export(struct ops *ops, const struct export_options *o,
                   enum rc (*sink)(void *ctx, const char *bytes, size_t len, struct err *err),
                   void *ctx, struct export_result *ret, struct err *err);

#endif
