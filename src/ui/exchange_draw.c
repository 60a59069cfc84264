/*
 * Painting the view Exchange: the list at the left, what the cursor is on at the right; where it is
 * narrow one of them.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/exchange_view.h"
#include "ui_private.h"

#define REF_LEAST     10
#define REF_MOST      20
#define NAME_COLUMNS  14
#define STATE_COLUMNS 9
#define COUNT_COLUMNS 8
#define ROOMY_ROWS    28

static const char *const titles[] = {[SECTION_REMOTES] = "Remotes",
                                     [SECTION_CONFLICTS] = "Conflicts",
                                     [SECTION_BOOKED] = "Booked twice",
                                     [SECTION_CLOCKS] = "Clocks",
                                     [SECTION_QUARANTINE] = "Quarantine",
                                     [SECTION_OUTBOX] = "Outbox",
                                     [SECTION_GONE] = "No longer on the server"};

static const struct exchange *state_of(const struct view *v)
{
        return v->state;
}

struct shape {
        struct rect list, rule, detail; /* w 0: not shown */
};

static struct shape shape_of(const struct view *v, struct rect r)
{
        const struct exchange *x = state_of(v);
        struct shape s = {.list = r};
        bool wide = r.w >= WIDE_COLS && !ui_is_linear(v->ui);
        if (x->in_detail)
                return (struct shape){.detail = r};
        if (!wide)
                return s;
        s.list.w = r.w / 2 < 76 ? r.w / 2 : 76;
        s.rule = (struct rect){r.x + s.list.w + 1, r.y, 1, r.h};
        s.detail = (struct rect){s.rule.x + 2, r.y, r.x + r.w - s.rule.x - 2, r.h};
        return s;
}

/* A pen at the next column of a row. */
struct pen {
        const struct view *v;
        struct canvas *c;
        int x, y, right;
};

static int margin(const struct view *v)
{
        return ui_is_linear(v->ui) ? 0 : ui_is_narrow(v->ui) ? 1 : 3;
}

/* In so many columns and one behind; it may have less where the row ends. */
static void put(struct pen *p, int columns, struct look look, const char *text)
{
        int room = p->right - p->x < columns ? p->right - p->x : columns;
        if (room > 0)
                canvas_text(p->c, p->x, p->y, room, look, text);
        p->x += columns + 1;
}

static void put_right(struct pen *p, int columns, struct look look, const char *text)
{
        if (p->x + columns <= p->right)
                canvas_right(p->c, p->x + columns, p->y, columns, look, text);
        p->x += columns + 1;
}

/* At the right end of what is left of the row. */
static void put_last(struct pen *p, struct look look, const char *text)
{
        int w = (int)text_width(text);
        if (p->right - w <= p->x + 8)
                return;
        canvas_right(p->c, p->right, p->y, w, look, text);
        p->right -= w + 2;
}

/* ---- rows ---- */

static void draw_title(struct pen *p, const struct exchange_line *l)
{
        bool linear = ui_is_linear(p->v->ui);
        int x = p->x + canvas_text(p->c, p->x, p->y, p->right - p->x,
                                   LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), titles[l->section]);
        int w = (int)text_width(l->text);
        if (linear) {
                canvas_printf(p->c, x, p->y, p->right - x, LOOK(.ink = ROLE_MUTED), ", %s",
                              l->text);
                return;
        }
        canvas_hline(p->c, x + 1, p->y, p->right - x - w - 2, LOOK(.ink = ROLE_BORDER),
                     GLYPH_HLINE);
        canvas_right(p->c, p->right, p->y, w, LOOK(.ink = ROLE_MUTED), l->text);
}

/* An ASCII sign may take two. */
static int sign_columns(const struct pen *p)
{
        return p->c->ascii ? 2 : 1;
}

static void draw_remote(struct pen *p, const struct exchange_remote *r)
{
        const struct link *l = links_find(p->v->ui, r->r.id);
        bool ascii = p->c->ascii, well = exchange_is_well(p->v->ui, r);
        int64_t synced = l ? l->synced_ms : r->r.synced_ms;
        struct look state = LOOK(.ink = well ? ROLE_OK : ROLE_WARN, .attr = well ? 0 : ATTR_BOLD);
        char age[WHEN_BYTES] = "-", text[64];
        if (synced != CLOCK_NONE)
                link_age(ui_now_ms(p->v->ui) - synced, age, sizeof(age));
        put(p, sign_columns(p), state, glyph_text(well ? GLYPH_LIVE : GLYPH_OFFLINE, ascii));
        put(p, NAME_COLUMNS, LOOK(.ink = ROLE_STRONG), r->r.name);
        put(p, STATE_COLUMNS, state, exchange_state_word(p->v->ui, r));
        put_right(p, COUNT_COLUMNS, LOOK(.ink = ROLE_TEXT), age);
        snprintf(text, sizeof(text), "%s%lld", glyph_text(GLYPH_OUT, ascii), (long long)r->waiting);
        put_right(p, COUNT_COLUMNS, LOOK(.ink = r->waiting ? ROLE_TEXT : ROLE_MUTED), text);
        snprintf(text, sizeof(text), "%s%lld", glyph_text(GLYPH_IN, ascii),
                 (long long)r->r.received);
        put_right(p, COUNT_COLUMNS, LOOK(.ink = ROLE_MUTED), text);
}

static void draw_heads(struct pen *p)
{
        struct look look = LOOK(.ink = ROLE_FAINT);
        put(p, sign_columns(p), look, "");
        put(p, NAME_COLUMNS, look, "REMOTE");
        put(p, STATE_COLUMNS, look, "STATE");
        put_right(p, COUNT_COLUMNS, look, "DATA AGE");
        put_right(p, COUNT_COLUMNS, look, "TO SEND");
        put_right(p, COUNT_COLUMNS, look, "CAME IN");
}

static enum glyph sign_of(const struct exchange_item *item)
{
        if (item->o)
                return GLYPH_CONFLICT;
        if (item->peer)
                return GLYPH_SHORT;
        if (item->section == SECTION_QUARANTINE)
                return GLYPH_FAILS;
        return item->d ? GLYPH_SHORT : GLYPH_COUNT;
}

/* A reference is never cut: all of a section have the room that the longest one needs. */
static int ref_columns(const struct exchange *x, enum exchange_section section)
{
        int most = REF_LEAST;
        for (size_t i = 0; i < x->item_count; i++) {
                const struct exchange_item *item = &x->items[i];
                int w = item->section == section && item->ref ? (int)text_width(item->ref) : 0;
                most = w > most ? w : most;
        }
        return most < REF_MOST ? most : REF_MOST;
}

static const char *operators(const struct conflict *c, struct arena *a)
{
        const char *all = c->words[0].act->operator;
        for (size_t i = 1; i < c->count; i++)
                all = arena_printf(a, "%s, %s", all, c->words[i].act->operator);
        return all;
}

static const char *words(const struct exchange_item *item, struct ui *ui, struct arena *a)
{
        const struct conflict *c = item->c;
        const char *all = conflict_value(item, c->words[0].value, ui, a);
        for (size_t i = 1; i < c->count; i++)
                all = arena_printf(a, "%s or %s", all,
                                   conflict_value(item, c->words[i].value, ui, a));
        return arena_printf(a, "%s: %s", conflict_field(item, ui, a), all);
}

static void draw_conflict(struct pen *p, const struct exchange *x, const struct exchange_item *item)
{
        CLEANUP(arena_finish) struct arena a = {0};
        enum glyph sign = item->marked ? GLYPH_MARKED : GLYPH_CONFLICT;
        put(p, sign_columns(p),
            LOOK(.ink = item->marked ? ROLE_ACCENT : ROLE_WARN, .attr = ATTR_BOLD),
            glyph_text(sign, p->c->ascii));
        put(p, ref_columns(x, item->section) + 1, LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD),
            item->ref);
        if (item->marked && ui_is_linear(p->v->ui))
                put(p, 7, LOOK(.ink = ROLE_ACCENT), "marked,");
        const char *said = words(item, p->v->ui, &a);
        const char *who = operators(item->c, &a);
        if (p->right - p->x > (int)(text_width(said) + text_width(who)) + 2)
                put_last(p, LOOK(.ink = ROLE_MUTED), who);
        put(p, p->right - p->x, LOOK(.ink = ROLE_TEXT), said);
}

static void draw_object(struct pen *p, const struct exchange *x, const struct exchange_item *item)
{
        enum glyph sign = sign_of(item);
        char when[WHEN_BYTES];
        put(p, sign_columns(p), LOOK(.ink = ROLE_WARN, .attr = ATTR_BOLD),
            sign == GLYPH_COUNT ? "" : glyph_text(sign, p->c->ascii));
        put(p, ref_columns(x, item->section) + 1, LOOK(.ink = ROLE_TEXT), item->ref);
        when_show(item->at_ms, ui_now_ms(p->v->ui), when);
        put_last(p, LOOK(.ink = ROLE_FAINT), when);
        if (x->remote_count > 1 && !item->peer && !item->o)
                put_last(p, LOOK(.ink = ROLE_MUTED), x->remotes[item->remote].r.name);
        put(p, p->right - p->x, LOOK(.ink = ROLE_TEXT), item->text ? item->text : "");
}

static void draw_line(struct pen *p, const struct exchange_line *l, struct rect row)
{
        const struct exchange *x = state_of(p->v);
        const struct exchange_item *item = &x->items[l->item];
        int under = sign_columns(p) + 1;
        switch (l->kind) {
        case LINE_BLANK: break;
        case LINE_TITLE: draw_title(p, l); break;
        case LINE_HEADS: draw_heads(p); break;
        case LINE_MORE:
                canvas_text(p->c, p->x, p->y, p->right - p->x, LOOK(.ink = ROLE_MUTED), l->text);
                break;
        case LINE_UNDER:
                canvas_text(p->c, p->x + under, p->y, p->right - p->x - under,
                            LOOK(.ink = ROLE_MUTED), l->text);
                break;
        case LINE_ITEM:
                if (item->section == SECTION_REMOTES)
                        draw_remote(p, &x->remotes[item->remote]);
                else if (item->c)
                        draw_conflict(p, x, item);
                else
                        draw_object(p, x, item);
                if (l->item != x->at)
                        break;
                canvas_select(p->c, row);
                if (!ui_is_linear(p->v->ui))
                        canvas_glyph(p->c, row.x, row.y,
                                     LOOK(.ink = ROLE_ACCENT, .ground = ROLE_SELECTION),
                                     GLYPH_CURSOR);
                p->c->cursor_x = row.x + margin(p->v);
                p->c->cursor_y = row.y;
                p->c->cursor_shown = true;
                break;
        }
}

static int top_blank(struct rect r)
{
        return r.h >= ROOMY_ROWS ? 1 : 0;
}

int exchange_list_rows(struct rect r)
{
        return r.h - 1 - top_blank(r);
}

static void draw_list(const struct view *v, struct canvas *c, struct rect r)
{
        const struct exchange *x = state_of(v);
        int y = r.y + top_blank(r), rows = exchange_list_rows(r);
        for (int i = 0; i < rows && x->top + (size_t)i < x->line_count; i++) {
                struct pen p = {v, c, r.x + margin(v), y + i, r.x + r.w - (margin(v) ? 1 : 0)};
                draw_line(&p, &x->lines[x->top + (size_t)i], (struct rect){r.x, y + i, r.w, 1});
        }
        size_t shown = x->top + (size_t)(rows > 0 ? rows : 0);
        if (shown < x->line_count)
                canvas_printf(c, r.x + margin(v), y + rows, r.w, LOOK(.ink = ROLE_MUTED),
                              "%s %zu more line%s", glyph_text(GLYPH_MORE_DOWN, c->ascii),
                              x->line_count - shown, x->line_count - shown == 1 ? "" : "s");
}

void exchange_draw(const struct view *v, struct canvas *c, struct rect r)
{
        struct shape s = shape_of(v, r);
        if (s.list.w)
                draw_list(v, c, s.list);
        for (int y = 0; y < s.rule.h; y++)
                canvas_glyph(c, s.rule.x, s.rule.y + y, LOOK(.ink = ROLE_BORDER), GLYPH_VLINE);
        if (s.detail.w)
                exchange_draw_detail(v, c, s.detail);
}

bool exchange_hit(const struct view *v, int y, struct rect r, size_t *ret_item)
{
        const struct exchange *x = state_of(v);
        int row = y - r.y - top_blank(r);
        size_t line = x->top + (size_t)row;
        if (row < 0 || row >= x->rows || line >= x->line_count ||
            (x->lines[line].kind != LINE_ITEM && x->lines[line].kind != LINE_UNDER))
                return false;
        *ret_item = x->lines[line].item;
        return true;
}
