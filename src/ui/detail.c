#include "ui/detail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "ui/changed.h"
#include "ui/columns.h"
#include "ui/detail_parts.h"
#include "ui/run_view.h"

#define LOG_FIRST  200
#define WORDS_FROM 60 /* columns */
#define ROOMY      14 /* rows: blank ones between title, tabs and contents */

/* What was read of the thing that the cursor will probably come to next. */
struct ahead {
        struct arena arena;
        char id[STIX_ID_MAX]; /* "" = nothing */
        struct detail_data data;
};

struct detail {
        struct ui *ui;
        struct arena arena;
        char id[STIX_ID_MAX];
        struct detail_data data;
        struct ahead ahead;
        struct detail_wanted wanted;
        size_t tab; /* as chosen; not every thing has it */
        struct clock_cursor clocks;
        struct changed changed;
        long scroll[DETAIL_TABS_MAX];
        struct detail_extent
                *extent; /* per tab; learnt while painting, so not part of the const state */
};

struct detail *detail_create(struct ui *ui)
{
        struct detail *d = xcalloc(1, sizeof(*d));
        d->ui = ui;
        d->wanted.log = LOG_FIRST;
        d->wanted.at_ms = CLOCK_NONE;
        d->extent = xcalloc(DETAIL_TABS_MAX, sizeof(*d->extent));
        arena_init(&d->arena);
        arena_init(&d->ahead.arena);
        return d;
}

void detail_destroy(struct detail *d)
{
        if (!d)
                return;
        arena_finish(&d->arena);
        arena_finish(&d->ahead.arena);
        free(d->extent);
        free(d);
}

const char *detail_id(const struct detail *d)
{
        return d->id;
}

static void drop_ahead(struct detail *d)
{
        d->ahead.id[0] = '\0';
        arena_finish(&d->ahead.arena);
}

void detail_prepare(struct detail *d, const char *id)
{
        if (strcmp(d->ahead.id, id) == 0 || strcmp(d->id, id) == 0)
                return;
        drop_ahead(d);
        arena_init(&d->ahead.arena);
        d->ahead.data = (struct detail_data){0};
        struct detail_wanted wanted = d->wanted;
        wanted.log = LOG_FIRST;
        if (detail_read(d->ui, id, &wanted, &d->ahead.arena, &d->ahead.data, NULL) == RC_OK)
                snprintf(d->ahead.id, sizeof(d->ahead.id), "%s", id);
}

static enum rc read_new(struct detail *d, const char *id, struct arena *a, struct detail_data *ret,
                        struct err *err)
{
        if (!id || !id[0])
                return RC_NOTFOUND;
        if (strcmp(d->ahead.id, id) != 0 || d->ahead.data.by_entry != d->wanted.by_entry ||
            d->ahead.data.said_only != d->wanted.said_only ||
            d->ahead.data.at_ms != d->wanted.at_ms)
                return detail_read(d->ui, id, &d->wanted, a, ret, err);
        *ret = d->ahead.data;
        *a = d->ahead.arena;
        arena_init(&d->ahead.arena);
        d->ahead.id[0] = '\0';
        return RC_OK;
}

enum rc detail_show(struct detail *d, const char *id, bool again, struct err *err)
{
        bool same = id && strcmp(d->id, id) == 0;
        if (same && !again)
                return RC_OK;
        if (!same) {
                memset(d->scroll, 0, sizeof(d->scroll));
                d->clocks.at[0] = d->clocks.open[0] = '\0';
                d->changed = (struct changed){{0}};
                d->wanted.log = LOG_FIRST;
        }
        if (again)
                drop_ahead(d);
        struct arena a;
        arena_init(&a);
        struct detail_data data = {0};
        enum rc rc = read_new(d, id, &a, &data, err);
        if (rc == RC_OK && same && ui_others_wrote(d->ui))
                changed_note(&d->changed, d->ui,
                             changed_fields(&d->data.view.row.thing, &data.view.row.thing));
        arena_finish(&d->arena);
        d->arena = a;
        d->data = rc == RC_OK ? data : (struct detail_data){0};
        d->id[0] = '\0';
        if (rc == RC_OK)
                snprintf(d->id, sizeof(d->id), "%s", id);
        ui_dirty(d->ui);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The tab chosen, or the first one where this thing has nothing to show in it. */
static size_t tab_of(const struct detail *d)
{
        return detail_tab_is_shown(&d->data, d->tab) ? d->tab : 0;
}

static void set_tab(struct detail *d, size_t tab)
{
        d->tab = tab;
        ui_dirty(d->ui);
}

void detail_turn_first(struct detail *d)
{
        set_tab(d, 0);
}

void detail_turn(struct detail *d, int by)
{
        size_t count = detail_tab_count(), tab = tab_of(d);
        do
                tab = by > 0 ? (tab + 1) % count : (tab + count - 1) % count;
        while (!detail_tab_is_shown(&d->data, tab));
        set_tab(d, tab);
}

static bool shows_clocks(const struct detail *d)
{
        return detail_tab_at(tab_of(d))->draw == detail_draw_clocks;
}

static struct detail_draw drawing_of(const struct detail *d, int scroll, bool focus)
{
        return (struct detail_draw){.ui = d->ui,
                                    .data = &d->data,
                                    .clocks = &d->clocks,
                                    .changed = changed_now(&d->changed, ui_now_ms(d->ui)),
                                    .scroll = scroll,
                                    .focus = focus};
}

void detail_turn_why(struct detail *d)
{
        size_t clocks = 0;
        while (detail_tab_at(clocks)->draw != detail_draw_clocks)
                clocks++;
        d->clocks.why = tab_of(d) != clocks || !d->clocks.why;
        set_tab(d, clocks);
}

static bool enter_run(struct detail *d)
{
        const struct row *run = detail_first_run(&d->data);
        struct err err = {0};
        if (detail_tab_at(tab_of(d))->draw != detail_draw_runs || !run)
                return false;
        if (run_view_open(d->ui, run->thing.id, &err) != RC_OK)
                ui_notice(d->ui, NOTICE_FAIL, "%s", err.text);
        return true;
}

static bool enter_help(struct detail *d)
{
        struct err err = {0};
        if (detail_tab_at(tab_of(d))->draw != detail_draw_help || !d->data.help_count)
                return false;
        if (ui_go_to_thing(d->ui, d->data.help[0].row.thing.id, &err) != RC_OK)
                ui_notice(d->ui, NOTICE_FAIL, "%s", err.text);
        return true;
}

bool detail_enter(struct detail *d)
{
        if (enter_run(d) || enter_help(d))
                return true;
        if (!shows_clocks(d))
                return false;
        clock_cursor_toggle(&d->clocks, &d->data.clocks);
        ui_dirty(d->ui);
        return true;
}

static bool step_clock(struct detail *d, long by)
{
        size_t tab = tab_of(d);
        const struct detail_draw dd = drawing_of(d, 0, true);
        return (by == 1 || by == -1) &&
               clock_cursor_step(&d->clocks, &dd, &d->extent[tab], (int)by, &d->scroll[tab]);
}

static void read_again(struct detail *d)
{
        AUTO_FREE char *id = xstrdup(d->id);
        detail_show(d, id, true, NULL);
}

/* By entry the whole log is needed: the first to happen may be the last that was entered. */
void detail_turn_timeline(struct detail *d)
{
        d->wanted.by_entry = !d->wanted.by_entry;
        if (d->wanted.by_entry && (int64_t)d->wanted.log < d->data.log_total)
                d->wanted.log = DETAIL_LOG_ALL;
        read_again(d);
}

void detail_turn_system(struct detail *d)
{
        d->wanted.said_only = !d->wanted.said_only;
        read_again(d);
}

int64_t detail_then(const struct detail *d)
{
        return d->wanted.at_ms;
}

enum rc detail_look_back(struct detail *d, int64_t at_ms, struct err *err)
{
        AUTO_FREE char *id = xstrdup(d->id);
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops_view view;
        arena_init(&a);
        enum rc rc = *id ? ops_view(ui_ops(d->ui), id, at_ms, &a, &view, err) : RC_OK;
        if (rc != RC_OK)
                return rc;
        d->wanted.at_ms = at_ms;
        return detail_show(d, id, true, err);
}

void detail_scroll(struct detail *d, long by)
{
        size_t tab = tab_of(d);
        long *at = &d->scroll[tab];
        ui_dirty(d->ui);
        if (shows_clocks(d) && step_clock(d, by))
                return;
        const struct detail_extent *extent = &d->extent[tab];
        long last = extent->rows > extent->window ? extent->rows - extent->window : 0;
        long from = *at < last ? *at : last;
        *at = by > last - from ? last : by < -from ? 0 : from + by;
        bool near_end = detail_tab_at(tab)->pages && *at == last;
        if (near_end && (int64_t)d->wanted.log < d->data.log_total &&
            d->wanted.log < DETAIL_LOG_ALL) {
                d->wanted.log *= 4;
                read_again(d);
        }
        if (shows_clocks(d)) {
                const struct detail_draw dd = drawing_of(d, 0, true);
                clock_cursor_follow(&d->clocks, &dd, extent, *at);
        }
}

/* ---- painting ---- */

/* The sign alone where the title needs the room. */
static int draw_severity(struct canvas *c, int x, struct rect r, int severity)
{
        struct look look = {.ink = severity_role(severity), .attr = ATTR_BOLD};
        canvas_glyph(c, x, r.y, look, severity_glyph(severity));
        if (r.w < WORDS_FROM)
                return 1;
        return 1 + canvas_printf(c, x + 1, r.y, 10, look, " %s",
                                 enum_at(&enum_severity, severity)->label);
}

/* "INC-0231, critical, TLP:RED, Ransomware at a hospital": the marking before what may be cut. */
static void draw_title_linear(const struct detail *d, struct canvas *c, struct rect r)
{
        const struct row *row = &d->data.view.row;
        const char *severity = thing_text(&row->thing, "severity");
        const char *title = thing_text(&row->thing, row->thing.kind->title);
        int tlp = thing_rank(&row->thing, "tlp");
        canvas_printf(c, r.x, r.y, r.w, (struct look){.ink = ROLE_STRONG, .attr = ATTR_BOLD},
                      "%s%s%s%s%s%s, %s", row->ref ? row->ref : "", severity ? ", " : "",
                      severity ? severity : "", tlp >= 0 ? ", " : "",
                      tlp >= 0 ? tlp_name((enum tlp)tlp) : "",
                      tlp >= 0 && !row->tlp_given ? " by default" : "", title ? title : "");
}

static void draw_title(const struct detail *d, struct canvas *c, struct rect r)
{
        if (c->linear) {
                draw_title_linear(d, c, r);
                return;
        }
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

/* Title, tabs and contents, one below the other. */
static struct rect rows_of_tabs(bool linear, struct rect r)
{
        int margin = linear ? 0 : r.w > 100 ? 3 : 1;
        int above = r.h >= ROOMY && !linear ? 2 : 1;
        return (struct rect){r.x + margin, r.y + above, r.w - 2 * margin, 2};
}

bool detail_click(struct detail *d, int x, int y, struct rect r)
{
        struct rect tabs = rows_of_tabs(ui_is_linear(d->ui), r);
        size_t tab = detail_tab_under(&d->data, tab_of(d), x, tabs);
        if (y != tabs.y || tab == detail_tab_count())
                return false;
        set_tab(d, tab);
        return true;
}

static struct detail_extent draw_tab(const struct detail *d, int scroll, bool focus,
                                     struct canvas *c, struct rect r)
{
        struct detail_draw dd = drawing_of(d, scroll, focus);
        struct rect rest = detail_draw_then(&dd, c, r);
        return detail_tab_at(tab_of(d))->draw(&dd, c, rest);
}

/* What was scrolled to in a lower window may be past the end now. */
static struct detail_extent draw_body(const struct detail *d, bool focus, struct canvas *c,
                                      struct rect r)
{
        int scroll = (int)d->scroll[tab_of(d)];
        struct detail_extent extent = draw_tab(d, scroll, focus, c, r);
        int last = extent.rows > extent.window ? extent.rows - extent.window : 0;
        if (scroll <= last)
                return extent;
        canvas_fill(c, r, (struct look){0});
        return draw_tab(d, last, focus, c, r);
}

void detail_draw(const struct detail *d, struct canvas *c, struct rect r, bool focus)
{
        struct rect tabs = rows_of_tabs(c->linear, r);
        if (!d->id[0]) {
                canvas_text(c, tabs.x, r.y, tabs.w, (struct look){.ink = ROLE_MUTED},
                            d->wanted.at_ms == CLOCK_NONE
                                    ? "nothing is chosen"
                                    : "it was not known then; @ shows it as it is "
                                      "now");
                return;
        }
        draw_title(d, c, (struct rect){tabs.x, r.y, tabs.w, r.h});
        detail_draw_tabs(&d->data, tab_of(d), focus, c, tabs);
        int y = tabs.y + (r.h >= ROOMY && !c->linear ? 3 : 2);
        struct rect body = {tabs.x, y, tabs.w, r.y + r.h - y};
        d->extent[tab_of(d)] = draw_body(d, focus, c, body);
        if (focus) {
                c->cursor_x = tabs.x;
                c->cursor_y = body.y < c->rows ? body.y : c->rows - 1;
                c->cursor_shown = true;
        }
}
