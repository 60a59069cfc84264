/*
 * Forms about the clocks of law of what is marked or current: starting those of a regime, and a
 * filing with its checklist.
 */
#ifndef MUSTER_UI_CLOCK_FORMS_H
#define MUSTER_UI_CLOCK_FORMS_H

#include "model/clocks.h"
#include "store/things.h"
#include "ui/view.h"

void clock_start_open(struct view *v, const char *regime);
void clock_file_open(struct view *v, const struct row *row, const struct clock *c);

#endif
