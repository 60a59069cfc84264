/*
 * A table that comes in, in lines for people: what the file is, how its columns are taken, what
 * became of its rows. The command line and the console say the same. What the file says itself is
 * cleaned of what a terminal must not get.
 */
#ifndef MUSTER_OPS_CSV_TOLD_H
#define MUSTER_OPS_CSV_TOLD_H

#include "ops/csv_import.h"

struct str;

/* "120 rows of experts, 5 columns, UTF-8, separator ;" without a line end. */
void csv_told_shape(const struct csv_import *im, struct str *out);
/* Where the encoding was guessed a line that says so, and that `how` says another. */
void csv_told_guess(const struct csv_import *im, const char *how, struct str *out);
/* A line each. */
void csv_told_columns(const struct csv_import *im, struct str *out);
/* By what a row is what is held already: a sentence, without a line end. */
void csv_told_same(const struct csv_import *im, struct str *out);
/* A line. */
void csv_told_row(const struct csv_import_row *row, struct str *out);

#endif
