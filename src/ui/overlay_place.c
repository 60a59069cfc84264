/*
 * Where a small overlay stands: at the bottom, but never over the row that it talks about, which is
 * where the view left the cursor.
 */
#include "ui_private.h"

#define READ_LEAST 24 /* columns of the view beside it that still say something */

struct rect overlay_place(const struct canvas *c, struct rect area, int w, int h)
{
        if (c->linear) /* alone on the screen, from its first line on */
                return area;
        if (w > area.w || (area.w <= 100 && area.w - w < READ_LEAST))
                w = area.w;
        if (h > area.h)
                h = area.h;
        struct rect r = {area.x + (area.w > 100 ? 3 : 0), area.y + area.h - h, w, h};
        bool hides = c->cursor_y >= r.y && c->cursor_y < r.y + r.h;
        if (hides && c->cursor_y - area.y >= h)
                r.y = area.y;
        return r;
}
