#include "ui/edit.h"

#include <stdlib.h>

#include "ui_private.h"

static void drop(struct ui_edit *e)
{
        if (!e)
                return;
        if (e->free_ctx)
                e->free_ctx(e->ctx);
        free(e->text);
        free(e);
}

void ui_edit(struct ui *ui, const struct ui_edit *e)
{
        drop(ui->wants_edit);
        ui->wants_edit = xcalloc(1, sizeof(*e));
        *ui->wants_edit = *e;
}

void ui_finish_edit(struct ui *ui)
{
        drop(TAKE(ui->wants_edit));
}

struct ui_edit *ui_wants_edit(struct ui *ui)
{
        return TAKE(ui->wants_edit);
}

void ui_edited(struct ui *ui, struct ui_edit *e, const char *text, size_t len)
{
        ui_enter(ui);
        e->done(ui, e->ctx, text, len);
        ui_leave(ui);
        drop(e);
        ui_dirty(ui);
}

void ui_edit_failed(struct ui *ui, struct ui_edit *e, const char *why)
{
        ui_notice(ui, NOTICE_FAIL, "%s", why);
        drop(e);
        ui_dirty(ui);
}
