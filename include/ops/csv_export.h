/*
 * Things of a kind as a table: CSV with every field of the kind, its heads their names, so that
 * csv_import reads it back. Other things are named by their title where that is no other's and they
 * are not above the ceiling, else by their id; sets have "; " between.
 */
#ifndef MUSTER_OPS_CSV_EXPORT_H
#define MUSTER_OPS_CSV_EXPORT_H

#include "ops/ops.h"

struct csv_export_options {
        const struct filter *filter; /* of the kind; without a sort: by reference */
        int ceiling; /* enum tlp, or -1: the console's; above it is left out and counted */
};

struct csv_export_result {
        int64_t rows, held_back;
        int strictest; /* enum tlp of what was written and named; -1: no row */
};

/* Calls sink with pieces of the file. */
enum rc ops_export_csv(struct ops *ops, const struct csv_export_options *o,
                       enum rc (*sink)(void *ctx, const char *bytes, size_t len, struct err *err),
                       void *ctx, struct csv_export_result *ret, struct err *err);

#endif
