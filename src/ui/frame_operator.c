/*
 * Who is at the desk, at the right of the second line; where nobody has to sign in it says that the
 * name is not proven.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui_private.h"

#define OPERATOR_COLS 20

static void tell_operator(const struct ui *ui, enum operator_words words, char out[PIECE_BYTES])
{
        const struct ops *ops = ui->ops;
        const char *role = ops->is_proven ? ops->role : "unproven";
        char name[4 * OPERATOR_COLS + 8];
        out[0] = '\0';
        if (!ops->operator|| words == OPERATOR_NOT)
                return;
        text_cut(ops->operator, OPERATOR_COLS, glyph_text(GLYPH_ELLIPSIS, ui->canvas->ascii), name,
                 sizeof(name));
        if (words == OPERATOR_ROLE)
                snprintf(out, PIECE_BYTES, "(%s)", role);
        else if (words == OPERATOR_SHORT && !ui->canvas->linear)
                snprintf(out, PIECE_BYTES, "%s%s", name, ops->is_proven ? "" : " ?");
        else
                snprintf(out, PIECE_BYTES, "%s (%s)", name, role);
}

void frame_draw_operator(const struct ui *ui, struct canvas *c, int y, int from)
{
        char text[PIECE_BYTES];
        int room = c->cols - frame_margin(ui) - from;
        enum operator_words words = OPERATOR_ALL;
        tell_operator(ui, words, text);
        while ((int)text_width(text) > room && words < OPERATOR_NOT)
                tell_operator(ui, ++words, text);
        struct look look = frame_look(ui, ROLE_MUTED, ROLE_BG, 0);
        if (c->linear)
                canvas_text(c, from, y, room, look, text);
        else
                canvas_right(c, c->cols - frame_margin(ui), y, room, look, text);
}

int frame_operator_width(const struct ui *ui, enum operator_words words)
{
        char text[PIECE_BYTES];
        tell_operator(ui, words, text);
        return text[0] ? (int)text_width(text) + 2 : 0;
}
