/*
 * Duty rotas: who takes which turn. Gone to by name, ":rotas".
 */
#include "ui/view.h"

#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 9, 9, 0},         {"name", 0, 26, 0, 0},      {"starts", 2, 13, 13, 0},
        {"shift_hours", 3, 6, 8, 0}, {"timezone", 4, 14, 18, 0}, {"members", 5, 14, 20, 0},
        {"modified", 6, 13, 13, 0},
};

static const char *const line[] = {"starts", "shift_hours", "timezone", NULL};

static const struct things_setup setup = {
        .kind = &kind_rota,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ adds one",
};

static const struct cmd cmds[] = {THINGS_CMDS("rotas", "rota")};
static const struct key keys[] = {THINGS_KEYS("rotas", "rota")};

const struct view_ops view_rotas = {
        .name = "rotas",
        .title = "Rotas",
        .brief = "Rota",
        .noun = "rota",
        .topics = TOPIC_ROSTERS,
        .things = &setup,
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        THINGS_VIEW,
};
