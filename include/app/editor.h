/*
 * Runs the editor that somebody at the console asked for (ui/edit.h): $VISUAL, else $EDITOR, on a
 * file of its own that nobody else can read, and that is gone afterwards. The one program that
 * Muster runs. The terminal must be free.
 */
#ifndef MUSTER_APP_EDITOR_H
#define MUSTER_APP_EDITOR_H

#include "ui/edit.h"

/* What came of it goes back to the console; where it failed, the console says why. */
void editor_run(struct ui *ui, struct ui_edit *e);

#endif
