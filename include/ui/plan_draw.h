/*
 * Painting the rows of a plan: number, sign and name, the tree of its branches, with whom each step
 * is, and until when. What is painted costs as much as there is room for, however long the plan.
 */
#ifndef MUSTER_UI_PLAN_DRAW_H
#define MUSTER_UI_PLAN_DRAW_H

#include "play/plan.h"
#include "ui/canvas.h"

#define PLAN_LEVELS_MAX 60 /* of the tree; what lies deeper is painted at the last */

/* How a row hangs in the tree. */
struct plan_twig {
        uint64_t bars; /* bit n: a branch of level n goes on below */
        uint8_t level; /* levels to the left of it */
        bool forks;    /* it is painted with a fork of its own, at its level */
        bool last;     /* of those at its level */
};
/* One for each row, in the arena. */
const struct plan_twig *plan_twigs(const struct plan *plan, struct arena *a);

/* What is said of a row lately, by others. */
enum plan_news { PLAN_NO_NEWS, PLAN_NEWS, PLAN_FLASHES };

struct plan_picture {
        const struct plan *plan;
        const struct plan_twig *twigs;
        const unsigned char *news; /* enum plan_news of each row; NULL: none */
        int64_t now_ms;
        const char *me; /* whose steps stand out; or NULL */
        size_t cursor, top;
        bool focus;
        bool remarks; /* a line below a step says what became of it */
};

/* The first row to be shown so that the cursor is seen with what is around it; `h` as of
 * plan_draw(). */
size_t plan_top(const struct plan_picture *p, int h);
/* Heads in the first row of r, rows below. */
void plan_draw(const struct plan_picture *p, struct canvas *c, struct rect r);
/* The row that is painted at y; plan->count: none. */
size_t plan_row_at(const struct plan_picture *p, int y, struct rect r);

/* A bead for each step and "8 done  1 skipped  2 under way  3 to go"; in a row. */
void plan_draw_progress(const struct plan_picture *p, struct canvas *c, struct rect r);
/* "8 done, 1 skipped, 2 under way, 3 to go"; in the arena. */
const char *plan_progress_words(const struct plan_progress *p, const char *between,
                                struct arena *a);

#endif
