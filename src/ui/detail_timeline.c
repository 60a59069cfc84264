/*
 * Timeline: what was done and noted, and what others say happened, newest first, a heading per day.
 */
#include "ui/detail_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/part.h"
#include "model/when.h"
#include "model/words.h"
#include "ui/entry.h"

static const char *const day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct pen {
        struct canvas *c;
        const struct detail_data *data;
        struct rect r;
        int row, scroll; /* row of the content */
        int64_t day, now_ms;
        const struct words *words;
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
static char *when_and_who(int64_t at_ms, const char *who, bool exact)
{
        struct stamp_parts t;
        stamp_split(at_ms, &t);
        if (!exact)
                return xasprintf("%s: ", who ? who : "nobody named");
        return xasprintf("%02d:%02dZ %s: ", t.hour, t.minute, who ? who : "nobody named");
}

/* The other time of a row, where the two differ: "  happened Tue 06:10Z". */
static char *other_time(const struct pen *p, int64_t at_ms, int64_t happened_ms)
{
        char shown[WHEN_BYTES];
        if (happened_ms == CLOCK_NONE || llabs(at_ms - happened_ms) < 60000)
                return xstrdup("");
        when_show(happened_ms, p->now_ms, shown);
        return xasprintf("  happened %s", shown);
}

/* The entry of this id among what was read; NULL. */
static const struct row *row_of(const struct detail_data *data, const char *id)
{
        for (size_t i = 0; id && i < data->log_count; i++)
                if (strcmp(data->log[i].thing.id, id) == 0)
                        return &data->log[i];
        return NULL;
}

/* Older entries may not have been read yet, later ones may be hidden. */
static void add_link(const struct pen *p, const char *id, const char *says, const char *unread,
                     struct arena *a, struct str *out)
{
        const struct row *other = row_of(p->data, id);
        if (id)
                str_addf(out, "  %s %s", says,
                         other ? entry_name(&other->thing, p->now_ms, a) : unread);
}

/* What an entry is besides what it says, in words. */
static void add_marks(const struct pen *p, const struct thing *entry, struct arena *a,
                      struct str *out)
{
        for (size_t i = ENTRY_AWAITING; entry_mark_at(i); i++)
                if (entry_has(entry, entry_mark_at(i)))
                        str_addf(out, "  %s", entry_mark_at(i)->brief);
        if (thing_text(entry, "late"))
                str_addf(out, "  written down late: %s", thing_text(entry, "late"));
        add_link(p, thing_text(entry, "corrects"), "corrects", "an earlier entry", a, out);
        add_link(p, thing_text(entry, "corrected_by"), "corrected by", "a later entry", a, out);
}

static void add_fate(const struct pen *p, const struct fold_entry *e, bool undone, struct str *out)
{
        if (undone)
                str_add(out, "  (undone)");
        if (e && !e->applied)
                str_addf(out, "  %s not applied: %s", glyph_text(GLYPH_FAILS, p->c->ascii),
                         e->why_not ? e->why_not : "its time had passed");
}

static void draw_words(struct pen *p, const struct detail_moment *m, const struct fold_entry *e,
                       bool undone, int x)
{
        const struct thing *entry = &m->row->thing;
        const struct entry_mark *sign = p->c->linear ? NULL : entry_sign(entry);
        const char *text = thing_text(entry, "text");
        bool lapsed = undone || (e && !e->applied) || entry_is_corrected(entry);
        struct look look = {.ink = lapsed                        ? ROLE_FAINT
                                   : m->row->flags & MARK_SYSTEM ? ROLE_MUTED
                                                                 : ROLE_TEXT};
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str whole = {0};
        arena_init(&a);
        str_init(&whole, VALUE_TEXT_MAX + 4096);
        AUTO_FREE char *first =
                p->c->linear ? when_and_who(m->at_ms, thing_text(entry, "operator"), true)
                             : xstrdup("");
        AUTO_FREE char *other = other_time(p, m->at_ms, thing_ms(entry, "occurred"));
        str_add(&whole, first);
        if (sign)
                str_addf(&whole, "%s ", glyph_text(sign->glyph, p->c->ascii));
        int tlp = entry_stricter(entry, thing_rank(&p->data->view.row.thing, "tlp"));
        if (tlp >= 0)
                str_addf(&whole, "%s ", tlp_name((enum tlp)tlp));
        str_add(&whole, text ? text : "");
        str_add(&whole, other);
        add_marks(p, entry, &a, &whole);
        add_fate(p, e, undone, &whole);
        int y = p->r.y + p->row - p->scroll;
        struct words_pen w = {.pen = p, .look = look, .x = x};
        text_wrap(str_text(&whole), (size_t)(p->r.x + p->r.w - x), words_line, &w);
        bool shown = y >= p->r.y && y < p->r.y + p->r.h;
        if (sign && shown)
                canvas_glyph(p->c, x, y, sign->look, sign->glyph);
        if (tlp >= 0 && shown && !p->c->linear)
                entry_draw_marking(tlp, p->c, x + (sign ? 2 : 0), y, p->r.x + p->r.w - x);
}

/* What an event is called where it did not simply happen: "event expected". */
static const char *doubt_of(const struct pen *p, const struct thing *event)
{
        static const char *const plain[] = {"occurred", "occured", "ongoing"};
        const char *status = thing_text(event, "status");
        const struct field *field = field_find(event->kind, "status");
        for (size_t i = 0; status && i < ARRAY_LEN(plain); i++)
                if (strcmp(status, plain[i]) == 0)
                        return NULL;
        return status && *status ? word_label(p->words, field->words, status) : NULL;
}

static void draw_event(struct pen *p, const struct detail_moment *m, bool exact, int x)
{
        const char *doubt = doubt_of(p, m->event);
        struct arena a;
        arena_init(&a);
        AUTO_FREE char *other = other_time(p, m->at_ms, part_ms(m->event));
        const char *who = thing_text(m->event, "source");
        AUTO_FREE char *first = p->c->linear ? when_and_who(m->at_ms, who, exact) : xstrdup("");
        AUTO_FREE char *whole = xasprintf("%sevent%s%s: %s%s", first, doubt ? " " : "",
                                          doubt ? doubt : "", part_title(m->event, &a), other);
        struct words_pen w = {.pen = p, .look = {.ink = ROLE_TEXT}, .x = x};
        text_wrap(whole, (size_t)(p->r.x + p->r.w - x), words_line, &w);
        arena_finish(&a);
}

/* Of an event that is known by its day only, no time of day. */
static bool is_exact(const struct detail_data *data, const struct detail_moment *m)
{
        static const char *const coarse[] = {"day", "month", "year"};
        const char *fidelity = m->event ? thing_text(m->event, "start_fidelity") : NULL;
        for (size_t i = 0; fidelity && !data->by_entry && i < ARRAY_LEN(coarse); i++)
                if (strcmp(fidelity, coarse[i]) == 0)
                        return false;
        return true;
}

static int draw_when(struct pen *p, const char *who, int64_t at_ms, bool exact)
{
        struct stamp_parts t;
        int y = p->r.y + p->row - p->scroll;
        bool shown = y >= p->r.y && y < p->r.y + p->r.h;
        int name = p->r.w > 60 ? 12 : 9;
        stamp_split(at_ms, &t);
        if (shown) {
                if (exact)
                        canvas_printf(p->c, p->r.x, y, 7, (struct look){.ink = ROLE_MUTED},
                                      "%02d:%02dZ", t.hour, t.minute);
                canvas_text(p->c, p->r.x + 8, y, name - 1, (struct look){.ink = ROLE_MUTED},
                            who ? who : "-");
        }
        return p->r.x + 8 + name;
}

/* Only what is not as usual is said. */
static void draw_ways(struct pen *p, const struct detail_data *data)
{
        struct look look = {.ink = ROLE_MUTED};
        int y;
        if (data->by_entry && next_row(p, &y))
                canvas_text(p->c, p->r.x, y, p->r.w, look,
                            "by when it was entered; t orders by when it happened");
        if (data->said_only && next_row(p, &y))
                canvas_text(p->c, p->r.x, y, p->r.w, look,
                            "notes, decisions and events only; H shows what the system wrote too");
}

static void draw_moment(struct pen *p, const struct detail_data *data,
                        const struct detail_moment *m)
{
        int64_t day = m->at_ms >= 0 ? m->at_ms / 86400000 : (m->at_ms - 86399999) / 86400000;
        if (day != p->day)
                draw_day(p, m->at_ms);
        p->day = day;
        const struct thing *t = m->event ? m->event : &m->row->thing;
        const char *who = thing_text(t, m->event ? "source" : "operator");
        bool exact = is_exact(data, m);
        int x = p->c->linear ? p->r.x : draw_when(p, who, m->at_ms, exact);
        if (m->event)
                draw_event(p, m, exact, x);
        else
                draw_words(p, m, entry_of(&data->view.folded, t->id),
                           is_undone(&data->view.folded, t->id), x);
}

struct detail_extent detail_draw_timeline(const struct detail_draw *d, struct canvas *c,
                                          struct rect r)
{
        const struct detail_data *data = d->data;
        struct pen p = {.c = c, .data = data, .r = r, .scroll = d->scroll, .day = INT64_MIN};
        struct stamp_parts now;
        p.now_ms = ui_now_ms(d->ui);
        p.words = ui_ops(d->ui)->words;
        stamp_split(p.now_ms, &now);
        p.this_year = now.year;
        if (!data->moment_count && !data->log_count)
                canvas_text(c, r.x, r.y, r.w, (struct look){.ink = ROLE_MUTED},
                            "Nothing was done or noted yet; n adds a note");
        else
                draw_ways(&p, data);
        for (size_t i = 0; i < data->moment_count; i++)
                draw_moment(&p, data, &data->moments[i]);
        int left = p.row - p.scroll - r.h;
        if (left > 0 && r.h > 1)
                detail_draw_more(c, r.x + r.w, r.y + r.h - 1, left);
        return (struct detail_extent){.rows = p.row, .window = r.h};
}
