/*
 * The whole plan of a run as rows to be drawn: what is done, what is now, what comes next, what was
 * not reached. The same rows from the start to the end: they follow from the playbook; the run only
 * fills them in. Of a while its newest round is shown, of a step that came again the newest visit.
 *
 * Numbers are the playbook's, the same in every run of it: "3"; in a branch "3a.1", "3b.2" where
 * there are several, else "3.1"; on the way that a failure of 3 takes "3-1".
 */
#ifndef MUSTER_PLAY_PLAN_H
#define MUSTER_PLAY_PLAN_H

#include "play/run.h"

#define PLAN_ROWS_MAX   60000
#define PLAN_NUMBER_MAX 64 /* bytes, with NUL */

enum plan_kind {
        PLAN_STEP,
        PLAN_BRANCH,  /* heads the rows of one branch */
        PLAN_FAILURE, /* heads the way that a failure takes */
        PLAN_GOTO,    /* goes on at the row .to */
        PLAN_MORE,    /* what would follow is too much to be shown */
};

/* What the sign in front of a branch's head says. */
enum plan_glyph {
        PLAN_NO_GLYPH,
        PLAN_PARALLEL, /* at once with the others */
        PLAN_CHOICE,   /* one of them */
        PLAN_ROUND,    /* again and again */
        PLAN_INSIDE,   /* in the playbook that was taken in */
        PLAN_ON_FAILURE,
};

struct plan_row {
        enum plan_kind kind;
        enum plan_glyph glyph;
        int depth; /* 0: the main line; heads and what they head count one each */
        bool last; /* no row of the same depth follows under the same head */
        char number[PLAN_NUMBER_MAX]; /* of a step, or of where a goto leads */
        /* Of a step step_title(), with the values that it sees; where one is not known its name
         * stands. Of a head its label, or NULL; of a branch at once with others the name of the end
         * that it leads to. */
        const char *title;
        const char *place; /* of a step; events go there */
        const struct playbook *playbook;
        const struct step *step;         /* NULL: no step */
        const struct run_step *run_step; /* NULL: not reached */
        const struct run_step *around;   /* in whose branch it is; NULL: none, or not reached */
        const struct play_event *kept;   /* an answer that waits for its turn, NULL */
        enum step_state state; /* also to sign where it is to be left out, though work goes on */
        bool next;             /* not reached, and what is now leads there */
        bool not_taken;        /* in a branch that was not chosen */
        const char *owner;     /* who was named; NULL: nobody was */
        int64_t due_ms;        /* CLOCK_NONE: none, or not reached */
        size_t to;             /* of a goto: a row */
        int times;             /* rounds begun, or visits; 0 or 1: nothing to say */
};

struct plan {
        struct plan_row *rows;
        size_t count;
        bool cut; /* there are more than are shown */
};

/* Rows live in the arena and borrow from run and playbook. */
void plan_make(const struct run *run, struct arena *a, struct plan *ret);
/* Of a playbook that nobody has started. */
void plan_make_dry(const struct playbook *p, struct arena *a, struct plan *ret);

/* A row as people call it: a step by its title, a head and where it goes on by words. */
const char *plan_title(const struct plan_row *row, struct arena *a);

/* A text of the row's step with the values that it sees, or would see if it were reached now; of
 * run NULL with what the playbook supposes. At most `max` bytes; in the arena, or the text itself.
 */
const char *plan_fill(const struct run *run, const struct plan_row *row, const char *text,
                      size_t max, struct arena *a);

/* How far it is. Steps that branch are not counted, but what is in them; nor is what was not taken.
 */
struct plan_progress {
        size_t steps; /* all that count */
        size_t done, failed, skipped, not_applicable;
        size_t open;      /* to be done or signed */
        size_t left;      /* not reached, or left open */
        size_t mandatory; /* not done, and not judged to be not applicable */
        size_t late;      /* open and past due */
};

void plan_progress(const struct plan *plan, int64_t now_ms, struct plan_progress *ret);

/* Row of a place, SIZE_MAX; the first row that is to be done, SIZE_MAX. */
size_t plan_find(const struct plan *plan, const char *place);
size_t plan_now(const struct plan *plan);

#endif
