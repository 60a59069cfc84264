/*
 * The stack of overlays. A handler may close its overlay and still use it until it returns: what is
 * closed is freed when the outermost handler ends.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "ui_private.h"

static void bury(struct overlay *o)
{
        if (o->ops->close)
                o->ops->close(o);
        free(o->state);
        free(o);
}

void ui_enter(struct ui *ui)
{
        ui->depth++;
}

/* What closes may close others in turn. */
void ui_leave(struct ui *ui)
{
        if (ui->depth == 1) {
                while (ui->gone) {
                        struct overlay *o = ui->gone;
                        ui->gone = o->below;
                        bury(o);
                }
        }
        ui->depth--;
}

struct overlay *ui_push(struct ui *ui, const struct overlay_ops *ops)
{
        struct overlay *o = xcalloc(1, sizeof(*o));
        *o = (struct overlay){
                .ops = ops,
                .ui = ui,
                .state = xcalloc(1, ops->state_size ? ops->state_size : 1),
                .below = ui->top,
        };
        ui->top = o;
        ui_dirty(ui);
        return o;
}

void ui_remove(struct ui *ui, struct overlay *o)
{
        struct overlay **at = &ui->top;
        while (*at && *at != o)
                at = &(*at)->below;
        if (!*at)
                return;
        *at = o->below;
        o->below = ui->gone;
        ui->gone = o;
        ui_enter(ui);
        ui_leave(ui);
        ui_dirty(ui);
}

void ui_pop(struct ui *ui)
{
        if (ui->top)
                ui_remove(ui, ui->top);
}

struct overlay *ui_top(const struct ui *ui)
{
        return ui->top;
}

bool ui_is_covered(const struct ui *ui)
{
        return ui->top && ui->top->ops->covers;
}

void ui_save(struct ui *ui)
{
        for (struct overlay *o = ui->top; o; o = o->below)
                if (o->ops->save)
                        o->ops->save(o);
        for (size_t i = 0; i < ui->pane_count; i++) {
                struct view *v = &ui->panes[i].view;
                if (ui->panes[i].opened && v->ops->save)
                        v->ops->save(v);
        }
}

void ui_close_overlays(struct ui *ui)
{
        ui_save(ui);
        while (ui->top)
                ui_pop(ui);
}
