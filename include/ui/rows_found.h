/*
 * Rows that a line of a filter finds, at once and not many: for what is chosen from, beside lists.
 */
#ifndef MUSTER_UI_ROWS_FOUND_H
#define MUSTER_UI_ROWS_FOUND_H

#include "ui/ui.h"

/* At most `max`, in the order of the line. In the arena. */
enum rc rows_found(const struct ui *ui, const struct kind *kind, const char *line, size_t max,
                   struct arena *a, struct row **ret, size_t *ret_count, struct err *err);

/* How many there are: for lines that find few, as all of them are walked. */
enum rc rows_counted(const struct ui *ui, const struct kind *kind, const char *line, size_t *ret,
                     struct err *err);

#endif
