/*
 * View 6, Deployments: who is where, until when. The number beside its name says how many are
 * overdue: to leave, to check in, to come back.
 */
#include "ui/view.h"

#include "ui/find.h"
#include "ui/things_waiting.h"

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

static enum rc load(struct view *v, struct err *err)
{
        static const char *const waiting[] = {THINGS_OVERDUE};
        return things_waiting_load(v, waiting, ARRAY_LEN(waiting), err);
}

static void badge(const struct view *v, struct view_badge *ret)
{
        things_waiting_badge(v, "overdue", ret);
}

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
        .topics = TOPIC_DEPLOYMENTS | TOPIC_ROSTERS | TOPIC_CLOCK,
        THINGS_VIEW_OF(struct things_waiting, load, badge),
};
