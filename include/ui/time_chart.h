/*
 * A view of bookings in time: the things of a list of experts, teams or equipment, or what the
 * deployments of a list take, a row each. What its files share.
 *
 * The filter is that of the list whose face it is. Only rows in sight are read; of deployments the
 * ones that touch the time in sight, and a span of it before and behind, are looked through for
 * whom they take.
 */
#ifndef MUSTER_UI_TIME_CHART_H
#define MUSTER_UI_TIME_CHART_H

#include "model/roster.h"
#include "ui/chart.h"
#include "ui/list_cmds.h"

#define CHART_DEPLOYMENTS_MAX 500 /* that are looked through at once */

/* What stands in a row, before its bars are read. */
struct chart_line {
        const char *text; /* of a heading; else NULL       */
        const char *id;   /* of a resource; NULL: a heading */
};

/* A row in sight. */
struct chart_shown {
        struct chart_row row;
        struct row thing;
        const char **deployments; /* of each bar: the STIX id, or NULL */
};

struct time_chart {
        struct list_view lv; /* first: the shared commands find the list here */
        struct chart chart;
        char *line; /* the filter that this was made of; NULL: not yet */
        bool reopen;
        struct arena filter_arena;
        struct query *query; /* the rows, of a roster */
        struct arena lines_arena;
        struct chart_line *lines; /* the rows, of deployments */
        size_t line_count;
        struct span looked; /* at what time they were looked for */
        bool cut;           /* there are more than CHART_DEPLOYMENTS_MAX */
        struct arena page_arena;
        struct chart_shown *page;
        size_t page_first, page_count;
};

/* time_chart_bars.c: what a resource is booked for, as bars by their begin. In the arena. */
void chart_bars_make(const struct roster_facts *f, int64_t now_ms, struct arena *a,
                     struct chart_shown *ret);

/* time_chart_lines.c: whom the deployments of the filter take in a span, below headings: the teams
 * with their members, then experts by community, then equipment. In the arena. */
struct chart_ask {
        struct store *store;
        const struct filter_context *context;
        const char *filter;
        struct span span;
};
enum rc chart_lines_make(const struct chart_ask *ask, struct arena *a, struct chart_line **ret,
                         size_t *ret_count, bool *ret_cut, struct err *err);

/* time_chart_rows.c: its rows are things of a list, or the lines that deployments make. */
bool time_chart_is_over_deployments(const struct view *v);
/* Whether the rows are those of the filter and of the time that is looked at. */
bool time_chart_is_asked(const struct view *v);
enum rc time_chart_ask(struct view *v, struct err *err); /* makes it so */
struct chart_rows time_chart_rows(struct time_chart *tc);
/* Reads what stands in the rows in sight and a few around them. */
enum rc time_chart_read(struct view *v, size_t in_sight, struct err *err);
const struct chart_shown *time_chart_shown_at(const struct time_chart *tc, size_t i); /* or NULL */
void time_chart_drop(struct time_chart *tc);

/* time_chart.c: the functions of a struct view_ops */
enum rc time_chart_open(struct view *v, struct err *err);
enum rc time_chart_load(struct view *v, struct err *err);
enum rc time_chart_settle(struct view *v, struct err *err);
void time_chart_draw(const struct view *v, struct canvas *c, struct rect r);
bool time_chart_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice);
bool time_chart_back(struct view *v);
const char *time_chart_current(const struct view *v, const char **ret_ref);
bool time_chart_show(struct view *v, const char *id);
void time_chart_shown(struct view *v, bool is);
void time_chart_close(struct view *v);

/* For its commands. */
bool time_chart_move(struct view *v, long by);
/* The row with the cursor; NULL where there is none. *ret_deployment: of the bar with the cursor,
 * else of the one bar of the row that a deployment made, or NULL. Borrowed until the next picture.
 */
const struct chart_shown *time_chart_at(const struct view *v, const char **ret_deployment);
bool time_chart_step(struct view *v, int by);

#endif
