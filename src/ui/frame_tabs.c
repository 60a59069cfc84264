/*
 * The views (row 1) and the rule below them (row 2). Those that a digit goes to always stand there;
 * another one while it is what is shown. Where they have no room what a digit does not need goes
 * first: the length of the names, the longest first and that of the view that is shown last; then
 * the operator's role, the numbers, the operator, and the names of all but the one that is shown.
 */
#include <stdio.h>

#include "base/text.h"
#include "ui_private.h"

/* What is tried in turn; in each the names become short one at a time. */
static const struct row_form {
        bool counted, named;
        enum operator_words who;
} forms[] = {
        {true, true, OPERATOR_ALL},    {true, true, OPERATOR_SHORT},
        {false, true, OPERATOR_ALL},   {false, true, OPERATOR_SHORT},
        {false, true, OPERATOR_ROLE},  {false, true, OPERATOR_NOT},
        {false, false, OPERATOR_ALL},  {false, false, OPERATOR_SHORT},
        {false, false, OPERATOR_ROLE}, {false, false, OPERATOR_NOT},
};

struct tab {
        char digit[2], count[32], unacked[32], conflicts[32];
        const char *name, *brief; /* brief: NULL where it is that already */
        int width;
};

static bool has_tab(const struct pane *p, const struct pane *shown)
{
        return p->view.ops->digit || p == shown;
}

static void measure(struct tab *t)
{
        t->width = (int)(text_width(t->digit) + (t->digit[0] && t->name[0] ? 1 : 0) +
                         text_width(t->name) + text_width(t->count) + text_width(t->unacked) +
                         text_width(t->conflicts));
}

static void fill_tab(const struct ui *ui, const struct pane *p, const struct row_form *form,
                     bool shown, struct tab *t)
{
        struct view_badge b = {.count = -1};
        const struct view_ops *ops = p->view.ops;
        bool is_brief = ui_is_narrow(ui) || !form->named;
        *t = (struct tab){.digit = {ops->digit}, .name = is_brief ? ops->brief : ops->title};
        if (!is_brief)
                t->brief = ops->brief;
        if (!form->named && !shown)
                t->name = "";
        if (p->opened && p->view.loaded && ops->badge)
                ops->badge(&p->view, &b);
        if (b.count > 0 && form->counted)
                snprintf(t->count, sizeof(t->count), " %ld%s", b.count, b.more ? "+" : "");
        if (b.unacked > 0)
                snprintf(t->unacked, sizeof(t->unacked), " %s%ld",
                         glyph_text(GLYPH_UNACKED, ui->canvas->ascii), b.unacked);
        if (b.conflicts > 0)
                snprintf(t->conflicts, sizeof(t->conflicts), " %s%ld",
                         glyph_text(GLYPH_CONFLICT, ui->canvas->ascii), b.conflicts);
        measure(t);
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
static int fill_tabs(struct ui *ui, const struct row_form *form, struct tab *tabs, int *ret_gaps)
{
        const struct pane *shown = ui_pane_over(ui, ui_pane(ui));
        int width = 0;
        *ret_gaps = -1;
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct pane *p = &ui->panes[i];
                tabs[i] = (struct tab){.name = ""};
                if (!has_tab(p, shown))
                        continue;
                fill_tab(ui, p, form, p == shown, &tabs[i]);
                width += tabs[i].width;
                ++*ret_gaps;
        }
        return width;
}

/* Columns that the longest name gave up, that of the shown view last; 0: all are short. */
static int shorten_one(struct ui *ui, struct tab *tabs)
{
        const struct pane *shown = ui_pane_over(ui, ui_pane(ui));
        struct tab *longest = NULL, *last = NULL;
        for (size_t i = 0; i < ui->pane_count; i++) {
                struct tab *t = &tabs[i];
                if (!t->brief || text_width(t->brief) >= text_width(t->name))
                        continue;
                if (&ui->panes[i] == shown)
                        last = t;
                else if (!longest || text_width(t->name) > text_width(longest->name))
                        longest = t;
        }
        struct tab *t = longest ? longest : last;
        if (!t)
                return 0;
        int was = t->width;
        t->name = t->brief;
        t->brief = NULL;
        measure(t);
        return was - t->width;
}

/* The columns for the tabs, and what they take of them without gaps. */
static int fit_tabs(struct ui *ui, struct tab *tabs, int *ret_gaps, int *ret_width)
{
        bool narrow = ui_is_narrow(ui);
        int least = narrow ? 1 : 2, room = 0;
        for (size_t i = narrow ? 2 : 0; i < ARRAY_LEN(forms); i++) {
                int width = fill_tabs(ui, &forms[i], tabs, ret_gaps), less;
                room = ui->canvas->cols - 2 * frame_margin(ui) -
                       frame_operator_width(ui, forms[i].who);
                while (width + *ret_gaps * least > room && (less = shorten_one(ui, tabs)) > 0)
                        width -= less;
                *ret_width = width;
                if (width + *ret_gaps * least <= room)
                        break;
        }
        return room;
}

void frame_draw_tabs(struct ui *ui, struct canvas *c)
{
        struct tab tabs[VIEWS_MAX];
        const struct pane *shown = ui_pane_over(ui, ui_pane(ui));
        int gaps, width, most = ui_is_narrow(ui) ? 1 : 4;
        int room = fit_tabs(ui, tabs, &gaps, &width);
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
