/*
 * The chart of bookings as a view: which rows there are, those in sight, the cursor in them.
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

static bool is_over_deployments(const struct view *v)
{
        return kind_of(v) == &kind_deployment;
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

/* ---- rows ------------------------------------------------------------------------------------
 */

static const struct chart_shown *shown_at(const struct time_chart *tc, size_t i)
{
        if (i < tc->page_first || i >= tc->page_first + tc->page_count)
                return NULL;
        return &tc->page[i - tc->page_first];
}

static void give_row(void *ctx, size_t i, struct chart_row *ret)
{
        const struct time_chart *tc = ctx;
        const struct chart_shown *shown = shown_at(tc, i);

        *ret = (struct chart_row){.label = "", .sub = ""};
        if (shown)
                *ret = shown->row;
        else if (i < tc->line_count && tc->lines[i].text)
                *ret = (struct chart_row){.label = tc->lines[i].text, .sub = "", .heading = true};
}

static struct chart_rows rows_of(struct time_chart *tc)
{
        return (struct chart_rows){.count = tc->query ? query_known(tc->query) : tc->line_count,
                                   .row = give_row,
                                   .ctx = tc};
}

/* ---- which there are -------------------------------------------------------------------------
 */

static struct filter_context context_of(const struct view *v)
{
        struct ops *ops = ui_ops(v->ui);

        return (struct filter_context){.kind = kind_of(v),
                                       .values = {.words = ops->words,
                                                  .now_ms = ui_now_ms(v->ui),
                                                  .me = ops->operator,
                                                  .resolve = ops_resolve_value,
                                                  .resolve_ctx = ops}};
}

static void drop_page(struct time_chart *tc)
{
        arena_finish(&tc->page_arena);
        tc->page = NULL;
        tc->page_first = tc->page_count = 0;
}

static void drop_rows(struct time_chart *tc)
{
        drop_page(tc);
        query_close(tc->query);
        tc->query = NULL;
        arena_finish(&tc->lines_arena);
        tc->lines = NULL;
        tc->line_count = 0;
}

static enum rc ask_roster(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);
        struct filter_context ctx = context_of(v);
        struct filter f;
        enum rc rc;

        arena_reset(&tc->filter_arena);
        rc = filter_read(tc->line, &ctx, &tc->filter_arena, &f, NULL, err);
        return rc == RC_OK ? query_open(ui_ops(v->ui)->store, &f, NULL, 0, &tc->query, err) : rc;
}

static enum rc ask_deployments(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);
        struct filter_context ctx = context_of(v);
        int64_t span = chart_span_ms(tc->chart.zoom);

        tc->looked = (struct span){tc->chart.from_ms - span, tc->chart.from_ms + 2 * span};
        return chart_lines_make(&(struct chart_ask){.ops = ui_ops(v->ui),
                                                    .context = &ctx,
                                                    .filter = tc->line,
                                                    .span = tc->looked},
                                &tc->lines_arena, &tc->lines, &tc->line_count, &tc->cut, err);
}

static bool is_asked(const struct view *v)
{
        const struct time_chart *tc = state_of(v);
        int64_t from = tc->chart.from_ms, until = from + chart_span_ms(tc->chart.zoom);

        return !tc->reopen && tc->line && strcmp(tc->line, list_filter(tc->lv.list)) == 0 &&
               (!is_over_deployments(v) ||
                (from >= tc->looked.from_ms && until <= tc->looked.until_ms));
}

/* Who has the cursor keeps it where rows are looked for anew. */
static void hold_place(struct time_chart *tc, const char *id)
{
        for (size_t i = 0; i < tc->line_count; i++)
                if (tc->lines[i].id && strcmp(tc->lines[i].id, id) == 0)
                        tc->chart.at = i;
}

static enum rc ask(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);
        const struct chart_shown *at = shown_at(tc, tc->chart.at);
        char id[STIX_ID_MAX] = "";
        enum rc rc;

        if (at && at->thing.thing.id)
                snprintf(id, sizeof(id), "%s", at->thing.thing.id);
        list_hold(tc->lv.list, NULL);
        drop_rows(tc);
        free(tc->line);
        tc->line = xstrdup(list_filter(tc->lv.list));
        rc = is_over_deployments(v) ? ask_deployments(v, err) : ask_roster(v, err);
        hold_place(tc, id);
        tc->reopen = rc != RC_OK;
        return rc;
}

/* ---- those in sight --------------------------------------------------------------------------
 */

/* What is no resource, or none any more, has no bars. */
static void show_row(struct view *v, struct chart_shown *shown)
{
        struct time_chart *tc = state_of(v);
        const struct row *row = &shown->thing;
        const char *name = thing_text(&row->thing, row->thing.kind->title);
        int status = thing_rank(&row->thing, "status");
        const struct roster_facts *facts = pool_find(tc->pool, row->thing.id);

        if (facts)
                chart_bars_make(facts, ui_now_ms(v->ui), &tc->page_arena, shown);
        shown->row.label = arena_printf(&tc->page_arena, "%s %s", row->ref, name ? name : "");
        shown->row.sub = status < 0 ? "" : enum_id(&enum_roster, status);
}

static enum rc read_lines(struct view *v, size_t first, size_t count, struct err *err)
{
        struct time_chart *tc = state_of(v);
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                const struct chart_line *line = &tc->lines[first + i];
                struct chart_shown *shown = &tc->page[i];

                shown->row = (struct chart_row){.label = line->text, .sub = "", .heading = true};
                if (line->text)
                        continue;
                shown->row = (struct chart_row){.label = "", .sub = ""};
                rc = thing_by_id(ui_ops(v->ui)->store, line->id, &tc->page_arena, &shown->thing,
                                 err);
                if (rc == RC_OK)
                        show_row(v, shown);
        }
        return rc;
}

static enum rc read_things(struct view *v, size_t first, size_t count, struct err *err)
{
        struct time_chart *tc = state_of(v);
        struct row *rows = NULL;
        size_t found = 0;
        enum rc rc = query_page(tc->query, first, count, &tc->page_arena, &rows, &found, err);

        for (size_t i = 0; rc == RC_OK && i < found && i < count; i++) {
                tc->page[i].row = (struct chart_row){.label = "", .sub = ""};
                tc->page[i].thing = rows[i];
                show_row(v, &tc->page[i]);
        }
        return rc;
}

/* A few rows above and below those in sight, so that a move seldom reads. */
static enum rc read_page(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);
        size_t h = rows_in_sight(v), all = rows_of(tc).count, spare = h / 4;
        size_t top = tc->chart.top, end = top + h < all ? top + h : all, first, count;
        enum rc rc;

        if (end == 0 || (shown_at(tc, top) && shown_at(tc, end - 1)))
                return RC_OK;
        first = top > spare ? top - spare : 0;
        count = (end + spare < all ? end + spare : all) - first;
        drop_page(tc);
        tc->page = arena_array(&tc->page_arena, count + 1, sizeof(*tc->page));
        tc->page_first = first;
        tc->page_count = count;
        rc = ops_pool(ui_ops(v->ui), &tc->page_arena, &tc->pool, err);
        if (rc == RC_OK)
                rc = tc->query ? read_things(v, first, count, err)
                               : read_lines(v, first, count, err);
        if (rc != RC_OK)
                drop_page(tc);
        return rc;
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
        const struct chart_shown *at = shown_at(tc, tc->chart.at);

        if (!is_over_deployments(v))
                list_hold(tc->lv.list, ui_view(v->ui) == v && at ? &at->thing : NULL);
}

enum rc time_chart_settle(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);
        enum rc rc = is_asked(v) ? RC_OK : ask(v, err);
        struct chart_rows rows;

        if (rc == RC_OK)
                rc = reach(tc, tc->chart.at + 2 * rows_in_sight(v), err);
        if (rc != RC_OK)
                return rc;
        list_hold(tc->lv.list, NULL);
        rows = rows_of(tc);
        chart_settle(&tc->chart, &rows, chart_rect(ui_view_rect(v->ui)));
        rc = read_page(v, err);
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
        drop_rows(tc);
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
        const struct chart_shown *at = shown_at(tc, tc->chart.at);

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
        canvas_printf(c, r.x, r.y, r.w, LOOK(.ink = ROLE_MUTED), "%zu%s %s%s  %s", count,
                      more ? "+" : "", count == 1 ? "row" : "rows",
                      tc->cut && !tc->query ? ", not all: give a filter" : "",
                      tc->line ? tc->line : "");
}

void time_chart_draw(const struct view *v, struct canvas *c, struct rect r)
{
        struct time_chart *tc = state_of(v);
        struct rect chart = chart_rect(r);
        struct chart_rows rows = rows_of(tc);

        draw_summary(v, c, (struct rect){r.x + 2, r.y + (r.h >= 12 ? 1 : 0), r.w - 3, 1});
        chart_draw(&tc->chart, &rows, ui_now_ms(v->ui), c, chart);
        if (!rows.count)
                canvas_text(c, chart.x + 2, chart.y + 3, chart.w - 2, LOOK(.ink = ROLE_TEXT),
                            is_over_deployments(v) ? "Nobody is held or away in this time"
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
        rows = rows_of(tc);
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
        rows = rows_of(tc);
        return chart_step(&tc->chart, &rows, by);
}

const struct chart_shown *time_chart_at(const struct view *v, const char **ret_deployment)
{
        struct time_chart *tc = state_of(v);
        const struct chart_shown *at = shown_at(tc, tc->chart.at);
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
        struct chart_rows rows = rows_of(tc);
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
