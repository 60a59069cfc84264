/*
 * The frame for those who hear the screen or feel it: each row one line of text, words for signs,
 * no rule. Row 0 who, link, marking, time; row 1 this view and what it counts; row 2 the others;
 * above the keys what was said last, which stays until something else is said. (What screen readers
 * and braille displays follow: BRLTTY, speakup: the hardware cursor, a line at a time.)
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "ui/countdown.h"
#include "ui_private.h"

#define LINE_MAX 4096

static struct piece *add(struct pieces *ps, int lost, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

static struct piece *add(struct pieces *ps, int lost, const char *fmt, ...)
{
        char text[PIECE_BYTES];
        va_list args;
        va_start(args, fmt);
        vsnprintf(text, sizeof(text), fmt, args);
        va_end(args);
        struct piece *p = frame_piece(ps, text);
        p->gap = 2;
        p->lost = lost;
        return p;
}

/* The commas give way last. */
static void draw_pieces(struct pieces *ps, struct canvas *c, int y, struct look look)
{
        CLEANUP(str_finish) struct str line = {0};
        str_init(&line, LINE_MAX);
        pieces_fit(ps, c->cols, 0);
        const char *between = pieces_width(ps, false) > c->cols ? " " : ", ";
        for (size_t i = 0; i < ps->count; i++)
                str_add_sep(&line, between, ps->items[i].text);
        canvas_fill(c, (struct rect){0, y, c->cols, 1}, look);
        canvas_text(c, 0, y, c->cols, look, str_text(&line));
}

static void add_remotes(struct pieces *ps, const struct links_look *l)
{
        char brief[BRIEF_BYTES];
        struct piece *p = l->age[0] ? add(ps, 0, "%s, data %s old", l->word, l->age)
                                    : add(ps, 0, "%s, no data yet", l->word);
        if (l->age[0]) {
                snprintf(brief, sizeof(brief), "%s, %s old", l->word, l->age);
                piece_shortens(p, 6, brief);
        }
        piece_shortens(p, 3, l->word);
}

static void add_link(struct pieces *ps, const struct ui *ui)
{
        struct links_look l = {.pending = ui->outbox};
        if (ui->links.count)
                links_look(ui, &l);
        if (l.pending > 0) {
                char brief[BRIEF_BYTES];
                snprintf(brief, sizeof(brief), "%lld unsent", (long long)l.pending);
                piece_shortens(add(ps, 0, "%lld to send", (long long)l.pending), 1, brief);
        }
        if (l.coming)
                add(ps, 4, "receiving %lld", (long long)l.coming);
        if (l.others[0])
                add(ps, 4, "%s", l.others);
        if (ui->links.count)
                add_remotes(ps, &l);
        else
                add(ps, 5, "no remote");
}

static void add_clocks(struct pieces *ps, const struct ui *ui)
{
        struct countdown left = {.is_short = false};
        char brief[BRIEF_BYTES];
        if (ui->clock_due_ms != CLOCK_NONE)
                countdown_read(ui->clock_due_ms, ui_now_ms(ui), &left);
        if (left.is_short) {
                snprintf(brief, sizeof(brief), "due in %s", left.text);
                piece_shortens(add(ps, 3, "clock %s", brief), 7, brief);
        }
        if (ui->clocks_overdue) {
                long long late = ui->clocks_overdue;
                snprintf(brief, sizeof(brief), "%lld late", late);
                piece_shortens(add(ps, 2, "%lld clock%s late", late, late == 1 ? "" : "s"), 7,
                               brief);
        }
}

static void add_ceiling(struct pieces *ps, const struct ui *ui)
{
        const char *tlp = tlp_name(ui->ops->ceiling);
        struct piece *p = add(ps, 0, "ceiling %s", tlp);
        piece_shortens(p, 7, tlp);
        piece_shortens(p, 1, strchr(tlp, ':') + 1); /* as the lists write it */
}

static void draw_who(const struct ui *ui, struct canvas *c)
{
        static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        char unit[PIECE_BYTES];
        struct pieces ps = {.count = 0};
        struct exercise ex;
        struct stamp_parts t;
        stamp_split(ui_now_ms(ui), &t);
        frame_exercise(ui, 0, &ex);
        if (ex.to > ex.from)
                add(&ps, 0, "%s", ex.text);
        add_ceiling(&ps, ui);
        add(&ps, 8, "%d %s", t.day, months[t.month - 1]);
        add(&ps, 1, "%02d:%02dZ", t.hour, t.minute);
        add_clocks(&ps, ui);
        if (ui->ops->readonly)
                add(&ps, 4, "read-only");
        add_link(&ps, ui);
        frame_unit(ui, unit);
        if (unit[0])
                add(&ps, 9, "%s", unit);
        draw_pieces(&ps, c, 0, frame_look(ui, ROLE_TEXT, ROLE_HEADER, 0));
}

static void add_badge(const struct pane *p, struct pieces *ps)
{
        struct view_badge b = {.count = -1};
        if (p->opened && p->view.loaded && p->view.ops->badge)
                p->view.ops->badge(&p->view, &b);
        if (b.unacked > 0)
                add(ps, 1, "%ld %s", b.unacked, b.unacked_word ? b.unacked_word : "unacknowledged");
        if (b.conflicts > 0)
                add(ps, 2, "%ld conflict%s", b.conflicts, b.conflicts == 1 ? "" : "s");
        if (b.count >= 0)
                add(ps, 3, "%s%ld listed", b.more ? "more than " : "", b.count);
}

static void draw_view(struct ui *ui, struct canvas *c)
{
        struct pieces ps = {.count = 0};
        const struct pane *p = &ui->panes[ui->current];
        const char digit[] = {p->view.ops->digit, '\0'};
        add(&ps, 0, "%s%s%s", digit, digit[0] ? " " : "", p->view.ops->title);
        add_badge(p, &ps);
        draw_pieces(&ps, c, 1, LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD));
}

/* Those that a digit goes to, each with its name, or as digits alone; the columns that they take.
 */
static int draw_others(struct ui *ui, struct canvas *c, int x, bool named)
{
        int from = x;
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct view_ops *ops = ui->panes[i].view.ops;
                if (i == ui->current || !ops->digit)
                        continue;
                char text[64];
                const char *name = ui_is_narrow(ui) ? ops->brief : ops->title;
                snprintf(text, sizeof(text), "%c%s%s%s", ops->digit, named ? " " : "",
                         named ? name : "", named ? "  " : " ");
                int used = (int)text_width(text);
                canvas_text(c, x, 2, c->cols - x, LOOK(.ink = ROLE_MUTED), text);
                frame_zone(ui, x, 2, used, ops->digit);
                x += used;
        }
        return x - from;
}

static void draw_other_views(struct ui *ui, struct canvas *c)
{
        size_t zones = ui->zone_count;
        int x = canvas_text(c, 0, 2, c->cols, LOOK(.ink = ROLE_MUTED), "Other views: ");
        int end = x + draw_others(ui, c, x, true);
        if (end > c->cols) {
                ui->zone_count = zones;
                canvas_fill(c, (struct rect){x, 2, c->cols - x, 1}, LOOK(.ink = ROLE_MUTED));
                end = x + draw_others(ui, c, x, false);
        }
        frame_draw_operator(ui, c, 2, end);
}

void frame_draw_linear(struct ui *ui, struct canvas *c)
{
        draw_who(ui, c);
        draw_view(ui, c);
        draw_other_views(ui, c);
}

void frame_draw_news_linear(const struct ui *ui, struct canvas *c)
{
        static const char *const kinds[] = {[NOTICE_DONE] = "",
                                            [NOTICE_WARN] = "attention: ",
                                            [NOTICE_FAIL] = "failed: ",
                                            [NOTICE_HINT] = ""};
        int y = c->rows - 2;
        canvas_fill(c, (struct rect){0, y, c->cols, 1}, LOOK(.ink = ROLE_TEXT));
        if (ui->notice)
                canvas_printf(c, 0, y, c->cols, LOOK(.ink = ROLE_TEXT), "%s%s",
                              kinds[ui->notice_kind], ui->notice);
}
