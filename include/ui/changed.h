/*
 * What others changed lately: fields whose value was another one before the last look, each for a
 * few seconds. A set of fields is a uint64_t, bit i for the kind's i-th field.
 */
#ifndef MUSTER_UI_CHANGED_H
#define MUSTER_UI_CHANGED_H

#include "ui/ui.h"

#define CHANGED_MS 5000

/* Of two states of one thing. */
uint64_t changed_fields(const struct thing *before, const struct thing *after);

struct changed {
        int64_t at_ms[KIND_FIELDS_MAX]; /* 0: not lately */
};
/* Notes them as changed now, and has the picture painted anew when that is over. */
void changed_note(struct changed *ch, struct ui *ui, uint64_t fields);
uint64_t changed_now(const struct changed *ch, int64_t now_ms);

#endif
