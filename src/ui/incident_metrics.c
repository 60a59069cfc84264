/*
 * How well the desk does over all its incidents, read on the screen: counted while no key waits.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ops/metrics.h"
#include "report/metrics.h"
#include "report/report.h"
#include "ui/incident_cmds.h"
#include "ui/pager.h"
#include "ui_private.h"

struct counting {
        struct ui *ui;
        struct arena arena;
        struct filter all;
        struct metrics *m;
        struct metering *walk;
};

static void free_counting(void *ctx)
{
        struct counting *c = ctx;
        metering_end(c->walk);
        metrics_destroy(c->m);
        arena_finish(&c->arena);
        free(c);
}

static void fill(struct counting *c, struct overlay *o)
{
        CLEANUP(str_finish) struct str out = {0};
        struct metrics_report report;
        metrics_report(c->m, &report);
        str_init(&out, REPORT_BYTES_MAX);
        metrics_print_text(&report, ui_now_ms(c->ui), ui_ops(c->ui)->exercise, &out);
        pager_fill(o, (int)report.marking, str_text(&out));
}

static bool count(void *ctx, struct overlay *o, bool (*pending)(void *ctx), void *pending_ctx)
{
        struct counting *c = ctx;
        struct err err = {0};
        enum rc rc;
        do {
                rc = metering_step(c->walk, &err);
        } while (rc == RC_BUSY && !(pending && pending(pending_ctx)));
        if (rc == RC_BUSY)
                return true;
        if (rc == RC_OK)
                fill(c, o);
        else
                pager_fill(o, TLP_CLEAR, err.text);
        return false;
}

static enum rc begin(struct counting *c, struct err *err)
{
        struct ops *ops = ui_ops(c->ui);
        const struct filter_context ctx = {
                .kind = &kind_incident,
                .values = {.words = ops->words, .now_ms = ui_now_ms(c->ui), .me = ops->operator} };
        enum rc rc = filter_read("", &ctx, &c->arena, &c->all, NULL, err);
        return rc == RC_OK ? metering_begin(ops, &c->all, c->m, &c->walk, err) : rc;
}

enum rc incident_cmd_metrics(struct ui *ui, struct view *v, struct err *err)
{
        struct counting *c = xcalloc(1, sizeof(*c));
        (void)v;
        c->ui = ui;
        c->m = metrics_create();
        enum rc rc = begin(c, err);
        if (rc != RC_OK) {
                free_counting(c);
                return rc;
        }
        pager_open(ui, &(struct pager){.title = "How well we do",
                                       .tlp = TLP_CLEAR,
                                       .text = "counting…",
                                       .is_marked = true,
                                       .file = "metrics.txt",
                                       .ctx = c,
                                       .free_ctx = free_counting,
                                       .work = count});
        return RC_OK;
}
