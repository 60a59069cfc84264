/*
 * The blocks of a step's pane, one after the other (ui/step_pane.h).
 */
#ifndef MUSTER_UI_STEP_PANE_WRITE_H
#define MUSTER_UI_STEP_PANE_WRITE_H

#include "ui/step_pane.h"

struct step_writing {
        const struct run *run; /* NULL: dry */
        const struct plan_row *row;
        int64_t now_ms;
        struct arena *a;
        struct step_pane *pane;
};

struct step_block *step_add(struct step_writing *w, enum step_block_kind kind, const char *text);
void step_add_field(struct step_writing *w, const char *label, const char *text);
struct step_block *step_add_section(struct step_writing *w, const char *label, const char *right);
struct step_block *step_add_item(struct step_writing *w, enum glyph glyph, enum role ink,
                                 const char *text, const char *right);
/* A text of the step with the values that it sees. */
const char *step_text(const struct step_writing *w, const char *text);

/* step_pane_log.c: who signed, what was noted and kept with it */
void step_write_signatures(struct step_writing *w);
void step_write_log(struct step_writing *w);

#endif
