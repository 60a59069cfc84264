/*
 * A playbook of the library in one's own editor: read on return, taken in where it can be run. Else
 * what is wrong is shown, and what was typed comes back with the next try.
 */
#include <stdlib.h>

#include "base/str.h"
#include "model/marking.h"
#include "ops/playbook_edit.h"
#include "ui/edit.h"
#include "ui/pager.h"
#include "ui/playbooks_view.h"
#include "ui_private.h"

struct editing {
        struct arena arena;
        struct held_playbook book;
        const char *suffix;
};

static void editing_free(void *ctx)
{
        struct editing *e = ctx;
        arena_finish(&e->arena);
        free(e);
}

static const char *ref_of(const struct editing *e)
{
        return e->book.row.ref ? e->book.row.ref : "the playbook";
}

/* What is wrong with it, a line each. */
static void refused(struct ui *ui, const struct editing *e, const struct playbook_saved *s,
                    const struct err *why)
{
        AUTO_FREE char *title = xasprintf("What is wrong with the new version of %s", ref_of(e));
        AUTO_FREE char *all = xasprintf("%s\n\n%s\n%s", why->text, s->findings ? s->findings : "",
                                        s->is_kept ? "Nothing was taken in. e goes on with what "
                                                     "you typed; save an empty file to give it up."
                                                   : "Nothing was taken in.");
        int tlp = e->book.doc.playbook->tlp;
        ui_notice(ui, NOTICE_FAIL, "%s is as it was: %s", ref_of(e), why->text);
        pager_open(ui, &(struct pager){.title = title,
                                       .tlp = tlp < 0 ? TLP_AMBER : tlp,
                                       .text = all,
                                       .file = "findings.txt"});
}

static void saved(struct ui *ui, const struct editing *e, const struct playbook_saved *s)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        ui_touched(ui, TOPIC_PLAYBOOKS);
        if (!s->is_derived)
                ui_notice(ui, NOTICE_DONE, "%s has a new version; runs stay with theirs",
                          ref_of(e));
        else if (thing_by_id(ui_ops(ui)->store, s->id, &a, &row, NULL) == RC_OK)
                ui_notice(ui, NOTICE_DONE,
                          "%s is new, your own, derived from %s: that is another's and stays as it "
                          "is",
                          row.ref, ref_of(e));
}

static void edited(struct ui *ui, void *ctx, const char *text, size_t len)
{
        const struct editing *e = ctx;
        struct playbook_saved s;
        struct err err = {0};
        enum rc rc = ops_playbook_save(ui_ops(ui), &e->book, text, len, &s, &err);
        if (rc == RC_INVALID)
                refused(ui, e, &s, &err);
        else if (rc == RC_OK)
                saved(ui, e, &s);
        else
                ui_notice(ui, rc == RC_CONFLICT ? NOTICE_WARN : NOTICE_FAIL, "%s%s", err.text,
                          s.is_kept ? "; e goes on with what you typed, an empty file gives it up"
                                    : "");
        free(s.findings);
}

enum rc playbook_cmd_edit(struct ui *ui, struct view *v, struct err *err)
{
        const char *ref = NULL, *id = v->ops->current(v, &ref);
        struct str text;
        if (!id)
                return err_set(err, RC_NOTFOUND, "no playbook is chosen");
        struct editing *e = xcalloc(1, sizeof(*e));
        arena_init(&e->arena);
        str_init(&text, PLAYBOOK_EDIT_MAX);
        enum rc rc = ops_playbook(ui_ops(ui), id, &e->arena, &e->book, err);
        if (rc == RC_OK)
                rc = ops_playbook_edit_on(ui_ops(ui), &e->book, &text, &e->suffix, err);
        if (rc != RC_OK) {
                str_finish(&text);
                editing_free(e);
                return rc;
        }
        size_t len = text.len;
        ui_edit(ui, &(struct ui_edit){.text = str_take(&text),
                                      .len = len,
                                      .suffix = e->suffix,
                                      .done = edited,
                                      .ctx = e,
                                      .free_ctx = editing_free});
        return RC_OK;
}
