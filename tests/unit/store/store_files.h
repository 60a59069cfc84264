/* A database of its own for each test, and short ways to fill it. */
#ifndef TESTS_STORE_FILES_H
#define TESTS_STORE_FILES_H

#include "store/journal.h"
#include "store/query.h"
#include "store/store.h"
#include "store/things.h"
#include "store/versions.h"

#define UNIT  "identity--11111111-1111-4111-8111-111111111111"
#define OTHER "identity--22222222-2222-4222-8222-222222222222"

/* Fails the test with the sentence. */
#define MUST(call)                                                                                 \
        do {                                                                                       \
                struct err must_ = {0};                                                            \
                struct err *err = &must_;                                                          \
                cr_assert_eq((call), RC_OK, "%s: %s", #call, must_.text);                          \
        } while (0)

struct file {
        char dir[64], path[96];
        struct store *s;
        struct arena a;
        int64_t seq; /* of the open transaction */
};

void file_setup(struct file *f);    /* a new database, open for writing */
void file_teardown(struct file *f); /* closes it and removes everything  */
void file_reopen(struct file *f, int mode);
/* Runs SQL beside the store, as somebody who tampers would. */
void file_tamper(struct file *f, const char *sql);
int64_t file_number(struct file *f, const char *sql);

void work_begin(struct file *f);
void work_end(struct file *f); /* with a journal entry */

/* One version with these bytes, in a transaction that is open. */
struct version_put put_version(struct file *f, const char *id, int64_t modified_ns,
                               const char *bytes);

/* name=value pairs, sets with commas. */
struct row make_row(struct file *f, const struct kind *kind, const char *id,
                    const char *const *pairs);
int64_t put_row(struct file *f, const struct row *row);
const char *numbered_id(struct file *f, const char *type, int n);
const char *ref_of(struct file *f, const char *id); /* as shown */

struct filter make_filter(struct file *f, const struct kind *kind, const char *line);
/* Ids that match, in order, joined by blanks; from one call, without interruption. */
const char *matches(struct file *f, const struct kind *kind, const char *line);

#endif
