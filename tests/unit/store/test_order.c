#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/str.h"
#include "store/query.h"
#include "store_files.h"

#define MANY 400

static struct file f;

static void setup(void)
{
        file_setup(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(order, .init = setup, .fini = teardown);

static void put(int n, const char *severity)
{
        const char *pairs[] = {
                arena_printf(&f.a, "title=%s %d", n % 3 ? "water" : "grid", n),
                arena_printf(&f.a, "severity=%s", severity),
                arena_printf(&f.a, "modified=2026-11-%02dT00:00:00.000Z", n % 28 + 1),
                n % 2 ? "status=closed" : "status=active", NULL};
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", n), pairs);

        put_row(&f, &row);
}

static void put_all(void)
{
        work_begin(&f);
        for (int n = 0; n < MANY; n++)
                put(n, n % 5 ? "low" : "high");
        work_end(&f);
}

static bool always(void *ctx)
{
        ++*(int *)ctx;
        return true;
}

/* The ids that a filter finds in one run, and how often the run asked whether to stop. */
static const char *found(const char *line, int *asked)
{
        const struct filter filter = make_filter(&f, &kind_incident, line);
        CLEANUP(str_finish) struct str out = {0};
        struct query *q = NULL;
        enum rc rc;

        *asked = 0;
        str_init(&out, 64 * MANY);
        MUST(query_open(f.s, &filter, NULL, 0, &q, err));
        store_set_interrupt(f.s, always, asked);
        while ((rc = query_run(q, SIZE_MAX, NULL)) == RC_BUSY)
                ;
        store_set_interrupt(f.s, NULL, NULL);
        cr_assert_eq(rc, RC_OK);
        for (size_t i = 0; i < query_known(q); i++)
                str_addf(&out, "%lld ", (long long)query_rid(q, i));
        query_close(q);
        return arena_strdup(&f.a, str_text(&out));
}

static void forget(void)
{
        MUST(meta_set(f.s, "something", "else", err));
}

Test(order, of_an_earlier_walk_gives_what_a_walk_gives)
{
        static const struct {
                const char *sort, *line;
        } looks[] = {{"", "status:open"},
                     {"", "severity>=high water"},
                     {"", "-water"},
                     {"", "nothing"},
                     {"sort:title", "grid sort:title"},
                     {"sort:-severity", "water status:open sort:-severity"},
                     {"sort:-severity", "severity:high sort:-severity"}};
        int asked;

        put_all();
        for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
                const char *walked, *known;

                forget();
                walked = found(looks[i].line, &asked);
                forget();
                found(looks[i].sort, &asked);
                cr_expect_gt(asked, 0, "the first walk looks whether to stop");
                found(looks[i].sort, &asked);
                cr_expect_eq(asked, 0, "the second is none");
                known = found(looks[i].line, &asked);
                cr_expect_str_eq(known, walked, "%s", looks[i].line);
        }
}

Test(order, rows_under_the_hand_stay)
{
        const struct filter filter = make_filter(&f, &kind_incident, "status:open");
        const int64_t keep[] = {2};
        struct query *q = NULL;
        size_t at;
        int asked;

        put_all();
        found("", &asked);
        MUST(query_open(f.s, &filter, keep, 1, &q, err));
        MUST(query_run(q, SIZE_MAX, err));
        cr_expect_eq(query_known(q), MANY / 2 + 1);
        cr_expect_eq(query_position(q, 2, &at), RC_OK);
        query_close(q);
}

Test(order, ends_with_a_write_of_ones_own)
{
        const char *before, *after;
        int asked;

        put_all();
        before = found("sort:-severity", &asked);
        work_begin(&f);
        put(7, "critical");
        work_end(&f);
        after = found("sort:-severity", &asked);
        cr_expect_gt(asked, 0);
        cr_expect_str_neq(after, before);
        cr_expect_eq(strtoll(after, NULL, 10), 8, "the critical one is first");
}

Test(order, ends_with_what_is_given_up)
{
        const char *before, *within;
        int asked;

        put_all();
        before = found("sort:-severity", &asked);
        MUST(store_begin(f.s, err));
        put(7, "critical");
        within = found("sort:-severity", &asked);
        store_rollback(f.s);
        cr_expect_str_neq(within, before);
        cr_expect_str_eq(found("sort:-severity", &asked), before);
}

Test(order, ends_with_what_others_write)
{
        int asked;

        put_all();
        found("sort:-severity", &asked);
        file_tamper(&f, "DELETE FROM thing_incident WHERE rid = 1");
        found("sort:-severity", &asked);
        cr_expect_gt(asked, 0);
}

Test(order, is_not_known_where_stretches_were_left_out)
{
        int asked;

        put_all();
        forget();
        found("severity:high sort:-severity", &asked);
        found("sort:-severity", &asked);
        cr_expect_gt(asked, 0, "the walk had only the high ones");
}
