/*
 * Requests that compete, side by side: one column each, the criteria of Regulation (EU) 2025/38,
 * Article 16 as rows, and the place that each gets, with why.
 */
#ifndef MUSTER_UI_COMPARE_H
#define MUSTER_UI_COMPARE_H

#include "ui/list_cmds.h"
#include "ui/ui.h"

/* Those that are marked: c. RC_INVALID: fewer than two. */
enum rc compare_cmd_open(struct ui *ui, struct view *v, struct err *err);

#define COMPARE_CMD(view)                                                                          \
        {                                                                                          \
                .name = view ".compare", .label = "compare", .when = list_has_rows,                \
                .help = "Lay those marked side by side and rank them", .run = compare_cmd_open     \
        }

#endif
