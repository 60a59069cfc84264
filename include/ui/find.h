/*
 * Who could go: the command of things that somebody can be sent to; its overlay is in
 * ui/find_state.h.
 */
#ifndef MUSTER_UI_FIND_H
#define MUSTER_UI_FIND_H

#include "ui/list_cmds.h"
#include "ui/ui.h"

/* For the thing under the cursor: d. */
enum rc find_cmd_open(struct ui *ui, struct view *v, struct err *err);

/* Whether a second one like it could be met: W (readiness.c). */
enum rc readiness_cmd_second(struct ui *ui, struct view *v, struct err *err);
#define SECOND_CMD(kind)                                                                           \
        {                                                                                          \
                .name = kind ".second", .label = "a second one", .when = list_has_rows,            \
                .help = "Whether a second one like it could be met, and by whom",                  \
                .run = readiness_cmd_second                                                        \
        }

#define FIND_CMD(kind, verb, foot)                                                                 \
        {                                                                                          \
                .name = kind "." verb, .label = verb, .flags = CMD_WRITES | (foot),                \
                .when = list_has_rows, .help = "Find who could go, best first, and alert them",    \
                .run = find_cmd_open                                                               \
        }

#endif
