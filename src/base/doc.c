/*
 * Text for man(7): groff_char(7), man-pages "Generating optimal glyphs".
 */
#include "base/doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

/* ---- pieces of a page --------------------------------------------------------------------------
 */

/* Signs that roff reads or replaces, and what prints them as they are. */
static const struct sign {
        char c;
        const char *roff;
} signs[] = {
        {'\\', "\\e"},  {'-', "\\-"},    {'^', "\\(ha"}, {'~', "\\(ti"},
        {'`', "\\(ga"}, {'\'', "\\(aq"}, {'"', "\\(dq"}, {'\n', " "},
};

static const char *sign_of(char c)
{
        for (size_t i = 0; i < ARRAY_LEN(signs); i++)
                if (signs[i].c == c)
                        return signs[i].roff;
        return NULL;
}

void roff_add(struct str *out, const char *text)
{
        size_t len = strlen(text), bytes;
        uint32_t cp;

        if (text[0] == '.' && out->len && out->s[out->len - 1] == '\n')
                str_add(out, "\\&");
        for (size_t at = 0; at < len; at += bytes) {
                const char *sign = sign_of(text[at]);

                bytes = text_decode(text + at, len - at, &cp);
                if (sign)
                        str_add(out, sign);
                else if (bytes == 1)
                        str_addc(out, text[at]);
                else if (bytes)
                        str_addf(out, "\\[u%04X]", (unsigned)cp);
                bytes = bytes ? bytes : 1;
        }
}

void roff_add_bold(struct str *out, const char *text)
{
        str_add(out, "\\fB");
        roff_add(out, text);
        str_add(out, "\\fR");
}

void roff_add_item(struct str *out, const char *name, const char *rest, const char *text)
{
        str_add(out, ".TP\n");
        roff_add_bold(out, name);
        if (rest && *rest) {
                str_addc(out, ' ');
                roff_add(out, rest);
        }
        str_addc(out, '\n');
        roff_add(out, text);
        str_addc(out, '\n');
}

/* ---- what every program has --------------------------------------------------------------------
 */

static void print_version(struct str *out)
{
        roff_add(out, MUSTER_VERSION);
}

static void print_datadir(struct str *out)
{
        roff_add(out, MUSTER_DATADIR);
}

/* https://reproducible-builds.org/specs/source-date-epoch/ */
static void print_date(struct str *out)
{
        const char *said = getenv("SOURCE_DATE_EPOCH");
        struct stamp_parts day;
        char *end = NULL;
        long long at = said ? strtoll(said, &end, 10) : 0;
        bool is_said = said && *said && !*end && at >= 0 && at < 253402300800;

        stamp_split(is_said ? at * 1000 : clock_now_ms(), &day);
        str_addf(out, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static const struct common {
        const char *name;
        void (*print)(struct str *out);
} commons[] = {
        {"version", print_version},
        {"datadir", print_datadir},
        {"date", print_date},
};

static bool print_common(const char *name, size_t len, struct str *out)
{
        for (size_t i = 0; i < ARRAY_LEN(commons); i++) {
                if (strlen(commons[i].name) != len || strncmp(commons[i].name, name, len) != 0)
                        continue;
                commons[i].print(out);
                return true;
        }
        return false;
}

/* ---- a document --------------------------------------------------------------------------------
 */

/* The name between two @ at text, or 0: it may be any other use of that sign. */
static size_t table_name(const char *text)
{
        size_t len = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz-");

        return len && text[1 + len] == '@' ? len : 0;
}

enum rc doc_fill(const char *text,
                 bool (*print)(void *ctx, const char *name, size_t len, struct str *out), void *ctx,
                 struct str *out, struct err *err)
{
        while (*text) {
                size_t plain = strcspn(text, "@"), len;

                str_addn(out, text, plain);
                text += plain;
                if (!*text)
                        break;
                len = table_name(text);
                if (!len) {
                        str_addc(out, *text++);
                        continue;
                }
                if (!print_common(text + 1, len, out) && !print(ctx, text + 1, len, out))
                        return err_set(err, RC_INVALID, "no table @%.*s@", (int)len, text + 1);
                text += len + 2;
        }
        return out->over ? err_set(err, RC_INVALID, "larger than %u bytes", DOC_BYTES_MAX) : RC_OK;
}
