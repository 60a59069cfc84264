/*
 * Small questions to the indexes of a kind that are no filter line: what shares something with a
 * thing, and who has how much. Each reads a bounded number of the newest rows, however many there
 * are.
 */
#ifndef MUSTER_STORE_ALIKE_H
#define MUSTER_STORE_ALIKE_H

#include "store/things.h"

/* Row ids of the newest things, at most max, that have one of the words in a searched field. Words
 * are whole ones, without syntax. */
enum rc things_with_words(struct store *s, const struct kind *kind, const char *field,
                          const char *const *words, size_t word_count, size_t max, struct arena *a,
                          int64_t **ret, size_t *ret_count, struct err *err);

/* The same of those that have `item` in a set-valued field. */
enum rc things_with_item(struct store *s, const struct kind *kind, const char *field,
                         const char *item, size_t max, struct arena *a, int64_t **ret,
                         size_t *ret_count, struct err *err);

/* Who has things lately, most of them first, with how many each has that are not closed. Of the
 * `recent` newest things that somebody has; at most max. `field` has an index. */
struct person_load {
        const char *name;
        int64_t open;
};
enum rc things_people(struct store *s, const struct kind *kind, const char *field, size_t recent,
                      size_t max, struct arena *a, struct person_load **ret, size_t *ret_count,
                      struct err *err);

/* Row ids of those where a sorted field of time is not behind `now_ms`, at most `max`, the earliest
 * first. In the arena. */
enum rc things_past(struct store *s, const struct kind *kind, const char *field, int64_t now_ms,
                    size_t max, struct arena *a, int64_t **ret, size_t *ret_count, struct err *err);
/* The same where it is in (from_ms, to_ms], the latest first; *ret_all counts all of them. */
enum rc things_reached(struct store *s, const struct kind *kind, const char *field, int64_t from_ms,
                       int64_t to_ms, size_t max, struct arena *a, int64_t **ret, size_t *ret_count,
                       size_t *ret_all, struct err *err);
/* The earliest time behind `after_ms` in a sorted field of time; CLOCK_NONE: there is none. */
enum rc things_next_time(struct store *s, const struct kind *kind, const char *field,
                         int64_t after_ms, int64_t *ret_ms, struct err *err);

#endif
