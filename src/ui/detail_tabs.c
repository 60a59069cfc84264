/*
 * THE table of a detail's tabs, and the row of their names.
 */
#include "ui/detail_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/part.h"

static int64_t count_parts(const struct detail_data *data, const struct kind *kind)
{
        int64_t n = 0;
        for (size_t i = 0; i < data->view.part_count; i++)
                n += data->view.parts[i].kind == kind;
        return n;
}

static int64_t count_events(const struct detail_data *data)
{
        return count_parts(data, &part_event);
}

static int64_t count_impacts(const struct detail_data *data)
{
        return count_parts(data, &part_impact);
}

static int64_t count_tasks(const struct detail_data *data)
{
        return count_parts(data, &part_task);
}

static int64_t count_opinions(const struct detail_data *data)
{
        return count_parts(data, &part_opinion);
}

static int64_t count_reports(const struct detail_data *data)
{
        return count_parts(data, &part_report);
}

static int64_t count_runs(const struct detail_data *data)
{
        return (int64_t)data->run_count;
}

static int64_t count_help(const struct detail_data *data)
{
        return (int64_t)data->help_count;
}

static int64_t count_versions(const struct detail_data *data)
{
        return (int64_t)data->view.version_count;
}

static const struct detail_tab tabs[] = {
        {.name = "Summary", .always = true, .draw = detail_draw_summary},
        {.name = "Timeline",
         .always = true,
         .pages = true,
         .unsaid = -1,
         .count = detail_moment_total,
         .draw = detail_draw_timeline},
        {.name = "Clocks", .count = detail_count_clocks, .draw = detail_draw_clocks},
        {.name = "Resources", .count = count_help, .draw = detail_draw_help},
        {.name = "Playbooks", .count = count_runs, .draw = detail_draw_runs},
        {.name = "Events", .count = count_events, .draw = detail_draw_events},
        {.name = "Impacts", .count = count_impacts, .draw = detail_draw_impacts},
        {.name = "Tasks", .count = count_tasks, .draw = detail_draw_tasks},
        {.name = "Opinions", .count = count_opinions, .draw = detail_draw_opinions},
        {.name = "Reports", .count = count_reports, .draw = detail_draw_reports},
        {.name = "Raw",
         .always = true,
         .unsaid = 1,
         .count = count_versions,
         .draw = detail_draw_raw},
};
_Static_assert(ARRAY_LEN(tabs) <= DETAIL_TABS_MAX, "more tabs than a detail has room for");

size_t detail_tab_count(void)
{
        return ARRAY_LEN(tabs);
}

const struct detail_tab *detail_tab_at(size_t i)
{
        return &tabs[i];
}

bool detail_tab_is_shown(const struct detail_data *data, size_t i)
{
        return tabs[i].always || tabs[i].count(data) > 0;
}

/* ---- their row ---------------------------------------------------------------------------------
 */

/* Where each tab stands: w 0 = it is not shown, or does not fit. */
struct tab_row {
        struct {
                int x, w;
                char number[24];
        } at[DETAIL_TABS_MAX];
        bool cut_left, cut_right;
};

static int measure(const struct detail_data *data, size_t i, char number[24])
{
        int64_t n = tabs[i].count ? tabs[i].count(data) : 0;
        number[0] = '\0';
        if (tabs[i].count && n > tabs[i].unsaid)
                snprintf(number, 24, " %lld", (long long)n);
        return (int)(text_width(tabs[i].name) + text_width(number));
}

static int place(struct tab_row *row, size_t first, int gap)
{
        int x = 0;
        for (size_t i = first; i < ARRAY_LEN(tabs); i++) {
                if (!row->at[i].w)
                        continue;
                row->at[i].x = x;
                x += row->at[i].w + gap;
        }
        return x - gap;
}

/* Closer together where it is narrow; where even that does not do, the first ones make room until
 * the active one fits. */
static void lay_out(const struct detail_data *data, size_t active, int width, struct tab_row *row)
{
        static const int gaps[] = {4, 2, 1};
        size_t first = 0;
        int gap = 1;
        memset(row, 0, sizeof(*row));
        for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
                if (detail_tab_is_shown(data, i))
                        row->at[i].w = measure(data, i, row->at[i].number);
        for (size_t g = 0; g < ARRAY_LEN(gaps); g++) {
                gap = gaps[g];
                if (place(row, 0, gap) <= width)
                        return;
        }
        while (first < active && row->at[active].x + row->at[active].w > width - 4) {
                row->at[first++].w = 0;
                place(row, first, gap);
        }
        row->cut_left = first > 0;
        for (size_t i = active + 1; i < ARRAY_LEN(tabs); i++)
                if (row->at[i].x + row->at[i].w > width - 4) {
                        row->cut_right = row->cut_right || row->at[i].w;
                        row->at[i].w = 0;
                }
        for (size_t i = first; row->cut_left && i < ARRAY_LEN(tabs); i++)
                row->at[i].x += 2;
}

/* In words, for who can't see which one is underlined. */
static void say_tab(const struct detail_data *data, size_t active, struct canvas *c, struct rect r)
{
        size_t at = 0, count = 0;
        char number[24];
        for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
                count += detail_tab_is_shown(data, i);
                if (i == active)
                        at = count;
        }
        measure(data, active, number);
        canvas_printf(c, r.x, r.y, r.w, (struct look){.ink = ROLE_MUTED},
                      "%s%s, tab %zu of %zu, Left and Right turn", tabs[active].name, number, at,
                      count);
}

void detail_draw_tabs(const struct detail_data *data, size_t active, bool focus, struct canvas *c,
                      struct rect r)
{
        struct tab_row row;
        struct look faint = {.ink = ROLE_FAINT};
        if (c->linear) {
                say_tab(data, active, c, r);
                return;
        }
        lay_out(data, active, r.w, &row);
        canvas_hline(c, r.x, r.y + 1, r.w, (struct look){.ink = ROLE_BORDER}, GLYPH_HLINE);
        for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
                bool is_active = i == active;
                struct look look = {.ink = is_active ? ROLE_STRONG : ROLE_MUTED,
                                    .attr = is_active ? ATTR_BOLD : 0};
                int x = r.x + row.at[i].x, w = row.at[i].w;
                if (!w)
                        continue;
                int name = canvas_text(c, x, r.y, r.x + r.w - x, look, tabs[i].name);
                canvas_text(c, x + name, r.y, r.x + r.w - x - name, is_active ? look : faint,
                            row.at[i].number);
                if (is_active)
                        canvas_hline(c, x, r.y + 1, w,
                                     (struct look){.ink = focus ? ROLE_ACCENT : ROLE_MUTED},
                                     GLYPH_HEAVY);
        }
        if (row.cut_left)
                canvas_glyph(c, r.x, r.y, faint, GLYPH_LEFT);
        if (row.cut_right)
                canvas_glyph(c, r.x + r.w - 1, r.y, faint, GLYPH_RIGHT);
}

size_t detail_tab_under(const struct detail_data *data, size_t active, int x, struct rect r)
{
        struct tab_row row;
        lay_out(data, active, r.w, &row);
        for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
                if (row.at[i].w && x >= r.x + row.at[i].x && x <= r.x + row.at[i].x + row.at[i].w)
                        return i;
        return ARRAY_LEN(tabs);
}
