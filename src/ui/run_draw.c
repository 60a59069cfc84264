/*
 * Painting a run: what it is and on what, how far it has come, the plan, the step under the cursor,
 * what to press next.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/when.h"
#include "ui/plan_words.h"
#include "ui/run_view.h"
#include "ui_private.h"

#define BESIDE_FROM 120 /* columns */
#define BESIDE_ROWS 16
#define BELOW_FROM  16 /* rows */
#define PANE_LEAST  42

static const struct run_view *state_of(const struct view *v)
{
        return v->state;
}

/* ---- where things stand ---------------------------------------------------------------------- */

struct run_shape run_shape_of(const struct view *v, struct rect r)
{
        bool linear = ui_is_linear(v->ui);
        struct run_shape s = {.beside = r.w >= BESIDE_FROM && r.h >= BESIDE_ROWS && !linear};
        bool roomy = s.beside && r.h >= 28;
        /* below the hint a row for notices, where there is one */
        int side = linear ? 0 : s.beside ? 3 : 1, y = r.y + roomy, end = r.y + r.h - 1 - roomy;
        s.head = (struct rect){r.x + side, y, r.w - 2 * side, 1};
        y += roomy ? 2 : 1;
        s.progress = (struct rect){r.x + side, y, r.w - 2 * side, 1};
        y += s.beside ? 2 : 1;
        s.hint = (struct rect){r.x + side, end, r.w - 2 * side, 1};
        s.plan = (struct rect){r.x, y, r.w, end - y};
        if (s.beside) {
                int w = r.w / 3 > PANE_LEAST ? r.w / 3 : PANE_LEAST;
                s.plan.w = r.w - w - 1;
                s.rule = (struct rect){r.x + s.plan.w, y, 1, end - y};
                s.pane = (struct rect){s.rule.x + 3, y, w - 5, end - y};
                s.plan.h = s.pane.h = s.rule.h = end - y - roomy;
        } else if (r.h >= BELOW_FROM && !linear) {
                int h = r.h / 3;
                s.tight = true;
                s.pane = (struct rect){r.x + side, end - h, r.w - 2 * side, h};
                s.rule = (struct rect){r.x, end - h - 1, r.w, 1};
                s.plan.h -= h + 1;
        }
        return s;
}

struct plan_picture run_view_picture(const struct view *v)
{
        const struct run_view *st = state_of(v);
        return (struct plan_picture){.plan = &st->plan,
                                     .twigs = st->twigs,
                                     .news = st->news,
                                     .now_ms = ui_now_ms(v->ui),
                                     .me = ui_ops(v->ui)->operator,
                                     .cursor = st->cursor,
                                     .top = st->top,
                                     .focus = !st->in_pane,
                                     .remarks = st->shape.beside && st->shape.plan.h >= 24};
}

/* ---- the head -------------------------------------------------------------------------------- */

static const char *title_of(const struct run_view *st)
{
        const struct row *row = st->run ? ops_run_row(st->run) : NULL;
        const struct run *run = run_view_run(st);
        const char *title = row ? thing_text(&row->thing, "title") : NULL;
        if (title && *title)
                return title;
        if (run && run->playbook->name)
                return run->playbook->name;
        if (st->has_book && st->book.doc.playbook && st->book.doc.playbook->name)
                return st->book.doc.playbook->name;
        return "a playbook without a name";
}

static const char *ref_of(const struct run_view *st)
{
        if (st->run && !ops_run_is_dry(st->run))
                return ops_run_row(st->run)->ref;
        return st->run ? "dry run" : "playbook";
}

static int tlp_of(const struct run_view *st)
{
        const struct row *row = st->run && !ops_run_is_dry(st->run) ? ops_run_row(st->run) : NULL;
        const struct run *run = run_view_run(st);
        if (row)
                return thing_rank(&row->thing, "tlp");
        if (run)
                return run->playbook->tlp;
        return st->has_book && st->book.doc.playbook ? st->book.doc.playbook->tlp : -1;
}

static int draw_tlp(const struct run_view *st, struct canvas *c, struct rect r)
{
        int tlp = tlp_of(st);
        if (tlp < 0)
                return 0;
        AUTO_FREE char *name = xasprintf(" %s ", tlp_name((enum tlp)tlp));
        int w = (int)text_width(name);
        canvas_text(c, r.x + r.w - w, r.y, w,
                    LOOK(.ink = tlp_role(tlp), .ground = ROLE_BLACK, .attr = ATTR_BOLD), name);
        return w + 2;
}

static int draw_about(const struct run_view *st, struct canvas *c, int x, int y, int room)
{
        int from = x;
        if (!st->has_about || room < 12)
                return 0;
        int severity = thing_rank(&st->about.thing, "severity");
        const char *title = thing_text(&st->about.thing, "title");
        x += canvas_text(c, x, y, room, LOOK(.ink = ROLE_MUTED), "on ");
        x += canvas_text(c, x, y, from + room - x, LOOK(.ink = ROLE_TEXT), st->about.ref) + 1;
        if (severity >= 0) {
                struct look look = {.ink = (uint8_t)severity_role(severity)};
                if (!c->linear)
                        x += canvas_glyph(c, x, y, look, severity_glyph(severity)) + 1;
                if (room >= 30)
                        x += canvas_text(c, x, y, from + room - x, look,
                                         enum_at(&enum_severity, severity)->label) +
                             2;
        }
        if (title && from + room - x > 8)
                x += canvas_text(c, x, y, from + room - x, LOOK(.ink = ROLE_MUTED), title);
        return x - from;
}

static void draw_head(const struct view *v, struct canvas *c, struct rect r)
{
        const struct run_view *st = state_of(v);
        int end = r.x + r.w - draw_tlp(st, c, r), x = r.x;
        int about = st->has_about ? (int)text_width(st->about.ref) + (r.w >= 100 ? 40 : 6) : 0;
        x += canvas_text(
                     c, x, r.y, end - x,
                     LOOK(.ink = run_view_is_dry(st) ? ROLE_WARN : ROLE_STRONG, .attr = ATTR_BOLD),
                     ref_of(st)) +
             2;
        int room = end - x - about;
        x += canvas_text(c, x, r.y, room > 20 ? room : end - x,
                         LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), title_of(st)) +
             2;
        draw_about(st, c, x, r.y, end - x);
}

static const char *since_words(const struct view *v, struct arena *a)
{
        const struct run_view *st = state_of(v);
        const struct run *run = run_view_run(st);
        char when[WHEN_BYTES];
        if (!run || run_view_is_dry(st))
                return "";
        if (ops_run_newer(st->run))
                return "a newer version is here: D";
        if (run->paused)
                return "paused";
        if (run->conflicts)
                return arena_printf(a, "%zu to settle", run->conflicts);
        if (run->state != RUN_IS_ON && run->ended_ms != CLOCK_NONE) {
                when_show(run->ended_ms, ui_now_ms(v->ui), when);
                return arena_printf(a, "ended %s", when);
        }
        when_age(ui_now_ms(v->ui) - run->start->at_ms, when);
        return arena_printf(a, "running %s, led by %s", when, run->owner ? run->owner : "nobody");
}

static void draw_progress(const struct view *v, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct run_view *st = state_of(v);
        struct plan_picture p = run_view_picture(v);
        arena_init(&a);
        const char *since = since_words(v, &a);
        int w = (int)text_width(since);
        bool beside = w && r.w >= 70 + w;
        const struct run *run = run_view_run(st);
        bool warn = run && (run->paused || run->conflicts || (st->run && ops_run_newer(st->run)));
        if (beside || (warn && w)) {
                canvas_right(c, r.x + r.w, r.y, w, LOOK(.ink = warn ? ROLE_WARN : ROLE_MUTED),
                             since);
                r.w -= w + 2;
        }
        plan_draw_progress(&p, c, r);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void draw_rule(const struct run_shape *s, struct canvas *c)
{
        struct look border = {.ink = ROLE_BORDER};
        if (!s->rule.h)
                return;
        if (!s->beside) {
                canvas_hline(c, s->rule.x, s->rule.y, s->rule.w, border, GLYPH_HLINE);
                return;
        }
        for (int y = s->rule.y; y < s->rule.y + s->rule.h; y++)
                canvas_glyph(c, s->rule.x, y, border, GLYPH_VLINE);
}

static void draw_pane(const struct view *v, bool tight, struct canvas *c, struct rect r)
{
        const struct run_view *st = state_of(v);
        const struct step_pane_look look = {.tight = tight, .skip = st->skip};
        int rows = step_pane_draw(&st->pane, &look, c, r);
        *st->extent = (struct run_extent){rows, r.h};
        if (rows - st->skip <= r.h)
                return;
        AUTO_FREE char *text =
                xasprintf("%s %d more %s", glyph_text(GLYPH_MORE_DOWN, c->ascii),
                          rows - st->skip - r.h, rows - st->skip - r.h == 1 ? "line" : "lines");
        int w = (int)text_width(text);
        canvas_fill(c, (struct rect){r.x + r.w - w - 1, r.y + r.h - 1, w + 1, 1},
                    LOOK(.ink = ROLE_MUTED));
        canvas_text(c, r.x + r.w - w, r.y + r.h - 1, w, LOOK(.ink = ROLE_MUTED), text);
}

static void draw_hint(const struct view *v, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        arena_init(&a);
        canvas_text(c, r.x, r.y, r.w, LOOK(.ink = ROLE_ACCENT), run_view_hint(v, &a));
}

void run_view_draw(const struct view *v, struct canvas *c, struct rect r)
{
        const struct run_view *st = state_of(v);
        struct run_shape s = st->shape;
        struct plan_picture p = run_view_picture(v);
        bool alone = st->in_pane && !s.beside;
        draw_head(v, c, s.head);
        if (alone) {
                draw_pane(v, false, c,
                          (struct rect){s.head.x, s.head.y + 1, s.head.w, s.hint.y - s.head.y - 1});
        } else {
                draw_progress(v, c, s.progress);
                draw_rule(&s, c);
                if (s.pane.h)
                        draw_pane(v, s.tight, c, s.pane);
                if (st->plan.count)
                        plan_draw(&p, c, s.plan);
        }
        draw_hint(v, c, s.hint);
        (void)r;
}
