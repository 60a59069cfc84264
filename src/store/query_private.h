/*
 * What the files of a query share: its state, and the steps from a filter to rows.
 *
 * Sets are filled (query_feed.c); while those of words take long the first rows are told by their
 * own text (query_peek.c); then the stretches of the sort are walked (query_order.c, query.c).
 */
#ifndef MUSTER_STORE_QUERY_PRIVATE_H
#define MUSTER_STORE_QUERY_PRIVATE_H

#include "store/query.h"
#include "store_private.h"

#define QUERY_SEGMENTS_MAX 10
/* So few candidates are sorted rather than looked for along the index, */
#define QUERY_FEW_ROWS  2000
#define QUERY_FEW_SHARE 16 /* and at most one row in so many */

struct query {
        struct store *s;
        struct table *t;
        int sort_field;
        bool sort_down;
        struct plan plan;
        size_t fed;    /* feeds that are done */
        bool is_tried; /* words were asked for as far as few rows go */
        struct walk segments[QUERY_SEGMENTS_MAX];
        size_t segment_count, at; /* the segment walked now */
        bool is_counted, is_planned, is_done;
        bool is_few; /* one segment, sorted by itself: taken whole, since it can't go on from a key
                      */
        bool is_peeked;       /* rows are not told by their text any more */
        size_t looked, found; /* rows told so, and those of them that passed */
        int64_t *keep;        /* sorted */
        size_t keep_count;
        uint32_t *rids;
        size_t count, room;
        int64_t total;   /* rows of the kind, -1 = not asked yet */
        int64_t counted; /* rows in all, by their flags; -1 = the scan tells */
        bool pages_yield;
        unsigned steps;
        int tally_shift; /* 0 = nothing is counted */
        size_t tally[QUERY_RANKS];
};

/* query.c */
bool query_must_stop(struct query *q); /* asked at every row; looks now and then */
bool query_keeps(const struct query *q, int64_t rid);
void query_push(struct query *q, int64_t rid, unsigned flags);
size_t query_few(struct query *q); /* how many rows are few */

/* query_feed.c: RC_BUSY where it was interrupted. */
enum rc query_feed_plain(struct query *q, struct err *err); /* all sets but those of words */
enum rc query_feed_try(struct query *q, struct err *err);   /* words, as far as few rows go */
enum rc query_feed_words(struct query *q, struct err *err);
bool query_is_fed(const struct query *q);

/* query_peek.c: rows in order, told by their own text, until `want` are known, or until so few of
 * them pass that the sets are sooner filled: then is_peeked. RC_BUSY: interrupted. */
bool query_may_peek(const struct query *q, size_t want);
enum rc query_peek(struct query *q, size_t want, struct err *err);

/* query_order.c: what is walked. Once the sets are filled a few candidates are sorted instead. */
void query_order_walk(struct query *q);
void query_order_few(struct query *q);

#endif
