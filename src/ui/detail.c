#include "ui/detail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "store/versions.h"
#include "ui/columns.h"
#include "ui/detail_parts.h"

#define LOG_FIRST  200
#define SCROLL_MAX 1000000
#define WORDS_FROM 60 /* columns */

struct detail {
        struct ui *ui;
        struct arena arena;
        char id[STIX_ID_MAX];
        struct detail_data data;
        size_t log_wanted;
        enum detail_tab tab;
        bool why; /* of the clocks */
        long scroll[DETAIL_TABS];
        struct detail_extent
                *extent; /* per tab; learnt while painting, so not part of the const state */
};

struct detail *detail_create(struct ui *ui)
{
        struct detail *d = xcalloc(1, sizeof(*d));
        d->ui = ui;
        d->log_wanted = LOG_FIRST;
        d->extent = xcalloc(DETAIL_TABS, sizeof(*d->extent));
        arena_init(&d->arena);
        return d;
}

void detail_destroy(struct detail *d)
{
        if (!d)
                return;
        arena_finish(&d->arena);
        free(d->extent);
        free(d);
}

const char *detail_id(const struct detail *d)
{
        return d->id;
}

/* "INC-0107 Phishing at a ministry", or the id of what we do not hold. */
static const char *other_end(struct detail *d, const char *id, struct arena *a)
{
        struct row row;
        if (thing_by_id(ui_ops(d->ui)->store, id, a, &row, NULL) != RC_OK)
                return id;
        const char *title = thing_text(&row.thing, row.thing.kind->title);
        return arena_printf(a, "%s %s", row.ref, title ? title : "");
}

static void read_others(struct detail *d, const char *id, struct arena *a, struct detail_data *ret)
{
        for (size_t i = 0; i < ret->view.relation_count && i < DETAIL_RELATIONS_MAX; i++) {
                const struct relation *rel = &ret->view.relations[i];
                bool out = strcmp(rel->source, id) == 0;
                ret->others[i] = other_end(d, out ? rel->target : rel->source, a);
        }
}

static enum rc read_all(struct detail *d, const char *id, struct arena *a, struct detail_data *ret,
                        struct err *err)
{
        struct ops *ops = ui_ops(d->ui);
        bool one = store_read_begin(ops->store);
        enum rc rc = ops_view(ops, id, CLOCK_NONE, a, &ret->view, err);
        if (rc == RC_OK)
                rc = thing_log_count(ops->store, id, &ret->log_total, err);
        if (rc == RC_OK)
                rc = thing_log(ops->store, id, 0, d->log_wanted, a, &ret->log, &ret->log_count,
                               err);
        if (rc == RC_OK)
                read_others(d, id, a, ret);
        if (rc == RC_OK && ret->view.row.thing.kind == &kind_incident)
                clocks_derive(ops->law, &ret->view.folded, a, &ret->clocks);
        if (one)
                store_read_end(ops->store);
        return rc;
}

static bool tab_is_shown(const struct detail *d, int tab)
{
        return tab != DETAIL_CLOCKS || d->data.clocks.count;
}

enum rc detail_show(struct detail *d, const char *id, bool again, struct err *err)
{
        bool same = id && strcmp(d->id, id) == 0;
        if (same && !again)
                return RC_OK;
        if (!same) {
                memset(d->scroll, 0, sizeof(d->scroll));
                d->log_wanted = LOG_FIRST;
        }
        struct arena a;
        arena_init(&a);
        struct detail_data data = {0};
        enum rc rc = id && id[0] ? read_all(d, id, &a, &data, err) : RC_NOTFOUND;
        arena_finish(&d->arena);
        d->arena = a;
        d->data = rc == RC_OK ? data : (struct detail_data){0};
        d->id[0] = '\0';
        if (rc == RC_OK)
                snprintf(d->id, sizeof(d->id), "%s", id);
        if (!tab_is_shown(d, d->tab))
                d->tab = DETAIL_SUMMARY;
        ui_dirty(d->ui);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

void detail_turn(struct detail *d, int by)
{
        do {
                d->tab = (enum detail_tab)((d->tab + DETAIL_TABS + by) % DETAIL_TABS);
        } while (!tab_is_shown(d, d->tab));
        ui_dirty(d->ui);
}

void detail_turn_why(struct detail *d)
{
        d->why = d->tab != DETAIL_CLOCKS || !d->why;
        detail_set_tab(d, DETAIL_CLOCKS);
}

void detail_set_tab(struct detail *d, enum detail_tab tab)
{
        d->tab = tab;
        ui_dirty(d->ui);
}

void detail_scroll(struct detail *d, long by)
{
        long *at = &d->scroll[d->tab];
        const struct detail_extent *extent = &d->extent[d->tab];
        long last = extent->rows > extent->window ? extent->rows - extent->window : 0;
        long from = *at < last ? *at : last;
        *at = by > last - from ? last : by < -from ? 0 : from + by;
        bool near_end = d->tab == DETAIL_TIMELINE && *at == last;
        if (near_end && (int64_t)d->log_wanted < d->data.log_total && d->log_wanted < SCROLL_MAX) {
                d->log_wanted *= 4;
                AUTO_FREE char *id = xstrdup(d->id);
                detail_show(d, id, true, NULL);
        }
        ui_dirty(d->ui);
}

/* ---- painting ---- */

static const char *const tab_names[DETAIL_TABS] = {"Summary", "Timeline", "Clocks", "Raw"};

static int tab_text(const struct detail *d, int tab, char out[40])
{
        if (tab == DETAIL_TIMELINE)
                return snprintf(out, 40, "%s %lld", tab_names[tab], (long long)d->data.log_total);
        if (tab == DETAIL_CLOCKS)
                return snprintf(out, 40, "%s %zu", tab_names[tab], d->data.clocks.count);
        if (tab == DETAIL_RAW && d->data.view.version_count > 1)
                return snprintf(out, 40, "%s %zu", tab_names[tab], d->data.view.version_count);
        return snprintf(out, 40, "%s", tab_names[tab]);
}

/* The sign alone where the title needs the room. */
static int draw_severity(struct canvas *c, int x, struct rect r, int severity)
{
        struct look look = {.ink = severity_role(severity), .attr = ATTR_BOLD};
        canvas_glyph(c, x, r.y, look, severity_glyph(severity));
        if (r.w < WORDS_FROM)
                return 1;
        return 2 + canvas_text(c, x + 2, r.y, 9, look, enum_at(&enum_severity, severity)->label);
}

static void draw_title(const struct detail *d, struct canvas *c, struct rect r)
{
        const struct row *row = &d->data.view.row;
        int severity = thing_rank(&row->thing, "severity"), tlp = thing_rank(&row->thing, "tlp");
        struct look strong = {.ink = ROLE_STRONG, .attr = ATTR_BOLD};
        char label[40];
        const char *name = tlp >= 0 ? tlp_name((enum tlp)tlp) : NULL;
        snprintf(label, sizeof(label), row->tlp_given ? " %s " : " (%s) ", name ? name : "");
        int right = r.x + r.w;
        if (name)
                right -= canvas_right(c, r.x + r.w, r.y, 24,
                                      (struct look){.ink = tlp_role(tlp),
                                                    .ground = ROLE_BLACK,
                                                    .attr = ATTR_BOLD},
                                      label) +
                         2;
        int gap = r.w >= WORDS_FROM ? 3 : 1;
        int x = r.x + canvas_text(c, r.x, r.y, 16, strong, row->ref ? row->ref : "") + gap;
        if (severity > SEV_NONE)
                x += draw_severity(c, x, r, severity) + gap;
        const char *title = thing_text(&row->thing, row->thing.kind->title);
        canvas_text(c, x, r.y, right - x, strong, title ? title : "");
}

static void draw_tabs(const struct detail *d, struct canvas *c, struct rect r, bool focus)
{
        int x = r.x;
        canvas_hline(c, r.x, r.y + 1, r.w, (struct look){.ink = ROLE_BORDER}, GLYPH_HLINE);
        for (int i = 0; i < DETAIL_TABS; i++) {
                char text[40];
                if (!tab_is_shown(d, i))
                        continue;
                tab_text(d, i, text);
                bool active = i == (int)d->tab;
                struct look look = {.ink = active ? ROLE_STRONG : ROLE_MUTED,
                                    .attr = active ? ATTR_BOLD : 0};
                int w = canvas_text(c, x, r.y, r.x + r.w - x, look, text);
                if (active)
                        canvas_hline(c, x, r.y + 1, w,
                                     (struct look){.ink = focus ? ROLE_ACCENT : ROLE_MUTED},
                                     GLYPH_HEAVY);
                x += w + 4;
        }
}

void detail_draw_more(struct canvas *c, int right_x, int y, int lines)
{
        AUTO_FREE char *text =
                xasprintf(" %s %d more line%s", glyph_text(GLYPH_MORE_DOWN, c->ascii), lines,
                          lines == 1 ? "" : "s");
        canvas_right(c, right_x, y, (int)text_width(text), (struct look){.ink = ROLE_MUTED}, text);
}

bool detail_click(struct detail *d, int x, int y, struct rect r)
{
        bool roomy = r.h >= 14;
        int at = r.x + (r.w > 100 ? 3 : 1);
        if (y != r.y + (roomy ? 2 : 1))
                return false;
        for (int i = 0; i < DETAIL_TABS; i++) {
                char text[40];
                if (!tab_is_shown(d, i))
                        continue;
                int w = tab_text(d, i, text);
                if (x >= at && x < at + w + 2) {
                        detail_set_tab(d, (enum detail_tab)i);
                        return true;
                }
                at += w + 4;
        }
        return false;
}

static struct detail_extent draw_tab(const struct detail *d, int scroll, struct canvas *c,
                                     struct rect r)
{
        struct detail_draw dd = {.ui = d->ui, .data = &d->data, .scroll = scroll, .why = d->why};
        switch (d->tab) {
        case DETAIL_TIMELINE: return detail_draw_timeline(&dd, c, r);
        case DETAIL_CLOCKS: return detail_draw_clocks(&dd, c, r);
        case DETAIL_RAW: return detail_draw_raw(&dd, c, r);
        default: return detail_draw_summary(&dd, c, r);
        }
}

/* What was scrolled to in a lower window may be past the end now. */
static struct detail_extent draw_body(const struct detail *d, struct canvas *c, struct rect r)
{
        int scroll = (int)d->scroll[d->tab];
        struct detail_extent extent = draw_tab(d, scroll, c, r);
        int last = extent.rows > extent.window ? extent.rows - extent.window : 0;
        if (scroll <= last)
                return extent;
        canvas_fill(c, r, (struct look){0});
        return draw_tab(d, last, c, r);
}

void detail_draw(const struct detail *d, struct canvas *c, struct rect r, bool focus)
{
        bool roomy = r.h >= 14;
        int margin = r.w > 100 ? 3 : 1;
        struct rect in = {r.x + margin, r.y, r.w - 2 * margin, r.h};
        if (!d->id[0]) {
                canvas_text(c, in.x, in.y, in.w, (struct look){.ink = ROLE_MUTED},
                            "nothing is chosen");
                return;
        }
        draw_title(d, c, in);
        int y = in.y + (roomy ? 2 : 1);
        draw_tabs(d, c, (struct rect){in.x, y, in.w, 2}, focus);
        y += roomy ? 3 : 2;
        struct rect body = {in.x, y, in.w, r.y + r.h - y};
        d->extent[d->tab] = draw_body(d, c, body);
        if (focus) {
                c->cursor_x = in.x;
                c->cursor_y = body.y < c->rows ? body.y : c->rows - 1;
                c->cursor_shown = true;
        }
}
