#include "base/csv.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"

#define RAW_BYTES    (32u * 1024)
#define TEXT_BYTES   (DECODE_GROWTH * (RAW_BYTES + DECODE_HELD))
#define TEXT_OF(x)   #x
#define NUMBER_OF(x) TEXT_OF(x)

enum place {
        CELL_BEGIN,  /* nothing of it yet                                     */
        CELL_PLAIN,  /* inside one without quotes                             */
        CELL_QUOTED, /* inside one with quotes                                */
        CELL_QUOTE,  /* behind a quote in it: the closing one, or one of two  */
        CELL_CLOSED, /* behind the closing quote: only blanks may come        */
};

struct csv {
        struct jsplit_source src;
        struct csv_shape shape;
        struct decoder decoder;
        uint64_t bytes; /* read so far */
        bool over;      /* there is no more to read */
        bool checked;   /* what the encoding is must still be proved */
        const char *p, *end;

        enum place place;
        bool after_cr, complete;
        size_t line, quote_line; /* now; where the open quote stands */
        size_t number, row_line;
        struct str row; /* the cells, each ended by NUL */
        size_t starts[CSV_COLUMNS_MAX], count;
        const char *cells[CSV_COLUMNS_MAX];

        char raw[RAW_BYTES], text[TEXT_BYTES];
};

static enum rc refuse(const struct csv *csv, struct err *err, const char *why)
{
        return err_set(err, RC_INVALID, "line %zu, column %zu: %s", csv->line, csv->count + 1, why);
}

/* ---- bytes -----------------------------------------------------------------------------------
 */

/* The whole window, unless the source ends: so where pieces begin does not depend on it. */
static enum rc read_raw(struct csv *csv, size_t *ret, struct err *err)
{
        size_t len = 0;

        while (len < RAW_BYTES && !csv->over) {
                ptrdiff_t n = csv->src.read(csv->src.ctx, csv->raw + len, RAW_BYTES - len);

                if (n < 0)
                        return err_set(err, RC_FAIL, "reading: %s", strerror(errno));
                csv->over = n == 0;
                len += (size_t)n;
        }
        csv->bytes += len;
        if (csv->bytes > CSV_FILE_MAX)
                return err_set(err, RC_INVALID, "the file is larger than 256 MiB");
        *ret = len;
        return RC_OK;
}

static void decode(struct csv *csv, const char *bytes, size_t len)
{
        csv->p = csv->text;
        csv->end = csv->text + decoder_run(&csv->decoder, bytes, len, csv->over, csv->text);
}

static enum rc not_of_encoding(struct csv *csv, struct err *err)
{
        if (csv->shape.guessed)
                return refuse(csv, err,
                              "a byte is neither UTF-8 nor " ENCODING_GUESS
                              " text; say which, as encoding=windows-1250");
        return err_set(err, RC_INVALID, "line %zu, column %zu: what stands here is not %s",
                       csv->line, csv->count + 1, csv->shape.encoding.name);
}

/* More text; none at all: the file is over. */
static enum rc fill(struct csv *csv, struct err *err)
{
        size_t len = 0;
        enum rc rc;

        do {
                if (csv->decoder.bad)
                        return not_of_encoding(csv, err);
                rc = read_raw(csv, &len, err);
                if (rc != RC_OK)
                        return rc;
                decode(csv, csv->raw, len);
        } while (csv->p == csv->end && (csv->decoder.bad || !csv->over));
        return RC_OK;
}

/* ---- the first line --------------------------------------------------------------------------
 */

/* What is marked and taken for something else would be letters that nobody wrote. */
static enum rc check_mark(struct csv *csv, bool forced, size_t *ret_mark, size_t len,
                          struct err *err)
{
        struct encoding marked;

        encoding_of_mark(csv->raw, len, &marked, ret_mark);
        csv->checked = forced || *ret_mark;
        if (!forced)
                csv->shape.encoding = marked;
        else if (*ret_mark && marked.form != csv->shape.encoding.form)
                return err_set(err, RC_INVALID, "its byte order mark says %s, not %s", marked.name,
                               csv->shape.encoding.name);
        csv->decoder.encoding = &csv->shape.encoding;
        return RC_OK;
}

/* Reads the first window. `forced`: the encoding is known, else the mark tells it. */
static enum rc begin(struct csv *csv, bool forced, struct err *err)
{
        size_t len = 0, mark = 0, skip;
        enum rc rc;

        if (!csv->src.rewind(csv->src.ctx))
                return err_set(err, RC_FAIL, "reading: %s", strerror(errno));
        rc = read_raw(csv, &len, err);
        if (rc != RC_OK)
                return rc;
        if (csv_is_workbook(csv->raw, len))
                return err_set(err, RC_INVALID,
                               "it is a workbook (XLSX, XLS, ODS); save the sheet "
                               "as CSV");
        rc = check_mark(csv, forced, &mark, len, err);
        if (rc != RC_OK)
                return rc;
        decode(csv, csv->raw + mark, len - mark);
        csv->line = 1;
        skip = csv_separator_line(csv->p, csv->end, &csv->shape.separator);
        if (!skip && !csv->shape.separator)
                csv->shape.separator = csv_guess_separator(csv->p, csv->end);
        csv->p += skip;
        csv->line += skip > 0;
        return RC_OK;
}

/* ---- cells -----------------------------------------------------------------------------------
 */

static void begin_row(struct csv *csv)
{
        str_clear(&csv->row);
        csv->count = 0;
        csv->starts[0] = 0;
        csv->place = CELL_BEGIN;
        csv->complete = false;
        csv->row_line = csv->line;
}

static enum rc add_bytes(struct csv *csv, const char *p, size_t len, struct err *err)
{
        size_t so_far = csv->row.len - csv->starts[csv->count];

        if (len > CSV_CELL_MAX - so_far)
                return refuse(csv, err, "a cell has more than 64 KiB; is a quote missing?");
        str_addn(&csv->row, p, len);
        return csv->row.over ? refuse(csv, err, "a row has more than 1 MiB; is a quote missing?")
                             : RC_OK;
}

static enum rc end_cell(struct csv *csv, struct err *err)
{
        str_addc(&csv->row, '\0');
        if (csv->row.over)
                return refuse(csv, err, "a row has more than 1 MiB; is a quote missing?");
        csv->place = CELL_BEGIN;
        csv->count++;
        return RC_OK;
}

static enum rc next_cell(struct csv *csv, struct err *err)
{
        enum rc rc = end_cell(csv, err);

        if (rc != RC_OK)
                return rc;
        if (csv->count == CSV_COLUMNS_MAX)
                return refuse(csv, err,
                              "a row has more than " NUMBER_OF(CSV_COLUMNS_MAX) " columns");
        csv->starts[csv->count] = csv->row.len;
        return RC_OK;
}

static enum rc end_row(struct csv *csv, struct err *err)
{
        enum rc rc = end_cell(csv, err);

        csv->complete = rc == RC_OK;
        csv->number++;
        if (rc == RC_OK && csv->number > CSV_ROWS_MAX)
                return refuse(csv, err, "the file has more than 1 000 000 rows");
        return rc;
}

/* What ends a cell stands at p; a line end is taken with its second half. */
static enum rc at_end_of_cell(struct csv *csv, struct err *err)
{
        char c = *csv->p++;

        if (c == csv->shape.separator)
                return next_cell(csv, err);
        csv->after_cr = c == '\r';
        csv->line++;
        return end_row(csv, err);
}

static bool ends_cell(const struct csv *csv, char c)
{
        return c == csv->shape.separator || c == '\n' || c == '\r';
}

/* ---- the machine -----------------------------------------------------------------------------
 */

static enum rc in_plain(struct csv *csv, struct err *err)
{
        const char *from = csv->p;

        if (ends_cell(csv, *csv->p))
                return at_end_of_cell(csv, err);
        while (csv->p < csv->end && *csv->p && !ends_cell(csv, *csv->p))
                csv->p++;
        return add_bytes(csv, from, (size_t)(csv->p - from), err);
}

static enum rc in_quoted(struct csv *csv, struct err *err)
{
        const char *from = csv->p;

        while (csv->p < csv->end && *csv->p && !strchr("\"\r\n", *csv->p))
                csv->p++;
        if (csv->p > from)
                return add_bytes(csv, from, (size_t)(csv->p - from), err);
        if (*csv->p == '"') {
                csv->p++;
                csv->place = CELL_QUOTE;
                return RC_OK;
        }
        csv->line++;
        csv->after_cr = *csv->p++ == '\r';
        return csv->after_cr ? RC_OK : add_bytes(csv, "\n", 1, err);
}

/* Behind a quote: two are one, a blank may come before the separator. */
static enum rc behind_quote(struct csv *csv, struct err *err)
{
        char c = *csv->p;

        if (c == '"' && csv->place == CELL_QUOTE) {
                csv->p++;
                csv->place = CELL_QUOTED;
                return add_bytes(csv, "\"", 1, err);
        }
        csv->place = CELL_CLOSED;
        if (ends_cell(csv, c))
                return at_end_of_cell(csv, err);
        if (c != ' ' && c != '\t')
                return refuse(csv, err, "there is text behind a closing quote");
        csv->p++;
        return RC_OK;
}

static enum rc at_begin(struct csv *csv)
{
        csv->place = *csv->p == '"' ? CELL_QUOTED : CELL_PLAIN;
        if (csv->place == CELL_QUOTED) {
                csv->quote_line = csv->line;
                csv->p++;
        }
        return RC_OK;
}

/* The "\n" that may follow a "\r". In a cell any line end is "\n". */
static enum rc behind_cr(struct csv *csv, struct err *err)
{
        bool both = *csv->p == '\n';

        csv->after_cr = false;
        csv->p += both;
        if (csv->place != CELL_QUOTED)
                return RC_OK;
        return add_bytes(csv, "\n", 1, err);
}

static enum rc step(struct csv *csv, struct err *err)
{
        if (csv->after_cr)
                return behind_cr(csv, err);
        if (!*csv->p)
                return refuse(csv, err,
                              "a NUL byte; UTF-16 without its byte order mark must be said");
        switch (csv->place) {
        case CELL_BEGIN: return at_begin(csv);
        case CELL_PLAIN: return in_plain(csv, err);
        case CELL_QUOTED: return in_quoted(csv, err);
        default: return behind_quote(csv, err);
        }
}

/* The last row may have no line end. */
static enum rc at_end_of_file(struct csv *csv, struct err *err)
{
        if (csv->place == CELL_QUOTED) {
                csv->line = csv->quote_line;
                return refuse(csv, err, "a quote is not closed");
        }
        if (csv->place == CELL_BEGIN && !csv->count)
                return RC_NOTFOUND;
        return end_row(csv, err);
}

/* ---- rows ------------------------------------------------------------------------------------
 */

static bool row_is_blank(const struct csv *csv)
{
        for (size_t i = 0; i < csv->row.len; i++)
                if (csv->row.s[i] && !strchr(" \t\n", csv->row.s[i]))
                        return false;
        return true;
}

/* Without the ' that csv_add_row() puts before a formula. */
static const char *unguarded(const char *cell)
{
        const char *first = cell + strspn(cell, "'");

        return first > cell && *first && strchr(CSV_FORMULA, *first) ? cell + 1 : cell;
}

static void give(struct csv *csv, struct csv_row *ret)
{
        for (size_t i = 0; i < csv->count; i++)
                csv->cells[i] = unguarded(csv->row.s + csv->starts[i]);
        *ret = (struct csv_row){.cells = csv->cells,
                                .count = csv->count,
                                .number = csv->number,
                                .line = csv->row_line};
}

/* Up to the end of one row, or of the file. */
static enum rc read_row(struct csv *csv, struct err *err)
{
        enum rc rc = RC_OK;

        begin_row(csv);
        while (rc == RC_OK && !csv->complete) {
                if (csv->p == csv->end) {
                        rc = fill(csv, err);
                        if (rc == RC_OK && csv->p == csv->end)
                                return at_end_of_file(csv, err);
                        continue;
                }
                rc = step(csv, err);
        }
        return rc;
}

enum rc csv_next(struct csv *csv, struct csv_row *ret, struct err *err)
{
        enum rc rc;

        do {
                rc = read_row(csv, err);
        } while (rc == RC_OK && row_is_blank(csv));
        if (rc == RC_OK)
                give(csv, ret);
        return rc;
}

/* ---- opening ---------------------------------------------------------------------------------
 */

static enum rc open_as(const struct jsplit_source *src, const struct csv_shape *shape,
                       struct csv **ret, struct err *err)
{
        CLEANUP(csv_cleanup) struct csv *csv = xcalloc(1, sizeof(*csv));
        enum rc rc;

        csv->src = *src;
        if (shape)
                csv->shape = *shape;
        str_init(&csv->row, CSV_ROW_MAX);
        rc = begin(csv, shape != NULL, err);
        if (rc == RC_OK)
                *ret = TAKE(csv);
        return rc;
}

enum rc csv_open(const struct jsplit_source *src, const struct csv_shape *shape, struct csv **ret,
                 struct err *err)
{
        return open_as(src, shape, ret, err);
}

static enum rc scan_all(struct csv *csv, struct csv_shape *ret, struct err *err)
{
        struct csv_row row;
        enum rc rc;

        while ((rc = csv_next(csv, &row, err)) == RC_OK)
                if (csv->shape.rows++ == 0)
                        csv->shape.columns = row.count;
        if (rc != RC_NOTFOUND)
                return rc;
        if (!csv->shape.rows)
                return err_set(err, RC_INVALID, "the file is empty");
        *ret = csv->shape;
        return RC_OK;
}

static enum rc scan_as(const struct jsplit_source *src, const struct csv_shape *shape,
                       struct csv **ret, struct csv_shape *ret_shape, struct err *err)
{
        enum rc rc = open_as(src, shape, ret, err);

        return rc == RC_OK ? scan_all(*ret, ret_shape, err) : rc;
}

/* What has no mark and is not UTF-8 is what Windows writes, in most places. */
enum rc csv_scan(const struct jsplit_source *src, const struct encoding *said,
                 struct csv_shape *ret, struct err *err)
{
        CLEANUP(csv_cleanup) struct csv *csv = NULL, *again = NULL;
        struct csv_shape shape = {0};
        struct err why = {0};
        enum rc rc;

        if (said)
                shape.encoding = *said;
        rc = scan_as(src, said ? &shape : NULL, &csv, ret, &why);
        if (rc == RC_INVALID && csv && csv->decoder.bad && !csv->checked) {
                err_clear(&why);
                shape.guessed = true;
                rc = encoding_find(ENCODING_GUESS, &shape.encoding, &why);
                if (rc == RC_OK)
                        rc = scan_as(src, &shape, &again, ret, &why);
        }
        return rc == RC_OK ? rc : err_set(err, rc, "%s", why.text);
}

void csv_close(struct csv *csv)
{
        if (!csv)
                return;
        str_finish(&csv->row);
        free(csv);
}

void csv_cleanup(struct csv **pcsv)
{
        csv_close(*pcsv);
        *pcsv = NULL;
}
