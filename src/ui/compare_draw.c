/*
 * Painting what competes: as many columns as fit, the current one always among them; where one line
 * follows the other there is one.
 */
#include "base/clock.h"
#include "ui/columns.h"
#include "ui/compare_state.h"

#define LABEL_COLUMNS 18
#define COLUMN_LEAST  24
#define GAP           2
#define CELL_ROWS     5 /* of a long text; the rest is in the detail */

struct sheet {
        const struct overlay *o;
        const struct compare *st;
        struct canvas *c;
        struct rect r;
        size_t from, to; /* columns */
        int width;       /* of each, with the gap */
};

/* ---- one cell ---- */

static const char *text_of(const struct sheet *s, const struct row *row, const struct field *f,
                           struct arena *a)
{
        const struct ops *ops = ui_ops(s->o->ui);
        const struct row_style style = {
                .words = ops->words, .me = ops->operator, .now_ms = ui_now_ms(s->o->ui)};
        const char *text = value_is_empty(thing_value(&row->thing, f->name))
                                   ? ""
                                   : field_text(f, row, &style, a);
        return *text ? text : "not said";
}

static struct look look_of(const struct row *row, const struct field *f, bool current)
{
        int rank = f->list == &enum_severity ? thing_rank(&row->thing, f->name) : -1;
        if (value_is_empty(thing_value(&row->thing, f->name)))
                return (struct look){.ink = ROLE_FAINT};
        if (rank >= 0)
                return (struct look){.ink = severity_role(rank), .attr = ATTR_BOLD};
        return (struct look){.ink = current ? ROLE_STRONG : ROLE_TEXT};
}

/* Gives back the rows that it took. */
static int draw_cell(const struct sheet *s, size_t i, const struct field *f, int x, int y)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct row *row = &s->st->rows[i];
        int left = s->r.y + s->r.h - y;
        struct rect cell = {x, y, s->width - GAP, left < CELL_ROWS ? left : CELL_ROWS};
        return canvas_wrap(s->c, cell, 0, look_of(row, f, i == s->st->at), text_of(s, row, f, &a));
}

/* ---- rows ---- */

static int column_x(const struct sheet *s, size_t i)
{
        return s->r.x + LABEL_COLUMNS + (int)(i - s->from) * s->width;
}

static void draw_heads(const struct sheet *s, int y)
{
        for (size_t i = s->from; i < s->to; i++) {
                bool current = i == s->st->at;
                int x = column_x(s, i);
                struct look look = {.ink = current ? ROLE_ACCENT : ROLE_MUTED, .attr = ATTR_BOLD};
                canvas_text(s->c, x, y, s->width - GAP, look, s->st->rows[i].ref);
                if (!current)
                        continue;
                canvas_glyph(s->c, x - GAP, y, look, GLYPH_CURSOR);
                s->c->cursor_x = x;
                s->c->cursor_y = y;
                s->c->cursor_shown = true;
        }
}

static int draw_criterion(const struct sheet *s, const char *name, int y)
{
        const struct field *f = field_find(s->st->rows[0].thing.kind, name);
        int most = 1;
        canvas_text(s->c, s->r.x, y, LABEL_COLUMNS - GAP - 1, (struct look){.ink = ROLE_MUTED},
                    f->label);
        for (size_t i = s->from; i < s->to; i++) {
                int used = draw_cell(s, i, f, column_x(s, i), y);
                most = used > most ? used : most;
        }
        return most;
}

static void place_columns(struct sheet *s)
{
        int room = s->r.w - LABEL_COLUMNS;
        size_t fit = s->c->linear || room < 2 * COLUMN_LEAST ? 1 : (size_t)(room / COLUMN_LEAST);
        if (fit > s->st->count)
                fit = s->st->count;
        s->from = s->st->at < fit ? 0 : s->st->at - fit + 1;
        s->to = s->from + fit;
        s->width = room / (int)fit;
}

void compare_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        const struct compare *st = o->state;
        int margin = c->linear ? 0 : 1;
        struct sheet s = {.o = o,
                          .st = st,
                          .c = c,
                          .r = {area.x + margin, area.y, area.w - 2 * margin, area.h - 1}};
        int y = s.r.y, end = s.r.y + s.r.h;
        bool roomy = s.r.h >= 24;
        canvas_fill(c, area, (struct look){0});
        place_columns(&s);
        canvas_printf(c, s.r.x, y++, s.r.w, (struct look){.ink = ROLE_STRONG, .attr = ATTR_BOLD},
                      "Which comes first? Request %zu of %zu", st->at + 1, st->count);
        y += roomy;
        draw_heads(&s, y++);
        for (size_t i = st->first; i < compare_criteria_count && y < end; i++)
                y += draw_criterion(&s, compare_criteria[i], y) + roomy;
        frame_draw_notice(o->ui, c);
}
