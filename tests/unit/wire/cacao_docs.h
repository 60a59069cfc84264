/*
 * A playbook without a flaw, and what is found when something in it is replaced. Documents are
 * written with ' for ".
 */
#ifndef MUSTER_TESTS_CACAO_DOCS_H
#define MUSTER_TESTS_CACAO_DOCS_H

#include "wire/cacao.h"

#define CACAO_NOW 1795687200000 /* 2026-11-26T10:00:00Z */

/* Ends of the ids of its steps; -0 to -8 as in cacao_docs.c. */
#define CACAO_UUID "--00000000-0000-4000-8000-00000000000"

extern const char cacao_flawless[];

/* A copy with " for ', and with the first `from` (which must be there) replaced. In the arena. */
char *cacao_text_with(const char *text, const char *from, const char *to, struct arena *a);
struct cacao_doc cacao_read_text(const char *text, struct arena *a);
/* The finding whose path ends so and whose message has this text; NULL. */
const struct cacao_finding *cacao_finding_of(const struct cacao_doc *doc, const char *path_end,
                                             const char *message);
const char *cacao_findings_text(const struct cacao_doc *doc, struct arena *a);

#endif
