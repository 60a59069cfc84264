/*
 * Painting the board: heads with counts by severity, cards, the current card in full below.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/when.h"
#include "ui/board.h"
#include "ui_private.h"

#define LEAST_WIDTH 24 /* of a column */
#define GAP         3
#define CARD_ROWS   4
#define SHORT_MS    (2ll * 3600 * 1000)
#define FAR_MS      (24ll * 3600 * 1000)

static const struct board *state_of(const struct view *v)
{
        return v->state;
}

struct board_shape board_shape_of(struct rect r)
{
        bool roomy = r.h >= 26;
        int side = r.w >= WIDE_COLS ? 3 : 1, w = r.w - 2 * side;
        struct board_shape s = {.summary = {r.x, r.y + (roomy ? 1 : 0), r.w, 1},
                                .pitch = roomy ? CARD_ROWS + 1 : CARD_ROWS};
        int top = roomy ? 3 : 1, below = roomy ? 4 : 1;
        s.columns = (struct rect){r.x + side, r.y + top, w, r.h - top - below};
        if (roomy)
                s.rule = (struct rect){r.x, r.y + r.h - below, r.w, 1};
        s.below = (struct rect){r.x + side, r.y + r.h - below + (roomy ? 1 : 0), w, roomy ? 2 : 1};
        s.fit = (w + GAP) / (LEAST_WIDTH + GAP);
        s.fit = s.fit < 1 ? 1 : s.fit > BOARD_COLUMNS ? BOARD_COLUMNS : s.fit;
        s.width = (w + GAP) / s.fit - GAP;
        /* two rows of head; where it is roomy one more, and one for what is below */
        s.cards = (s.columns.h - (roomy ? 4 : 2)) / s.pitch;
        if (s.cards < 1)
                s.cards = 1;
        return s;
}

static struct row_style style_of(const struct view *v)
{
        const struct ops *ops = ui_ops(v->ui);
        return (struct row_style){
                .words = ops->words, .me = ops->operator, .now_ms = ui_now_ms(v->ui)};
}

/* ---- heads ---- */

/* ◆1  ◈2  ◇2; what has no room is lost from the mildest on. */
static void draw_tally(const struct board_column *col, struct canvas *c, int left, int right, int y,
                       bool faint)
{
        const size_t *tally = query_tally(col->query);
        char texts[SEV_CRITICAL + 1][32];
        int widths[SEV_CRITICAL + 1] = {0}, room = right - left, least = SEV_CRITICAL + 1;
        for (int rank = SEV_CRITICAL; rank >= SEV_LOW; rank--) {
                size_t n = tally[rank + 1];
                if (n)
                        snprintf(texts[rank], sizeof(texts[rank]), "%s%zu",
                                 glyph_text(severity_glyph(rank), c->ascii), n);
                widths[rank] = n ? (int)text_width(texts[rank]) + 2 : 0;
                if (room - widths[rank] + 2 < 0)
                        break;
                room -= widths[rank];
                least = rank;
        }
        for (int rank = least; rank <= SEV_CRITICAL; rank++) {
                if (widths[rank])
                        canvas_right(c, right, y, widths[rank],
                                     LOOK(.ink = faint ? ROLE_FAINT : severity_role(rank)),
                                     texts[rank]);
                right -= widths[rank];
        }
}

static void column_name(int status, char out[32])
{
        const char *label = enum_at(&enum_status, status)->label;
        snprintf(out, 32, "%c%s", label[0] >= 'a' && label[0] <= 'z' ? label[0] - 32 : label[0],
                 label + 1);
}

static void column_count(const struct board_column *col, char out[32])
{
        snprintf(out, 32, "%zu%s", query_known(col->query), query_is_done(col->query) ? "" : "+");
}

static void draw_head(const struct board *b, int status, struct canvas *c, struct rect r)
{
        const struct board_column *col = &b->columns[status];
        bool current = status == b->at, closed = status == STATUS_CLOSED;
        enum role ink = closed && !current ? ROLE_MUTED : ROLE_STRONG;
        char name[32], count[32];
        column_name(status, name);
        column_count(col, count);
        int x = r.x + canvas_text(c, r.x, r.y, r.w,
                                  LOOK(.ink = ink, .attr = closed && !current ? 0 : ATTR_BOLD),
                                  name);
        x += 1 + canvas_text(c, x + 1, r.y, r.w, LOOK(.ink = current ? ROLE_ACCENT : ROLE_MUTED),
                             count);
        if (col->lately)
                x += 2 + canvas_text(c, x + 2, r.y, r.x + r.w - x - 2, LOOK(.ink = ROLE_FAINT),
                                     "in 24 h");
        draw_tally(col, c, x + 1, r.x + r.w, r.y, closed);
        canvas_hline(c, r.x, r.y + 1, r.w, LOOK(.ink = current ? ROLE_ACCENT : ROLE_BORDER),
                     current ? GLYPH_HEAVY : GLYPH_HLINE);
}

/* ---- cards ---- */

/* What stands at the right of a card's first row: the next clock where there is one, else how long
 * ago it changed; of a closed one when that was. */
static int draw_clock(const struct view *v, const struct row *row, struct canvas *c, int right,
                      int y)
{
        int64_t now = ui_now_ms(v->ui), due = thing_ms(&row->thing, "next_due");
        int64_t changed = thing_ms(&row->thing, "modified");
        char text[2 * WHEN_BYTES];
        struct look look = LOOK(.ink = ROLE_FAINT);
        text[0] = '\0';
        if (thing_rank(&row->thing, "status") == STATUS_CLOSED && changed != CLOCK_NONE) {
                when_show(changed, now, text);
        } else if (due != CLOCK_NONE) {
                char left[WHEN_BYTES];
                when_age(due > now ? due - now : now - due, left);
                snprintf(text, sizeof(text), "%s%s",
                         due < now              ? "late +"
                         : due - now < SHORT_MS ? glyph_text(GLYPH_SHORT, c->ascii)
                                                : "",
                         left);
                look = due < now              ? LOOK(.ink = ROLE_ALARM, .attr = ATTR_BOLD)
                       : due - now < SHORT_MS ? LOOK(.ink = ROLE_WARN, .attr = ATTR_BOLD)
                       : due - now < FAR_MS   ? LOOK(.ink = ROLE_TEXT)
                                              : look;
        } else if (changed != CLOCK_NONE) {
                when_ago(now > changed ? now - changed : 0, text);
        }
        int w = (int)text_width(text);
        canvas_right(c, right, y, w, look, text);
        return right - w - 1;
}

struct two_lines {
        const char *lines[2];
        size_t len; /* of the first */
        int count;
};

static void take_line(void *ctx, const char *line, size_t len)
{
        struct two_lines *t = ctx;
        if (t->count < 2)
                t->lines[t->count] = line;
        if (t->count++ == 0)
                t->len = len;
}

/* The second line is cut with a sign. */
static void draw_title(const struct row *row, struct canvas *c, struct rect r, struct look look)
{
        const char *title = thing_text(&row->thing, "title");
        struct two_lines t = {.count = 0};
        text_wrap(title ? title : "", (size_t)(r.w > 0 ? r.w : 1), take_line, &t);
        if (!t.count)
                return;
        AUTO_FREE char *first = xstrndup(t.lines[0], t.len);
        canvas_text(c, r.x, r.y, r.w, look, first);
        if (t.count > 1)
                canvas_text(c, r.x, r.y + 1, r.w, look, t.lines[1]);
}

static void draw_people(const struct view *v, const struct row *row, struct canvas *c,
                        struct rect r, bool faint)
{
        struct row_style style = style_of(v);
        style.faint = faint;
        CLEANUP(arena_finish) struct arena a = {0};
        const char *owner = thing_text(&row->thing, "owner");
        const char *states = field_text(field_find(&kind_incident, "states"), row, &style, &a);
        int w = owner && owner[0] ? (int)text_width(owner) : 1, most = r.w * 2 / 3;
        w = w < most ? w : most;
        field_draw(field_find(&kind_incident, "owner"), row, &style, c,
                   (struct rect){r.x + r.w - w, r.y, w, 1}, true);
        canvas_text(c, r.x, r.y, r.w - w - 1, LOOK(.ink = faint ? ROLE_FAINT : ROLE_MUTED), states);
}

static void draw_card(const struct view *v, const struct row *row, struct canvas *c, struct rect r,
                      bool current)
{
        const struct board *b = state_of(v);
        int severity = thing_rank(&row->thing, "severity");
        bool faint = thing_rank(&row->thing, "status") == STATUS_CLOSED && !current;
        bool unacked = row_waits(row, ui_now_ms(v->ui)) && !faint;
        struct look strong = LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD);
        struct look plain = LOOK(.ink = faint ? ROLE_FAINT : ROLE_TEXT);
        if (severity_glyph(severity) != GLYPH_COUNT)
                canvas_glyph(c, r.x, r.y, LOOK(.ink = faint ? ROLE_FAINT : severity_role(severity)),
                             severity_glyph(severity));
        int right = draw_clock(v, row, c, r.x + r.w, r.y), x = r.x + 2;
        x += 1 + canvas_text(c, x, r.y, right - x - 2, current || unacked ? strong : plain,
                             row->ref ? row->ref : "");
        if ((row->flags & MARK_CONFLICT) && !faint)
                canvas_glyph(c, x, r.y, LOOK(.ink = ROLE_WARN, .attr = ATTR_BOLD), GLYPH_CONFLICT);
        else if (unacked)
                canvas_glyph(c, x, r.y, LOOK(.ink = ROLE_WARN, .attr = ATTR_BOLD), GLYPH_UNACKED);
        draw_title(row, c, (struct rect){r.x + 2, r.y + 1, r.w - 2, 2}, current ? strong : plain);
        draw_people(v, row, c, (struct rect){r.x + 2, r.y + 3, r.w - 2, 1}, faint);
        if (current) {
                canvas_select(c, (struct rect){r.x - 1, r.y, r.w + 2, CARD_ROWS});
                for (int i = 0; i < CARD_ROWS; i++)
                        canvas_glyph(c, r.x - 1, r.y + i,
                                     LOOK(.ink = ROLE_ACCENT, .ground = ROLE_SELECTION),
                                     GLYPH_CURSOR);
                c->cursor_x = r.x - 1;
                c->cursor_y = r.y;
                c->cursor_shown = true;
        }
        if (marks_has(&b->lv.list->marked, row->rid))
                canvas_glyph(c, r.x, r.y + 1,
                             LOOK(.ink = ROLE_ACCENT, .ground = current ? ROLE_SELECTION : ROLE_BG),
                             GLYPH_MARKED);
}

/* How many have no room: below the cards, or on the rule of the head. */
static void draw_more(const struct board_column *col, const struct board_shape *s, struct canvas *c,
                      struct rect r)
{
        size_t known = query_known(col->query), end = col->top + (size_t)s->cards;
        size_t below = known > end ? known - end : 0;
        char text[80] = "";
        if (col->top)
                snprintf(text, sizeof(text), " %s %zu", glyph_text(GLYPH_MORE_UP, c->ascii),
                         col->top);
        if (below)
                snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s %s %zu%s more",
                         text[0] ? " " : "", glyph_text(GLYPH_MORE_DOWN, c->ascii), below,
                         query_is_done(col->query) ? "" : "+");
        if (!text[0])
                return;
        int w = (int)text_width(text);
        if (s->pitch > CARD_ROWS)
                canvas_text(c, r.x + 1, r.y + r.h - 1, r.w - 1, LOOK(.ink = ROLE_MUTED), text);
        else
                canvas_right(c, r.x + r.w, r.y + 1, w, LOOK(.ink = ROLE_MUTED), text);
}

static void draw_column(const struct view *v, int status, const struct board_shape *s,
                        struct canvas *c, struct rect r)
{
        const struct board *b = state_of(v);
        const struct board_column *col = &b->columns[status];
        int y = r.y + (s->pitch > CARD_ROWS ? 3 : 2);
        draw_head(b, status, c, r);
        size_t known = query_known(col->query);
        if (!known)
                canvas_text(c, r.x + 2, y, r.w - 2, LOOK(.ink = ROLE_FAINT),
                            col->outside                ? "not in the filter"
                            : query_is_done(col->query) ? "none"
                                                        : "looking");
        for (int i = 0; i < s->cards && col->top + (size_t)i < known; i++) {
                size_t position = col->top + (size_t)i;
                const struct row *row = board_card(b, status, position);
                if (row)
                        draw_card(v, row, c, (struct rect){r.x, y + i * s->pitch, r.w, CARD_ROWS},
                                  status == b->at && position == col->at);
        }
        draw_more(col, s, c, r);
}

/* ---- the current card, and the columns that have no room ---- */

static void draw_below(const struct view *v, struct canvas *c, struct rect r)
{
        static const char *const names[] = {"owner",   "class",  "states",
                                            "sectors", "impact", "outlook"};
        const struct row *row = board_current(state_of(v));
        struct row_style style = style_of(v);
        CLEANUP(arena_finish) struct arena a = {0};
        if (!row)
                return;
        struct look strong = LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD);
        const char *title = thing_text(&row->thing, "title");
        int tlp = thing_rank(&row->thing, "tlp"), right = r.x + r.w, x = r.x;
        if (tlp >= 0) {
                AUTO_FREE char *label =
                        xasprintf(row->tlp_given ? " %s " : " (%s) ", tlp_name((enum tlp)tlp));
                int w = (int)text_width(label);
                canvas_right(c, right, r.y, w,
                             LOOK(.ink = tlp_role(tlp), .ground = ROLE_BLACK, .attr = ATTR_BOLD),
                             label);
                right -= w + 2;
        }
        x += 3 + canvas_text(c, x, r.y, right - x, strong, row->ref ? row->ref : "");
        field_draw(field_find(&kind_incident, "severity"), row, &style, c,
                   (struct rect){x, r.y, 10, 1}, false);
        canvas_text(c, x + 13, r.y, right - x - 13, strong, title ? title : "");
        x = r.x;
        for (size_t i = 0; i < ARRAY_LEN(names) && x < r.x + r.w - 8; i++) {
                const struct field *f = field_find(&kind_incident, names[i]);
                const char *text = field_text(f, row, &style, &a);
                if (!text[0])
                        continue;
                x += 1 +
                     canvas_text(c, x, r.y + 1, r.x + r.w - x, LOOK(.ink = ROLE_MUTED), f->label);
                x += 4 + canvas_text(c, x, r.y + 1, r.x + r.w - x, LOOK(.ink = ROLE_TEXT), text);
        }
}

static void name_columns(const struct board *b, int from, int to, struct str *out)
{
        for (int i = from; i < to; i++) {
                char name[32], count[32];
                column_name(i, name);
                column_count(&b->columns[i], count);
                str_add_sep(out, ", ", name);
                str_addf(out, " %s", count);
        }
}

/* ← New 3                       Recovering 2, Closed 3 → */
static void draw_others(const struct board *b, const struct board_shape *s, struct canvas *c,
                        struct rect r)
{
        CLEANUP(str_finish) struct str left = {0}, right = {0};
        struct look quiet = LOOK(.ink = ROLE_MUTED);
        str_init(&left, 200);
        str_init(&right, 200);
        name_columns(b, 0, b->first, &left);
        name_columns(b, b->first + s->fit, BOARD_COLUMNS, &right);
        if (right.len)
                str_addf(&right, " %s", glyph_text(GLYPH_RIGHT, c->ascii));
        int w = (int)text_width(str_text(&right)), most = r.w / 2;
        w = w < most || !left.len ? w : most;
        if (left.len)
                canvas_printf(c, r.x, r.y, r.w - w - (w ? 2 : 0), quiet, "%s %s",
                              glyph_text(GLYPH_LEFT, c->ascii), str_text(&left));
        canvas_right(c, r.x + r.w, r.y, w, quiet, str_text(&right));
}

void board_draw(const struct view *v, struct canvas *c, struct rect r)
{
        const struct board *b = state_of(v);
        struct board_shape s = board_shape_of(r);
        if (b->in_detail) {
                detail_draw(b->detail, c, (struct rect){r.x, r.y, r.w, r.h - 1}, true);
                return;
        }
        list_draw_summary(b->lv.list, c, s.summary);
        for (int i = 0; i < s.fit && b->columns[b->first + i].query; i++) {
                struct rect col = {s.columns.x + i * (s.width + GAP), s.columns.y, s.width,
                                   s.columns.h};
                draw_column(v, b->first + i, &s, c, col);
                for (int y = col.y; i + 1 < s.fit && y < col.y + col.h; y++)
                        canvas_glyph(c, col.x + col.w + 1, y, LOOK(.ink = ROLE_BORDER),
                                     GLYPH_VLINE);
        }
        if (!b->columns[0].query)
                return;
        if (s.rule.h) {
                canvas_hline(c, s.rule.x, s.rule.y, s.rule.w, LOOK(.ink = ROLE_BORDER),
                             GLYPH_HLINE);
                draw_below(v, c, s.below);
                s.below.y += s.below.h;
        }
        draw_others(b, &s, c, (struct rect){s.below.x, s.below.y, s.below.w, 1});
}

bool board_hit(const struct view *v, int x, int y, struct rect r, int *ret_column,
               size_t *ret_position)
{
        const struct board *b = state_of(v);
        struct board_shape s = board_shape_of(r);
        int top = s.columns.y + (s.pitch > CARD_ROWS ? 3 : 2);
        int i = (x - s.columns.x) / (s.width + GAP), card = (y - top) / s.pitch;
        if (x < s.columns.x || i >= s.fit || y < top || card >= s.cards)
                return false;
        const struct board_column *col = &b->columns[b->first + i];
        *ret_column = b->first + i;
        *ret_position = col->top + (size_t)card;
        return col->query && *ret_position < query_known(col->query);
}
