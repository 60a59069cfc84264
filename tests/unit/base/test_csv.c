#include "base/csv.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"

TestSuite(csv);

/* A source that gives a few bytes at a time, and may fail. */
struct drip {
        const char *bytes;
        size_t len, at, step;
        bool fails;
};

static ptrdiff_t drip_read(void *ctx, char *buf, size_t size)
{
        struct drip *d = ctx;
        size_t n = d->len - d->at;
        if (d->fails) {
                errno = EIO;
                return -1;
        }
        n = n < d->step ? n : d->step;
        n = n < size ? n : size;
        memcpy(buf, d->bytes + d->at, n);
        d->at += n;
        return (ptrdiff_t)n;
}

static bool drip_rewind(void *ctx)
{
        ((struct drip *)ctx)->at = 0;
        return true;
}

/* Both passes: cells in brackets, a row a line. */
static enum rc read_as(struct drip *d, const struct encoding *said, struct csv_shape *shape,
                       struct str *out, struct err *err)
{
        struct jsplit_source src = {.read = drip_read, .rewind = drip_rewind, .ctx = d};
        CLEANUP(csv_cleanup) struct csv *csv = NULL;
        struct csv_row row;
        size_t rows = 0;
        enum rc rc = csv_scan(&src, said, shape, err);
        if (rc == RC_OK)
                rc = csv_open(&src, shape, &csv, err);
        while (rc == RC_OK && (rc = csv_next(csv, &row, err)) == RC_OK) {
                for (size_t i = 0; i < row.count; i++)
                        str_addf(out, "[%s]", row.cells[i]);
                str_addc(out, '\n');
                rows++;
        }
        if (rc == RC_NOTFOUND)
                cr_expect_eq(rows, shape->rows);
        return rc;
}

static enum rc read_all(struct drip *d, struct csv_shape *shape, struct str *out, struct err *err)
{
        return read_as(d, NULL, shape, out, err);
}

static void expect_bytes(const char *bytes, size_t len, const char *cells,
                         struct csv_shape *ret_shape)
{
        const size_t steps[] = {1, 3, 65536};
        for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
                CLEANUP(str_finish) struct str out = {0};
                struct drip d = {.bytes = bytes, .len = len, .step = steps[i]};
                struct err err = {0};
                str_init(&out, 4 << 20);
                cr_expect_eq(read_all(&d, ret_shape, &out, &err), RC_NOTFOUND, "%s", err.text);
                cr_expect_str_eq(str_text(&out), cells, "%s", str_text(&out));
        }
}

static void expect(const char *text, const char *cells)
{
        struct csv_shape shape;
        expect_bytes(text, strlen(text), cells, &shape);
}

static void expect_refusal(const char *bytes, size_t len, const char *why)
{
        CLEANUP(str_finish) struct str out = {0};
        struct drip d = {.bytes = bytes, .len = len, .step = 7};
        struct csv_shape shape;
        struct err err = {0};
        str_init(&out, 4 << 20);
        cr_expect_eq(read_all(&d, &shape, &out, &err), RC_INVALID, "%.100s", bytes);
        cr_expect_not_null(strstr(err.text, why), "%s", err.text);
        cr_expect_eq(out.len, 0);
}

#define BYTES(s) s, sizeof(s) - 1

Test(csv, cells_quotes_and_line_ends)
{
        expect("a,b,c\r\n1,,3\r\n", "[a][b][c]\n[1][][3]\n");
        expect("a,b\n\"x, y\",\"say \"\"go\"\"\"\n", "[a][b]\n[x, y][say \"go\"]\n");
        expect("a,b\r1,2", "[a][b]\n[1][2]\n");
        expect("a,b\n\"one\r\ntwo\",\"three\nfour\"", "[a][b]\n[one\ntwo][three\nfour]\n");
        expect("a,b\n\"\",\n1,\"2\" \n", "[a][b]\n[1][2]\n");
        expect("a\n5\" disk\n", "[a]\n[5\" disk]\n");
}

Test(csv, the_separator_is_guessed_from_the_first_row)
{
        struct csv_shape shape;
        expect_bytes(BYTES("name;phone;note\na;b;c, d\n"), "[name][phone][note]\n[a][b][c, d]\n",
                     &shape);
        cr_expect_eq(shape.separator, ';');
        cr_expect_eq(shape.columns, 3);
        expect("name\tphone\na,b\tc\n", "[name][phone]\n[a,b][c]\n");
        expect("\"a;b;c\",d\n1,2\n", "[a;b;c][d]\n[1][2]\n");
        expect("name\n1,2\n", "[name]\n[1][2]\n");
        expect("sep=;\r\na,b;c\r\n", "[a,b][c]\n");
}

Test(csv, every_encoding_comes_out_as_utf8)
{
        struct csv_shape shape;
        expect_bytes(BYTES("\xEF\xBB\xBFname,x\nJosé,1\n"), "[name][x]\n[José][1]\n", &shape);
        cr_expect_eq(shape.encoding.form, ENCODING_UTF8);
        cr_expect(!shape.guessed);
        expect_bytes(BYTES("name,x\nJos\xE9,\x80\n"), "[name][x]\n[José][€]\n", &shape);
        cr_expect_str_eq(shape.encoding.name, "Windows-1252");
        cr_expect(shape.guessed);
        expect_bytes(BYTES("\xFF\xFEn\0;\0x\0\r\0\n\0\x7C\x01;\0\"\0,\0\"\0"), "[n][x]\n[ż][,]\n",
                     &shape);
        cr_expect_eq(shape.encoding.form, ENCODING_UTF16LE);
        cr_expect(!shape.guessed);
        expect_bytes(BYTES("\xFE\xFF\0n\0,\0x\0\n\x01\x7C\0,\0\x31"), "[n][x]\n[ż][1]\n", &shape);
        cr_expect_eq(shape.encoding.form, ENCODING_UTF16BE);
        cr_expect(!shape.guessed);
}

static enum rc read_said(const char *name, const char *bytes, size_t len, struct str *out,
                         struct err *err)
{
        struct drip d = {.bytes = bytes, .len = len, .step = 3};
        struct encoding said;
        struct csv_shape shape;
        cr_assert_eq(encoding_find(name, &said, NULL), RC_OK);
        enum rc rc = read_as(&d, &said, &shape, out, err);
        cr_expect(rc != RC_NOTFOUND || (!shape.guessed && shape.encoding.form == said.form));
        return rc;
}

static void expect_said(const char *name, const char *bytes, size_t len, const char *cells)
{
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};
        str_init(&out, 1 << 20);
        cr_expect_eq(read_said(name, bytes, len, &out, &err), RC_NOTFOUND, "%s", err.text);
        cr_expect_str_eq(str_text(&out), cells, "%s", str_text(&out));
}

static void expect_not_said(const char *name, const char *bytes, size_t len, const char *why)
{
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};
        str_init(&out, 1 << 20);
        cr_expect_eq(read_said(name, bytes, len, &out, &err), RC_INVALID);
        cr_expect_str_eq(err.text, why);
}

Test(csv, an_encoding_that_is_said_is_taken_for_it)
{
        expect_said("windows-1250", BYTES("name;x\n\xA3ukasz \xAF\xF3\xB3\xE6;\x8F\n"),
                    "[name][x]\n[Łukasz Żółć][Ź]\n");
        expect_said("windows-1253", BYTES("name\n\xC1\xED\xE4\xF1\xDD\xE1\xF2\n"),
                    "[name]\n[Ανδρέας]\n");
        expect_said("windows-1250", BYTES("n\n\xC5\xBB\n"), "[n]\n[Ĺ»]\n");
        expect_said("utf-16le", BYTES("n\0\n\0\x7C\x01\n\0"), "[n]\n[ż]\n");
        expect_said("utf-16le", BYTES("\xFF\xFEn\0\n\0\x7C\x01\n\0"), "[n]\n[ż]\n");
        expect_said("IBM037", BYTES("\x95\x6B\xA7\x25\x81\x6B\xF1\x25"), "[n][x]\n[a][1]\n");
        expect_not_said("windows-1253", BYTES("a,b\n1,\xD2\n"),
                        "line 2, column 2: what stands here is not Windows-1253");
        expect_not_said("utf-8", BYTES("a,b\n1,\xE9\n"),
                        "line 2, column 2: what stands here is not UTF-8");
        expect_not_said("windows-1250",
                        BYTES("\xEF\xBB\xBF"
                              "a\n1\n"),
                        "its byte order mark says UTF-8, not Windows-1250");
}

/* The byte that tells stands far behind the first window. */
Test(csv, what_is_no_utf8_at_its_end_was_windows_from_the_beginning)
{
        CLEANUP(str_finish) struct str text = {0}, cells = {0};
        struct csv_shape shape;
        str_init(&text, 1 << 20);
        str_init(&cells, 1 << 20);
        for (int i = 0; i < 20000; i++) {
                str_addf(&text, "%d,row\n", i);
                str_addf(&cells, "[%d][row]\n", i);
        }
        str_add(&text, "end,caf\xE9\n");
        str_add(&cells, "[end][café]\n");
        expect_bytes(text.s, text.len, cells.s, &shape);
        cr_expect_str_eq(shape.encoding.name, "Windows-1252");
        cr_expect(shape.guessed);
}

Test(csv, a_row_knows_its_number_and_its_line)
{
        const char text[] = "a,b\n\n1,\"x\ny\"\n , \n2,z\n";
        struct jsplit_memory m = {.bytes = text, .len = sizeof(text) - 1};
        struct jsplit_source src = jsplit_from_memory(&m);
        CLEANUP(csv_cleanup) struct csv *csv = NULL;
        const size_t numbers[] = {1, 3, 5}, lines[] = {1, 3, 6};
        struct csv_shape shape;
        struct csv_row row;
        cr_assert_eq(csv_scan(&src, NULL, &shape, NULL), RC_OK);
        cr_expect_eq(shape.rows, 3);
        cr_assert_eq(csv_open(&src, &shape, &csv, NULL), RC_OK);
        for (size_t i = 0; i < 3; i++) {
                cr_assert_eq(csv_next(csv, &row, NULL), RC_OK);
                cr_expect_eq(row.number, numbers[i], "%zu", row.number);
                cr_expect_eq(row.line, lines[i], "%zu", row.line);
        }
        cr_expect_eq(csv_next(csv, &row, NULL), RC_NOTFOUND);
        cr_expect_eq(csv_next(csv, &row, NULL), RC_NOTFOUND);
}

Test(csv, refusals_say_where)
{
        expect_refusal(BYTES("a,b\n1,2\n\"x,3\n4,5\n"), "line 3, column 1: a quote is not closed");
        expect_refusal(BYTES("a,b\n1,\"x\"y\n"), "line 2, column 2: there is text behind");
        expect_refusal(BYTES("a,b\n1,\0\n"), "line 2, column 2: a NUL byte");
        expect_refusal(BYTES("\xEF\xBB\xBF"
                             "a,b\n1,\xE9\n"),
                       "line 2, column 2: what stands here is not UTF-8");
        expect_refusal(BYTES("a,b\n\x81,2\n"), "line 2, column 1: a byte is neither");
        expect_refusal(BYTES("\xFF\xFE"
                             "a\0,\0b\0\n\0\x00\xDE"),
                       "line 2, column 1: what stands here is not UTF-16LE");
        expect_refusal(BYTES(""), "the file is empty");
        expect_refusal(BYTES("\xEF\xBB\xBF"), "the file is empty");
        expect_refusal(BYTES(" , \n\n"), "the file is empty");
        expect_refusal(BYTES("PK\3\4\x14\0\6\0"), "it is a workbook");
}

static void expect_too_large(const char *piece, size_t times, const char *why)
{
        CLEANUP(str_finish) struct str text = {0};
        str_init(&text, 16u << 20);
        for (size_t i = 0; i < times; i++)
                str_add(&text, piece);
        expect_refusal(text.s, text.len, why);
}

Test(csv, what_is_too_large_is_refused)
{
        expect_too_large(",", CSV_COLUMNS_MAX, "line 1, column 257: a row has more than 256");
        expect_too_large("abcdefghij", CSV_CELL_MAX / 10 + 1, "a cell has more than 64 KiB");
        expect_too_large("\"abcdefg\"\"h", CSV_CELL_MAX / 9 + 1, "there is text behind");
        expect_too_large("a\n", CSV_ROWS_MAX + 1, "more than 1 000 000 rows");
        AUTO_FREE char *cell = xmalloc(CSV_CELL_MAX);
        memset(cell, 'x', CSV_CELL_MAX);
        cell[CSV_CELL_MAX - 2] = ',';
        cell[CSV_CELL_MAX - 1] = '\0';
        expect_too_large(cell, CSV_ROW_MAX / CSV_CELL_MAX + 1, "a row has more than 1 MiB");
}

Test(csv, reading_that_fails_is_no_fault_of_the_file)
{
        struct drip d = {.bytes = "a", .len = 1, .step = 1, .fails = true};
        struct jsplit_source src = {.read = drip_read, .rewind = drip_rewind, .ctx = &d};
        struct csv_shape shape;
        cr_expect_eq(csv_scan(&src, NULL, &shape, NULL), RC_FAIL);
}

static void expect_row(const char *const *cells, size_t count, char separator, const char *text)
{
        CLEANUP(str_finish) struct str out = {0};
        struct csv_shape shape = {.separator = separator};
        struct jsplit_memory m;
        struct jsplit_source src;
        CLEANUP(csv_cleanup) struct csv *csv = NULL;
        struct csv_row row;
        str_init(&out, 10000);
        csv_add_row(&out, cells, count, separator);
        cr_expect_str_eq(str_text(&out), text, "%s", str_text(&out));
        m = (struct jsplit_memory){.bytes = out.s, .len = out.len};
        src = jsplit_from_memory(&m);
        cr_assert_eq(csv_open(&src, &shape, &csv, NULL), RC_OK);
        cr_assert_eq(csv_next(csv, &row, NULL), RC_OK);
        cr_assert_eq(row.count, count);
        for (size_t i = 0; i < count; i++)
                cr_expect_str_eq(row.cells[i], cells[i]);
}

Test(csv, what_is_written_is_read_back)
{
        const char *const plain[] = {"a", "", "b c"};
        const char *const odd[] = {"x,y", "say \"go\"", "two\nlines", " blank", "blank "};
        const char *const formulas[] = {"=1+1", "+40 21", "-x", "@a", "\tb", "'=c", "''", "'d"};
        expect_row(plain, 3, ',', "a,,b c\r\n");
        expect_row(odd, 5, ',',
                   "\"x,y\",\"say \"\"go\"\"\",\"two\nlines\",\" blank\",\"blank \"\r\n");
        expect_row(odd, 1, ';', "x,y\r\n");
        expect_row(formulas, 8, ',',
                   "'=1+1,'+40 21,'-x,'@a,\"'\tb\",''=c,'',"
                   "'d\r\n");
}
