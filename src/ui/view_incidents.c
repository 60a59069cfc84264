/*
 * View 2, Incidents: things of their kind, with clocks, triage and the board.
 */
#include "ui/view.h"

#include "ui/incident_cmds.h"
#include "ui/things_view.h"
#include "ui_private.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},
        {"severity", 0, 6, 10, 0},
        {"status", 4, 10, 10, 0},
        {"title", 0, 32, 0, 0},
        {"states", 3, 9, 12, 0},
        {"sectors", 8, 14, 15, 0},
        {"tlp", 7, 14, 14, 0},
        {"owner", 6, 10, 10, 0},
        {"modified", 9, 9, 9, THINGS_RIGHT},
        {"next_due", 0, 9, 12, THINGS_RIGHT},
};

static const char *const line[] = {"status", "tlp", "owner", "modified", "sectors", NULL};

static const struct things_setup setup = {
        .kind = &kind_incident,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .ages = true,
        .line = line,
        .hint = "+ opens one, :import FILE takes some in",
        .submit_new = "Open the incident",
        .opened = "is open",
        .undo_new = "u can't undo an opening, S closes it",
};

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

static enum rc to_board(struct ui *ui, struct view *v, struct err *err)
{
        return board_start(ui, list_of(v), err);
}

static enum rc turn_why(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        if (!detail_is_shown(ui, v))
                things_go_in(v);
        detail_turn_why(detail_now(v));
        return RC_OK;
}

static bool has_clock(const struct ui *ui, const struct view *v)
{
        const struct row *row = list_current(list_of(v));
        (void)ui;
        return row && (thing_value(&row->thing, "clocks")->count ||
                       thing_value(&row->thing, "filings")->count);
}

static const struct cmd cmds[] = {
        INCIDENT_CMDS,
        INCIDENT_CMD_ESCALATE(CMD_FOOT),
        THINGS_CMD_ENTER("incident", "Open the incident, or a clock: why it is due"),
        {.name = "incidents.board",
         .label = "board",
         .flags = CMD_FOOT,
         .help = "Show the same incidents as a board, by status",
         .run = to_board},
        THINGS_CMD_PANE("incidents"),
        DETAIL_CMDS("incidents", "incident"),
        {.name = "incidents.clock-why",
         .label = "why due",
         .when = has_clock,
         .help = "Its clocks, with their rules and how the due times follow",
         .run = turn_why},
        {.name = "incidents.metrics",
         .label = "metrics",
         .words = "metrics figures statistics backlog oldest",
         .help = "How well the desk does: its times, what is open, the oldest",
         .run = incident_cmd_metrics},
        LIST_CMDS,
};

static const struct key keys[] = {
        {"l", "incident.escalate"},        INCIDENT_KEYS,
        {"Enter", "incident.open-detail"}, {"v", "incidents.board"},
        {"Tab", "incidents.pane"},         DETAIL_KEYS("incidents"),
        {"w", "incidents.clock-why"},      LIST_KEYS,
};

const struct view_ops view_incidents = {
        .name = "incidents",
        .title = "Incidents",
        .brief = "Inc",
        .digit = '2',
        .noun = "incident",
        .topics = TOPIC_INCIDENTS | TOPIC_PARTICIPANTS,
        THINGS_VIEW,
};
