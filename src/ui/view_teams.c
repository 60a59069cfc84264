/*
 * Teams: rosters of experts that go together. Gone to by name, ":teams".
 */
#include "ui/view.h"

#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 9, 9, 0},           {"status", 0, 10, 11, 0},
        {"name", 0, 26, 0, 0},         {"type", 7, 4, 5, 0},
        {"filled", 2, 8, 10, 0},       {"states", 3, 6, 9, 0},
        {"communities", 6, 12, 15, 0}, {"notice", 5, 6, 8, 0},
        {"holder", 4, 14, 18, 0},      {"status_until", 8, 13, 13, 0},
};

static const char *const line[] = {"filled", "holder", "states", "notice", NULL};

static const struct things_setup setup = {
        .kind = &kind_team,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ adds one",
};

static const struct cmd cmds[] = {THINGS_CMD_CHART("teams"), THINGS_CMD_READINESS("teams"),
                                  THINGS_CMDS_ASKED("teams", "team")};
static const struct key keys[] = {{"v", "teams.chart"},
                                  {"W", "teams.readiness-without"},
                                  {"c", "team.contact"},
                                  THINGS_KEYS("teams", "team")};

const struct view_ops view_teams = {
        .name = "teams",
        .title = "Teams",
        .brief = "Team",
        .noun = "team",
        .topics = TOPIC_ROSTERS | TOPIC_PARTICIPANTS,
        THINGS_VIEW,
};
