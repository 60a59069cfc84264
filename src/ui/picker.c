#include "ui/picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/prompt.h"

#define KEY_ROOM  8  /* columns at the right end */
#define WHY_LEAST 12 /* columns, or it is left out */
#define MORE_ROWS 3  /* of what is said of the chosen row */

struct picker_state {
        struct picker p;
        struct picker_row rows[PICKER_ROWS_MAX];
        size_t shown[PICKER_ROWS_MAX]; /* indexes of the rows that match */
        int score[PICKER_ROWS_MAX];
        size_t shown_count, at, top;
        struct line_edit line;
        struct arena arena;
        size_t history_at; /* from 1; 0: none of them */
        bool moved;        /* the cursor goes with the current row, not with the line */
        size_t page;       /* rows that the last painting had room for */
};

static void insert_ranked(struct picker_state *st, size_t row, int score)
{
        size_t at = st->shown_count++;
        while (at > 0 && st->score[at - 1] < score) {
                st->shown[at] = st->shown[at - 1];
                st->score[at] = st->score[at - 1];
                at--;
        }
        st->shown[at] = row;
        st->score[at] = score;
}

static void search(struct picker_state *st)
{
        st->shown_count = st->at = st->top = 0;
        st->moved = false;
        for (size_t i = 0; i < st->p.count; i++) {
                const struct picker_row *r = &st->rows[i];
                const char *searched = r->match ? r->match : r->text;
                int score = st->line.len ? text_fuzzy_word(st->line.text, r->words, searched) : 0;
                if (score >= 0 && !st->p.ranked)
                        score = 0;
                if (score >= 0)
                        insert_ranked(st, i, score);
        }
}

static void take(struct overlay *o)
{
        struct picker_state *st = o->state;
        struct ui *ui = o->ui;
        const char *what = st->shown_count ? st->rows[st->shown[st->at]].take : NULL;
        if (st->shown_count && !what)
                return;
        AUTO_FREE char *name = what ? xstrdup(what) : NULL;
        AUTO_FREE char *typed = xstrdup(st->line.text);
        if (st->p.history)
                ui_history_add(ui, st->p.history, typed[0] ? typed : name ? name : "");
        void (*taken)(struct ui *, const char *, const char *) = st->p.taken;
        ui_remove(ui, o);
        if (taken)
                taken(ui, typed, name);
}

static void step(struct picker_state *st, long by)
{
        long at = (long)st->at + by;
        st->moved = true;
        long last = (long)st->shown_count - 1;
        st->at = (size_t)(at < 0 ? 0 : at > last ? (last < 0 ? 0 : last) : at);
}

/* Above the first row are the lines typed before; false: the key moves among the rows. */
static bool walk_history(struct overlay *o, int by)
{
        struct picker_state *st = o->state;
        size_t count = st->p.history ? ui_history_count(o->ui, st->p.history) : 0;
        if (!count || st->at > 0 || (by < 0 && !st->history_at))
                return false;
        if (by > 0 && st->history_at == count)
                return true;
        st->history_at += by > 0 ? 1 : -1;
        line_set(&st->line,
                 st->history_at ? ui_history_at(o->ui, st->p.history, st->history_at - 1) : "");
        search(st);
        return true;
}

static bool complete(struct picker_state *st)
{
        AUTO_FREE char *line = st->p.complete ? st->p.complete(st->line.text) : NULL;
        if (!line)
                return false;
        line_set(&st->line, line);
        search(st);
        return true;
}

static void picker_chord(struct overlay *o, int32_t chord)
{
        struct picker_state *st = o->state;
        long page = st->page ? (long)st->page : 1;
        ui_dirty(o->ui);
        if ((chord == CHORD_UP && walk_history(o, 1)) ||
            (chord == CHORD_DOWN && walk_history(o, -1)) || (chord == CHORD_TAB && complete(st)))
                return;
        switch (chord) {
        case CHORD_ESC:
        case CHORD_CTRL('C'): ui_remove(o->ui, o); return;
        case CHORD_ENTER: take(o); return;
        case CHORD_DOWN:
        case CHORD_CTRL('N'):
        case CHORD_TAB: step(st, 1); return;
        case CHORD_UP:
        case CHORD_CTRL('P'):
        case CHORD_BACKTAB: step(st, -1); return;
        case CHORD_PGDN:
        case CHORD_CTRL('D'): step(st, page); return;
        case CHORD_PGUP: step(st, -page); return;
        default: break;
        }
        if (line_chord(&st->line, chord)) {
                st->history_at = 0;
                search(st);
        }
}

static void picker_paste(struct overlay *o, const char *text)
{
        struct picker_state *st = o->state;
        line_insert(&st->line, text);
        search(st);
        ui_dirty(o->ui);
}

static void draw_name(const struct picker_row *row, struct canvas *c, struct rect r, int from,
                      enum role ground)
{
        int width = (int)text_width(row->name ? row->name : "");
        if (width && from + width + 2 < r.x + r.w)
                canvas_right(c, r.x + r.w, r.y, width,
                             (struct look){.ink = ROLE_FAINT, .ground = ground}, row->name);
}

/* "Acknowledge: we have taken note of it, key a" or, where keys are what is asked, those first. */
static void draw_row_linear(const struct picker_state *st, const struct picker_row *row,
                            struct canvas *c, struct rect r, struct look look)
{
        bool has_chord = row->chord && row->chord[0];
        if (st->p.chord_first)
                canvas_printf(c, r.x, r.y, r.w, look, "%s: %s", has_chord ? row->chord : "no key",
                              row->text);
        else
                canvas_printf(c, r.x, r.y, r.w, look, "%s%s%s%s%s", row->text,
                              has_chord ? ", key " : "", has_chord ? row->chord : "",
                              row->why ? ": " : "", row->why ? row->why : "");
}

/* Where no row has a key, none is kept free. */
static int key_room(const struct picker_state *st)
{
        for (size_t i = 0; i < st->p.count; i++)
                if (st->rows[i].chord && st->rows[i].chord[0])
                        return KEY_ROOM;
        return 0;
}

static void draw_why(const struct picker_row *row, struct canvas *c, struct rect r, int from,
                     bool current)
{
        int name = (int)text_width(row->name ? row->name : ""), end = r.x + r.w - name - 2;
        from += 2;
        if (row->why && end - from >= WHY_LEAST)
                canvas_text(c, from, r.y, end - from,
                            (struct look){.ink = ROLE_MUTED,
                                          .ground = current ? ROLE_SELECTION : ROLE_PANEL},
                            row->why);
}

static void draw_row(const struct picker_state *st, const struct picker_row *row, struct canvas *c,
                     struct rect r, bool current)
{
        enum role ground = current ? ROLE_SELECTION : ROLE_PANEL;
        struct look text = {.ink = current ? ROLE_STRONG : ROLE_TEXT, .ground = ground};
        struct look key = {.ink = ROLE_ACCENT, .ground = ground, .attr = ATTR_BOLD};
        int around = c->linear ? 0 : 2;
        canvas_fill(c, (struct rect){r.x - around, r.y, r.w + 2 * around, 1}, text);
        if (current)
                canvas_glyph(c, r.x - 2, r.y, key, GLYPH_CURSOR);
        if (c->linear) {
                draw_row_linear(st, row, c, r, text);
                return;
        }
        if (st->p.chord_first) {
                canvas_text(c, r.x, r.y, 7, key, row->chord ? row->chord : "");
                int used = canvas_text(c, r.x + 8, r.y, r.w - 8, text, row->text);
                draw_name(row, c, r, r.x + 8 + used, ground);
                return;
        }
        struct rect words = {r.x, r.y, r.w - key_room(st), 1};
        int used = canvas_text(c, r.x, r.y, words.w, text, row->text);
        canvas_right(c, r.x + r.w, r.y, KEY_ROOM - 1, key, row->chord ? row->chord : "");
        draw_why(row, c, words, r.x + used, current);
        draw_name(row, c, words, r.x + used, ground);
}

static int draw_group(const struct picker_row *row, struct canvas *c, struct rect r)
{
        canvas_text(c, r.x, r.y, r.w,
                    (struct look){.ink = ROLE_MUTED, .ground = ROLE_PANEL, .attr = ATTR_BOLD},
                    row->group);
        return 1;
}

static bool has_heading(const struct picker_state *st, size_t i, size_t top)
{
        const char *group = st->rows[st->shown[i]].group;
        if (!group || st->line.len)
                return false;
        return i == top || strcmp(group, st->rows[st->shown[i - 1]].group) != 0;
}

static int height_from(const struct picker_state *st, size_t top, size_t to)
{
        int height = 0;
        for (size_t i = top; i <= to; i++)
                height += 1 + has_heading(st, i, top);
        return height;
}

/* Keeps the current row among those that fit, below their headings. */
static void scroll_to_current(struct picker_state *st, int height)
{
        if (st->at < st->top)
                st->top = st->at;
        while (st->top < st->at && height_from(st, st->top, st->at) > height)
                st->top++;
}

static void draw_rows(struct picker_state *st, struct canvas *c, struct rect r)
{
        int y = r.y;
        st->page = 0;
        for (size_t i = st->top; i < st->shown_count; i++) {
                const struct picker_row *row = &st->rows[st->shown[i]];
                bool heading = has_heading(st, i, st->top);
                if (y + heading >= r.y + r.h)
                        break;
                if (heading)
                        y += draw_group(row, c, (struct rect){r.x, y, r.w, 1});
                draw_row(st, row, c, (struct rect){r.x, y, r.w, 1}, i == st->at);
                if (c->linear && st->moved && i == st->at) {
                        c->cursor_x = r.x;
                        c->cursor_y = y;
                }
                st->page++;
                y++;
        }
}

static void draw_head(const struct picker_state *st, struct canvas *c, struct rect r)
{
        struct look title = {.ink = ROLE_STRONG, .ground = ROLE_PANEL, .attr = ATTR_BOLD};
        struct look quiet = {.ink = ROLE_MUTED, .ground = ROLE_PANEL};
        struct look sign = {.ink = ROLE_ACCENT, .ground = ROLE_PANEL, .attr = ATTR_BOLD};
        struct look typed = {.ink = ROLE_TEXT, .ground = ROLE_PANEL};
        canvas_text(c, r.x, r.y, r.w, title, st->p.title);
        char count[48];
        snprintf(count, sizeof(count), "%zu of %zu", st->shown_count, st->p.count);
        canvas_right(c, r.x + r.w, r.y, 20, quiet, count);
        canvas_text(c, r.x, r.y + 1, 2, sign, st->p.sign);
        line_draw(&st->line, c, (struct rect){r.x + 2, r.y + 1, r.w - 2, 1}, typed, true);
        if (!st->line.len)
                canvas_text(c, r.x + 3, r.y + 1, r.w - 3,
                            (struct look){.ink = ROLE_FAINT, .ground = ROLE_PANEL},
                            st->p.hint ? st->p.hint
                                       : "type to search, Enter takes the marked line");
}

static bool tells_more(const struct picker_state *st)
{
        for (size_t i = 0; i < st->p.count; i++)
                if (st->rows[i].more)
                        return true;
        return false;
}

/* What is to be said of the chosen row, below the list; gives back what is left for the list. */
static int draw_more(const struct picker_state *st, struct canvas *c, struct rect r)
{
        struct rect foot = {r.x, r.y + r.h - MORE_ROWS, r.w, MORE_ROWS};
        const char *more;
        if (!tells_more(st) || r.h < 3 * MORE_ROWS)
                return r.h;
        more = st->shown_count ? st->rows[st->shown[st->at]].more : NULL;
        if (more)
                canvas_wrap(c, foot, 0, (struct look){.ink = ROLE_MUTED, .ground = ROLE_PANEL},
                            more);
        return r.h - MORE_ROWS - 1;
}

static void picker_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        struct picker_state *st = o->state;
        int width = area.w * 2 / 3 > 76 ? area.w * 2 / 3 : area.w;
        if (width > 120)
                width = 120;
        int wanted = (int)st->p.count + 8 + (tells_more(st) ? MORE_ROWS + 1 : 0);
        int height = wanted < area.h - 1 ? wanted : area.h - 1;
        struct rect r = {area.x + (area.w - width) / 2, area.y + 1, width, height};
        if (c->linear)
                r = area;
        struct look panel = {.ink = ROLE_TEXT, .ground = ROLE_PANEL};
        canvas_panel(c, r);
        struct rect in = {r.x + 3, r.y + 1, r.w - 6, r.h - 2};
        if (c->linear)
                in = r;
        draw_head(st, c, in);
        int head = c->linear ? 2 : 3;
        struct rect rows = {in.x, in.y + head, in.w, in.h - head};
        rows.h = draw_more(st, c, rows);
        if (!st->shown_count)
                canvas_text(c, rows.x, rows.y, rows.w, panel, "Nothing matches; Esc goes back");
        scroll_to_current(st, rows.h);
        draw_rows(st, c, rows);
        if (st->top + st->page < st->shown_count)
                canvas_glyph(c, r.x + r.w - 2, r.y + r.h - 1,
                             (struct look){.ink = ROLE_MUTED, .ground = ROLE_PANEL},
                             GLYPH_MORE_DOWN);
}

static void picker_close(struct overlay *o)
{
        struct picker_state *st = o->state;
        arena_finish(&st->arena);
}

static const char *const picker_keys[] = {"Enter", "take", "Up Down", "choose",
                                          "Esc",   "back", NULL};

static const struct overlay_ops picker_ops = {
        .name = "picker",
        .state_size = sizeof(struct picker_state),
        .draw = picker_draw,
        .chord = picker_chord,
        .paste = picker_paste,
        .keys = picker_keys,
        .close = picker_close,
};

static void copy_row(struct arena *a, const struct picker_row *from, struct picker_row *to)
{
        to->group = arena_strdup(a, from->group);
        to->text = arena_strdup(a, from->text);
        to->name = arena_strdup(a, from->name);
        to->chord = arena_strdup(a, from->chord);
        to->match = arena_strdup(a, from->match);
        to->why = arena_strdup(a, from->why);
        to->more = arena_strdup(a, from->more);
        to->words = arena_strdup(a, from->words);
        to->take = arena_strdup(a, from->take);
}

void picker_open(struct ui *ui, const struct picker *p)
{
        struct overlay *o = ui_push(ui, &picker_ops);
        struct picker_state *st = o->state;
        arena_init(&st->arena);
        st->p = *p;
        st->p.title = arena_strdup(&st->arena, p->title);
        st->p.sign = arena_strdup(&st->arena, p->sign);
        st->p.hint = arena_strdup(&st->arena, p->hint);
        st->p.history = arena_strdup(&st->arena, p->history);
        if (st->p.count > PICKER_ROWS_MAX)
                st->p.count = PICKER_ROWS_MAX;
        for (size_t i = 0; i < st->p.count; i++)
                copy_row(&st->arena, &p->rows[i], &st->rows[i]);
        line_set(&st->line, p->initial);
        search(st);
}
