/*
 * The filter line: `word "exact phrase" field:value field:a,b -field:value field>value is:unacked
 * sort:-updated`. The same line in every view, in saved filters, and in `muster list KIND
 * --filter`. Pure: parsing checks names and values against kind table and word lists; the store
 * turns terms into a scan.
 */
#ifndef MUSTER_MODEL_FILTER_H
#define MUSTER_MODEL_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/kind.h"
#include "model/thing.h"

#define FILTER_BYTES_MAX 1000
#define FILTER_TERMS_MAX 32

enum filter_op { FILTER_EQ, FILTER_LT, FILTER_LE, FILTER_GT, FILTER_GE };
bool filter_holds(enum filter_op op, int have, int want);

enum filter_what {
        FILTER_WORD,  /* a word or phrase in the fields with FIELD_SEARCH  */
        FILTER_FIELD, /* field op values                                   */
        FILTER_MARK,  /* is:unacked and the like                           */
};

/* A thing is in the list if it meets every term; a negated one is met where it would not be. */
struct filter_term {
        enum filter_what what;
        bool negated;
        enum filter_op op; /* other than FILTER_EQ: one value, of a scale, time or count */
        int field;         /* FILTER_FIELD: index in the kind                            */
        /* FILTER_FIELD: any of these. Canonical text: FIELD_ENUM ids; FIELD_TIME RFC 3339 UTC,
         * which with FILTER_EQ stands for its minute, midnight for its day; FIELD_SEARCH a word or
         * words in a row, the last a prefix; other text whole, in any case; "" = not set. */
        const char *const *values;
        size_t value_count;
        unsigned mark;    /* FILTER_MARK: a bit of enum thing_mark */
        const char *text; /* FILTER_WORD                                       */
        bool exact;       /* FILTER_WORD: quoted: no prefix                    */
};

struct filter {
        const struct kind *kind;
        struct filter_term terms[FILTER_TERMS_MAX];
        size_t term_count;
        int sort_field; /* index; -1 = the kind's own order: newest first */
        bool sort_down;
        bool sort_given;
};

/* What the line is for: kind and what relative values mean. */
struct filter_context {
        const struct kind *kind;
        struct value_context values;
};

/*
 * "field:-" asks for things without a value. status:open = not closed;
 * state:open = not over, by its machine (model/machine.h). A time compared with a
 * duration is that long ago: created>4h is older than 4 h, created<4h younger, and created:4h
 * within the last 4 h. is:mine is a field term: the first FIELD_PERSON of the kind is me. is:a,b
 * is a term each, all of them hold, and so is -is:a,b: none does. `updated` and `age` are other
 * names for modified (sort:age the other way round), state, sector, community, role, skill and lang
 * for their plurals; text:x is the word x. A word of a list may be cut short where only one begins
 * so: community:civil. Of several sort: the last counts.
 *
 * Of people, teams and equipment: ready<12h who could be on its way by then if called now; free:5d
 * and free:2026-12-01 nothing is in the way from now until then, the day included; lang:ro at any
 * level, lang:ro>=b2 at that or above; clearance>=s-ue only where it has not run out.
 *
 * RC_INVALID: "no field colour; nearest: owner" with *ret_at the byte where it stands (may be
 * NULL).
 */
enum rc filter_read(const char *line, const struct filter_context *ctx, struct arena *a,
                    struct filter *ret, size_t *ret_at, struct err *err);

/* Where the word begins that a completion at `at` replaces. */
size_t filter_word_start(const char *line, size_t at);

/* Words that may stand from filter_word_start() to `at`. Names of fields end with ':'. Sorted, at
 * most `max`, in the arena or borrowed from the context. */
size_t filter_complete(const char *line, size_t at, const struct filter_context *ctx,
                       struct arena *a, const char **ret, size_t max);

/* Whether the term, as it would be typed, stands in the line; the line with it, or without it where
 * it stood: "-is:system". malloc'ed. */
bool filter_has_term(const char *line, const char *term);
char *filter_turn_term(const char *line, const char *term);

/* The same line with its sort: replaced (field NULL: removed). malloc'ed. */
char *filter_with_sort(const char *line, const char *field, bool down);
/* sort:NAME is understood; NAME may be another name of a field, such as age. */
bool filter_sorts_by(const struct kind *kind, const char *name);

#endif
