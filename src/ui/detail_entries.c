/*
 * A list of entries: when, state, what; below it facts and words. The tabs of parts are made of it.
 */
#include "ui/detail_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/columns.h"

#define GAP       2
#define FACT_GAP  3
#define WIDE      90 /* columns: facts stand below the title, else below the state */
#define NARROW    56 /* columns: below, the state is a sign alone */
#define WHEN_MAX  24
#define STATE_MAX 20

struct pen {
        const struct detail_draw *d;
        struct canvas *c;
        struct rect r;
        int row, scroll;
        int sign, state_x, title_x, fact_x; /* columns; all but the first from r.x */
        struct arena *a;
};

const char *detail_when(const struct detail_draw *d, int64_t ms, const char *fidelity,
                        struct arena *a)
{
        static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        char *shown = arena_alloc(a, WHEN_BYTES);
        struct stamp_parts t;
        if (ms == CLOCK_NONE)
                return "";
        stamp_split(ms, &t);
        if (fidelity && strcmp(fidelity, "day") == 0)
                return arena_printf(a, "%d %s %d", t.day, months[t.month - 1], t.year);
        if (fidelity && strcmp(fidelity, "month") == 0)
                return arena_printf(a, "%s %d", months[t.month - 1], t.year);
        if (fidelity && strcmp(fidelity, "year") == 0)
                return arena_printf(a, "%d", t.year);
        when_show(ms, ui_now_ms(d->ui), shown);
        return shown;
}

/* ---- rows --------------------------------------------------------------------------------------
 */

static bool is_visible(const struct pen *p, int *ret_y)
{
        int shown = p->row - p->scroll;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

struct wrapping {
        struct pen *pen;
        struct look look;
        int x, lines, room; /* the first line has `room` columns less on its right */
};

static void draw_line(void *ctx, const char *line, size_t len)
{
        struct wrapping *w = ctx;
        struct pen *p = w->pen;
        int y;
        if (is_visible(p, &y)) {
                AUTO_FREE char *s = xstrndup(line, len);
                canvas_text(p->c, p->r.x + w->x, y, p->r.w - w->x, w->look, s);
        }
        p->row++;
        w->lines++;
}

static void draw_words(struct pen *p, int x, int room, struct look look, const char *text)
{
        struct wrapping w = {.pen = p, .look = look, .x = x};
        int columns = p->r.w - x - room;
        text_wrap(text, (size_t)(columns > 8 ? columns : 8), draw_line, &w);
}

/* ---- one entry ---------------------------------------------------------------------------------
 */

static int draw_marking(struct pen *p, const struct thing *part, int y, bool visible)
{
        struct row row = {.thing = *part, .tlp_given = true};
        struct row_style style = {.now_ms = ui_now_ms(p->d->ui)};
        const struct field *tlp = field_find(part->kind, "tlp");
        int w = (int)text_width(field_text(tlp, &row, &style, p->a)) + 2;
        if (!thing_text(part, "tlp"))
                return 0;
        if (visible)
                field_draw(tlp, &row, &style, p->c, (struct rect){p->r.x + p->r.w - w, y, w, 1},
                           false);
        return w + GAP;
}

static void draw_head(struct pen *p, const struct detail_entry *e, const struct thing *part)
{
        int y;
        bool visible = is_visible(p, &y);
        int room = draw_marking(p, part, y, visible);
        struct look state = {.ink = e->ink, .attr = e->ink == ROLE_SEV_CRITICAL ? ATTR_BOLD : 0};
        if (visible) {
                int x = p->r.x + p->state_x;
                canvas_text(p->c, p->r.x, y, p->state_x - 1, (struct look){.ink = e->when_ink},
                            e->when);
                if (e->glyph != GLYPH_COUNT)
                        canvas_glyph(p->c, x, y, state, e->glyph);
                if (p->r.w >= NARROW)
                        canvas_text(p->c, x + p->sign, y, p->title_x - p->state_x - p->sign, state,
                                    e->state);
        }
        draw_words(p, p->title_x, room, (struct look){.ink = ROLE_STRONG}, e->title);
}

static int fact_width(const struct detail_fact *f)
{
        return (int)(text_width(f->label) + text_width(f->value)) + (*f->label ? 1 : 0);
}

/* One that is wider than a whole row is wrapped behind its label. */
static void draw_long_fact(struct pen *p, const struct detail_fact *f)
{
        int y, label = (int)text_width(f->label);
        if (is_visible(p, &y))
                canvas_text(p->c, p->r.x + p->fact_x, y, label, (struct look){.ink = ROLE_FAINT},
                            f->label);
        draw_words(p, p->fact_x + label + 1, 0, (struct look){.ink = ROLE_MUTED}, f->value);
}

static int draw_fact(struct pen *p, const struct detail_fact *f, int x)
{
        int y, label = (int)text_width(f->label);
        if (is_visible(p, &y)) {
                canvas_text(p->c, p->r.x + x, y, label, (struct look){.ink = ROLE_FAINT}, f->label);
                canvas_text(p->c, p->r.x + x + label + (label ? 1 : 0), y, p->r.w - x - label,
                            (struct look){.ink = ROLE_MUTED}, f->value);
        }
        return x + fact_width(f) + FACT_GAP;
}

static void draw_facts(struct pen *p, const struct detail_entry *e)
{
        int x = p->fact_x;
        for (size_t i = 0; i < e->fact_count; i++) {
                const struct detail_fact *f = &e->facts[i];
                bool is_long = fact_width(f) > p->r.w - p->fact_x;
                if (x > p->fact_x && (is_long || x + fact_width(f) > p->r.w)) {
                        p->row++;
                        x = p->fact_x;
                }
                if (is_long)
                        draw_long_fact(p, f);
                else
                        x = draw_fact(p, f, x);
        }
        if (x > p->fact_x)
                p->row++;
}

static void draw_entry(struct pen *p, const struct detail_entry *e, const struct thing *part)
{
        draw_head(p, e, part);
        draw_facts(p, e);
        if (e->text && *e->text)
                draw_words(p, p->fact_x, 0, (struct look){.ink = ROLE_TEXT}, e->text);
        p->row++;
}

/* ---- the list ----------------------------------------------------------------------------------
 */

static void draw_section(struct pen *p, const char *title, int count)
{
        int y;
        if (is_visible(p, &y)) {
                struct look head = {.ink = ROLE_STRONG, .attr = ATTR_BOLD};
                AUTO_FREE char *number = xasprintf(" %d", count);
                int w = (int)text_width(number);
                int x = canvas_text(p->c, p->r.x, y, p->r.w, head, title) + 1;
                canvas_hline(p->c, p->r.x + x, y, p->r.w - x - w, (struct look){.ink = ROLE_BORDER},
                             GLYPH_HLINE);
                canvas_right(p->c, p->r.x + p->r.w, y, w, (struct look){.ink = ROLE_MUTED}, number);
        }
        p->row += 2;
}

static int widest(int have, const char *text, int max)
{
        int w = (int)text_width(text);
        w = w < max ? w : max;
        return w > have ? w : have;
}

/* The same columns for all entries of the tab. */
static void set_columns(struct pen *p, const struct detail_entry *entries, size_t count)
{
        int when = 0, state = 0;
        bool signs = false;
        for (size_t i = 0; i < count; i++) {
                when = widest(when, entries[i].when, WHEN_MAX);
                state = widest(state, entries[i].state, STATE_MAX);
                signs = signs || entries[i].glyph != GLYPH_COUNT;
        }
        p->state_x = when ? when + GAP : 0;
        p->sign = signs ? 2 : 0;
        p->title_x = p->state_x + p->sign + (p->r.w < NARROW ? 0 : state + GAP);
        p->fact_x = p->r.w >= WIDE ? p->title_x : p->state_x + p->sign;
}

static void draw_group(struct pen *p, const struct detail_list *list, size_t group,
                       const struct detail_entry *entries, const struct thing *const *parts,
                       size_t count)
{
        int members = 0;
        for (size_t i = 0; i < count; i++)
                members += entries[i].group == group;
        if (members && list->groups)
                draw_section(p, list->groups[group], members);
        for (size_t i = 0; i < count; i++)
                if (entries[i].group == group)
                        draw_entry(p, &entries[i], parts[i]);
}

static void draw_end(struct pen *p)
{
        if (p->d->data->view.parts_cut)
                draw_words(p, 0, 0, (struct look){.ink = ROLE_MUTED},
                           "There are more than a screen reads; muster export has them all.");
        else if (p->row > 0)
                p->row--; /* the blank row behind the last entry */
}

struct detail_extent detail_draw_list(const struct detail_draw *d, const struct detail_list *list,
                                      struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops_view *v = &d->data->view;
        struct pen p = {.d = d, .c = c, .r = r, .scroll = d->scroll, .a = &a};
        struct detail_entry *entries = arena_array(&a, v->part_count + 1, sizeof(*entries));
        const struct thing **parts = arena_array(&a, v->part_count + 1, sizeof(*parts));
        size_t count = 0;
        for (size_t i = 0; i < v->part_count; i++) {
                if (v->parts[i].kind != list->kind)
                        continue;
                entries[count] = (struct detail_entry){.when = "",
                                                       .when_ink = ROLE_MUTED,
                                                       .glyph = GLYPH_COUNT,
                                                       .ink = ROLE_MUTED,
                                                       .state = "",
                                                       .title = ""};
                list->say(d, &v->parts[i], &a, &entries[count]);
                parts[count++] = &v->parts[i];
        }
        set_columns(&p, entries, count);
        for (size_t g = 0; g < (list->groups ? list->group_count : 1); g++)
                draw_group(&p, list, g, entries, parts, count);
        draw_end(&p);
        int left = p.row - p.scroll - r.h;
        if (left > 0 && r.h > 1)
                detail_draw_more(c, r.x + r.w, r.y + r.h - 1, left);
        return (struct detail_extent){.rows = p.row, .window = r.h};
}
