#include "ui/exchange_pen.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui_private.h"

#define LABEL_COLUMNS 13

bool pen_row(struct exchange_pen *p, int *ret_y)
{
        int shown = p->row++ - p->skip;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

void pen_blank(struct exchange_pen *p)
{
        p->row++;
}

struct wrapping {
        struct exchange_pen *p;
        int indent;
        struct look look;
};

static void put_line(void *ctx, const char *line, size_t len)
{
        struct wrapping *w = ctx;
        int y;
        if (pen_row(w->p, &y))
                canvas_printf(w->p->c, w->p->r.x + w->indent, y, w->p->r.w - w->indent, w->look,
                              "%.*s", (int)len, line);
}

void pen_text(struct exchange_pen *p, int indent, struct look look, const char *text)
{
        struct wrapping w = {p, indent, look};
        if (p->r.w > indent)
                text_wrap(text, (size_t)(p->r.w - indent), put_line, &w);
}

void pen_field(struct exchange_pen *p, const char *label, const char *text)
{
        int row = p->row, y = p->r.y + row - p->skip;
        if (!text || !*text)
                return;
        pen_text(p, LABEL_COLUMNS, LOOK(.ink = ROLE_TEXT), text);
        if (row >= p->skip && y < p->r.y + p->r.h)
                canvas_text(p->c, p->r.x, y, LABEL_COLUMNS - 1, LOOK(.ink = ROLE_MUTED), label);
}

void pen_time(struct exchange_pen *p, const char *label, int64_t ms)
{
        char when[WHEN_BYTES];
        if (ms == CLOCK_NONE)
                return;
        when_show(ms, ui_now_ms(p->v->ui), when);
        pen_field(p, label, when);
}

void pen_head(struct exchange_pen *p, const char *head, const char *right, bool well)
{
        int y, w = (int)text_width(right);
        if (pen_row(p, &y)) {
                canvas_text(p->c, p->r.x, y, p->r.w - w - 1,
                            LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), head);
                canvas_right(p->c, p->r.x + p->r.w, y, w,
                             LOOK(.ink = well ? ROLE_OK : ROLE_WARN, .attr = ATTR_BOLD), right);
        }
        pen_blank(p);
}
