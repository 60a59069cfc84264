/*
 * Who or what could go: what a request or a deployment needs, of an incident what its open requests
 * do, and the people, teams or
 * equipment in the order in which they fit (model/rank.h). And the deployment that is made of those
 * who were chosen.
 */
#ifndef MUSTER_OPS_FIND_H
#define MUSTER_OPS_FIND_H

#include "model/rank.h"
#include "ops/ops.h"

struct find_options {
        const struct kind *kind; /* expert, team, equipment; NULL: what the needs are about */
        const char *filter;      /* a filter line of that kind; NULL, "": all */
        unsigned left_out;       /* RANK_BITs */
};

/* All in the arena, itself too. */
struct finding {
        struct row about; /* the incident, the request, the deployment */
        const struct kind *kind;
        struct rank_needs needs;
        struct ranking ranking;
        struct ranked *list; /* best first */
        size_t count;
        size_t all; /* of the kind, before the filter */
};

/* Who is in the deployment already is left out, and what was withdrawn. RC_INVALID: the filter, or
 * nobody can be sent to a thing of this kind. */
enum rc ops_find(struct ops *ops, const char *id, const struct find_options *o, struct arena *a,
                 const struct finding **ret, struct err *err);

/* "role, skill": RANK_BITs of criteria by name, with commas or blanks. RC_INVALID: the nearest. */
enum rc find_criteria_read(const char *typed, unsigned *ret, struct err *err);

/* What is needed in one line: "incident-responder; ro:b2; S-UE; 24 Nov 08:00Z to ..."; "" where
 * nothing is said. In the arena. */
const char *find_needs_text(const struct rank_needs *n, int64_t now_ms, struct arena *a);
/* The reasons against a candidate in one line; "" where there is none. In the arena. */
const char *find_missing_text(const struct finding *f, const struct roster_facts *facts,
                              struct arena *a);

/*
 * Alerts those resources for an incident, a request or a deployment, in one transaction: of the
 * first two a deployment is made, linked to it; a deployment takes them in addition. `from`,
 * `until`: as typed; NULL where the needs say so. Gives back the id of the deployment.
 */
struct deploy {
        const char *about; /* id */
        const char *const *resources;
        size_t count;
        const char *from, *until;
};
enum rc ops_deploy(struct ops *ops, const struct deploy *d, char ret_id[STIX_ID_MAX],
                   struct err *err);

#endif
