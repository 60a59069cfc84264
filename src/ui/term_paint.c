/*
 * What of a picture is sent: see struct painter.
 */
#include <string.h>

#include "ui_private.h"

#define ERASE_LEAST 8 /* blanks at the end of a row that are erased rather than sent */

static void add_cap(struct painter *p, const struct cap *cap)
{
        frame_add(&p->out, cap->bytes, cap->len);
}

/* ---- brushes ---- */

static void use_brush(struct painter *p, struct brush *brush)
{
        if (brush == p->brush)
                return;
        if (p->brush && (!brush || brush->attrs != p->brush->attrs || !brush->covers)) {
                frame_add(&p->out, p->brush->off, p->brush->off_len);
                p->brush = NULL;
        }
        if (brush) {
                size_t from = p->brush ? brush->color_at : 0;
                frame_add(&p->out, brush->on + from, brush->on_len - from);
        }
        p->brush = brush;
}

static struct brush *brush_of(struct painter *p, struct look look)
{
        if (p->brush && look_is(p->brush->look, look))
                return p->brush;
        unsigned hash = look.ink * 37u + look.ground * 11u + look.attr * 101u;
        struct brush *brush = &p->brushes[hash % BRUSHES];
        if (brush->known && look_is(brush->look, look))
                return brush;
        if (brush == p->brush)
                use_brush(p, NULL);
        *brush = (struct brush){.known = true, .look = look};
        p->make_brush(p, look, brush);
        return brush;
}

/* ---- rows ---- */

static void send_cells(struct painter *p, const struct cell *row, int from, int to)
{
        for (int x = from; x < to; x++) {
                use_brush(p, brush_of(p, row[x].look));
                frame_add_cell(&p->out, &row[x], p->utf8);
        }
}

/* What is blank to the end of the row is erased whole: behind `to` it is so already. */
static void send_run(struct painter *p, const struct cell *row, int from, int to, int y)
{
        int end = row_tail(row, from, p->cols);
        bool erases = to - end >= ERASE_LEAST && p->erase.len && brush_of(p, row[end].look)->erases;
        if (!erases)
                end = to;
        if (end == p->cols && y == p->rows - 1 && p->scrolls_at_end)
                end--;
        p->go(p, from, y);
        send_cells(p, row, from, end);
        if (!erases)
                return;
        use_brush(p, brush_of(p, row[end].look));
        add_cap(p, &p->erase);
}

/* was: NULL where nothing is known of it. */
static void send_row(struct painter *p, const struct cell *was, const struct cell *is, int y)
{
        struct cell old[CANVAS_COLS_MAX], new[CANVAS_COLS_MAX];
        size_t bytes = (size_t)p->cols * sizeof(*is);
        int from, end = 0;
        memcpy(new, is, bytes);
        row_settle_blanks(p->theme, new, p->cols);
        if (was) {
                memcpy(old, was, bytes);
                row_settle_blanks(p->theme, old, p->cols);
        }
        while (row_next_run(was ? old : NULL, new, p->cols, end, &from, &end))
                send_run(p, new, from, end, y);
}

static void paint_row(struct painter *p, const struct canvas *c, int y)
{
        const struct cell *is = &c->cells[(size_t)y * (size_t)c->cols];
        struct cell *was = p->shown ? &p->shown->cells[(size_t)y * (size_t)c->cols] : NULL;
        size_t bytes = (size_t)c->cols * sizeof(*is);
        if (was && memcmp(was, is, bytes) == 0)
                return;
        send_row(p, was, is, y);
        if (was)
                memcpy(was, is, bytes);
}

/* ---- pictures ---- */

/* The first frame on a cleared screen: from now on only what differs is sent. */
static void remember(struct painter *p, const struct canvas *c)
{
        if (p->shown)
                return;
        p->shown = canvas_create(c->cols, c->rows);
        memcpy(p->shown->cells, c->cells, (size_t)c->cols * (size_t)c->rows * sizeof(*c->cells));
}

static void place_cursor(struct painter *p, const struct canvas *c)
{
        int x = c->cursor_x < p->cols ? c->cursor_x : p->cols - 1;
        int y = c->cursor_y < p->rows ? c->cursor_y : p->rows - 1;
        if (c->cursor_shown == p->cursor_hidden)
                add_cap(p, c->cursor_shown ? &p->show_cursor : &p->hide_cursor);
        p->cursor_hidden = !c->cursor_shown;
        if (p->out.len || x != p->cursor_x || y != p->cursor_y)
                p->go(p, x, y);
        p->cursor_x = x;
        p->cursor_y = y;
}

void painter_paint(struct painter *p, const struct canvas *c, bool all)
{
        if (all || (p->shown && (p->shown->cols != c->cols || p->shown->rows != c->rows)))
                painter_forget(p);
        if (!p->shown)
                add_cap(p, &p->clear);
        for (int y = 0; y < p->rows; y++)
                paint_row(p, c, y);
        use_brush(p, NULL);
        remember(p, c);
        place_cursor(p, c);
}

void painter_forget(struct painter *p)
{
        canvas_destroy(p->shown);
        p->shown = NULL;
}

void painter_forget_brushes(struct painter *p)
{
        memset(p->brushes, 0, sizeof(p->brushes));
        p->brush = NULL;
        painter_forget(p);
}

void painter_finish(struct painter *p)
{
        frame_finish(&p->out);
        painter_forget(p);
}
