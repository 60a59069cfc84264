/*
 * The objects of a document on their way to the door: split, hashed and decoded by a thread that
 * runs ahead, handed out one by one to who writes them. The thread touches no database, so one
 * writer per connection is all there is; where no thread can be made the caller's does the work.
 *
 * Two rounds over the document: first what others refer to (markings, extension definitions,
 * identities), then the rest, each in the order of the document. Memory: a few hundred objects, or
 * the largest one where that is more.
 */
#ifndef MUSTER_OPS_INTAKE_H
#define MUSTER_OPS_INTAKE_H

#include "base/crypt.h"
#include "wire/stix.h"
#include "wire/taxii.h"

struct jsplit_source;
struct jsplit_shape;

struct incoming {
        const char *bytes;
        size_t len;
        int64_t index; /* in the document, from 1 */
        uint8_t sha[HASH_BYTES];
        struct stix_object object;
        const char *refused; /* NULL, or why it can't be read; then there is no object */
};

struct intake;

/* The source is read by another thread until intake_close(). `shape` is what jsplit_scan() said. */
struct intake *intake_open(const struct jsplit_source *src, const struct jsplit_shape *shape);
/* The same of what is split already: borrowed until intake_close(), not NULL. */
struct intake *intake_open_spans(const struct taxii_span *spans, size_t count);
/* Valid until the next call. RC_NOTFOUND: that was all; RC_INVALID: the document is not what was
 * scanned; else it can't be read. */
enum rc intake_next(struct intake *in, const struct incoming **ret, struct err *err);
/* Whether the thread works while the caller does (as at first), or only while intake_next() waits
 * for it: then the two share one processor and leave the others alone. */
void intake_run_ahead(struct intake *in, bool yes);
void intake_close(struct intake *in);
void intake_cleanup(struct intake **pin); /* for CLEANUP */

/* Decodes one object, without a database. RC_INVALID: it is refused. */
enum rc intake_decode(const char *bytes, size_t len, struct arena *a, struct incoming *ret,
                      struct err *err);

#endif
