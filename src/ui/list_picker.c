/*
 * Sort order and columns of a list, chosen live: Up and Down go over the fields, Enter sorts by the
 * one (again: the other way round), Space hides or shows its column, + and - move it.
 */
#include "ui/list.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/chord.h"
#include "ui_private.h"

struct picker_state {
        struct list *list;
        size_t at;
};

static void sort_by_current(struct overlay *o)
{
        struct picker_state *st = o->state;
        const struct column *col = &list_columns(st->list)->items[st->at];
        const struct field *f = &list_kind(st->list)->fields[col->field];
        struct err err = {0};
        bool down;
        bool same = list_sort(st->list, &down) == col->field;
        if (!(f->flags & FIELD_SORT))
                ui_notice(o->ui, NOTICE_FAIL, "a list can't be sorted by %s", f->label);
        else if (list_set_sort(st->list, f->name, same ? !down : true, &err) != RC_OK)
                ui_notice(o->ui, NOTICE_FAIL, "%s", err.text);
}

static void hide_current(struct overlay *o)
{
        struct picker_state *st = o->state;
        struct column *col = &list_columns(st->list)->items[st->at];
        const struct field *f = &list_kind(st->list)->fields[col->field];
        if (col->lost == 0 && !col->hidden)
                ui_notice(o->ui, NOTICE_FAIL, "%s always stays", f->label);
        else
                col->hidden = !col->hidden;
        list_columns_changed(st->list);
}

static void swap_current(struct picker_state *st, int by)
{
        struct columns *cs = list_columns(st->list);
        size_t other = st->at + (size_t)by;
        if (other >= cs->count)
                return;
        struct column moved = cs->items[st->at];
        cs->items[st->at] = cs->items[other];
        cs->items[other] = moved;
        st->at = other;
        list_columns_changed(st->list);
}

static void picker_chord(struct overlay *o, int32_t chord)
{
        struct picker_state *st = o->state;
        size_t count = list_columns(st->list)->count;
        ui_dirty(o->ui);
        switch (chord) {
        case CHORD_DOWN:
        case CHORD_TAB:
        case 'j': st->at = (st->at + 1) % count; break;
        case CHORD_UP:
        case CHORD_BACKTAB:
        case 'k': st->at = (st->at + count - 1) % count; break;
        case CHORD_ENTER: sort_by_current(o); break;
        case CHORD_SPACE: hide_current(o); break;
        case '+':
        case CHORD_RIGHT: swap_current(st, 1); break;
        case '-':
        case CHORD_LEFT: swap_current(st, -1); break;
        case CHORD_ESC:
        case 'q':
        case 'O':
        case CHORD_CTRL('C'): ui_remove(o->ui, o); break;
        default: break;
        }
}

static void draw_column(const struct picker_state *st, size_t i, struct canvas *c, struct rect r)
{
        const struct column *col = &list_columns(st->list)->items[i];
        const struct field *f = &list_kind(st->list)->fields[col->field];
        bool down, sorted = list_sort(st->list, &down) == col->field;
        enum role ground = i == st->at ? ROLE_SELECTION : ROLE_PANEL;
        struct look text = {.ink = col->hidden ? ROLE_FAINT : ROLE_TEXT, .ground = ground};
        struct look sign = {.ink = ROLE_ACCENT, .ground = ground, .attr = ATTR_BOLD};
        canvas_fill(c, r, text);
        if (i == st->at) {
                canvas_glyph(c, r.x, r.y, sign, GLYPH_CURSOR);
                c->cursor_x = r.x;
                c->cursor_y = r.y;
                c->cursor_shown = true;
        }
        if (c->linear) {
                canvas_printf(c, r.x, r.y, r.w, text, "%s, %s%s", f->label,
                              col->hidden ? "hidden" : "shown",
                              !sorted ? ""
                              : down  ? ", greatest first"
                                      : ", least first");
                return;
        }
        if (!col->hidden)
                canvas_glyph(c, r.x + 2, r.y, sign, GLYPH_DONE);
        canvas_text(c, r.x + 4, r.y, 16, text, f->label);
        if (sorted)
                canvas_printf(c, r.x + 21, r.y, 14, sign, "%s %s",
                              glyph_text(down ? GLYPH_MORE_DOWN : GLYPH_MORE_UP, c->ascii),
                              down ? "greatest" : "least");
        else if (!(f->flags & FIELD_SORT))
                canvas_text(c, r.x + 21, r.y, 14,
                            (struct look){.ink = ROLE_FAINT, .ground = ground}, "no order");
}

static void picker_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        const struct picker_state *st = o->state;
        const struct columns *cs = list_columns(st->list);
        struct rect r = overlay_place(c, area, 40, (int)cs->count + 4);
        canvas_panel(c, r);
        canvas_text(c, r.x + 2, r.y + 1, r.w - 3,
                    (struct look){.ink = ROLE_STRONG, .ground = ROLE_PANEL, .attr = ATTR_BOLD},
                    "Sort and columns");
        size_t shown = (size_t)(r.h > 4 ? r.h - 4 : 1);
        size_t first = st->at >= shown ? st->at - shown + 1 : 0;
        for (size_t i = 0; i < shown && first + i < cs->count; i++)
                draw_column(st, first + i, c, (struct rect){r.x, r.y + 3 + (int)i, r.w, 1});
}

static const char *const picker_keys[] = {"Enter", "sort", "Space", "show or hide", "+ -", "move",
                                          "Esc",   "done", NULL};

static const struct overlay_ops picker_ops = {
        .name = "columns",
        .state_size = sizeof(struct picker_state),
        .draw = picker_draw,
        .chord = picker_chord,
        .keys = picker_keys,
};

void list_pick_columns(struct list *l)
{
        struct overlay *o = ui_push(list_ui(l), &picker_ops);
        struct picker_state *st = o->state;
        bool down;
        int sorted = list_sort(l, &down);
        st->list = l;
        for (size_t i = 0; i < list_columns(l)->count; i++)
                if (list_columns(l)->items[i].field == sorted)
                        st->at = i;
}
