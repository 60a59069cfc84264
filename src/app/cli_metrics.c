/*
 * How well the desk does, in figures.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/str.h"
#include "ops/metrics.h"
#include "report/metrics.h"

#include "app_private.h"

#define TEXT_MAX 65536

static void print_text(const struct metrics_report *r, bool exercise)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, TEXT_MAX);
        metrics_print_text(r, clock_now_ms(), exercise, &out);
        printf("%s", str_text(&out));
}

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
                print_json(metrics_json(&report, ops->exercise));
        else
                print_text(&report, ops->exercise);
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
