/*
 * Projections: what a thing adds up to, one typed table per kind made from its kind table, with the
 * indexes and the FTS5 index that boards need. A projection can always be made again from versions,
 * so it has no migrations: when its format changes it is rebuilt (ops/rebuild.h).
 */
#ifndef MUSTER_STORE_THINGS_H
#define MUSTER_STORE_THINGS_H

#include "model/thing.h"
#include "store/store.h"

/* One row of a kind's table. */
struct row {
        int64_t rid;        /* row id in its kind's table; never reused for another thing */
        struct thing thing; /* every field of the kind                                    */
        unsigned flags;     /* enum thing_mark; read: also the ranks (not set reads as 0) */
        const char *ref;    /* as shown: "INC-0231", "INC-0232b", "FR INC-0107", "X-0001" */
        uint64_t ours;      /* bit per field index: the word comes from an act           */
        bool unresolved;    /* names a marking that nobody defined                        */
        bool tlp_given;     /* false: the default marking is shown, as (AMBER)            */
        bool matches;       /* query pages: still matches the filter                      */
        bool is_first;      /* thing_put: the caller knows that it has no row yet         */
        bool is_fresh;      /* and that nothing names it: its id was made just now        */
};

/*
 * Writes what a thing adds up to. rid 0 = new or by id. The reference shown is decided here: a
 * given one, with the unit's short name where the thing is foreign, a letter where two things were
 * given the same; X-NNNN where none was given. FTS is touched only where a searched field changed.
 * In a transaction. *ret_rid may be NULL.
 */
enum rc thing_put(struct store *s, const struct row *row, int64_t *ret_rid, struct err *err);

/* Takes the row of a derived kind out again; one that is not there is fine. In a transaction. */
enum rc thing_drop(struct store *s, const struct kind *kind, const char *id, struct err *err);

/* Next free number of a prefix among the own unit's references. */
enum rc ref_next(struct store *s, const char *prefix, int64_t *ret_number, struct err *err);

enum rc thing_by_id(struct store *s, const char *id, struct arena *a, struct row *ret,
                    struct err *err); /* any kind; RC_NOTFOUND */
enum rc thing_by_rid(struct store *s, const struct kind *kind, int64_t rid, struct arena *a,
                     struct row *ret, struct err *err);

/* Things whose shown reference equals or begins with text (case-insensitive), exact first; at most
 * max. */
enum rc thing_by_ref(struct store *s, const char *text, size_t max, struct arena *a,
                     struct row **ret, size_t *ret_count, struct err *err);

/* Ids of things beginning with a prefix, sorted, at most max: also of those of which no version is
 * held. */
enum rc thing_ids(struct store *s, const char *prefix, size_t max, struct arena *a,
                  const char ***ret, size_t *ret_count, struct err *err);

/* Log entries about a thing, newest first, at most max, older than the cursor (rid 0 = from the
 * newest). */
enum rc thing_log(struct store *s, const char *about, int64_t before_rid, size_t max,
                  struct arena *a, struct row **ret, size_t *ret_count, struct err *err);
enum rc thing_log_count(struct store *s, const char *about, int64_t *ret, struct err *err);

/* Ids of all acts' versions on a thing, for the fold: newest bytes of each act, in the arena. */
struct version;
enum rc thing_acts(struct store *s, const char *target, struct arena *a, struct version **ret,
                   size_t *ret_count, struct err *err);
enum rc act_index_put(struct store *s, const char *act_id, const char *target, int64_t hlc,
                      const char *console, struct err *err);
/* The thing on which an act is; RC_NOTFOUND: it is none. In the arena. */
enum rc act_target(struct store *s, const char *act_id, struct arena *a, const char **ret,
                   struct err *err);
int64_t act_greatest_hlc(struct store *s);
/* The newest act of a console (for undo), at most max back from `before_hlc` (0 = newest), ids
 * newest first. */
enum rc act_recent(struct store *s, const char *console, size_t max, struct arena *a,
                   const char ***ret, size_t *ret_count, struct err *err);

/* Format of the tables in the file differs from this program's: rebuild. */
bool things_are_stale(struct store *s);
/*
 * A rebuild: between begin and end this connection reads and writes a fresh set of empty tables
 * that nobody else sees; _show puts it in the place of the old one, in the caller's transaction, in
 * which no thing was written. What others wrote meanwhile went to the old set: it is in the
 * versions behind *ret_vid. Things keep their row ids. _end follows in every case; without _show
 * nothing has changed. RC_BUSY: another process rebuilds.
 */
enum rc things_fresh_begin(struct store *s, int64_t *ret_vid, struct err *err);
enum rc things_fresh_show(struct store *s, struct err *err);
void things_fresh_end(struct store *s);
/* Drops what a rebuild left, its old set or one that was not finished; outside a transaction. */
enum rc things_drop_unused(struct store *s, struct err *err);
/* Ids of things (of kinds with a table) whose marking is unresolved. */
enum rc things_unresolved(struct store *s, struct arena *a, const char ***ret, size_t *ret_count,
                          struct err *err);
/* Ends a bulk load, outside a transaction: sets the index of words back to usual. What was left
 * unmerged is merged bit by bit by those who write later. */
enum rc things_bulk_end(struct store *s, struct err *err);

#endif
