/*
 * What the two lists of view 7 share, library and runs: how many there are of each, and the row
 * that says which of them is shown.
 */
#ifndef MUSTER_UI_PLAYBOOKS_VIEW_H
#define MUSTER_UI_PLAYBOOKS_VIEW_H

#include "ui/things_view.h"

struct playbooks_counts {
        size_t running;  /* paused and waiting ones are */
        size_t late;     /* of those with an open step past due */
        size_t disputed; /* with answers that contradict each other */
};

/* The state of both views. */
struct playbooks_view {
        struct things_view things; /* first */
        struct playbooks_counts counts;
        bool uncounted;
};

enum rc playbooks_count(const struct view *v, struct playbooks_view *st, struct err *err);
void playbooks_draw_faces(const struct view *v, const struct playbooks_view *st, struct canvas *c,
                          struct rect r);

/* playbook_library.c: those that come with Muster; asked first, where somebody wants one and none
 * is held */
enum rc playbook_cmd_library(struct ui *ui, struct view *v, struct err *err);
void playbook_offer_library(struct ui *ui);

/* playbook_times.c: over all its runs */
enum rc playbook_cmd_times(struct ui *ui, struct view *v, struct err *err);
enum rc playbook_show_times(struct ui *ui, const char *playbook, struct err *err);

/* playbook_edit.c: in one's own editor */
enum rc playbook_cmd_edit(struct ui *ui, struct view *v, struct err *err);

#endif
