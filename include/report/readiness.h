/*
 * Readiness as a text and as JSON. Every line has the names behind it, so it is marked, on top and
 * at the end.
 */
#ifndef MUSTER_REPORT_READINESS_H
#define MUSTER_REPORT_READINESS_H

#include "base/str.h"
#include "model/readiness.h"

/* Told of each line that is about a word: where it begins in the text. */
struct readiness_places {
        void (*place)(void *ctx, size_t at, enum readiness_what what, const char *word);
        void *ctx;
};

/* Borrowed. */
struct readiness_told {
        int64_t now_ms;
        const struct readiness_answer
                *is;         /* lines of the next 24 hours, gaps of READINESS_DAYS days */
        const char *without; /* what was taken out: "DEP-0003, EXP-0001"; NULL: nothing */
        enum tlp marking;
        bool exercise;
};

/* `places`: or NULL */
void readiness_print_text(const struct readiness_told *r, const struct readiness_places *places,
                          struct str *out);
struct json_t *readiness_json(const struct readiness_told *r); /* the caller's */

/* Whether a second one like it could be met. Borrowed. */
struct second_told {
        int64_t now_ms;
        const char *ref;   /* of the first: "INC-0001" */
        const char *needs; /* in one line; "" where nothing is said */
        const struct readiness_second *second;
        const char *without; /* who besides was taken out; NULL: nobody */
        enum tlp marking;
        bool exercise;
};

void second_print_text(const struct second_told *s, const struct readiness_places *places,
                       struct str *out);
struct json_t *second_json(const struct second_told *s); /* the caller's */

#endif
