/*
 * A query: a filter turned into a resumable scan that gathers row ids in order.
 *
 * The scan walks the covering index of the sort (its key, newest, flags), tests packed flags there
 * and everything else by bitmaps of row ids made from other indexes (FTS words, owners, set
 * members, time ranges) beforehand. So the first page is there after a few rows, the count and any
 * scroll position follow, and a key may interrupt it.
 */
#ifndef MUSTER_STORE_QUERY_H
#define MUSTER_STORE_QUERY_H

#include "model/filter.h"
#include "store/things.h"

struct query;

/* Prepares; reads nothing long. `keep` are row ids to keep in the list though they may not match
 * (rows under the operator's hands), NULL where none. */
enum rc query_open(struct store *s, const struct filter *f, const int64_t *keep, size_t keep_count,
                   struct query **ret, struct err *err);
void query_close(struct query *q); /* NULL is fine */

/* Scans on until at least `want` rows are known or the end (want = SIZE_MAX: all). RC_BUSY:
 * interrupted, call again. */
enum rc query_run(struct query *q, size_t want, struct err *err);
size_t query_known(const struct query *q); /* rows known so far */
bool query_is_done(const struct query *q); /* then query_known is the exact count */
/* How many rows there are in all, where that is known: at the end of the scan, and from the first
 * run on where the flags alone decide. */
bool query_count(const struct query *q, size_t *ret);
/* Where there are so many rows that a scan takes longer than one looks at a number: learns once
 * what this count and those of later filters need, and counts. RC_BUSY: interrupted, call again. */
enum rc query_find_count(struct query *q, struct err *err);

/* Rows known so far by their rank of a scale (0 = not set, else rank + 1), counted on the way.
 * Asked for before the first run. */
#define QUERY_RANKS (1 << FLAGS_ENUM_BITS)
void query_tally_by(struct query *q, int field);
const size_t *query_tally(const struct query *q);

/* Row id at a position < query_known. */
int64_t query_rid(const struct query *q, size_t position);
/* Position of a row id among the known; RC_NOTFOUND. */
enum rc query_position(const struct query *q, int64_t rid, size_t *ret);

/* Full rows for positions [first, first + count), clipped to the known. In the arena. RC_NOTFOUND:
 * the tables were started over meanwhile, open it anew. */
enum rc query_page(struct query *q, size_t first, size_t count, struct arena *a, struct row **ret,
                   size_t *ret_count, struct err *err);

/* Whether reading a page may be interrupted as a scan is: RC_BUSY then. At first it may not. */
void query_let_pages_yield(struct query *q, bool yes);

/* The one row at a position < query_known. */
enum rc query_row(struct query *q, size_t position, struct arena *a, struct row *ret,
                  struct err *err);

/* Number of rows of the kind in all, and with given marks set and not closed, each from an index.
 */
enum rc query_total(struct store *s, const struct kind *kind, int64_t *ret, struct err *err);
enum rc query_count_marks(struct store *s, const struct kind *kind, unsigned marks, int64_t *ret,
                          struct err *err);
/* How many match each of several filters of the kind, where the flags alone tell it; -1: it takes a
 * scan. One look at the counts for all of them. */
enum rc query_count_flags(struct store *s, const struct kind *kind, const struct filter *filters,
                          size_t count, int64_t *ret, struct err *err);
/* What `is:unacked status:open` finds: of the unacknowledged those that are not parked now. */
enum rc query_count_unacked(struct store *s, const struct kind *kind, int64_t now_ms, int64_t *ret,
                            struct err *err);

#endif
