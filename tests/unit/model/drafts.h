/* Acts for tests: written by hand in a line each. */
#ifndef MUSTER_TESTS_MODEL_DRAFTS_H
#define MUSTER_TESTS_MODEL_DRAFTS_H

#include "base/mem.h"
#include "model/fold.h"

#define DRAFT_MAX   8
#define DRAFT_NAMES 64
#define DRAFT_START INT64_C(1795525200000) /* 2026-11-24T13:00:00Z: second 0 of every draft */

struct draft {
        struct act act;
        struct act_set sets[DRAFT_MAX];
        struct act_element elements[DRAFT_MAX];
        struct act_was was[DRAFT_MAX];
        const char *names[DRAFT_MAX][DRAFT_NAMES];
        struct act_detail details[DRAFT_MAX];
};

/* By console "a" at second 0: title Ransomware, severity medium, status new, ref INC-0007. */
struct draft *draft_opening(struct arena *a);
/* By console "a", "b"... at `second`; its id sorts by console and second. */
struct draft *draft(struct arena *a, const char *console, int second, const char *verb);
struct draft *draft_set(struct draft *d, const char *field, const char *value);
struct draft *draft_add(struct draft *d, const char *field, const char *item);
struct draft *draft_remove(struct draft *d, const char *field, const char *item);
struct draft *draft_say(struct draft *d, const char *name, const char *value);
struct draft *draft_saw(struct draft *d, const char *field, const struct draft *seen);
void draft_saw_id(struct draft *d, const char *field, const char *id);
/* Names what is on top there now, as an honest author does. */
void draft_saw_all(struct draft *d, const struct folded *f, const char *field, const char *item,
                   struct arena *a);

/* Folds up to 16 drafts given with DRAFTS(...) over a base or NULL. */
#define DRAFTS(...) ((struct draft *[]){__VA_ARGS__, NULL})
void fold_drafts(const struct thing *base, struct draft *const *drafts, struct arena *a,
                 struct folded *ret);
/* A scalar as shown, "" where it is not set. */
const char *folded_text(const struct folded *f, const char *field);
/* Why the act was not applied, "" where it was, "(not there)" where the log lacks it. */
const char *draft_refused(const struct draft *d, const struct folded *f);
/* The canonical text of a fold, malloc'ed. */
char *fold_text(const struct folded *f);

#endif
