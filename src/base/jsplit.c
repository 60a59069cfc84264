#include "base/jsplit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#include "jsplit_scan.h"

#define WINDOW_BYTES (64u * 1024)

/* One pass over the source. */
struct jsplit {
        struct jsplit_source src;
        struct scan scan;
        const char *p, *end; /* what is unread of the window */
        uint64_t bytes;      /* read so far                  */
        bool over;
        size_t expected, given;
        struct str long_span; /* a span that did not end in the window that it began in */
        char window[WINDOW_BYTES];
};

/* ---- reading ------------------------------------------------------------------------------------
 */

static enum rc fill(struct jsplit *js, struct err *err)
{
        size_t have = 0;
        ptrdiff_t n = 1;
        while (have < 4 && n > 0) { /* a whole byte order mark */
                n = js->src.read(js->src.ctx, js->window + have, WINDOW_BYTES - have);
                if (n < 0)
                        return err_set(err, RC_FAIL, "the file can't be read: %s", strerror(errno));
                have += (size_t)n;
        }
        js->p = js->window;
        js->end = js->window + have;
        js->bytes += have;
        if (js->bytes > JSPLIT_FILE_MAX)
                return err_set(err, RC_INVALID, "the file is larger than 4 GiB");
        return RC_OK;
}

static bool is_utf16(const char *s, size_t len)
{
        return len >= 2 &&
               (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0 || !s[0] || !s[1]);
}

/* The first window, behind the byte order mark that some editors write. */
static enum rc begin(struct jsplit *js, struct err *err)
{
        if (!js->src.rewind(js->src.ctx))
                return err_set(err, RC_FAIL, "the file can't be read from its beginning: %s",
                               strerror(errno));
        enum rc rc = fill(js, err);
        if (rc != RC_OK)
                return rc;
        size_t len = (size_t)(js->end - js->p);
        if (is_utf16(js->p, len))
                return err_set(err, RC_INVALID, "the file is not UTF-8 but UTF-16 or UTF-32");
        if (len >= 3 && memcmp(js->p, "\xEF\xBB\xBF", 3) == 0) {
                js->p += 3;
                js->scan.offset = 3;
        }
        return RC_OK;
}

/* Reads the source again up to the place: it only costs time where a file is refused. */
static uint64_t line_of(struct jsplit *js, uint64_t place)
{
        uint64_t line = 1;
        ptrdiff_t n;
        if (!js->src.rewind(js->src.ctx))
                return 0;
        while (place && (n = js->src.read(js->src.ctx, js->window, WINDOW_BYTES)) > 0) {
                size_t len = (uint64_t)n < place ? (size_t)n : (size_t)place;
                place -= len;
                for (const char *p = js->window, *end = p + len;
                     (p = memchr(p, '\n', (size_t)(end - p))); p++)
                        line++;
        }
        return line;
}

static enum rc refused(struct jsplit *js, struct err *err)
{
        uint64_t line = line_of(js, js->scan.bad_at);
        js->over = true;
        return err_set(err, RC_INVALID, "line %" PRIu64 ", byte %" PRIu64 ": %s", line,
                       js->scan.bad_at + 1, js->scan.why);
}

/* Goes on until something happens; SCAN_MORE is the end of the document. */
static enum rc advance(struct jsplit *js, enum scan_event *ret, struct err *err)
{
        for (;;) {
                enum scan_event event = scan_run(&js->scan, &js->p, js->end);
                if (event == SCAN_BAD)
                        return refused(js, err);
                *ret = event;
                if (event != SCAN_MORE)
                        return RC_OK;
                enum rc rc = fill(js, err);
                if (rc != RC_OK)
                        return rc;
                if (js->p == js->end)
                        return scan_finish(&js->scan) ? RC_OK : refused(js, err);
        }
}

/* ---- pass 1 -------------------------------------------------------------------------------------
 */

static struct jsplit *create(const struct jsplit_source *src, bool whole)
{
        struct jsplit *js = xmalloc(sizeof(*js));
        memset(js, 0, offsetof(struct jsplit, window));
        js->src = *src;
        js->p = js->end = js->window;
        str_init(&js->long_span, JSPLIT_OBJECT_MAX);
        scan_init(&js->scan, whole);
        return js;
}

/* What the document is, once all of it was seen. */
static enum rc conclude(struct jsplit *js, struct jsplit_shape *ret, struct err *err)
{
        struct jsplit_shape *shape = &js->scan.shape;
        shape->bytes = js->bytes;
        if (js->scan.has_objects) {
                shape->form = JSPLIT_ENVELOPE;
        } else if (shape->form == JSPLIT_OBJECT) {
                if (js->bytes > JSPLIT_OBJECT_MAX)
                        return err_set(err, RC_INVALID, "the object is larger than 16 MiB");
                shape->objects = 1;
                memcpy(shape->first_type, shape->type, sizeof(shape->type));
        }
        *ret = *shape;
        return RC_OK;
}

enum rc jsplit_scan(const struct jsplit_source *src, struct jsplit_shape *ret, struct err *err)
{
        CLEANUP(jsplit_cleanup) struct jsplit *js = create(src, false);
        enum scan_event event = SCAN_BEGIN;
        enum rc rc = begin(js, err);
        while (rc == RC_OK && event != SCAN_MORE)
                rc = advance(js, &event, err);
        return rc == RC_OK ? conclude(js, ret, err) : rc;
}

/* ---- pass 2 -------------------------------------------------------------------------------------
 */

enum rc jsplit_open(const struct jsplit_source *src, const struct jsplit_shape *shape,
                    struct jsplit **ret, struct err *err)
{
        CLEANUP(jsplit_cleanup) struct jsplit *js = create(src, shape->form == JSPLIT_OBJECT);
        js->expected = shape->objects;
        enum rc rc = begin(js, err);
        if (rc == RC_OK)
                *ret = TAKE(js);
        return rc;
}

static enum rc changed(struct jsplit *js, struct err *err)
{
        js->over = true;
        return err_set(err, RC_INVALID, "the file has changed while it was read");
}

/* The end of the document, where no further span begins. */
static enum rc last(struct jsplit *js, struct err *err)
{
        if (js->given != js->expected)
                return changed(js, err);
        js->over = true;
        return RC_NOTFOUND;
}

static enum rc take_span(struct jsplit *js, const char **ret_bytes, size_t *ret_len,
                         struct err *err)
{
        const char *from = js->p;
        for (;;) {
                enum scan_event event = scan_run(&js->scan, &js->p, js->end);
                if (event == SCAN_BAD)
                        return refused(js, err);
                if (event == SCAN_END && !js->long_span.len) {
                        *ret_bytes = from;
                        *ret_len = (size_t)(js->p - from);
                        return RC_OK;
                }
                str_addn(&js->long_span, from, (size_t)(js->p - from));
                if (event == SCAN_END) {
                        *ret_bytes = str_text(&js->long_span);
                        *ret_len = js->long_span.len;
                        return RC_OK;
                }
                enum rc rc = fill(js, err);
                if (rc != RC_OK)
                        return rc;
                if (js->p == js->end)
                        return changed(js, err);
                from = js->p;
        }
}

enum rc jsplit_next(struct jsplit *js, const char **ret_bytes, size_t *ret_len, struct err *err)
{
        enum scan_event event = SCAN_MORE;
        if (js->over)
                return RC_NOTFOUND;
        str_clear(&js->long_span);
        enum rc rc = advance(js, &event, err);
        if (rc != RC_OK)
                return rc;
        if (event == SCAN_MORE)
                return last(js, err);
        if (js->given++ == js->expected)
                return changed(js, err);
        return take_span(js, ret_bytes, ret_len, err);
}

void jsplit_close(struct jsplit *js)
{
        if (!js)
                return;
        str_finish(&js->long_span);
        free(js);
}

void jsplit_cleanup(struct jsplit **pjs)
{
        jsplit_close(*pjs);
        *pjs = NULL;
}

/* ---- sources ------------------------------------------------------------------------------------
 */

static ptrdiff_t memory_read(void *ctx, char *buf, size_t size)
{
        struct jsplit_memory *m = ctx;
        size_t rest = m->len - m->at;
        if (size > rest)
                size = rest;
        if (size)
                memcpy(buf, m->bytes + m->at, size);
        m->at += size;
        return (ptrdiff_t)size;
}

static bool memory_rewind(void *ctx)
{
        struct jsplit_memory *m = ctx;
        m->at = 0;
        return true;
}

struct jsplit_source jsplit_from_memory(struct jsplit_memory *m)
{
        return (struct jsplit_source){.read = memory_read, .rewind = memory_rewind, .ctx = m};
}

static ptrdiff_t fd_read(void *ctx, char *buf, size_t size)
{
        const int *fd = ctx;
        ssize_t n;
        do {
                n = read(*fd, buf, size);
        } while (n < 0 && errno == EINTR);
        return n;
}

static bool fd_rewind(void *ctx)
{
        const int *fd = ctx;
        return lseek(*fd, 0, SEEK_SET) == 0;
}

struct jsplit_source jsplit_from_fd(int *fd)
{
        return (struct jsplit_source){.read = fd_read, .rewind = fd_rewind, .ctx = fd};
}
