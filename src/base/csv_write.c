#include "base/csv.h"

#include <string.h>

#include "base/str.h"

/* A spreadsheet would run it; or it looks like what we made of such a one. */
static bool is_formula(const char *text)
{
        const char *first = text + strspn(text, "'");

        return *first && strchr(CSV_FORMULA, *first);
}

static bool needs_quotes(const char *text, char separator)
{
        const char marks[] = {separator, '"', '\r', '\n', '\0'};
        size_t len = strlen(text);

        if (!len)
                return false;
        return text[0] == ' ' || text[0] == '\t' || text[len - 1] == ' ' || text[len - 1] == '\t' ||
               text[strcspn(text, marks)];
}

static void add_cell(struct str *out, const char *text, char separator)
{
        const char *guard = is_formula(text) ? "'" : "";

        if (!needs_quotes(text, separator)) {
                str_add(out, guard);
                str_add(out, text);
                return;
        }
        str_addc(out, '"');
        str_add(out, guard);
        for (const char *p = text; *p;) {
                size_t plain = strcspn(p, "\"");

                str_addn(out, p, plain);
                p += plain;
                if (*p) {
                        str_add(out, "\"\"");
                        p++;
                }
        }
        str_addc(out, '"');
}

void csv_add_row(struct str *out, const char *const *cells, size_t count, char separator)
{
        for (size_t i = 0; i < count; i++) {
                if (i)
                        str_addc(out, separator);
                add_cell(out, cells[i], separator);
        }
        str_add(out, "\r\n");
}
