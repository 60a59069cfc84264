/*
 * Text in the editor of the person at the console ($VISUAL, $EDITOR): the console asks for it, its
 * surroundings run it (app/editor.h), and what came of it is given back.
 */
#ifndef MUSTER_UI_EDIT_H
#define MUSTER_UI_EDIT_H

#include "ui/ui.h"

struct ui_edit {
        char *text; /* malloc'ed, owned */
        size_t len;
        const char *suffix; /* of the file, ".md"; for ever */
        /* With what it is now; not called where the editor could not be run, or failed. */
        void (*done)(struct ui *ui, void *ctx, const char *text, size_t len);
        void *ctx;
        void (*free_ctx)(void *ctx); /* or NULL */
};

/* Asks for it; *e is taken over. */
void ui_edit(struct ui *ui, const struct ui_edit *e);

/* ---- for the surroundings ---------------------------------------------------------------------
 */

/* What is asked for, once; NULL: nothing. To be given back by one of the next two. */
struct ui_edit *ui_wants_edit(struct ui *ui);
void ui_edited(struct ui *ui, struct ui_edit *e, const char *text, size_t len);
void ui_edit_failed(struct ui *ui, struct ui_edit *e, const char *why);

#endif
