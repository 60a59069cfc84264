/* Playbooks for the tests of runs, from checklists, and what people do in a run. */
#ifndef MUSTER_TESTS_UNIT_OPS_BOOKS_H
#define MUSTER_TESTS_UNIT_OPS_BOOKS_H

#include "ops/runs.h"
#include "unit/desk.h"

#define BOOK_ID "playbook--00000000-0000-4000-8000-0000000000b1"

/* A checklist as a document of that version; malloc'ed. */
char *book_document(const char *list, int64_t modified_ms);
/* The same taken in by a desk; its thing. */
void book_take(struct desk *d, const char *list, int64_t modified_ms, char id[STIX_ID_MAX]);
/* The same of a document. */
void book_take_document(struct desk *d, const char *document, char id[STIX_ID_MAX]);
/* A document in a course of action of another unit, that ends in c1, as that member; malloc'ed. */
char *book_carried(const char *document, const char *member);
/* A run of the newest content for an incident or NULL. */
void run_start(struct desk *d, const char *playbook, const char *incident, char id[STIX_ID_MAX]);
/* By the commands' way: pairs of detail and value with NULL behind the last. */
enum rc run_try(struct desk *d, const char *run, const char *verb, const char *reason,
                struct err *err, ...) __attribute__((sentinel));
void run_must(struct desk *d, const char *run, const char *verb, const char *step);
/* run_print of a run as the desk has it; malloc'ed. */
char *run_text(struct desk *d, const char *run);

#endif
