/*
 * A detail of the view Exchange is written from top to bottom: rows, of which the first are not
 * shown where it was scrolled.
 */
#ifndef MUSTER_UI_EXCHANGE_PEN_H
#define MUSTER_UI_EXCHANGE_PEN_H

#include "ui/view.h"

struct exchange_pen {
        const struct view *v;
        struct canvas *c;
        struct rect r;
        int row, skip;
};

bool pen_row(struct exchange_pen *p, int *ret_y); /* the next one; false: it is not seen */
void pen_blank(struct exchange_pen *p);
/* Wrapped. */
void pen_text(struct exchange_pen *p, int indent, struct look look, const char *text);
/* A label and what stands beside it; NULL or "": nothing is written. */
void pen_field(struct exchange_pen *p, const char *label, const char *text);
void pen_time(struct exchange_pen *p, const char *label, int64_t ms); /* CLOCK_NONE: nothing */
/* Bold, with a word at the right end that says how it is. */
void pen_head(struct exchange_pen *p, const char *head, const char *right, bool well);

#endif
