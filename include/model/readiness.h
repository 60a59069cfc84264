/*
 * Readiness: who is left in each role, language and community once some have been taken out, and
 * where in the next days there is nobody, or one person alone. Every figure comes with the names
 * behind it. Pure.
 *
 * Left is who is not taken out and is ready, on call or unverified now. Free on a day is who is not
 * taken out and whom nothing holds in all of that day (roster_busy_why); days are 24 hours from now
 * on.
 */
#ifndef MUSTER_MODEL_READINESS_H
#define MUSTER_MODEL_READINESS_H

#include "model/roster.h"

#define READINESS_DAYS 14

enum readiness_what { READINESS_ROLE, READINESS_LANGUAGE, READINESS_COMMUNITY };
const char *readiness_what_name(enum readiness_what what); /* "role" */

/* Members of a group, by index of the facts it was made of. */
struct readiness_group {
        enum readiness_what what;
        const char *key;                  /* "forensics" */
        const char **left, **busy, **out; /* references */
        size_t left_count, busy_count, out_count;
        size_t free[READINESS_DAYS];
        const char *alone[READINESS_DAYS]; /* the reference of the one who is free, else NULL */
};

/* Days in a row on which nobody of a group is free, or only one and the same. */
struct readiness_gap {
        const struct readiness_group *group;
        struct span span;
        const char *alone; /* NULL: nobody */
};

struct readiness_sum {
        int64_t now_ms;
        size_t experts, left;
        struct readiness_group *groups; /* roles, languages, communities, each by key */
        size_t group_count;
        struct readiness_gap *gaps; /* by group, then by time */
        size_t gap_count;
};

/* `out[i]`: the expert of experts[i] is taken out. In the arena, texts borrowed from the facts. */
void readiness_make(const struct roster_facts *experts, const bool *out, size_t count,
                    int64_t now_ms, struct arena *a, struct readiness_sum *ret);

#endif
