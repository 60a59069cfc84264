/*
 * The views (row 1) and the rule below them (row 2). Those that a digit goes to always stand there;
 * another one while it is what is shown. Where they have no room what a digit does not need goes
 * first: the numbers, then the name of who is at the desk, then the length of the names, then the
 * role of who is there, then the names of all but the one that is shown.
 */
#include <stdio.h>

#include "base/text.h"
#include "ui_private.h"

enum brevity {
        TABS_COUNTED, /* 2 Incidents 14 */
        TABS_TITLES,  /* 2 Incidents    */
        TABS_BRIEF,   /* 2 Inc          */
        TABS_NONE,    /* 2              */
};

struct tab {
        char digit[2], count[32], unacked[32], conflicts[32];
        const char *name;
        int width;
};

static bool has_tab(const struct pane *p, const struct pane *shown)
{
        return p->view.ops->digit || p == shown;
}

static const char *name_of(const struct view_ops *ops, enum brevity words, bool shown, bool narrow)
{
        if (words == TABS_NONE && !shown)
                return "";
        bool brief = narrow || (words == TABS_BRIEF && ops->digit);
        return brief ? ops->brief : ops->title;
}

static void fill_tab(const struct ui *ui, const struct pane *p, enum brevity words, bool shown,
                     struct tab *t)
{
        struct view_badge b = {.count = -1};
        const struct view_ops *ops = p->view.ops;
        *t = (struct tab){.digit = {ops->digit},
                          .name = name_of(ops, words, shown, ui_is_narrow(ui))};
        if (p->opened && p->view.loaded && ops->badge)
                ops->badge(&p->view, &b);
        if (b.count > 0 && words == TABS_COUNTED)
                snprintf(t->count, sizeof(t->count), " %ld%s", b.count, b.more ? "+" : "");
        if (b.unacked > 0)
                snprintf(t->unacked, sizeof(t->unacked), " %s%ld",
                         glyph_text(GLYPH_UNACKED, ui->canvas->ascii), b.unacked);
        if (b.conflicts > 0)
                snprintf(t->conflicts, sizeof(t->conflicts), " %s%ld",
                         glyph_text(GLYPH_CONFLICT, ui->canvas->ascii), b.conflicts);
        t->width = (ops->digit ? 1 : 0) + (ops->digit && t->name[0] ? 1 : 0) +
                   (int)(text_width(t->name) + text_width(t->count) + text_width(t->unacked) +
                         text_width(t->conflicts));
}

static void draw_tab(struct ui *ui, struct canvas *c, const struct tab *t, int x, bool active)
{
        struct look name =
                frame_look(ui, active ? ROLE_STRONG : ROLE_MUTED, ROLE_BG, active ? ATTR_BOLD : 0);
        struct look digit = frame_look(ui, active ? ROLE_ACCENT : ROLE_FAINT, ROLE_BG, 0);
        struct look count = frame_look(ui, active ? ROLE_TEXT : ROLE_FAINT, ROLE_BG, 0);
        struct look sign = frame_look(ui, ROLE_WARN, ROLE_BG, ATTR_BOLD);
        int at = x, room = c->cols - x;
        if (t->digit[0])
                frame_zone(ui, x, 1, t->width, t->digit[0]);
        at += canvas_text(c, at, 1, room, digit, t->digit);
        at += t->digit[0] && t->name[0] ? 1 : 0;
        at += canvas_text(c, at, 1, room, name, t->name);
        at += canvas_text(c, at, 1, room, count, t->count);
        at += canvas_text(c, at, 1, room, sign, t->unacked);
        canvas_text(c, at, 1, room, sign, t->conflicts);
        if (active)
                canvas_hline(c, x, 2, t->width, LOOK(.ink = ROLE_ACCENT), GLYPH_HEAVY);
}

/* The columns that all take without gaps. */
static int fill_tabs(struct ui *ui, enum brevity words, struct tab *tabs, int *ret_gaps)
{
        const struct pane *shown = ui_pane_over(ui, ui_pane(ui));
        int width = 0;
        *ret_gaps = -1;
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct pane *p = &ui->panes[i];
                if (!has_tab(p, shown))
                        continue;
                fill_tab(ui, p, words, p == shown, &tabs[i]);
                width += tabs[i].width;
                ++*ret_gaps;
        }
        return width;
}

void frame_draw_tabs(struct ui *ui, struct canvas *c)
{
        struct tab tabs[VIEWS_MAX];
        const struct pane *shown = ui_pane_over(ui, ui_pane(ui));
        bool narrow = ui_is_narrow(ui);
        enum brevity words = narrow ? TABS_BRIEF : TABS_COUNTED;
        int gaps, least = narrow ? 1 : 2, most = narrow ? 1 : 4;
        int room = c->cols - 2 * frame_margin(ui), who = frame_operator_width(ui, true);
        int named = frame_operator_width(ui, false);
        int width = fill_tabs(ui, words, tabs, &gaps);
        if (width + gaps * least + named > room && words == TABS_COUNTED)
                width = fill_tabs(ui, ++words, tabs, &gaps);
        while (width + gaps * least + who > room && words < TABS_BRIEF)
                width = fill_tabs(ui, ++words, tabs, &gaps);
        while (width + gaps * least > room && words < TABS_NONE)
                width = fill_tabs(ui, ++words, tabs, &gaps);
        if (width + gaps * least + named <= room)
                room -= named;
        else if (width + gaps * least + who <= room)
                room -= who;
        int gap = gaps > 0 ? (room - width) / gaps : 0;
        gap = gap < 1 ? 1 : gap > most ? most : gap;
        canvas_fill(c, (struct rect){0, 1, c->cols, 1}, frame_look(ui, ROLE_TEXT, ROLE_BG, 0));
        canvas_hline(c, 0, 2, c->cols, LOOK(.ink = ROLE_BORDER), GLYPH_HLINE);
        int x = frame_margin(ui);
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct pane *p = &ui->panes[i];
                if (!has_tab(p, shown))
                        continue;
                draw_tab(ui, c, &tabs[i], x, p == shown);
                x += tabs[i].width + gap;
        }
        frame_draw_operator(ui, c, 1, x - gap + 2);
}
