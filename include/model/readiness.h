/*
 * Readiness: what a pool of experts, teams and equipment can still do. Pure.
 *
 * Who is free in a span has nothing in the way in all of it (roster_is_free_in); of a day: in all
 * of the local day, of today in what is left of it. Equipment counts by the piece. What is counted
 * are the words that anybody of the pool has: roles, languages (whatever the level), communities,
 * categories of equipment.
 */
#ifndef MUSTER_MODEL_READINESS_H
#define MUSTER_MODEL_READINESS_H

#include "model/calendar.h"
#include "model/rank.h"

#define READINESS_DAYS  14
#define READINESS_NAMES 5 /* so many a line names; of the others it says how many */

enum readiness_what {
        READINESS_ROLE,
        READINESS_SKILL, /* only where it is asked for */
        READINESS_LANGUAGE,
        READINESS_COMMUNITY,
        READINESS_CATEGORY
};
const char *readiness_what_name(enum readiness_what what); /* "role" */

/* What is thought away: of equipment of which there are several so many, 0 = all. */
struct readiness_taken {
        const char *id;
        int takes;
};

/* The facts are borrowed. */
struct readiness_pool {
        const struct roster_facts *facts;
        size_t count;
        const struct readiness_taken *taken;
        size_t taken_count;
};

struct readiness_line {
        enum readiness_what what;
        const char *word;
        int before, left; /* free in the span, with those taken and without */
        const char *text; /* "role forensics: 2 of 3 left: Ana, Bodo" */
};

/* Days in a row on which nobody has a word, or one person only, the same one. */
struct readiness_gap {
        enum readiness_what what;
        const char *word;
        int64_t first_day, last_day; /* as model/calendar.h counts them */
        int left;                    /* 0 or 1 */
        const char *text; /* "role forensics: nobody on 2026-11-25 (Ana: on leave until ...)" */
};

struct readiness_answer {
        struct readiness_line *lines; /* of each word what is left when those taken are away: first
                                         what changes by it, of that what has the fewest left */
        size_t line_count;
        struct readiness_gap *gaps; /* by day, nobody before one; those taken are away on all */
        size_t gap_count;
};
struct readiness_when {
        struct span span; /* of the lines */
        const struct calendar *zone;
        int64_t now_ms;
        int days; /* of the gaps, from today on */
};
void readiness_read(const struct readiness_pool *pool, const struct readiness_when *when,
                    struct arena *a, struct readiness_answer *ret);

/* Whether the pool without those taken, and without those whom the first one still needs, could
 * meet the same needs once more. */
struct readiness_second {
        int needed;  /* the headcount; where none is said, as many as go to the first, at least one
                      */
        int first;   /* so many fitting ones the first one still takes: the first of the ranking */
        int lacks;   /* and so many it does not find */
        int fitting; /* of the rest those of whom nothing is missing */
        struct readiness_line *lines; /* of each word that is asked for */
        size_t line_count;
        const char *text; /* "2 fit, 3 are needed: Ana, Bodo" */
};
/* The first `going` of those taken go to the first one; the others are away for other reasons.
 * Those of the kind `whom` are counted; the words are of all of the pool. */
void readiness_second(const struct readiness_pool *pool, const struct kind *whom, size_t going,
                      const struct rank_needs *needs, int64_t now_ms, struct arena *a,
                      struct readiness_second *ret);

#endif
