/*
 * The chart of bookings as a view: the cursor in its rows, and the hands.
 */
#include "ui/time_chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ui_private.h"

static struct time_chart *state_of(const struct view *v)
{
        return v->state;
}

static const struct kind *kind_of(const struct view *v)
{
        return list_kind(state_of(v)->lv.list);
}

static struct rect chart_rect(struct rect r)
{
        int head = r.h >= 12 ? 3 : 1;

        return (struct rect){r.x + (r.w > 60), r.y + head, r.w - 2 * (r.w > 60), r.h - head};
}

static size_t rows_in_sight(const struct view *v)
{
        int h = chart_shape_of(chart_rect(ui_view_rect(v->ui))).time.h;

        return h > 0 ? (size_t)h : 1;
}

/* ---- the functions of the view ---------------------------------------------------------------
 */

static enum rc reach(struct time_chart *tc, size_t position, struct err *err)
{
        return tc->query && position >= query_known(tc->query)
                       ? query_run(tc->query, position + 1, err)
                       : RC_OK;
}

/* What can be shown of the place of the cursor while another picture has it. */
static void lend_row(struct view *v)
{
        struct time_chart *tc = state_of(v);
        const struct chart_shown *at = time_chart_shown_at(tc, tc->chart.at);

        if (!time_chart_is_over_deployments(v))
                list_hold(tc->lv.list, ui_view(v->ui) == v && at ? &at->thing : NULL);
}

enum rc time_chart_settle(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);
        enum rc rc = time_chart_is_asked(v) ? RC_OK : time_chart_ask(v, err);
        struct chart_rows rows;

        if (rc == RC_OK)
                rc = reach(tc, tc->chart.at + 2 * rows_in_sight(v), err);
        if (rc != RC_OK)
                return rc;
        list_hold(tc->lv.list, NULL);
        rows = time_chart_rows(tc);
        chart_settle(&tc->chart, &rows, chart_rect(ui_view_rect(v->ui)));
        rc = time_chart_read(v, rows_in_sight(v), err);
        lend_row(v);
        return rc;
}

enum rc time_chart_open(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);

        tc->lv.list = view_list(ui_view_named(v->ui, v->ops->under));
        tc->lv.scroll = time_chart_move;
        chart_init(&tc->chart, ui_now_ms(v->ui));
        return tc->lv.list ? RC_OK : err_set(err, RC_FAIL, "the list can't be read");
}

enum rc time_chart_load(struct view *v, struct err *err)
{
        state_of(v)->reopen |= v->stale != 0;
        v->stale = 0;
        return time_chart_settle(v, err);
}

void time_chart_shown(struct view *v, bool is)
{
        if (is)
                lend_row(v);
        else
                list_hold(state_of(v)->lv.list, NULL);
}

void time_chart_close(struct view *v)
{
        struct time_chart *tc = state_of(v);

        list_hold(tc->lv.list, NULL);
        time_chart_drop(tc);
        arena_finish(&tc->filter_arena);
        free(tc->line);
}

bool time_chart_back(struct view *v)
{
        return list_filter_back(v, kind_of(v)->default_filter);
}

const char *time_chart_current(const struct view *v, const char **ret_ref)
{
        const struct time_chart *tc = state_of(v);
        const struct chart_shown *at = time_chart_shown_at(tc, tc->chart.at);

        *ret_ref = at && !at->row.heading ? at->thing.ref : NULL;
        return at && !at->row.heading ? at->thing.thing.id : NULL;
}

/* ---- painting --------------------------------------------------------------------------------
 */

static void draw_summary(const struct view *v, struct canvas *c, struct rect r)
{
        struct time_chart *tc = state_of(v);
        size_t count = tc->query ? query_known(tc->query) : 0;
        bool more = tc->query && !query_is_done(tc->query);

        for (size_t i = 0; i < tc->line_count; i++)
                count += tc->lines[i].id != NULL;
        AUTO_FREE char *rows =
                xasprintf("%zu%s %s%s", count, more ? "+" : "", count == 1 ? "row" : "rows",
                          tc->cut && !tc->query ? ", not all: give a filter" : "");
        const char *line = tc->line ? tc->line : "";
        int margin = ui_is_narrow(v->ui) ? 1 : 3, end = r.x + r.w - margin;
        if (c->linear) {
                canvas_printf(c, r.x, r.y, r.w, LOOK(.ink = ROLE_ACCENT), "%s, filter %s", rows,
                              line[0] ? line : "none");
                return;
        }
        end -= canvas_right(c, end, r.y, r.w, LOOK(.ink = ROLE_MUTED), rows) + 2;
        canvas_text(c, r.x + margin, r.y, end - r.x - margin, LOOK(.ink = ROLE_ACCENT), line);
}

void time_chart_draw(const struct view *v, struct canvas *c, struct rect r)
{
        struct time_chart *tc = state_of(v);
        struct rect chart = chart_rect(r);
        struct chart_rows rows = time_chart_rows(tc);

        draw_summary(v, c, (struct rect){r.x, r.y + (r.h >= 12 ? 1 : 0), r.w, 1});
        chart_draw(&tc->chart, &rows, ui_now_ms(v->ui), c, chart);
        if (!rows.count)
                canvas_text(c, chart.x + 2, chart.y + 3, chart.w - 2, LOOK(.ink = ROLE_TEXT),
                            time_chart_is_over_deployments(v)
                                    ? "Nobody is held or away in this time"
                                    : "Nothing matches the filter");
}

/* ---- hands -----------------------------------------------------------------------------------
 */

bool time_chart_move(struct view *v, long by)
{
        struct time_chart *tc = state_of(v);
        struct key_budget b;
        struct chart_rows rows;

        if (by > 0) {
                key_budget_begin(&b, v->ui);
                reach(tc, tc->chart.at + (size_t)by, NULL);
                key_budget_end(&b);
        }
        rows = time_chart_rows(tc);
        chart_move(&tc->chart, &rows, by);
        ui_dirty(v->ui);
        return true;
}

bool time_chart_step(struct view *v, int by)
{
        struct time_chart *tc = state_of(v);
        struct err err = {0};
        struct chart_rows rows;

        if (time_chart_settle(v, &err) != RC_OK)
                return false;
        rows = time_chart_rows(tc);
        return chart_step(&tc->chart, &rows, by);
}

const struct chart_shown *time_chart_at(const struct view *v, const char **ret_deployment)
{
        struct time_chart *tc = state_of(v);
        const struct chart_shown *at = time_chart_shown_at(tc, tc->chart.at);
        const char *found = NULL;

        if (!at || at->row.heading)
                return NULL;
        if (tc->chart.bar >= 0 && (size_t)tc->chart.bar < at->row.bar_count)
                found = at->deployments[tc->chart.bar];
        for (size_t i = 0; tc->chart.bar < 0 && !found && i < at->row.bar_count; i++)
                found = at->deployments[i];
        *ret_deployment = found;
        return at;
}

static void bring_into_sight(struct time_chart *tc, const struct thing *deployment)
{
        int64_t from = thing_ms(deployment, "from"), until = thing_ms(deployment, "until");

        if (from != CLOCK_NONE && (from >= tc->chart.from_ms + chart_span_ms(tc->chart.zoom) ||
                                   (until != CLOCK_NONE && until <= tc->chart.from_ms)))
                chart_look_at(&tc->chart, from);
}

/* A resource is brought under the cursor, of a deployment the first of its resources. */
bool time_chart_show(struct view *v, const char *id)
{
        struct time_chart *tc = state_of(v);
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        struct row row;
        size_t at = tc->chart.at;

        if (thing_by_id(ui_ops(v->ui)->store, id, &a, &row, NULL) != RC_OK)
                return false;
        if (row.thing.kind == &kind_deployment)
                bring_into_sight(tc, &row.thing);
        if (time_chart_settle(v, &err) != RC_OK)
                return false;
        if (tc->query && row.thing.kind == kind_of(v) &&
            query_run(tc->query, SIZE_MAX, NULL) == RC_OK &&
            query_position(tc->query, row.rid, &at) == RC_OK) {
                tc->chart.at = at;
                return true;
        }
        if (!tc->query && row.thing.kind == &kind_deployment)
                for (size_t i = 0; i < tc->line_count; i++)
                        if (tc->lines[i].id &&
                            value_has(thing_value(&row.thing, "resources"), tc->lines[i].id)) {
                                tc->chart.at = i;
                                return true;
                        }
        return false;
}

static bool inside(struct rect r, int x, int y)
{
        return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

bool time_chart_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        struct time_chart *tc = state_of(v);
        struct chart_rows rows = time_chart_rows(tc);
        const struct cmd *open = twice ? cmd_find(v->ui, "chart.go") : NULL;
        struct err err = {0};
        size_t row;
        long bar;

        if (button == MOUSE_WHEEL_UP || button == MOUSE_WHEEL_DOWN)
                return time_chart_move(v, button == MOUSE_WHEEL_UP ? -3 : 3);
        if (!inside(chart_rect(r), x, y) ||
            !chart_hit(&tc->chart, &rows, chart_rect(r), x, y, &row, &bar))
                return false;
        tc->chart.at = row;
        tc->chart.bar = bar;
        ui_dirty(v->ui);
        if (open && cmd_run(v->ui, open, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        return true;
}
