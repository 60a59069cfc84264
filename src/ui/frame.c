/*
 * The frame around every view: who and when (row 0); the views (frame_tabs.c).
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/marking.h"
#include "ui/countdown.h"
#include "ui_private.h"

#define UNIT_COLUMNS 44

int frame_margin(const struct ui *ui)
{
        return ui_is_narrow(ui) ? 1 : 2;
}

static bool is_exercise(const struct ui *ui)
{
        return ui->options.exercise || ui->ops->exercise;
}

struct look frame_look(const struct ui *ui, enum role ink, enum role ground, unsigned attr)
{
        if (is_exercise(ui) && ground != ROLE_BLACK) {
                ink = ROLE_EXERCISE_INK;
                ground = ROLE_EXERCISE;
        }
        return LOOK(.ink = ink, .ground = ground, .attr = (uint8_t)attr);
}

void frame_zone(struct ui *ui, int x, int y, int w, int32_t chord)
{
        if (ui->zone_count < ZONES_MAX && chord != CHORD_NONE)
                ui->zones[ui->zone_count++] = (struct zone){.x = x, .y = y, .w = w, .chord = chord};
}

/* ---- the exercise ---- */

#define NAMED_COLS 160

void frame_exercise(const struct ui *ui, int y, struct exercise *ret)
{
        static const char thrice[] = "EXERCISE EXERCISE EXERCISE";
        int cols = ui->canvas->cols;
        const char *name = ui->options.exercise ? ui->options.exercise : "";
        *ret = (struct exercise){.from = cols, .to = cols};
        if (!is_exercise(ui))
                return;
        char full[PIECE_BYTES];
        snprintf(full, sizeof(full), "%s %s", thrice, name);
        /* in a narrow header the ceiling needs the room, in the last line the keys do */
        bool named = name[0] && !(y == 0 ? ui_is_narrow(ui) : cols < NAMED_COLS);
        if (cols < 60)
                snprintf(ret->text, sizeof(ret->text), "EXERCISE");
        else
                text_cut(named ? full : thrice, (size_t)(cols / 2 - 2),
                         glyph_text(GLYPH_ELLIPSIS, ui->canvas->ascii), ret->text,
                         sizeof(ret->text));
        int width = (int)text_width(ret->text);
        ret->from = (cols - width) / 2;
        ret->to = ret->from + width;
}

/* Out of the middle where there is no other way. */
void frame_draw_exercise(const struct ui *ui, struct canvas *c, int y, struct exercise *ex,
                         struct gap free)
{
        int width = ex->to - ex->from;
        if (!width)
                return;
        if (ex->to > free.to)
                ex->from = free.to - width;
        if (ex->from < free.from)
                ex->from = free.from;
        ex->to = ex->from + width;
        canvas_text(c, ex->from, y, width, frame_look(ui, ROLE_STRONG, ROLE_HEADER, ATTR_BOLD),
                    ex->text);
}

/* ---- row 0 ---- */

struct piece *frame_piece(struct pieces *ps, const char *text)
{
        struct piece *p = &ps->items[ps->count++];
        *p = (struct piece){.ink = ROLE_TEXT, .ground = ROLE_HEADER};
        snprintf(p->text, sizeof(p->text), "%s", text);
        return p;
}

static void add_unit(struct pieces *ps, const struct ui *ui)
{
        const struct ops *ops = ui->ops;
        char text[4 * PIECE_BYTES], cut[4 * UNIT_COLUMNS + 8];
        if (ui_is_narrow(ui) || !ops->unit_name)
                return;
        snprintf(text, sizeof(text), "%s%s%s", ops->unit_name, ops->desk ? " " : "",
                 ops->desk ? ops->desk : "");
        text_cut(text, UNIT_COLUMNS, glyph_text(GLYPH_ELLIPSIS, ui->canvas->ascii), cut,
                 sizeof(cut));
        struct piece *p = frame_piece(ps, cut);
        p->gap = 2;
        p->lost = 8;
}

static void add_ceiling(struct pieces *ps, const struct ui *ui)
{
        static const enum role inks[] = {ROLE_TLP_CLEAR, ROLE_TLP_GREEN, ROLE_TLP_AMBER,
                                         ROLE_TLP_AMBER, ROLE_TLP_RED};
        bool narrow = ui_is_narrow(ui);
        if (!narrow) {
                struct piece *p = frame_piece(ps, "ceiling");
                p->ink = ROLE_MUTED;
                p->gap = 5;
                p->lost = 7;
        }
        char text[64];
        snprintf(text, sizeof(text), " %s ", tlp_name(ui->ops->ceiling));
        struct piece *p = frame_piece(ps, text);
        p->ink = inks[ui->ops->ceiling];
        p->ground = ROLE_BLACK;
        p->attr = ATTR_BOLD;
        p->gap = narrow ? 2 : 1;
}

static void add_late(struct pieces *ps, const struct ui *ui, bool beside)
{
        char text[PIECE_BYTES];
        if (!ui->clocks_overdue)
                return;
        snprintf(text, sizeof(text), "%s%s%lld late",
                 beside ? "" : glyph_text(GLYPH_SHORT, ui->canvas->ascii), beside ? "" : " ",
                 (long long)ui->clocks_overdue);
        struct piece *p = frame_piece(ps, text);
        p->ink = ROLE_ALARM;
        p->attr = ATTR_BOLD;
        p->gap = beside || ui_is_narrow(ui) ? 2 : 3;
        p->lost = beside ? 3 : 1;
}

/* Of all incidents: what is due within two hours, and how many are past due. */
static void add_clock(struct pieces *ps, const struct ui *ui)
{
        bool roomy = !ui_is_narrow(ui) && !(is_exercise(ui) && ui->canvas->cols < 160);
        struct countdown left = {.is_short = false};
        char text[PIECE_BYTES];
        if (ui->clock_due_ms != CLOCK_NONE)
                countdown_read(ui->clock_due_ms, ui_now_ms(ui), &left);
        if (left.is_short || left.is_late) {
                snprintf(text, sizeof(text), "%s %s%s%s",
                         glyph_text(GLYPH_SHORT, ui->canvas->ascii), left.text, roomy ? " " : "",
                         roomy ? ui->clock_ref : "");
                struct piece *p = frame_piece(ps, text);
                p->ink = left.look.ink;
                p->attr = left.look.attr;
                p->gap = ui_is_narrow(ui) ? 2 : 3;
                p->lost = 1;
        }
        add_late(ps, ui, left.is_short || left.is_late);
}

static void add_left(struct pieces *ps, const struct ui *ui)
{
        struct piece *p = frame_piece(ps, "muster");
        p->ink = ROLE_ACCENT;
        p->attr = ATTR_BOLD;
        p->lost = 5;
        add_unit(ps, ui);
        frame_add_link(ps, ui);
        add_ceiling(ps, ui);
        add_clock(ps, ui);
        if (ui->ops->readonly) {
                p = frame_piece(ps, "read-only");
                p->gap = ui_is_narrow(ui) ? 1 : 4;
                p->lost = 4;
        }
}

static void add_local(struct pieces *ps, const struct ui *ui, int64_t now)
{
        struct stamp_parts t;
        char zone[8], text[32];
        if (!ui->options.zone)
                return;
        clock_local(now, &t, zone);
        if (strcmp(zone, "UTC") == 0)
                return;
        snprintf(text, sizeof(text), "%02d:%02d %s", t.hour, t.minute, zone);
        struct piece *p = frame_piece(ps, text);
        p->ink = ROLE_MUTED;
        p->lost = 9;
        p->right = true;
}

void frame_add_time(struct pieces *ps, const struct ui *ui)
{
        static const char *const days[] = {"Sun ", "Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat "};
        static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        bool narrow = ui_is_narrow(ui);
        int64_t now = ui_now_ms(ui);
        struct stamp_parts t;
        char text[32], seconds[8];
        stamp_split(now, &t);
        add_local(ps, ui, now);
        snprintf(seconds, sizeof(seconds), ":%02d", t.second);
        snprintf(text, sizeof(text), "%02d:%02d%sZ", t.hour, t.minute, narrow ? "" : seconds);
        struct piece *p = frame_piece(ps, text);
        *p = (struct piece){.ink = ROLE_STRONG, .attr = ATTR_BOLD, .right = true};
        p->ground = ROLE_HEADER;
        p->gap = ps->count > 1 && ps->items[ps->count - 2].right ? (narrow ? 1 : 2) : 0;
        snprintf(p->text, sizeof(p->text), "%s", text);
        snprintf(text, sizeof(text), "%s%d %s", narrow ? "" : days[t.wday], t.day,
                 months[t.month - 1]);
        p = frame_piece(ps, text);
        p->ink = ROLE_STRONG;
        p->attr = ATTR_BOLD;
        p->gap = narrow ? 1 : 2;
        p->lost = 6;
        p->right = true;
}

static int width_of(const struct pieces *ps, bool right)
{
        int width = 0;
        for (size_t i = 0; i < ps->count; i++)
                if (ps->items[i].right == right)
                        width +=
                                (width ? ps->items[i].gap : 0) + (int)text_width(ps->items[i].text);
        return width;
}

/* Takes out the piece to lose first; false where none may go. */
static bool lose(struct pieces *ps, bool left_too, bool right_too)
{
        size_t first = ps->count;
        for (size_t i = 0; i < ps->count; i++) {
                const struct piece *p = &ps->items[i];
                bool may = p->right ? right_too : left_too;
                if (may && p->lost && (first == ps->count || p->lost > ps->items[first].lost))
                        first = i;
        }
        if (first == ps->count)
                return false;
        ps->count--;
        memmove(&ps->items[first], &ps->items[first + 1],
                (ps->count - first) * sizeof(ps->items[0]));
        return true;
}

static void fit(struct pieces *ps, const struct ui *ui, const struct exercise *ex)
{
        int cols = ui->canvas->cols, edge = frame_margin(ui);
        if (ex->to > ex->from) {
                while (edge + width_of(ps, false) + 2 > ex->from && lose(ps, true, false))
                        ;
                while (cols - edge - width_of(ps, true) - 2 < ex->to && lose(ps, false, true))
                        ;
                return;
        }
        while (width_of(ps, false) + 2 + width_of(ps, true) + 2 * edge > cols &&
               lose(ps, true, true))
                ;
}

static void draw_header(const struct ui *ui, struct canvas *c)
{
        struct pieces ps = {.count = 0};
        struct exercise ex;
        add_left(&ps, ui);
        frame_add_time(&ps, ui);
        frame_exercise(ui, 0, &ex);
        fit(&ps, ui, &ex);
        canvas_fill(c, (struct rect){0, 0, c->cols, 1}, frame_look(ui, ROLE_TEXT, ROLE_HEADER, 0));
        int left = frame_margin(ui), right = c->cols - frame_margin(ui);
        for (size_t i = 0; i < ps.count; i++) {
                const struct piece *p = &ps.items[i];
                struct look look = frame_look(ui, p->ink, p->ground, p->attr);
                int width = (int)text_width(p->text);
                if (p->right) {
                        right -= right < c->cols - frame_margin(ui) ? p->gap : 0;
                        canvas_right(c, right, 0, width, look, p->text);
                        right -= width;
                } else {
                        left += left > frame_margin(ui) ? p->gap : 0;
                        left += canvas_text(c, left, 0, width, look, p->text);
                }
        }
        frame_draw_exercise(ui, c, 0, &ex, (struct gap){left + 1, right - 1});
}

void frame_draw(struct ui *ui, struct canvas *c)
{
        if (c->linear) {
                frame_draw_linear(ui, c);
                return;
        }
        draw_header(ui, c);
        frame_draw_tabs(ui, c);
}

void frame_draw_tiny(const struct ui *ui, struct canvas *c)
{
        int y = c->rows / 2;
        if (is_exercise(ui))
                canvas_text(c, 0, 0, c->cols, frame_look(ui, ROLE_STRONG, ROLE_BG, ATTR_BOLD),
                            "EXERCISE");
        canvas_printf(c, 0, y, c->cols, LOOK(.ink = ROLE_TEXT), "muster needs %dx%d; this is %dx%d",
                      LEAST_COLS, LEAST_ROWS, c->cols, c->rows);
}
