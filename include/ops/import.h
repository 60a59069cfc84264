/*
 * The one door for what comes from outside: file now; sync and courier later. Idempotent.
 *
 * Pass 1 reads the whole document (base/jsplit.h); failing that, the file is refused and nothing
 * changed. Pass 2 admits object by object; a bad object is refused alone, named. Commits of <= 10
 * ms while a console has the database open, else of 10,000 objects. Stopped half-way: run it again.
 */
#ifndef MUSTER_OPS_IMPORT_H
#define MUSTER_OPS_IMPORT_H

#include "ops/ops.h"

struct jsplit_source;

struct import_result {
        const char *state; /* "imported", "partial", "refused", "checked" (dry run)  */
        int64_t objects, created, updated, unchanged, refused; /* the four add up to objects */
        char why[1024]; /* first refusal in words, "" when none                    */
};

struct import_options {
        const char *name; /* file name, for sentences and the journal */
        bool dry_run;
        void (*progress)(void *ctx, int64_t done, int64_t all); /* or NULL */
        void (*finding)(void *ctx, const char *sentence);       /* warnings and refusals; or NULL */
        bool (*stop)(void *ctx);                                /* asked between commits; or NULL */
        void *ctx;
};

/* RC_INVALID: the file is refused, nothing changed. RC_FAIL: stopped half-way, what was committed
 * stays. *ret is set in every case; then with what was committed. A dry run compares each object
 * with what is held, not with others of the file. */
enum rc ops_import(struct ops *ops, const struct jsplit_source *src, const struct import_options *o,
                   struct import_result *ret, struct err *err);

/* Rebuilds projections from versions and acts, in short transactions: who reads meanwhile has the
 * old rows, others may write. RC_BUSY: another process is at it; RC_FAIL: stopped, nothing changed.
 */
struct rebuild_options {
        void (*progress)(void *ctx, int64_t done, int64_t all); /* or NULL */
        bool (*stop)(void *ctx);                                /* asked between commits; or NULL */
        void *ctx;
};
enum rc ops_rebuild(struct ops *ops, const struct rebuild_options *o, struct err *err);

#endif
