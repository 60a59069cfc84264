/*
 * Reports: documents about what is in the database, for people outside it. A report is a value:
 * sections of items, read by one function per kind of report and printed in any form. All text in
 * it is cleaned. What is marked above the ceiling is left out, counted and named.
 */
#ifndef MUSTER_REPORT_REPORT_H
#define MUSTER_REPORT_REPORT_H

#include "base/str.h"
#include "model/clocks.h"
#include "store/things.h"
#include "store/versions.h"

#define REPORT_BYTES_MAX    (16u * 1024 * 1024)
#define REPORT_COLUMNS      72
#define REPORT_SECTIONS_MAX 12

/* One fact, entry or sentence. */
struct report_item {
        const char *label; /* "severity"; of an entry who; NULL of a sentence */
        const char *text;
        const char *key;           /* name of the field in JSON, or NULL                */
        const struct value *value; /* as stored, with a key                   */
        const struct row *entry;   /* of the log, or NULL                     */
        const char *when;          /* of an entry: when it happened           */
        const char *recorded;      /* where it was written down later, or NULL */
        const char *remark;        /* "undone", "not applied: it is closed", or NULL */
};

struct report_section {
        const char *key;   /* in JSON: "timeline"                  */
        const char *title; /* "Timeline"                           */
        const char *none;  /* said where it is empty; NULL: left out */
        bool facts;        /* items are fields of the thing, each once */
        struct report_item *items;
        size_t count;
};

struct report {
        const char *kind; /* "incident" */
        const char *ref, *id;
        const char *title; /* "Incident INC-0231: Phishing at a ministry" */
        const char *as_of; /* stamp, UTC */
        const char *made;  /* "made by duarte (duty officer), CERT-XX"    */
        const char *operator, * role, *unit, *desk; /* the same for JSON; NULL = not said */
        enum tlp marking;                           /* the strictest of what is in it             */
        bool exercise;
        struct report_section sections[REPORT_SECTIONS_MAX];
        size_t section_count;
};

/* Who reports, when, for whom. Borrowed. */
struct report_context {
        struct store *store;
        const struct words *words;
        int64_t now_ms;
        int64_t at_ms;                              /* as it was known then; CLOCK_NONE = now */
        const char *operator, * role, *unit, *desk; /* NULL = not said */
        int ceiling;                                /* enum tlp; -1 = none */
        bool exercise;
};

/* An incident as its caller has read it (ops_view). */
struct report_subject {
        const struct row *row;
        const struct folded *folded;
        const struct clock_list *clocks; /* as the law derives them from the fold; or NULL */
        const struct version *versions;  /* oldest first */
        size_t version_count;
        const struct relation *relations;
        size_t relation_count;
};

/* RC_DENIED: the incident itself is above the ceiling. Everything in *ret is in the arena, or
 * borrowed from context and subject. */
enum rc report_incident(const struct report_context *ctx, const struct report_subject *subject,
                        struct arena *a, struct report *ret, struct err *err);

/* What stands on top and at the end of a document as text. */
void report_banner(enum tlp marking, bool exercise, struct str *out);
/* Plain text of REPORT_COLUMNS; Markdown (CommonMark 0.30, GFM's links switched off). */
void report_print_text(const struct report *r, struct str *out);
void report_print_markdown(const struct report *r, struct str *out);
struct json_t *report_json(const struct report *r); /* the caller's */

#endif
