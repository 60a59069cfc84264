/*
 * Who fits a need: experts, teams and equipment in an order that can be explained. Pure.
 *
 * First come those who can go in the time: who is held, rests, is on leave, is not fit or can leave
 * only when it is over stands below all of them. Of these those of whom the least is missing come
 * first, of these those who can leave first, of these by name. There is no score. Each criterion
 * can be left out; it then counts for nothing and no reason speaks of it.
 *
 *   role       one of the roles                     skill     each of the skills
 *   language   each of the languages, at its level  clearance at least that high, valid at the
 * start community  of one of them                       state     of one of them category   of
 * equipment: one of them            papers    each of them mode       can work there or from afar
 * days      is not longer than can be at a time expiry     nothing runs out before the end rest 11
 * hours before and after other holds, notice     can leave before it begins                     and
 * no rest after one is cut short free       no other hold and no leave in it, not damaged or lost,
 * in its rotation
 *
 * Rest is that of Directive 2003/88/EC, Article 3: 11 consecutive hours in each 24.
 */
#ifndef MUSTER_MODEL_RANK_H
#define MUSTER_MODEL_RANK_H

#include "model/roster.h"

enum rank_criterion {
        RANK_ROLE,
        RANK_SKILL,
        RANK_LANGUAGE,
        RANK_CLEARANCE,
        RANK_COMMUNITY,
        RANK_STATE,
        RANK_CATEGORY,
        RANK_PAPERS,
        RANK_MODE,
        RANK_DAYS,
        RANK_EXPIRY,
        RANK_REST,
        RANK_NOTICE,
        RANK_FREE,
        RANK_CRITERIA
};
const char *rank_criterion_name(enum rank_criterion criterion); /* "role", as above */

#define RANK_BIT(criterion) (1u << (criterion))

/* What is needed; what is empty, NULL, -1 or CLOCK_NONE is not asked for. */
struct rank_needs {
        const struct value *roles, *skills, *communities, *states, *categories, *papers;
        const struct roster_language *languages; /* level -1: any */
        size_t language_count;
        int clearance;    /* enum_clearance */
        const char *mode; /* "remote", "on-site" */
        int headcount;    /* 0 = not said */
        int64_t from_ms;  /* CLOCK_NONE: now  */
        int64_t until_ms; /* CLOCK_NONE: nobody knows */
};

/* Of a request or a deployment: roles, skills, languages, clearance, category, mode, headcount,
 * from and until. Its `states` are where it is; who is asked to come from where is the caller's. */
void rank_needs_read(const struct thing *t, struct arena *a, struct rank_needs *ret);

/* Adds what is needed besides: all words of both, of a language the better level, the highest
 * clearance, both headcounts, from the first beginning until the last end; one mode where both say
 * the same, else on-site before remote. */
void rank_needs_add(struct rank_needs *needs, const struct rank_needs *more, struct arena *a);

struct ranked {
        const struct roster_facts *facts;
        unsigned missed;      /* RANK_BITs       */
        int missing;          /* needs not met: each skill and each language is one */
        bool is_away;         /* can't go in the time: below all who can */
        int64_t departure_ms; /* called now; CLOCK_NONE = not by itself */
};

/* What one question has in common. `left_out`: RANK_BITs. */
struct ranking {
        const struct rank_needs *needs;
        unsigned left_out;
        int64_t now_ms;
};

/* The time that it is about: from now on where no beginning is said or that is over; where no end
 * is said, the beginning only. */
struct span rank_span(const struct ranking *r);

/* All of them in their order. `candidates` is borrowed. */
void rank_candidates(const struct ranking *r, const struct roster_facts *candidates, size_t count,
                     struct arena *a, struct ranked **ret);

void rank_these(const struct ranking *r, const struct roster_facts *const *candidates, size_t count,
                struct arena *a, struct ranked **ret);

/* In this order: what fits, what is missing, what runs out, what breaks rest, what comes too late,
 * what it would overlap, and what one should know besides. */
enum rank_says {
        RANK_SAYS_FITS,
        RANK_SAYS_MISSING,
        RANK_SAYS_EXPIRES,
        RANK_SAYS_RESTS,
        RANK_SAYS_LATE,
        RANK_SAYS_BOOKED,
        RANK_SAYS_NOTE /* who releases it; that nobody has confirmed it */
};
struct rank_reason {
        enum rank_says says;
        const char *text; /* in the arena */
};
void rank_why(const struct ranking *r, const struct roster_facts *f, struct arena *a,
              struct rank_reason **ret, size_t *ret_count);

#endif
