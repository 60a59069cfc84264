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

static const char thrice[] = "EXERCISE EXERCISE EXERCISE";

static void put_in_middle(struct exercise *ex, int cols)
{
        int width = (int)text_width(ex->text);
        ex->from = (cols - width) / 2;
        ex->to = ex->from + width;
}

/* Where the mark would stand close to what is beside it. */
static void leave_name_out(struct exercise *ex, int cols)
{
        if (strncmp(ex->text, thrice, strlen(thrice)) != 0)
                return;
        ex->text[strlen(thrice)] = '\0';
        put_in_middle(ex, cols);
}

void frame_exercise(const struct ui *ui, int y, struct exercise *ret)
{
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
        put_in_middle(ret, cols);
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

void frame_unit(const struct ui *ui, char out[PIECE_BYTES])
{
        const struct ops *ops = ui->ops;
        char text[4 * PIECE_BYTES];
        out[0] = '\0';
        if (!ops->unit_name)
                return;
        snprintf(text, sizeof(text), "%s%s%s", ops->unit_name, ops->desk ? " " : "",
                 ops->desk ? ops->desk : "");
        text_cut(text, UNIT_COLUMNS, glyph_text(GLYPH_ELLIPSIS, ui->canvas->ascii), out,
                 PIECE_BYTES);
}

static void add_unit(struct pieces *ps, const struct ui *ui)
{
        char text[PIECE_BYTES];
        frame_unit(ui, text);
        if (ui_is_narrow(ui) || !text[0])
                return;
        struct piece *p = frame_piece(ps, text);
        p->gap = 2;
        p->lost = 10;
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
                p->lost = 9;
        }
        char text[64];
        snprintf(text, sizeof(text), " %s ", tlp_name(ui->ops->ceiling));
        struct piece *p = frame_piece(ps, text);
        p->ink = inks[ui->ops->ceiling];
        p->ground = ROLE_BLACK;
        p->attr = ATTR_BOLD;
        p->gap = narrow ? 2 : 1;
        piece_shortens(p, 2, tlp_name(ui->ops->ceiling));
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
        p->lost = beside ? 3 : 2;
}

/* Of all incidents: what is due within two hours, and how many are past due. */
static void add_clock(struct pieces *ps, const struct ui *ui)
{
        struct countdown left = {.is_short = false};
        char text[PIECE_BYTES], brief[BRIEF_BYTES];
        if (ui->clock_due_ms != CLOCK_NONE)
                countdown_read(ui->clock_due_ms, ui_now_ms(ui), &left);
        if (left.is_short || left.is_late) {
                snprintf(brief, sizeof(brief), "%s %s", glyph_text(GLYPH_SHORT, ui->canvas->ascii),
                         left.text);
                snprintf(text, sizeof(text), "%s %s", brief, ui->clock_ref);
                struct piece *p = frame_piece(ps, ui_is_narrow(ui) ? brief : text);
                piece_shortens(p, 7, brief);
                p->ink = left.look.ink;
                p->attr = left.look.attr;
                p->gap = ui_is_narrow(ui) ? 2 : 3;
                p->lost = 2;
        }
        add_late(ps, ui, left.is_short || left.is_late);
}

static void add_left(struct pieces *ps, const struct ui *ui)
{
        struct piece *p = frame_piece(ps, "muster");
        p->ink = ROLE_ACCENT;
        p->attr = ATTR_BOLD;
        p->lost = 8;
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
        p->lost = 11;
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
        bool beside = ps->count && ps->items[ps->count - 1].right;
        struct piece *p = frame_piece(ps, text);
        p->ink = ROLE_STRONG;
        p->attr = ATTR_BOLD;
        p->gap = !beside ? 0 : narrow ? 1 : 2;
        p->lost = 1;
        p->right = true;
        snprintf(text, sizeof(text), "%s%d %s", narrow ? "" : days[t.wday], t.day,
                 months[t.month - 1]);
        p = frame_piece(ps, text);
        p->ink = ROLE_STRONG;
        p->attr = ATTR_BOLD;
        p->gap = narrow ? 1 : 2;
        p->lost = 6;
        p->right = true;
}

/* Beside the mark of an exercise, which moves out of the middle where one side needs more. */
static void fit(struct pieces *ps, const struct ui *ui, const struct exercise *ex)
{
        int room = ui->canvas->cols - 2 * frame_margin(ui), mark = ex->to - ex->from;
        int between = mark ? 1 : 2;
        pieces_fit(ps, mark ? room - mark - between : room, between);
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
        if (right - left - (ex.to - ex.from) < 4)
                leave_name_out(&ex, c->cols);
        int gap = right - left - (ex.to - ex.from) >= 4 ? 2 : 1;
        frame_draw_exercise(ui, c, 0, &ex, (struct gap){left + gap, right - gap});
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
