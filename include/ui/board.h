/*
 * The board: the incidents of the list as cards, a column a status. What its files share.
 *
 * Filter and marks are those of the list of view 2. Each column is one query of its status, which
 * walks its own stretch of the index; what is read are the cards in sight. Counts follow when no
 * key waits.
 */
#ifndef MUSTER_UI_BOARD_H
#define MUSTER_UI_BOARD_H

#include "ui/columns.h"
#include "ui/detail.h"
#include "ui/list_cmds.h"
#include "ui/view.h"

#define BOARD_COLUMNS 5 /* of enum status */

struct board_column {
        struct query *query; /* NULL: not asked yet */
        bool outside;        /* the filter leaves this status out */
        bool lately;         /* closed: of the last 24 hours only */
        size_t at, top;
        int64_t at_rid;
        struct arena arena; /* of the page */
        struct row *page;
        size_t page_first, page_count;
};

struct board {
        struct list_view lv; /* first: the shared commands find the list of view 2 here */
        struct board_column columns[BOARD_COLUMNS];
        struct arena filter_arena;
        char *line;              /* the filter that the columns were made of */
        int at;                  /* the column with the cursor */
        int first;               /* shown at the left */
        int fit;                 /* columns that have room */
        int cards;               /* in a column */
        bool reopen;             /* the database or the filter changed */
        bool reading;            /* not all first cards are known yet */
        char chase[STIX_ID_MAX]; /* brought under the cursor at the next load; "" = nothing */
        struct detail *detail;
        bool in_detail;
};

/* board.c */
enum rc board_load(struct view *v, struct err *err); /* RC_BUSY: counts are not done */
void board_move(struct view *v, long by);            /* cards */
void board_turn(struct view *v, int by);             /* columns */
void board_settle(struct view *v); /* cursor and pages inside what is known; holds the card */
const struct row *board_card(const struct board *b, int column, size_t position); /* NULL */
const struct row *board_current(const struct board *b);                           /* NULL */
void board_finish(struct board *b);

/* board_draw.c */
struct board_shape {
        struct rect summary, columns, rule, below;
        int fit, width, cards, pitch; /* pitch: rows from card to card */
};
struct board_shape board_shape_of(struct rect r);
void board_draw(const struct view *v, struct canvas *c, struct rect r);
bool board_hit(const struct view *v, int x, int y, struct rect r, int *ret_column,
               size_t *ret_position);

#endif
