/*
 * View 6, Deployments: who is where, until when.
 */
#include "ui/view.h"

#include "ui/find.h"
#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},    {"state", 0, 12, 13, 0},
        {"title", 0, 28, 0, 0}, {"place", 3, 14, 18, 0},
        {"states", 6, 6, 9, 0}, {"mode", 8, 8, 8, 0},
        {"from", 5, 13, 13, 0}, {"until", 2, 13, 13, 0},
        {"due", 0, 13, 13, 0},  {"checkin_due", 9, 13, 13, THINGS_HIDDEN},
};

static const char *const line[] = {"place", "mode", "from", "until", "checkin_due", NULL};

static const struct things_setup setup = {
        .kind = &kind_deployment,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ plans one; d on an incident or a request finds who can go",
};

static const struct cmd cmds[] = {
        FIND_CMD("deployment", "find", CMD_FOOT), THINGS_CMD_CHART("deployments"),
        THINGS_CMD_READINESS("deployments"), THINGS_CMDS("deployments", "deployment")};
static const struct key keys[] = {{"d", "deployment.find"},
                                  {"v", "deployments.chart"},
                                  {"W", "deployments.readiness-without"},
                                  THINGS_KEYS("deployments", "deployment")};

const struct view_ops view_deployments = {
        .name = "deployments",
        .title = "Deployments",
        .brief = "Dep",
        .digit = '6',
        .noun = "deployment",
        .topics = TOPIC_DEPLOYMENTS | TOPIC_ROSTERS,
        THINGS_VIEW,
};
