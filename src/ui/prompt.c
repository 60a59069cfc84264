/*
 * The prompt: one line above the keys, completions above it, what it amounts to at its right end.
 */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "store/outbox.h"

#define COMPLETIONS_MAX 8
#define DRAFT_PAUSE_MS  500

struct prompt_state {
        struct prompt p; /* its strings are those in owned */
        char *owned[4];
        struct line_edit line;
        struct err error;
        char right[64];
        char *offers[COMPLETIONS_MAX];
        size_t offer_count, offer_at;
        bool offer_chosen;
        size_t history_at; /* 0 = the line itself */
        char *typed;       /* what was there before walking through the history */
        bool unsaved;
        int64_t saved_ns;
        bool restored;
};

static void drop_offers(struct prompt_state *st)
{
        for (size_t i = 0; i < st->offer_count; i++)
                free(st->offers[i]);
        st->offer_count = st->offer_at = 0;
        st->offer_chosen = false;
}

static void offer(struct overlay *o)
{
        struct prompt_state *st = o->state;
        drop_offers(st);
        if (!st->p.complete)
                return;
        struct arena a;
        arena_init(&a);
        const char *found[COMPLETIONS_MAX];
        size_t n = st->p.complete(o->ui, st->p.ctx, st->line.text, st->line.at, &a, found,
                                  COMPLETIONS_MAX);
        for (size_t i = 0; i < n && i < COMPLETIONS_MAX; i++)
                st->offers[st->offer_count++] = xstrdup(found[i]);
        arena_finish(&a);
}

static void changed(struct overlay *o)
{
        struct prompt_state *st = o->state;
        err_clear(&st->error);
        st->right[0] = '\0';
        st->unsaved = st->p.draft != NULL;
        st->restored = false;
        if (st->p.changed)
                st->p.changed(o->ui, st->p.ctx, st->line.text, st->right, sizeof(st->right),
                              &st->error);
        offer(o);
        ui_dirty(o->ui);
}

/* Puts the chosen completion in place of the word before the cursor. */
static void accept_offer(struct overlay *o)
{
        struct prompt_state *st = o->state;
        const char *word = st->offers[st->offer_at];
        size_t from = st->p.word ? st->p.word(st->line.text, st->line.at) : 0;
        memmove(st->line.text + from, st->line.text + st->line.at, st->line.len - st->line.at + 1);
        st->line.len -= st->line.at - from;
        st->line.at = from;
        line_insert(&st->line, word);
        changed(o);
}

static void walk_history(struct overlay *o, int by)
{
        struct prompt_state *st = o->state;
        size_t count = ui_history_count(o->ui, st->p.history);
        if ((by > 0 && st->history_at >= count) || (by < 0 && st->history_at == 0))
                return;
        if (st->history_at == 0) {
                free(st->typed);
                st->typed = xstrdup(st->line.text);
        }
        st->history_at += by > 0 ? 1 : -1;
        line_set(&st->line, st->history_at ? ui_history_at(o->ui, st->p.history, st->history_at - 1)
                                           : st->typed);
        changed(o);
}

static void save_draft(struct overlay *o)
{
        struct prompt_state *st = o->state;
        struct ops *ops = ui_ops(o->ui);
        if (!st->unsaved || ops->readonly)
                return;
        if (st->line.len)
                draft_put(ops->store, st->p.draft, st->line.text, clock_now_ms(), NULL);
        else
                draft_drop(ops->store, st->p.draft, NULL);
        st->unsaved = false;
        st->saved_ns = clock_mono_ns();
}

static void accept_line(struct overlay *o)
{
        struct prompt_state *st = o->state;
        struct ui *ui = o->ui;
        AUTO_FREE char *text = xstrdup(st->line.text);
        if (st->p.history && text[0])
                ui_history_add(ui, st->p.history, text);
        struct err err = {0};
        struct prompt p = st->p;
        if (p.accept(ui, p.ctx, text, &err) != RC_OK) {
                st->error = err;
                save_draft(o);
                ui_dirty(ui);
                return;
        }
        if (p.draft && !ui_ops(ui)->readonly)
                draft_drop(ui_ops(ui)->store, p.draft, NULL);
        st->unsaved = false;
        ui_remove(ui, o);
}

static void cancel(struct overlay *o)
{
        struct prompt_state *st = o->state;
        save_draft(o);
        if (st->p.cancel)
                st->p.cancel(o->ui, st->p.ctx);
        ui_remove(o->ui, o);
}

static void step_offer(struct prompt_state *st, int by)
{
        if (!st->offer_chosen)
                st->offer_at = by > 0 ? 0 : st->offer_count - 1;
        else
                st->offer_at = (st->offer_at + st->offer_count + (size_t)by) % st->offer_count;
        st->offer_chosen = true;
}

static void prompt_chord(struct overlay *o, int32_t chord)
{
        struct prompt_state *st = o->state;
        bool at_end = st->line.at == st->line.len;
        if (chord == CHORD_ESC || chord == CHORD_CTRL('C')) {
                cancel(o);
        } else if (chord == CHORD_ENTER) {
                accept_line(o);
        } else if (st->offer_count && (chord == CHORD_TAB || (chord == CHORD_RIGHT && at_end))) {
                accept_offer(o);
        } else if (st->offer_count && (chord == CHORD_BACKTAB || chord == CHORD_DOWN)) {
                step_offer(st, chord == CHORD_DOWN ? 1 : -1);
        } else if (st->offer_chosen && chord == CHORD_UP) {
                step_offer(st, -1);
        } else if (st->p.history && (chord == CHORD_UP || chord == CHORD_DOWN)) {
                walk_history(o, chord == CHORD_UP ? 1 : -1);
        } else {
                AUTO_FREE char *before = xstrdup(st->line.text);
                if (line_chord(&st->line, chord) && strcmp(before, st->line.text))
                        changed(o);
                if (clock_mono_ns() - st->saved_ns > DRAFT_PAUSE_MS * 1000000ll)
                        save_draft(o);
        }
        ui_dirty(o->ui);
}

static void prompt_paste(struct overlay *o, const char *text)
{
        struct prompt_state *st = o->state;
        line_insert(&st->line, text);
        changed(o);
}

static void draw_offers(const struct prompt_state *st, struct canvas *c, struct rect area, int y)
{
        struct look plain = {.ink = ROLE_MUTED, .ground = ROLE_PANEL};
        struct look chosen = {.ink = ROLE_STRONG, .ground = ROLE_SELECTION};
        int width = 20;
        for (size_t i = 0; i < st->offer_count; i++) {
                int w = (int)text_width(st->offers[i]) + 4;
                width = w > width ? w : width;
        }
        if (width > area.w || c->linear)
                width = area.w;
        for (size_t i = 0; i < st->offer_count; i++) {
                int row = y - (int)st->offer_count + (int)i;
                if (row < area.y)
                        continue;
                struct look look = st->offer_chosen && i == st->offer_at ? chosen : plain;
                canvas_fill(c, (struct rect){area.x + !c->linear, row, width, 1}, look);
                canvas_text(c, area.x + (c->linear ? 0 : 3), row, width - 3, look, st->offers[i]);
        }
}

static void draw_error(const struct prompt_state *st, struct canvas *c, struct rect area, int y)
{
        struct look warn = {.ink = ROLE_WARN, .ground = ROLE_PANEL};
        canvas_fill(c, (struct rect){area.x, y, area.w, 1}, warn);
        canvas_glyph(c, area.x + 3, y, warn, GLYPH_FAILS);
        canvas_text(c, area.x + 5, y, area.w - 6, warn, st->error.text);
}

static void prompt_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        const struct prompt_state *st = o->state;
        int y = area.y + area.h - 1;
        struct look ground = {.ink = ROLE_TEXT, .ground = ROLE_PANEL};
        struct look sign = {.ink = ROLE_ACCENT, .ground = ROLE_PANEL, .attr = ATTR_BOLD};
        struct look quiet = {.ink = ROLE_MUTED, .ground = ROLE_PANEL};
        canvas_fill(c, (struct rect){area.x, y, area.w, 1}, ground);
        int x = area.x + 1;
        x += canvas_text(c, x, y, area.w / 2, sign, st->p.sign) + 1;
        int right = (int)text_width(st->right);
        int room = area.x + area.w - x - (right ? right + 3 : 1);
        canvas_right(c, area.x + area.w - 1, y, right, quiet, st->right);
        line_draw(&st->line, c, (struct rect){x, y, room, 1}, ground, true);
        if (!st->line.len && st->p.hint)
                canvas_text(c, x + 1, y, room - 1,
                            (struct look){.ink = ROLE_FAINT, .ground = ROLE_PANEL}, st->p.hint);
        if (st->restored)
                canvas_right(c, area.x + area.w - 1, y, 24, quiet, "draft restored");
        int above = y;
        if (st->error.text[0])
                draw_error(st, c, area, --above);
        draw_offers(st, c, area, above);
}

static void prompt_close(struct overlay *o)
{
        struct prompt_state *st = o->state;
        drop_offers(st);
        free(st->typed);
        if (st->p.free_ctx)
                st->p.free_ctx(st->p.ctx);
        for (size_t i = 0; i < ARRAY_LEN(st->owned); i++)
                free(st->owned[i]);
}

static const char *const prompt_keys[] = {"Enter", "accept",   "Esc", "back",
                                          "Tab",   "complete", NULL};

static const struct overlay_ops prompt_ops = {
        .name = "prompt",
        .state_size = sizeof(struct prompt_state),
        .draw = prompt_draw,
        .chord = prompt_chord,
        .paste = prompt_paste,
        .keys = prompt_keys,
        .save = save_draft,
        .close = prompt_close,
};

static void restore_draft(struct overlay *o)
{
        struct prompt_state *st = o->state;
        struct arena a;
        arena_init(&a);
        const char *body;
        int64_t at_ms;
        if (draft_get(ui_ops(o->ui)->store, st->p.draft, &a, &body, &at_ms, NULL) == RC_OK) {
                line_set(&st->line, body);
                changed(o);
                st->restored = true;
                st->unsaved = false;
        }
        arena_finish(&a);
}

static const char *own(char **slot, const char *s)
{
        *slot = s ? xstrdup(s) : NULL;
        return *slot;
}

void prompt_open(struct ui *ui, const struct prompt *p)
{
        struct overlay *o = ui_push(ui, &prompt_ops);
        struct prompt_state *st = o->state;
        st->p = *p;
        st->p.sign = own(&st->owned[0], p->sign);
        st->p.hint = own(&st->owned[1], p->hint);
        st->p.history = own(&st->owned[2], p->history);
        st->p.draft = own(&st->owned[3], p->draft);
        line_set(&st->line, p->initial);
        changed(o);
        st->unsaved = false;
        if (p->draft)
                restore_draft(o);
}
