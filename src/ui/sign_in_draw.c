/*
 * How it looks: alone on the screen with unit, time and link, or in a box over the view.
 */
#include "ui/sign_in_asks.h"

#include <string.h>

#include "base/text.h"
#include "ui_private.h"

#define COVER_COLS 64
#define BOX_ROWS   9
#define LABEL_COLS 6
#define ROOMY_ROWS 18

/* Where the next line stands. */
struct pen {
        const struct overlay *o;
        struct canvas *c;
        int x, y, w;
        enum role ground;
        bool roomy;
};

static void blank(struct pen *p)
{
        if (p->roomy)
                p->y++;
}

static void say(struct pen *p, enum role ink, unsigned attr, const char *text)
{
        canvas_text(p->c, p->x, p->y++, p->w,
                    LOOK(.ink = ink, .ground = p->ground, .attr = (uint8_t)attr), text);
}

static void wrap(struct pen *p, enum role ink, int rows, const char *text)
{
        p->y += canvas_wrap(p->c, (struct rect){p->x, p->y, p->w, rows}, 0,
                            LOOK(.ink = ink, .ground = p->ground), text);
}

/* ---- the fields ------------------------------------------------------------------------------ */

/* A sign for each character; which ones is nowhere. */
static void hide(const struct line_edit *line, struct line_edit *ret)
{
        struct text_cluster cl;
        size_t count = 0, at = 0;
        for (size_t i = 0; text_next(line->text + i, line->len - i, &cl); i += cl.bytes) {
                at += i < line->at;
                count++;
        }
        *ret = (struct line_edit){.len = count, .at = at};
        memset(ret->text, '*', count);
}

static void draw_line(struct pen *p, enum sign_in_line which, const char *label)
{
        const struct sign_in *st = p->o->state;
        struct line_edit hidden;
        const struct line_edit *line = &st->lines[which];
        bool current = st->at == which;
        if (which == SIGN_IN_PIN) {
                hide(line, &hidden);
                line = &hidden;
        }
        canvas_text(p->c, p->x, p->y, LABEL_COLS,
                    LOOK(.ink = current ? ROLE_ACCENT : ROLE_MUTED, .ground = p->ground), label);
        line_draw(line, p->c, (struct rect){p->x + LABEL_COLS, p->y++, p->w - LABEL_COLS, 1},
                  LOOK(.ink = ROLE_TEXT, .ground = current ? ROLE_SELECTION : ROLE_PANEL), current);
}

static void draw_fields(struct pen *p)
{
        const struct sign_in *st = p->o->state;
        draw_line(p, SIGN_IN_NAME, "Name");
        if (sign_in_asks_pin(p->o))
                draw_line(p, SIGN_IN_PIN, "PIN");
        blank(p);
        if (!st->error.text[0])
                return;
        canvas_glyph(p->c, p->x, p->y, LOOK(.ink = ROLE_WARN, .ground = p->ground), GLYPH_FAILS);
        canvas_wrap(p->c, (struct rect){p->x + 2, p->y, p->w - 2, 2}, 0,
                    LOOK(.ink = ROLE_WARN, .ground = p->ground), st->error.text);
}

/* ---- alone ----------------------------------------------------------------------------------- */

/* Pieces of the frame in a row; those of its right end stand there from the end on. */
static void draw_pieces(struct pen *p, const struct pieces *ps)
{
        int x = p->x;
        for (size_t n = 0; n < ps->count; n++) {
                const struct piece *piece = &ps->items[ps->items[0].right ? ps->count - 1 - n : n];
                x += n ? 2 : 0;
                x += canvas_text(p->c, x, p->y, p->x + p->w - x,
                                 LOOK(.ink = piece->ink, .attr = (uint8_t)piece->attr),
                                 piece->text);
        }
        p->y++;
}

static void draw_surroundings(struct pen *p)
{
        const struct ui *ui = p->o->ui;
        const struct ops *ops = ui->ops;
        struct pieces time = {.count = 0}, link = {.count = 0};
        AUTO_FREE char *unit = xasprintf("%s%s%s", ops->unit_name ? ops->unit_name : "muster",
                                         ops->desk ? " " : "", ops->desk ? ops->desk : "");
        say(p, ROLE_STRONG, ATTR_BOLD, unit);
        frame_add_time(&time, ui);
        draw_pieces(p, &time);
        frame_add_link(&link, ui);
        draw_pieces(p, &link);
        blank(p);
}

static void draw_head(const struct ui *ui, struct canvas *c)
{
        struct exercise ex;
        canvas_fill(c, (struct rect){0, 0, c->cols, 1}, frame_look(ui, ROLE_TEXT, ROLE_HEADER, 0));
        canvas_text(c, 1, 0, c->cols - 2, frame_look(ui, ROLE_ACCENT, ROLE_HEADER, ATTR_BOLD),
                    "muster");
        frame_exercise(ui, 0, &ex);
        frame_draw_exercise(ui, c, 0, &ex, (struct gap){8, c->cols - 1});
}

static void draw_cover(const struct overlay *o, struct canvas *c)
{
        const struct sign_in *st = o->state;
        int w = c->cols - 4 < COVER_COLS ? c->cols - 4 : COVER_COLS;
        struct pen p = {.o = o,
                        .c = c,
                        .x = c->linear ? 0 : (c->cols - w) / 2,
                        .y = 1,
                        .w = w,
                        .ground = ROLE_BG,
                        .roomy = c->rows >= ROOMY_ROWS};
        if (p.roomy && !c->linear)
                p.y = c->rows / 4;
        draw_head(o->ui, c);
        draw_surroundings(&p);
        if (!sign_in_asks(o)) {
                wrap(&p, ROLE_TEXT, 2,
                     "Hidden, not locked: names are unproven here, so nobody is asked who it is. "
                     "Enter opens.");
                return;
        }
        say(&p, ROLE_STRONG, ATTR_BOLD, st->of == SIGN_IN_START ? "Sign in" : "Locked");
        if (p.roomy && st->of == SIGN_IN_LOCK)
                say(&p, ROLE_MUTED, 0, "Another operator may sign in, too.");
        blank(&p);
        draw_fields(&p);
}

/* ---- in a box -------------------------------------------------------------------------------- */

static const char *remark(const struct overlay *o)
{
        const struct sign_in *st = o->state;
        if (!sign_in_asks_pin(o))
                return "The name is unproven: the config asks for no sign-in.";
        return st->of == SIGN_IN_SECOND ? "Another operator confirms, by name and PIN."
                                        : "Who is here until now is signed out.";
}

static void draw_box(const struct overlay *o, struct canvas *c, struct rect area)
{
        const struct sign_in *st = o->state;
        struct rect r = overlay_place(c, area, COVER_COLS + 4, BOX_ROWS);
        struct pen p = {.o = o,
                        .c = c,
                        .x = r.x + 2,
                        .y = r.y + (r.h >= BOX_ROWS),
                        .w = r.w - 4,
                        .ground = ROLE_PANEL,
                        .roomy = false};
        canvas_panel(c, r);
        say(&p, ROLE_STRONG, ATTR_BOLD,
            st->of == SIGN_IN_SECOND ? st->question : "Who is at the console now?");
        wrap(&p, ROLE_MUTED, 1, remark(o));
        p.y += r.h >= BOX_ROWS;
        draw_fields(&p);
}

void sign_in_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        if (o->ops->covers)
                draw_cover(o, c);
        else
                draw_box(o, c, area);
}
