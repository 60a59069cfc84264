/*
 * A console on a database of its own, driven by keys and read as text. It is always 24 Nov 2026
 * 13:04:27Z there.
 */
#ifndef MUSTER_TESTS_UI_DESK_H
#define MUSTER_TESTS_UI_DESK_H

#include "ops/ops.h"
#include "ui/ui.h"

struct words;

struct desk {
        char dir[64], path[96];
        struct words *words;
        struct ops ops;
        struct ui *ui;
        char *screen; /* as last printed */
};

void desk_open(struct desk *d, int cols, int rows);
void desk_close(struct desk *d);
/* Ends the console and starts a new one on the same database. */
void desk_restart(struct desk *d);

/* A new incident; fields are pairs "severity", "high", ... ended by NULL. Its id. */
char *desk_new(struct desk *d, const char *title, ...) __attribute__((sentinel));
/* A verb by somebody else's connection to the same database, noticed by the console. */
void desk_do(struct desk *d, const char *id, const char *verb, const char *field, const char *value,
             const char *reason);
/* Another unit's incident comes in, unacknowledged; again with the same number: a newer version. */
char *desk_arrive(struct desk *d, int number, const char *title, int criticality);
void desk_import(struct desk *d, const char *document);

/* Chords by name, with blanks between: "j j Space a Esc". */
void desk_keys(struct desk *d, const char *chords);
void desk_type(struct desk *d, const char *text);
/* Work left over, then the screen as text. */
const char *desk_screen(struct desk *d);
/* The first row with the text, as a string; NULL where there is none. */
char *desk_row(struct desk *d, const char *with);
int desk_row_number(struct desk *d, const char *with); /* -1 */
/* "strong bold" and the like of the first cell of `text` on the screen. */
struct look desk_look(struct desk *d, const char *text);

/* The screen says it, or does not. */
#define desk_says(d, text)                                                                         \
        cr_assert(strstr(desk_screen(d), text), "not on the screen: %s\n%s", text, (d)->screen)
#define desk_lacks(d, text)                                                                        \
        cr_assert(!strstr(desk_screen(d), text), "on the screen: %s\n%s", text, (d)->screen)

#endif
