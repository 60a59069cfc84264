/*
 * Painting a form: it is laid out as rows from 0, of which `scroll` are above the window.
 */
#include <string.h>

#include "base/text.h"
#include "ui_private.h"

#define TEXT_ROWS     4
#define TEXT_ROWS_LOW 2
#define LOW_ROWS      14
#define LABEL_COLUMNS 14
#define NOTE_ROWS     6
#define NOTE_ROWS_LOW 3
#define WIDTH_MAX     108

struct pen {
        struct canvas *c;
        struct rect r; /* window */
        int y;         /* row of the layout */
        int scroll;
};

static bool row_of(const struct pen *p, int *ret_y)
{
        *ret_y = p->r.y + p->y - p->scroll;
        return *ret_y >= p->r.y && *ret_y < p->r.y + p->r.h;
}

/* Rows of the value alone. */
static int value_rows(const struct form_state *st, const struct form_field *f)
{
        return f->field->type == FIELD_TEXT ? st->text_rows : 1;
}

static int field_rows(const struct form_state *st, const struct form_field *f)
{
        return value_rows(st, f) + (f->error[0] ? 1 : 0);
}

static int rows_before(const struct form_state *st, size_t at)
{
        int rows = 0;
        for (size_t i = 0; i < at && i < st->fields.count; i++)
                rows += field_rows(st, &st->fields.fields[i]) + (i == st->at ? 1 : 0);
        return rows + (at == st->fields.count ? 1 : 0);
}

struct wrap {
        const struct pen *pen;
        const struct line_edit *line;
        struct rect r;
        struct look look;
        int row, first; /* line of the text; the first one shown */
        int cursor_row;
        size_t cursor_from; /* where the cursor's line begins */
};

/* The cursor is in the last line that begins before it: blanks at the end of a line belong to no
 * other. */
static void find_cursor(void *ctx, const char *text, size_t len)
{
        struct wrap *w = ctx;
        size_t from = (size_t)(text - w->line->text);
        (void)len;
        if (w->line->at >= from) {
                w->cursor_row = w->row;
                w->cursor_from = from;
        }
        w->row++;
}

static void paint_line(void *ctx, const char *text, size_t len)
{
        struct wrap *w = ctx;
        int shown = w->row++ - w->first, y = w->r.y + shown;
        const struct rect *window = &w->pen->r;
        if (shown < 0 || shown >= w->r.h || y < window->y || y >= window->y + window->h)
                return;
        AUTO_FREE char *s = xstrndup(text, len);
        canvas_text(w->pen->c, w->r.x, y, w->r.w, w->look, s);
}

static void place_cursor(const struct wrap *w)
{
        const struct line_edit *line = w->line;
        AUTO_FREE char *before = xstrndup(line->text + w->cursor_from, line->at - w->cursor_from);
        int x = (int)text_width(before);
        w->pen->c->cursor_x = w->r.x + (x < w->r.w ? x : w->r.w - 1);
        w->pen->c->cursor_y = w->r.y + w->cursor_row - w->first;
        w->pen->c->cursor_shown = true;
}

static void draw_text_field(const struct pen *p, const struct form_field *f, struct rect r,
                            struct look look, bool current)
{
        const struct line_edit *line = &f->line;
        struct wrap w = {.pen = p, .line = line, .r = r, .look = look};
        text_wrap(line->text, (size_t)r.w - 1, find_cursor, &w);
        if (line->at == line->len && line->len && line->text[line->len - 1] == '\n') {
                w.cursor_row = w.row;
                w.cursor_from = line->len;
        }
        if (current && w.cursor_row >= r.h)
                w.first = w.cursor_row - r.h + 1;
        w.row = 0;
        text_wrap(line->text, (size_t)r.w - 1, paint_line, &w);
        if (current)
                place_cursor(&w);
}

static void draw_value(const struct pen *p, const struct form_field *f, int y, int rows,
                       bool current)
{
        int x = p->r.x + 3 + LABEL_COLUMNS, w = p->r.w - LABEL_COLUMNS - 4;
        int understood = (int)text_width(f->understood);
        struct look ground = {.ink = current ? ROLE_STRONG : ROLE_TEXT,
                              .ground = ROLE_PANEL,
                              .attr = current ? ATTR_UNDERLINE : 0};
        if (understood && rows == 1)
                w -= understood + 2 < w / 2 ? understood + 2 : w / 2;
        for (int i = 0; i < rows; i++)
                if (y + i >= p->r.y && y + i < p->r.y + p->r.h)
                        canvas_fill(p->c, (struct rect){x, y + i, w, 1}, ground);
        if (f->too_long)
                canvas_text(p->c, x, y, w, (struct look){.ink = ROLE_FAINT, .ground = ROLE_PANEL},
                            "too long to edit here; it stays as it is");
        else if (rows > 1)
                draw_text_field(p, f, (struct rect){x, y, w, rows}, ground, current);
        else
                line_draw(&f->line, p->c, (struct rect){x, y, w, 1}, ground, current);
        if (understood && rows == 1)
                canvas_text(p->c, x + w + 2, y, p->r.x + p->r.w - x - w - 3,
                            (struct look){.ink = ROLE_OK, .ground = ROLE_BG}, f->understood);
}

static void draw_help(const struct form_state *st, struct pen *p, size_t i)
{
        struct look faint = {.ink = ROLE_FAINT, .ground = ROLE_BG};
        struct look offer = {.ink = ROLE_ACCENT, .ground = ROLE_BG};
        int y, x = p->r.x + 3 + LABEL_COLUMNS;
        if (!row_of(p, &y))
                return;
        struct arena a;
        arena_init(&a);
        const char *offers[FORM_OFFERS_MAX];
        size_t n = form_field_offers(&st->fields, i, &a, offers);
        int right = p->r.x + p->r.w - 1;
        if (n == 0)
                canvas_text(p->c, x, y, right - x, faint,
                            field_help(st->fields.fields[i].field, st->fields.values.words, &a));
        for (size_t k = 0; k < n && x < right; k++)
                x += canvas_text(p->c, x, y, right - x, k ? faint : offer, offers[k]) + 2;
        arena_finish(&a);
}

static void draw_field(const struct form_state *st, struct pen *p, size_t i)
{
        const struct form_field *f = &st->fields.fields[i];
        bool current = i == st->at;
        int rows = value_rows(st, f), y;
        struct look label = {.ink = current ? ROLE_TEXT : ROLE_MUTED, .ground = ROLE_BG};
        if (row_of(p, &y)) {
                if (current)
                        canvas_glyph(p->c, p->r.x, y,
                                     (struct look){.ink = ROLE_ACCENT, .ground = ROLE_BG},
                                     GLYPH_CURSOR);
                canvas_printf(p->c, p->r.x + 2, y, LABEL_COLUMNS, label, "%s%s", f->field->label,
                              p->c->linear ? ":" : "");
                draw_value(p, f, y, rows, current);
        }
        p->y += rows;
        if (f->error[0] && row_of(p, &y)) {
                struct look warn = {.ink = ROLE_WARN, .ground = ROLE_BG};
                canvas_glyph(p->c, p->r.x + 3 + LABEL_COLUMNS, y, warn, GLYPH_FAILS);
                canvas_text(p->c, p->r.x + 5 + LABEL_COLUMNS, y, p->r.w - LABEL_COLUMNS - 6, warn,
                            f->error);
        }
        p->y += f->error[0] ? 1 : 0;
        if (current) {
                draw_help(st, p, i);
                p->y++;
        }
}

static void draw_submit(const struct form_state *st, struct pen *p)
{
        bool current = st->at == st->fields.count;
        struct look look = {.ink = current ? ROLE_STRONG : ROLE_ACCENT,
                            .ground = current ? ROLE_SELECTION : ROLE_BG,
                            .attr = ATTR_BOLD};
        int y;
        p->y++;
        if (!row_of(p, &y))
                return;
        if (current) {
                canvas_glyph(p->c, p->r.x, y, look, GLYPH_CURSOR);
                p->c->cursor_x = p->r.x + 2;
                p->c->cursor_y = y;
                p->c->cursor_shown = true;
        }
        canvas_printf(p->c, p->r.x + 2, y, p->r.w - 4, look, " %s ", st->f.submit);
}

/* Below the line that sends: what will come of it. */
static void draw_follows(const struct form_state *st, struct pen *p)
{
        int y, w = p->r.w - 6;
        struct look look = {.ink = st->follows_refused ? ROLE_WARN : ROLE_MUTED, .ground = ROLE_BG};
        p->y += 2;
        if (!st->follows || w <= 0 || !row_of(p, &y))
                return;
        if (st->follows_refused)
                canvas_glyph(p->c, p->r.x + 1, y, look, GLYPH_FAILS);
        canvas_wrap(p->c, (struct rect){p->r.x + 3, y, w, p->r.y + p->r.h - y}, 0, look,
                    st->follows);
}

static void keep_in_window(struct form_state *st, int height)
{
        int top = rows_before(st, st->at), need = 2;
        if (st->at < st->fields.count)
                need = field_rows(st, &st->fields.fields[st->at]) + 1;
        if (need > height)
                need = height;
        if (top < st->scroll)
                st->scroll = top;
        if (top + need > st->scroll + height)
                st->scroll = top + need - height;
}

static void draw_foot(const struct form_state *st, const struct pen *p, struct rect r)
{
        struct look warn = {.ink = ROLE_WARN, .ground = ROLE_BG};
        struct look quiet = {.ink = ROLE_MUTED, .ground = ROLE_BG};
        int y = r.y + r.h - 1;
        if (st->error[0]) {
                canvas_glyph(p->c, r.x + 3, y, warn, GLYPH_FAILS);
                canvas_text(p->c, r.x + 5, y, r.w - 6, warn, st->error);
        } else if (p->y + 1 - p->scroll > p->r.h) {
                canvas_printf(p->c, r.x + 3, y, r.w - 6, quiet, "%s more fields",
                              glyph_text(GLYPH_MORE_DOWN, p->c->ascii));
        }
}

#define SENDS "^S or the last line sends"

/* The title, and at the right what sends, where both fit: the footer names it too. */
static void draw_title(const struct form_state *st, struct canvas *c, struct rect r, int y)
{
        struct look title = {.ink = ROLE_STRONG, .ground = ROLE_BG, .attr = ATTR_BOLD};
        struct look quiet = {.ink = ROLE_MUTED, .ground = ROLE_BG};
        const char *says = st->restored ? "your draft is back" : SENDS;
        int room = r.w - 5 - (int)text_width(says) - 2;
        bool both = st->restored || (int)text_width(st->f.title) <= room;
        canvas_text(c, r.x + 3, y, both ? room : r.w - 5, title, st->f.title);
        if (both)
                canvas_right(c, r.x + r.w - 2, y, 40, quiet, says);
}

/* What must be known before it is sent; gives back the rows taken. */
static int draw_note(const struct form_state *st, struct canvas *c, struct rect r, int y)
{
        struct look look = {.ink = st->f.note_warns ? ROLE_WARN : ROLE_MUTED, .ground = ROLE_BG};
        int rows = r.h >= LOW_ROWS ? NOTE_ROWS : NOTE_ROWS_LOW, x = r.x + 3;
        if (!st->f.note)
                return 0;
        if (st->f.note_warns) {
                canvas_glyph(c, x, y, look, GLYPH_SHORT);
                x += 2;
        }
        return canvas_wrap(c, (struct rect){x, y, r.w - (x - r.x) - 1, rows}, 0, look, st->f.note);
}

void form_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        struct form_state *st = o->state;
        struct look panel = {.ink = ROLE_TEXT, .ground = ROLE_BG};
        int width = area.w > WIDTH_MAX + 12 ? WIDTH_MAX : area.w;
        int blank = area.h >= LOW_ROWS ? 1 : 0; /* above the title and below it */
        st->text_rows = blank ? TEXT_ROWS : TEXT_ROWS_LOW;
        struct rect r = {area.x + (area.w > width ? 3 : 0), area.y, width, area.h};
        int top = r.y + 1 + 2 * blank;
        canvas_fill(c, area, panel); /* the field's ground must stand out, so the view makes room */
        draw_title(st, c, r, r.y + blank);
        top += draw_note(st, c, r, r.y + blank + 1);
        struct pen p = {.c = c, .r = {r.x + 1, top, r.w - 2, r.y + r.h - 1 - blank - top}};
        keep_in_window(st, p.r.h);
        p.scroll = st->scroll;
        for (size_t i = 0; i < st->fields.count; i++)
                draw_field(st, &p, i);
        draw_submit(st, &p);
        draw_foot(st, &p, r);
        draw_follows(st, &p);
}
