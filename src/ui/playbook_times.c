/*
 * How long the steps of a playbook took over its runs, told in a pager: by key in the library and
 * where a playbook is shown dry.
 */
#include "base/str.h"
#include "model/marking.h"
#include "model/when.h"
#include "ops/runs.h"
#include "ui/pager.h"
#include "ui/playbooks_view.h"
#include "ui_private.h"

#define TEXT_MAX (1 << 20)

static void add_step(struct str *out, const struct times_of_step *s)
{
        char median[WHEN_BYTES], longest[WHEN_BYTES], expected[WHEN_BYTES] = "-";
        when_age(s->took.median_ms, median);
        when_age(s->took.longest_ms, longest);
        if (s->expected_ms)
                when_age(s->expected_ms, expected);
        str_addf(out, "%8s  %8s  %8s  %5zu  %s\n", median, longest, expected, s->took.count,
                 s->title);
}

static void add_all(struct str *out, const struct times_of_book *t)
{
        char median[WHEN_BYTES], longest[WHEN_BYTES];
        str_addf(out, "%zu %s", t->taken, t->taken == 1 ? "run" : "runs");
        if (t->runs.count) {
                when_age(t->runs.median_ms, median);
                when_age(t->runs.longest_ms, longest);
                str_addf(out, ", %zu ended: median %s, longest %s", t->runs.count, median, longest);
        }
        str_add(out, "\n\n");
        if (t->count)
                str_addf(out, "%8s  %8s  %8s  %5s  %s\n", "median", "longest", "expected", "times",
                         "step, the slowest first");
        for (size_t i = 0; i < t->count; i++)
                add_step(out, &t->steps[i]);
}

enum rc playbook_show_times(struct ui *ui, const char *playbook, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct times_of_book times;
        struct row row;
        struct str out;
        enum rc rc = thing_by_id(ui_ops(ui)->store, playbook, &a, &row, err);
        if (rc == RC_OK)
                rc = ops_playbook_times(ui_ops(ui), playbook, &a, &times, err);
        if (rc != RC_OK)
                return rc;
        if (!times.taken)
                return err_set(err, RC_NOTFOUND, "nobody has run %s yet", row.ref);
        int tlp = thing_rank(&row.thing, "tlp");
        str_init(&out, TEXT_MAX);
        str_addf(&out, "%s\n\n", thing_text(&row.thing, "title"));
        add_all(&out, &times);
        AUTO_FREE char *text = str_take(&out);
        AUTO_FREE char *head = xasprintf("How long it took, %s", row.ref);
        AUTO_FREE char *file = xasprintf("%s-times.txt", row.ref);
        pager_open(ui, &(struct pager){.title = head,
                                       .tlp = tlp < 0 ? TLP_AMBER : tlp,
                                       .text = text,
                                       .file = file});
        return RC_OK;
}

enum rc playbook_cmd_times(struct ui *ui, struct view *v, struct err *err)
{
        const char *ref = NULL, *id = v->ops->current(v, &ref);
        return id ? playbook_show_times(ui, id, err)
                  : err_set(err, RC_NOTFOUND, "no playbook is chosen");
}
