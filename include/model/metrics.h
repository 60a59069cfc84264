/*
 * How well a desk does: times from when a thing was made until it was acknowledged, triaged,
 * contained, closed; what is open, by severity; the oldest of that; notices filed in time. Pure:
 * things are added one by one, in any order (ops/metrics.h feeds it from the database).
 *
 * Medians and the 90th percentile are by nearest rank: of n values in order, the value at
 * ceil(p * n).
 */
#ifndef MUSTER_MODEL_METRICS_H
#define MUSTER_MODEL_METRICS_H

#include <stdbool.h>

#include "model/thing.h"

#define METRICS_OLDEST 10

enum metric_what { METRIC_ACK, METRIC_TRIAGE, METRIC_CONTAIN, METRIC_CLOSE, METRIC_COUNT };

struct metric {
        size_t count; /* things that got there */
        int64_t median_ms, p90_ms;
};

struct metrics_old {
        const char *id, *ref, *title;
        int64_t created_ms;
        int tlp; /* enum tlp; -1: none */
};

struct metrics_report {
        struct metric times[METRIC_COUNT];
        size_t open, things;
        size_t open_by_severity[SEV_CRITICAL + 1]; /* without one: as none */
        struct metrics_old oldest[METRICS_OLDEST]; /* open, the oldest first */
        size_t oldest_count;
        enum tlp marking; /* the strictest of the oldest, which are named */
        size_t filings, filings_in_time;
        size_t filings_overdue; /* owed, and not made yet: none of the two above */
};

struct metrics;
struct metrics *metrics_create(void);
void metrics_destroy(struct metrics *m);
void metrics_cleanup(struct metrics **pm);

/* `ref` as shown, or NULL. Nothing is borrowed. */
void metrics_add(struct metrics *m, const struct thing *t, const char *ref);
/* A notice that was filed: whoever knows the clocks says whether in time. */
void metrics_add_filing(struct metrics *m, bool in_time);
void metrics_add_overdue(struct metrics *m);

/* Strings live as long as m. */
void metrics_report(struct metrics *m, struct metrics_report *ret);

const char *metric_name(enum metric_what what);  /* "acknowledge": in JSON  */
const char *metric_label(enum metric_what what); /* "to acknowledge"        */

#endif
