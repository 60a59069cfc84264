/*
 * A table of people or things comes in from CSV, one row each: new, or what differs set on what is
 * held; each row one act. Which thing a row is: by the columns id and ref, else by what people are
 * told by (model/same.h).
 *
 * The file is read through before anything is written (base/csv.h): a bad file is refused as a
 * whole, a bad row alone, named. Transactions of 5,000 rows, of <= 10 ms while a console has the
 * database open. Stopped half-way: run it again, rows that are held change nothing.
 */
#ifndef MUSTER_OPS_CSV_IMPORT_H
#define MUSTER_OPS_CSV_IMPORT_H

#include "model/csv_map.h"
#include "ops/import.h"

enum csv_outcome { CSV_ROW_NEW, CSV_ROW_CHANGED, CSV_ROW_SAME, CSV_ROW_REFUSED };
const char *csv_outcome_name(enum csv_outcome what); /* "new", "updated", "unchanged", "refused" */

/* What became of a row, or would. Borrowed during the call. */
struct csv_import_row {
        size_t number; /* as a spreadsheet counts */
        size_t line;   /* of the file             */
        enum csv_outcome what;
        const char *ref;   /* of the thing; "" where there is none yet              */
        size_t same_row;   /* number of an earlier row that is the same thing; 0 = none */
        const char *title; /* "" where the row does not say it                      */
        const char *text;  /* what changes, or why it is refused; "" where nothing  */
};

struct csv_import_options {
        const char *name; /* of the file, for sentences and the journal */
        const struct kind *kind;
        const struct encoding *encoding; /* NULL: nobody says it */
        const char *const *said;         /* columns, as csv_map_make() takes them */
        size_t said_count;
        const char *reason; /* of changes, or NULL */
        bool dry_run; /* a row is compared with what is held, and with what earlier ones make */
        void (*row)(void *ctx, const struct csv_import_row *row); /* each of them; or NULL */
        bool in_words;                                            /* says what changes, too */
        bool (*stop)(void *ctx); /* asked between commits; or NULL        */
        void *ctx;
};

struct csv_import;
/* Judges the file and its columns. RC_INVALID: the file is refused. All is borrowed until
 * csv_import_close(). */
enum rc csv_import_open(struct ops *ops, const struct jsplit_source *src,
                        const struct csv_import_options *o, struct csv_import **ret,
                        struct err *err);
const struct csv_map *csv_import_map(const struct csv_import *im);
const struct csv_shape *csv_import_shape(const struct csv_import *im);
/* Takes the rows; objects of the result are rows without the row of heads. RC_FAIL: stopped
 * half-way, what was committed stays. *ret is set in every case. */
enum rc csv_import_run(struct csv_import *im, struct import_result *ret, struct err *err);
void csv_import_close(struct csv_import *im); /* NULL is fine */
void csv_import_cleanup(struct csv_import **pim);

#endif
