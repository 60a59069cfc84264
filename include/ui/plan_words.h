/*
 * What the screen says of the rows of a plan (play/plan.h): with which sign, how far a step is, who
 * it is with, until when, and what became of it. Pure; texts live in the arena or for ever.
 */
#ifndef MUSTER_UI_PLAN_WORDS_H
#define MUSTER_UI_PLAN_WORDS_H

#include "play/plan.h"
#include "ui/canvas.h"

struct plan_sign {
        enum glyph glyph;
        struct look sign, title;
        const char *word; /* "done": beside the sign, where signs are not seen */
};
void plan_sign_of(const struct plan_row *row, struct plan_sign *ret);

/* With whom it is, or who did it; *ret_named: a person, else what the playbook asks for. "" where
 * nobody is named. */
const char *plan_who(const struct plan_row *row, struct arena *a, bool *ret_named);

/* Until when, or when it was; "" where there is nothing to say. */
const char *plan_when(const struct plan_row *row, int64_t now_ms, struct arena *a,
                      struct look *ret);

/* What became of it in one line: the answer, the reason, what is missing; NULL: nothing to say. */
const char *plan_remark(const struct plan_row *row, struct arena *a);

/* Minutes that it is expected to take: "30 min", "4 h". */
const char *plan_minutes(int minutes, struct arena *a);

#endif
