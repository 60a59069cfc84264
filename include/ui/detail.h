/*
 * The detail of one thing: a title line, tabs (Summary, Timeline, what others say of it, Raw) and
 * their contents; a tab with nothing in it is not shown. Used by views as a pane.
 */
#ifndef MUSTER_UI_DETAIL_H
#define MUSTER_UI_DETAIL_H

#include "ui/ui.h"

struct detail;
struct detail *detail_create(struct ui *ui);
void detail_destroy(struct detail *d);

/* Reads the thing (NULL or "": nothing). The same id again reads again only with `again`. */
enum rc detail_show(struct detail *d, const char *id, bool again, struct err *err);
/* Reads ahead what will probably be shown next; a change that is told makes it read again. */
void detail_prepare(struct detail *d, const char *id);
const char *detail_id(const struct detail *d); /* "" when empty */

void detail_turn(struct detail *d, int by);  /* next or previous tab */
void detail_turn_first(struct detail *d);    /* Summary */
void detail_turn_timeline(struct detail *d); /* by when it happened, or by when it was entered */
void detail_turn_system(struct detail *d);   /* timeline with what the system wrote, or without */
/* From now on as it was known then; CLOCK_NONE: as it is now. RC_NOTFOUND: it was not known then,
 * and nothing has changed. */
enum rc detail_look_back(struct detail *d, int64_t at_ms, struct err *err);
int64_t detail_then(const struct detail *d); /* CLOCK_NONE = now */
void detail_turn_why(struct detail *d);      /* clocks with the text of their rules, or without */
bool detail_enter(struct detail *d); /* on a clock: why it is due then; false: nothing to open */
void detail_scroll(struct detail *d, long by); /* rows, clipped when painted; or clocks */
void detail_draw(const struct detail *d, struct canvas *c, struct rect r, bool focus);
bool detail_click(struct detail *d, int x, int y, struct rect r); /* tabs */

#endif
