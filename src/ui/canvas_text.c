/*
 * Text on a canvas: cut by columns with a sign, aligned, wrapped; and the canvas as text.
 */
#include "ui/canvas.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "ui_private.h"

#define PRINTF_BYTES (4 * CANVAS_COLS_MAX + 64)
#define MORE_COLUMNS 20

/* At most `columns` of text, without a sign where it is cut. */
static int put_text(struct canvas *c, int x, int y, int columns, struct look look, const char *text)
{
        size_t len = strnlen(text, PRINTF_BYTES);
        struct text_cluster cl;
        int used = 0;
        if (y < 0 || y >= c->rows || x < 0)
                return 0;
        for (;;) {
                size_t room = (size_t)(columns - used);
                size_t plain =
                        canvas_put_ascii(c, x + used, y, look, text, len < room ? len : room);
                used += (int)plain;
                text += plain;
                len -= plain;
                if (!text_next(text, len, &cl) || used + cl.width > columns)
                        break;
                if (!canvas_put(c, x + used, y, look, &cl))
                        break;
                used += cl.width;
                text += cl.bytes;
                len -= cl.bytes;
        }
        return used;
}

/* Does text need more columns than there are? Looks no further than that. */
static bool is_longer(const char *text, int columns)
{
        size_t len = strnlen(text, PRINTF_BYTES);
        struct text_cluster cl;
        int used = 0;
        if (len <= (size_t)columns)
                return false;
        while (text_next(text, len, &cl)) {
                used += cl.width;
                if (used > columns)
                        return true;
                text += cl.bytes;
                len -= cl.bytes;
        }
        return false;
}

int canvas_text(struct canvas *c, int x, int y, int columns, struct look look, const char *text)
{
        if (x < 0 || y < 0 || y >= c->rows || x >= c->cols)
                return 0;
        if (columns > c->cols - x)
                columns = c->cols - x;
        if (columns <= 0)
                return 0;
        if (!is_longer(text, columns))
                return put_text(c, x, y, columns, look, text);
        const char *sign = glyph_text(GLYPH_ELLIPSIS, c->ascii);
        int room = columns - (int)text_width(sign);
        int used = room > 0 ? put_text(c, x, y, room, look, text) : 0;
        return used + put_text(c, x + used, y, columns - used, look, sign);
}

int canvas_right(struct canvas *c, int right_x, int y, int columns, struct look look,
                 const char *text)
{
        int width = is_longer(text, columns) ? columns : (int)text_width(text);
        if (width > right_x)
                width = right_x;
        return canvas_text(c, right_x - width, y, width, look, text);
}

int canvas_printf(struct canvas *c, int x, int y, int columns, struct look look, const char *fmt,
                  ...)
{
        char text[PRINTF_BYTES];
        va_list args;
        va_start(args, fmt);
        vsnprintf(text, sizeof(text), fmt, args);
        va_end(args);
        return canvas_text(c, x, y, columns, look, text);
}

int canvas_glyph(struct canvas *c, int x, int y, struct look look, enum glyph g)
{
        if (g < 0 || g >= GLYPH_COUNT || (c->linear && glyph_adorns(g)))
                return 0;
        return put_text(c, x, y, 2, look, glyph_text(g, c->ascii));
}

/* One sign is read and put, the others are copies of its cell: frames are made of rules. */
void canvas_hline(struct canvas *c, int x, int y, int w, struct look look, enum glyph g)
{
        int from = x < 0 ? 0 : x, end = x + w > c->cols ? c->cols : x + w;
        if (y < 0 || y >= c->rows || from >= end || (c->linear && glyph_adorns(g)))
                return;
        canvas_fill(c, (struct rect){from, y, end - from, 1}, look);
        struct cell *row = &c->cells[(size_t)y * (size_t)c->cols];
        canvas_glyph(c, from, y, look, g);
        for (int i = from + 1; i < end; i++)
                row[i] = row[from];
}

struct wrapping {
        struct canvas *c;
        struct rect r;
        struct look look;
        int skip, line;
};

static void wrap_line(void *ctx, const char *line, size_t len)
{
        struct wrapping *w = ctx;
        int row = w->line++ - w->skip;
        if (row < 0 || row >= w->r.h)
                return;
        char text[PRINTF_BYTES];
        snprintf(text, sizeof(text), "%.*s", (int)(len < sizeof(text) ? len : sizeof(text) - 1),
                 line);
        canvas_text(w->c, w->r.x, w->r.y + row, w->r.w, w->look, text);
}

int canvas_wrap(struct canvas *c, struct rect r, int skip, struct look look, const char *text)
{
        if (r.w <= 0 || r.h <= 0)
                return 0;
        struct wrapping w = {.c = c, .r = r, .look = look, .skip = skip};
        text_wrap(text, (size_t)r.w, wrap_line, &w);
        int left = w.line - skip;
        if (left <= r.h)
                return left > 0 ? left : 0;
        int more = left - r.h + 1, y = r.y + r.h - 1;
        struct look quiet = {.ink = ROLE_MUTED, .ground = look.ground};
        const char *sign = glyph_text(GLYPH_MORE_DOWN, c->ascii);
        canvas_fill(c, (struct rect){r.x, y, r.w, 1}, look);
        if (r.w >= MORE_COLUMNS)
                canvas_printf(c, r.x, y, r.w, quiet, "%s %d more line%s", sign, more,
                              more == 1 ? "" : "s");
        else
                canvas_printf(c, r.x, y, r.w, quiet, "%s %d more", sign, more);
        return r.h;
}

/* ---- the canvas as text ---- */

static void print_row(const struct canvas *c, int y, struct str *out)
{
        int blanks = 0;
        for (int x = 0; x < c->cols; x++) {
                const struct cell *cell = canvas_at(c, x, y);
                if (cell->width == 0)
                        continue;
                if (cell->cp[0] == 0) {
                        blanks++;
                        continue;
                }
                for (; blanks; blanks--)
                        str_addc(out, ' ');
                for (size_t i = 0; i < ARRAY_LEN(cell->cp) && cell->cp[i]; i++) {
                        char utf8[4];
                        str_addn(out, utf8, text_put(cell->cp[i], utf8));
                }
        }
        str_addc(out, '\n');
}

void canvas_print(const struct canvas *c, struct str *out)
{
        for (int y = 0; y < c->rows; y++)
                print_row(c, y, out);
}

static bool same_look(const struct cell *a, const struct cell *b)
{
        return memcmp(&a->look, &b->look, sizeof(a->look)) == 0;
}

static bool is_plain(const struct cell *cell)
{
        return cell->look.ground == ROLE_BG && !cell->look.attr &&
               (cell->look.ink == ROLE_TEXT || !cell->cp[0]);
}

static void print_look(const struct look *look, int from, int to, struct str *out)
{
        static const char *const attrs[] = {"bold", "underline", "reverse", "dim"};
        str_addf(out, "  %d-%d %s", from, to, role_name(look->ink));
        for (size_t i = 0; i < ARRAY_LEN(attrs); i++)
                if (look->attr & (1 << i))
                        str_addf(out, " %s", attrs[i]);
        if (look->ground != ROLE_BG)
                str_addf(out, " on %s", role_name(look->ground));
        str_addc(out, '\n');
}

/* A run ends where the look does; blanks at its end that would show nothing are left out. */
static void print_row_looks(const struct canvas *c, int y, struct str *out)
{
        for (int x = 0; x < c->cols;) {
                const struct cell *first = canvas_at(c, x, y);
                int end = x, seen = is_plain(first) ? -1 : x;
                while (++end < c->cols && same_look(first, canvas_at(c, end, y)))
                        if (!is_plain(canvas_at(c, end, y)))
                                seen = end;
                if (seen >= 0)
                        print_look(&first->look, x, seen, out);
                x = end;
        }
}

void canvas_print_looks(const struct canvas *c, struct str *out)
{
        for (int y = 0; y < c->rows; y++) {
                print_row(c, y, out);
                print_row_looks(c, y, out);
        }
}
