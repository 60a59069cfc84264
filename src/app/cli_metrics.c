/*
 * How well the desk does, in figures.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/when.h"
#include "ops/metrics.h"

#include "app_private.h"

/* ---- JSON ---------------------------------------------------------------------------------- */

static struct json_t *json_of_times(const struct metrics_report *r)
{
        struct json_t *all = json_new_obj();

        for (int i = 0; i < METRIC_COUNT; i++) {
                struct json_t *one = json_new_obj();

                json_set_int(one, "count", (int64_t)r->times[i].count);
                if (r->times[i].count) {
                        json_set_int(one, "median_s", r->times[i].median_ms / 1000);
                        json_set_int(one, "p90_s", r->times[i].p90_ms / 1000);
                }
                json_set(all, metric_name((enum metric_what)i), one);
        }
        return all;
}

static struct json_t *json_of_backlog(const struct metrics_report *r)
{
        struct json_t *all = json_new_obj();

        for (int i = SEV_NONE; i <= SEV_CRITICAL; i++)
                json_set_int(all, enum_id(&enum_severity, i), (int64_t)r->open_by_severity[i]);
        return all;
}

static struct json_t *json_of_oldest(const struct metrics_report *r)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < r->oldest_count; i++) {
                struct json_t *one = json_new_obj();
                char at[STAMP_BYTES];

                stamp_format(r->oldest[i].created_ms, at);
                json_set_text(one, "id", r->oldest[i].id);
                json_set_text(one, "ref", r->oldest[i].ref);
                json_set_text(one, "title", r->oldest[i].title);
                json_set_text(one, "created", at);
                json_push(list, one);
        }
        return list;
}

static void print_report_json(const struct metrics_report *r)
{
        struct json_t *obj = json_new_obj(), *filings = json_new_obj();

        json_set_int(obj, "things", (int64_t)r->things);
        json_set_int(obj, "open", (int64_t)r->open);
        json_set(obj, "open_by_severity", json_of_backlog(r));
        json_set(obj, "times", json_of_times(r));
        json_set(obj, "oldest", json_of_oldest(r));
        json_set_int(filings, "count", (int64_t)r->filings);
        json_set_int(filings, "in_time", (int64_t)r->filings_in_time);
        json_set_int(filings, "overdue", (int64_t)r->filings_overdue);
        json_set(obj, "filings", filings);
        print_json(obj);
}

/* ---- text ---------------------------------------------------------------------------------- */

static void print_times(const struct metrics_report *r)
{
        printf("%-16s %8s %12s %12s\n", "TIME", "COUNT", "MEDIAN", "90 %");
        for (int i = 0; i < METRIC_COUNT; i++) {
                const struct metric *m = &r->times[i];
                char median[WHEN_BYTES] = "-", p90[WHEN_BYTES] = "-";

                if (m->count) {
                        when_age(m->median_ms, median);
                        when_age(m->p90_ms, p90);
                }
                printf("%-16s %8zu %12s %12s\n", metric_label((enum metric_what)i), m->count,
                       median, p90);
        }
}

static void print_oldest(const struct metrics_report *r)
{
        char age[WHEN_BYTES];

        if (r->oldest_count)
                printf("\nOLDEST OPEN\n");
        for (size_t i = 0; i < r->oldest_count; i++) {
                when_age(clock_now_ms() - r->oldest[i].created_ms, age);
                print_cell(r->oldest[i].ref ? r->oldest[i].ref : "", 12);
                printf("  %10s  ", age);
                print_cell(r->oldest[i].title ? r->oldest[i].title : "", 0);
                printf("\n");
        }
}

static void print_report(const struct metrics_report *r)
{
        print_times(r);
        printf("\nOPEN %zu of %zu:", r->open, r->things);
        for (int i = SEV_CRITICAL; i >= SEV_NONE; i--)
                printf(" %s %zu", enum_id(&enum_severity, i), r->open_by_severity[i]);
        printf("\n");
        if (r->filings || r->filings_overdue)
                printf("FILED IN TIME %zu of %zu", r->filings_in_time, r->filings);
        if (r->filings_overdue)
                printf("; %zu overdue and not filed", r->filings_overdue);
        if (r->filings || r->filings_overdue)
                printf("\n");
        print_oldest(r);
}

/* ---- the command --------------------------------------------------------------------------- */

static enum rc measure(struct app *app, struct ops *ops, const struct args *args, struct err *err)
{
        const char *line = args_option(args, "--filter");
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        const struct filter_context ctx = {
                .kind = &kind_incident,
                .values = {.words = app->words,
                           .now_ms = clock_now_ms(),
                           .me = app->operator,
                           .resolve = ops_resolve_value,
                           .resolve_ctx = ops},
        };
        struct metrics_report report;
        struct filter filter;
        enum rc rc = filter_read(line ? line : "", &ctx, &app->arena, &filter, NULL, err);

        if (rc == RC_OK)
                rc = ops_metrics(ops, &filter, m, err);
        if (rc != RC_OK)
                return rc;
        metrics_report(m, &report);
        if (args_option(args, "--json"))
                print_report_json(&report);
        else
                print_report(&report);
        return RC_OK;
}

int cmd_metrics(struct app *app, const struct args *args)
{
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = measure(app, &ops, args, &err);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
