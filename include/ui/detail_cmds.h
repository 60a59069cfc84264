/*
 * Commands of the detail beside a list of things: its tabs, and what its timeline shows.
 */
#ifndef MUSTER_UI_DETAIL_CMDS_H
#define MUSTER_UI_DETAIL_CMDS_H

#include "ui/cmd.h"
#include "ui/detail.h"
#include "ui/list_cmds.h"

/* things_view.c: the detail of what the cursor is on; whether it is in sight. */
struct detail *detail_now(struct view *v);
bool detail_is_shown(const struct ui *ui, const struct view *v);

enum rc detail_cmd_next_tab(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_previous_tab(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_order(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_system(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_then(struct ui *ui, struct view *v, struct err *err);
enum rc detail_cmd_log(struct ui *ui, struct view *v, struct err *err);

/* Rows of tables: names of the view and of its kind, as literals. */
#define DETAIL_CMDS(view, kind)                                                                    \
        {.name = view ".next-tab",                                                                 \
         .label = "next tab",                                                                      \
         .when = detail_is_shown,                                                                  \
         .help = "Next tab of the detail: Timeline, Raw, what else it has",                        \
         .run = detail_cmd_next_tab},                                                              \
                {.name = view ".previous-tab",                                                     \
                 .label = "previous tab",                                                          \
                 .when = detail_is_shown,                                                          \
                 .help = "Previous tab of the detail",                                             \
                 .run = detail_cmd_previous_tab},                                                  \
                {.name = view ".timeline-order",                                                   \
                 .label = "timeline order",                                                        \
                 .when = detail_is_shown,                                                          \
                 .help = "Timeline by when it happened, or by when it was entered",                \
                 .run = detail_cmd_order},                                                         \
                {.name = view ".system",                                                           \
                 .label = "system acts",                                                           \
                 .when = detail_is_shown,                                                          \
                 .help = "Timeline with or without what the system wrote by itself",               \
                 .run = detail_cmd_system},                                                        \
                {.name = view ".log",                                                              \
                 .label = "its log",                                                               \
                 .when = list_has_rows,                                                            \
                 .help = "Its entries in the log: there they are corrected and reviewed",          \
                 .run = detail_cmd_log},                                                           \
        {                                                                                          \
                .name = view ".then", .label = "as known then", .when = detail_is_shown,           \
                .help = "The " kind " as it was known at a time, and back to now",                 \
                .run = detail_cmd_then                                                             \
        }

#define DETAIL_KEYS(view)                                                                          \
        {"Right", view ".next-tab"}, {"Left", view ".previous-tab"},                               \
                {"t", view ".timeline-order"}, {"H", view ".system"}, {"L", view ".log"},          \
        {                                                                                          \
                "@", view ".then"                                                                  \
        }

#endif
