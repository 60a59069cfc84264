/*
 * What the files of the sign-in share: the overlay that asks for name and PIN.
 */
#ifndef MUSTER_UI_SIGN_IN_ASKS_H
#define MUSTER_UI_SIGN_IN_ASKS_H

#include "ui/prompt.h"
#include "ui/sign_in.h"

enum sign_in_of { SIGN_IN_START, SIGN_IN_LOCK, SIGN_IN_CHANGE, SIGN_IN_SECOND };
enum sign_in_line { SIGN_IN_NAME, SIGN_IN_PIN, SIGN_IN_LINES };

struct sign_in {
        enum sign_in_of of;
        struct line_edit lines[SIGN_IN_LINES];
        enum sign_in_line at;
        struct err error;
        struct second_person second;
        char *first, *question; /* owned; those of .second */
};

bool sign_in_asks(const struct overlay *o);     /* a lock without PINs only hides */
bool sign_in_asks_pin(const struct overlay *o); /* else the name alone */

/* sign_in_draw.c */
void sign_in_draw(const struct overlay *o, struct canvas *c, struct rect area);

#endif
