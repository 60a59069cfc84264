/*
 * A menu: a few choices, one key each, the letter beside it.
 */
#include "ui/prompt.h"

#include <stdlib.h>

#include "base/text.h"
#include "ui_private.h"

#define MENU_CHOICES_MAX 40

struct menu_state {
        struct menu m; /* title and strings are owned copies in the arena */
        struct choice choices[MENU_CHOICES_MAX];
        size_t at;
        struct arena arena;
        struct rect drawn; /* where the choices were last painted, for the mouse */
};

static void pick(struct overlay *o, size_t i)
{
        struct menu_state *st = o->state;
        struct ui *ui = o->ui;
        struct menu m = st->m;
        const char *chosen = st->choices[i].value;
        AUTO_FREE char *value = xstrdup(chosen ? chosen : "");
        st->m.free_ctx = NULL;
        ui_remove(ui, o);
        m.picked(ui, m.ctx, value);
        if (m.free_ctx)
                m.free_ctx(m.ctx);
}

static void menu_chord(struct overlay *o, int32_t chord)
{
        struct menu_state *st = o->state;
        ui_dirty(o->ui);
        for (size_t i = 0; i < st->m.count; i++) {
                if (st->choices[i].chord == chord) {
                        pick(o, i);
                        return;
                }
        }
        switch (chord) {
        case CHORD_ESC:
        case CHORD_CTRL('C'): ui_remove(o->ui, o); break;
        case CHORD_DOWN:
        case CHORD_TAB: st->at = (st->at + 1) % st->m.count; break;
        case CHORD_UP:
        case CHORD_BACKTAB: st->at = (st->at + st->m.count - 1) % st->m.count; break;
        case CHORD_ENTER: pick(o, st->at); break;
        default: break;
        }
}

static struct rect menu_rect(const struct menu_state *st, const struct canvas *c, struct rect area)
{
        int width = (int)text_width(st->m.title) + 4;
        for (size_t i = 0; i < st->m.count; i++) {
                const struct choice *ch = &st->choices[i];
                int w = 12 + (int)text_width(ch->label);
                w += ch->note ? 3 + (int)text_width(ch->note) : 0;
                width = w > width ? w : width;
        }
        return overlay_place(c, area, width, (int)st->m.count + 4);
}

static void draw_choice(const struct menu_state *st, size_t i, struct canvas *c, struct rect r)
{
        const struct choice *ch = &st->choices[i];
        enum role ground = i == st->at ? ROLE_SELECTION : ROLE_PANEL;
        struct look plain = {.ink = ROLE_TEXT, .ground = ground};
        struct look key = {.ink = ROLE_ACCENT, .ground = ground, .attr = ATTR_BOLD};
        struct look label = ch->current ? ch->look : plain;
        label.ground = ground;
        canvas_fill(c, r, plain);
        if (i == st->at)
                canvas_glyph(c, r.x, r.y, key, GLYPH_CURSOR);
        char name[CHORD_TEXT];
        chord_name(ch->chord, name);
        if (c->linear) {
                canvas_printf(c, r.x, r.y, r.w, plain, "%s: %s%s%s%s", name, ch->label,
                              ch->current ? ", as it is now" : "", ch->note ? ", " : "",
                              ch->note ? ch->note : "");
                return;
        }
        canvas_text(c, r.x + 2, r.y, 5, key, name);
        if (ch->glyph != GLYPH_COUNT)
                canvas_glyph(c, r.x + 6, r.y, label, ch->glyph);
        int x = r.x + 8 + canvas_text(c, r.x + 8, r.y, r.w - 9, label, ch->label);
        if (ch->note)
                canvas_text(c, x + 2, r.y, r.x + r.w - x - 3,
                            (struct look){.ink = ROLE_MUTED, .ground = ground}, ch->note);
}

static void menu_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        struct menu_state *st = o->state;
        struct rect r = menu_rect(st, c, area);
        struct look title = {.ink = ROLE_STRONG, .ground = ROLE_PANEL, .attr = ATTR_BOLD};
        canvas_panel(c, r);
        canvas_text(c, c->linear ? r.x : r.x + 2, r.y + 1, r.w - 3, title, st->m.title);
        size_t shown = (size_t)(r.h > 4 ? r.h - 4 : 1);
        size_t first = st->at >= shown ? st->at - shown + 1 : 0;
        for (size_t i = 0; i < shown && first + i < st->m.count; i++)
                draw_choice(st, first + i, c, (struct rect){r.x, r.y + 3 + (int)i, r.w, 1});
        st->drawn = (struct rect){r.x, r.y + 3 - (int)first, r.w, (int)st->m.count};
        c->cursor_x = c->linear ? r.x : r.x + 2;
        c->cursor_y = r.y + 3 + (int)(st->at - first);
        c->cursor_shown = true;
}

static bool menu_mouse(struct overlay *o, int x, int y, int button)
{
        struct menu_state *st = o->state;
        struct rect r = st->drawn;
        if (button != MOUSE_LEFT || x < r.x || x >= r.x + r.w || y < r.y || y >= r.y + r.h)
                return false;
        pick(o, (size_t)(y - r.y));
        return true;
}

static void menu_close(struct overlay *o)
{
        struct menu_state *st = o->state;
        if (st->m.free_ctx)
                st->m.free_ctx(st->m.ctx);
        arena_finish(&st->arena);
}

static const char *const menu_keys[] = {"letter", "choose", "Enter", "choose", "Esc", "back", NULL};

static const struct overlay_ops menu_ops = {
        .name = "menu",
        .state_size = sizeof(struct menu_state),
        .draw = menu_draw,
        .chord = menu_chord,
        .mouse = menu_mouse,
        .keys = menu_keys,
        .close = menu_close,
};

void menu_open(struct ui *ui, const struct menu *m)
{
        struct overlay *o = ui_push(ui, &menu_ops);
        struct menu_state *st = o->state;
        arena_init(&st->arena);
        st->m = *m;
        st->m.title = arena_strdup(&st->arena, m->title);
        st->m.choices = st->choices;
        if (st->m.count > MENU_CHOICES_MAX)
                st->m.count = MENU_CHOICES_MAX;
        for (size_t i = 0; i < st->m.count; i++) {
                st->choices[i] = m->choices[i];
                st->choices[i].label = arena_strdup(&st->arena, m->choices[i].label);
                st->choices[i].note = arena_strdup(&st->arena, m->choices[i].note);
                st->choices[i].value = arena_strdup(&st->arena, m->choices[i].value);
                if (m->choices[i].current)
                        st->at = i;
        }
}
