/*
 * Painting who could go: what is needed, the candidates, the reasons of the current one.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/find_state.h"

#define ROOMY     16 /* rows */
#define WHY_ROWS  9
#define WIDE      100 /* columns: reference and status have room */
#define MEDIUM    60  /* when it can leave has                   */
#define NAME_LESS 16

/* Where the cells of a row begin; 0 wide: it is not shown. */
struct cells {
        int ref, name, status, leaves, fits, missing;
};

static struct cells cells_of(int w)
{
        struct cells k = {.name = w >= MEDIUM ? 24 : NAME_LESS};
        if (w >= WIDE) {
                k.ref = 14;
                k.status = 12;
        }
        if (w >= MEDIUM) {
                k.leaves = 14;
                k.fits = 6;
        }
        k.missing = w - 3 - k.ref - k.name - k.status - k.leaves - k.fits;
        return k;
}

static size_t count_fits(const struct rank_reason *reasons, size_t count)
{
        size_t n = 0;
        for (size_t i = 0; i < count; i++)
                n += reasons[i].says == RANK_SAYS_FITS;
        return n;
}

static void show_leaves(const struct finding *f, const struct ranked *r, char out[WHEN_BYTES])
{
        if (r->departure_ms == CLOCK_NONE)
                snprintf(out, WHEN_BYTES, "-");
        else if (r->departure_ms <= f->ranking.now_ms)
                snprintf(out, WHEN_BYTES, "now");
        else
                when_show(r->departure_ms, f->ranking.now_ms, out);
}

static const char *status_label(const struct finding *f, const struct roster_facts *facts)
{
        int status = (int)roster_status_at(facts, &roster_rules_default, f->ranking.now_ms);
        return enum_at(&enum_roster, status)->label;
}

static void draw_heads(struct canvas *c, struct rect r)
{
        struct cells k = cells_of(r.w);
        struct look quiet = {.ink = ROLE_MUTED};
        int x = r.x + 3;
        if (k.ref)
                canvas_text(c, x, r.y, k.ref - 1, quiet, "REF");
        x += k.ref;
        canvas_text(c, x, r.y, k.name - 1, quiet, "NAME");
        x += k.name;
        if (k.status)
                canvas_text(c, x, r.y, k.status - 1, quiet, "STATUS");
        x += k.status;
        if (k.leaves)
                canvas_text(c, x, r.y, k.leaves - 1, quiet, "CAN LEAVE");
        x += k.leaves;
        if (k.fits)
                canvas_text(c, x, r.y, k.fits - 1, quiet, "FITS");
        canvas_text(c, x + k.fits, r.y, k.missing, quiet, "MISSING");
}

/* Ink tells what words say too. */
static struct look look_of(const struct ranked *r, bool current)
{
        return (struct look){.ink = r->missing ? ROLE_WARN : ROLE_OK,
                             .ground = current ? ROLE_SELECTION : ROLE_BG};
}

static void draw_linear(const struct find_state *st, size_t i, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ranked *one = &st->found->list[i];
        const char *missing = find_missing_text(st->found, one->facts, &a);
        char leaves[WHEN_BYTES];
        show_leaves(st->found, one, leaves);
        canvas_printf(c, r.x, r.y, r.w, (struct look){0}, "%s%s %s, can leave %s, %s",
                      find_is_picked(st, one->facts->id) ? "picked: " : "", one->facts->ref,
                      one->facts->name, leaves, *missing ? missing : "nothing is missing");
}

static void draw_cells(const struct find_state *st, size_t i, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ranked *one = &st->found->list[i];
        struct cells k = cells_of(r.w);
        bool current = i == st->at;
        struct look text = {.ink = current ? ROLE_STRONG : ROLE_TEXT,
                            .ground = current ? ROLE_SELECTION : ROLE_BG};
        struct look quiet = {.ink = ROLE_MUTED, .ground = text.ground};
        struct rank_reason *reasons = NULL;
        size_t count = 0;
        char leaves[WHEN_BYTES];
        int x = r.x + 3;
        rank_why(&st->found->ranking, one->facts, &a, &reasons, &count);
        show_leaves(st->found, one, leaves);
        const char *missing = find_missing_text(st->found, one->facts, &a);
        if (k.ref)
                canvas_text(c, x, r.y, k.ref - 1, quiet, one->facts->ref);
        x += k.ref;
        canvas_text(c, x, r.y, k.name - 1, text, one->facts->name);
        x += k.name;
        if (k.status)
                canvas_text(c, x, r.y, k.status - 1, quiet, status_label(st->found, one->facts));
        x += k.status;
        if (k.leaves)
                canvas_text(c, x, r.y, k.leaves - 1, text, leaves);
        x += k.leaves;
        if (k.fits)
                canvas_printf(c, x, r.y, k.fits - 1, quiet, "%zu", count_fits(reasons, count));
        x += k.fits;
        canvas_text(c, x, r.y, k.missing, look_of(one, current),
                    *missing ? missing : "nothing is missing");
}

static void draw_row(const struct find_state *st, size_t i, struct canvas *c, struct rect r)
{
        const struct look sign = {.ink = ROLE_ACCENT,
                                  .ground = i == st->at ? ROLE_SELECTION : ROLE_BG,
                                  .attr = ATTR_BOLD};
        if (i == st->at) {
                c->cursor_x = r.x;
                c->cursor_y = r.y;
                c->cursor_shown = true;
        }
        if (c->linear) {
                draw_linear(st, i, c, r);
                return;
        }
        canvas_fill(c, r, (struct look){.ground = sign.ground});
        if (i == st->at)
                canvas_glyph(c, r.x, r.y, sign, GLYPH_CURSOR);
        if (find_is_picked(st, st->found->list[i].facts->id))
                canvas_glyph(c, r.x + 1, r.y, sign, GLYPH_MARKED);
        draw_cells(st, i, c, r);
}

static void draw_rows(struct find_state *st, struct canvas *c, struct rect r)
{
        struct look quiet = {.ink = ROLE_MUTED};
        st->rows = (size_t)(r.h > 0 ? r.h : 0);
        if (st->at < st->top)
                st->top = st->at;
        if (st->rows && st->at >= st->top + st->rows)
                st->top = st->at - st->rows + 1;
        for (size_t i = 0; i < st->rows && st->top + i < st->found->count; i++)
                draw_row(st, st->top + i, c, (struct rect){r.x, r.y + (int)i, r.w, 1});
        if (!st->found->count)
                canvas_text(c, r.x + 3, r.y, r.w - 3, quiet,
                            st->filter[0] ? "Nobody matches; / changes the filter"
                                          : "There is nobody; v looks at another kind");
        if (st->top + st->rows < st->found->count && r.h > 0)
                canvas_glyph(c, r.x + r.w - 1, r.y + r.h - 1, quiet, GLYPH_MORE_DOWN);
}

/* ---- above and below ---- */

static int draw_head(const struct find_state *st, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct finding *f = st->found;
        const struct row *about = &f->about;
        const char *needs = find_needs_text(&f->needs, f->ranking.now_ms, &a);
        struct look quiet = {.ink = ROLE_MUTED};
        AUTO_FREE char *counts =
                st->picked_count ? xasprintf("%zu of %zu %s, %zu picked", f->count, f->all,
                                             f->kind->plural, st->picked_count)
                                 : xasprintf("%zu of %zu %s", f->count, f->all, f->kind->plural);
        int width = (int)text_width(counts), y = r.y;
        canvas_right(c, r.x + r.w, y, width, quiet, counts);
        canvas_printf(c, r.x, y++, r.w - width - 2,
                      (struct look){.ink = ROLE_STRONG, .attr = ATTR_BOLD}, "Who can go for %s %s",
                      about->ref, thing_text(&about->thing, about->thing.kind->title));
        canvas_printf(c, r.x, y++, r.w, quiet, "needed: %s",
                      *needs ? needs : "nothing is said; / narrows it down");
        if (st->left_out) {
                int x = r.x +
                        canvas_text(c, r.x, y, r.w, (struct look){.ink = ROLE_WARN}, "left out:");
                for (int i = 0; i < RANK_CRITERIA; i++)
                        if (st->left_out & RANK_BIT(i))
                                x += canvas_printf(c, x, y, r.x + r.w - x,
                                                   (struct look){.ink = ROLE_WARN}, " %s",
                                                   rank_criterion_name((enum rank_criterion)i));
                y++;
        }
        if (st->filter[0])
                canvas_printf(c, r.x, y++, r.w, (struct look){.ink = ROLE_ACCENT}, "/%s",
                              st->filter);
        return y - r.y;
}

static struct look look_of_reason(enum rank_says says)
{
        if (says == RANK_SAYS_FITS)
                return (struct look){.ink = ROLE_OK};
        return (struct look){.ink = says == RANK_SAYS_NOTE ? ROLE_MUTED : ROLE_WARN};
}

/* What speaks against it first: the rest may be cut off below. */
static int weight_of(enum rank_says says)
{
        return says == RANK_SAYS_FITS ? 2 : says == RANK_SAYS_NOTE ? 1 : 0;
}

static void put_gaps_first(struct rank_reason *reasons, size_t count)
{
        for (size_t i = 1; i < count; i++) {
                struct rank_reason one = reasons[i];
                size_t to = i;
                for (; to > 0 && weight_of(reasons[to - 1].says) > weight_of(one.says); to--)
                        reasons[to] = reasons[to - 1];
                reasons[to] = one;
        }
}

static void why_current(const struct find_state *st, struct arena *a, struct rank_reason **ret,
                        size_t *ret_count)
{
        *ret_count = 0;
        if (st->at >= st->found->count)
                return;
        rank_why(&st->found->ranking, st->found->list[st->at].facts, a, ret, ret_count);
        put_gaps_first(*ret, *ret_count);
}

/* As many as its reasons need; some candidates stay in sight. */
static int why_rows(const struct find_state *st, int rows)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct rank_reason *reasons = NULL;
        size_t count = 0;
        if (!st->why)
                return 0;
        why_current(st, &a, &reasons, &count);
        int want = (int)count + 2, least = rows / 2 < WHY_ROWS ? rows / 2 : WHY_ROWS;
        int most = rows * 2 / 3;
        return want < least ? least : want < most ? want : most;
}

static void draw_reason(const struct rank_reason *reason, struct canvas *c, struct rect r)
{
        const char *sign = reason->says == RANK_SAYS_FITS   ? "+"
                           : reason->says == RANK_SAYS_NOTE ? " "
                                                            : "-";
        canvas_printf(c, r.x, r.y, r.w, look_of_reason(reason->says), "%s %s", sign, reason->text);
}

static void draw_why(const struct find_state *st, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct rank_reason *reasons = NULL;
        size_t count = 0, room = (size_t)(r.h > 2 ? r.h - 2 : 0);
        why_current(st, &a, &reasons, &count);
        if (!count)
                return;
        canvas_hline(c, r.x, r.y, r.w, (struct look){.ink = ROLE_BORDER}, GLYPH_HLINE);
        canvas_printf(c, r.x, r.y + 1, r.w, (struct look){.ink = ROLE_STRONG, .attr = ATTR_BOLD},
                      "Place %zu, %s; by who can go, least missing, leaves first", st->at + 1,
                      st->found->list[st->at].facts->name);
        for (size_t i = 0; i < count && i < room; i++) {
                struct rect row = {r.x, r.y + 2 + (int)i, r.w, 1};
                if (i + 1 == room && i + 1 < count)
                        canvas_printf(c, row.x, row.y, row.w, (struct look){.ink = ROLE_MUTED},
                                      "  and %zu more", count - i);
                else
                        draw_reason(&reasons[i], c, row);
        }
}

void find_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        struct find_state *st = o->state;
        int margin = c->linear ? 0 : 1, why, head;
        struct rect in = {area.x + margin, area.y, area.w - 2 * margin, area.h - 1};
        canvas_fill(c, area, (struct look){0});
        head = draw_head(st, c, in);
        if (in.h >= ROOMY)
                head++;
        why = why_rows(st, in.h);
        if (!c->linear)
                draw_heads(c, (struct rect){in.x, in.y + head, in.w, 1});
        head += !c->linear;
        draw_rows(st, c, (struct rect){in.x, in.y + head, in.w, in.h - head - why});
        if (why)
                draw_why(st, c, (struct rect){in.x, in.y + in.h - why, in.w, why});
        frame_draw_notice(o->ui, c);
}
