/*
 * Timeline: what was done and noted, newest first, a heading per day.
 */
#include "ui/detail_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

static const char *const day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct pen {
        struct canvas *c;
        struct rect r;
        int row, scroll; /* row of the content */
        int64_t day;
        int this_year;
};

static bool next_row(struct pen *p, int *ret_y)
{
        int shown = p->row++ - p->scroll;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

static const struct fold_entry *entry_of(const struct folded *f, const char *id)
{
        for (size_t i = f->log_count; i-- > 0;)
                if (strcmp(f->log[i].act->id, id) == 0)
                        return &f->log[i];
        return NULL;
}

static bool is_undone(const struct folded *f, const char *id)
{
        for (size_t i = 0; i < f->log_count; i++)
                if (f->log[i].applied && f->log[i].act->undoes &&
                    strcmp(f->log[i].act->undoes, id) == 0)
                        return true;
        return false;
}

static void draw_day(struct pen *p, int64_t at_ms)
{
        struct stamp_parts t;
        int y;
        stamp_split(at_ms, &t);
        if (!next_row(p, &y))
                return;
        AUTO_FREE char *day =
                xasprintf("%s %d %s", day_names[t.wday], t.day, month_names[t.month - 1]);
        AUTO_FREE char *year = t.year == p->this_year ? xstrdup("") : xasprintf(" %d", t.year);
        canvas_printf(p->c, p->r.x, y, p->r.w, (struct look){.ink = ROLE_FAINT}, "%s%s", day, year);
}

struct words_pen {
        struct pen *pen;
        struct look look;
        int x;
};

static void words_line(void *ctx, const char *line, size_t len)
{
        struct words_pen *w = ctx;
        int y;
        if (!next_row(w->pen, &y))
                return;
        AUTO_FREE char *s = xstrndup(line, len);
        canvas_text(w->pen->c, w->x, y, w->pen->r.x + w->pen->r.w - w->x, w->look, s);
}

/* "12:34Z petrov: " before the words, where they are one line with them. */
static char *when_and_who(const struct row *row)
{
        struct stamp_parts t;
        const char *who = thing_text(&row->thing, "operator");
        stamp_split(thing_ms(&row->thing, "occurred"), &t);
        return xasprintf("%02d:%02dZ %s: ", t.hour, t.minute, who ? who : "nobody named");
}

static void draw_words(struct pen *p, const struct row *row, const struct fold_entry *e,
                       bool undone, int x)
{
        const char *text = thing_text(&row->thing, "text");
        bool lapsed = undone || (e && !e->applied);
        struct look look = {.ink = lapsed                     ? ROLE_FAINT
                                   : row->flags & MARK_SYSTEM ? ROLE_MUTED
                                                              : ROLE_TEXT};
        bool failed = e && !e->applied;
        AUTO_FREE char *why =
                failed ? xasprintf("  %s not applied: %s", glyph_text(GLYPH_FAILS, p->c->ascii),
                                   e->why_not ? e->why_not : "its time had passed")
                       : xstrdup("");
        AUTO_FREE char *first = p->c->linear ? when_and_who(row) : xstrdup("");
        AUTO_FREE char *whole =
                xasprintf("%s%s%s%s", first, text ? text : "", undone ? "  (undone)" : "", why);
        struct words_pen w = {.pen = p, .look = look, .x = x};
        text_wrap(whole, (size_t)(p->r.x + p->r.w - x), words_line, &w);
}

static int draw_when(struct pen *p, const struct row *row, int64_t at_ms)
{
        struct stamp_parts t;
        int y = p->r.y + p->row - p->scroll;
        bool shown = y >= p->r.y && y < p->r.y + p->r.h;
        int name = p->r.w > 60 ? 12 : 9;
        stamp_split(at_ms, &t);
        if (shown) {
                const char *who = thing_text(&row->thing, "operator");
                canvas_printf(p->c, p->r.x, y, 7, (struct look){.ink = ROLE_MUTED}, "%02d:%02dZ",
                              t.hour, t.minute);
                canvas_text(p->c, p->r.x + 8, y, name - 1, (struct look){.ink = ROLE_MUTED},
                            who ? who : "-");
        }
        return p->r.x + 8 + name;
}

struct detail_extent detail_draw_timeline(const struct detail_draw *d, struct canvas *c,
                                          struct rect r)
{
        struct pen p = {.c = c, .r = r, .scroll = d->scroll, .day = INT64_MIN};
        const struct detail_data *data = d->data;
        struct stamp_parts now;
        stamp_split(ui_now_ms(d->ui), &now);
        p.this_year = now.year;
        if (!data->log_count)
                canvas_text(c, r.x, r.y, r.w, (struct look){.ink = ROLE_MUTED},
                            "Nothing was done or noted yet; n adds a note");
        for (size_t i = 0; i < data->log_count; i++) {
                const struct row *row = &data->log[i];
                int64_t at = thing_ms(&row->thing, "occurred");
                int64_t day = at >= 0 ? at / 86400000 : (at - 86399999) / 86400000;
                if (day != p.day)
                        draw_day(&p, at);
                p.day = day;
                int x = c->linear ? r.x : draw_when(&p, row, at);
                draw_words(&p, row, entry_of(&data->view.folded, row->thing.id),
                           is_undone(&data->view.folded, row->thing.id), x);
        }
        int left = p.row - p.scroll - r.h;
        if (left > 0 && r.h > 1)
                detail_draw_more(c, r.x + r.w, r.y + r.h - 1, left);
        return (struct detail_extent){.rows = p.row, .window = r.h};
}
