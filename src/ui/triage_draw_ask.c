/*
 * Painting the questions of triage: the current one with its answers, the others as far as there is
 * room, else in a line each.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/when.h"
#include "ui/triage.h"
#include "ui_private.h"

#define SAID_COLUMN  22
#define MANY         6  /* answers */
#define COLUMN_LEAST 36 /* columns that one of two takes */

static const struct triage *state_of(const struct view *v)
{
        return v->state;
}

/* 1  How severe is it, in our word?      low */
static void draw_head(const struct view *v, enum triage_question q, const struct triage_ask *ask,
                      struct canvas *c, struct rect r)
{
        const struct triage *t = state_of(v);
        bool current = q == t->at, given = t->answered[q];
        int x = r.x + 3;
        canvas_printf(c, r.x, r.y, 2,
                      LOOK(.ink = current ? ROLE_ACCENT : ROLE_MUTED, .attr = ATTR_BOLD), "%d",
                      (int)q + 1);
        if (given && !current)
                canvas_glyph(c, r.x + 1, r.y, LOOK(.ink = ROLE_OK), GLYPH_DONE);
        const char *question =
                r.w < 60 && q == ASK_SEVERITY && !current ? "How severe?" : ask->question;
        x += canvas_text(c, x, r.y, r.w - 3,
                         LOOK(.ink = current ? ROLE_STRONG : ROLE_MUTED, .attr = ATTR_BOLD),
                         question) +
             2;
        if (x < r.x + SAID_COLUMN)
                x = r.x + SAID_COLUMN;
        if (!current || q == ASK_ACK)
                canvas_text(c, x, r.y, r.x + r.w - x, LOOK(.ink = given ? ROLE_TEXT : ROLE_FAINT),
                            ask->said);
        else if (r.w >= 72)
                canvas_text(c, r.x + r.w - (int)text_width(ask->enter), r.y, r.w,
                            LOOK(.ink = ROLE_MUTED), ask->enter);
}

static char *note_of(const struct view *v, enum triage_question q, const struct triage_choice *ch)
{
        const struct triage *t = state_of(v);
        int64_t open = -1;
        for (size_t i = 0; q == ASK_OWNER && ch->value && i < t->people_count; i++)
                if (strcmp(t->people[i].name, ch->value) == 0)
                        open = t->people[i].open;
        if (open < 0)
                return xstrdup(ch->note ? ch->note : "");
        return xasprintf("%s%s%lld open", ch->note ? ch->note : "", ch->note ? ", " : "",
                         (long long)open);
}

static void draw_choice(const struct view *v, enum triage_question q, const struct triage_ask *ask,
                        size_t i, struct canvas *c, struct rect r, int note_x)
{
        const struct triage_choice *ch = &ask->choices[i];
        bool current = q == state_of(v)->at, marked = current && (int)i == ask->marked;
        struct look text = LOOK(.ink = current ? ROLE_TEXT : ROLE_FAINT);
        struct look letter = current ? LOOK(.ink = ROLE_ACCENT, .attr = ATTR_BOLD) : text;
        char name[CHORD_TEXT];
        chord_name(ch->chord, name);
        canvas_text(c, r.x + 5, r.y, 3, letter, name);
        int x = r.x + 9;
        if (ask->choices[0].glyph != GLYPH_COUNT) {
                if (ch->glyph != GLYPH_COUNT)
                        canvas_glyph(c, x, r.y, current ? LOOK(.ink = ch->ink) : text, ch->glyph);
                x += 2;
        }
        struct look label = text;
        if (marked && ch->glyph != GLYPH_COUNT)
                label = LOOK(.ink = ch->ink, .attr = ATTR_BOLD);
        AUTO_FREE char *note = note_of(v, q, ch);
        canvas_text(c, x, r.y, r.x + r.w - x, label, ch->label);
        if (r.x + r.w - note_x > 8)
                canvas_text(c, note_x, r.y, r.x + r.w - note_x,
                            LOOK(.ink = current ? ROLE_MUTED : ROLE_FAINT), note);
        if (!marked)
                return;
        canvas_select(c, (struct rect){r.x + 3, r.y, r.w - 3, 1});
        canvas_glyph(c, r.x + 3, r.y, LOOK(.ink = ROLE_ACCENT, .ground = ROLE_SELECTION),
                     GLYPH_CURSOR);
        c->cursor_x = r.x + 3;
        c->cursor_y = r.y;
        c->cursor_shown = true;
}

static void draw_enter(const struct triage_ask *ask, struct canvas *c, struct rect r)
{
        size_t key = strncmp(ask->enter, "Enter ", 6) == 0 ? 6 : 0;
        if (key)
                canvas_text(c, r.x, r.y, 5, LOOK(.ink = ROLE_ACCENT, .attr = ATTR_BOLD), "Enter");
        canvas_text(c, r.x + (int)key, r.y, r.w - (int)key, LOOK(.ink = ROLE_MUTED),
                    ask->enter + key);
}

static int widest_label(const struct triage_ask *ask)
{
        int width = 0;
        for (size_t i = 0; i < ask->count; i++) {
                int w = (int)text_width(ask->choices[i].label);
                width = w > width ? w : width;
        }
        return width;
}

/* Many answers stand in two columns where it is low but wide enough. */
static int columns_of(const struct triage_ask *ask, int w, bool low)
{
        return low && ask->count > MANY && w >= 2 * COLUMN_LEAST ? 2 : 1;
}

static int rows_of(const struct triage_ask *ask, int w, bool low)
{
        int columns = columns_of(ask, w, low);
        return ((int)ask->count + columns - 1) / columns;
}

int triage_ask_rows(const struct triage_ask *ask, int w)
{
        return rows_of(ask, w, true);
}

/* The answers, or the stretch of them around the marked one that fits. */
static int draw_choices(const struct view *v, enum triage_question q, const struct triage_ask *ask,
                        struct canvas *c, struct rect r, bool low)
{
        int columns = columns_of(ask, r.w, low), rows = rows_of(ask, r.w, low);
        int w = r.w / columns, first = 0, count = (int)ask->count;
        int note_x = 11 + widest_label(ask) + (ask->choices[0].glyph != GLYPH_COUNT ? 2 : 0);
        if (rows > r.h && columns == 1 && ask->marked >= r.h)
                first = ask->marked - r.h + 1;
        int shown = rows - first < r.h ? rows - first : r.h;
        for (int i = first; i < count; i++) {
                int row = (i - first) % rows, x = r.x + (i - first) / rows * w;
                if (row < shown)
                        draw_choice(v, q, ask, (size_t)i, c, (struct rect){x, r.y + row, w, 1},
                                    x + note_x);
        }
        if (shown > 0 && first + shown < rows) {
                struct rect sign = {r.x + r.w - 10, r.y + shown - 1, 10, 1};
                canvas_fill(c, sign, LOOK(.ink = ROLE_MUTED));
                canvas_printf(c, sign.x + 1, sign.y, 9, LOOK(.ink = ROLE_MUTED), "%s %d more",
                              glyph_text(GLYPH_MORE_DOWN, c->ascii), count - first - shown);
        }
        return shown;
}

/* ---- which are open ---- */

struct plan {
        struct triage_ask asks[ASK_COUNT];
        bool open[ASK_COUNT];
        int air; /* blank rows behind the head, before the next */
        int gap;
};

static int height_of(const struct plan *p, enum triage_question q)
{
        return 1 + (p->open[q] ? p->air + (int)p->asks[q].count : 0);
}

static int total(const struct plan *p, enum triage_question at)
{
        int sum = p->air ? 2 : 0; /* the line about Enter */
        (void)at;
        for (size_t q = 0; q < ASK_COUNT; q++)
                sum += height_of(p, q) + (q + 1 < ASK_COUNT ? p->gap : 0);
        return sum;
}

/* The current one is open always; then those behind it, then those before it, while they fit. */
static void make_plan(const struct view *v, int rows, struct plan *p)
{
        const struct triage *t = state_of(v);
        *p = (struct plan){.air = rows >= 24, .gap = rows >= 24 ? 1 : 0};
        for (size_t q = 0; q < ASK_COUNT; q++)
                triage_ask(v, q, &p->asks[q]);
        p->open[t->at] = true;
        for (size_t n = 1; n < ASK_COUNT && p->air; n++) {
                size_t q = (t->at + n) % ASK_COUNT;
                p->open[q] = true;
                if (total(p, t->at) > rows)
                        p->open[q] = false;
        }
        if (p->air && total(p, t->at) + ASK_COUNT - 1 <= rows)
                p->gap = 2;
}

/* malloc'ed */
static char *what_happened(const struct view *v)
{
        const struct row *row = &state_of(v)->row;
        const char *by = thing_text(&row->thing, "acked_by");
        char when[WHEN_BYTES];
        if (thing_rank(&row->thing, "status") == STATUS_CLOSED)
                return xstrdup("It was closed meanwhile");
        if (!triage_can_ack(row))
                return xasprintf("%s acknowledged it meanwhile", by ? by : "Somebody");
        when_show(thing_ms(&row->thing, "parked_until"), ui_now_ms(v->ui), when);
        return xasprintf("It was parked until %s meanwhile", when);
}

static void draw_overtaken(const struct view *v, struct canvas *c, struct rect r)
{
        AUTO_FREE char *what = what_happened(v);
        canvas_glyph(c, r.x, r.y, LOOK(.ink = ROLE_WARN, .attr = ATTR_BOLD), GLYPH_UNACKED);
        canvas_text(c, r.x + 3, r.y, r.w - 3, LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), what);
        canvas_text(c, r.x + 3, r.y + 1, r.w - 3, LOOK(.ink = ROLE_MUTED),
                    "Enter shows the next; nothing was changed here");
        c->cursor_x = r.x;
        c->cursor_y = r.y;
        c->cursor_shown = true;
}

void triage_draw_asks(const struct view *v, struct canvas *c, struct rect r)
{
        const struct triage *t = state_of(v);
        struct plan p;
        int y = r.y, end = r.y + r.h;
        if (t->overtaken) {
                draw_overtaken(v, c, r);
                return;
        }
        make_plan(v, r.h, &p);
        for (size_t q = 0; q < ASK_COUNT && y < end; q++) {
                bool current = q == t->at;
                /* where it is low the others give way to the answers */
                if (!current && !p.air && r.h < triage_ask_rows(&p.asks[t->at], r.w) + ASK_COUNT)
                        continue;
                draw_head(v, q, &p.asks[q], c, (struct rect){r.x, y, r.w, 1});
                y += 1;
                if (p.open[q]) {
                        y += p.air;
                        y += draw_choices(v, q, &p.asks[q], c, (struct rect){r.x, y, r.w, end - y},
                                          !p.air);
                }
                if (current && p.air) {
                        draw_enter(&p.asks[q], c, (struct rect){r.x + 5, y + 1, r.w - 5, 1});
                        y += 2;
                }
                y += p.gap;
        }
}
