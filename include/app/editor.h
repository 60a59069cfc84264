/*
 * Runs the editor of whoever is at the terminal: $VISUAL, else $EDITOR, on a file of its own that
 * nobody else can read, and that is gone afterwards. The one program that Muster runs. Where there
 * is no terminal it finds nothing to read, so that only one that needs nobody gets through.
 */
#ifndef MUSTER_APP_EDITOR_H
#define MUSTER_APP_EDITOR_H

#include "ui/edit.h"

struct edited_text {
        const char *text;
        size_t len;
        const char *suffix; /* of the file, ".md" */
};
/* *ret: malloc'ed, what is in the file now. RC_FAIL: none is set, can't be run, or failed. */
enum rc editor_edit(const struct edited_text *t, char **ret, size_t *ret_len, struct err *err);

/* What the console asked for (ui/edit.h); the terminal must be free. What came of it goes back to
 * the console; where it failed, the console says why. */
void editor_run(struct ui *ui, struct ui_edit *e);

#endif
