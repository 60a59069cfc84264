/*
 * Rosters: how it stands with an expert, a team or a piece of equipment at a time, and until when.
 * Everything follows from the facts of the thing and from its bookings; nothing is stored. Pure.
 *
 * Of several things that are so at once the first of these counts:
 *   deployed     a hard hold of a deployment is on, and that is under way
 *   held         one is on that is confirmed only
 *   resting      it rests after a deployment
 *   maintenance  its condition is damaged or lost
 *   leave        a leave is on; or the rotation of a team has not begun
 *   held         a soft hold is on, or any hold begins within rules.ahead_hours
 *   expired      a clearance, a certificate, a licence, an inspection or a calibration has run out,
 *                or the rotation of a team is over
 *   unverified   nobody has confirmed it within rules.verify_days
 *   on-call      an on-call period is on
 *   ready        nothing of these
 * Equipment of which there are several (model/roster_count.h) is deployed, resting or held only
 * when none of it is left.
 *
 * What ends at an instant is not on at that instant. A span that ends before it begins is not on at
 * any time. Times are instants: the night in which clocks change has no say.
 */
#ifndef MUSTER_MODEL_ROSTER_H
#define MUSTER_MODEL_ROSTER_H

#include "model/booking.h"
#include "model/thing.h"

struct roster_rules {
        int verify_days; /* 0 = nothing becomes unverified by itself */
        int ahead_hours; /* so long before it begins a hold is told  */
};
/* 90 days, and the slowest readiness, 72 hours. */
extern const struct roster_rules roster_rules_default;

struct roster_expiry {
        const char *what; /* in a sentence: "its clearance", "the certificate GCIH" */
        int64_t until_ms;
        bool is_clearance;
};

struct roster_language {
        const char *code;
        int level; /* enum_cefr, -1 = not said */
};

/* What is known of one resource. Borrowed from thing and bookings, or in the arena. */
struct roster_facts {
        const struct kind *kind;
        const char *id, *ref, *name, *holder;
        uint32_t by_name;      /* of a pool: its place among all by name, from 1; 0 = not said */
        const char *community; /* of an expert  */
        const char *category;  /* of equipment  */
        const struct value *roles, *skills, *states, *communities, *papers; /* never NULL */
        const struct roster_language *languages; /* of one language the best level */
        size_t language_count;
        int clearance;              /* enum_clearance, -1 = not said   */
        int64_t clearance_until_ms; /* CLOCK_NONE = for good           */
        const struct roster_expiry *expiries;
        size_t expiry_count;
        int readiness;     /* enum_readiness, -1 = not said                           */
        int64_t notice_ms; /* from the call until it can leave: notice to move, else lead time, else
                              readiness, else that of the slowest */
        const struct span *leave, *on_call;
        size_t leave_count, on_call_count;
        struct span rotation; /* of a team; empty = none is said */
        int max_days;         /* 0 = not said */
        const char *remote;   /* remote, on-site, both; NULL = not said */
        const char *condition;
        int64_t verified_ms;         /* CLOCK_NONE = never */
        const struct value *members; /* of a team; never NULL */
        const char *kit;             /* of equipment: id of what it is a part of, or NULL */
        int quantity;                /* of equipment how many there are; 0 = not said: one */
        const struct booking *bookings;
        size_t booking_count;
};

/* Of a thing of one of the kinds expert, team, equipment. `ref`: as shown. Bookings are borrowed.
 */
void roster_facts_read(const struct thing *t, const char *ref, const struct booking *bookings,
                       size_t booking_count, struct arena *a, struct roster_facts *ret);

/* The same of many things of one kind: where it has the fields is looked up once. */
#define ROSTER_FIELDS 30
extern const char *const roster_fields[ROSTER_FIELDS]; /* names of all that are read */
struct roster_reader {
        const struct kind *kind;
        int at[ROSTER_FIELDS]; /* -1: the kind has none */
};
void roster_reader_init(struct roster_reader *r, const struct kind *kind);
void roster_facts_read_by(const struct roster_reader *r, const struct thing *t, const char *ref,
                          const struct booking *bookings, size_t booking_count, struct arena *a,
                          struct roster_facts *ret);

/* What a team can do is what its members can: adds their roles, skills and languages, of clearance
 * the lowest, of papers those that all have, and what of theirs runs out. */
void roster_facts_of_team(struct roster_facts *team, const struct roster_facts *members,
                          size_t member_count, struct arena *a);

/* As if these deployments, by id, took nothing of it: its bookings without theirs. In the arena
 * where any are of theirs. */
void roster_facts_without(struct roster_facts *f, const char *const *deployments, size_t count,
                          struct arena *a);

struct roster_state {
        enum roster_status status;
        int left;              /* how many nothing takes now */
        int64_t until_ms;      /* when it next becomes another status, or another number is left;
                                  CLOCK_NONE = not by itself */
        int64_t free_from_ms;  /* from when on it is ready, on-call or unverified; CLOCK_NONE = not
                                  by itself */
        int64_t rest_until_ms; /* the end of the last rest that is on or ahead; CLOCK_NONE */
        const char *why;       /* a sentence without full stop, in the arena */
};

enum roster_status roster_status_at(const struct roster_facts *f, const struct roster_rules *rules,
                                    int64_t at_ms);
/* Times in the sentence are shown as from at_ms. */
void roster_state_at(const struct roster_facts *f, const struct roster_rules *rules, int64_t at_ms,
                     struct arena *a, struct roster_state *ret);

/* When it can be on its way if it is called at call_ms: not before its notice, nor before it is
 * free. CLOCK_NONE = not by itself. */
int64_t roster_departure(const struct roster_facts *f, const struct roster_rules *rules,
                         int64_t call_ms);
/* When a hold, a leave, a rest or an expiry next begins behind free_from_ms. CLOCK_NONE = never, as
 * far as is known; or it is not free by itself. */
int64_t roster_busy_from(const struct roster_facts *f, int64_t free_from_ms);
/* Its condition is damaged or lost: it can't go. */
bool roster_is_damaged(const struct roster_facts *f);
/* How many of it nothing is in the way of in all of the span: no hold, leave, rest, damage or
 * expiry. 0: it is not free in it. */
int roster_free_in(const struct roster_facts *f, const struct span *span);
/* NULL where it is free in it, else a sentence in the arena. */
const char *roster_busy_why(const struct roster_facts *f, const struct span *span, int64_t now_ms,
                            struct arena *a);

/*
 * How the places of a team are filled: as many as can be at once, each member in one. `needs` are
 * members of the team's `needs`, `members` the facts of its members.
 */
struct roster_filled {
        int places, filled;
        const char *text;    /* "5 of 7"; NULL where there are no places */
        const char *missing; /* "1 forensics, 1 ciso", "" where none is; in the arena */
};
void roster_fill(const struct value *needs, const struct roster_facts *members, size_t member_count,
                 struct arena *a, struct roster_filled *ret);

#endif
