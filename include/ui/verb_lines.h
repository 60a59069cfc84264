/*
 * Verbs by name: what the menu has and no command of the view does, such as incident.merge. The
 * palette offers them, and a line of a script runs them.
 */
#ifndef MUSTER_UI_VERB_LINES_H
#define MUSTER_UI_VERB_LINES_H

#include "ui/ui.h"

struct picker_row;

/* Those that can be done to the current thing now, as rows of the palette; at most `max`, their
 * strings in the arena. */
size_t verb_lines(struct ui *ui, struct arena *a, struct picker_row *ret, size_t max);
/* RC_NOTFOUND: it names no such verb here; RC_CONFLICT: it can't be done now, and why. */
enum rc verb_line_run(struct ui *ui, const char *name, struct err *err);

#endif
