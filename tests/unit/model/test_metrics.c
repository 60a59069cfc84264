#include "model/metrics.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

#define START INT64_C(1795525200000) /* 2026-11-24T13:00:00Z */
#define MIN   INT64_C(60000)

static struct arena a;

static void setup(void)
{
        arena_init(&a);
}

static void teardown(void)
{
        arena_finish(&a);
}

TestSuite(metrics, .init = setup, .fini = teardown);

static const char *at(int64_t ms)
{
        char text[STAMP_BYTES];

        stamp_format(ms, text);
        return arena_strdup(&a, text);
}

static struct thing *incident(int n, const char *severity, const char *status)
{
        struct thing *t = arena_alloc(&a, sizeof(*t));

        thing_init(t, &kind_incident, arena_printf(&a, "incident--%d", n));
        thing_set(t, "created", at(START + n * MIN));
        thing_set(t, "severity", severity);
        thing_set(t, "status", status);
        thing_set(t, "title", arena_printf(&a, "title %d", n));
        return t;
}

Test(metrics, a_duplicate_was_not_contained_by_being_closed)
{
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        struct thing *t = incident(1, "low", "closed");
        struct metrics_report r;

        thing_set(t, "duplicate_of", "incident--2");
        thing_set(t, "acked", at(START + 2 * MIN));
        thing_set(t, "contained_at", at(START + 3 * MIN));
        thing_set(t, "closed_at", at(START + 3 * MIN));
        metrics_add(m, t, NULL);
        metrics_report(m, &r);
        cr_expect_eq(r.times[METRIC_ACK].count, 1);
        cr_expect_eq(r.times[METRIC_CONTAIN].count, 0);
        cr_expect_eq(r.times[METRIC_CLOSE].count, 0);
}

Test(metrics, it_is_marked_as_the_strictest_of_the_oldest_which_it_names)
{
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        struct thing *one = incident(1, "low", "new"), *other = incident(2, "low", "new");
        struct metrics_report r;

        thing_set(one, "tlp", "green");
        metrics_add(m, one, NULL);
        metrics_report(m, &r);
        cr_expect_eq(r.marking, TLP_GREEN);
        thing_set(other, "tlp", "amber+strict");
        metrics_add(m, other, NULL);
        metrics_report(m, &r);
        cr_expect_eq(r.marking, TLP_AMBER_STRICT);
}

Test(metrics, medians_are_by_nearest_rank)
{
        static const struct {
                size_t n;
                int64_t median, p90; /* minutes: of 1, 2, ... n */
        } rows[] = {{1, 1, 1}, {2, 1, 2}, {3, 2, 3}, {10, 5, 9}, {11, 6, 10}, {20, 10, 18}};

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
                struct metrics_report r;

                for (size_t k = rows[i].n; k > 0; k--) {
                        struct thing *t = incident(0, "low", "new");

                        thing_set(t, "acked", at(START + (int64_t)k * MIN));
                        metrics_add(m, t, NULL);
                }
                metrics_report(m, &r);
                cr_assert_eq(r.times[METRIC_ACK].count, rows[i].n);
                cr_assert_eq(r.times[METRIC_ACK].median_ms, rows[i].median * MIN);
                cr_assert_eq(r.times[METRIC_ACK].p90_ms, rows[i].p90 * MIN);
                cr_assert_eq(r.times[METRIC_CLOSE].count, 0);
        }
}

Test(metrics, what_was_before_took_no_time)
{
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        struct thing *t = incident(5, "low", "closed");
        struct metrics_report r;

        thing_set(t, "acked", at(START));
        metrics_add(m, t, NULL);
        metrics_report(m, &r);
        cr_assert_eq(r.times[METRIC_ACK].count, 1);
        cr_assert_eq(r.times[METRIC_ACK].median_ms, 0);
        cr_assert_eq(r.open, 0);
        cr_assert_eq(r.oldest_count, 0);
}

Test(metrics, backlog_and_the_ten_oldest)
{
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        struct metrics_report r;

        for (int i = 0; i < 30; i++)
                metrics_add(
                        m,
                        incident((i * 7) % 30, i % 2 ? "high" : NULL, i % 3 ? "active" : "closed"),
                        "INC");
        metrics_report(m, &r);
        cr_assert_eq(r.things, 30);
        cr_assert_eq(r.open, 20);
        cr_assert_eq(r.open_by_severity[SEV_HIGH] + r.open_by_severity[SEV_NONE], 20);
        cr_assert_eq(r.oldest_count, METRICS_OLDEST);
        for (size_t i = 1; i < r.oldest_count; i++)
                cr_assert_lt(r.oldest[i - 1].created_ms, r.oldest[i].created_ms);
        cr_assert_str_eq(r.oldest[0].ref, "INC");
}

Test(metrics, filings_are_counted)
{
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        struct metrics_report r;

        metrics_add_filing(m, true);
        metrics_add_filing(m, false);
        metrics_add_overdue(m);
        metrics_report(m, &r);
        cr_assert_eq(r.filings, 2);
        cr_assert_eq(r.filings_in_time, 1);
        cr_assert_eq(r.filings_overdue, 1);
}
