/* CSV: read, or refused with a sentence; what was read is read again from what is written of it. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "fuzz.h"

static void write_row(const struct csv_row *row, struct str *out)
{
        for (size_t i = 0; i < row->count; i++)
                if (!text_is_utf8(row->cells[i], strlen(row->cells[i])))
                        abort();
        csv_add_row(out, row->cells, row->count, ',');
}

/* All rows of the document, as they are written; false: refused. */
static bool rewrite(const char *bytes, size_t len, const struct csv_shape *known, struct str *out)
{
        struct jsplit_memory m = {.bytes = bytes, .len = len};
        struct jsplit_source src = jsplit_from_memory(&m);
        CLEANUP(csv_cleanup) struct csv *csv = NULL;
        struct csv_shape shape = {0};
        struct err err = {0};
        struct csv_row row;
        size_t rows = 0;
        enum rc rc = known ? RC_OK : csv_scan(&src, NULL, &shape, &err);

        if (rc != RC_OK) {
                if (!err.text[0])
                        abort();
                return false;
        }
        if (known)
                shape = *known;
        rc = csv_open(&src, &shape, &csv, &err);
        while (rc == RC_OK && (rc = csv_next(csv, &row, &err)) == RC_OK) {
                write_row(&row, out);
                rows++;
        }
        if (rc != RC_NOTFOUND || (!known && rows != shape.rows))
                abort();
        return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        const struct csv_shape ours = {.separator = ','};
        const char *const first[] = {"a row that is no mark and no sep="};
        CLEANUP(str_finish) struct str once = {0}, twice = {0};

        str_init(&once, 64u << 20);
        str_init(&twice, 64u << 20);
        csv_add_row(&once, first, 1, ',');
        if (!rewrite((const char *)data, size, NULL, &once))
                return 0;
        rewrite(str_text(&once), once.len, &ours, &twice);
        if (once.len != twice.len || strcmp(str_text(&once), str_text(&twice)) != 0)
                abort();
        return 0;
}
