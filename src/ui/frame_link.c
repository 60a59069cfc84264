/*
 * In row 0: how old the picture is that we have from the remotes, and what is on its way.
 */
#include <stdio.h>

#include "ui_private.h"

static void add_way_out(struct pieces *ps, const struct ui *ui, const struct links_look *l)
{
        bool narrow = ui_is_narrow(ui), ascii = ui->canvas->ascii;
        char text[64];
        if (narrow && !l->pending)
                return;
        snprintf(text, sizeof(text), "%s%lld", glyph_text(GLYPH_OUT, ascii), (long long)l->pending);
        struct piece *p = frame_piece(ps, text);
        p->gap = narrow ? 1 : 2;
        if (narrow)
                return;
        snprintf(text, sizeof(text), "%s%lld", glyph_text(GLYPH_IN, ascii), (long long)l->came);
        p = frame_piece(ps, text);
        p->gap = 1;
        p->lost = 5;
}

/* How old the picture is. Narrow headers are painted once a minute: there a live one has no age. */
static void add_remotes(struct pieces *ps, const struct ui *ui)
{
        bool narrow = ui_is_narrow(ui);
        struct links_look l;
        char text[PIECE_BYTES];
        links_look(ui, &l);
        bool good = l.health == REMOTE_LIVE;
        snprintf(text, sizeof(text), "%s %s", l.word,
                 glyph_text(good || l.health == REMOTE_STALE ? GLYPH_LIVE : GLYPH_OFFLINE,
                            ui->canvas->ascii));
        struct piece *p = frame_piece(ps, text);
        p->ink = good ? ROLE_OK : ROLE_WARN;
        p->attr = good ? 0 : ATTR_BOLD;
        p->gap = narrow ? 2 : 6;
        piece_shortens(p, 2, l.word);
        if (l.age[0] && !(narrow && good)) {
                p = frame_piece(ps, l.age);
                p->gap = 1;
                p->lost = 2;
        }
        if (l.coming) {
                snprintf(text, sizeof(text), "receiving %lld", (long long)l.coming);
                p = frame_piece(ps, text);
                p->ink = ROLE_STRONG;
                p->gap = 2;
                p->lost = 3;
        }
        if (l.others[0]) {
                p = frame_piece(ps, l.others);
                p->ink = ROLE_WARN;
                p->gap = 2;
                p->lost = 3;
        }
        add_way_out(ps, ui, &l);
}

void frame_add_link(struct pieces *ps, const struct ui *ui)
{
        bool narrow = ui_is_narrow(ui);
        if (ui->links.count) {
                add_remotes(ps, ui);
                return;
        }
        struct piece *p = frame_piece(ps, "no remote");
        p->ink = ROLE_MUTED;
        p->gap = narrow ? 2 : 6;
        p->lost = 4; /* what waits and what is late says more */
        if (ui->outbox > 0) {
                char text[32];
                snprintf(text, sizeof(text), "%s%lld", glyph_text(GLYPH_OUT, ui->canvas->ascii),
                         (long long)ui->outbox);
                p = frame_piece(ps, text);
                p->gap = narrow ? 1 : 2;
        }
}
