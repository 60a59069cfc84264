/*
 * The whole of one entry of the log: its text, the entries that it is linked with, and what its
 * signs mean. Used by views as a pane.
 */
#ifndef MUSTER_UI_ENTRY_PANE_H
#define MUSTER_UI_ENTRY_PANE_H

#include "ui/ui.h"

#define ENTRY_PANE_ROWS 5

/* Other entries that an entry names or that name it; in the arena. */
struct entry_pane {
        struct arena arena;
        char id[STIX_ID_MAX]; /* of the entry that they were read for; "" = none */
        struct row corrected_by, corrects, reviewed_by;
        bool is_corrected, is_correction, is_reviewed; /* and that one is held */
};

void entry_pane_init(struct entry_pane *p);
void entry_pane_finish(struct entry_pane *p);
/* Reads what the entry is linked with (NULL: nothing); the same entry again only with `again`. */
void entry_pane_read(struct entry_pane *p, struct ops *ops, const struct row *entry, bool again);
/* From the top of r; what has no room is said. */
void entry_pane_draw(const struct entry_pane *p, const struct ui *ui, const struct row *entry,
                     struct canvas *c, struct rect r);

#endif
