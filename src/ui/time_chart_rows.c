/*
 * Rows of the chart of bookings: which there are, and those in sight.
 */
#include "ui/time_chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui_private.h"

static struct time_chart *state_of(const struct view *v)
{
        return v->state;
}

static const struct kind *kind_of(const struct view *v)
{
        return list_kind(state_of(v)->lv.list);
}

bool time_chart_is_over_deployments(const struct view *v)
{
        return kind_of(v) == &kind_deployment;
}

const struct chart_shown *time_chart_shown_at(const struct time_chart *tc, size_t i)
{
        if (i < tc->page_first || i >= tc->page_first + tc->page_count)
                return NULL;
        return &tc->page[i - tc->page_first];
}

static void give_row(void *ctx, size_t i, struct chart_row *ret)
{
        const struct time_chart *tc = ctx;
        const struct chart_shown *shown = time_chart_shown_at(tc, i);

        *ret = (struct chart_row){.label = "", .sub = ""};
        if (shown)
                *ret = shown->row;
        else if (i < tc->line_count && tc->lines[i].text)
                *ret = (struct chart_row){.label = tc->lines[i].text, .sub = "", .heading = true};
}

struct chart_rows time_chart_rows(struct time_chart *tc)
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

void time_chart_drop(struct time_chart *tc)
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

bool time_chart_is_asked(const struct view *v)
{
        const struct time_chart *tc = state_of(v);
        int64_t from = tc->chart.from_ms, until = from + chart_span_ms(tc->chart.zoom);

        return !tc->reopen && tc->line && strcmp(tc->line, list_filter(tc->lv.list)) == 0 &&
               (!time_chart_is_over_deployments(v) ||
                (from >= tc->looked.from_ms && until <= tc->looked.until_ms));
}

/* Who has the cursor keeps it where rows are looked for anew. */
static void hold_place(struct time_chart *tc, const char *id)
{
        for (size_t i = 0; i < tc->line_count; i++)
                if (tc->lines[i].id && strcmp(tc->lines[i].id, id) == 0)
                        tc->chart.at = i;
}

enum rc time_chart_ask(struct view *v, struct err *err)
{
        struct time_chart *tc = state_of(v);
        const struct chart_shown *at = time_chart_shown_at(tc, tc->chart.at);
        char id[STIX_ID_MAX] = "";
        enum rc rc;

        if (at && at->thing.thing.id)
                snprintf(id, sizeof(id), "%s", at->thing.thing.id);
        list_hold(tc->lv.list, NULL);
        time_chart_drop(tc);
        free(tc->line);
        tc->line = xstrdup(list_filter(tc->lv.list));
        rc = time_chart_is_over_deployments(v) ? ask_deployments(v, err) : ask_roster(v, err);
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
        const char *own = strrchr(row->ref, ' '); /* behind it what its unit calls it */
        int status = thing_rank(&row->thing, "status");
        const struct roster_facts *facts = pool_find(tc->pool, row->thing.id);

        if (facts)
                chart_bars_make(facts, ui_now_ms(v->ui), &tc->page_arena, shown);
        shown->row.label = arena_printf(&tc->page_arena, "%s %s", row->ref, name ? name : "");
        shown->row.brief = own ? shown->row.label + (own + 1 - row->ref) : NULL;
        shown->row.sub = status < 0 ? "" : enum_at(&enum_roster, status)->label;
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
enum rc time_chart_read(struct view *v, size_t in_sight, struct err *err)
{
        struct time_chart *tc = state_of(v);
        size_t h = in_sight, all = time_chart_rows(tc).count, spare = h / 4;
        size_t top = tc->chart.top, end = top + h < all ? top + h : all, first, count;
        enum rc rc;

        if (end == 0 || (time_chart_shown_at(tc, top) && time_chart_shown_at(tc, end - 1)))
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
