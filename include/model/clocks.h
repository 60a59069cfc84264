/*
 * The clocks of an incident: what was started and filed, as elements of its sets `clocks` and
 * `filings`, and what follows from them by the law (model/clock_law.h). Pure.
 *
 *   clocks   RULE@ANCHOR        nis2-ew@2026-11-24T01:04:00.000Z
 *   filings  RULE@ANCHOR=FILED  FILED not before ANCHOR
 *
 * A clock is met by the filing of its rule and anchor, or by one of another rule of the same report
 * made while it ran. Of several filings the earliest counts: the duty was met then. A rule that is
 * anchored on a filing starts by itself when that is there, from its time; where that time was
 * corrected later, a filing of the follower still counts for it. What is stopped stays listed. A
 * rule that is not known here is shown by its id, without a due time: it is the word of somebody
 * who has another law file.
 */
#ifndef MUSTER_MODEL_CLOCKS_H
#define MUSTER_MODEL_CLOCKS_H

#include "model/clock_law.h"
#include "model/fold.h"

#define CLOCK_FIELD_STARTED "clocks"
#define CLOCK_FIELD_FILED   "filings"
#define CLOCK_ELEMENT_BYTES (CLOCK_RULE_ID_MAX + 64)

struct clock_element {
        char rule[CLOCK_RULE_ID_MAX + 1];
        int64_t anchor_ms;
        int64_t filed_ms; /* CLOCK_NONE in `clocks` */
};

/* Exactly as clock_element_write makes it; anything else is false. */
bool clock_element_read(const char *item, struct clock_element *ret);
void clock_element_write(const char *rule, int64_t anchor_ms, int64_t filed_ms,
                         char out[CLOCK_ELEMENT_BYTES]);
/* For the kind table. */
bool clock_is_started(const char *item);
bool clock_is_filing(const char *item);

/* Times are CLOCK_NONE where there is none. */
struct clock {
        const struct clock_rule *rule; /* NULL = not known here */
        const char *rule_id, *label;   /* label: the rule's, else its id */
        enum clock_state state;
        const struct calendar *calendar;
        int64_t anchor_ms;  /* CLOCK_WAITS: none */
        int64_t due_ms;     /* a filing until then is in time                    */
        int64_t quarter_ms; /* a quarter of the time from anchor to due is left  */
        int64_t hour_ms;    /* an hour is left; none where there never was more  */
        int64_t filed_ms;
        bool in_time;                                 /* filed, and not after due */
        struct period_end end;                        /* how the due time came about */
        const struct act *started, *filing, *stopped; /* the acts that did; NULL where not known */
        const char *filing_item;                      /* the element of the filing that counts */
};

struct clock_list {
        struct clock *clocks; /* filed by time, running by due, waiting, stopped */
        size_t count;
};

/* Of a folded incident. Everything is in the arena, or borrowed from law and fold. */
void clocks_derive(const struct clock_law *law, const struct folded *f, struct arena *a,
                   struct clock_list *ret);

/* The running clock that is due next, overdue ones first; NULL. */
const struct clock *clocks_next(const struct clock_list *list);
/* Running or filed, by rule id or by its report; running and due first, else the one filed last;
 * NULL. */
const struct clock *clocks_of_rule(const struct clock_list *list, const char *rule);
bool clock_is_late(const struct clock *c, int64_t now_ms); /* runs past due, or was filed so */

/* What was filed, in the arena; NULL where nothing was, or it does not say so: "with CERT-FR by
 * portal, reference CFR-2291, sent by duarte", and "content: impact, cause; without ioc". */
const char *clock_filing_told(const struct clock *c, struct arena *a);
const char *clock_content_told(const struct clock *c, struct arena *a);
#define CLOCK_BETWEEN " ,\t" /* the names of what a filing has */

/* How the due time follows, in sentences for a person, in the arena: "24 hours from becoming aware
 * at 2026-11-24 01:04Z: the hour of the event is not counted, so ...". */
const char *clock_why(const struct clock *c, struct arena *a);

#endif
