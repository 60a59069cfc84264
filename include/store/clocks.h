/*
 * Rows of the kind `clock`: what follows from an incident's clocks and filings (model/clocks.h),
 * kept so that lists, the next due time and what crosses a point of time are questions to an index.
 * Nothing is written as time goes by: a row changes when its incident does.
 */
#ifndef MUSTER_STORE_CLOCKS_H
#define MUSTER_STORE_CLOCKS_H

#include "store/things.h"

/* The clocks of an incident that is in its table are these from now on. Their references are the
 * incident's. In a transaction. */
enum rc clocks_put(struct store *s, const char *incident, const struct row *rows, size_t count,
                   struct err *err);
/* Ids of the incidents that have clock rows, sorted. */
enum rc clocks_owners(struct store *s, struct arena *a, const char ***ret, size_t *ret_count,
                      struct err *err);

/* A clock that reached a point while it ran. */
enum clock_point { CLOCK_POINT_QUARTER, CLOCK_POINT_HOUR, CLOCK_POINT_DUE };
struct clock_crossing {
        enum clock_point point;
        const char *incident, *ref, *label;
        int64_t at_ms, due_ms;
};
/* Points in (from, to], newest first, at most max; *ret_all counts all of them. Three ranges of
 * indexes, whatever the number of clocks. */
enum rc clocks_crossed(struct store *s, int64_t from_ms, int64_t to_ms, size_t max, struct arena *a,
                       struct clock_crossing **ret, size_t *ret_count, int64_t *ret_all,
                       struct err *err);

/* The running clock that is due next after an instant, and how many are past due then. */
struct clock_ahead {
        const char *ref, *label; /* NULL where none runs */
        int64_t due_ms;
        int64_t overdue;
};
enum rc clocks_ahead(struct store *s, int64_t now_ms, struct arena *a, struct clock_ahead *ret,
                     struct err *err);

#endif
