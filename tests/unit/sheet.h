/* A sheet of rows that a desk takes in, and what is told of them. */
#ifndef MUSTER_TESTS_UNIT_SHEET_H
#define MUSTER_TESTS_UNIT_SHEET_H

#include "base/str.h"
#include "ops/csv_import.h"
#include "unit/desk.h"

struct sheet {
        struct desk d;
        struct csv_import_options o;
        struct import_result result;
        struct str told; /* a row a line */
        struct err err;
};

void sheet_open(struct sheet *t); /* of participants, at a desk of its own */
void sheet_close(struct sheet *t);
enum rc sheet_take(struct sheet *t, const char *text);
/* Takes it in: so many of each. */
void sheet_counts(struct sheet *t, const char *text, int64_t created, int64_t updated,
                  int64_t unchanged, int64_t refused);
void sheet_told(const struct sheet *t, const char *text);
const char *sheet_shows(struct sheet *t, const char *ref, const char *field, struct arena *a);

#endif
