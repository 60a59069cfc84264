/*
 * The local database: one SQLite file in WAL mode. This header opens, closes and commits it; the
 * others of this folder read and write its parts. Only src/store includes sqlite3.h.
 *
 * A struct store is one connection, used by one thread. Writers: begin ... commit, BEGIN IMMEDIATE.
 * RC_BUSY: somebody else writes for longer than the time-out. RC_DENIED: read-only.
 */
#ifndef MUSTER_STORE_STORE_H
#define MUSTER_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"

struct store;
struct words;

enum store_mode {
        STORE_READ,  /* changes nothing, not even the schema                                    */
        STORE_WRITE, /* ops: synchronous=FULL, no automatic checkpoint: one fsync a commit      */
        STORE_BULK,  /* import: large cache, bulk FTS settings, checkpoints by itself           */
        STORE_CREATE = 1 << 4, /* with STORE_WRITE/BULK: make the file where there is none        */
};

/*
 * RC_NOTFOUND: no such file. RC_INVALID: not a Muster database, or written by a newer Muster: left
 * alone. Older schemas are migrated in one transaction each, after a backup to PATH.v<N>.bak. New
 * files get mode 0600.
 */
enum rc store_open(const char *path, int mode, struct store **ret, struct err *err);
/* Changes a connection that writes, outside a transaction, from STORE_WRITE to STORE_BULK and back.
 */
enum rc store_set_bulk(struct store *s, bool bulk, struct err *err);
void store_close(struct store *s); /* NULL is fine; rolls back what is open */
const char *store_path(const struct store *s);
bool store_is_readonly(const struct store *s);

enum rc store_begin(struct store *s, struct err *err);
enum rc store_commit(struct store *s, struct err *err);
void store_rollback(struct store *s);
bool store_in_transaction(const struct store *s);

/* Several reads as one: they see one state of the database, and its lock is taken once. May stand
 * inside a transaction. */
bool store_read_begin(struct store *s); /* true: end it */
void store_read_end(struct store *s);

/* Changes when another connection committed. */
int64_t store_data_version(struct store *s);

/* Moves the WAL into the file without waiting for anybody; called by importer and the idle tick.
 * No-op while it is small. */
void store_checkpoint(struct store *s);

/* A console says that it is here (an flock that ends with the process); importers pace themselves.
 */
void store_console_enter(struct store *s);
bool store_console_present(struct store *s);

/* While set, long reads are stopped with RC_BUSY as soon as fn answers true (asked about every 0.1
 * ms of work). */
void store_set_interrupt(struct store *s, bool (*fn)(void *ctx), void *ctx);
/* While set, fn is called about every 0.01 ms of a statement, a commit or a checkpoint. NULL: no
 * more. */
void store_while_working(struct store *s, void (*fn)(void *ctx), void *ctx);
bool store_is_interrupted(const struct store *s); /* asks it */

/* Asked before a file is written at a path: RC_CONFLICT where it would take the place of a
 * database, or of what one keeps beside it. */
enum rc store_spare(const char *path, struct err *err);

/* Consistent copy of the whole database. RC_CONFLICT where the file exists. */
enum rc store_backup(struct store *s, const char *to, struct err *err);

/* Small named values: unit, console id, formats. meta_get: malloc'ed, NULL where absent. */
char *meta_get(struct store *s, const char *key);
enum rc meta_set(struct store *s, const char *key, const char *value, struct err *err);

/* Counts for doctor. */
struct store_stats {
        int64_t objects, versions, acts, notes, relations, journal, outbox, drafts, things, bytes;
        int64_t remotes;
        int64_t twins; /* (id, modified) with more than one content */
        int schema;
};
enum rc store_stats(struct store *s, struct store_stats *ret, struct err *err);
/* PRAGMA integrity_check and foreign keys; one finding per call of fn. */
enum rc store_check(struct store *s, void (*fn)(void *ctx, const char *finding), void *ctx,
                    struct err *err);

#endif
