/*
 * What the files of the comparison share: its overlay.
 */
#ifndef MUSTER_UI_COMPARE_STATE_H
#define MUSTER_UI_COMPARE_STATE_H

#include "ui/compare.h"

#define COMPARE_MAX 12

struct compare {
        struct arena arena; /* of the rows */
        struct row rows[COMPARE_MAX];
        size_t count;
        size_t at;    /* the column that rank is for */
        size_t first; /* the criterion that is shown on top */
};

extern const char *const compare_criteria[]; /* fields, from the top */
extern const size_t compare_criteria_count;

/* compare_draw.c */
void compare_draw(const struct overlay *o, struct canvas *c, struct rect area);

#endif
