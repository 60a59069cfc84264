/*
 * Yes or no: object, number, consequence, in words. The safe answer is the default and named first.
 */
#include "ui/prompt.h"

#include <stdlib.h>

#include "base/text.h"
#include "ui_private.h"

struct confirm_state {
        struct confirm c; /* its strings are in the arena */
        struct arena arena;
};

static void confirm_chord(struct overlay *o, int32_t chord)
{
        struct confirm_state *st = o->state;
        struct ui *ui = o->ui;
        ui_dirty(ui);
        if (chord == CHORD_ESC || chord == CHORD_ENTER || chord == 'n' ||
            chord == CHORD_CTRL('C')) {
                ui_remove(ui, o);
                return;
        }
        if (chord != 'y')
                return;
        struct confirm c = st->c;
        st->c.free_ctx = NULL;
        ui_remove(ui, o);
        c.confirmed(ui, c.ctx);
        if (c.free_ctx)
                c.free_ctx(c.ctx);
}

static int answer(struct canvas *c, int x, int y, int room, const char *key, const char *what)
{
        struct look strong = {.ink = ROLE_ACCENT, .ground = ROLE_PANEL, .attr = ATTR_BOLD};
        struct look plain = {.ink = ROLE_TEXT, .ground = ROLE_PANEL};
        int used = canvas_text(c, x, y, room, strong, key) + 1;
        return used + canvas_text(c, x + used, y, room - used, plain, what) + 3;
}

static void confirm_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        const struct confirm_state *st = o->state;
        struct look title = {.ink = ROLE_STRONG, .ground = ROLE_PANEL, .attr = ATTR_BOLD};
        struct look quiet = {.ink = ROLE_MUTED, .ground = ROLE_PANEL};
        int width = area.w * 2 / 3 > 60 ? area.w * 2 / 3 : area.w - 2;
        bool longer = st->c.consequence && (int)text_width(st->c.consequence) > width - 4;
        struct rect r = overlay_place(c, area, width, longer ? 8 : 7);
        canvas_panel(c, r);
        canvas_text(c, r.x + 2, r.y + 1, r.w - 4, title, st->c.question);
        if (st->c.consequence)
                canvas_wrap(c, (struct rect){r.x + 2, r.y + 3, r.w - 4, longer ? 2 : 1}, 0, quiet,
                            st->c.consequence);
        int x = r.x + 2, y = r.y + r.h - 2;
        x += answer(c, x, y, r.w - 4, "Esc", "leave it as it is");
        answer(c, x, y, r.x + r.w - x - 2, "y", st->c.yes);
        c->cursor_x = r.x + 2;
        c->cursor_y = y;
        c->cursor_shown = true;
}

static void confirm_close(struct overlay *o)
{
        struct confirm_state *st = o->state;
        if (st->c.free_ctx)
                st->c.free_ctx(st->c.ctx);
        arena_finish(&st->arena);
}

static const char *const confirm_keys[] = {"Esc", "leave it", "y", "do it", NULL};

static const struct overlay_ops confirm_ops = {
        .name = "confirm",
        .state_size = sizeof(struct confirm_state),
        .draw = confirm_draw,
        .chord = confirm_chord,
        .keys = confirm_keys,
        .close = confirm_close,
};

void confirm_open(struct ui *ui, const struct confirm *c)
{
        struct overlay *o = ui_push(ui, &confirm_ops);
        struct confirm_state *st = o->state;
        arena_init(&st->arena);
        st->c = *c;
        st->c.question = arena_strdup(&st->arena, c->question);
        st->c.consequence = arena_strdup(&st->arena, c->consequence);
        st->c.yes = arena_strdup(&st->arena, c->yes);
}
