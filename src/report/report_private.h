/*
 * What the readers of reports share: a report in the making.
 */
#ifndef MUSTER_REPORT_PRIVATE_H
#define MUSTER_REPORT_PRIVATE_H

#include "report/report.h"

struct reading {
        const struct report_context *ctx;
        const struct report_subject *subject;
        struct arena *a;
        struct report *report;
        struct report_section *left_out; /* while reading; becomes the last section */
};

/* A new section at the end. */
struct report_section *section_add(struct reading *r, const char *key, const char *title,
                                   const char *none);
/* A new item at its end, zeroed; text is cleaned. */
struct report_item *item_add(struct reading *r, struct report_section *s, const char *label,
                             const char *text);

/* May something with this marking be told? Then it counts for the report's; else it is left out,
 * under this name. */
bool reading_may_tell(struct reading *r, int tlp, const char *name);
const char *reading_stamp(struct reading *r, int64_t ms); /* 2026-11-24T13:04:27Z */

/* incident_clocks.c: the clocks of law, each with its filing. */
void read_clocks(struct reading *r);

/* incident_log.c: timeline, notes, decisions, oldest first. */
enum rc read_entries(struct reading *r, struct err *err);

#endif
