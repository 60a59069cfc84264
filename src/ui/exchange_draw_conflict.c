/*
 * A conflict in full: what each said side by side, with what stood before; where there is no room
 * below each other. What can be taken by a key stands below.
 */
#include <string.h>

#include "base/text.h"
#include "model/when.h"
#include "ui/columns.h"
#include "ui/exchange_pen.h"
#include "ui/exchange_view.h"
#include "ui_private.h"

#define COLUMN_LEAST   15
#define COLUMN_MOST    30
#define GAP            2
#define REASON_COLUMNS 160

struct drawing {
        struct exchange_pen *p;
        const struct exchange *x;
        const struct exchange_item *item;
        struct arena *a;
};

/* ---- one word ---- */

static const char *who(const struct drawing *d, struct choice_of what)
{
        const struct act *act = what.word ? what.word->act : d->item->c->before_act;
        const char *source = thing_text(&d->item->of->row.thing, "source");
        if (act)
                return act->operator;
        if (!d->item->c->before)
                return "nobody";
        return source ? source : "whose it is";
}

static const char *when(const struct drawing *d, struct choice_of what)
{
        const struct act *act = what.word ? what.word->act : d->item->c->before_act;
        char *text = arena_alloc(d->a, WHEN_BYTES);
        if (act)
                when_show(act->created_ms, ui_now_ms(d->p->v->ui), text);
        return text;
}

static const char *reason(const struct drawing *d, struct choice_of what)
{
        const struct act *act = what.word ? what.word->act : d->item->c->before_act;
        if (!act || !act->reason || !*act->reason)
                return "";
        char cut[4 * REASON_COLUMNS + 8];
        text_cut(act->reason, REASON_COLUMNS, glyph_text(GLYPH_ELLIPSIS, d->p->c->ascii), cut,
                 sizeof(cut));
        return arena_printf(d->a, "\"%s\"", cut);
}

static bool in_force(struct choice_of what)
{
        return what.word && what.word->in_force;
}

static struct look value_look(const struct drawing *d, const char *value)
{
        const struct field *f = d->item->c->field;
        if (f->list == &enum_severity && value)
                return LOOK(.ink = severity_role(enum_rank(f->list, value)), .attr = ATTR_BOLD);
        return LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD);
}

/* ---- side by side ---- */

static void draw_value(const struct drawing *d, struct exchange_pen *p, const char *value)
{
        const struct field *f = d->item->c->field;
        struct look look = value_look(d, value);
        int y, indent = 0;
        if (f->list == &enum_severity && value) {
                indent = p->c->ascii ? 3 : 2;
                if (pen_row(p, &y))
                        canvas_glyph(p->c, p->r.x, y, look,
                                     severity_glyph(enum_rank(f->list, value)));
                p->row--;
        }
        pen_text(p, indent, look, conflict_value(d->item, value, p->v->ui, d->a));
}

static void draw_rule(struct exchange_pen *p, bool chosen)
{
        int y;
        if (pen_row(p, &y))
                canvas_hline(p->c, p->r.x, y, p->r.w,
                             LOOK(.ink = chosen ? ROLE_ACCENT : ROLE_BORDER,
                                  .attr = chosen ? ATTR_BOLD : 0),
                             chosen ? GLYPH_HEAVY : GLYPH_HLINE);
}

static void draw_column(const struct drawing *d, struct exchange_pen *p, size_t i, bool chosen)
{
        struct choice_of what = choice_at(d->item->c, i);
        int y;
        if (pen_row(p, &y)) {
                int w = canvas_text(p->c, p->r.x, y, p->r.w,
                                    LOOK(.ink = chosen ? ROLE_STRONG : ROLE_MUTED,
                                         .attr = chosen ? ATTR_BOLD : 0),
                                    choice_name(d->item->c, i));
                if (in_force(what))
                        canvas_text(p->c, p->r.x + w, y, p->r.w - w, LOOK(.ink = ROLE_MUTED),
                                    ", in force");
        }
        draw_rule(p, chosen);
        draw_value(d, p, what.value);
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT), who(d, what));
        if (what.word && what.word->unit)
                pen_text(p, 0, LOOK(.ink = ROLE_MUTED), what.word->unit);
        if (*when(d, what))
                pen_text(p, 0, LOOK(.ink = ROLE_MUTED), when(d, what));
        if (*reason(d, what))
                pen_text(p, 0, LOOK(.ink = ROLE_MUTED), reason(d, what));
}

static int column_width(const struct drawing *d)
{
        int count = (int)choice_count(d->item->c);
        int w = (d->p->r.w - GAP * (count - 1)) / count;
        if (ui_is_linear(d->p->v->ui) || w < COLUMN_LEAST)
                return 0;
        return w < COLUMN_MOST ? w : COLUMN_MOST;
}

static void draw_columns(const struct drawing *d, int width)
{
        struct exchange *x = d->p->v->state;
        size_t now = choice_now(x, d->item->c), count = choice_count(d->item->c);
        int begin = d->p->row, end = begin;
        for (size_t i = 0; i < count; i++) {
                struct exchange_pen p = *d->p;
                p.r.x += (int)i * (width + GAP);
                p.r.w = width;
                draw_column(d, &p, i, i == now);
                end = p.row > end ? p.row : end;
        }
        d->p->row = end;
        x->choices = (struct rect){d->p->r.x, d->p->r.y + begin - d->p->skip,
                                   (width + GAP) * (int)count, end - begin};
}

/* ---- below each other ---- */

static void draw_words(const struct drawing *d)
{
        size_t now = choice_now(d->x, d->item->c);
        for (size_t i = 0; i < choice_count(d->item->c); i++) {
                struct choice_of what = choice_at(d->item->c, i);
                const char *unit = what.word ? what.word->unit : NULL;
                pen_text(d->p, 0,
                         i == now ? LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD)
                                  : LOOK(.ink = ROLE_TEXT),
                         arena_printf(d->a, "%s%s: %s, %s%s%s%s%s%s", choice_name(d->item->c, i),
                                      in_force(what)                 ? ", in force"
                                      : what.word && what.word->late ? ", too late"
                                                                     : "",
                                      conflict_value(d->item, what.value, d->p->v->ui, d->a),
                                      who(d, what), unit ? " of " : "", unit ? unit : "",
                                      *when(d, what) ? ", " : "", when(d, what),
                                      i == now ? "; chosen" : ""));
                if (*reason(d, what))
                        pen_text(d->p, 2, LOOK(.ink = ROLE_MUTED), reason(d, what));
        }
}

/* ---- all of it ---- */

static void draw_keys(const struct drawing *d)
{
        const struct conflict *c = d->item->c;
        size_t now = choice_now(d->x, c);
        const char *value = conflict_value(d->item, choice_at(c, now).value, d->p->v->ui, d->a);
        bool ascii = d->p->c->ascii;
        const char *arrows = ui_is_linear(d->p->v->ui)
                                     ? "Left, Right"
                                     : arena_printf(d->a, "%s %s", glyph_text(GLYPH_LEFT, ascii),
                                                    glyph_text(GLYPH_RIGHT, ascii));
        if (ui_why_no_writing(d->p->v->ui))
                return;
        pen_blank(d->p);
        pen_field(d->p, d->x->in_detail ? "Enter" : "s",
                  arena_printf(d->a, "takes %s: %s", choice_name(c, now), value));
        pen_field(d->p, arrows, "chooses another");
        if (!c->heads->item)
                pen_field(d->p, "w", "writes another value");
}

void exchange_draw_conflict(struct exchange_pen *p, const struct exchange *x,
                            const struct exchange_item *item)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct drawing d = {p, x, item, &a};
        int width = column_width(&d);
        pen_head(p, arena_printf(&a, "%s  %s", item->ref, conflict_field(item, p->v->ui, &a)),
                 "conflict", false);
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT), item->text ? item->text : "");
        pen_blank(p);
        if (width)
                draw_columns(&d, width);
        else
                draw_words(&d);
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                 item->c->count == 2
                         ? "Neither had seen the other; what is not taken stays in the log."
                         : "None had seen the others; what is not taken stays in the log.");
        draw_keys(&d);
}
