/*
 * Batches go round between two channels: the reading thread takes an empty one, fills and passes it
 * on; who writes gives it back when it is used up. How many are on their way is how far ahead the
 * reader may be, and bounds the memory.
 */
#include "ops/intake.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/chan.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "base/process.h"

#define BATCHES       3
#define LOOK_BYTES    4096 /* of a broken object, for its id */
#define BATCH_OBJECTS 64
#define BATCH_BYTES   (256u * 1024)

/* Beyond this (the year 4199) an act's clock would leave no room for acts after it. */
#define HLC_MAX (INT64_MAX / 2)

struct batch {
        struct arena arena;
        struct incoming *items[BATCH_OBJECTS];
        size_t count, bytes;
        bool breathes; /* who fills it rests now and then */
        enum rc rc;    /* what comes behind the items: RC_OK = the next batch */
        struct err err;
};

/* Of the reading side: where it is in the document, or in a list of what was split already. */
struct reader {
        struct jsplit_source src;
        struct jsplit_shape shape;
        struct jsplit *js;
        const struct taxii_span *spans; /* NULL: a document */
        size_t span_count;
        bool second; /* round */
        int64_t index;
        int64_t rested_ns;
};

struct intake {
        struct reader reader;
        struct batch batches[BATCHES];
        struct chan *empty, *full;
        pthread_t thread;
        bool has_thread;
        /* of the writing side */
        bool ahead;
        cpu_set_t processors; /* that it may take when it runs ahead */
        struct batch *at, *kept[BATCHES];
        size_t next, kept_count;
};

/* ---- which objects go first --------------------------------------------------------------------
 */

static const char *skip_blanks(const char *p, const char *end)
{
        while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
                p++;
        return p;
}

static bool begins_first(const char *p, const char *end)
{
        static const char *const ids[] = {"marking-definition--", "extension-definition--",
                                          "identity--"};

        for (size_t i = 0; i < ARRAY_LEN(ids); i++)
                if ((size_t)(end - p) > strlen(ids[i]) && memcmp(p, ids[i], strlen(ids[i])) == 0)
                        return true;
        return false;
}

/* By an "id" in the bytes; which round takes an object does not matter for what it becomes. */
static bool goes_first(const char *bytes, size_t len)
{
        const char *end = bytes + len, *p = bytes;

        while (p < end && (p = memmem(p, (size_t)(end - p), "\"id\"", 4))) {
                p = skip_blanks(p + 4, end);
                if (p == end || *p != ':')
                        continue;
                p = skip_blanks(p + 1, end);
                if (p < end && *p == '"' && begins_first(p + 1, end))
                        return true;
        }
        return false;
}

/* ---- the reading side --------------------------------------------------------------------------
 */

enum rc intake_decode(const char *bytes, size_t len, struct arena *a, struct incoming *ret,
                      struct err *err)
{
        struct incoming in = {.bytes = bytes, .len = len};
        enum rc rc = stix_read(bytes, len, a, &in.object, err);

        if (rc != RC_OK)
                return rc;
        if (in.object.act && in.object.act->hlc > HLC_MAX)
                return err_set(err, RC_INVALID, "%s: act.hlc is no time of this age", in.object.id);
        crypt_sha256(bytes, len, in.sha);
        *ret = in;
        return RC_OK;
}

/* The id that it seems to have, for who looks for it in the file; NULL. A name within it may be
 * taken for one, so this is for sentences only. */
static const char *id_within(const char *bytes, size_t len, struct arena *a)
{
        size_t end = len < LOOK_BYTES ? len : LOOK_BYTES;

        for (size_t at = 0; at + 4 < end; at++) {
                size_t from = at + 4, n = 0;

                if (memcmp(bytes + at, "\"id\"", 4) != 0)
                        continue;
                while (from < end && strchr(" \t\r\n:\"", bytes[from]) && bytes[from])
                        from++;
                while (from + n < end && n < STIX_ID_MAX && bytes[from + n] != '"')
                        n++;
                if (ident_is_stix(bytes + from, n))
                        return arena_strndup(a, bytes + from, n);
        }
        return NULL;
}

static const char *name_refused(const char *why, const char *bytes, size_t len, struct arena *a)
{
        const char *id = id_within(bytes, len, a);

        return id && !strstr(why, id) ? arena_printf(a, "%s: %s", id, why) : arena_strdup(a, why);
}

static enum rc add(struct batch *b, const char *bytes, size_t len, int64_t index, struct err *err)
{
        struct incoming *in = arena_alloc(&b->arena, sizeof(*in));
        struct err why = {0};
        enum rc rc;

        rc = intake_decode(bytes, len, &b->arena, in, &why);
        if (rc != RC_OK && rc != RC_INVALID)
                return err_set(err, rc, "%s", why.text);
        in->index = index;
        if (rc == RC_INVALID)
                in->refused = name_refused(why.text, bytes, len, &b->arena);
        b->items[b->count++] = in;
        b->bytes += len;
        return RC_OK;
}

/* The next of either round. */
static enum rc read_next(struct reader *r, const char **ret_bytes, size_t *ret_len, struct err *err)
{
        enum rc rc = RC_OK;

        if (r->spans) {
                if ((size_t)r->index == r->span_count)
                        return RC_NOTFOUND;
                *ret_bytes = r->spans[r->index].bytes;
                *ret_len = r->spans[r->index].len;
                return RC_OK;
        }
        if (!r->js)
                rc = jsplit_open(&r->src, &r->shape, &r->js, err);
        return rc == RC_OK ? jsplit_next(r->js, ret_bytes, ret_len, err) : rc;
}

/* The next object of this round or the other, RC_NOTFOUND behind both. */
static enum rc find_next(struct reader *r, const char **ret_bytes, size_t *ret_len, struct err *err)
{
        for (;;) {
                enum rc rc = read_next(r, ret_bytes, ret_len, err);

                if (rc == RC_OK) {
                        r->index++;
                        if (goes_first(*ret_bytes, *ret_len) != r->second)
                                return RC_OK;
                } else if (rc == RC_NOTFOUND && !r->second) {
                        jsplit_cleanup(&r->js);
                        r->second = true;
                        r->index = 0;
                } else {
                        return rc;
                }
        }
}

/* What jsplit hands out is gone at the next call, a span is not. */
static const char *bytes_that_stay(const struct reader *r, struct batch *b, const char *bytes,
                                   size_t len)
{
        return r->spans ? bytes : arena_strndup(&b->arena, bytes, len);
}

static void fill(struct reader *r, struct batch *b)
{
        const char *bytes = NULL;
        size_t len = 0;

        arena_reset(&b->arena);
        b->count = b->bytes = 0;
        b->rc = RC_OK;
        b->err = (struct err){0};
        while (b->rc == RC_OK && b->count < BATCH_OBJECTS && b->bytes < BATCH_BYTES) {
                b->rc = find_next(r, &bytes, &len, &b->err);
                if (b->rc == RC_OK)
                        b->rc = add(b, bytes_that_stay(r, b, bytes, len), len, r->index, &b->err);
                if (b->breathes)
                        process_breathe(&r->rested_ns);
        }
}

static void *read_ahead(void *ctx)
{
        struct intake *in = ctx;
        struct batch *b;

        while ((b = chan_take(in->empty))) {
                fill(&in->reader, b);
                if (!chan_put(in->full, b) || b->rc != RC_OK)
                        break;
        }
        return NULL;
}

/* Signals are for the thread that the program had before. */
static void start(struct intake *in)
{
        sigset_t all, were;

        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &were);
        in->has_thread = pthread_create(&in->thread, NULL, read_ahead, in) == 0;
        if (in->has_thread)
                pthread_setname_np(in->thread, "muster reads");
        pthread_sigmask(SIG_SETMASK, &were, NULL);
}

/* ---- the writing side --------------------------------------------------------------------------
 */

static struct intake *open_reader(const struct reader *r)
{
        struct intake *in = xcalloc(1, sizeof(*in));

        json_start();
        in->reader = *r;
        in->empty = chan_create(BATCHES);
        in->full = chan_create(BATCHES);
        in->ahead = true;
        sched_getaffinity(0, sizeof(in->processors), &in->processors);
        for (size_t i = 0; i < BATCHES; i++)
                in->kept[in->kept_count++] = &in->batches[i];
        start(in);
        return in;
}

struct intake *intake_open(const struct jsplit_source *src, const struct jsplit_shape *shape)
{
        return open_reader(&(struct reader){.src = *src, .shape = *shape});
}

struct intake *intake_open_spans(const struct taxii_span *spans, size_t count)
{
        return open_reader(&(struct reader){.spans = spans, .span_count = count});
}

/* While it must not run ahead, the reader gets a batch only where it has none. */
static void give_back(struct intake *in)
{
        size_t keep = in->ahead ? 0 : BATCHES - 1;

        if (in->at)
                in->kept[in->kept_count++] = TAKE(in->at);
        while (in->kept_count > keep) {
                struct batch *b = in->kept[--in->kept_count];

                b->breathes = !in->ahead;
                chan_put(in->empty, b);
        }
}

static struct batch *next_batch(struct intake *in)
{
        if (!in->has_thread) {
                fill(&in->reader, &in->batches[0]);
                return &in->batches[0];
        }
        give_back(in);
        return chan_take(in->full);
}

enum rc intake_next(struct intake *in, const struct incoming **ret, struct err *err)
{
        while (!in->at || in->next == in->at->count) {
                if (in->at && in->at->rc != RC_OK)
                        return err_set(err, in->at->rc, "%s", in->at->err.text);
                in->at = next_batch(in);
                in->next = 0;
        }
        *ret = in->at->items[in->next++];
        return RC_OK;
}

static void keep_to(struct intake *in, const cpu_set_t *processors)
{
        pthread_setaffinity_np(pthread_self(), sizeof(*processors), processors);
        if (in->has_thread)
                pthread_setaffinity_np(in->thread, sizeof(*processors), processors);
}

/* The two would take turns on one processor and still disturb all: they stay where they are. */
void intake_run_ahead(struct intake *in, bool yes)
{
        int at = sched_getcpu();

        if (yes == in->ahead)
                return;
        in->ahead = yes;
        if (yes) {
                keep_to(in, &in->processors);
        } else if (at >= 0) {
                cpu_set_t one;

                CPU_ZERO(&one);
                CPU_SET((size_t)at, &one);
                keep_to(in, &one);
        }
}

void intake_close(struct intake *in)
{
        if (!in)
                return;
        intake_run_ahead(in, true);
        chan_close(in->empty);
        chan_close(in->full);
        if (in->has_thread)
                pthread_join(in->thread, NULL);
        jsplit_close(in->reader.js);
        chan_destroy(in->empty);
        chan_destroy(in->full);
        for (size_t i = 0; i < BATCHES; i++)
                arena_finish(&in->batches[i].arena);
        free(in);
}

void intake_cleanup(struct intake **pin)
{
        intake_close(*pin);
        *pin = NULL;
}
