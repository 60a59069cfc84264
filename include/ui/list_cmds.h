/*
 * Commands and keys that every view with a list shares. Such a view's state begins with a struct
 * list_view; its tables begin with the rows LIST_CMDS and LIST_KEYS.
 */
#ifndef MUSTER_UI_LIST_CMDS_H
#define MUSTER_UI_LIST_CMDS_H

#include "ui/list.h"

struct list_view {
        struct list *list;
        /* A pane that takes the moves while it has the focus; false = the list moves. May be NULL.
         */
        bool (*scroll)(struct view *v, long by);
};

enum rc list_cmd_down(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_up(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_page_down(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_page_up(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_half_down(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_half_up(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_first(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_last(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_next(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_previous(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_mark(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_mark_all(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_unmark(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_filter(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_saved(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_sort(struct ui *ui, struct view *v, struct err *err);
enum rc list_cmd_refresh(struct ui *ui, struct view *v, struct err *err);
/* The n-th of the saved filters that fit the view, from 1. */
#define SAVED_NTH(n)                                                                               \
        bool list_has_saved_##n(const struct ui *ui, const struct view *v);                        \
        enum rc list_cmd_saved_##n(struct ui *ui, struct view *v, struct err *err);
SAVED_NTH(1)
SAVED_NTH(2)
SAVED_NTH(3)
SAVED_NTH(4)
SAVED_NTH(5)
SAVED_NTH(6)
SAVED_NTH(7)
SAVED_NTH(8)
SAVED_NTH(9)
#undef SAVED_NTH
bool list_has_rows(const struct ui *ui, const struct view *v);
bool list_has_marks(const struct ui *ui, const struct view *v);

/* Sets the filter back to `line`; false when it is that already. For a view's back(). */
bool list_filter_back(struct view *v, const char *line);

#define SAVED_CMD(n, nth)                                                                          \
        {                                                                                          \
                .name = "list.saved-" #n, .label = "filter " #n, .when = list_has_saved_##n,       \
                .help = "The " nth " saved filter", .run = list_cmd_saved_##n                      \
        }

#define LIST_CMDS                                                                                  \
        {.name = "list.filter",                                                                    \
         .label = "filter",                                                                        \
         .words = "filter find search grep limit",                                                 \
         .flags = CMD_FOOT | CMD_KEPT,                                                             \
         .help = "Filter the list as you type",                                                    \
         .run = list_cmd_filter},                                                                  \
                {.name = "list.saved",                                                             \
                 .label = "saved filters",                                                         \
                 .words = "bookmarks queries",                                                     \
                 .help = "Choose a saved filter by its letter",                                    \
                 .run = list_cmd_saved},                                                           \
                SAVED_CMD(1, "first"), SAVED_CMD(2, "second"), SAVED_CMD(3, "third"),              \
                SAVED_CMD(4, "fourth"), SAVED_CMD(5, "fifth"), SAVED_CMD(6, "sixth"),              \
                SAVED_CMD(7, "seventh"), SAVED_CMD(8, "eighth"), SAVED_CMD(9, "ninth"),            \
                {.name = "list.mark",                                                              \
                 .label = "mark",                                                                  \
                 .words = "select tag",                                                            \
                 .flags = CMD_FOOT,                                                                \
                 .when = list_has_rows,                                                            \
                 .help = "Mark or unmark the row and go on",                                       \
                 .run = list_cmd_mark},                                                            \
                {.name = "list.mark-all",                                                          \
                 .label = "mark all",                                                              \
                 .when = list_has_rows,                                                            \
                 .help = "Mark all that the filter shows, or none",                                \
                 .run = list_cmd_mark_all},                                                        \
                {.name = "list.unmark",                                                            \
                 .label = "unmark",                                                                \
                 .words = "deselect untag",                                                        \
                 .when = list_has_marks,                                                           \
                 .help = "Take all marks away",                                                    \
                 .run = list_cmd_unmark},                                                          \
                {.name = "list.sort",                                                              \
                 .label = "sort",                                                                  \
                 .words = "sort order columns fields",                                             \
                 .flags = CMD_FOOT,                                                                \
                 .help = "Choose sort order and columns",                                          \
                 .run = list_cmd_sort},                                                            \
                {.name = "list.refresh",                                                           \
                 .label = "refresh",                                                               \
                 .help = "Apply the filter anew: greyed rows go",                                  \
                 .run = list_cmd_refresh},                                                         \
                {.name = "list.down",                                                              \
                 .label = "down",                                                                  \
                 .help = "One row down",                                                           \
                 .run = list_cmd_down},                                                            \
                {.name = "list.up", .label = "up", .help = "One row up", .run = list_cmd_up},      \
                {.name = "list.page-down",                                                         \
                 .label = "page down",                                                             \
                 .help = "One page down",                                                          \
                 .run = list_cmd_page_down},                                                       \
                {.name = "list.page-up",                                                           \
                 .label = "page up",                                                               \
                 .help = "One page up",                                                            \
                 .run = list_cmd_page_up},                                                         \
                {.name = "list.half-down",                                                         \
                 .label = "half down",                                                             \
                 .help = "Half a page down",                                                       \
                 .run = list_cmd_half_down},                                                       \
                {.name = "list.half-up",                                                           \
                 .label = "half up",                                                               \
                 .help = "Half a page up",                                                         \
                 .run = list_cmd_half_up},                                                         \
                {.name = "list.first",                                                             \
                 .label = "first",                                                                 \
                 .help = "To the first row",                                                       \
                 .run = list_cmd_first},                                                           \
                {.name = "list.last",                                                              \
                 .label = "last",                                                                  \
                 .help = "To the last row",                                                        \
                 .run = list_cmd_last},                                                            \
                {.name = "list.next",                                                              \
                 .label = "next",                                                                  \
                 .when = list_has_rows,                                                            \
                 .help = "Next match of the filter, from the detail too",                          \
                 .run = list_cmd_next},                                                            \
        {                                                                                          \
                .name = "list.previous", .label = "previous", .when = list_has_rows,               \
                .help = "Previous match of the filter, from the detail too",                       \
                .run = list_cmd_previous                                                           \
        }

#define LIST_KEYS                                                                                  \
        {"/", "list.filter"}, {"F3", "list.filter"}, {"F4", "list.filter"}, {"'", "list.saved"},   \
                {"Space", "list.mark"}, {"*", "list.mark-all"}, {"O", "list.sort"},                \
                {"F6", "list.sort"}, {"r", "list.refresh"}, {"j", "list.down"},                    \
                {"Down", "list.down"}, {"k", "list.up"}, {"Up", "list.up"},                        \
                {"PgDn", "list.page-down"}, {"PgUp", "list.page-up"}, {"^D", "list.half-down"},    \
                {"^U", "list.half-up"}, {"g", "list.first"}, {"Home", "list.first"},               \
                {"G", "list.last"}, {"End", "list.last"}, {"]", "list.next"},                      \
                {"Alt-1", "list.saved-1"}, {"Alt-2", "list.saved-2"}, {"Alt-3", "list.saved-3"},   \
                {"Alt-4", "list.saved-4"}, {"Alt-5", "list.saved-5"}, {"Alt-6", "list.saved-6"},   \
                {"Alt-7", "list.saved-7"}, {"Alt-8", "list.saved-8"}, {"Alt-9", "list.saved-9"},   \
        {                                                                                          \
                "[", "list.previous"                                                               \
        }

#endif
