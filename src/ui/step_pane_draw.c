/*
 * Painting the blocks of a step's pane, from the first row that is not scrolled away.
 */
#include <string.h>

#include "base/text.h"
#include "ui/step_pane.h"
#include "ui_private.h"

#define LABEL_COLUMNS 12

struct pen {
        struct canvas *c;
        struct rect r;
        int row, skip;
        int indent;
        struct look look;
        bool filled; /* the whole line has its ground */
};

static bool next_row(struct pen *p, int *ret_y)
{
        int shown = p->row++ - p->skip;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

static void put_line(void *ctx, const char *line, size_t len)
{
        struct pen *p = ctx;
        int y, x = p->r.x + p->indent, w = p->r.w - p->indent;
        if (!next_row(p, &y))
                return;
        if (p->filled && !p->c->linear)
                canvas_fill(p->c, (struct rect){x - 1, y, w + 1, 1}, p->look);
        canvas_printf(p->c, x, y, w, p->look, "%.*s", (int)len, line);
}

static void put_text(struct pen *p, int indent, struct look look, const char *text)
{
        p->indent = indent;
        p->look = look;
        if (p->r.w > indent && *text)
                text_wrap(text, (size_t)(p->r.w - indent), put_line, p);
}

/* What stands in the first row of what comes next, left of it. */
static int first_row(const struct pen *p)
{
        int shown = p->row - p->skip;
        return shown >= 0 && shown < p->r.h ? p->r.y + shown : -1;
}

static void put_section(struct pen *p, const struct step_block *b)
{
        int y, w = b->right ? (int)text_width(b->right) : 0, end = p->r.x + p->r.w;
        bool beside = (int)text_width(b->label) + 3 + w <= p->r.w;
        struct look right = LOOK(.ink = ROLE_MUTED);
        if (next_row(p, &y)) {
                int x = p->r.x + 1 +
                        canvas_text(p->c, p->r.x, y, p->r.w,
                                    LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), b->label);
                int rule = end - x - (w && beside ? w + 1 : 0);
                if (rule > 0 && !p->c->linear)
                        canvas_hline(p->c, x, y, rule, LOOK(.ink = ROLE_BORDER), GLYPH_HLINE);
                if (beside && w)
                        canvas_text(p->c, p->c->linear ? x + 1 : end - w, y, w, right, b->right);
        }
        if (w && !beside)
                put_text(p, 0, right, b->right);
}

static void put_item(struct pen *p, const struct step_block *b)
{
        int y = first_row(p), from = p->row, w = b->right ? (int)text_width(b->right) : 0;
        struct rect all = p->r;
        bool beside = w && w + 20 <= p->r.w;
        if (y >= 0 && b->glyph != GLYPH_COUNT)
                canvas_glyph(p->c, p->r.x, y, LOOK(.ink = b->ink), b->glyph);
        if (beside)
                p->r.w -= w + 2;
        put_text(p, 2, LOOK(.ink = b->glyph == GLYPH_COUNT ? b->ink : ROLE_TEXT), b->text);
        p->r = all;
        if (p->row == from)
                return;
        if (beside && y >= 0)
                canvas_text(p->c, p->r.x + p->r.w - w, y, w, LOOK(.ink = ROLE_FAINT), b->right);
        else if (w)
                put_text(p, 2, LOOK(.ink = ROLE_FAINT), b->right);
}

static void put_labelled(struct pen *p, const char *label, int indent, struct look look,
                         const char *text)
{
        int y = first_row(p);
        put_text(p, indent, LOOK(.ink = ROLE_TEXT), text);
        if (y >= 0)
                canvas_text(p->c, p->r.x, y, indent - 1, look, label);
}

static void put_block(struct pen *p, const struct step_block *b, bool tight)
{
        p->filled = b->kind == BLOCK_COMMAND;
        switch (b->kind) {
        case BLOCK_TITLE:
                if (!tight)
                        put_text(p, 0, LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), b->text);
                break;
        case BLOCK_TEXT: put_text(p, 0, LOOK(.ink = b->ink), b->text); break;
        case BLOCK_COMMAND:
                put_text(p, 2, LOOK(.ink = ROLE_STRONG, .ground = ROLE_PANEL), b->text);
                break;
        case BLOCK_FIELD:
                put_labelled(p, b->label, LABEL_COLUMNS, LOOK(.ink = ROLE_MUTED), b->text);
                break;
        case BLOCK_SECTION: put_section(p, b); break;
        case BLOCK_ITEM: put_item(p, b); break;
        case BLOCK_ANSWER:
                put_labelled(p, b->label, 3, LOOK(.ink = ROLE_ACCENT, .attr = ATTR_BOLD), b->text);
                break;
        case BLOCK_AIR: p->row += tight ? 0 : 1; break;
        }
}

int step_pane_draw(const struct step_pane *pane, const struct step_pane_look *look,
                   struct canvas *c, struct rect r)
{
        struct pen p = {.c = c, .r = r, .skip = look->skip};
        for (size_t i = 0; i < pane->count; i++)
                put_block(&p, &pane->blocks[i], look->tight);
        return p.row;
}
