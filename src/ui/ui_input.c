/*
 * What comes in: keys, pastes, clicks, sizes, time. The top overlay gets it first, then the tables.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui/chord.h"
#include "ui_private.h"

#define PASTE_BYTES_MAX (64 * 1024)
#define WHEEL_ROWS      3

static void run(struct ui *ui, const struct cmd *cmd)
{
        struct err err = {0};
        enum rc rc = cmd_run(ui, cmd, &err);
        if (rc != RC_OK)
                ui_say_failure(ui, rc, &err);
        ui_dirty(ui);
}

static bool answers(struct ui *ui, int32_t chord)
{
        struct pane *p = ui_pane(ui);
        return p->opened && p->view.ops->chord && p->view.ops->chord(&p->view, chord);
}

static void unbound(struct ui *ui, int32_t chord)
{
        char name[CHORD_TEXT];
        chord_name(chord, name);
        if (chord >= '1' && chord <= '9')
                ui_notice(ui, NOTICE_HINT, "there is no view %s", name);
        else if (chord == CHORD_CTRL('C'))
                ui_notice(ui, NOTICE_HINT, "q leaves, F10 quits");
        else if (chord_is_text(chord))
                ui_notice(ui, NOTICE_HINT, "%s does nothing here; ? shows the keys", name);
}

void ui_chord(struct ui *ui, int32_t chord)
{
        const struct cmd *cmd = cmd_on_chord(ui, chord);
        ui_enter(ui);
        ui_drop_failure(ui);
        ui->typed_ms = ui_now_ms(ui);
        if (!ui_pane(ui)->view.loaded) /* what changed meanwhile is read when no key waits */
                ui_ready(ui, ui_pane(ui));
        if (cmd && (cmd->flags & CMD_ALWAYS) && !ui_is_covered(ui)) {
                run(ui, cmd);
        } else if (ui->top) {
                ui->top->ops->chord(ui->top, chord);
                ui_dirty(ui);
        } else if (answers(ui, chord)) {
                ui_dirty(ui);
        } else if (cmd) {
                run(ui, cmd);
        } else {
                unbound(ui, chord);
        }
        ui_leave(ui);
}

/* As much of text as is taken, in whole characters. */
static size_t paste_bytes(const char *text)
{
        size_t len = strnlen(text, PASTE_BYTES_MAX + 1);
        if (len <= PASTE_BYTES_MAX)
                return len;
        len = PASTE_BYTES_MAX;
        while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
                len--;
        return len;
}

void ui_paste(struct ui *ui, const char *text)
{
        size_t len = paste_bytes(text);
        AUTO_FREE char *clean = text_clean(text, len, true);
        ui_enter(ui);
        ui->typed_ms = ui_now_ms(ui);
        ui_drop_failure(ui);
        if (!ui->top || !ui->top->ops->paste) {
                ui_notice(ui, NOTICE_HINT, "nothing here takes pasted text; / or a form does");
        } else {
                ui->top->ops->paste(ui->top, clean);
                if (text[len])
                        ui_notice(ui, NOTICE_WARN, "only the first 64 KB were pasted");
        }
        ui_dirty(ui);
        ui_leave(ui);
}

/* ---- mouse ---- */

static int32_t zone_at(const struct ui *ui, int x, int y)
{
        for (size_t i = 0; i < ui->zone_count; i++) {
                const struct zone *z = &ui->zones[i];
                if (y == z->y && x >= z->x && x < z->x + z->w)
                        return z->chord;
        }
        return CHORD_NONE;
}

static void wheel(struct ui *ui, int button)
{
        for (int i = 0; i < WHEEL_ROWS; i++)
                ui_chord(ui, button == MOUSE_WHEEL_UP ? CHORD_UP : CHORD_DOWN);
}

static bool offer_mouse(struct ui *ui, int x, int y, int button, bool twice)
{
        struct overlay *o = ui->top;
        if (o)
                return o->ops->mouse && o->ops->mouse(o, x, y, button);
        struct pane *p = ui_pane(ui);
        struct rect r = ui_view_rect(ui);
        bool inside = y >= r.y && y < r.y + r.h;
        return inside && p->opened && p->view.ops->mouse &&
               p->view.ops->mouse(&p->view, x, y, r, button, twice);
}

void ui_mouse(struct ui *ui, int x, int y, int button, bool twice)
{
        int32_t chord = button == MOUSE_LEFT ? zone_at(ui, x, y) : CHORD_NONE;
        if (ui_is_tiny(ui))
                return;
        ui->typed_ms = ui_now_ms(ui);
        ui_enter(ui);
        ui_drop_failure(ui);
        if (chord != CHORD_NONE)
                ui_chord(ui, chord);
        else if (!offer_mouse(ui, x, y, button, twice) && button != MOUSE_LEFT)
                wheel(ui, button);
        ui_dirty(ui);
        ui_leave(ui);
}

/* ---- size and time ---- */

void ui_resize(struct ui *ui, int cols, int rows)
{
        canvas_resize(ui->canvas, cols, rows);
        for (size_t i = 0; i < ui->pane_count; i++) {
                struct pane *p = &ui->panes[i];
                if (p->opened && p->view.ops->resize)
                        p->view.ops->resize(&p->view, ui_view_rect(ui));
                p->view.loaded = false;
        }
        ui->wants_redraw = true;
        ui_dirty(ui);
}

/* What is half typed is kept: once a second, not at every key. */
static void save_typed(struct ui *ui)
{
        struct view *v = ui_view(ui);
        if (ui->top && ui->top->ops->save)
                ui->top->ops->save(ui->top);
        if (ui_pane(ui)->opened && v->ops->save)
                v->ops->save(v);
}

void ui_tick(struct ui *ui)
{
        int64_t now = ui_now_ms(ui);
        bool minute = now / 60000 != ui->minute;
        if (minute) {
                ui->minute = now / 60000;
                ui_set_stale(ui, TOPIC_CLOCK);
                clock_notices_tick(ui);
        }
        news_tick(ui);
        sign_in_tick(ui);
        if (minute || (!ui_is_narrow(ui) && now / 1000 != ui->second))
                ui_dirty(ui);
        for (size_t i = 0; i < WAKES_MAX; i++) {
                if (ui->wakes_ms[i] == CLOCK_NONE || now < ui->wakes_ms[i])
                        continue;
                ui->wakes_ms[i] = CLOCK_NONE;
                ui_dirty(ui);
        }
        ui_expire_notice(ui);
        save_typed(ui);
}
