/*
 * Readiness as a text and as JSON. Every line has the names behind it.
 */
#ifndef MUSTER_REPORT_READINESS_H
#define MUSTER_REPORT_READINESS_H

#include "base/str.h"
#include "model/readiness.h"

/* Borrowed. */
struct readiness_told {
        int64_t now_ms;
        const struct readiness_line *lines; /* of the next 24 hours */
        size_t line_count;
        const struct readiness_gap *gaps; /* of READINESS_DAYS days */
        size_t gap_count;
        const char *without; /* what was taken out: "DEP-0003, EXP-0001"; NULL: nothing */
};

void readiness_print_text(const struct readiness_told *r, struct str *out);
struct json_t *readiness_json(const struct readiness_told *r); /* the caller's */

#endif
