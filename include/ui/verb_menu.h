/*
 * The menu of everything that can be done to the thing under the cursor, or to what is marked, each
 * with its letter; and the form of a verb. Made from the tables of commands and verbs.
 */
#ifndef MUSTER_UI_VERB_MENU_H
#define MUSTER_UI_VERB_MENU_H

#include "model/rules.h"
#include "ui/list_cmds.h"

/* Of a view with a list of things (ui/thing_cmds.h). */
void verb_menu_open(struct view *v);

/* Whether the menu of the kind has it. */
bool verb_menu_has(const struct kind *kind, const struct verb *verb);
/* As its letter would: opens its form, asks for its reason, or does it. */
void verb_start(struct view *v, const struct verb *verb);

/* False: it needs nothing but the key. */
bool verb_has_form(const struct verb *verb);
void verb_form_open(struct view *v, const struct verb *verb);

#endif
