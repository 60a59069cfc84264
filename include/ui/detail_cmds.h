/*
 * Commands of the detail beside the list of incidents: its tabs, and what its timeline shows.
 */
#ifndef MUSTER_UI_DETAIL_CMDS_H
#define MUSTER_UI_DETAIL_CMDS_H

#include "ui/cmd.h"
#include "ui/detail.h"
#include "ui/list_cmds.h"

/* view_incidents.c: the detail of what the cursor is on; whether it is in sight. */
struct detail *detail_now(struct view *v);
bool detail_is_shown(const struct ui *ui, const struct view *v);

enum rc detail_cmd_next_tab(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_previous_tab(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_order(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_system(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_then(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_log(struct ui *ui, struct view *v, struct err *err);

#define DETAIL_CMDS                                                                                \
        {.name = "incidents.next-tab",                                                             \
         .label = "next tab",                                                                      \
         .when = detail_is_shown,                                                                  \
         .help = "Next tab of the detail: Timeline, Clocks, Tasks, Raw",                           \
         .run = detail_cmd_next_tab},                                                              \
                {.name = "incidents.previous-tab",                                                 \
                 .label = "previous tab",                                                          \
                 .when = detail_is_shown,                                                          \
                 .help = "Previous tab of the detail",                                             \
                 .run = detail_cmd_previous_tab},                                                  \
                {.name = "incidents.timeline-order",                                               \
                 .label = "timeline order",                                                        \
                 .when = detail_is_shown,                                                          \
                 .help = "Timeline by when it happened, or by when it was entered",                \
                 .run = detail_cmd_order},                                                         \
                {.name = "incidents.system",                                                       \
                 .label = "system acts",                                                           \
                 .when = detail_is_shown,                                                          \
                 .help = "Timeline with or without what the system wrote by itself",               \
                 .run = detail_cmd_system},                                                        \
                {.name = "incidents.log",                                                          \
                 .label = "its log",                                                               \
                 .when = list_has_rows,                                                            \
                 .help = "Its entries in the log: there they are corrected and reviewed",          \
                 .run = detail_cmd_log},                                                           \
        {                                                                                          \
                .name = "incidents.then", .label = "as known then", .when = detail_is_shown,       \
                .help = "The incident as it was known at a time, and back to now",                 \
                .run = detail_cmd_then                                                             \
        }

#define DETAIL_KEYS                                                                                \
        {"Right", "incidents.next-tab"}, {"Left", "incidents.previous-tab"},                       \
                {"t", "incidents.timeline-order"}, {"H", "incidents.system"},                      \
                {"L", "incidents.log"},                                                            \
        {                                                                                          \
                "@", "incidents.then"                                                              \
        }

#endif
