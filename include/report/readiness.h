/*
 * Readiness as a text and as JSON. Every figure has the references behind it.
 */
#ifndef MUSTER_REPORT_READINESS_H
#define MUSTER_REPORT_READINESS_H

#include "base/str.h"
#include "model/readiness.h"

/* `without`: what was taken out, as people call it: "DEP-0003, EXP-0001"; NULL: nothing. */
void readiness_print_text(const struct readiness_sum *r, const char *without, struct str *out);
struct json_t *readiness_json(const struct readiness_sum *r,
                              const char *without); /* the caller's */

#endif
