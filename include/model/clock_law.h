/*
 * What the law says about clocks: regimes and their rules from data/clocks/NAME.json, calendars
 * from data/holidays/NAME.json. Replaced without a rebuild: a changed file changes the due times.
 *
 * {"name","title","version","source","rules":[{"id","label","what","authority","text","anchor",
 *   "hours"|"days"|"months"?,"moves"?,"report"?,"of"?,"variant"?,"starts"?,"calendar"?,"applies_from"?,
 *   "note"?,"content":[{"id","label","needed"?}]}]}
 * {"name","title","version","source","calendars":[{"state","zone","offset","summer_time","years"?,
 *   "eastern"?,"fixed"?,"easter"?,"dates"?,"note"?}]}
 *
 * A rule without hours, days or months has no fixed time ("without undue delay").
 */
#ifndef MUSTER_MODEL_CLOCK_LAW_H
#define MUSTER_MODEL_CLOCK_LAW_H

#include "base/err.h"
#include "model/period.h"

#define CLOCK_LAW_BYTES_MAX (1024 * 1024)
#define CLOCK_RULE_ID_MAX   40 /* bytes */
#define CLOCK_REGIMES_MAX   64
#define CLOCK_RULES_MAX     64 /* of a regime */
#define CLOCK_CONTENT_MAX   32 /* of a rule */
#define CALENDARS_MAX       128
#define CLOCK_DEFAULT_STATE "BE" /* Europe/Brussels, where nothing says whose authority it is */

/* What a period runs from. */
enum clock_anchor {
        ANCHOR_AWARE,      /* becoming aware                          */
        ANCHOR_CLASSIFIED, /* classifying it                          */
        ANCHOR_REQUEST,    /* a request being made                    */
        ANCHOR_RECEIPT,    /* a report coming in                      */
        ANCHOR_MEASURE,    /* a corrective measure being available    */
        ANCHOR_HANDLED,    /* the incident having been handled        */
        ANCHOR_FILING,     /* the filing of .after; starts by itself  */
};

struct clock_item {
        const char *id, *label;
        bool needed; /* a filing without it is refused */
};

struct clock_regime;
struct clock_rule {
        const char *id, *label;   /* "nis2-ew", "NIS2 24h"                                   */
        const char *what;         /* "early warning"                                         */
        const char *authority;    /* who gets it, in words                                   */
        const char *text;         /* of the rule, in our words                               */
        const char *note;         /* what is doubtful, or NULL                               */
        const char *report;       /* rules of one report are all met by one filing; else .id */
        const char *of, *variant; /* stands for rule .of where .variant is asked for; or NULL */
        const char *after;        /* ANCHOR_FILING: the report (or rule) whose filing starts it */
        const char *calendar;     /* State whose days count, "EU"; NULL = the authority's    */
        const char *applies_from; /* a date, or NULL */
        enum clock_anchor anchor;
        bool starts; /* one of those that `start REGIME` starts */
        bool dated;  /* has a period */
        struct period period;
        const struct clock_item *content;
        size_t content_count;
        const struct clock_regime *regime;
};

struct clock_regime {
        const char *name, *title, *version, *source;
        const struct clock_rule *rules;
        size_t rule_count;
};

struct clock_law;
struct clock_law *clock_law_create(void);
void clock_law_destroy(struct clock_law *law);
void clock_law_cleanup(struct clock_law **plaw);

/* Adds one document of either kind; a regime of the same name, a calendar of the same State is
 * replaced. RC_INVALID names the path; nothing changes then. */
enum rc clock_law_add(struct clock_law *law, const char *bytes, size_t len, struct err *err);

/* The law may be NULL: it has nothing then. */
size_t clock_regime_count(const struct clock_law *law);
const struct clock_regime *clock_regime_at(const struct clock_law *law, size_t i);
const struct clock_regime *clock_regime_find(const struct clock_law *law, const char *name);
const struct clock_rule *clock_rule_find(const struct clock_law *law, const char *id);
const char *clock_rule_nearest(const struct clock_law *law, const char *id); /* or regime; NULL */
/* The State's, else that of CLOCK_DEFAULT_STATE, else calendar_utc: never NULL. */
const struct calendar *clock_calendar(const struct clock_law *law, const char *state);
/* By what people call a zone: a State, "CET", "UTC"; nothing is UTC. NULL where it is not known. */
const struct calendar *clock_zone(const struct clock_law *law, const char *zone);
/* The name of a zone, or of a State, that is nearest to it. */
const char *clock_zone_nearest(const struct clock_law *law, const char *zone);
const char *clock_anchor_label(enum clock_anchor anchor); /* "becoming aware" */

/* Changes whenever what is loaded does: BLAKE2b in hex, or "" without a law. */
const char *clock_law_hash(const struct clock_law *law);

#endif
