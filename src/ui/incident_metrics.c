/*
 * How well the desk does over all its incidents, read on the screen.
 */
#include <string.h>

#include "base/clock.h"
#include "ops/metrics.h"
#include "report/metrics.h"
#include "report/report.h"
#include "ui/incident_cmds.h"
#include "ui/pager.h"
#include "ui_private.h"

static enum rc measure(struct ui *ui, struct metrics *m, struct err *err)
{
        struct ops *ops = ui_ops(ui);
        const struct filter_context ctx = {
                .kind = &kind_incident,
                .values = {.words = ops->words, .now_ms = ui_now_ms(ui), .me = ops->operator} };
        CLEANUP(arena_finish) struct arena a = {0};
        struct filter all;
        enum rc rc = filter_read("", &ctx, &a, &all, NULL, err);
        bool one = store_read_begin(ops->store);
        if (rc == RC_OK)
                rc = ops_metrics(ops, &all, m, err);
        if (one)
                store_read_end(ops->store);
        return rc;
}

enum rc incident_cmd_metrics(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        CLEANUP(str_finish) struct str out = {0};
        struct metrics_report report;
        (void)v;
        enum rc rc = measure(ui, m, err);
        if (rc != RC_OK)
                return rc;
        metrics_report(m, &report);
        str_init(&out, REPORT_BYTES_MAX);
        metrics_print_text(&report, ui_now_ms(ui), ui_ops(ui)->exercise, &out);
        pager_open(ui, &(struct pager){.title = "How well we do",
                                       .tlp = (int)report.marking,
                                       .text = str_text(&out),
                                       .is_marked = true,
                                       .file = "metrics.txt"});
        return RC_OK;
}
