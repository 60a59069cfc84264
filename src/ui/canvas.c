#include "ui/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui_private.h"

static int within(int n, int least, int most)
{
        return n < least ? least : n > most ? most : n;
}

static void set_size(struct canvas *c, int cols, int rows)
{
        c->cols = within(cols, 1, CANVAS_COLS_MAX);
        c->rows = within(rows, 1, CANVAS_ROWS_MAX);
        free(c->cells);
        c->cells = xcalloc((size_t)c->cols * (size_t)c->rows, sizeof(*c->cells));
        canvas_clear(c);
}

struct canvas *canvas_create(int cols, int rows)
{
        struct canvas *c = xcalloc(1, sizeof(*c));
        set_size(c, cols, rows);
        return c;
}

void canvas_destroy(struct canvas *c)
{
        if (!c)
                return;
        free(c->cells);
        free(c);
}

void canvas_resize(struct canvas *c, int cols, int rows)
{
        set_size(c, cols, rows);
}

static struct cell blank(struct look look)
{
        return (struct cell){.look = look, .width = 1};
}

static bool is_inside(const struct canvas *c, int x, int y)
{
        return x >= 0 && y >= 0 && x < c->cols && y < c->rows;
}

static struct cell *cell_at(struct canvas *c, int x, int y)
{
        return &c->cells[(size_t)y * (size_t)c->cols + (size_t)x];
}

const struct cell *canvas_at(const struct canvas *c, int x, int y)
{
        return is_inside(c, x, y) ? &c->cells[(size_t)y * (size_t)c->cols + (size_t)x] : NULL;
}

static struct rect clip(const struct canvas *c, struct rect r)
{
        int right = within(r.x + r.w, 0, c->cols), bottom = within(r.y + r.h, 0, c->rows);
        r.x = within(r.x, 0, c->cols);
        r.y = within(r.y, 0, c->rows);
        return (struct rect){r.x, r.y, right - r.x, bottom - r.y};
}

/* What is left of a wide cell of which one half is painted over is a blank. */
static void break_wide(struct canvas *c, int x, int y)
{
        struct cell *cell = cell_at(c, x, y);
        if (cell->width == 0 && x > 0)
                *cell_at(c, x - 1, y) = blank(cell_at(c, x - 1, y)->look);
        if (cell->width == 2 && x + 1 < c->cols)
                *cell_at(c, x + 1, y) = blank(cell_at(c, x + 1, y)->look);
}

void canvas_clear(struct canvas *c)
{
        size_t cols = (size_t)c->cols;
        canvas_fill(c, (struct rect){0, 0, c->cols, 1}, LOOK(.ink = ROLE_TEXT));
        for (int y = 1; y < c->rows; y++)
                memcpy(cell_at(c, 0, y), c->cells, cols * sizeof(*c->cells));
        c->cursor_x = c->cursor_y = 0;
        c->cursor_shown = false;
}

/* A look says ROLE_TEXT, which is 0, where it says no ground: that stands for the background. */
static struct look on_ground(struct look look)
{
        if (look.ground == ROLE_TEXT)
                look.ground = ROLE_BG;
        return look;
}

void canvas_fill(struct canvas *c, struct rect r, struct look look)
{
        r = clip(c, r);
        look = on_ground(look);
        for (int y = r.y; y < r.y + r.h && r.w > 0; y++) {
                break_wide(c, r.x, y);
                break_wide(c, r.x + r.w - 1, y);
                struct cell *cell = cell_at(c, r.x, y), empty = blank(look);
                for (int x = 0; x < r.w; x++)
                        cell[x] = empty;
        }
}

void canvas_panel(struct canvas *c, struct rect r)
{
        canvas_fill(c, r, LOOK(.ink = ROLE_TEXT, .ground = ROLE_PANEL));
        for (int y = r.y; y < r.y + r.h && !c->linear; y++) {
                if (r.x > 1)
                        canvas_glyph(c, r.x - 1, y, LOOK(.ink = ROLE_PANEL), GLYPH_VLINE);
                if (r.x + r.w < c->cols - 1)
                        canvas_glyph(c, r.x + r.w, y, LOOK(.ink = ROLE_PANEL), GLYPH_VLINE);
        }
}

static uint8_t lifted(uint8_t ink)
{
        return ink == ROLE_FAINT ? ROLE_MUTED : ink == ROLE_MUTED ? ROLE_TEXT : ink;
}

void canvas_select(struct canvas *c, struct rect r)
{
        r = clip(c, r);
        for (int y = r.y; y < r.y + r.h; y++) {
                for (int x = r.x; x < r.x + r.w; x++) {
                        struct look *look = &cell_at(c, x, y)->look;
                        if (look->ground == ROLE_BLACK)
                                continue;
                        look->ground = ROLE_SELECTION;
                        look->ink = lifted(look->ink);
                }
        }
}

static bool is_quiet(uint8_t ink)
{
        return ink == ROLE_TEXT || ink == ROLE_MUTED || ink == ROLE_FAINT;
}

void canvas_strengthen(struct canvas *c, struct rect r)
{
        r = clip(c, r);
        for (int y = r.y; y < r.y + r.h; y++) {
                for (int x = r.x; x < r.x + r.w; x++) {
                        struct look *look = &cell_at(c, x, y)->look;
                        look->ink = is_quiet(look->ink) ? ROLE_STRONG : look->ink;
                        look->attr |= ATTR_BOLD;
                }
        }
}

size_t canvas_put_ascii(struct canvas *c, int x, int y, struct look look, const char *text,
                        size_t len)
{
        size_t n = 0;
        look = on_ground(look);
        for (; n < len && x + (int)n < c->cols; n++) {
                struct cell *cell = cell_at(c, x + (int)n, y);
                unsigned char b = (unsigned char)text[n];
                if (b < 0x20 || b >= 0x7f || (n + 1 < len && (unsigned char)text[n + 1] >= 0x80) ||
                    cell->width != 1)
                        break;
                *cell = (struct cell){.cp = {b == ' ' ? 0 : b}, .look = look, .width = 1};
        }
        return n;
}

static uint32_t harmless(uint32_t cp)
{
        return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ? '?' : cp;
}

int canvas_put(struct canvas *c, int x, int y, struct look look, const struct text_cluster *cl)
{
        if (!is_inside(c, x, y) || x + cl->width > c->cols)
                return 0;
        break_wide(c, x, y);
        if (cl->width == 2)
                break_wide(c, x + 1, y);
        struct cell *cell = cell_at(c, x, y);
        *cell = (struct cell){.look = on_ground(look), .width = (uint8_t)cl->width};
        for (int i = 0; i < cl->count && i < (int)ARRAY_LEN(cell->cp); i++)
                cell->cp[i] = harmless(cl->cp[i]);
        if (cl->count == 1 && cl->cp[0] == ' ')
                cell->cp[0] = 0;
        if (cl->width == 2)
                *cell_at(c, x + 1, y) = (struct cell){.look = cell->look, .width = 0};
        return cl->width;
}

bool canvas_row_equal(const struct canvas *a, const struct canvas *b, int y)
{
        if (a->cols != b->cols || y < 0 || y >= a->rows || y >= b->rows)
                return false;
        size_t row = (size_t)a->cols, from = row * (size_t)y;
        return memcmp(a->cells + from, b->cells + from, row * sizeof(struct cell)) == 0;
}
