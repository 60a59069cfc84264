/*
 * The console: in a terminal (loop), by a key script (replay), and the demo that uses both.
 */
#ifndef MUSTER_APP_CONSOLE_H
#define MUSTER_APP_CONSOLE_H

#include "app/app.h"

struct ui;

/* A console of this size over the database, with the config's keys. NULL: a key can't be bound. */
struct ui *console_create(struct app *app, struct ops *ops, const char *exercise, int cols,
                          int rows, struct err *err);

/* Runs in the terminal until the operator or a signal ends it. */
struct loop_options {
        struct ops *ops;
        const char *exercise; /* or NULL */
};
enum rc loop_run(struct app *app, const struct loop_options *o, struct err *err);

/*
 * A key script, one command a line:
 *   keys jj<Enter>/status:new<Enter>   types keys; <NAME> as in the config, <lt> is '<'
 *   type TEXT | paste TEXT             types, or pastes, exactly this text
 *   command LINE                       what ':' would run
 *   click X Y | wheel X Y up|down | resize 80x24                 X and Y from 0
 *   wait 5m                            time goes on; needs --now
 *   expect TEXT | refuse TEXT          TEXT must, must not, be on the screen
 *   screen FILE | looks FILE           the screen's text, or its emphasis too, must be as in FILE;
 *                                      with MUSTER_SCREENS=write in the environment FILE is written
 *   print                              prints the screen now
 *   # a comment
 * The last screen is printed at the end.
 */
struct replay_options {
        struct ops *ops;
        const char *exercise; /* or NULL */
        const char *path;     /* "-" = stdin */
        bool quiet;           /* only the last screen */
        /* Called after the time went on, before the console looks at the database; or NULL. */
        enum rc (*passed)(void *ctx, struct err *err);
        void *ctx;
};
/* DONE; FAILED where an expectation is not met; REFUSED where the script is wrong. */
int replay_run(struct app *app, const struct replay_options *o);

/* Word lists and themes. */
enum rc console_load(struct app *app, struct err *err);
bool console_has_terminal(void);
int console_run(struct app *app); /* the console, or --replay, on the database: exit status */
int demo_run(struct app *app);    /* the same on a private one with a scenario */

#endif
