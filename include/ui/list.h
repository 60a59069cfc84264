/*
 * A list of things of one kind: filter, sort, columns, cursor, marks, live count. Views with a list
 * embed one.
 *
 * The cursor follows the thing, not the row number. Rows touched under the operator's hands stay,
 * greyed, until the filter is applied again; arrivals never move the row under the cursor. Cost
 * does not grow with what is not shown.
 */
#ifndef MUSTER_UI_LIST_H
#define MUSTER_UI_LIST_H

#include "model/filter.h"
#include "store/query.h"
#include "ui/columns.h"
#include "ui/ui.h"

struct list_setup {
        const struct kind *kind;
        const struct columns *columns; /* copied */
        const char *filter;            /* first line */
        const char *hint;              /* for the empty list: "+ opens a new one" */
        const char *noun, *plural;     /* "incident", "incidents" */
        const char *term, *said;       /* of the filter: what it means is said beside it; or NULL */
};

struct list;
struct list *list_create(struct ui *ui, const struct list_setup *setup);
void list_destroy(struct list *l);

/* Filter line. RC_INVALID leaves the old one in force. The store is asked at once for a first page.
 */
enum rc list_set_filter(struct list *l, const char *line, struct err *err);
const char *list_filter(const struct list *l);
const struct kind *list_kind(const struct list *l);
const char *list_noun(const struct list *l, size_t count); /* "incident"; of several "incidents" */
struct ui *list_ui(const struct list *l);
enum rc list_set_sort(struct list *l, const char *field, bool down, struct err *err);
int list_sort(const struct list *l, bool *ret_down); /* field index, -1 = newest first */

/* The database changed: list_load will look again. */
void list_reload(struct list *l);
/* The change that is told next is an act of one's own on rows that stay listed: they are read again
 * where they stand, and no scan is made. */
void list_touch(struct list *l);
/* Applies the filter anew at once: greyed rows go. */
enum rc list_refresh(struct list *l, struct err *err);
/* store -> state. RC_BUSY: interrupted or still counting, call again. */
enum rc list_load(struct list *l, struct err *err);
void list_resize(struct list *l, int rows); /* rows shown */

/* Heads in the first row of r, rows below. `summary`: the filter line with its counts. */
void list_draw(const struct list *l, struct canvas *c, struct rect r, bool focus);
void list_draw_summary(const struct list *l, struct canvas *c, struct rect r);

/* What fields of its rows are painted with, elsewhere too. Borrowed until the list moves. */
struct row_style list_style(const struct list *l);

void list_move(struct list *l, long by);
void list_move_to(struct list *l, long position); /* LONG_MAX = last */
bool list_go_to_id(struct list *l, const char *id);
const struct row *
list_current(const struct list *l); /* NULL when empty; borrowed until the list moves */
/* What stands for the current row while another picture of the same things has the cursor; NULL:
 * the list's own again. Borrowed. */
void list_hold(struct list *l, const struct row *row);
long list_position(const struct list *l);
const struct row *list_row_at(const struct list *l, size_t position); /* NULL: not in the page */
/* The view is loaded again when no key waits. */
void list_leave_rest(struct list *l);
long list_count(const struct list *l, bool *ret_exact);
int list_rows(const struct list *l);
void list_badge(const struct list *l, struct view_badge *ret);
/* Mouse: a row or a column head (sorts); true when it was one. */
bool list_click(struct list *l, int x, int y, struct rect r);

void list_mark(struct list *l);     /* toggles the current, moves on */
void list_mark_all(struct list *l); /* all that the filter shows; again: none */
void list_unmark(struct list *l);
size_t list_marked(const struct list *l,
                   size_t *ret_hidden); /* hidden: marked but not in the filter */
/* Ids that a verb acts on: the marked ones, or the current. In the arena. */
size_t list_targets(struct list *l, struct arena *a, const char *const **ret_ids);
size_t list_target_count(const struct list *l); /* without asking the store */
/* Keeps the targets listed though they may stop matching. */
void list_keep_targets(struct list *l);

void list_keep(struct list *l, int64_t rid); /* the same for one */

struct columns *list_columns(struct list *l); /* for the picker; call list_columns_changed after */
void list_columns_changed(struct list *l);
void list_pick_columns(struct list *l); /* overlay: sort and columns (O) */

#endif
