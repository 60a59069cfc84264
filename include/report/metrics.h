/*
 * How well a desk does as a text and as JSON. The oldest are named, so it is marked like the
 * strictest of them, the text on top and at the end.
 */
#ifndef MUSTER_REPORT_METRICS_H
#define MUSTER_REPORT_METRICS_H

#include "base/str.h"
#include "model/metrics.h"

struct json_t;

void metrics_print_text(const struct metrics_report *r, int64_t now_ms, bool exercise,
                        struct str *out);
struct json_t *metrics_json(const struct metrics_report *r, bool exercise); /* the caller's */

#endif
