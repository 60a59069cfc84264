/*
 * The report on an incident, read on the screen and written to a file: Markdown where its name ends
 * in .md, else plain text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "report/report.h"
#include "ui/incident_cmds.h"
#include "ui/pager.h"

static enum rc read_report(struct ui *ui, const char *id, struct arena *a, struct report *ret,
                           struct err *err)
{
        struct ops *ops = ui_ops(ui);
        struct ops_view view;
        struct clock_list clocks;
        const struct report_context ctx = {.store = ops->store,
                                           .words = ops->words,
                                           .now_ms = ui_now_ms(ui),
                                           .at_ms = CLOCK_NONE,
                                           .operator= ops->operator,
                                           .role = ops->role,
                                           .unit = ops->unit_name,
                                           .desk = ops->desk,
                                           .ceiling = -1,
                                           .exercise = ops->exercise};
        bool one = store_read_begin(ops->store);
        enum rc rc = ops_view(ops, id, CLOCK_NONE, a, &view, err);
        if (rc == RC_OK)
                clocks_derive(ops->law, &view.folded, a, &clocks);
        if (rc == RC_OK)
                rc = report_incident(
                        &ctx,
                        &(struct report_subject){.row = &view.row,
                                                 .folded = &view.folded,
                                                 .clocks = &clocks,
                                                 .versions = view.versions,
                                                 .version_count = view.version_count,
                                                 .relations = view.relations,
                                                 .relation_count = view.relation_count},
                        a, ret, err);
        if (one)
                store_read_end(ops->store);
        return rc;
}

static char *printed(const struct report *r, void (*print)(const struct report *, struct str *))
{
        struct str out;
        str_init(&out, REPORT_BYTES_MAX);
        print(r, &out);
        return str_take(&out);
}

static bool ends_with(const char *text, const char *end)
{
        size_t len = strlen(text), tail = strlen(end);
        return len >= tail && strcmp(text + len - tail, end) == 0;
}

/* What is written is what was read on the screen. */
struct printing {
        char *markdown;
};

static char *content_for(void *ctx, const char *file)
{
        const struct printing *p = ctx;
        return ends_with(file, ".md") ? xstrdup(p->markdown) : NULL;
}

static void printing_free(void *ctx)
{
        struct printing *p = ctx;
        free(p->markdown);
        free(p);
}

enum rc incident_cmd_report(struct ui *ui, struct view *v, struct err *err)
{
        const struct row *row = list_current(((struct list_view *)v->state)->list);
        struct report report;
        CLEANUP(arena_finish) struct arena a = {0};
        if (!row)
                return err_set(err, RC_NOTFOUND, "no incident is chosen");
        arena_init(&a);
        enum rc rc = read_report(ui, row->thing.id, &a, &report, err);
        if (rc != RC_OK)
                return rc;
        struct printing *p = xcalloc(1, sizeof(*p));
        p->markdown = printed(&report, report_print_markdown);
        AUTO_FREE char *text = printed(&report, report_print_text);
        pager_open(ui, &(struct pager){.title = arena_printf(&a, "Report on %s", row->ref),
                                       .tlp = (int)report.marking,
                                       .text = text,
                                       .is_marked = true,
                                       .file = arena_printf(&a, "%s.txt", row->ref),
                                       .content = content_for,
                                       .ctx = p,
                                       .free_ctx = printing_free});
        return RC_OK;
}
