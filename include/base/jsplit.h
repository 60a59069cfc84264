/*
 * Splits a JSON document from outside into the raw spans of its objects, without building a tree
 * and with memory that does not grow with the file (a 64 KiB window and one object).
 *
 * Pass 1 (jsplit_scan) reads all of it: UTF-8, structure, caps; the document is accepted or refused
 * as a whole. Pass 2 (jsplit_open, jsplit_next) gives the objects one by one as the exact bytes
 * written.
 */
#ifndef MUSTER_BASE_JSPLIT_H
#define MUSTER_BASE_JSPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define JSPLIT_DEPTH_MAX  256                 /* nesting of the document                 */
#define JSPLIT_OBJECT_MAX (16u * 1024 * 1024) /* bytes of one object                     */
#define JSPLIT_FILE_MAX   (4ull << 30)        /* bytes of a document                     */

/* Where the bytes come from: read like read(2); rewind before each pass. */
struct jsplit_source {
        ptrdiff_t (*read)(void *ctx, char *buf, size_t size); /* < 0: errno says why */
        bool (*rewind)(void *ctx);
        void *ctx;
};

enum jsplit_form {
        JSPLIT_LIST,     /* [ {...}, ... ]                                          */
        JSPLIT_OBJECT,   /* one object: itself the only span                        */
        JSPLIT_ENVELOPE, /* an object with an "objects" list: bundle, TAXII envelope */
};

/* What the document is, as far as pass 1 can tell. */
struct jsplit_shape {
        enum jsplit_form form;
        size_t objects;   /* spans that pass 2 will give            */
        char type[64];    /* top-level "type", "" where absent (cut) */
        char keys[8][32]; /* the first top-level keys (cut)          */
        size_t key_count;
        uint64_t bytes;
        char first_type[64]; /* "type" of the first span, "" where absent (cut) */
};

/* RC_INVALID: the sentence says what and at which line and byte offset. RC_FAIL: reading failed. */
enum rc jsplit_scan(const struct jsplit_source *src, struct jsplit_shape *ret, struct err *err);

struct jsplit;
enum rc jsplit_open(const struct jsplit_source *src, const struct jsplit_shape *shape,
                    struct jsplit **ret, struct err *err);
/* RC_NOTFOUND after the last. The span is borrowed until the next call. Members of the list that
 * are not objects come out as they are (pass 2's caller refuses them). */
enum rc jsplit_next(struct jsplit *js, const char **ret_bytes, size_t *ret_len, struct err *err);
void jsplit_close(struct jsplit *js);
void jsplit_cleanup(struct jsplit **pjs);

/* A source over memory, for tests and one object. */
struct jsplit_memory {
        const char *bytes;
        size_t len, at;
};
struct jsplit_source jsplit_from_memory(struct jsplit_memory *m);

/* A source over a file descriptor that can seek. */
struct jsplit_source jsplit_from_fd(int *fd);

#endif
