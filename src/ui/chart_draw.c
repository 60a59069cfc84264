/*
 * The time chart as cells.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui/chart.h"

#include "ui_private.h"

#define HEAD_ROWS    2
#define SUB_COLUMNS  11 /* the longest label of a status */
#define LEGEND_LEAST 8  /* rows of a chart that has one */

/* How bars look: on their ground, in front of its fill. */
static const struct style {
        enum glyph fill;
        enum role ink, ground;    /* of the fill; a ground other than ROLE_BG: a block */
        const char *name, *brief; /* in the legend */
} styles[CHART_WHATS] = {
        [CHART_ON_CALL] = {GLYPH_HLINE, ROLE_MUTED, ROLE_BG, "on call", "on call"},
        [CHART_LEAVE] = {GLYPH_AWAY, ROLE_MUTED, ROLE_BG, "away", "away"},
        [CHART_REST] = {GLYPH_REST, ROLE_MUTED, ROLE_BG, "rest", "rest"},
        [CHART_SOFT] = {GLYPH_DASH, ROLE_ACCENT, ROLE_BG, "soft hold", "soft"},
        [CHART_HARD] = {GLYPH_HELD, ROLE_BAR_HOLD, ROLE_BAR_HOLD, "hard hold", "hard"},
        [CHART_OUT] = {GLYPH_BAR, ROLE_BAR_OUT, ROLE_BAR_OUT, "out", "out"},
        [CHART_TWICE] = {GLYPH_FAILS, ROLE_STRONG, ROLE_BAR_TWICE, "booked twice", "twice"},
};

/* ---- where things stand ----------------------------------------------------------------------
 */

struct chart_shape chart_shape_of(struct rect r)
{
        int labels = r.w >= 190 ? 64 : r.w >= 150 ? 52 : r.w >= 100 ? 42 : r.w >= 70 ? 26 : 14;
        int legend = r.h >= LEGEND_LEAST ? 2 : 0, heads = r.h > HEAD_ROWS ? HEAD_ROWS : 0;
        int h = r.h - heads - legend, w = r.w - labels - 1;
        struct chart_shape s = {
                .heads = {r.x + labels, r.y, w, heads},
                .labels = {r.x, r.y + heads, labels, h},
                .time = {r.x + labels, r.y + heads, w, h},
                .legend = {r.x, r.y + r.h - 1, r.w, legend ? 1 : 0},
                .sub = r.w >= 100 ? SUB_COLUMNS : 0,
        };

        return s;
}

static struct chart_scale scale_of(const struct chart *ch, const struct chart_shape *s)
{
        return (struct chart_scale){ch->from_ms, chart_span_ms(ch->zoom),
                                    s->time.w > 0 ? s->time.w : 1};
}

struct drawing {
        const struct chart *ch;
        const struct chart_rows *rows;
        int64_t now_ms;
        struct canvas *c;
        struct chart_shape s;
        struct chart_scale scale;
        bool weekend[CANVAS_COLS_MAX];
        int now_x;    /* -1: not in sight */
        long current; /* the bar of the row being drawn that has the cursor; -1 */
};

/* ---- the scale -------------------------------------------------------------------------------
 */

static void look_at_days(struct drawing *d)
{
        int x, end;

        for (int i = 0; i < d->scale.w && i < CANVAS_COLS_MAX; i++) {
                struct stamp_parts p;
                char zone[8];

                clock_local(chart_ms_at(&d->scale, i), &p, zone);
                d->weekend[i] = p.wday == 0 || p.wday == 6;
        }
        d->now_x = chart_columns_of(&d->scale, d->now_ms, d->now_ms + 1, &x, &end) ? x : -1;
}

/* Nothing where the one before it, or the sign of now, has the place. */
static void draw_ticks(const struct drawing *d, const struct chart_tick *ticks, size_t count, int y,
                       int kept_from, int kept_end)
{
        int used = 0;

        for (size_t i = 0; i < count; i++) {
                const struct chart_tick *t = &ticks[i];
                int w = (int)text_width(t->text), room = d->s.heads.w - t->x;
                struct look look = t->today ? LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD)
                                            : LOOK(.ink = ROLE_MUTED);

                if (t->x < used || w > room || (t->x < kept_end && t->x + w >= kept_from))
                        continue;
                canvas_text(d->c, d->s.heads.x + t->x, y, room, look, t->text);
                used = t->x + w + 1;
        }
}

static void draw_heads(const struct drawing *d, const struct chart_ticks *t)
{
        int y = d->s.heads.y, from = d->scale.w, end = d->scale.w;
        char now[16];
        struct stamp_parts p;
        char zone[8];

        if (!d->s.heads.h)
                return;
        clock_local(d->now_ms, &p, zone);
        snprintf(now, sizeof(now), "%s %02d:%02d", glyph_text(GLYPH_MORE_DOWN, d->c->ascii),
                 p.hour % 100, p.minute % 100);
        if (d->now_x >= 0) {
                int room = d->scale.w - d->now_x, w = (int)text_width(now);

                from = d->now_x;
                end = d->now_x + (w <= room ? w : 1) + 1;
                canvas_text(d->c, d->s.heads.x + d->now_x, y + 1, room, LOOK(.ink = ROLE_ACCENT),
                            w <= room ? now : glyph_text(GLYPH_MORE_DOWN, d->c->ascii));
        }
        draw_ticks(d, t->upper, t->upper_count, y, d->scale.w, d->scale.w);
        draw_ticks(d, t->lower, t->lower_count, y + 1, from, end);
        canvas_text(d->c, d->s.labels.x + 3, y + 1, d->s.labels.w - 4, LOOK(.ink = ROLE_FAINT),
                    t->zone);
}

/* ---- bars ------------------------------------------------------------------------------------
 */

/* What the part behind now is on. */
static enum role ground_of(const struct drawing *d, const struct chart_bar *bar, int x)
{
        bool past = bar->what == CHART_OUT && chart_ms_at(&d->scale, x + 1) <= d->now_ms;

        if (styles[bar->what].ground != ROLE_BG)
                return past ? ROLE_BAR_PAST : styles[bar->what].ground;
        return x < CANVAS_COLS_MAX && d->weekend[x] ? ROLE_PANEL : ROLE_BG;
}

/* Which bar of a row is to be seen in each column: its index, or -1. */
struct seen {
        long bar[CANVAS_COLS_MAX];
};

static void draw_fill(const struct drawing *d, const struct chart_bar *bar, long index, int y,
                      struct seen *seen)
{
        const struct style *style = &styles[bar->what];
        int x, end;

        if (!chart_columns_of(&d->scale, bar->from_ms, bar->until_ms, &x, &end))
                return;
        for (int i = x; i < end && i < CANVAS_COLS_MAX; i++) {
                enum role ground = ground_of(d, bar, i);
                enum role ink = ground == ROLE_BAR_PAST ? ROLE_BAR_PAST : style->ink;

                canvas_glyph(d->c, d->s.time.x + i, y,
                             LOOK(.ink = (uint8_t)ink, .ground = (uint8_t)ground), style->fill);
                seen->bar[i] = index;
        }
}

/* The first columns of a bar where nothing hides it and `w` fit; not on the line of now if they fit
 * behind it. -1: nowhere. */
static int room_for(const struct drawing *d, const struct seen *seen, long index, int w)
{
        int run = 0, found = -1;

        for (int i = 0; i < d->scale.w && i < CANVAS_COLS_MAX; i++) {
                run = seen->bar[i] == index ? run + 1 : 0;
                if (run < w)
                        continue;
                if (found < 0)
                        found = i - w + 1;
                if (d->now_x < i - w + 1 || d->now_x > i)
                        return i - w + 1;
        }
        return found;
}

/* Each letter on the ground that is there, a blank and the sign of the bar at both ends. */
static void draw_label(const struct drawing *d, const struct chart_bar *bar, long index, int y,
                       const struct seen *seen)
{
        bool current = index == d->current, block = styles[bar->what].ground != ROLE_BG;
        AUTO_FREE char *label = xasprintf(" %s ", bar->label);
        int w = (int)text_width(label), x = bar->label[0] ? room_for(d, seen, index, w + 2) : -1;
        struct text_cluster cl;

        if (x++ < 0)
                return;
        for (const char *p = label; text_next(p, strlen(p), &cl); p += cl.bytes) {
                struct look look = {.ink = current || block ? ROLE_STRONG : ROLE_MUTED,
                                    .ground = (uint8_t)ground_of(d, bar, x),
                                    .attr = current || bar->what == CHART_TWICE ? ATTR_BOLD : 0};
                AUTO_FREE char *text = xstrndup(p, cl.bytes);

                x += canvas_text(d->c, d->s.time.x + x, y, cl.width, look, text);
        }
}

static void draw_bar_cursor(const struct drawing *d, const struct chart_bar *bar, int y)
{
        int x, end;

        if (!chart_columns_of(&d->scale, bar->from_ms, bar->until_ms, &x, &end))
                return;
        canvas_glyph(d->c, d->s.time.x + x, y,
                     LOOK(.ink = ROLE_ACCENT, .ground = (uint8_t)ground_of(d, bar, x),
                          .attr = ATTR_BOLD),
                     GLYPH_CURSOR);
        d->c->cursor_x = d->s.time.x + x;
}

/* Over whatever is there, on its ground. */
static void draw_now(const struct drawing *d, int y)
{
        int x = d->s.time.x + d->now_x;

        if (d->now_x < 0 || x >= d->c->cols || y >= d->c->rows)
                return;
        canvas_glyph(d->c, x, y,
                     LOOK(.ink = ROLE_ACCENT, .ground = canvas_at(d->c, x, y)->look.ground),
                     GLYPH_VLINE);
}

/* Those that say more over the others, the one under the cursor over all; then now, then words. */
static void draw_bars(const struct drawing *d, const struct chart_row *row, int y)
{
        struct seen seen;

        for (int i = 0; i < CANVAS_COLS_MAX; i++)
                seen.bar[i] = -1;
        for (int what = 0; what < CHART_WHATS; what++)
                for (size_t b = 0; b < row->bar_count; b++)
                        if ((int)row->bars[b].what == what && (long)b != d->current)
                                draw_fill(d, &row->bars[b], (long)b, y, &seen);
        if (d->current >= 0 && d->current < (long)row->bar_count)
                draw_fill(d, &row->bars[d->current], d->current, y, &seen);
        draw_now(d, y);
        for (size_t b = 0; b < row->bar_count; b++)
                draw_label(d, &row->bars[b], (long)b, y, &seen);
        if (d->current >= 0 && d->current < (long)row->bar_count)
                draw_bar_cursor(d, &row->bars[d->current], y);
}

/* ---- rows ------------------------------------------------------------------------------------
 */

static void draw_ground(const struct drawing *d, int y)
{
        for (int i = 0; i < d->scale.w && i < CANVAS_COLS_MAX; i++)
                if (d->weekend[i])
                        canvas_fill(d->c, (struct rect){d->s.time.x + i, y, 1, 1},
                                    LOOK(.ground = ROLE_PANEL));
}

static void draw_names(const struct drawing *d, const struct chart_row *row, bool current, int y)
{
        struct rect r = d->s.labels;
        int sub = row->sub[0] && !row->heading ? d->s.sub : 0, x = r.x + 2;
        int room = r.w - 3 - (sub ? sub + 1 : 0);
        struct look look = current || row->heading ? LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD)
                                                   : LOOK(.ink = ROLE_TEXT);

        canvas_text(d->c, x, y, room, look,
                    row->brief && (int)text_width(row->label) > room ? row->brief : row->label);
        if (sub)
                canvas_text(d->c, r.x + r.w - sub - 1, y, sub, LOOK(.ink = ROLE_MUTED), row->sub);
        if (!current)
                return;
        canvas_select(d->c, (struct rect){r.x, y, r.w - 1, 1});
        canvas_glyph(d->c, r.x, y, LOOK(.ink = ROLE_ACCENT, .ground = ROLE_SELECTION),
                     GLYPH_CURSOR);
        d->c->cursor_x = r.x;
        d->c->cursor_y = y;
        d->c->cursor_shown = true;
}

static void draw_row(struct drawing *d, size_t i, int y)
{
        struct chart_row row = {0};

        d->rows->row(d->rows->ctx, i, &row);
        d->current = i == d->ch->at ? d->ch->bar : -1;
        draw_ground(d, y);
        draw_names(d, &row, i == d->ch->at, y);
        draw_bars(d, &row, y);
}

/* ---- the last line ---------------------------------------------------------------------------
 */

static const char *sign_name(int what, bool brief)
{
        return brief ? styles[what].brief : styles[what].name;
}

static int signs_width(bool brief)
{
        int w = 0;

        for (int what = 0; what < CHART_WHATS; what++)
                w += (int)strlen(sign_name(what, brief)) + 4;
        return w - 2;
}

/* In fewer words where they do not fit, and on two lines where these do not either: the one above
 * is free. */
static void draw_signs(const struct drawing *d, int x, int end)
{
        bool brief = x + signs_width(false) > end, wraps = brief && x + signs_width(true) > end;
        int from = x, y = d->s.legend.y - wraps;
        int room = wraps ? d->s.legend.x + d->s.legend.w : end;

        for (int what = CHART_WHATS - 1; what >= 0; what--) {
                const struct style *style = &styles[what];
                const char *name = sign_name(what, brief);
                int w = (int)strlen(name) + 2;

                if (x + w > room && wraps) {
                        x = from;
                        y = d->s.legend.y;
                        room = end;
                        wraps = false;
                }
                if (x + w > room)
                        return;
                canvas_glyph(d->c, x, y,
                             LOOK(.ink = (uint8_t)style->ink, .ground = (uint8_t)style->ground),
                             style->fill);
                canvas_text(d->c, x + 2, y, w, LOOK(.ink = ROLE_MUTED), name);
                x += w + 2;
        }
}

/* What the cursor is on in words, else what the signs mean; and how many rows have no room. */
static void draw_legend(const struct drawing *d)
{
        struct rect r = d->s.legend;
        size_t below = d->ch->top + (size_t)d->s.time.h;
        char more[40] = "", says[CHART_SAYS];
        struct chart_row row = {0};
        int x = r.x + 2, end = r.x + r.w;

        if (!r.h)
                return;
        if (below < d->rows->count)
                snprintf(more, sizeof(more), "%s %zu more",
                         glyph_text(GLYPH_MORE_DOWN, d->c->ascii), d->rows->count - below);
        if (more[0])
                end -= canvas_right(d->c, end - 1, r.y, 24, LOOK(.ink = ROLE_MUTED), more) + 2;
        if (d->ch->at < d->rows->count)
                d->rows->row(d->rows->ctx, d->ch->at, &row);
        if (d->ch->bar >= 0 && d->ch->bar < (long)row.bar_count) {
                chart_bar_says(&row.bars[d->ch->bar], says);
                canvas_text(d->c, x, r.y, end - x, LOOK(.ink = ROLE_TEXT), says);
                return;
        }
        draw_signs(d, x, end);
}

/* ---- the whole -------------------------------------------------------------------------------
 */

void chart_draw(const struct chart *ch, const struct chart_rows *rows, int64_t now_ms,
                struct canvas *c, struct rect r)
{
        struct drawing d = {.ch = ch, .rows = rows, .now_ms = now_ms, .c = c};
        struct chart_ticks ticks;
        int y;

        d.s = chart_shape_of(r);
        d.scale = scale_of(ch, &d.s);
        if (d.s.time.h <= 0 || d.s.time.w <= 0)
                return;
        if (c->linear) {
                chart_draw_linear(&(struct chart_words){ch, rows, d.s, d.scale}, c, r);
                return;
        }
        look_at_days(&d);
        chart_ticks_make(&d.scale, now_ms, &ticks);
        draw_heads(&d, &ticks);
        for (y = 0; y < d.s.time.h && ch->top + (size_t)y < rows->count; y++)
                draw_row(&d, ch->top + (size_t)y, d.s.time.y + y);
        for (; y < d.s.time.h; y++) {
                draw_ground(&d, d.s.time.y + y);
                draw_now(&d, d.s.time.y + y);
        }
        draw_legend(&d);
}

bool chart_hit(const struct chart *ch, const struct chart_rows *rows, struct rect r, int x, int y,
               size_t *ret_row, long *ret_bar)
{
        struct chart_shape s = chart_shape_of(r);
        struct chart_scale scale = scale_of(ch, &s);
        size_t i = ch->top + (size_t)(y - s.time.y);
        struct chart_row row = {0};
        long best = -1;
        int from, end;

        if (y < s.time.y || y >= s.time.y + s.time.h || x < r.x || x >= r.x + r.w ||
            i >= rows->count)
                return false;
        rows->row(rows->ctx, i, &row);
        for (size_t b = 0; !row.heading && b < row.bar_count; b++)
                if (chart_columns_of(&scale, row.bars[b].from_ms, row.bars[b].until_ms, &from,
                                     &end) &&
                    x >= s.time.x + from && x < s.time.x + end &&
                    (best < 0 || row.bars[b].what >= row.bars[best].what))
                        best = (long)b;
        *ret_row = i;
        *ret_bar = best;
        return !row.heading;
}
