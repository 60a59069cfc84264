/*
 * A desk for the tests: a database in a folder of its own, a fixed clock, and what people do there.
 */
#ifndef MUSTER_TESTS_UNIT_DESK_H
#define MUSTER_TESTS_UNIT_DESK_H

#include <stdlib.h>

#include "base/str.h"
#include "ops/import.h"
#include "ops/ops.h"
#include "store/versions.h"

#define DESK_NOW INT64_C(1795521600000) /* 2026-11-24T12:00:00Z */
#define MINUTE   INT64_C(60000)

struct desk {
        char *dir, *path;
        struct words *words;
        struct ops ops;
        struct import_result result; /* of the last import */
        struct str findings;         /* of the last import, one a line */
};

/* A new unit "Test CSIRT"; the clock stands at DESK_NOW. */
void desk_start(struct desk *d);
/* Another desk of the same unit, of another operator, in a database of its own. */
void desk_join(struct desk *d, struct desk *first, const char *operator);
void desk_stop(struct desk *d);
void desk_reopen(struct desk *d, int mode);
void desk_found(struct desk *d, const struct ops_unit *u); /* as desk_start, of another kind */

/* Fails the test where it is refused. A new incident, and its id. */
void desk_new(struct desk *d, const char *title, const char *severity, char id[STIX_ID_MAX]);
/* A new thing of any kind, of its fields or of pairs of field and value with NULL behind the last.
 */
void desk_make(struct desk *d, const struct kind *kind, const struct ops_field *fields,
               size_t count, char id[STIX_ID_MAX]);
void desk_make_of(struct desk *d, const struct kind *kind, char id[STIX_ID_MAX], ...)
        __attribute__((sentinel));
void desk_move(struct desk *d, const char *id, const char *verb); /* as agreed */
void desk_do(struct desk *d, const char *id, const char *verb, const char *field,
             const char *value);
enum rc desk_try(struct desk *d, const char *id, const char *verb, const char *field,
                 const char *value, const char *reason, struct err *err);
enum rc desk_import(struct desk *d, const char *text, struct err *err);
enum rc desk_dry_run(struct desk *d, const char *text, struct err *err);
/* The whole database as a bundle; malloc'ed. */
char *desk_export(struct desk *d);
void desk_meet(struct desk *one, struct desk *other); /* each gets what the other had */
/* A field of a thing as its row shows it; "" where not set. In the arena. */
const char *desk_shows(struct desk *d, const char *id, const char *field, struct arena *a);
void desk_must_show(struct desk *d, const char *id, const char *field, const char *wanted);
void desk_row(struct desk *d, const char *id, struct arena *a, struct row *ret);
char *desk_fold(struct desk *d, const char *id); /* fold_print; malloc'ed */
struct store_stats desk_stats(struct desk *d);

/* A foreign incident with criticality, of the unit identity--...f1; malloc'ed. */
char *foreign_incident(int number, int minute, const char *name, const char *more);
#define FOREIGN_UNIT  "identity--00000000-0000-4000-8000-0000000000f1"
#define FOREIGN_ID(n) "incident--00000000-0000-4000-8000-00000000000" #n

#endif
