/*
 * Reports, on standard output.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/when.h"
#include "report/report.h"

#include "app_private.h"

static void print_text(const struct report *r)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, REPORT_BYTES_MAX);
        report_print_text(r, &out);
        printf("%s", str_text(&out));
}

static void print_markdown(const struct report *r)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, REPORT_BYTES_MAX);
        report_print_markdown(r, &out);
        printf("%s", str_text(&out));
}

static void print_report_json(const struct report *r)
{
        print_json(report_json(r));
}

static const struct format {
        const char *name;
        void (*print)(const struct report *r);
} formats[] = {{"txt", print_text}, {"md", print_markdown}, {"json", print_report_json}};

static const struct format *format_asked(const struct args *args)
{
        const char *name = args_option(args, "--format");

        for (size_t i = 0; i < ARRAY_LEN(formats); i++)
                if (!name || strcmp(formats[i].name, name) == 0)
                        return &formats[i];
        usage_fail("--format takes md, txt or json, not %s", name);
        return NULL;
}

struct asked {
        const struct format *format;
        const char *ref;
        int64_t at_ms;
        int ceiling;
};

static enum rc report_on(struct app *app, struct ops *ops, const struct asked *asked,
                         struct err *err)
{
        const struct report_context ctx = {.store = ops->store,
                                           .words = ops->words,
                                           .now_ms = clock_now_ms(),
                                           .at_ms = asked->at_ms,
                                           .operator= ops->operator,
                                           .role = ops->role,
                                           .unit = ops->unit_name,
                                           .desk = ops->desk,
                                           .ceiling = asked->ceiling,
                                           .exercise = ops->exercise};
        struct ops_view view;
        struct clock_list clocks;
        struct report report;
        const char *id;
        enum rc rc = ops_resolve(ops, asked->ref, &app->arena, &id, err);

        if (rc == RC_OK)
                rc = ops_view(ops, id, asked->at_ms, &app->arena, &view, err);
        if (rc != RC_OK)
                return rc;
        if (view.row.thing.kind != &kind_incident)
                return err_set(err, RC_INVALID, "%s is no incident", view.row.ref);
        clocks_derive(ops->law, &view.folded, &app->arena, &clocks);
        rc = report_incident(&ctx,
                             &(struct report_subject){.row = &view.row,
                                                      .folded = &view.folded,
                                                      .clocks = &clocks,
                                                      .versions = view.versions,
                                                      .version_count = view.version_count,
                                                      .relations = view.relations,
                                                      .relation_count = view.relation_count},
                             &app->arena, &report, err);
        if (rc == RC_OK)
                asked->format->print(&report);
        return rc;
}

int cmd_report_incident(struct app *app, const struct args *args)
{
        struct asked asked = {.format = format_asked(args),
                              .ref = args_option(args, "--ref"),
                              .at_ms = CLOCK_NONE,
                              .ceiling = -1};
        const char *at = args_option(args, "--at");
        struct err err = {0};
        struct ops ops;
        bool one;
        enum rc rc;

        if (!asked.format)
                return WRONG_USAGE;
        if (!asked.ref)
                return usage_fail("which incident? --ref REF");
        if (at && when_read_known(at, clock_now_ms(), &asked.at_ms, &err) != RC_OK)
                return usage_fail("--at: %s", err.text);
        if (ceiling_asked(args, &asked.ceiling, &err) != RC_OK)
                return usage_fail("%s", err.text);
        rc = app_open(app, APP_READ, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        one = store_read_begin(ops.store);
        rc = report_on(app, &ops, &asked, &err);
        if (one)
                store_read_end(ops.store);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
