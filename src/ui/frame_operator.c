/*
 * Who is at the desk, at the right of the second line; where nobody has to sign in it says that the
 * name is not proven.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui_private.h"

#define OPERATOR_COLS 20

static void tell_operator(const struct ui *ui, char out[PIECE_BYTES])
{
        const struct ops *ops = ui->ops;
        char name[4 * OPERATOR_COLS + 8];
        out[0] = '\0';
        if (!ops->operator)
                return;
        text_cut(ops->operator, OPERATOR_COLS, glyph_text(GLYPH_ELLIPSIS, ui->canvas->ascii), name,
                 sizeof(name));
        snprintf(out, PIECE_BYTES, "%s (%s)", name, ops->is_proven ? ops->role : "unproven");
}

void frame_draw_operator(const struct ui *ui, struct canvas *c, int y, int from)
{
        char all[PIECE_BYTES];
        int room = c->cols - frame_margin(ui) - from;
        tell_operator(ui, all);
        const char *text = (int)text_width(all) <= room ? all : strrchr(all, '(');
        if (!text || (int)text_width(text) > room)
                return;
        struct look look = frame_look(ui, ROLE_MUTED, ROLE_BG, 0);
        if (c->linear)
                canvas_text(c, from, y, room, look, text);
        else
                canvas_right(c, c->cols - frame_margin(ui), y, room, look, text);
}

int frame_operator_width(const struct ui *ui, bool least)
{
        char all[PIECE_BYTES];
        tell_operator(ui, all);
        return all[0] ? (int)text_width(least ? strrchr(all, '(') : all) + 2 : 0;
}
