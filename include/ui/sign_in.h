/*
 * Who is at the console: signing in, the lock, the change of shift, and a second person. Where
 * names must be proven (ops/operators.h) each asks for name and PIN, else for the name, and says
 * that it is unproven. A PIN is on no screen and in no draft.
 */
#ifndef MUSTER_UI_SIGN_IN_H
#define MUSTER_UI_SIGN_IN_H

#include "ops/operators.h"
#include "ui/ui.h"

/* Covers everything until an operator has signed in; drafts are kept. */
void ui_sign_in(struct ui *ui);
/* Covers everything until who is signed in, or another operator, has typed the PIN. Only the unit,
 * the time and the link are seen. Where names are not proven it only hides: Enter opens. */
void ui_lock(struct ui *ui, bool idle);
/* Another operator in the place of this one; what is half typed stays open. */
void ui_change_operator(struct ui *ui);

/* What needs two: somebody else than the first confirms, by name and PIN. */
struct second_person {
        const char *first;    /* NULL: who is signed in; else that one is offered as the second */
        const char *question; /* "Submit REQ-0007 to the EU-level reserve?" */
        /* The overlay is gone by then. With ops_as() what is done is done by that person. */
        void (*confirmed)(struct ui *ui, void *ctx, const struct ops_person *person);
        void *ctx;
        void (*free_ctx)(void *ctx); /* or NULL */
};
void ui_second_person(struct ui *ui,
                      const struct second_person *s); /* first, question are copied */

/* Who signed in, who was refused, when it was locked; newest first. */
void sign_ins_open(struct ui *ui);

#endif
