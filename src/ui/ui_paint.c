/*
 * The picture: what is on top of what, and until when it stands.
 */
#include "base/clock.h"
#include "ui_private.h"

static void draw_view(struct ui *ui, struct canvas *c)
{
        struct pane *p = ui_pane(ui);
        struct rect r = ui_view_rect(ui);
        if (p->opened) {
                p->view.ops->draw(&p->view, c, r);
                return;
        }
        canvas_printf(c, 3, r.y + 1, r.w - 4, LOOK(.ink = ROLE_WARN), "%s %s can't be opened",
                      glyph_text(GLYPH_FAILS, c->ascii), p->view.ops->title);
        canvas_wrap(c, (struct rect){5, r.y + 2, r.w - 6, r.h - 3}, 0, LOOK(.ink = ROLE_TEXT),
                    p->why);
}

/* Those below first. */
static void draw_overlay(const struct overlay *o, struct canvas *c, struct rect area)
{
        if (!o)
                return;
        draw_overlay(o->below, c, area);
        c->cursor_shown = false;
        o->ops->draw(o, c, area);
}

/* What was never read is read, and what the last keys moved to; what others changed waits for
 * ui_work. */
static void settle(struct ui *ui, struct pane *p)
{
        struct err err = {0};
        if (!p->view.loaded)
                ui_load(ui, p);
        if (!p->opened || !p->view.ops->settle)
                return;
        if (p->view.ops->settle(&p->view, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

const struct canvas *ui_paint(struct ui *ui)
{
        struct canvas *c = ui->canvas;
        if (!ui->dirty)
                return c;
        if (!ui_is_covered(ui))
                settle(ui, ui_pane(ui));
        canvas_clear(c);
        ui->zone_count = 0;
        int64_t now = ui_now_ms(ui);
        ui->second = now / 1000;
        ui->minute = now / 60000;
        if (ui_is_tiny(ui)) {
                frame_draw_tiny(ui, c);
        } else if (ui_is_covered(ui)) {
                ui->top->ops->draw(ui->top, c, (struct rect){0, 0, c->cols, c->rows - 1});
                frame_draw_footer(ui, c);
        } else {
                draw_view(ui, c);
                frame_draw(ui, c);
                frame_draw_notice(ui, c);
                draw_overlay(ui->top, c, ui_view_rect(ui));
                frame_draw_footer(ui, c);
        }
        ui->dirty = false;
        return c;
}

bool ui_is_dirty(const struct ui *ui)
{
        return ui->dirty;
}

void ui_dirty(struct ui *ui)
{
        ui->dirty = true;
}

int64_t ui_next_change_ms(const struct ui *ui)
{
        int64_t now = ui_now_ms(ui);
        int64_t step = ui_is_narrow(ui) ? 60000 : 1000;
        int64_t next = (now / step + 1) * step;
        if (ui->notice && !ui->options.linear && ui->notice_until_ms != CLOCK_NONE &&
            ui->notice_until_ms < next)
                next = ui->notice_until_ms;
        for (size_t i = 0; i < WAKES_MAX; i++)
                if (ui->wakes_ms[i] != CLOCK_NONE && ui->wakes_ms[i] < next)
                        next = ui->wakes_ms[i];
        if (ui->news.wake_ms != CLOCK_NONE && ui->news.wake_ms < next)
                next = ui->news.wake_ms;
        return next;
}
