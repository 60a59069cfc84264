/*
 * The detail of one thing: a title line, tabs (Summary, Timeline, Raw) and their contents. Used by
 * views as a pane.
 */
#ifndef MUSTER_UI_DETAIL_H
#define MUSTER_UI_DETAIL_H

#include "ui/ui.h"

enum detail_tab { DETAIL_SUMMARY, DETAIL_TIMELINE, DETAIL_CLOCKS, DETAIL_RAW, DETAIL_TABS };

struct detail;
struct detail *detail_create(struct ui *ui);
void detail_destroy(struct detail *d);

/* Reads the thing (NULL or "": nothing). The same id again reads again only with `again`. */
enum rc detail_show(struct detail *d, const char *id, bool again, struct err *err);
const char *detail_id(const struct detail *d); /* "" when empty */

void detail_turn(struct detail *d, int by); /* next or previous tab */
void detail_set_tab(struct detail *d, enum detail_tab tab);
void detail_turn_why(struct detail *d);        /* clocks with the text of their rules, or without */
void detail_scroll(struct detail *d, long by); /* rows; clipped when painted */
void detail_draw(const struct detail *d, struct canvas *c, struct rect r, bool focus);
bool detail_click(struct detail *d, int x, int y, struct rect r); /* tabs */

#endif
