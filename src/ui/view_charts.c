/*
 * Charts of time: another face of the views of deployments, experts, teams and equipment. See
 * ui/time_chart.h.
 */
#include "ui/view.h"

#include <stdio.h>
#include <string.h>

#include "ui/things_view.h"
#include "ui/time_chart.h"

#include "ui_private.h"

static struct time_chart *state_of(const struct view *v)
{
        return v->state;
}

/* ---- commands ---- */

static enum rc earlier(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        chart_scroll(&state_of(v)->chart, -1);
        ui_dirty(ui);
        return RC_OK;
}

static enum rc later(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        chart_scroll(&state_of(v)->chart, 1);
        ui_dirty(ui);
        return RC_OK;
}

static enum rc less_time(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        chart_zoom(&state_of(v)->chart, -1);
        ui_dirty(ui);
        return RC_OK;
}

static enum rc more_time(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        chart_zoom(&state_of(v)->chart, 1);
        ui_dirty(ui);
        return RC_OK;
}

static enum rc to_now(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        chart_look_at(&state_of(v)->chart, ui_now_ms(ui));
        ui_dirty(ui);
        return RC_OK;
}

/* What the bar says stands above the keys; the colours alone do not tell it. */
static enum rc step(struct ui *ui, struct view *v, int by, struct err *err)
{
        const struct chart *ch = &state_of(v)->chart;
        const struct chart_shown *at;
        const char *deployment;
        char says[CHART_SAYS];

        if (!time_chart_step(v, by))
                return err_set(err, RC_NOTFOUND, "there is no %s bar in this row",
                               by > 0 ? "later" : "earlier");
        at = time_chart_at(v, &deployment);
        if (at && ch->bar >= 0) {
                chart_bar_says(&at->row.bars[ch->bar], says);
                ui_notice(ui, NOTICE_HINT, "%s: %s", at->thing.ref, says);
        }
        ui_dirty(ui);
        return RC_OK;
}

static enum rc next_bar(struct ui *ui, struct view *v, struct err *err)
{
        return step(ui, v, 1, err);
}

static enum rc previous_bar(struct ui *ui, struct view *v, struct err *err)
{
        return step(ui, v, -1, err);
}

static bool has_row(const struct ui *ui, const struct view *v)
{
        const char *deployment;

        (void)ui;
        return time_chart_at(v, &deployment) != NULL;
}

/* The list comes back; with what the chart had under its cursor where it is in the list. */
static enum rc to_list(struct ui *ui, struct view *v, struct err *err)
{
        const char *deployment = NULL;
        const struct chart_shown *at = time_chart_at(v, &deployment);
        struct list *list = state_of(v)->lv.list;
        const char *of = list_kind(list) == &kind_deployment ? deployment
                         : at                                ? at->thing.thing.id
                                                             : NULL;
        char id[STIX_ID_MAX];
        enum rc rc;

        snprintf(id, sizeof(id), "%s", of ? of : "");
        rc = ui_go(ui, v->ops->under, err);
        if (rc == RC_OK && id[0] && list_go_to_id(list, id))
                view_list_changed(ui_view(ui));
        return rc;
}

static enum rc open_it(struct ui *ui, struct view *v, struct err *err)
{
        const char *deployment = NULL;
        const struct chart_shown *at;
        char id[STIX_ID_MAX];
        enum rc rc = time_chart_settle(v, err);

        if (rc != RC_OK)
                return rc;
        at = time_chart_at(v, &deployment);
        if (!at)
                return err_set(err, RC_NOTFOUND, "no row is chosen");
        snprintf(id, sizeof(id), "%s", deployment ? deployment : at->thing.thing.id);
        if (v->ops->under && list_kind(state_of(v)->lv.list) == &kind_deployment && deployment)
                return to_list(ui, v, err);
        return ui_go_to_thing(ui, id, err);
}

static const char *chart_of(const struct view *v)
{
        for (size_t i = 0; i < view_count(); i++)
                if (view_at(i)->under && strcmp(view_at(i)->under, v->ops->name) == 0)
                        return view_at(i)->name;
        return "";
}

enum rc chart_start(struct ui *ui, struct view *v, struct err *err)
{
        const struct row *row = list_current(((struct list_view *)v->state)->list);
        char id[STIX_ID_MAX];
        enum rc rc;

        snprintf(id, sizeof(id), "%s", row ? row->thing.id : "");
        rc = ui_go(ui, chart_of(v), err);
        if (rc == RC_OK && id[0] && ui_pane(ui)->opened)
                time_chart_show(ui_view(ui), id);
        return rc;
}

static const struct cmd cmds[] = {
        {.name = "chart.go",
         .label = "open",
         .flags = CMD_FOOT,
         .when = has_row,
         .help = "Go to the deployment of the bar, or to the row's own thing",
         .run = open_it},
        {.name = "chart.next-bar",
         .label = "next bar",
         .flags = CMD_FOOT,
         .when = has_row,
         .help = "To the next bar of the row; says what it is",
         .run = next_bar},
        {.name = "chart.previous-bar",
         .label = "previous bar",
         .when = has_row,
         .help = "To the bar before; says what it is",
         .run = previous_bar},
        {.name = "chart.later",
         .label = "later",
         .flags = CMD_FOOT,
         .help = "Show a later time",
         .run = later},
        {.name = "chart.earlier",
         .label = "earlier",
         .help = "Show an earlier time",
         .run = earlier},
        {.name = "chart.zoom-in",
         .label = "zoom in",
         .flags = CMD_FOOT,
         .help = "Show less time, in more detail",
         .run = less_time},
        {.name = "chart.zoom-out",
         .label = "zoom out",
         .flags = CMD_FOOT,
         .help = "Show more time",
         .run = more_time},
        {.name = "chart.now", .label = "now", .help = "Back to the time around now", .run = to_now},
        {.name = "chart.list",
         .label = "list",
         .flags = CMD_FOOT,
         .help = "Show the same things as a list",
         .run = to_list},
        {.name = "list.filter",
         .label = "filter",
         .flags = CMD_FOOT,
         .help = "Filter the list as you type",
         .run = list_cmd_filter},
        {.name = "list.saved",
         .label = "saved filters",
         .help = "Choose a saved filter by its letter",
         .run = list_cmd_saved},
        {.name = "list.down", .label = "down", .help = "One row down", .run = list_cmd_down},
        {.name = "list.up", .label = "up", .help = "One row up", .run = list_cmd_up},
        {.name = "list.page-down",
         .label = "page down",
         .help = "One page down",
         .run = list_cmd_page_down},
        {.name = "list.page-up",
         .label = "page up",
         .help = "One page up",
         .run = list_cmd_page_up},
        {.name = "list.first", .label = "first", .help = "To the first row", .run = list_cmd_first},
        {.name = "list.last", .label = "last", .help = "To the last row", .run = list_cmd_last},
};

static const struct key keys[] = {
        {"Enter", "chart.go"},    {"Tab", "chart.next-bar"}, {"S-Tab", "chart.previous-bar"},
        {"Right", "chart.later"}, {"Left", "chart.earlier"}, {"+", "chart.zoom-in"},
        {"-", "chart.zoom-out"},  {"t", "chart.now"},        {"v", "chart.list"},
        {"/", "list.filter"},     {"F3", "list.filter"},     {"F4", "list.filter"},
        {"'", "list.saved"},      {"j", "list.down"},        {"Down", "list.down"},
        {"k", "list.up"},         {"Up", "list.up"},         {"PgDn", "list.page-down"},
        {"PgUp", "list.page-up"}, {"g", "list.first"},       {"Home", "list.first"},
        {"G", "list.last"},       {"End", "list.last"},
};

/* A face of the view of that name. */
#define CHART_VIEW(symbol, over, what)                                                             \
        const struct view_ops view_##symbol = {                                                    \
                .name = #symbol,                                                                   \
                .title = what,                                                                     \
                .brief = "Chart",                                                                  \
                .under = over,                                                                     \
                .noun = "chart",                                                                   \
                .topics = TOPIC_DEPLOYMENTS | TOPIC_ROSTERS | TOPIC_CLOCK,                         \
                .state_size = sizeof(struct time_chart),                                           \
                .cmds = cmds,                                                                      \
                .cmd_count = ARRAY_LEN(cmds),                                                      \
                .keys = keys,                                                                      \
                .key_count = ARRAY_LEN(keys),                                                      \
                .open = time_chart_open,                                                           \
                .load = time_chart_load,                                                           \
                .settle = time_chart_settle,                                                       \
                .draw = time_chart_draw,                                                           \
                .mouse = time_chart_mouse,                                                         \
                .back = time_chart_back,                                                           \
                .current = time_chart_current,                                                     \
                .show = time_chart_show,                                                           \
                .shown = time_chart_shown,                                                         \
                .close = time_chart_close,                                                         \
        }

CHART_VIEW(chart, "deployments", "Deployments in time");
CHART_VIEW(expertchart, "experts", "Experts in time");
CHART_VIEW(teamchart, "teams", "Teams in time");
CHART_VIEW(equipmentchart, "equipment", "Equipment in time");
