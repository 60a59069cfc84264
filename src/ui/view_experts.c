/*
 * View 4, Experts: who can go or help, how soon, and until when it stands so.
 */
#include "ui/view.h"

#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},      {"status", 0, 10, 11, 0},       {"name", 0, 22, 0, 0},
        {"states", 3, 6, 9, 0},   {"community", 7, 12, 15, 0},    {"roles", 4, 16, 22, 0},
        {"skills", 5, 14, 18, 0}, {"languages", 2, 14, 18, 0},    {"clearance", 3, 9, 9, 0},
        {"notice", 6, 6, 8, 0},   {"status_until", 8, 13, 13, 0},
};

static const char *const line[] = {"roles", "languages", "clearance", "skills", "phone", NULL};

static const struct things_setup setup = {
        .kind = &kind_expert,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ adds one, :import FILE.csv takes some in",
};

static const struct cmd cmds[] = {THINGS_CMD_CHART("experts"), THINGS_CMD_READINESS("experts"),
                                  THINGS_CMDS_ASKED("experts", "expert")};
static const struct key keys[] = {{"v", "experts.chart"},
                                  {"W", "experts.readiness-without"},
                                  {"c", "expert.contact"},
                                  THINGS_KEYS("experts", "expert")};

const struct view_ops view_experts = {
        .name = "experts",
        .title = "Experts",
        .brief = "Exp",
        .digit = '4',
        .noun = "expert",
        .topics = TOPIC_ROSTERS | TOPIC_PARTICIPANTS,
        THINGS_VIEW,
};
