/*
 * CSV (RFC 4180) as spreadsheets write it: with , ; or tab between cells, quotes, line breaks in
 * cells, any line end, in an encoding that somebody says, else by its byte order mark UTF-8 or
 * UTF-16, else UTF-8, else by a guess Windows-1252. Memory does not grow with the file: a window
 * and one row.
 *
 * As with base/jsplit.h: pass 1 (csv_scan) reads all of it and accepts or refuses it as a whole;
 * pass 2 (csv_open, csv_next) gives row after row. Sentences name the line of the file and the
 * column by its number.
 */
#ifndef MUSTER_BASE_CSV_H
#define MUSTER_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decode.h"
#include "base/err.h"

struct jsplit_source;
struct str;

#define CSV_FILE_MAX    (256ull << 20) /* bytes               */
#define CSV_ROWS_MAX    1000000        /* with the first one  */
#define CSV_COLUMNS_MAX 256            /* of a row            */
#define CSV_ROW_MAX     (1024u * 1024) /* bytes, as UTF-8     */
#define CSV_CELL_MAX    (64u * 1024)   /* the same of a cell  */

struct csv_shape {
        struct encoding encoding;
        bool guessed; /* the encoding: nobody and nothing says it */
        char separator;
        size_t rows;    /* that hold anything, with the first one */
        size_t columns; /* of the first one                       */
};

/* `said`: the encoding, or NULL. RC_INVALID: the sentence says what and where. RC_FAIL: reading
 * failed. */
enum rc csv_scan(const struct jsplit_source *src, const struct encoding *said,
                 struct csv_shape *ret, struct err *err);

const char *csv_separator_name(char separator); /* "tab", ";", "," */
bool csv_is_named(const char *file);            /* so: its name ends with .csv */
/* Bytes of a first line that says the separator, as Excel writes it ("sep=;"); 0: there is none. */
size_t csv_separator_line(const char *p, const char *end, char *ret);
/* The sign that stands most often in the first row outside quotes. */
char csv_guess_separator(const char *p, const char *end);
bool csv_is_workbook(const char *bytes, size_t len); /* .xlsx or .xls: no text */

struct csv_row {
        const char *const *cells; /* UTF-8 without NUL; a line end in a cell is "\n" */
        size_t count;
        size_t number; /* as a spreadsheet counts: from 1, empty ones too */
        size_t line;   /* of the file, where it begins                    */
};

struct csv;
enum rc csv_open(const struct jsplit_source *src, const struct csv_shape *shape, struct csv **ret,
                 struct err *err);
/* RC_NOTFOUND after the last. Borrowed until the next call. Rows of blanks are passed over. A cell
 * that csv_add_row() would have put a ' before comes without it. */
enum rc csv_next(struct csv *csv, struct csv_row *ret, struct err *err);
void csv_close(struct csv *csv); /* NULL is fine */
void csv_cleanup(struct csv **pcsv);

/* In front of a cell they make a spreadsheet take it for a formula, or hide that one follows. */
#define CSV_FORMULA "=+-@\t\r\n"
/* Adds a row with its line end. What a spreadsheet would take for a formula gets a ' before it. */
void csv_add_row(struct str *out, const char *const *cells, size_t count, char separator);

#endif
