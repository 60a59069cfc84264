/*
 * How long the steps of a playbook took over its runs, told in a pager: by key in the library and
 * where a playbook is shown dry.
 */
#include "base/str.h"
#include "model/marking.h"
#include "ops/runs.h"
#include "ui/pager.h"
#include "ui/playbooks_view.h"
#include "ui_private.h"

#define TEXT_MAX (1 << 20)

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
        times_told(&times, &out);
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
