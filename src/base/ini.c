#include "base/ini.h"

#include <stdbool.h>
#include <string.h>

#include <ini.h>

#include "base/mem.h"
#include "base/text.h"

#define LINE_MAX_BYTES 190 /* inih cuts lines at 200, and names of sections at 50 */
#define SECTION_MAX    40

/* Gives inih one line at a time, so that every sentence knows its line. */
struct reader {
        const char *p, *end;
        int line;
        enum rc (*fn)(void *ctx, const char *section, const char *name, const char *value,
                      struct err *err);
        void *ctx;
        struct err why;
        enum rc rc;
};

static void refuse(struct reader *r, const char *why)
{
        r->rc = err_set(&r->why, RC_INVALID, "line %d: %s", r->line, why);
}

/* What inih would misread in silence. */
static const char *fault_of(const char *line, size_t len)
{
        if (len > LINE_MAX_BYTES)
                return "the line is too long";
        if (memchr(line, '\0', len) || !text_is_utf8(line, len))
                return "the line is not UTF-8 text";
        bool section = len && line[0] == '[';
        const char *close = section ? memchr(line, ']', len) : NULL;
        if (section && (!close || close - line > SECTION_MAX))
                return "a section reads [NAME]";
        return NULL;
}

/* Without the blanks before it, which would make it go on the line before. */
static char *next_line(char *out, int size, void *ctx)
{
        struct reader *r = ctx;
        if (r->rc != RC_OK || r->p >= r->end)
                return NULL;
        const char *stop = memchr(r->p, '\n', (size_t)(r->end - r->p));
        const char *from = r->p, *to = stop ? stop : r->end;
        r->p = stop ? stop + 1 : r->end;
        r->line++;
        while (from < to && (*from == ' ' || *from == '\t'))
                from++;
        size_t len = (size_t)(to - from);
        const char *fault = fault_of(from, len);
        if (fault || len >= (size_t)size) {
                refuse(r, fault ? fault : "the line is too long");
                return NULL;
        }
        memcpy(out, from, len);
        out[len] = '\0';
        return out;
}

static int take(void *user, const char *section, const char *name, const char *value)
{
        struct reader *r = user;
        struct err why = {0};
        if (!*name) {
                refuse(r, "a name is missing before \"=\"");
                return 0;
        }
        r->rc = r->fn(r->ctx, section, name, value ? value : "", &why);
        if (r->rc != RC_OK)
                err_set(&r->why, r->rc, "line %d: %s", r->line, why.text);
        return r->rc == RC_OK;
}

enum rc ini_read(const char *text, size_t len,
                 enum rc (*fn)(void *ctx, const char *section, const char *name, const char *value,
                               struct err *err),
                 void *ctx, struct err *err)
{
        if (len > INI_BYTES_MAX)
                return err_set(err, RC_INVALID, "larger than %u bytes", INI_BYTES_MAX);
        struct reader r = {.p = text, .end = text + len, .fn = fn, .ctx = ctx};
        int line = ini_parse_stream(next_line, &r, take, &r);
        if (r.rc == RC_OK && line > 0)
                return err_set(err, RC_INVALID, "line %d: not of the form NAME = VALUE", line);
        return r.rc == RC_OK ? RC_OK : err_set(err, r.rc, "%s", r.why.text);
}
