/*
 * Painting triage: how far it is and who is next, around what came in (triage_draw_came.c) and the
 * questions (triage_draw_ask.c).
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/triage.h"
#include "ui_private.h"

#define SIGNS_MAX  12            /* more are only counted */
#define GUESS_MS   (40ll * 1000) /* an incident takes, before one was done */
#define LEAST_MS   (5ll * 1000)
#define MOST_MS    (300ll * 1000)
#define MINUTE_MS  (60ll * 1000)
#define SPLIT_COLS 100 /* from here on the questions stand at the right */
#define SPLIT_ROWS 24

static const struct triage *state_of(const struct view *v)
{
        return v->state;
}

/* ---- how far ---- */

/* By one's own pace, as soon as there is one. */
static void left_words(const struct view *v, char *out, size_t size)
{
        const struct triage *t = state_of(v);
        size_t done = triage_queue_done(&t->queue), left = triage_queue_left(&t->queue);
        int64_t each = done ? (ui_now_ms(v->ui) - t->begun_ms) / (int64_t)done : GUESS_MS;
        each = each < LEAST_MS ? LEAST_MS : each > MOST_MS ? MOST_MS : each;
        int64_t minutes = (each * (int64_t)left + MINUTE_MS / 2) / MINUTE_MS;
        if (minutes < 1)
                snprintf(out, size, "%zu done, less than a minute left", done);
        else if (minutes < 120)
                snprintf(out, size, "%zu done, about %lld minute%s left", done, (long long)minutes,
                         minutes == 1 ? "" : "s");
        else
                snprintf(out, size, "%zu done, about %lld hours left", done,
                         (long long)(minutes + 30) / 60);
}

static int draw_signs(const struct triage_queue *q, struct canvas *c, int x, int y)
{
        size_t all, seen = 0;
        triage_queue_position(q, &all);
        if (all > SIGNS_MAX)
                return x;
        for (size_t i = 0; i < q->count; i++) {
                const struct triage_entry *e = &q->entries[i];
                bool done = e->state == TRIAGE_DONE;
                if (e->state == TRIAGE_GONE)
                        continue;
                enum glyph g = i == q->at ? GLYPH_UNDERWAY : done ? GLYPH_DONE : GLYPH_TODO;
                enum role ink = i == q->at ? ROLE_ACCENT : done ? ROLE_OK : ROLE_FAINT;
                canvas_glyph(c, x + 2 * (int)seen++, y, LOOK(.ink = ink), g);
        }
        return x + 2 * (int)seen + 1;
}

/* How long it waits, or what became of it here. */
static void draw_waiting(const struct view *v, struct canvas *c, int right, int y)
{
        const struct triage *t = state_of(v);
        const struct thing *now = &t->row.thing;
        int64_t since = thing_ms(now, "created"), now_ms = ui_now_ms(v->ui);
        char age[WHEN_BYTES], text[200] = "";
        enum role ink = ROLE_MUTED;
        if (t->same_as) {
                snprintf(text, sizeof(text), "closed as a duplicate of %s", t->same_as);
        } else if (triage_is_parked(v->ui, &t->row)) {
                when_show(thing_ms(now, "parked_until"), now_ms, age);
                snprintf(text, sizeof(text), "parked until %s", age);
        } else if (since != CLOCK_NONE && triage_can_ack(&t->row)) {
                when_age(now_ms > since ? now_ms - since : 0, age);
                snprintf(text, sizeof(text), "waiting %s", age);
                ink = ROLE_WARN;
        }
        canvas_right(c, right, y, (int)text_width(text), LOOK(.ink = ink), text);
}

static void draw_head(const struct view *v, struct canvas *c, struct rect r)
{
        const struct triage *t = state_of(v);
        bool wide = r.w >= 140, narrow = r.w < SPLIT_COLS;
        char text[80];
        size_t all, at = triage_queue_position(&t->queue, &all);
        int x = r.x +
                canvas_text(c, r.x, r.y, 20, LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), "Triage");
        if (!narrow)
                x += 3 + canvas_text(c, x + 3, r.y, 20, LOOK(.ink = ROLE_MUTED),
                                     t->queue.only_marked ? "those marked" : "oldest first");
        x = wide ? r.x + r.w / 2 - 20 : x + (narrow ? 2 : 4);
        x = draw_signs(&t->queue, c, x, r.y) + (narrow ? 0 : 1);
        snprintf(text, sizeof(text), "%zu of %zu%s", at, all, t->queue.growing ? "+" : "");
        x += canvas_text(c, x, r.y, 20, LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), text);
        left_words(v, text, sizeof(text));
        if (x + 3 + (int)text_width(text) + 16 < r.x + r.w)
                canvas_text(c, x + (narrow ? 2 : 3), r.y, 50, LOOK(.ink = ROLE_MUTED), text);
        draw_waiting(v, c, r.x + r.w, r.y);
}

/* ---- who is next ---- */

static void draw_next(const struct view *v, struct canvas *c, struct rect r)
{
        const struct triage *t = state_of(v);
        int x = r.x, end = r.x + r.w;
        if (!t->next_count) {
                canvas_text(c, x, r.y, r.w, LOOK(.ink = ROLE_FAINT),
                            "then  nothing, this is the last");
                return;
        }
        x += 2 + canvas_text(c, x, r.y, 10, LOOK(.ink = ROLE_FAINT), "then");
        for (size_t i = 0; i < t->next_count && x + 20 < end; i++) {
                const struct row *row = &t->next[i];
                int severity = thing_rank(&row->thing, "severity");
                const char *title = thing_text(&row->thing, "title");
                int each = (end - x) / (int)(t->next_count - i);
                int from = x;
                x += 1 +
                     canvas_text(c, x, r.y, 14, LOOK(.ink = ROLE_MUTED), row->ref ? row->ref : "");
                if (severity_glyph(severity) != GLYPH_COUNT)
                        x += 1 + canvas_glyph(c, x, r.y, LOOK(.ink = severity_role(severity)),
                                              severity_glyph(severity));
                x += 4 + canvas_text(c, x, r.y, from + each - x - 2, LOOK(.ink = ROLE_MUTED),
                                     title ? title : "");
        }
}

static void draw_empty(const struct view *v, struct canvas *c, struct rect r)
{
        const struct triage *t = state_of(v);
        size_t done = triage_queue_done(&t->queue);
        if (done)
                canvas_printf(c, r.x, r.y, r.w, LOOK(.ink = ROLE_TEXT),
                              "The queue is empty: %zu done in this round", done);
        else
                canvas_text(c, r.x, r.y, r.w, LOOK(.ink = ROLE_TEXT),
                            "No incident waits to be acknowledged");
        canvas_text(
                c, r.x, r.y + 1, r.w, LOOK(.ink = ROLE_MUTED),
                done ? "Esc goes to the list, B back to the last one; what comes in is shown here"
                     : "Esc goes to the list; what comes in is shown here");
}

void triage_draw(const struct view *v, struct canvas *c, struct rect r)
{
        const struct triage *t = state_of(v);
        bool split = r.w >= SPLIT_COLS && r.h >= SPLIT_ROWS;
        int side = r.w >= SPLIT_COLS ? 3 : 1;
        if (t->in_detail) {
                detail_draw(t->detail, c, (struct rect){r.x, r.y, r.w, r.h - 1}, true);
                return;
        }
        struct rect in = {r.x + side, r.y + (split ? 1 : 0), r.w - 2 * side, r.h - (split ? 1 : 0)};
        if (!t->shown) {
                draw_empty(v, c, (struct rect){in.x, in.y + 1, in.w, 2});
                return;
        }
        draw_head(v, c, (struct rect){in.x, in.y, in.w, 1});
        if (!split) {
                int top = in.h >= 18 ? 2 : 1;
                triage_draw_narrow(v, c, (struct rect){in.x, in.y + top, in.w, in.h - top});
                return;
        }
        struct look border = LOOK(.ink = ROLE_BORDER);
        canvas_hline(c, in.x, in.y + 1, in.w, border, GLYPH_HLINE);
        triage_draw_split(v, c, (struct rect){in.x, in.y + 3, in.w, in.h - 7});
        canvas_hline(c, in.x, in.y + in.h - 3, in.w, border, GLYPH_HLINE);
        draw_next(v, c, (struct rect){in.x, in.y + in.h - 2, in.w, 1});
}
