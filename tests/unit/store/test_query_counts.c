/*
 * The count that needs no scan, against the scan: whatever was put, taken out, given up or written
 * by another connection in between.
 */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../../../src/store/store_private.h"
#include "store_files.h"

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ROWS       700

static struct file f;

static void setup(void)
{
        file_setup(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(query_counts, .init = setup, .fini = teardown);

static void put(struct store *s, int n, unsigned dice)
{
        static const char *const status[] = {"status=new", "status=active", "status=closed"};
        static const char *const titles[] = {"title=water works", "title=a hospital",
                                             "title=hospital water"};
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", n),
                                  PAIRS(status[dice % 3], titles[dice / 3 % 3],
                                        dice & 64 ? "states=DE" : "states=FR"));

        MUST(thing_put(s, &row, NULL, err));
}

static void put_all(void)
{
        work_begin(&f);
        for (int n = 0; n < ROWS; n++)
                put(f.s, n, (unsigned)n * 7);
        work_end(&f);
}

static void learn(void)
{
        MUST(flags_learn(f.s, table_of(f.s, &kind_incident), err));
}

static size_t scanned(const struct filter *filter)
{
        struct query *q = NULL;
        size_t n;

        MUST(query_open(f.s, filter, NULL, 0, &q, err));
        MUST(query_run(q, SIZE_MAX, err));
        n = query_known(q);
        query_close(q);
        return n;
}

static void check(const char *when)
{
        static const char *const lines[] = {"water",          "hospital status:open", "states:DE",
                                            "-states:DE wat", "h status:closed",      "nothing"};

        for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
                const struct filter filter = make_filter(&f, &kind_incident, lines[i]);
                struct query *q = NULL;
                size_t n = 0;

                MUST(query_open(f.s, &filter, NULL, 0, &q, err));
                MUST(query_find_count(q, err));
                cr_assert(query_count(q, &n), "%s: %s is not counted", when, lines[i]);
                cr_expect_eq(query_known(q), 0, "%s: %s was scanned", when, lines[i]);
                cr_expect_eq(n, scanned(&filter), "%s: %s has %zu", when, lines[i], n);
                query_close(q);
        }
}

Test(query_counts, are_those_of_the_scan_after_acts_of_ones_own)
{
        put_all();
        learn();
        check("at first");
        work_begin(&f);
        put(f.s, 3, 2);
        put(f.s, ROWS + 1, 0);
        MUST(thing_drop(f.s, &kind_incident, numbered_id(&f, "incident", 8), err));
        work_end(&f);
        check("after acts");
}

Test(query_counts, what_is_given_up_was_never_there)
{
        put_all();
        learn();
        MUST(store_begin(f.s, err));
        for (int n = 0; n < 50; n++)
                put(f.s, n, 2);
        store_rollback(f.s);
        learn();
        check("after a rollback");
}

Test(query_counts, what_others_write_is_learnt_anew)
{
        const struct filter filter = make_filter(&f, &kind_incident, "water");
        struct query *q = NULL;
        size_t n;

        put_all();
        learn();
        file_tamper(&f, "UPDATE thing_incident SET flags = flags WHERE rid < 5");
        MUST(query_open(f.s, &filter, NULL, 0, &q, err));
        MUST(query_find_count(q, err));
        cr_expect_not(query_count(q, &n), "what is known is of another state");
        query_close(q);
        learn();
        check("after another wrote");
}

static bool always(void *ctx)
{
        ++*(int *)ctx;
        return true;
}

Test(query_counts, learning_yields_and_goes_on_where_it_was)
{
        struct table *t = table_of(f.s, &kind_incident);
        int asked = 0;
        enum rc rc;

        put_all();
        store_set_interrupt(f.s, always, &asked);
        while ((rc = flags_learn(f.s, t, NULL)) == RC_BUSY) {
                work_begin(&f);
                put(f.s, asked * 100, 2);
                put(f.s, ROWS + asked, 0);
                work_end(&f);
        }
        store_set_interrupt(f.s, NULL, NULL);
        cr_assert_eq(rc, RC_OK);
        cr_expect_eq(asked, ROWS / 256 + (ROWS % 256 + asked) / 256);
        check("after rests");
}
