/*
 * The contents of a detail's tabs, as functions of what was read. Each gives back how many rows it
 * has in all and how many the window shows, so that scrolling can stop at the end.
 */
#ifndef MUSTER_UI_DETAIL_PARTS_H
#define MUSTER_UI_DETAIL_PARTS_H

#include "model/clocks.h"
#include "ui/ui.h"

#define DETAIL_RELATIONS_MAX 8

struct detail_data {
        struct ops_view view;
        struct clock_list clocks;
        struct row *log; /* newest first */
        size_t log_count;
        int64_t log_total;
        const char
                *others[DETAIL_RELATIONS_MAX]; /* the other ends of the first relations, in words */
};

struct detail_draw {
        const struct ui *ui;
        const struct detail_data *data;
        int scroll;
        bool why; /* clocks with the text of their rules */
};

struct detail_extent {
        int rows, window;
};

struct detail_extent detail_draw_summary(const struct detail_draw *d, struct canvas *c,
                                         struct rect r);
struct detail_extent detail_draw_timeline(const struct detail_draw *d, struct canvas *c,
                                          struct rect r);
struct detail_extent detail_draw_clocks(const struct detail_draw *d, struct canvas *c,
                                        struct rect r);
int64_t detail_count_clocks(const struct detail_data *data);
/* "▾ 5 more lines", ending before right_x. */
void detail_draw_more(struct canvas *c, int right_x, int y, int lines);
struct detail_extent detail_draw_raw(const struct detail_draw *d, struct canvas *c, struct rect r);

#endif
