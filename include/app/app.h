/*
 * The program as it was started: options, config, and what is opened from them.
 */
#ifndef MUSTER_APP_APP_H
#define MUSTER_APP_APP_H

#include "app/config.h"
#include "ops/ops.h"
#include "ui/theme.h"

struct app {
        struct arena arena; /* lives as long as the program */
        struct config config;
        const char *db;               /* path of the database */
        const char *operator, * role; /* NULL = nobody said */
        const char *theme;            /* NULL = the first */
        const char *replay;           /* a key script, "-" = stdin; or NULL */
        int cols, rows;               /* of a replay */
        const char *pin_file;         /* of the operator's PIN, or NULL */
        bool proves;                  /* who opens the database for writing signs in */
        bool readonly, demo;
        bool ascii, linear; /* asked for on the command line */
        bool utf8;          /* the locale can show it */

        char *data_dir; /* NULL until app_load_data */
        struct words *words;
        struct clock_law *law; /* of data/clocks, data/holidays */
        struct theme *themes;
        size_t theme_count;
};

/* Exit status: the contract with scripts. */
enum status_code {
        DONE = 0,
        FAILED = 1,
        WRONG_USAGE = 2,
        REFUSED = 3, /* the input; nothing changed */
        PARTLY = 4,
};
enum status_code status_of(enum rc rc);

/* "muster: ..." on stderr, made harmless for a terminal. */
void app_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The same with the sentence of err; gives back status_of(rc). */
int app_fail(enum rc rc, const struct err *err);

/* Word lists and themes; again is cheap. */
enum rc app_load_data(struct app *app, struct err *err);
void app_finish(struct app *app);

enum app_open { APP_READ, APP_WRITE, APP_BULK };
/* The database, by the options. `create`: makes it where there is none. Where app->proves is set
 * and it is opened for writing the operator signs in; RC_DENIED. */
enum rc app_open(struct app *app, enum app_open how, bool create, struct ops *ret, struct err *err);

#endif
