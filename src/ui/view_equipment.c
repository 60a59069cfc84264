/*
 * View 5, Equipment: what can be sent, where it is and who has it.
 */
#include "ui/view.h"

#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},
        {"status", 0, 11, 11, 0},
        {"name", 0, 26, 0, 0},
        {"category", 4, 16, 18, 0},
        {"quantity", 5, 4, 5, THINGS_RIGHT},
        {"left", 6, 4, 5, THINGS_RIGHT},
        {"location", 3, 14, 18, 0},
        {"custodian", 7, 12, 16, 0},
        {"serial", 8, 12, 16, 0},
        {"inspection_until", 9, 13, 13, 0},
        {"status_until", 10, 13, 13, 0},
};

static const char *const line[] = {"category", "location", "custodian", "quantity",
                                   "left",     "serial",   NULL};

static const struct things_setup setup = {
        .kind = &kind_equipment,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ adds one, :import FILE.csv takes some in",
};

static const struct cmd cmds[] = {THINGS_CMD_CHART("equipment"),
                                  THINGS_CMDS_ASKED("equipment", "equipment")};
static const struct key keys[] = {{"v", "equipment.chart"},
                                  {"c", "equipment.contact"},
                                  THINGS_KEYS("equipment", "equipment")};

const struct view_ops view_equipment = {
        .name = "equipment",
        .title = "Equipment",
        .brief = "Eqp",
        .digit = '5',
        .noun = "equipment",
        .topics = TOPIC_ROSTERS,
        THINGS_VIEW,
};
