/*
 * That there is more below, in the last row of what is shown.
 */
#include "base/mem.h"
#include "base/text.h"
#include "ui/canvas.h"
#include "ui/detail_parts.h"
#include "ui/glyph.h"

static bool covers_text(const struct canvas *c, struct rect r)
{
        for (int x = r.x; x < r.x + r.w; x++) {
                const struct cell *cell = canvas_at(c, x, r.y);
                if (cell && cell->cp[0] && cell->cp[0] != ' ')
                        return true;
        }
        return false;
}

void detail_draw_more(struct canvas *c, int right_x, int y, int lines)
{
        if (c->linear) { /* in the place of the last line */
                canvas_fill(c, (struct rect){0, y, right_x, 1}, (struct look){0});
                canvas_printf(c, 0, y, right_x, (struct look){.ink = ROLE_MUTED}, "%d more lines",
                              lines + 1);
                return;
        }
        AUTO_FREE char *text =
                xasprintf(" %s %d more line%s", glyph_text(GLYPH_MORE_DOWN, c->ascii), lines,
                          lines == 1 ? "" : "s");
        int w = (int)text_width(text);
        bool cuts = covers_text(c, (struct rect){right_x - w, y, w, 1});
        canvas_right(c, right_x, y, w, (struct look){.ink = ROLE_MUTED}, text);
        const char *dots = glyph_text(GLYPH_ELLIPSIS, c->ascii);
        int room = (int)text_width(dots);
        if (cuts)
                canvas_text(c, right_x - w - room, y, room, (struct look){.ink = ROLE_TEXT}, dots);
}
